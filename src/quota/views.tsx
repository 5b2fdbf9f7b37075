/** The quota as people see it: four figures, what happened this year, and handing back. */
import { formatFen } from '../kernel/amount.ts'
import { dayOf, minuteOf } from '../kernel/clock.ts'
import { regionName } from '../kernel/region.ts'
import type { Book, HandBack } from '../ledger/rules.ts'
import { LiveBlock } from '../live/page.tsx'
import type { Ctx } from '../platform/bindings.ts'
import { words } from '../platform/language.ts'
import type { RegistrationState } from '../registration/rules.ts'
import { Money } from '../ui/badge.tsx'
import { Button, ErrorSummary, Form, LinkButton } from '../ui/form.tsx'
import { Empty, SummaryList, Table } from '../ui/list.tsx'
import { Figure, Figures, Notice, Panel } from '../ui/notice.tsx'
import { lapseNotice, quotaFigures } from './client.ts'
import { AmountWithEffect, HandBackEffect } from './effect-view.tsx'
import { quotaMessages } from './refusal-view.tsx'
import { referenceOf } from './rules.ts'
import type { Quota, Refusals, Typed } from './rules.ts'
import type { Records } from './store.ts'
import { strings } from './strings.ts'

/** The four figures of SPEC Q4 under the name of their region and year. */
export function QuotaFigures({ c, quota }: { c: Ctx; quota: Quota }) {
  const t = words(c, strings)
  return (
    <section aria-label={t.figures(regionName(quota.region, c.var.lang), quota.year)}>
      <p class="hint">{t.figures(regionName(quota.region, c.var.lang), quota.year)}</p>
      <Figures>
        {quotaFigures(quota, c.var.lang).map((figure) => (
          <Figure {...figure} />
        ))}
      </Figures>
    </section>
  )
}

/** What will lapse at New Year, from sixty days before on. */
export function LapseNotice({ c, quota }: { c: Ctx; quota: Quota }) {
  const notice = lapseNotice(quota, c.var.lang, c.var.now)
  return notice ? (
    <Notice tone="warning" title={notice.title}>
      <p>{notice.text}</p>
    </Notice>
  ) : null
}

/** The figures with the minute they were read and, for browsers without scripts, a way to renew. */
export function Balance({ c, quota }: { c: Ctx; quota: Quota }) {
  const t = words(c, strings)
  return (
    <>
      <LapseNotice c={c} quota={quota} />
      <QuotaFigures c={c} quota={quota} />
      <p class="hint">
        {t.refreshed(minuteOf(c.var.now))} <a href="/enterprise/quota">{t.refresh}</a>
      </p>
    </>
  )
}

type NotRegisteredProps = { c: Ctx; state: RegistrationState; title: string }

/** The whole page of an enterprise that cannot claim: why, and the way to change it. */
export function NotRegistered({ c, state, title }: NotRegisteredProps) {
  const t = words(c, strings)
  return (
    <>
      <h1 class="govuk-heading-l">{title}</h1>
      <Notice tone="warning" title={t.not_registered_title}>
        <p>{t.unregistered[state]}</p>
        <p>
          <a class="govuk-link" href="/enterprise/registration">
            {t.to_registration}
          </a>
        </p>
      </Notice>
    </>
  )
}

type OverviewProps = {
  c: Ctx
  quota: Quota
  records: Records
  cursor: number
  /** The idempotency key of 「退回额度」. */
  submission: string
  typed: Typed
  refusals: Refusals
}

/** The page of an enterprise that may claim. */
export function Overview(props: OverviewProps) {
  const { c, quota, records, cursor } = props
  const t = words(c, strings)
  const errors = quotaMessages(c, props.refusals)
  return (
    <>
      <ErrorSummary c={c} errors={errors} />
      <h1 class="govuk-heading-l">{t.title}</h1>
      <LiveBlock topic="book" get="/enterprise/quota/balance" cursor={cursor} said={t.updated}>
        <Balance c={c} quota={quota} />
      </LiveBlock>
      <h2 class="govuk-heading-m">{t.portal_title}</h2>
      <p>{t.portal_text}</p>
      <LinkButton href="/enterprise/quota/service" target="_blank">
        {t.to_portal}
      </LinkButton>
      <h2 class="govuk-heading-m">{t.records}</h2>
      {records.reserving.map(({ amount_fen }) => (
        <Notice title={t.reserving_title}>{t.reserving(formatFen(amount_fen))}</Notice>
      ))}
      <RecordTable c={c} records={records} />
      <h2 class="govuk-heading-m">{t.hand_back_title}</h2>
      <HandBackForm {...props} error={errors['amount']} />
    </>
  )
}

