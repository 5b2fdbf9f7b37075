/** One registration before its reviewer: the comparison, the history, and the three verdicts. */
import type { Child } from 'hono/jsx'
import type { StaffRole } from '../kernel/actor.ts'
import { minuteOf } from '../kernel/clock.ts'
import type { Ctx } from '../platform/bindings.ts'
import type { Errors } from '../platform/form.ts'
import { bureauOf } from '../platform/guard.ts'
import { words } from '../platform/language.ts'
import { TextArea } from '../ui/field.tsx'
import { Button, Buttons, ErrorSummary, Form, LinkButton } from '../ui/form.tsx'
import { Layout } from '../ui/layout.tsx'
import { Crumbs, Notice } from '../ui/notice.tsx'
import { Compare } from './compare-view.tsx'
import type { Registry } from './compare-view.tsx'
import { QUEUE } from './queue-view.tsx'
import { referenceOf } from './rules.ts'
import type { RegistrationVersion } from './rules.ts'
import { reviewStrings } from './review-strings.ts'
import { strings } from './strings.ts'
import { bureauName, History, TitleRow } from './views.tsx'
import type { BureauNames } from './views.tsx'

const REVIEWER: StaffRole = 'review'

type ReviewPageProps = {
  c: Ctx
  version: RegistrationVersion
  /** Submitted versions of the enterprise, newest first. */
  versions: readonly RegistrationVersion[]
  registry: Registry
  /** Another enterprise under the same credit code. */
  holder: RegistrationVersion | undefined
  names: BureauNames
  /** The one that has waited longest beside this. */
  next: RegistrationVersion | undefined
  reason?: string
  errors?: Errors
  notice?: Child
}

export function ReviewPage(props: ReviewPageProps) {
  const { c, version, versions, registry, holder, names, next, errors = {}, notice } = props
  const t = words(c, reviewStrings)
  const previous = versions.find(({ number }) => number < version.number)
  const broken = Object.keys(errors).length > 0
  return (
    <Layout c={c} title={`${version.name} - ${t.title}`} error={broken} wide>
      <Crumbs items={[{ label: t.title, href: QUEUE }]} />
      <ErrorSummary c={c} errors={errors} />
      {notice}
      {c.req.query('decided') ? <Decided c={c} version={version} next={next} /> : null}
      <TitleRow c={c} title={version.name} state={version.state} />
      <Sent c={c} version={version} names={names} />
      {holder ? <Held c={c} holder={holder} /> : null}
      <Compare {...{ c, version, previous, registry }} />
      {version.state === 'waiting' ? (
        <Deciding {...{ c, version, names, errors }} reason={props.reason ?? ''} />
      ) : null}
      <History
        {...{ c, versions, names }}
        drafts={false}
        href={(one) => (one.id === version.id ? null : `${QUEUE}/${one.id}`)}
      />
    </Layout>
  )
}

/** Reference, version, by whom, when and to whom, in one line. */
function Sent({ c, version, names }: Pick<ReviewPageProps, 'c' | 'version' | 'names'>) {
  const t = words(c, strings)
  const at = version.submitted_at === null ? '' : minuteOf(version.submitted_at)
  return (
    <p class="hint">
      {t.reference} {referenceOf(version)} · {t.version(version.number)} ·{' '}
      {t.sentBy(version.submitted_by?.name ?? '', at)} ·{' '}
      {t.events.submitted(bureauName(names, version.bureau))}
    </p>
  )
}

type DecidedProps = Pick<ReviewPageProps, 'c' | 'version' | 'next'>

/** After one's own decision: what it was, and the next one that waits. */
function Decided({ c, version, next }: DecidedProps) {
  if (version.state === 'waiting') return null
  const t = words(c, reviewStrings)
  const state = words(c, strings).states[version.state]
  return (
    <Notice tone="good" title={t.decided(state)}>
      <p>{t.decidedNote}</p>
      <Buttons>
        {next ? <LinkButton href={`${QUEUE}/${next.id}`}>{t.next(next.name)}</LinkButton> : null}
        <LinkButton href={QUEUE} tone="secondary">
          {t.back}
        </LinkButton>
      </Buttons>
    </Notice>
  )
}

type DecidingProps = Pick<ReviewPageProps, 'c' | 'version' | 'names'> & {
  reason: string
  errors: Errors
}

/** The form for who may decide, a sentence for who may only read. */
function Deciding({ c, version, names, reason, errors }: DecidingProps) {
  const t = words(c, reviewStrings)
  const actor = bureauOf(c)
  if (version.bureau !== actor.region)
    return <Notice>{t.notYours(bureauName(names, version.bureau))}</Notice>
  if (!actor.staff.includes(REVIEWER)) return <Notice>{t.notReviewer}</Notice>
  return <Decision c={c} action={`${QUEUE}/${version.id}`} reason={reason} errors={errors} />
}

/** Another enterprise account is registered under this credit code. */
export function Held({ c, holder }: { c: Ctx; holder: RegistrationVersion }) {
  return (
    <Notice tone="warning">{words(c, reviewStrings).held(holder.name, referenceOf(holder))}</Notice>
  )
}

type DecisionProps = { c: Ctx; action: string; reason: string; errors: Errors }

/** 「理由」 and the three verdicts; one press decides. */
export function Decision({ c, action, reason, errors }: DecisionProps) {
  const t = words(c, reviewStrings)
  return (
    <>
      <h2>{t.decide}</h2>
      <Form c={c} action={action} label={t.decide}>
        <TextArea
          name="reason"
          label={t.reason}
          value={reason}
          error={errors['reason']}
          hint={t.reasonHint}
          rows={3}
        />
        <p class="hint" id="verdict-note">
          {t.approveNote}
        </p>
        <Buttons>
          <Button name="verdict" value="approved" describedby="verdict-note">
            {t.approve}
          </Button>
          <Button name="verdict" value="returned" tone="secondary" describedby="verdict-note">
            {t.return}
          </Button>
          <Button name="verdict" value="rejected" tone="warning" describedby="verdict-note">
            {t.reject}
          </Button>
        </Buttons>
      </Form>
    </>
  )
}
