/**
 * What a service contract allows: when it may be signed, and the largest voucher it can carry, with
 * what earlier vouchers took of it.
 */
import { DEAD_VOUCHERS } from '../booking/rules.ts'
import { shareOf } from '../kernel/amount.ts'
import type { Facts } from '../kernel/outcome.ts'
import type { Voucher } from '../ledger/rules.ts'
import type { Policy } from '../policy/rules.ts'
import type { UseForm } from './rules.ts'

/** First and last day on which the contract may have been signed: the policy's, else its year. */
export function contractDays(policy: Policy): { from: string; until: string } {
  return {
    from: policy.contract_from.value ?? `${policy.year}-01-01`,
    until: policy.contract_until.value ?? `${policy.year}-12-31`,
  }
}

export type Bound = 'available' | 'ratio' | 'contract'
export type Largest = { fen: number; bound: Bound; facts: Facts }

/**
 * The largest voucher this contract could get now, and which limit holds it there: what is left of
 * the quota, the ratio of the contract sum, or the bureau's cap per contract. Earlier living
 * vouchers on the same contract count. Before a contract sum is known the ratio does not bind.
 */
export function largestUse(
  contract_fen: number | undefined,
  facts: { available_fen: number; same_contract_fen: number; policy: Policy },
): Largest {
  const { ratio_percent, contract } = facts.policy
  const used_fen = facts.same_contract_fen
  const limits: Largest[] = [{ fen: facts.available_fen, bound: 'available', facts: {} }]
  if (contract_fen !== undefined) {
    const percent = ratio_percent.value ?? 100
    const fen = shareOf(contract_fen, percent) - used_fen
    const { set_by } = ratio_percent
    limits.push({ fen, bound: 'ratio', facts: { percent, contract_fen, used_fen, set_by } })
  }
  if (contract.fen_max !== null) {
    const { fen_max, set_by } = contract
    const fen = fen_max - used_fen
    limits.push({ fen, bound: 'contract', facts: { limit_fen: fen_max, used_fen, set_by } })
  }
  const [least] = limits.sort((one, other) => one.fen - other.fen)
  return least
    ? { ...least, fen: Math.max(0, least.fen) }
    : { fen: 0, bound: 'available', facts: {} }
}

/** What living vouchers hold of the same contract: same carrier, same number however spaced. */
export function sameContract(
  vouchers: readonly Voucher[],
  contract: { carrier: string; contract_number: string; except: string },
): number {
  const wanted = plainNumber(contract.contract_number)
  if (wanted === '') return 0
  return vouchers
    .filter((one) => one.carrier === contract.carrier && one.id !== contract.except)
    .filter((one) => !DEAD_VOUCHERS.includes(one.state))
    .filter((one) => plainNumber((one.form as UseForm).contract_number) === wanted)
    .reduce((sum_fen, one) => sum_fen + (one.paid_fen ?? one.amount_fen), 0)
}

function plainNumber(typed: string): string {
  return typed.normalize('NFKC').replace(/\s/g, '').toUpperCase()
}
