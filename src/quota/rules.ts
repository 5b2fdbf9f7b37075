/**
 * How much quota an enterprise may still claim (SPEC Q3, Q4). The ledger decides a claim; these are
 * the figures people see before they ask. null stands for 不限.
 */
import type { Cap } from '../ledger/rules.ts'
import { isAmount, parseFen } from '../kernel/amount.ts'
import { accept, refuse } from '../kernel/outcome.ts'
import type { Outcome } from '../kernel/outcome.ts'

/** All money in fen; `budget_left_fen` is what the county's budget still grants to anybody. */
export type Quota = {
  region: string
  year: number
  total: Cap
  single: Cap
  holding: Cap
  budget: Cap
  claimed_fen: number
  available_fen: number
  unconfirmed_fen: number
  budget_left_fen: number | null
  /** 还可申领额度; null where nothing limits it. */
  remaining_fen: number | null
}

/** What `remaining` needs to know. */
export type Standing = Pick<
  Quota,
  'total' | 'holding' | 'claimed_fen' | 'available_fen' | 'unconfirmed_fen' | 'budget_left_fen'
>

/** 还可申领额度 = max(0, min(total − claimed, holding − available − unconfirmed, budget left)). */
export function remaining(standing: Standing): number | null {
  const { total, holding, claimed_fen, available_fen, unconfirmed_fen } = standing
  const room = [
    less(total.fen_max, claimed_fen),
    less(holding.fen_max, available_fen + unconfirmed_fen),
    standing.budget_left_fen,
  ].filter((fen) => fen !== null)
  return room.length === 0 ? null : Math.max(0, Math.min(...room))
}

/** The largest amount one claim would get now, null where nothing limits it. */
export function largestClaim(quota: Pick<Quota, 'remaining_fen' | 'single'>): number | null {
  const { remaining_fen, single } = quota
  if (remaining_fen === null || single.fen_max === null) return remaining_fen ?? single.fen_max
  return Math.min(remaining_fen, single.fen_max)
}

/** Which limit holds `remaining` where it is: the one to name when nothing is left. */
export function tightest(standing: Standing): 'total' | 'holding' | 'budget' | null {
  const left = remaining(standing)
  if (left === null) return null
  const { total, holding, claimed_fen, available_fen, unconfirmed_fen } = standing
  if (total.fen_max !== null && total.fen_max - claimed_fen <= left) return 'total'
  const held_fen = available_fen + unconfirmed_fen
  if (holding.fen_max !== null && holding.fen_max - held_fen <= left) return 'holding'
  return 'budget'
}

function less(fen_max: number | null, fen: number): number | null {
  return fen_max === null ? null : fen_max - fen
}

/** Refusals of a claim that the ledger does not know of, in this order. */
export type ClaimRefusal = 'not_registered' | 'other_region' | 'amount_unreadable' | 'exceeds_budget'

/** An amount as typed: 12000 and 12,000.00, at most two decimals, above zero. */
export function readAmount(
  typed: string,
): Outcome<number, 'amount_missing' | 'amount_unreadable' | 'amount_not_positive'> {
  if (typed.trim() === '') return refuse('amount_missing')
  const amount_fen = parseFen(typed)
  if (amount_fen === undefined) return refuse('amount_unreadable')
  return isAmount(amount_fen) ? accept(amount_fen) : refuse('amount_not_positive')
}

/**
 * The readable reference of a claim or hand-back, SL-20261124-9F3A7C21B0E4: its day and the random
 * end of its id, which no second one shares in practice.
 */
export function referenceOf(kind: 'claim' | 'hand_back', id: string, day: string): string {
  const tail = id.replaceAll('-', '').slice(-12).toUpperCase()
  return `${kind === 'claim' ? 'SL' : 'TH'}-${day.replaceAll('-', '')}-${tail}`
}
