/** The pages of one service or instrument of a carrier: adding it, and how it stands. */
import type { Ctx } from '../platform/bindings.ts'
import { words } from '../platform/language.ts'
import { Button, Buttons, ErrorSummary, Form, LinkButton } from '../ui/form.tsx'
import { Layout } from '../ui/layout.tsx'
import { Timeline } from '../ui/list.tsx'
import { Crumbs, Notice } from '../ui/notice.tsx'
import { formStrings } from './form-strings.ts'
import type { Told } from './form-view.tsx'
import type { Item } from './item-store.ts'
import { itemStrings } from './item-strings.ts'
import { Changes, ItemFields, StateBadge, typedOf } from './item-view.tsx'
import { LIST, PATHS } from './list-view.tsx'
import type { Picture } from './picture-rules.ts'
import { Pictures } from './picture-view.tsx'
import { changedByReview, contentOf, seenOf, stateOf } from './proposal-rules.ts'
import type { Content, Proposal } from './proposal-rules.ts'
import type { Carrier, Kind } from './rules.ts'
import { strings } from './strings.ts'

type NewProps = { c: Ctx; kind: Kind; carrier: Carrier; once: string; told: Told | undefined }

export function NewItemPage({ c, kind, carrier, once, told }: NewProps) {
  const t = words(c, itemStrings)
  const title = t.new_title[kind]
  const shown = told ?? { typed: {}, many: {}, errors: {} }
  return (
    <Layout c={c} title={title} error={told !== undefined}>
      <Crumbs items={[{ label: words(c, strings).title, href: LIST }]} />
      <ErrorSummary c={c} errors={shown.errors} labels={words(c, formStrings).fields} />
      <h1>{title}</h1>
      <p>{t.new_lead}</p>
      <Form c={c} action={PATHS[kind]} once={once}>
        <ItemFields c={c} kind={kind} told={shown} carrier={carrier} />
        <Button>{t.submit}</Button>
      </Form>
    </Layout>
  )
}

/** A carrier's own item: what is published of it, if anything, and its proposals, newest first. */
export type Own = {
  kind: Kind
  id: string
  carrier: Carrier
  item: Item | undefined
  proposals: readonly Proposal[]
}

type PageProps = {
  c: Ctx
  own: Own
  pictures: readonly Picture[]
  /** The name of the bureau that reviews. */
  bureau: string
  told: Told | undefined
  stale: boolean
}

export function ItemPage({ c, own, pictures, bureau, told, stale }: PageProps) {
  const t = words(c, itemStrings)
  const { kind, item, proposals } = own
  const shown = told ?? { typed: typedOf(contentShown(own)), many: {}, errors: {} }
  const { name } = item?.row ?? proposals[0]?.content ?? { name: '' }
  const state = stateOf(item?.row, proposals[0])
  const failed = Object.keys(shown.errors).length > 0
  return (
    <Layout c={c} title={name} error={failed || stale}>
      <Crumbs items={[{ label: words(c, strings).title, href: LIST }]} />
      <ErrorSummary c={c} errors={shown.errors} labels={words(c, formStrings).fields} />
      {stale ? (
        <Notice tone="warning" title={t.stale_title}>
          <p>{t.stale_note}</p>
        </Notice>
      ) : (
        <Done c={c} bureau={bureau} />
      )}
      <h1>{name}</h1>
      <p>
        <StateBadge c={c} state={state} />
      </p>
      <Review c={c} own={own} />
      <section aria-label={t.edit}>
        <h2 class="govuk-heading-m">{t.edit}</h2>
        {item ? <p class="hint">{t.review_note}</p> : null}
        <Form c={c} action={pathOf(own)}>
          <input type="hidden" name="seen" value={seenOf(item?.row, proposals[0])} />
          <ItemFields c={c} kind={kind} told={shown} carrier={own.carrier} />
          <Button>{item ? t.save : t.submit}</Button>
        </Form>
      </section>
      <section aria-label={t.pictures}>
        <h2 class="govuk-heading-m">{t.pictures}</h2>
        <Pictures c={c} pictures={pictures} />
        <LinkButton href={`${pathOf(own)}/pictures`} tone="secondary">
          {t.edit_pictures}
        </LinkButton>
      </section>
      {item ? <Listed c={c} own={own} item={item} /> : null}
      <History c={c} own={own} />
    </Layout>
  )
}