/** What was claimed and handed back this year, newest first. */
function RecordTable({ c, records }: { c: Ctx; records: Records }) {
  const t = words(c, strings)
  return (
    <Table
      caption={t.records}
      columns={[
        { label: t.at },
        { label: t.kind },
        { label: t.amount, align: 'right' },
        { label: t.by },
        { label: t.reference },
      ]}
      rows={entriesOf(records).map((entry) => ({
        name: entry.reference,
        cells: [
          minuteOf(entry.at),
          t.kinds[entry.kind],
          <Money fen={entry.fen} />,
          entry.by,
          <a class="govuk-link" href={entry.href}>
            {entry.reference}
          </a>,
        ],
      }))}
      empty={
        <Empty title={t.no_records}>
          <p>{t.no_records_next}</p>
        </Empty>
      }
    />
  )
}

function entriesOf({ claims, hand_backs }: Records) {
  const path = '/enterprise/quota'
  return [
    ...claims.map((one) => ({
      ...one,
      kind: 'claim' as const,
      fen: one.amount_fen,
      reference: referenceOf('claim', one.id, dayOf(one.at)),
      href: `${path}/claims/${one.id}`,
    })),
    ...hand_backs.map((one) => ({
      ...one,
      kind: 'hand_back' as const,
      fen: -one.amount_fen,
      reference: referenceOf('hand_back', one.hash, dayOf(one.at)),
      href: `${path}/hand-backs/${one.seq}`,
    })),
  ].sort((one, other) => other.at - one.at)
}

type HandBackFormProps = Pick<OverviewProps, 'c' | 'quota' | 'submission' | 'typed'> & {
  error: string | undefined
}

/** 「退回额度」 with what it does in yuan (SPEC Q6); nothing to press where nothing is available. */
function HandBackForm({ c, quota, submission, typed, error }: HandBackFormProps) {
  const t = words(c, strings)
  if (quota.available_fen === 0 && error === undefined) return <p>{t.hand_back_none}</p>
  const most = formatFen(quota.available_fen)
  return (
    <Form c={c} action="/enterprise/quota/hand-backs" once={submission} label={t.hand_back_title}>
      <input type="hidden" name="year" value={String(quota.year)} />
      <p>{t.hand_back_lead}</p>
      <AmountWithEffect
        effect="/enterprise/quota/hand-backs/effect"
        label={t.hand_back_amount}
        hint={t.amount_hint(most)}
        value={typed['amount']}
        error={error}
      >
        <HandBackEffect c={c} quota={quota} typed={typed['amount'] ?? ''} />
      </AmountWithEffect>
      <Button tone="secondary">{t.hand_back}</Button>
    </Form>
  )
}

/** The receipt of a hand-back; `book` is the book as it is now. */
export function HandedBack({ c, made, book }: { c: Ctx; made: HandBack; book: Book }) {
  const t = words(c, strings)
  return (
    <>
      <Panel
        title={t.handed_title}
        reference={referenceOf('hand_back', made.hash, dayOf(made.at))}
      />
      <SummaryList
        rows={[
          { label: t.handed_amount, value: formatFen(made.amount_fen) },
          { label: t.available, value: formatFen(book.accounts.available) },
          { label: t.at, value: minuteOf(made.at) },
          { label: t.by, value: made.by },
        ]}
      />
      <p>{t.handed_next}</p>
      <LinkButton href="/enterprise/quota" tone="secondary">
        {t.back}
      </LinkButton>
    </>
  )
}
