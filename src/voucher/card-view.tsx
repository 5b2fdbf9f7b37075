/** A voucher as a card: number, amount, year, carrier, service, state and QR code (SPEC V1). */
import { DEAD_VOUCHERS } from '../booking/rules.ts'
import type { Carrier } from '../catalogue/rules.ts'
import { formatFen } from '../kernel/amount.ts'
import { minuteOf, yearOf } from '../kernel/clock.ts'
import { VoucherBadge } from '../ledger/badge-view.tsx'
import type { Voucher } from '../ledger/rules.ts'
import type { Ctx } from '../platform/bindings.ts'
import { words } from '../platform/language.ts'
import { Money } from '../ui/badge.tsx'
import type { Tone } from '../ui/badge.tsx'
import { Card } from '../ui/card.tsx'
import { useFormOf } from './client.ts'
import { strings as mine } from './mine-strings.ts'
import { QrCode } from './qr-view.tsx'
import { strings } from './strings.ts'

type CardProps = {
  c: Ctx
  voucher: Voucher
  /** The address its QR code opens. */
  qr: string
  /** Given where the carrier has to be asked to confirm. */
  carrier: Carrier | undefined
  /** Choosing what to void: a box on each voucher that may be. */
  choosing: boolean
}

export function VoucherCard({ c, voucher, qr, carrier, choosing }: CardProps) {
  const t = words(c, strings)
  const form = useFormOf(voucher)
  const waits = voucher.state === 'unconfirmed'
  return (
    <Card
      name={voucher.number}
      href={`/enterprise/vouchers/${voucher.id}`}
      tone={toneOf(voucher)}
      head={<VoucherBadge c={c} state={voucher.state} />}
      corner={<QrCode text={qr} label={t.qr(voucher.number)} />}
      foot={
        choosing && waits ? (
          <VoidBox c={c} voucher={voucher} />
        ) : waits ? (
          <Waiting c={c} carrier={carrier} confirm_by={form.confirm_by} />
        ) : (
          <p class="hint">{t.qrHint}</p>
        )
      }
    >
      <p class="card-amount">
        <Money fen={voucher.amount_fen} strong /> <span>{t.yearOf(voucher.year)}</span>
      </p>
      <p class="card-carrier">{form.carrier_name}</p>
      <p class="hint">{form.service_name}</p>
    </Card>
  )
}

/** Whom to ask, since an unconfirmed voucher is not valid. */
function Waiting(props: { c: Ctx; carrier: Carrier | undefined; confirm_by: number | null }) {
  const { c, carrier, confirm_by } = props
  const t = words(c, strings)
  return (
    <>
      {carrier ? <p>{t.waitsFor(carrier.contact, carrier.phone)}</p> : null}
      <p class="hint">{confirm_by ? t.waitsUntil(minuteOf(confirm_by)) : t.unconfirmedNote}</p>
    </>
  )
}

function VoidBox({ c, voucher }: { c: Ctx; voucher: Voucher }) {
  const t = words(c, mine)
  const id = `void-${voucher.id}`
  return (
    <>
      <label class="pick">
        <input type="checkbox" name="voucher" value={voucher.id} aria-describedby={id} />
        {t.pick}
      </label>
      <p class="hint" id={id}>
        {freedWords(c, voucher)}
      </p>
    </>
  )
}

/** Where a voucher's money goes when it ends now (SPEC V4), in yuan. */
export function freedWords(c: Ctx, voucher: Voucher): string {
  const t = words(c, mine)
  const amount = formatFen(voucher.amount_fen)
  return isPast(c, voucher) ? t.lost(amount, voucher.year) : t.returns(amount, voucher.year)
}

/** True for a voucher whose year is over, so that nothing returns. */
export function isPast(c: Ctx, voucher: Voucher): boolean {
  return voucher.year < yearOf(c.var.now)
}

function toneOf(voucher: Voucher): Tone {
  if (voucher.state === 'unconfirmed') return 'waiting'
  if (DEAD_VOUCHERS.includes(voucher.state)) return 'neutral'
  return voucher.state === 'redeemed' ? 'info' : 'good'
}