function pathOf({ kind, id }: Pick<Own, 'kind' | 'id'>): string {
  return `${PATHS[kind]}/${id}`
}

/** What the form starts from: what is published with what waits, or what was returned. */
function contentShown({ kind, item, proposals }: Own): Content {
  const [latest] = proposals
  const now = item && contentOf(kind, item.row)
  if (now && latest?.verdict === null) return changedByReview<Content>(kind, now, latest.content)
  const shown = now ?? latest?.content
  if (!shown) throw new Error('an item without a row and without a proposal')
  return shown
}

/** What waits or came back, beside what is published. */
function Review({ c, own }: { c: Ctx; own: Own }) {
  const t = words(c, itemStrings)
  const { kind, item, proposals } = own
  const [latest] = proposals
  const before = item ? contentOf(kind, item.row) : null
  if (latest?.verdict === null)
    return (
      <section aria-label={t.waiting_title}>
        <h2 class="govuk-heading-m">{t.waiting_title}</h2>
        <p>{item ? t.waiting_change : t.waiting_new}</p>
        {before ? (
          <Changes
            c={c}
            kind={kind}
            before={before}
            after={changedByReview<Content>(kind, before, latest.content)}
          />
        ) : null}
        <Form c={c} action={`${pathOf(own)}/taking-back`}>
          <Button tone="secondary">{t.take_back}</Button>
        </Form>
      </section>
    )
  if (stateOf(item?.row, latest) === 'taken_back')
    return <Notice tone="info">{t.taken_back_note}</Notice>
  if (latest?.verdict?.decision !== 'returned') return null
  return (
    <Notice tone="warning" title={t.returned_title}>
      <p>{words(c, strings).because(latest.verdict.reason ?? '')}</p>
      <p>{t.returned_note}</p>
      {before ? (
        <Changes
          c={c}
          kind={kind}
          before={before}
          after={changedByReview<Content>(kind, before, latest.content)}
        />
      ) : null}
    </Notice>
  )
}

/** 下架 or 重新上架. */
function Listed({ c, own, item }: { c: Ctx; own: Own; item: Item }) {
  const t = words(c, itemStrings)
  const offered = item.row.withdrawn_at === null
  const title = offered ? t.withdrawal : t.relist
  return (
    <section aria-label={title}>
      <h2 class="govuk-heading-m">{title}</h2>
      <p id="listing-note">{offered ? t.withdrawal_note : t.relist_note}</p>
      <Form c={c} action={`${pathOf(own)}/${offered ? 'withdrawal' : 'relisting'}`}>
        <Buttons>
          <Button tone={offered ? 'warning' : 'primary'} describedby="listing-note">
            {title}
          </Button>
        </Buttons>
      </Form>
    </section>
  )
}

function History({ c, own }: { c: Ctx; own: Own }) {
  const t = words(c, itemStrings)
  const items = own.proposals.flatMap(({ at, by_name, verdict }) => [
    ...(verdict
      ? [
          {
            at: verdict.at,
            title: t.decisions[verdict.decision],
            by: verdict.by_name,
            ...(verdict.reason ? { note: verdict.reason } : {}),
          },
        ]
      : []),
    { at, title: t.submitted, by: by_name },
  ])
  if (items.length === 0) return null
  return (
    <section aria-label={t.history}>
      <h2 class="govuk-heading-m">{t.history}</h2>
      <Timeline items={items} />
    </section>
  )
}

/** What was just done, as the address says after a change. */
function Done({ c, bureau }: { c: Ctx; bureau: string }) {
  const t = words(c, strings)
  const done = c.req.query('done')
  if (done === 'sent')
    return (
      <Notice tone="good" title={t.sent}>
        <p>{t.sent_note(bureau)}</p>
      </Notice>
    )
  if (done === 'withdraw')
    return (
      <Notice tone="good" title={t.withdrawn}>
        <p>{t.withdrawn_note}</p>
      </Notice>
    )
  const said: Readonly<Record<string, string>> = {
    at_once: t.saved_at_once,
    nothing: t.nothing_changed,
    relist: t.relisted,
    taken_back: t.taken_back,
  }
  const text = done && said[done]
  return text ? <Notice tone="good">{text}</Notice> : null
}
