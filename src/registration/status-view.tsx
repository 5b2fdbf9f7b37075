/** 实名注册 where there is nothing to fill in: under review, decided, approved, just submitted. */
import type { Child } from 'hono/jsx'
import { minuteOf } from '../kernel/clock.ts'
import type { Ctx } from '../platform/bindings.ts'
import { words } from '../platform/language.ts'
import { LinkButton } from '../ui/form.tsx'
import { SummaryList, Table } from '../ui/list.tsx'
import { Notice, Panel } from '../ui/notice.tsx'
import { changedFields, referenceOf } from './rules.ts'
import type { Field, RegistrationForm, RegistrationVersion, Shown } from './rules.ts'
import { formStrings } from './form-strings.ts'
import { strings } from './strings.ts'
import { bureauName, fieldText, FormSummary, TitleRow, usualText } from './views.tsx'
import type { BureauNames } from './views.tsx'

export const PATH = '/enterprise/registration'

type ShownProps = { c: Ctx; shown: Shown }

/** Where the registration stands and what comes next; refetched by itself while it waits. */
export function Standing({ c, shown }: ShownProps) {
  const t = words(c, strings)
  const { latest, approved, state } = shown.registration
  return (
    <>
      <TitleRow c={c} title={t.title} state={state} />
      {approved ? (
        <Notice tone="good" title={t.approvedTitle}>
          <p>{t.approvedNext}</p>
          <LinkButton href="/enterprise/quota">{t.claim}</LinkButton>
        </Notice>
      ) : null}
      {latest && latest !== approved ? <Newest {...{ c, shown, latest }} /> : null}
    </>
  )
}

/** The newest version while it is not the one in force. */
function Newest({ c, shown, latest }: ShownProps & { latest: RegistrationVersion }) {
  const t = words(c, strings)
  const change = shown.registration.approved !== null
  if (latest.state === 'waiting') return <Waiting {...{ c, shown, latest }} />
  if (latest.state === 'draft') {
    return (
      <Notice title={t.changeDraft}>
        <p>{t.savedNote(minuteOf(latest.saved_at), latest.saved_by.name)}</p>
        <OpenForm c={c} change={change} />
      </Notice>
    )
  }
  return (
    <Verdict c={c} version={latest} names={shown.names}>
      <OpenForm c={c} change={change} />
    </Verdict>
  )
}

function OpenForm({ c, change }: { c: Ctx; change: boolean }) {
  const t = words(c, strings)
  return (
    <LinkButton href={change ? `${PATH}?change=1` : PATH} tone="secondary">
      {change ? t.continueChange : t.openForm}
    </LinkButton>
  )
}

function Waiting({ c, shown, latest }: ShownProps & { latest: RegistrationVersion }) {
  const t = words(c, strings)
  const bureau = bureauName(shown.names, latest.bureau)
  const change = shown.registration.approved !== null
  return (
    <Notice title={change ? t.changeWaitingTitle(bureau) : t.waitingTitle(bureau)}>
      <p>{t.waitingNext}</p>
      <Usual c={c} average_ms={shown.average_ms} />
      <Facts c={c} version={latest} names={shown.names} />
    </Notice>
  )
}

function Usual({ c, average_ms }: { c: Ctx; average_ms: number | null }) {
  const text = usualText(c, average_ms)
  return text ? <p>{text}</p> : null
}

/** 退回修改 or 不通过 with its reason, by whom and when, and what can be done. */
export function Verdict({ c, version, names, children }: VerdictProps) {
  const t = words(c, strings)
  const returned = version.state === 'returned'
  const bureau = bureauName(names, version.bureau)
  return (
    <Notice tone="warning" title={returned ? t.returnedTitle : t.rejectedTitle}>
      <p>
        {t.reason}
        {t.colon}
        <strong>{version.reason ?? t.noReason}</strong>
      </p>
      {version.decided_at === null ? null : (
        <p class="hint">
          {t.decidedBy(bureau, version.decided_by?.name ?? '', minuteOf(version.decided_at))}
        </p>
      )}
      <p>{returned ? t.returnedNext : t.rejectedNext}</p>
      {children}
    </Notice>
  )
}
type VerdictProps = {
  c: Ctx
  version: RegistrationVersion
  names: BureauNames
  children?: Child
}

