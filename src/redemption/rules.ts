/**
 * 创新券兑付 (SPEC D1–D4, D6): which papers are missing, who may submit and decide, and what a
 * decision does to the money. Pure; the ledger decides again with what it knows itself.
 */
import type { AnyActor } from '../kernel/actor.ts'
import { parseFen } from '../kernel/amount.ts'
import { yearOf } from '../kernel/clock.ts'
import { accept, refuse } from '../kernel/outcome.ts'
import type { Outcome, Refusal } from '../kernel/outcome.ts'
import type { Redemption, Voucher } from '../ledger/rules.ts'
import type { Policy, RedemptionPaper } from '../policy/rules.ts'
import { readInvoice } from '../voucher/rules.ts'
import type { Invoice, InvoiceRefusal as Unreadable, PaperKind } from '../voucher/rules.ts'
import type { Payment } from './payment-rules.ts'

/** What is on record for a voucher. */
export type Held = { invoice: Invoice | undefined; papers: readonly { kind: PaperKind }[] }

/** A voucher with its last redemption, what it still lacks, and its payment. */
export type Item = {
  voucher: Voucher
  redemption: Redemption | null
  missing: readonly RedemptionPaper[]
  payment: Payment | null
}

/** In the order the payee is asked for them. */
const ASKED: readonly RedemptionPaper[] = [
  'invoice_number',
  'invoice',
  'result',
  'contract',
  'other',
]

/** What the bureau's rule asks for and is not on record, in the order of the page; [] is 符合. */
export function missingPapers(
  policy: Pick<Policy, 'papers_at_redemption'>,
  held: Held,
): RedemptionPaper[] {
  const has = (one: RedemptionPaper) =>
    one === 'invoice_number' ? !!held.invoice : held.papers.some((paper) => paper.kind === one)
  return ASKED.filter((one) => policy.papers_at_redemption.includes(one) && !has(one))
}

/** True for the party that redeems this voucher (SPEC D1). */
export function isPayee(voucher: Voucher, actor: AnyActor): boolean {
  if (voucher.payee === 'carrier')
    return actor.role === 'carrier' && actor.carrier === voucher.carrier
  return actor.role === 'enterprise' && actor.enterprise === voucher.enterprise
}

export type SubmitRefusal = 'not_the_payee' | 'not_in_state' | 'papers_missing'

/** Why a voucher cannot be submitted; undefined where it can (SPEC D3). */
export function denySubmit(
  { voucher, missing }: Pick<Item, 'voucher' | 'missing'>,
  actor: AnyActor,
): Refusal<SubmitRefusal> | undefined {
  if (!isPayee(voucher, actor)) return refuse('not_the_payee', { payee: voucher.payee })
  if (voucher.state !== 'confirmed') return refuse('not_in_state', { state: voucher.state })
  if (missing.length > 0) return refuse('papers_missing', { missing: missing.join() })
  return undefined
}

/** Papers and invoice number may be added until the voucher is submitted (SPEC U4). */
export function takesPapers(voucher: Voucher): boolean {
  return voucher.state === 'unconfirmed' || voucher.state === 'confirmed'
}

export type InvoiceRefusal = Unreadable | 'invoice_kept'

/**
 * What was typed beside what is on record: an invoice to claim, null where nothing changes. One on
 * record can be corrected, not removed: a voucher keeps standing for it.
 */
export function readTypedInvoice(
  typed: Readonly<Record<string, string>>,
  known: Invoice | undefined,
):
  | { ok: true; value: Invoice | null }
  | { ok: false; field: string; refusal: Refusal<InvoiceRefusal> } {
  const read = readInvoice(typed['invoice_code'] ?? '', typed['invoice_number'] ?? '')
  if (!read.ok) {
    const field = read.code === 'invoice_code_unreadable' ? 'invoice_code' : 'invoice_number'
    return { ok: false, field, refusal: read }
  }
  if (read.value === null && known)
    return { ok: false, field: 'invoice_number', refusal: refuse('invoice_kept') }
  const same = read.value?.code === known?.code && read.value?.number === known?.number
  return accept(same ? null : read.value)
}

export type Verdict = 'approve' | 'return' | 'reject'
export type Decision =
  | { kind: 'approve'; paid_fen: number; reason: string | null }
  | { kind: 'return' | 'reject'; reason: string }

/** In order of precedence. */
export type DecisionRefusal =
  | 'reason_too_long'
  | 'verdict_unknown'
  | 'amount_unreadable'
  | 'amount_not_positive'
  | 'exceeds_voucher_amount'
  | 'reason_required'

/** Characters of a reason. */
export const REASON_MAX = 500

/** Reads the bureau's form: 「兑付金额」 in yuan as typed, 「理由」 and the button (SPEC D4). */
export function readDecision(
  typed: Readonly<Record<string, string>>,
  voucher: { amount_fen: number },
): Outcome<Decision, DecisionRefusal> {
  const verdict = typed['verdict']
  const reason = typed['reason']?.trim() ?? ''
  if ([...reason].length > REASON_MAX) return refuse('reason_too_long')
  if (verdict === 'return' || verdict === 'reject')
    return reason ? accept({ kind: verdict, reason }) : refuse('reason_required')
  if (verdict !== 'approve') return refuse('verdict_unknown')
  const paid = readPaid(typed['paid'] ?? '', voucher)
  if (!paid.ok) return paid
  const changed = paid.value !== voucher.amount_fen
  if (changed && !reason) return refuse('reason_required')
  return accept({ kind: 'approve', paid_fen: paid.value, reason: reason || null })
}

/** The amount to pay, fen: above zero and at most the voucher's. */
export function readPaid(
  typed: string,
  { amount_fen }: { amount_fen: number },
): Outcome<number, 'amount_unreadable' | 'amount_not_positive' | 'exceeds_voucher_amount'> {
  const paid_fen = parseFen(typed)
  if (paid_fen === undefined) return refuse('amount_unreadable')
  if (paid_fen === 0) return refuse('amount_not_positive')
  if (paid_fen > amount_fen) return refuse('exceeds_voucher_amount', { amount_fen })
  return accept(paid_fen)
}

/** Where money goes that is not paid: back to the quota of its year, or it lapses (SPEC V4, D6). */
export type Effect = { paid_fen: number; freed_fen: number; year: number; lapses: boolean }

/** What paying `paid_fen` of a voucher does now; 0 is 不予兑付. */
export function effectOf(
  voucher: Pick<Voucher, 'amount_fen' | 'year'>,
  paid_fen: number,
  at: number,
): Effect {
  const { amount_fen, year } = voucher
  return { paid_fen, freed_fen: amount_fen - paid_fen, year, lapses: year < yearOf(at) }
}
