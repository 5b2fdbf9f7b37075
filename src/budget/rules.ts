/**
 * A county's budget of one year, shared out by leases: leased → spent, or leased → released. What
 * is leased, spent and claimed before there was a budget never passes it together, less what was
 * handed back (SPEC K3). All amounts are whole fen, all instants epoch ms.
 */
import { isAmount } from '../kernel/amount.ts'
import { follow } from '../kernel/moves.ts'
import type { Moves } from '../kernel/moves.ts'
import { accept, refuse } from '../kernel/outcome.ts'
import type { Outcome } from '../kernel/outcome.ts'

/** `refused` and `released` are tombstones: their id is never leased again. */
export type LeaseState = 'leased' | 'spent' | 'released' | 'refused'

/** `id` is the claim's. `left_fen` is what a refused one would have found at most, else null. */
export type Lease = {
  id: string
  enterprise: string
  amount_fen: number
  state: LeaseState
  leased_at: number
  left_fen: number | null
}

/** Quota handed back; `freed_fen` is what of it the budget had counted. */
export type Return = { id: string; enterprise: string; amount_fen: number; freed_fen: number }

/** What stands against the budget, each at least 0. `unleased_fen` was claimed without a budget. */
export type Sums = {
  unleased_fen: number
  leased_fen: number
  spent_fen: number
  returned_fen: number
}

/** A claim that asks for its part. `budget_fen` is the budget as the policy sets it just now. */
export type LeaseAsk = {
  lease: string
  enterprise: string
  amount_fen: number
  budget_fen: number
}
/** What an enterprise claimed without a budget, as of its event `seq`. */
export type Unleased = { fen: number; seq: number }
export type ReturnAsk = { id: string; enterprise: string; amount_fen: number }

export const BUDGET_REFUSALS = [
  'malformed',
  'lease_not_found',
  'not_the_same_lease',
  'lease_released',
  'exceeds_budget',
  'unavailable',
] as const
export type BudgetRefusal = (typeof BUDGET_REFUSALS)[number]
export type LeaseAnswer = Outcome<Lease, BudgetRefusal>

/** What the decisions may ask of a region's budget as it stands; they change nothing. */
export type BudgetState = {
  sums: Sums
  findLease(id: string): Lease | undefined
  findReturn(id: string): Return | undefined
  /** What this enterprise may hand back: unleased and spent, less returned; nothing leased. */
  spentBy(enterprise: string): number
}

/** The answer, and the one row to insert or to put in place of the one with its id. */
export type LeaseDecision = { answer: LeaseAnswer; put?: Lease }
export type ReturnDecision = { answer: Outcome<Return, BudgetRefusal>; put?: Return }

export const LEASE_MOVES: Moves<LeaseState, 'settle' | 'release'> = {
  settle: { leased: 'spent', spent: 'spent' },
  release: { leased: 'released', released: 'released', refused: 'refused' },
}

export function usedOf({ unleased_fen, leased_fen, spent_fen, returned_fen }: Sums): number {
  return unleased_fen + leased_fen + spent_fen - returned_fen
}

/** What the budget still grants; 0 where the bureau has lowered it below what is used. */
export function leftOf(sums: Sums, budget_fen: number): number {
  return Math.max(0, budget_fen - usedOf(sums))
}

/**
 * Leases the amount under the claim's id. The same id is answered the same, whatever the budget has
 * become; `exceeds_budget` tells `limit_fen` and `left_fen`.
 */
export function decideLease(budget: BudgetState, ask: LeaseAsk, at: number): LeaseDecision {
  const { lease: id, enterprise, amount_fen, budget_fen } = ask
  const stands = budget.findLease(id)
  if (stands) return { answer: answerOf(stands, ask) }
  if (!isAmount(amount_fen) || !Number.isSafeInteger(budget_fen) || budget_fen < 0)
    return { answer: refuse('malformed') }
  const left_fen = leftOf(budget.sums, budget_fen)
  const fits = amount_fen <= left_fen
  const state = fits ? 'leased' : 'refused'
  const put: Lease = {
    id,
    enterprise,
    amount_fen,
    state,
    leased_at: at,
    left_fen: fits ? null : left_fen,
  }
  return { answer: answerOf(put, ask), put }
}

function answerOf(lease: Lease, { enterprise, amount_fen, budget_fen }: LeaseAsk): LeaseAnswer {
  if (lease.enterprise !== enterprise || lease.amount_fen !== amount_fen)
    return refuse('not_the_same_lease')
  if (lease.state === 'released') return refuse('lease_released')
  if (lease.state === 'refused')
    return refuse('exceeds_budget', { limit_fen: budget_fen, left_fen: lease.left_fen })
  return accept(lease)
}

/** Granted for good. Refused where the lease was released, which only a tombstone precedes. */
export function decideSettle(budget: BudgetState, id: string): LeaseDecision {
  const lease = budget.findLease(id)
  if (!lease) return { answer: refuse('lease_not_found') }
  const state = follow(LEASE_MOVES, lease.state, 'settle')
  if (!state) return { answer: refuse('lease_released') }
  return { answer: accept({ ...lease, state }), put: { ...lease, state } }
}

/**
 * Frees a lease that its enterprise abandoned. One that has not come yet is released before it
 * comes: its tombstone refuses it. A spent one stays, as only handing back frees it.
 */
export function decideRelease(
  budget: BudgetState,
  { lease: id, enterprise, amount_fen }: Omit<LeaseAsk, 'budget_fen'>,
  at: number,
): LeaseDecision {
  const lease = budget.findLease(id)
  if (!lease) {
    if (!isAmount(amount_fen)) return { answer: refuse('malformed') }
    const put: Lease = {
      id,
      enterprise,
      amount_fen,
      state: 'released',
      leased_at: at,
      left_fen: null,
    }
    return { answer: accept(put), put }
  }
  if (lease.enterprise !== enterprise) return { answer: refuse('not_the_same_lease') }
  const state = follow(LEASE_MOVES, lease.state, 'release')
  if (!state) return { answer: refuse('not_the_same_lease') }
  return { answer: accept({ ...lease, state }), put: { ...lease, state } }
}

/**
 * Frees what was handed back, once for its id, and never more than the budget had counted as spent:
 * a ledger tells in order, so the claim that is handed back was settled before.
 */
export function decideReturn(budget: BudgetState, ask: ReturnAsk): ReturnDecision {
  const stands = budget.findReturn(ask.id)
  if (stands) return { answer: accept(stands) }
  if (!isAmount(ask.amount_fen)) return { answer: refuse('malformed') }
  const freed_fen = Math.min(ask.amount_fen, budget.spentBy(ask.enterprise))
  const put = { ...ask, freed_fen }
  return { answer: accept(put), put }
}

/** What an enterprise says of a lease that its region asks about. */
export type LeaseStatus = 'granted' | 'reserving' | 'abandoned' | 'unknown'

/**
 * What becomes of a lease after its enterprise has answered: `reserving` is asked again later. An
 * enterprise that answers `unknown` has kept a tombstone before it answered.
 */
export function moveFor(status: LeaseStatus): 'settle' | 'release' | null {
  if (status === 'granted') return 'settle'
  return status === 'reserving' ? null : 'release'
}
