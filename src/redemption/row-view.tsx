/** One row of a payee's list: the voucher, its state, what it lacks, and what can be done. */
import type { Child } from 'hono/jsx'
import { formatFen } from '../kernel/amount.ts'
import { minuteOf } from '../kernel/clock.ts'
import { newId } from '../kernel/id.ts'
import { VoucherBadge } from '../ledger/badge-view.tsx'
import type { Ctx } from '../platform/bindings.ts'
import { words } from '../platform/language.ts'
import type { RedemptionPaper } from '../policy/rules.ts'
import { Badge, Money } from '../ui/badge.tsx'
import type { Tone } from '../ui/badge.tsx'
import { Button, Form } from '../ui/form.tsx'
import { Fragment } from '../ui/layout.tsx'
import { Row } from '../ui/list.tsx'
import type { Column, TableRow } from '../ui/list.tsx'
import { useFormOf } from '../voucher/client.ts'
import type { UseForm } from '../voucher/rules.ts'
import type { PaymentState } from './payment-rules.ts'
import type { Item } from './rules.ts'
import { refText } from './submission-rules.ts'
import { strings } from './strings.ts'

/** Which payee's pages these are: their addresses and their words differ a little. */
export type Side = 'enterprise' | 'carrier'

export const LIST: Readonly<Record<Side, string>> = {
  enterprise: '/enterprise/redemptions',
  carrier: '/carrier/redemptions',
}

/** The address of one voucher below the list; carriers name the enterprise too. */
export function placeOf(
  side: Side,
  { enterprise, id }: { enterprise: string; id: string },
): string {
  return side === 'carrier' ? `${LIST.carrier}/${enterprise}/${id}` : `${LIST.enterprise}/${id}`
}

/** 请填写发票号；请上传发票, or 符合. */
export function papersText(c: Ctx, missing: readonly RedemptionPaper[]): string {
  const t = words(c, strings)
  return missing.length === 0 ? t.complete : missing.map((one) => t.asks[one]).join(t.and)
}

/** The id of the form that ticked boxes belong to, wherever in the page they stand. */
export const SUBMIT = 'submission'

export function columnsOf(c: Ctx): Column[] {
  const { voucher, amount, state, papers, attachments, action } = words(c, strings).columns
  return [
    { label: voucher },
    { label: amount, align: 'right' },
    { label: state },
    { label: papers },
    { label: attachments },
    { label: action },
  ]
}

export function rowOf(c: Ctx, side: Side, item: Item): TableRow {
  const t = words(c, strings)
  const { voucher, missing } = item
  const form = useFormOf(voucher)
  const open = voucher.state === 'confirmed'
  return {
    id: voucher.id,
    name: [voucher.number, form.service_name, otherOf(side, form)].join(' '),
    cells: [
      <VoucherCell c={c} side={side} item={item} />,
      <Money fen={voucher.amount_fen} />,
      <StateCell c={c} item={item} />,
      open ? <PapersCell c={c} missing={missing} /> : null,
      <a href={`${placeOf(side, voucher)}/papers`}>{t.view}</a>,
      <ActionCell c={c} side={side} item={item} />,
    ],
  }
}

/** One row by itself, for a list that is open. */
export function rowPage(c: Ctx, side: Side, items: readonly Item[]): Response | Promise<Response> {
  c.header('Cache-Control', 'no-store')
  return c.html(
    <Fragment c={c}>
      {items.map((item) => (
        <Row columns={columnsOf(c)} {...rowOf(c, side, item)} />
      ))}
    </Fragment>,
  )
}

/** The other party of the voucher, as this side knows it. */
function otherOf(side: Side, form: UseForm): string {
  return side === 'carrier' ? form.enterprise_name : form.carrier_name
}

function VoucherCell({ c, side, item }: { c: Ctx; side: Side; item: Item }) {
  const t = words(c, strings)
  const { voucher } = item
  const form = useFormOf(voucher)
  const vouchers =
    side === 'carrier' ? `/carrier/vouchers/${voucher.enterprise}` : '/enterprise/vouchers'
  return (
    <>
      <a class="number" href={`${vouchers}/${voucher.id}`}>
        {voucher.number}
      </a>
      <p class="hint">
        {t.yearOf(voucher.year)} · {form.service_name}
      </p>
      <p class="hint">{otherOf(side, form)}</p>
    </>
  )
}

const PAYMENT_TONES: Readonly<Record<PaymentState, Tone>> = {
  waiting: 'waiting',
  paid: 'good',
  failed: 'bad',
}

/** 待拨付 · 已拨付 · 拨付失败. */
export function PaymentBadge({ c, state }: { c: Ctx; state: PaymentState }) {
  return <Badge word={words(c, strings).payments[state]} tone={PAYMENT_TONES[state]} />
}

function StateCell({ c, item: { voucher, redemption, payment } }: { c: Ctx; item: Item }) {
  const t = words(c, strings)
  const returned = voucher.state === 'confirmed' && redemption?.state === 'returned'
  const reason = returned || voucher.state === 'rejected' ? redemption?.reason : null
  const paid_fen = voucher.state === 'redeemed' ? voucher.paid_fen : null
  return (
    <>
      <VoucherBadge c={c} state={voucher.state} />{' '}
      {returned ? <Badge word={t.returned} tone="bad" /> : null}
      {payment ? <PaymentBadge c={c} state={payment.state} /> : null}
      {paid_fen === null ? null : <p class="hint">{t.approved(formatFen(paid_fen))}</p>}
      {voucher.state === 'in_review' && redemption ? (
        <p class="hint">{t.submittedAt(minuteOf(redemption.submitted_at))}</p>
      ) : null}
      {reason ? <p class="hint">{t.because(reason)}</p> : null}
    </>
  )
}

function PapersCell({ c, missing }: { c: Ctx; missing: Item['missing'] }) {
  const text = papersText(c, missing)
  return missing.length === 0 ? <Badge word={text} tone="good" /> : <span>{text}</span>
}

function ActionCell({ c, side, item }: { c: Ctx; side: Side; item: Item }): Child {
  const t = words(c, strings)
  const { voucher, missing } = item
  if (voucher.state === 'confirmed' && missing.length === 0) {
    const ref = refText({ enterprise: voucher.enterprise, voucher: voucher.id })
    return (
      <label class="pick">
        <input type="checkbox" name="voucher" value={ref} form={SUBMIT} />
        {t.choose}
      </label>
    )
  }
  if (voucher.state !== 'in_review') return null
  return (
    <Form c={c} action={`${placeOf(side, voucher)}/withdrawals`} once={newId()}>
      <Button tone="secondary">{t.withdraw}</Button>
    </Form>
  )
}
