/**
 * What changed in D1 since the shards were built, as whole documents, and how an isolate comes to
 * know of it.
 */
import { logError } from '../platform/log.ts'
import { within } from '../platform/reach.ts'
import { isEnough } from './moment-rules.ts'
import type { Ages, Freshness } from './moment-rules.ts'
import { ITEM_FIELDS, itemOf, ORGANISATION_FIELDS, organisationOf } from './row.ts'
import type { ItemRow, OrganisationRow } from './row.ts'

/** More than that is an import, which the next shards hold in some seconds. */
const ORGANISATIONS_MAX = 500
const ITEMS_MAX = 2_000

/** Nobody waits longer for a store, or for what another request is reading. */
export const PATIENCE_MS = 2_000
/** How long D1 is left alone that did not answer, or did not know what the pointer tells of. */
const REST_MS = 2_000

/** What an isolate knows of changes; before `ask_at`, epoch ms, nobody asks D1 for them. */
export type Known = { fresh: Freshness | undefined; ask_at: number }

/**
 * Asks for changes once a pointer tells of some that the shards lack, by one request at a time: the
 * others do with what is known, and so does everybody where D1 does not answer. Never throws.
 */
export async function catchUp(
  d1: D1Database,
  known: Known,
  ages: Ages,
  touched: number,
): Promise<void> {
  const isMissing = () => !known.fresh || !isEnough(known.fresh, ages, touched)
  if (touched <= ages.built || Date.now() < known.ask_at || !isMissing()) return
  known.ask_at = Date.now() + PATIENCE_MS
  try {
    known.fresh = await inTime(readFresh(d1, ages.built))
  } catch (error) {
    logError('atlas_fresh', error)
  }
  known.ask_at = isMissing() ? Date.now() + REST_MS : -Infinity
}

/** What the work comes to, unless it is late: a store that hangs is out of reach. */
export async function inTime<T>(work: Promise<T>): Promise<T> {
  const done = await within(
    PATIENCE_MS,
    work.then((value) => ({ value })),
  )
  if (!done) throw Object.assign(new Error('no answer in time'), { retryable: true })
  return done.value
}

/** By id at last, so that the same are left out by everybody who reads the same moment. */
const CHANGED = 'revision > ? ORDER BY hidden DESC, revision DESC, id LIMIT ?'
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
