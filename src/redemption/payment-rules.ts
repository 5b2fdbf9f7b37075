/**
 * 拨付 (SPEC D5): an approved redemption waits, is paid, or fails and is tried again. A state is a
 * row: no result yet is 待拨付, the latest result is the state, and 已拨付 is final.
 */
import type { BureauActor } from '../kernel/actor.ts'
import { accept, refuse } from '../kernel/outcome.ts'
import type { Outcome } from '../kernel/outcome.ts'
import type { Payee } from '../ledger/rules.ts'
import { REASON_MAX } from './rules.ts'

/** 待拨付 · 已拨付 · 拨付失败. */
export type PaymentState = 'waiting' | 'paid' | 'failed'

/**
 * `reviewed_by` is the account of who approved it. `attempts` counts the results so far;
 * `settled_at`, `settled_by` and `reason` are those of the last one.
 */
export type Payment = {
  redemption: string
  enterprise: string
  voucher: string
  number: string
  region: string
  year: number
  payee: Payee
  payee_id: string
  payee_name: string
  paid_fen: number
  reviewed_by: string
  reviewed_by_name: string
  at: number
  state: PaymentState
  attempts: number
  settled_at: number | null
  settled_by_name: string | null
  reason: string | null
}

export type PaymentResult = 'paid' | 'failed'

/** Where a payee wants its money; '' where it never said. */
export type BankAccount = { bank: string; bank_account: string }

/** In order of precedence. */
export type PaymentRefusal =
  | 'not_the_bureau'
  | 'reviewer_may_not_pay'
  | 'already_paid'
  | 'stale_attempt'
  | 'reason_too_long'
  | 'reason_required'

/**
 * One result of a payment, by finance staff of the bureau that decided, never by who reviewed it.
 * `attempt` is the number the page was rendered with, so that two people do not record twice.
 */
export function denySettle(
  payment: Payment,
  settle: { result: PaymentResult; attempt: number; reason: string },
  actor: BureauActor,
  desk: { region: string },
): Outcome<{ reason: string | null }, PaymentRefusal> {
  if (desk.region !== actor.region) return refuse('not_the_bureau', { region: payment.region })
  if (payment.reviewed_by === actor.account)
    return refuse('reviewer_may_not_pay', { name: payment.reviewed_by_name })
  if (payment.state === 'paid') return refuse('already_paid')
  if (settle.attempt !== payment.attempts + 1) return refuse('stale_attempt')
  const reason = settle.reason.trim()
  if ([...reason].length > REASON_MAX) return refuse('reason_too_long')
  if (settle.result === 'failed' && !reason) return refuse('reason_required')
  return accept({ reason: reason || null })
}
