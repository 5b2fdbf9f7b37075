/**
 * What changed in D1 since the shards were built, as whole documents, and how an isolate comes to
 * know of it: the pointer tells of it, and D1 says what it is.
 */
import { waitUntil } from 'cloudflare:workers'
import type { Bindings } from '../platform/bindings.ts'
import { logError } from '../platform/log.ts'
import { within } from '../platform/reach.ts'
import { isEnough } from './moment-rules.ts'
import type { Ages, Freshness } from './moment-rules.ts'
import { ITEM_FIELDS, itemOf, ORGANISATION_FIELDS, organisationOf } from './row.ts'
import type { ItemRow, OrganisationRow } from './row.ts'
import { readPointer } from './shelf.ts'
import type { Pinned } from './shelf.ts'

/** More than that is an import, which the next shards hold in some seconds. */
const ORGANISATIONS_MAX = 500
const ITEMS_MAX = 2_000

/** Nobody waits longer for a store, or for what another request is reading. */
export const PATIENCE_MS = 2_000
/** How long D1 is left alone that did not answer, or did not know what the pointer tells of. */
const REST_MS = 2_000

/** How long a pointer is believed without asking. */
const POINTER_MS = 2_000
/** How long it is believed while R2 does not answer. */
const POINTER_MS_MAX = 60_000

/**
 * What an isolate knows of changes; before `ask_at` nobody asks D1 for them. `looked_at`: when the
 * pointer was asked for; `looking`: until it is there; `answered_at`: when R2 last answered. All
 * times in epoch ms.
 */
export type Known = {
  fresh: Freshness | undefined
  ask_at: number
  pinned: Pinned | undefined
  looked_at: number
  looking: Promise<void> | undefined
  answered_at: number
}

/** False where R2 has not answered for so long that D1 is to be asked instead. */
export function isBelieved({ answered_at }: Known): boolean {
  return Date.now() - answered_at <= POINTER_MS_MAX
}

/**
 * Asks R2 for another pointer than the one that is known, by one request at a time. The others do
 * with that one, unless it is too old: then they wait too, but not where R2 failed before. Never
 * throws.
 */
export async function lookUpPointer(
  env: Pick<Bindings, 'FILES'>,
  known: Known,
  pin: (pinned: Pinned | undefined) => void,
): Promise<void> {
  const now = Date.now()
  if (known.pinned && now - known.looked_at < POINTER_MS) {
    if (known.looking && !isBelieved(known)) await within(PATIENCE_MS, known.looking)
    return
  }
  const failed = known.answered_at < known.looked_at
  known.looked_at = now
  const looking = askPointer(env, known, pin)
  known.looking = failed ? undefined : looking
  waitUntil(looking)
  await looking
  known.looking = undefined
}

async function askPointer(
  env: Pick<Bindings, 'FILES'>,
  known: Known,
  pin: (pinned: Pinned | undefined) => void,
): Promise<void> {
  try {
    const etag = known.pinned?.etag
    const answer = await inTime(etag === undefined ? readPointer(env) : readPointer(env, etag))
    if (answer !== 'same') pin(answer)
    known.answered_at = Date.now()
  } catch (error) {
    logError('atlas_pointer', error)
  }
}

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
