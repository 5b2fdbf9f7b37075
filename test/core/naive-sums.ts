/** Sums over the naive lists, the order of complaints, and those about an amount by itself. */
import type { Complaint } from './naive.ts'

const LARGEST = 10_000_000_000_000
export const BOOK_MAX = 100 * LARGEST

/** The earlier of two complaints is answered. The bound of a whole book is looked at last. */
export const FIRST = `voucher_not_found redemption_not_found not_the_enterprise not_the_carrier
  not_the_payee not_the_bureau not_a_reviewer not_the_clock unknown_region not_in_state
  claim_abandoned already_exists year_closed amount_not_positive amount_too_large
  exceeds_single_claim_max exceeds_claim_total_max exceeds_holding_max exceeds_available
  exceeds_voucher_amount reason_required`.split(/\s+/)

export type Where = { county: string; year: number; fen: number }

export function amountWrong(fen: number): Complaint[] {
  if (fen <= 0) return [['amount_not_positive']]
  return fen > LARGEST ? [['amount_too_large', { limit_fen: LARGEST }]] : []
}

export function isBlank(reason: string | null): boolean {
  return !/\S/.test(reason ?? '')
}

export function here<One extends Where>(all: readonly One[], county: string, year: number): One[] {
  return all.filter((one) => one.county === county && one.year === year)
}

export function sumOf(all: readonly { fen: number }[]): number {
  return all.reduce((fen, one) => fen + one.fen, 0)
}
