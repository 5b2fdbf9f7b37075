/**
 * What an isolate holds of the index: the pointer for a moment, opened shards up to a bound, and
 * the changes since they were built. A search that needs nothing new costs no call at all.
 */
import { waitUntil } from 'cloudflare:workers'
import type { Bindings } from '../platform/bindings.ts'
import { within } from '../platform/reach.ts'
import { catchUp, inTime, isBelieved, lookUpPointer, PATIENCE_MS } from './fresh.ts'
import type { Known } from './fresh.ts'
import { openItems } from './item-rules.ts'
import type { ItemShard } from './item-rules.ts'
import { agesOf, isEven, isFit, versionOf } from './moment-rules.ts'
import type { Ages, Freshness } from './moment-rules.ts'
import { citiesFor, kindsFor } from './need-rules.ts'
import type { Need } from './need-rules.ts'
import { instrumentsOf, ORGANISATIONS, PARTS, SERVICES } from './part-rules.ts'
import { openOrganisations } from './shard-rules.ts'
import type { OrganisationShard } from './shard-rules.ts'
import { layShelf } from './shelf-rules.ts'
import type { Shelf } from './shelf-rules.ts'
import { GRACE_MS, readShard } from './shelf.ts'
import type { Pinned, Shelved } from './shelf.ts'

type Env = Pick<Bindings, 'DB' | 'FILES'>

/** How long an isolate stays with an older moment: its shards are there for longer. */
const OLDER_MS_MAX = (GRACE_MS * 2) / 3
/** Bytes of shards in an isolate, which has 128 MB for everything. */
const SHARD_BYTES_MAX = 60 * 1024 * 1024
const SHELVES_MAX = 8

type Opened = OrganisationShard | ItemShard

/** A pointer to every part, and how old the shards are. */
type Whole = Pinned & { ages: Ages }

/** A moment of the index: its shards with what changed since. `version` is its name. */
export type Reading = { pinned: Whole; fresh: Freshness | undefined; version: string }

/** `reading`: the last moment that was whole, and `read_at` when it still was the newest. */
type Held = Known & {
  whole: Whole | undefined
  reading: Reading | undefined
  read_at: number
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
      whole: undefined,
      looked_at: -Infinity,
      looking: undefined,
      answered_at: -Infinity,
      fresh: undefined,
      ask_at: -Infinity,
      reading: undefined,
      read_at: -Infinity,
      shards: new Map(),
      coming: new Map(),
      shelves: new Map(),
    }
    everyone.set(FILES, held)
  }
  return held
}

/** Undefined where no whole index is to be had; then D1 answers. Never throws. */
export async function readIndex(env: Env): Promise<Reading | undefined> {
  const held = heldOf(env)
  await lookUpPointer(env, held, (pinned) => pin(held, pinned))
  if (!held.whole || !isBelieved(held)) return undefined
  await catchUp(env.DB, held, held.whole.ages, held.whole.pointer.touched)
  return newestOf(held)
}

/** What was known last, for when neither R2 nor D1 answers; undefined where nothing was. */
export function recallIndex(env: Env): Reading | undefined {
  const held = heldOf(env)
  return recentOf(held) ?? (held.whole && readingOf(held.whole, undefined))
}

/** A pointer that knows of less than before: D1 was set back, and what was known is not true. */
function pin(held: Held, pinned: Pinned | undefined): void {
  const known = held.whole?.pointer.touched ?? 0
  const shelved = pinned?.pointer.shelved ?? []
  held.pinned = pinned
  held.whole = pinned && shelved.length >= PARTS.length ? wholeOf(pinned) : undefined
  if (held.whole && held.whole.pointer.touched >= known) return
  held.fresh = undefined
  held.reading = undefined
}

function wholeOf(pinned: Pinned): Whole {
  return { ...pinned, ages: agesOf(pinned.pointer.shelved) }
}

function readingOf(pinned: Whole, fresh: Freshness | undefined): Reading {
  return { pinned, fresh, version: versionOf(pinned.ages, pinned.etag, fresh) }
}

/**
 * The newest moment that shards and changes make up; the one before while changes are missing that
 * would make the new shards one; undefined where there is neither.
 */
function newestOf(held: Held): Reading | undefined {
  const { whole, reading } = held
  if (!whole) return undefined
  const fresh = held.fresh && isFit(held.fresh, whole.ages) ? held.fresh : undefined
  if (!fresh && !isEven(whole.ages)) return recentOf(held)
  if (reading?.pinned !== whole) dropUnnamed(held, whole)
  if (reading?.pinned !== whole || reading.fresh !== fresh) held.reading = readingOf(whole, fresh)
  held.read_at = Date.now()
  return held.reading
}

function recentOf({ whole, reading, read_at }: Held): Reading | undefined {
  if (!reading) return undefined
  return reading.pinned === whole || Date.now() - read_at < OLDER_MS_MAX ? reading : undefined
}

/** What the pointer does not name is of no use any more. */
function dropUnnamed(held: Held, { pointer }: Whole): void {
  const named = new Set(pointer.shelved.map(({ key }) => key))
  for (const key of held.shards.keys()) if (!named.has(key)) held.shards.delete(key)
  held.shelves.clear()
}

/** The shards that a query needs, laid out. Throws where R2 does not give them. */
export async function shelfFor(
  env: Env,
  reading: Reading,
  query: Need,
  kinds = kindsFor(query),
): Promise<Shelf> {
  const held = heldOf(env)
  const { pinned, fresh } = reading
  const shelved = new Map(pinned.pointer.shelved.map((one) => [one.part, one]))
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
  return laid(held, [...keys, fresh?.since, fresh?.revision].join(), () =>
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
