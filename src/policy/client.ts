/** What other slices may ask of policy: the rules in force, and who answers for a county. */
import { PROVINCE, regionName } from '../kernel/region.ts'
import type { Db } from '../platform/db.ts'
import { bureauOfChain, resolvePolicy } from './rules.ts'
import type { Bureau, Policy } from './rules.ts'
import { commitmentVersion, findBureauRow, listBureausAbove, listPoliciesInForce } from './store.ts'

export { claimCaps } from './rules.ts'
export { findCommitmentText, insertBureau, insertPolicy } from './store.ts'
export type { NewPolicy } from './store.ts'

/**
 * The policy of a region and year as it stands at `at` (epoch ms), every parameter resolved
 * county → city → province (SPEC K2). Nothing set anywhere means nothing limits; it never fails.
 */
export async function policyOf(db: Db, region: string, year: number, at: number): Promise<Policy> {
  const rows = await listPoliciesInForce(db, region, year, at)
  return resolvePolicy(region, year, rows, commitmentVersion)
}

/**
 * The bureau that reviews for a county (SPEC G1): the county's, else the city's, else the
 * province's. Where not even that is set up, the province answers under its own name.
 */
export async function bureauFor(db: Db, county: string): Promise<Bureau> {
  return deskOf(county, await listBureausAbove(db, [county]))
}

/** The same for several counties at once, by county, in one query. */
export async function bureausFor(
  db: Db,
  counties: Iterable<string>,
): Promise<ReadonlyMap<string, Bureau>> {
  const asked = [...new Set(counties)]
  if (asked.length === 0) return new Map()
  const above = await listBureausAbove(db, asked)
  return new Map(asked.map((county) => [county, deskOf(county, above)]))
}

/** Those of the regions that this very bureau decides for: its own, and those without one. */
export async function decidedAt(
  db: Db,
  bureau: string,
  regions: Iterable<string>,
): Promise<Set<string>> {
  const desks = await bureausFor(db, regions)
  const own = [...desks].filter(([region, desk]) => region === bureau || desk.region === bureau)
  return new Set(own.map(([region]) => region))
}

function deskOf(county: string, above: readonly Bureau[]): Bureau {
  const found = bureauOfChain(county, above)
  return found ?? { region: PROVINCE, name: `${regionName(PROVINCE)}科技部门` }
}

/** The bureau set up for exactly this region; undefined where there is none. */
export function findBureau(db: Db, region: string): Promise<Bureau | undefined> {
  return findBureauRow(db, region)
}
