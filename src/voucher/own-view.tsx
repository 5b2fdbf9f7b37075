/** A voucher's page for its enterprise: its face, what is next, the form, papers and history. */
import { DEAD_VOUCHERS } from '../booking/rules.ts'
import type { Carrier } from '../catalogue/rules.ts'
import { formatFen } from '../kernel/amount.ts'
import { minuteOf } from '../kernel/clock.ts'
import type { LedgerEvent, Voucher } from '../ledger/rules.ts'
import type { Ctx } from '../platform/bindings.ts'
import { words } from '../platform/language.ts'
import { Notice } from '../ui/notice.tsx'
import { useFormOf } from './client.ts'
import { Face, FormFacts, History } from './detail-view.tsx'
import { strings } from './mine-strings.ts'
import { Papers } from './paper-view.tsx'
import type { Invoice, Paper } from './rules.ts'
import { strings as terms } from './strings.ts'

export type Own = {
  c: Ctx
  voucher: Voucher
  events: readonly LedgerEvent[]
  papers: readonly Paper[]
  invoice: Invoice | undefined
  carrier: Carrier | undefined
  qr: string
}

export function OwnVoucher(own: Own) {
  const { c, voucher, events, papers, invoice, qr } = own
  return (
    <>
      <Face c={c} voucher={voucher} qr={qr} />
      <NextStep {...own} />
      <FormFacts c={c} voucher={voucher} />
      <Papers c={c} papers={papers} invoice={invoice} base={`/enterprise/vouchers/${voucher.id}`} />
      <History c={c} events={events} />
      <p class="hint screen-only">{words(c, strings).print}</p>
    </>
  )
}

/** Whose turn it is, or how it ended. */
function NextStep({ c, voucher, carrier }: Own) {
  const [t, w] = [words(c, strings), words(c, terms)]
  const { state, payee } = voucher
  const { confirm_by } = useFormOf(voucher)
  const lines: string[] = []
  if (state === 'unconfirmed') {
    lines.push(t.nextUnconfirmed)
    if (carrier) lines.push(w.waitsFor(carrier.contact, carrier.phone))
    if (confirm_by) lines.push(w.waitsUntil(minuteOf(confirm_by)))
  }
  if (state === 'confirmed') lines.push(t.nextConfirmed[payee], t.nextWrong)
  if (state === 'in_review') lines.push(t.nextReview)
  if (voucher.paid_fen !== null) lines.push(t.nextPaid(formatFen(voucher.paid_fen)))
  if (voucher.reason) lines.push(w.because(voucher.reason))
  if (DEAD_VOUCHERS.includes(state)) lines.push(t.nextAgain)
  const redeems = state === 'confirmed' && payee === 'enterprise'
  return (
    <Notice tone={toneOf(voucher)} title={t.next[state]}>
      {lines.map((line) => (
        <p>{line}</p>
      ))}
      {redeems ? <a href="/enterprise/redemptions">{t.toRedemptions}</a> : null}
    </Notice>
  )
}

function toneOf({ state }: Voucher): 'info' | 'good' | 'warning' {
  if (state === 'confirmed' || state === 'redeemed') return 'good'
  return state === 'in_review' ? 'info' : 'warning'
}
