/** What can be decided of an import: 全部导入, 只导入正确的行 or 放弃导入, and the bureau's review. */
import { words } from '../platform/language.ts'
import { Button, Buttons, Form, LinkButton, TextArea } from '../ui/form.tsx'
import { Notice } from '../ui/notice.tsx'
import type { Seen } from './import-view.tsx'
import { countsOf, nextOf, REASON_MAX } from './rules.ts'
import { importStrings } from './import-strings.ts'
import { pathOf } from './views.tsx'

/** 全部导入 is offered where no row is bad, 只导入正确的行 where some are; others are told to wait. */
export function Decision(seen: Seen) {
  const { c, desk, one, bureau, may } = seen
  const t = words(c, importStrings)
  const counts = countsOf(one)
  if (!counts) return null
  if (nextOf(one, may) === 'others')
    return <Notice tone="info">{one.carrier === null ? t.not_confirmed : t.not_sent}</Notice>
  const number = (count: number) => count.toLocaleString('en')
  const { good, bad } = counts
  return (
    <section class="consequence" aria-label={t.decide}>
      <h2 class="consequence-title">{t.decide}</h2>
      <p>
        {good === 0
          ? t.nothing
          : bad === 0
            ? t.decide_all(number(good))
            : t.decide_good(number(good), number(bad))}
      </p>
      {good === 0 ? null : <p>{one.carrier === null ? t.at_once : t.to_review(bureau)}</p>}
      <Buttons>
        {good === 0 ? null : (
          <Form c={c} action={`${pathOf(desk, one.id)}/decision`}>
            <Button name="mode" value={bad === 0 ? 'all' : 'good'}>
              {bad === 0 ? t.all : t.good}
            </Button>
          </Form>
        )}
        {good === 0 ? (
          <LinkButton href={`${pathOf(desk)}?kind=${one.kind}`}>{t.again}</LinkButton>
        ) : null}
        <Abandon {...seen} />
      </Buttons>
      <p class="hint">{t.abandon_note}</p>
    </section>
  )
}

/** 放弃导入, as long as nothing is published. */
export function Abandon({ c, desk, one }: Seen) {
  return (
    <Form c={c} action={`${pathOf(desk, one.id)}/abandonment`}>
      <Button tone="secondary">{words(c, importStrings).abandon}</Button>
    </Form>
  )
}

/** For the carrier: who reviews. For the bureau that reviews: its decision. */
export function Review(seen: Seen) {
  const { c, desk, bureau, may } = seen
  const t = words(c, importStrings)
  if (may.review) return <ReviewForm {...seen} />
  if (desk === 'bureau')
    return <Notice tone="info">{may.duty ? t.not_yours(bureau) : t.not_reviewer}</Notice>
  return (
    <>
      <Notice tone="info" title={t.in_review(bureau)}>
        <p>{t.in_review_note}</p>
      </Notice>
      <Abandon {...seen} />
    </>
  )
}

function ReviewForm({ c, desk, one, errors, reason }: Seen) {
  const t = words(c, importStrings)
  const good = (countsOf(one)?.good ?? 0).toLocaleString('en')
  return (
    <section class="consequence" aria-label={t.review}>
      <h2 class="consequence-title">{t.review}</h2>
      <p>{t.review_note(good)}</p>
      <Form c={c} action={`${pathOf(desk, one.id)}/review`}>
        <TextArea
          name="reason"
          label={t.reason}
          hint={t.reason_hint}
          value={reason}
          error={errors['reason']}
          maxlength={REASON_MAX}
        />
        <Buttons>
          <Button name="verdict" value="approve">
            {t.approve}
          </Button>
          <Button name="verdict" value="return" tone="secondary">
            {t.return}
          </Button>
        </Buttons>
      </Form>
    </section>
  )
}
