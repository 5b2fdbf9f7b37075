/** Reads what a quota is made of: the policy in force, the book, what the county has granted. */
import { and, eq, sum } from 'drizzle-orm'
import { yearOf } from '../kernel/clock.ts'
import { readBook, readLedger } from '../ledger/client.ts'
import type { Claim, HandBack } from '../ledger/rules.ts'
import { books } from '../ledger/tables.ts'
import { policyOf } from '../policy/client.ts'
import type { Bindings } from '../platform/bindings.ts'
import { dbOf } from '../platform/db.ts'
import type { Db } from '../platform/db.ts'
import { registrationOf } from '../registration/client.ts'
import type { RegistrationState } from '../registration/rules.ts'
import { remaining } from './rules.ts'
import type { Quota } from './rules.ts'

type Env = Pick<Bindings, 'DB' | 'LEDGER'>

/**
 * The quota of an enterprise in the county that registered it, in the year of `at` (epoch ms). The
 * figures are the ledger's own; only the county's budget is summed over the mirror and may trail.
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
    budget_left_fen: await budgetLeft(db, county, year, policy.budget.fen_max),
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

/** What a county's budget still grants, fen; null where no budget is set. */
async function budgetLeft(
  db: Db,
  county: string,
  year: number,
  budget_fen: number | null,
): Promise<number | null> {
  if (budget_fen === null) return null
  const row = await db
    .select({ fen: sum(books.claimed_fen).mapWith(Number) })
    .from(books)
    .where(and(eq(books.region, county), eq(books.year, year)))
    .get()
  return Math.max(0, budget_fen - (row?.fen ?? 0))
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

/** What was claimed and handed back in the year of `at`. */
export type Records = { claims: readonly Claim[]; hand_backs: readonly HandBack[] }

export async function recordsOf(env: Env, enterprise: string, at: number): Promise<Records> {
  const year = yearOf(at)
  const { claims, hand_backs } = await readLedger(env, enterprise, at)
  return {
    claims: claims.filter((one) => one.year === year),
    hand_backs: hand_backs.filter((one) => one.year === year),
  }
}
