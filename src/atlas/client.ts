/**
 * The innovation map's index for the rest of the product: documents go in with the caller's own
 * batch, searches are answered from shards in the isolate, or from D1 where there are none.
 */
import { newId } from '../kernel/id.ts'
import type { Bindings } from '../platform/bindings.ts'
import { logError } from '../platform/log.ts'
import { isOutage } from '../platform/outage.ts'
import { reach, within } from '../platform/reach.ts'
import { clusterShards } from './cluster-rules.ts'
import { inTime } from './fresh.ts'
import { countUp, lookUp } from './lookup.ts'
import { clusterUp, suggestUp } from './overview.ts'
import { momentOf } from './moment-rules.ts'
import type { Need } from './need-rules.ts'
import type { Progress } from './object.ts'
import { readIndex, recallIndex, shelfFor } from './reader.ts'
import type { Reading } from './reader.ts'
import { KINDS } from './rules.ts'
import type { Answer, Clusters, Kind, Query, Suggestions } from './rules.ts'
import { countShards, searchShards } from './search-rules.ts'
import type { Shelf } from './shelf-rules.ts'
import { readParts } from './store.ts'
import { suggestShards } from './suggest-rules.ts'

export { hideOrganisation, putItems, putOrganisations, rateOrganisation } from './store.ts'

type Env = Pick<Bindings, 'DB' | 'FILES' | 'ATLAS'>
type Source = Pick<Env, 'DB' | 'FILES'>

/** The one builder. */
const BUILDER = 'atlas'
/** What was changed is kept already, so nobody waits long for the builder. */
const CALL_MS_MAX = 2_000
/** A turn builds a part at least. */
const TURNS_MAX = 100

type Stub = {
  touch(): Promise<void>
  step(): Promise<Progress>
  check(by_night: boolean): Promise<{ gone: number; removed: number }>
}

/** A page of what is found, in the order asked for, with the exact number of all. */
export function searchAtlas(env: Source, query: Query): Promise<Answer> {
  return answer(env, query, {
    shelf: (shelf) => searchShards(shelf, query),
    database: (d1) => lookUp(d1, query),
  })
}

/** What is found, gathered into cells of the map at this zoom (0 to 19). */
export function clusterAtlas(env: Source, query: Query, zoom: number): Promise<Clusters> {
  return answer(env, query, {
    shelf: (shelf) => clusterShards(shelf, query, zoom),
    database: (d1) => clusterUp(d1, query, zoom),
  })
}

/** How many of each kind the same words, place and categories find. */
export async function countAtlas(env: Source, query: Query): Promise<Record<Kind, number>> {
  const { counts } = await answer(env, query, {
    kinds: KINDS,
    shelf: (shelf) => ({ counts: countShards(shelf, query) }),
    database: async (d1) => ({ counts: await countUp(d1, query) }),
  })
  return counts
}

/** Lines that what is being typed may become. */
export function suggestAtlas(env: Source, typed: string, limit: number): Promise<Suggestions> {
  const everywhere = { kind: 'organisation', words: [], region: null, box: null } as const
  return answer(env, everywhere, {
    kinds: KINDS,
    shelf: (shelf) => ({ suggestions: suggestShards(shelf, typed, limit) }),
    database: async (d1) => ({ suggestions: await suggestUp(d1, typed, limit) }),
  })
}

/** Equal versions, equal answers. Costs no call of D1 while nothing changes. */
export async function atlasVersion(env: Source): Promise<string> {
  const reading = await readIndex(env)
  if (reading) return reading.version
  try {
    return momentOf(await revisionOf(env.DB))
  } catch (error) {
    const known = isOutage(error) ? recallIndex(env) : undefined
    if (!known) throw error
    return known.version
  }
}

/**
 * Tells the builder after a commit that documents changed, so that readers see it in some seconds.
 * Never throws: what it misses is found by the clock.
 */
export async function touchAtlas(env: Pick<Env, 'ATLAS'>): Promise<void> {
  try {
    await within(
      CALL_MS_MAX,
      reach<Stub, void>(env.ATLAS, BUILDER, (stub) => stub.touch()),
    )
  } catch (error) {
    logError('atlas_touch', error)
  }
}

/** Builds all that is due at once, in turns; answers how many parts. Throws where it fails. */
export async function buildAtlas(env: Pick<Env, 'ATLAS'>): Promise<number> {
  let built = 0
  for (let turns = 0; turns < TURNS_MAX; turns += 1) {
    const progress = await reach<Stub, Progress>(env.ATLAS, BUILDER, (stub) => stub.step())
    if (!progress) throw new Error('the builder of the index is out of reach')
    built += progress.built.length
    if (progress.left === 0) break
  }
  return built
}

/** Looks whether every shard is there; by night more closely, and takes away what nobody needs. */
export async function checkShelf(
  env: Pick<Env, 'ATLAS'>,
  by_night: boolean,
): Promise<{ gone: number; removed: number }> {
  const found = await reach<Stub, { gone: number; removed: number }>(env.ATLAS, BUILDER, (stub) =>
    stub.check(by_night),
  )
  if (!found) throw new Error('the builder of the index is out of reach')
  return found
}

/** `kinds`: of which shards are needed, where that is more than the query says. */
type Ways<T> = {
  kinds?: readonly Kind[]
  shelf: (shelf: Shelf) => T
  database: (d1: D1Database) => Promise<T>
}

type Found<T> = T & { version: string }

/** From the shards, from D1 where those are not to be had, and without both from what is held. */
async function answer<T extends object>(
  env: Source,
  query: Need,
  ways: Ways<T>,
): Promise<Found<T>> {
  const reading = await readIndex(env)
  const found = reading && (await fromShelf(env, reading, query, ways))
  if (found) return found
  try {
    return await fromDatabase(env, ways)
  } catch (error) {
    const known = isOutage(error) ? recallIndex(env) : undefined
    const last = known && known !== reading && (await fromShelf(env, known, query, ways))
    if (!last) throw error
    return last
  }
}

/** Undefined where R2 does not give the shards. */
async function fromShelf<T extends object>(
  env: Source,
  reading: Reading,
  query: Need,
  ways: Ways<T>,
): Promise<Found<T> | undefined> {
  try {
    const shelf = await shelfFor(env, reading, query, ways.kinds)
    return { ...ways.shelf(shelf), version: reading.version }
  } catch (error) {
    logError('atlas_shards', error)
    return undefined
  }
}

/** What changes while it is found is of no moment that anybody else sees, and named so. */
async function fromDatabase<T extends object>({ DB }: Source, ways: Ways<T>): Promise<Found<T>> {
  const before = await revisionOf(DB)
  const found = await ways.database(DB)
  const after = await revisionOf(DB)
  const moment = momentOf(after)
  return { ...found, version: before === after ? moment : `${moment}.${newId()}` }
}

async function revisionOf(d1: D1Database): Promise<number> {
  return (await inTime(readParts(d1))).revision
}
