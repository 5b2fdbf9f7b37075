/** Everything a voucher says: its form as it was made, and all that happened to it since. */
import { formatFen } from '../kernel/amount.ts'
import { minuteOf } from '../kernel/clock.ts'
import { regionName } from '../kernel/region.ts'
import { categoryWord } from '../catalogue/client.ts'
import { isCategory } from '../catalogue/rules.ts'
import { VoucherBadge } from '../ledger/badge-view.tsx'
import type { LedgerEvent, Voucher } from '../ledger/rules.ts'
import type { Ctx } from '../platform/bindings.ts'
import { words } from '../platform/language.ts'
import { Money } from '../ui/badge.tsx'
import { SummaryList, Timeline } from '../ui/list.tsx'
import type { SummaryRow } from '../ui/list.tsx'
import { useFormOf } from './client.ts'
import { QrCode } from './qr-view.tsx'
import { strings } from './strings.ts'

type Of = { c: Ctx; voucher: Voucher }

/** The face of the voucher: what counts, large, with its QR code. */
export function Face({ c, voucher, qr }: Of & { qr: string }) {
  const t = words(c, strings)
  const form = useFormOf(voucher)
  return (
    <section class="card voucher-face" aria-label={voucher.number}>
      <div class="card-body">
        <p class="face-number">
          {t.voucher} <VoucherBadge c={c} state={voucher.state} />
        </p>
        <p class="card-amount">
          <Money fen={voucher.amount_fen} strong /> <span>{t.yearOf(voucher.year)}</span>
        </p>
        <p>
          {form.carrier_name} · {form.service_name}
        </p>
        <p class="hint">
          {form.enterprise_name} · {regionName(voucher.region, c.var.lang)}
        </p>
      </div>
      <div class="card-corner">
        <QrCode text={qr} label={t.qr(voucher.number)} />
        <a class="screen-only" href={qr}>
          {t.openCheck}
        </a>
      </div>
    </section>
  )
}

/** 创新券使用登记表 as it was made. */
export function FormFacts({ c, voucher }: Of) {
  const t = words(c, strings)
  const { commitment } = useFormOf(voucher)
  return (
    <section aria-label={t.details}>
      <h2 class="govuk-heading-m">{t.details}</h2>
      <div class="split">
        <SummaryList rows={partyRows({ c, voucher })} />
        <SummaryList rows={contractRows({ c, voucher })} />
      </div>
      <SummaryList
        rows={[
          { label: t.commitment, value: t.commitmentKept(commitment.text, commitment.version) },
        ]}
      />
    </section>
  )
}

function partyRows({ c, voucher }: Of): SummaryRow[] {
  const t = words(c, strings)
  const form = useFormOf(voucher)
  return [
    { label: t.enterprise, value: form.enterprise_name },
    { label: t.enterprise_uscc, value: form.enterprise_uscc },
    { label: t.region, value: regionName(voucher.region, c.var.lang) },
    { label: t.contact, value: form.contact },
    { label: t.carrier, value: form.carrier_name },
    { label: t.carrier_uscc, value: form.carrier_uscc },
    { label: t.service, value: form.service_name },
    {
      label: t.category,
      value: isCategory(form.category) ? categoryWord(form.category, c.var.lang) : form.category,
    },
    { label: t.payee, value: t.payees[voucher.payee] },
  ]
}

function contractRows({ c, voucher }: Of): SummaryRow[] {
  const t = words(c, strings)
  const form = useFormOf(voucher)
  const rows: (SummaryRow | null)[] = [
    { label: t.contract_name, value: form.contract_name },
    { label: t.contract_number, value: form.contract_number },
    { label: t.contract_amount, value: formatFen(form.contract_fen) },
    { label: t.contract_day, value: form.contract_day },
    { label: t.starts_day, value: form.starts_day },
    { label: t.ends_day, value: form.ends_day },
    { label: t.use_amount, value: formatFen(voucher.amount_fen) },
    form.ratio_percent ? { label: t.ratio, value: t.ratioOf(form.ratio_percent) } : null,
    { label: t.issued_at, value: minuteOf(voucher.issued_at) },
    voucher.confirmed_at ? { label: t.confirmed_at, value: minuteOf(voucher.confirmed_at) } : null,
    voucher.state === 'unconfirmed' && form.confirm_by
      ? { label: t.confirm_by, value: minuteOf(form.confirm_by) }
      : null,
    voucher.paid_fen === null ? null : { label: t.paid, value: formatFen(voucher.paid_fen) },
  ]
  return rows.filter((row) => row !== null)
}

/** The whole history, oldest first, with who did it and where the money went. */
export function History({ c, events }: { c: Ctx; events: readonly LedgerEvent[] }) {
  const t = words(c, strings)
  const titles: Partial<Record<string, string>> = t.events
  return (
    <section aria-label={t.history}>
      <h2 class="govuk-heading-m">{t.history}</h2>
      <Timeline
        items={events.map((event) => ({
          at: event.at,
          title: titles[event.kind] ?? event.kind,
          by: t.actorNamed(t.actors[event.actor.role], event.actor.name),
          note: notesOf(c, event).map((note) => <p>{note}</p>),
        }))}
      />
    </section>
  )
}

function notesOf(c: Ctx, event: LedgerEvent): string[] {
  const t = words(c, strings)
  const { reason } = event.payload as { reason?: string | null }
  const money = event.postings.flatMap((posting) => {
    const amount = formatFen(posting.amount_fen)
    if (posting.from === 'available') return [t.held(amount)]
    if (posting.to === 'available') return [t.returned(amount, posting.year)]
    if (posting.to === 'lapsed') return [t.lapsed(amount, posting.year)]
    return posting.to === 'paid' ? [t.paidOut(amount)] : []
  })
  return reason ? [t.because(reason), ...money] : money
}
