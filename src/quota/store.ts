/** Reads what a quota is made of: the policy in force, the book, what the budget still grants. */
import { eq, sum } from 'drizzle-orm'
import { readSums } from '../budget/client.ts'
import { leftOf } from '../budget/rules.ts'
import { yearOf } from '../kernel/clock.ts'
import { readBook, readLedger } from '../ledger/client.ts'
import type { Claim, HandBack, Reservation } from '../ledger/rules.ts'
import { books, claims } from '../ledger/tables.ts'
import { policyOf } from '../policy/client.ts'
import type { Bindings } from '../platform/bindings.ts'
import { dbOf } from '../platform/db.ts'
import type { Db } from '../platform/db.ts'
import { registrationOf } from '../registration/client.ts'
import type { RegistrationState } from '../registration/rules.ts'
import { countiesUnder, figuresOfBudget, figuresOfClaims, inOrder } from './budget-rules.ts'
import type { CountyBudget } from './budget-rules.ts'
import { remaining } from './rules.ts'
import type { Quota } from './rules.ts'

type Env = Pick<Bindings, 'DB' | 'LEDGER' | 'BUDGET'>

/**
 * The quota of an enterprise in the county that registered it, in the year of `at` (epoch ms). The
 * figures are the ledger's own; what is left of a budget is the county's.
 */
export async function quotaOf(
  env: Env,
  enterprise: string,
  county: string,
  at: number,
): Promise<Quota> {
  const db = dbOf(env)
  const year = yearOf(at)
  const [policy, book] = await Promise.all([
    policyOf(db, county, year, at),
    readBook(env, enterprise, county, at),
  ])
  const standing = {
    total: policy.claim_total,
    holding: policy.holding,
    claimed_fen: book.claimed_fen,
    available_fen: book.accounts.available,
    unconfirmed_fen: book.accounts.unconfirmed,
    budget_left_fen: await budgetLeft(env, county, year, policy.budget.fen_max),
  }
  return {
    region: county,
    year,
    single: policy.claim_single,
    budget: policy.budget,
    ...standing,
    remaining_fen: remaining(standing),
  }
}

/** What a county's budget still grants, fen; null where none is set or its object is not heard. */
async function budgetLeft(
  env: Env,
  region: string,
  year: number,
  budget_fen: number | null,
): Promise<number | null> {
  if (budget_fen === null) return null
  const sums = await readSums(env, { region, year })
  return sums ? leftOf(sums, budget_fen) : null
}

/** May this enterprise claim, and what; `quota` is null until its registration is approved. */
export type Entitlement = { state: RegistrationState; quota: Quota | null }

export async function entitlementOf(
  env: Env,
  enterprise: string,
  at: number,
): Promise<Entitlement> {
  const { state, approved } = await registrationOf(dbOf(env), enterprise)
  if (state !== 'approved' || !approved) return { state, quota: null }
  return { state, quota: await quotaOf(env, enterprise, approved.county, at) }
}

/** What was claimed, given up and handed back in the year of `at`. */
export type Records = {
  claims: readonly Claim[]
  given_up: readonly Reservation[]
  /** Whose county has not answered yet: a minute at most. */
  reserving: readonly Reservation[]
  hand_backs: readonly HandBack[]
}

export async function recordsOf(env: Env, enterprise: string, at: number): Promise<Records> {
  const year = yearOf(at)
  const { claims, ungranted, hand_backs } = await readLedger(env, enterprise, at)
  return {
    claims: claims.filter((one) => one.year === year),
    given_up: ungranted.filter((one) => one.year === year && one.state === 'abandoned'),
    reserving: ungranted.filter((one) => one.year === year && one.state === 'reserving'),
    hand_backs: hand_backs.filter((one) => one.year === year),
  }
}

/**
 * The budgets of a bureau's counties in one year: those with one as their objects know it, the rest
 * from the mirror, which may trail.
 */
export async function listBudgets(
  env: Env,
  region: string,
  year: number,
  at: number,
): Promise<CountyBudget[]> {
  const db = dbOf(env)
  const claimed = await listClaimed(db, year)
  const budgets = countiesUnder(region).map(async (county): Promise<CountyBudget> => {
    const { budget: limit } = await policyOf(db, county, year, at)
    if (limit.fen_max === null) {
      const { granted_fen, claimed_fen } = claimed.get(county) ?? NOTHING
      return { region: county, limit, figures: figuresOfClaims(granted_fen, claimed_fen) }
    }
    const sums = await readSums(env, { region: county, year })
    const figures = sums ? figuresOfBudget(sums, limit.fen_max) : null
    return { region: county, limit, figures }
  })
  return inOrder(await Promise.all(budgets))
}

type Claimed = { granted_fen: number; claimed_fen: number }
const NOTHING: Claimed = { granted_fen: 0, claimed_fen: 0 }

/** County → all that was claimed in the year, and what of it was not handed back. */
async function listClaimed(db: Db, year: number): Promise<Map<string, Claimed>> {
  const granted = await db
    .select({ region: claims.region, fen: sum(claims.amount_fen).mapWith(Number) })
    .from(claims)
    .where(eq(claims.year, year))
    .groupBy(claims.region)
  const claimed = await db
    .select({ region: books.region, fen: sum(books.claimed_fen).mapWith(Number) })
    .from(books)
    .where(eq(books.year, year))
    .groupBy(books.region)
  const left = new Map(claimed.map(({ region, fen }) => [region, fen]))
  return new Map(
    granted.map(({ region, fen }) => [
      region,
      { granted_fen: fen, claimed_fen: left.get(region) ?? fen },
    ]),
  )
}
