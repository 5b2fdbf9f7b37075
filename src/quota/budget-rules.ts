/** What a county's budget of a year has come to, whether one is set or not (SPEC K3). */
import type { Sums } from '../budget/rules.ts'
import { usedOf } from '../budget/rules.ts'
import { REGIONS, covers } from '../kernel/region.ts'
import type { Cap } from '../ledger/rules.ts'

/** Fen. `left_fen` is below 0 where the budget was lowered below what is used; null without one. */
export type Figures = {
  leased_fen: number
  granted_fen: number
  returned_fen: number
  left_fen: number | null
}

/** `figures` is null where the county's object cannot be reached. */
export type CountyBudget = { region: string; limit: Cap; figures: Figures | null }

/** The counties that a bureau of this region answers for, in the order of their codes. */
export function countiesUnder(region: string): string[] {
  return REGIONS.filter(({ level, code }) => level === 3 && covers(region, code)).map(
    ({ code }) => code,
  )
}

/** Of a county with a budget, from its own object. */
export function figuresOfBudget(sums: Sums, budget_fen: number): Figures {
  return {
    leased_fen: sums.leased_fen,
    granted_fen: sums.unleased_fen + sums.spent_fen,
    returned_fen: sums.returned_fen,
    left_fen: budget_fen - usedOf(sums),
  }
}

/** Of a county without one: what was claimed in all, and what is left of it after hand-backs. */
export function figuresOfClaims(granted_fen: number, claimed_fen: number): Figures {
  return { leased_fen: 0, granted_fen, returned_fen: granted_fen - claimed_fen, left_fen: null }
}

/** Those with a budget come first. */
export function inOrder(budgets: readonly CountyBudget[]): CountyBudget[] {
  const unset = ({ limit }: CountyBudget) => Number(limit.fen_max === null)
  return budgets.toSorted(
    (one, other) => unset(one) - unset(other) || one.region.localeCompare(other.region),
  )
}
