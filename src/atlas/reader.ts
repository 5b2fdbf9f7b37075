/**
 * What an isolate holds of the index: the pointer for a moment, opened shards up to a bound, and
 * the changes since they were built. A search that needs nothing new costs no call at all.
 */
import { waitUntil } from 'cloudflare:workers'
import type { Bindings } from '../platform/bindings.ts'
import { logError } from '../platform/log.ts'
import { within } from '../platform/reach.ts'
import { readFresh } from './fresh.ts'
import type { Freshness } from './fresh.ts'
import { openItems } from './item-rules.ts'
import type { ItemShard } from './item-rules.ts'
import { instrumentsOf, ORGANISATIONS, PARTS, SERVICES } from './part-rules.ts'
import type { Kind, Query } from './rules.ts'
import { citiesOf } from './search-rules.ts'
import { openOrganisations, SHARD_FORMAT } from './shard-rules.ts'
import type { OrganisationShard } from './shard-rules.ts'
import { layShelf } from './shelf-rules.ts'
import type { Shelf } from './shelf-rules.ts'
import { readPointer, readShard } from './shelf.ts'
import type { Pinned, Pointer, Shelved } from './shelf.ts'

type Env = Pick<Bindings, 'DB' | 'FILES'>

/** How long a pointer is believed without asking. */
const POINTER_MS = 2_000
/** How long it is believed while R2 does not answer. */
const POINTER_MS_MAX = 60_000
/** Bytes of shards in an isolate, which has 128 MB for everything. */
const SHARD_BYTES_MAX = 60 * 1024 * 1024
const SHELVES_MAX = 8
/** Nobody waits longer for a store, or for what another request is reading. */
const PATIENCE_MS = 2_000

type Opened = OrganisationShard | ItemShard

/**
 * `looked_at`: when the pointer was asked for; `answered_at`: when R2 last answered; `asked_at`:
 * when a request began to ask D1 for changes, if one is doing so.
 */
type Held = {
  pinned: Pinned | undefined
  looked_at: number
  answered_at: number
  fresh: Freshness | undefined
  asked_at: number
  shards: Map<string, { opened: Opened; bytes: number }>
  coming: Map<string, Promise<Opened>>
  shelves: Map<string, Shelf>
}

const everyone = new WeakMap<R2Bucket, Held>()

function heldOf({ FILES }: Env): Held {
  let held = everyone.get(FILES)
  if (!held) {
    held = {
      pinned: undefined,
      looked_at: -Infinity,
      answered_at: -Infinity,
      fresh: undefined,
      asked_at: -Infinity,
      shards: new Map(),
      coming: new Map(),
      shelves: new Map(),
    }
    everyone.set(FILES, held)
  }
  return held
}

/** A whole index with what changed since; `version` names the state of both. */
export type Reading = { pointer: Pointer; fresh: Freshness | undefined; version: string }

/** What decides which shards a search needs. */
export type Need = Pick<Query, 'kind' | 'words' | 'region' | 'box'>

/** Undefined where no whole index is to be had; then D1 answers. Never throws. */
export async function readIndex(env: Env): Promise<Reading | undefined> {
  const held = heldOf(env)
  const pointer = await pointerOf(env, held)
  if (!pointer || pointer.shelved.length < PARTS.length) return undefined
  const built = Math.min(...pointer.shelved.map(({ revision }) => revision))
  const fresh = await freshOf(env, held, pointer.touched, built)
  const whole = fresh?.whole === false ? `.${built}` : ''
  const version = `${SHARD_FORMAT}.${Math.max(built, fresh?.revision ?? 0)}${whole}`
  return { pointer, fresh, version }
}

async function pointerOf(env: Env, held: Held): Promise<Pointer | undefined> {
  const now = Date.now()
  if (!held.pinned || now - held.looked_at >= POINTER_MS) {
    held.looked_at = now
    try {
      const etag = held.pinned?.etag
      const answer = await inTime(etag === undefined ? readPointer(env) : readPointer(env, etag))
      if (answer !== 'same') pin(held, answer)
      held.answered_at = Date.now()
    } catch (error) {
      logError('atlas_pointer', error)
    }
  }
  return now - held.answered_at <= POINTER_MS_MAX ? held.pinned?.pointer : undefined
}

/** What the work comes to, unless it is late: a store that hangs is out of reach. */
async function inTime<T>(work: Promise<T>): Promise<T> {
  const done = await within(
    PATIENCE_MS,
    work.then((value) => ({ value })),
  )
  if (!done) throw new Error('no answer in time')
  return done.value
}

