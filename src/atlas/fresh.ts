/** What changed in D1 since the shards were built, as whole documents. */
import { ITEM_FIELDS, itemOf, ORGANISATION_FIELDS, organisationOf } from './row.ts'
import type { ItemRow, OrganisationRow } from './row.ts'
import type { Fresh } from './shelf-rules.ts'

/** More than that is an import, which the next shards hold in some seconds. */
const ORGANISATIONS_MAX = 500
const ITEMS_MAX = 2_000

/**
 * Changes after the revision `since` up to `revision`. Of too many, what is hidden and what is
 * newest comes, and `whole` is false.
 */
export type Freshness = { since: number; revision: number; whole: boolean; fresh: Fresh }

const CHANGED = 'revision > ? ORDER BY hidden DESC, revision DESC LIMIT ?'
const ORGANISATIONS = `SELECT ${ORGANISATION_FIELDS} FROM atlas_organisations o WHERE ${CHANGED}`
const ITEMS = `SELECT ${ITEM_FIELDS} FROM atlas_items i WHERE ${CHANGED}`
const REVISION = 'SELECT coalesce(max(revision), 0) AS revision FROM atlas_parts'

/** One batch is one moment of D1: nothing lies between its answers. */
export async function readFresh(d1: D1Database, since: number): Promise<Freshness> {
  const [revisions, organisations, items] = (await d1.batch([
    d1.prepare(REVISION),
    d1.prepare(ORGANISATIONS).bind(since, ORGANISATIONS_MAX),
    d1.prepare(ITEMS).bind(since, ITEMS_MAX),
  ])) as [D1Result<{ revision: number }>, D1Result<OrganisationRow>, D1Result<ItemRow>]
  return {
    since,
    revision: revisions.results[0]?.revision ?? since,
    whole: organisations.results.length < ORGANISATIONS_MAX && items.results.length < ITEMS_MAX,
    fresh: {
      organisations: organisations.results.map(organisationOf),
      items: items.results.map(itemOf),
    },
  }
}