/** Reference, when, by whom, to whom. */
export function Facts({ c, version, names, quoted }: FactsProps) {
  const t = words(c, strings)
  return (
    <SummaryList
      rows={[
        ...(quoted ? [] : [{ label: t.reference, value: referenceOf(version) }]),
        { label: t.sentTo, value: bureauName(names, version.bureau) },
        {
          label: t.submittedAt,
          value: version.submitted_at === null ? '' : minuteOf(version.submitted_at),
        },
        { label: t.submittedBy, value: version.submitted_by?.name ?? '' },
      ]}
    />
  )
}

/** `quoted`: the reference stands above already. */
type FactsProps = Omit<VerdictProps, 'children'> & { quoted?: boolean }

/** The data in force as a certificate would show it, and what is under review beside it. */
export function Data({ c, shown }: ShownProps) {
  const t = words(c, strings)
  const { latest, approved } = shown.registration
  const waiting = latest?.state === 'waiting' ? latest : null
  return (
    <>
      {waiting && approved ? <Changes c={c} before={approved} after={waiting} /> : null}
      {waiting && !approved ? (
        <>
          <h2>{t.formShown}</h2>
          <FormSummary c={c} form={waiting} />
        </>
      ) : null}
      {approved ? (
        <>
          <section class="certificate" aria-label={t.certificate}>
            <h2>{t.certificate}</h2>
            <FormSummary c={c} form={approved} />
            <p class="certificate-foot">
              {bureauName(shown.names, approved.bureau)}
              <br />
              {t.approvedAt(minuteOf(approved.decided_at ?? 0))}
              <br />
              {t.reference} {referenceOf(approved)}
            </p>
          </section>
          {latest === approved ? (
            <LinkButton href={`${PATH}?change=1`} tone="secondary">
              {t.change}
            </LinkButton>
          ) : null}
        </>
      ) : null}
    </>
  )
}

type ChangesProps = { c: Ctx; before: RegistrationForm; after: RegistrationForm }

/** What a 变更 asks for: only the fields that differ from what is in force. */
function Changes({ c, before, after }: ChangesProps) {
  const t = words(c, strings)
  const { fields, empty } = words(c, formStrings)
  const text = (form: RegistrationForm, field: Field) =>
    fieldText(form, field, c.var.lang) || <span class="hint">{empty}</span>
  return (
    <>
      <h2>{t.changesShown}</h2>
      <Table
        caption={t.changesShown}
        columns={[{ label: t.field }, { label: t.inForce }, { label: t.asked }]}
        rows={changedFields(before, after).map((field) => ({
          name: fields[field],
          cells: [fields[field], text(before, field), <strong>{text(after, field)}</strong>],
        }))}
        empty={<p>{t.noChanges}</p>}
      />
    </>
  )
}

type ReceiptProps = ShownProps & { version: RegistrationVersion; change: boolean }

/** The confirmation after 「提交」: reference, what happens next, by whom, how long it takes. */
export function Receipt({ c, shown, version, change }: ReceiptProps) {
  const t = words(c, strings)
  const bureau = bureauName(shown.names, version.bureau)
  return (
    <>
      <Panel
        title={change ? t.receiptChangeTitle : t.receiptTitle}
        reference={referenceOf(version)}
      />
      <h2>{t.nextTitle}</h2>
      <ol>
        <li>{t.receiptReview(bureau)}</li>
        {usualText(c, shown.average_ms) ? <li>{usualText(c, shown.average_ms)}</li> : null}
        <li>{change ? t.receiptChangeResult : t.receiptResult}</li>
        <li>{t.receiptWatch}</li>
      </ol>
      <Facts c={c} version={version} names={shown.names} quoted />
      <LinkButton href={PATH}>{t.watch}</LinkButton>
    </>
  )
}