/** What the new pointer does not name is of no use any more. */
function pin(held: Held, pinned: Pinned | undefined): void {
  const named = new Set(pinned?.pointer.shelved.map(({ key }) => key))
  for (const key of held.shards.keys()) if (!named.has(key)) held.shards.delete(key)
  held.shelves.clear()
  held.pinned = pinned
}

/**
 * Changes are asked for once a pointer tells of some that the shards lack, by one request at a
 * time: the others do with what is known. Where D1 does not answer, so does everybody.
 */
async function freshOf(
  { DB }: Env,
  held: Held,
  touched: number,
  built: number,
): Promise<Freshness | undefined> {
  const { fresh } = held
  if (fresh && built >= fresh.revision) held.fresh = undefined
  const known = fresh !== undefined && fresh.since <= built && fresh.revision >= touched
  if (touched <= built || known || Date.now() - held.asked_at < PATIENCE_MS) return held.fresh
  held.asked_at = Date.now()
  try {
    held.fresh = await inTime(readFresh(DB, built))
  } catch (error) {
    logError('atlas_fresh', error)
  }
  held.asked_at = -Infinity
  return held.fresh
}

/** The shards that a query needs, laid out. Throws where R2 does not give them. */
export async function shelfFor(
  env: Env,
  reading: Reading,
  query: Need,
  kinds = kindsFor(query),
): Promise<Shelf> {
  const held = heldOf(env)
  const { pointer, fresh } = reading
  const shelved = new Map(pointer.shelved.map((one) => [one.part, one]))
  const get = async (part: string) => {
    const one = shelved.get(part)
    if (!one) throw new Error(`the index lacks ${part}`)
    return { key: one.key, opened: await shardOf(env, held, one) }
  }
  const base = await get(ORGANISATIONS)
  const organisations = base.opened as OrganisationShard
  const cities = kinds.includes('instrument') ? citiesFor(organisations, fresh, query) : []
  const [services, instruments] = await Promise.all([
    Promise.all(kinds.includes('service') ? [get(SERVICES)] : []),
    Promise.all(cities.map((city) => get(instrumentsOf(city)))),
  ])
  const keys = [base, ...services, ...instruments].map(({ key }) => key)
  return laid(held, [...keys, fresh?.revision].join(), () =>
    layShelf(
      {
        organisations,
        services: services.map(({ opened }) => opened as ItemShard),
        instruments: instruments.map(({ opened }) => opened as ItemShard),
      },
      fresh?.fresh,
    ),
  )
}

/** A word finds an organisation by what it offers too. */
function kindsFor({ kind, words }: Need): readonly Kind[] {
  if (kind !== 'organisation') return [kind]
  return words.length > 0 ? ['service', 'instrument'] : []
}

/** Cities with an organisation where it is looked for; one that moved stands where it is now. */
function citiesFor(
  organisations: OrganisationShard,
  fresh: Freshness | undefined,
  query: Need,
): string[] {
  const moved = fresh?.fresh.organisations.map(({ county }) => county.slice(0, 4)) ?? []
  const known = new Set(PARTS.map(({ city }) => city))
  const cities = new Set([...citiesOf(organisations, query), ...moved])
  return [...cities].filter((city) => known.has(city)).sort()
}

async function shardOf(env: Env, held: Held, { key, part, bytes }: Shelved): Promise<Opened> {
  const known = held.shards.get(key)
  if (known) {
    held.shards.delete(key)
    held.shards.set(key, known)
    return known.opened
  }
  const coming = held.coming.get(key)
  // Whoever is reading it may be cut off with the one who asked: then it is read again.
  const shared = coming && (await within(PATIENCE_MS, coming).catch(() => undefined))
  if (shared) return shared
  const reading = readShard(env, key).then((content) => {
    const opened = part === ORGANISATIONS ? openOrganisations(content) : openItems(content)
    keep(held, key, opened, bytes)
    return opened
  })
  held.coming.set(key, reading)
  waitUntil(reading.catch(() => undefined))
  try {
    return await inTime(reading)
  } finally {
    if (held.coming.get(key) === reading) held.coming.delete(key)
  }
}

/** The ones that were not needed for longest make room. */
function keep(held: Held, key: string, opened: Opened, bytes: number): void {
  held.shards.set(key, { opened, bytes })
  let total = 0
  for (const one of held.shards.values()) total += one.bytes
  for (const [oldest, one] of held.shards) {
    if (total <= SHARD_BYTES_MAX || oldest === key) break
    held.shards.delete(oldest)
    held.shelves.clear()
    total -= one.bytes
  }
}

function laid(held: Held, key: string, lay: () => Shelf): Shelf {
  const known = held.shelves.get(key)
  if (known) return known
  const shelf = lay()
  if (held.shelves.size >= SHELVES_MAX) held.shelves.clear()
  held.shelves.set(key, shelf)
  return shelf
}
