/** An enterprise’s first page inside: the function diagram, the money, the latest vouchers. */
import { formatFen } from '../kernel/amount.ts'
import { minuteOf } from '../kernel/clock.ts'
import { regionName } from '../kernel/region.ts'
import { VoucherBadge } from '../ledger/badge-view.tsx'
import type { Book, Voucher } from '../ledger/rules.ts'
import type { Ctx } from '../platform/bindings.ts'
import { words } from '../platform/language.ts'
import { lapseNotice, quotaFigures } from '../quota/client.ts'
import type { Quota } from '../quota/client.ts'
import { registrationWord } from '../registration/client.ts'
import type { Registration } from '../registration/rules.ts'
import { Money } from '../ui/badge.tsx'
import type { Tone } from '../ui/badge.tsx'
import { Empty, Table } from '../ui/list.tsx'
import { Figure, Figures, Notice, Steps } from '../ui/notice.tsx'
import type { Step as ShownStep } from '../ui/notice.tsx'
import { useFormOf } from '../voucher/client.ts'
import { countStates, stepsOf } from './step-rules.ts'
import type { Step, StepName } from './step-rules.ts'
import { stepStrings } from './step-strings.ts'

/** What the page reads; `quota` and `book` are null unless the registration counts now. */
export type Overview = {
  registration: Registration
  quota: Quota | null
  book: Book | null
  vouchers: readonly Voucher[]
}

const PATHS: Readonly<Record<StepName, string>> = {
  registration: '/enterprise/registration',
  claim: '/enterprise/quota',
  use: '/enterprise/use',
  redeem: '/enterprise/redemptions',
}
const TONES = { open: 'info', done: 'good', waits: 'waiting', locked: 'neutral' } as const
const RECENT = 5

export function OverviewBody({ c, overview }: { c: Ctx; overview: Overview }) {
  const { quota, book } = overview
  return (
    <>
      <Diagram c={c} overview={overview} />
      {quota ? <LapseNotice c={c} quota={quota} /> : null}
      {quota ? <QuotaFigures c={c} quota={quota} /> : null}
      {book ? <BookFigures c={c} book={book} /> : null}
      {quota ? <Recent c={c} vouchers={overview.vouchers} /> : null}
    </>
  )
}

type BookedProps = { c: Ctx; proposed: number; accepted: number }

/** Bookings that wait for the enterprise; nothing where none does. */
export function BookedNotice({ c, proposed, accepted }: BookedProps) {
  const t = words(c, stepStrings)
  const told = [
    { count: proposed, text: t.bookingsProposed(proposed), state: 'proposed' },
    { count: accepted, text: t.bookingsAccepted(accepted), state: 'accepted' },
  ].filter(({ count }) => count > 0)
  if (told.length === 0) return null
  return (
    <Notice>
      {told.map(({ text, state }) => (
        <p>
          {text} <a href={`/enterprise/bookings?state=${state}`}>{t.toBookings}</a>
        </p>
      ))}
    </Notice>
  )
}

function Diagram({ c, overview }: { c: Ctx; overview: Overview }) {
  const { registration, quota, vouchers } = overview
  const own = vouchers.filter((voucher) => voucher.payee === 'enterprise')
  const steps = stepsOf({
    registration: registration.state,
    quota,
    vouchers: countStates(vouchers),
    own: countStates(own),
  })
  return <Steps items={steps.map((step) => shown(c, step, overview))} />
}

function shown(c: Ctx, step: Step, overview: Overview): ShownStep {
  const t = words(c, stepStrings)
  const { name, next } = step
  const { word, tone } = wordOf(c, step, overview)
  const note = noteOf(c, step, overview)
  const common = { label: t.names[name], href: PATHS[name], state: word, tone, current: next }
  return note ? { ...common, note } : common
}

function wordOf(c: Ctx, step: Step, { registration }: Overview): { word: string; tone: Tone } {
  if (step.name === 'registration') return registrationWord(registration.state, c.var.lang)
  const t = words(c, stepStrings)
  return { word: t.states[step.name][step.state], tone: TONES[step.state] }
}

/** Why not, else what the step stands at. */
function noteOf(c: Ctx, step: Step, overview: Overview): string | null {
  const t = words(c, stepStrings)
  const { quota } = overview
  const reason = step.reason ? t.reasons[step.reason] : null
  if (step.name === 'registration') return reason ?? registrationNote(c, overview)
  if (step.name === 'claim') return reason ?? (quota ? claimNote(c, quota) : null)
  if (step.name === 'use') {
    const waiting = step.count > 0 ? t.vouchersWaiting(step.count) : reason
    if (step.state !== 'open' || !quota) return waiting
    const notes = [t.available(formatFen(quota.available_fen)), waiting]
    return notes.filter(Boolean).join(t.and)
  }
  if (reason) return reason
  const notes = { open: t.vouchersReady, waits: t.vouchersReviewed, done: t.vouchersRedeemed }
  return step.state === 'locked' ? null : notes[step.state](step.count)
}

function registrationNote(c: Ctx, { registration }: Overview): string | null {
  const t = words(c, stepStrings)
  const { state, approved } = registration
  if (approved) return t.approvedIn(regionName(approved.county, c.var.lang))
  return state in t.todo ? t.todo[state as keyof typeof t.todo] : null
}

function claimNote(c: Ctx, { remaining_fen }: Quota): string {
  const t = words(c, stepStrings)
  return remaining_fen === null ? t.mayClaimFreely : t.mayClaim(formatFen(remaining_fen))
}

function LapseNotice({ c, quota }: { c: Ctx; quota: Quota }) {
  const notice = lapseNotice(quota, c.var.lang, c.var.now)
  return notice ? (
    <Notice tone="warning" title={notice.title}>
      <p>{notice.text}</p>
    </Notice>
  ) : null
}

function QuotaFigures({ c, quota }: { c: Ctx; quota: Quota }) {
  const t = words(c, stepStrings)
  return (
    <section aria-labelledby="quota">
      <h2 id="quota">{t.quota(quota.year)}</h2>
      <Figures>
        {quotaFigures(quota, c.var.lang).map(({ label, value, note }) => (
          <Figure label={label} value={value} note={note} />
        ))}
      </Figures>
    </section>
  )
}

function BookFigures({ c, book }: { c: Ctx; book: Book }) {
  const t = words(c, stepStrings)
  return (
    <section aria-labelledby="money">
      <h2 id="money">{t.money(book.year)}</h2>
      <Figures>
        {(['unconfirmed', 'confirmed', 'in_review', 'paid'] as const).map((account) => (
          <Figure label={t.accounts[account]} value={<Money fen={book.accounts[account]} />} />
        ))}
      </Figures>
    </section>
  )
}

function Recent({ c, vouchers }: { c: Ctx; vouchers: readonly Voucher[] }) {
  const t = words(c, stepStrings)
  return (
    <Table
      caption={t.recent}
      captioned
      columns={[
        { label: t.number },
        { label: t.carrier },
        { label: t.amount, align: 'right' },
        { label: t.state },
        { label: t.issued },
      ]}
      rows={vouchers.slice(0, RECENT).map((voucher) => ({
        name: voucher.number,
        cells: [
          <a href={`/enterprise/vouchers/${voucher.id}`}>{voucher.number}</a>,
          useFormOf(voucher).carrier_name,
          <Money fen={voucher.amount_fen} />,
          <VoucherBadge c={c} state={voucher.state} />,
          minuteOf(voucher.issued_at),
        ],
      }))}
      empty={
        <Empty title={t.noneTitle}>
          <p>{t.noneText}</p>
        </Empty>
      }
    />
  )
}
