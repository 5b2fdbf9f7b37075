/** Bureaus and policies in D1: reads answer the rules' types, writes are statements. */
import { and, desc, eq, inArray, lte, sql } from 'drizzle-orm'
import { chainOf } from '../kernel/region.ts'
import type { Db, Statement } from '../platform/db.ts'
import { hashOf } from '../platform/token.ts'
import type { Bureau, PolicyParams, PolicyRow } from './rules.ts'
import { bureaus, policies } from './tables.ts'

/** The version of a commitment text: the same words are the same version. */
export function commitmentVersion(text: string): string {
  return hashOf(text).slice(0, 16)
}

/** The bureaus of any number of regions and of all above them, as one text: D1 binds few values. */
export async function listBureausAbove(db: Db, regions: readonly string[]): Promise<Bureau[]> {
  const codes = regions.flatMap((region) => chainOf(region).map(({ code }) => code))
  const list = JSON.stringify([...new Set(codes)])
  const own = sql`${bureaus.region} in (select value from json_each(${list}))`
  return db.select().from(bureaus).where(own)
}

export async function findBureauRow(db: Db, region: string): Promise<Bureau | undefined> {
  return db.select().from(bureaus).where(eq(bureaus.region, region)).get()
}

export type PolicyVersion = PolicyRow & {
  id: string
  effective_from: number
  author_name: string
  approver_name: string
}

/** The newest version in force at `at` for each region of the chain that has one. */
export async function listPoliciesInForce(
  db: Db,
  region: string,
  year: number,
  at: number,
): Promise<PolicyVersion[]> {
  const codes = chainOf(region).map(({ code }) => code)
  const rows = await db
    .select({
      id: policies.id,
      region: policies.region,
      bureau: bureaus.name,
      version: policies.version,
      params: policies.params,
      effective_from: policies.effective_from,
      author_name: policies.author_name,
      approver_name: policies.approver_name,
    })
    .from(policies)
    .leftJoin(bureaus, eq(bureaus.region, policies.region))
    .where(
      and(
        inArray(policies.region, codes),
        eq(policies.year, year),
        lte(policies.effective_from, at),
      ),
    )
    .orderBy(desc(policies.effective_from), desc(policies.version))
  const newest = new Map<string, PolicyVersion>()
  for (const row of rows) {
    if (!newest.has(row.region))
      newest.set(row.region, { ...row, bureau: row.bureau ?? row.region })
  }
  return [...newest.values()]
}

/** The words of a commitment version; undefined where no policy ever held it. */
export async function findCommitmentText(db: Db, version: string): Promise<string | undefined> {
  const row = await db
    .select({ params: policies.params })
    .from(policies)
    .where(eq(policies.commitment_version, version))
    .get()
  return row?.params.commitment
}

export function insertBureau(db: Db, bureau: Bureau): Statement {
  return db.insert(bureaus).values(bureau)
}

/** Author and approver are two people (SPEC K2); `at` is when it was approved, epoch ms. */
export type NewPolicy = {
  id: string
  region: string
  year: number
  version: number
  params: PolicyParams
  effective_from: number
  author: { account: string; name: string }
  approver: { account: string; name: string }
  at: number
}

export function insertPolicy(db: Db, policy: NewPolicy): Statement {
  const { author, approver, ...row } = policy
  const text = row.params.commitment
  return db.insert(policies).values({
    ...row,
    commitment_version: text === undefined ? null : commitmentVersion(text),
    author: author.account,
    author_name: author.name,
    approver: approver.account,
    approver_name: approver.name,
  })
}
