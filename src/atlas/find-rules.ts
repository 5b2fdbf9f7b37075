/**
 * Finding: how many of what is asked for each organisation has, and the few best rows. A shard is
 * walked by its sorts or by its organisations, whichever are fewer rows.
 */
import { Best } from './best-rules.ts'
import { visitWord } from './index-rules.ts'
import type { TextIndex } from './index-rules.ts'
import { bitsOf, closenessAt, closenessOfNames, markSorts, runsOf } from './mark-rules.ts'
import { ITEM_FIELDS } from './mark-rules.ts'
import { meetByItems } from './meet-rules.ts'
import { ORDINALS, partOf, placeGate, squareBetween } from './place-rules.ts'
import type { Organisations } from './place-rules.ts'
import type { Query, Sort } from './rules.ts'
import type { Shelf } from './shelf-rules.ts'
import { CLOSENESS, countOwners, rowsWithin, walkOwners, walkRuns } from './walk-rules.ts'
import type { Walk } from './walk-rules.ts'
import { soughtOf, WORDS_MAX } from './word-rules.ts'
import type { Sought } from './word-rules.ts'

/** `counts` by ordinal: matching items, or 1 for a matching organisation. */
export type Found = { counts: Uint32Array; total: number }

/** A found row: of which shard of the kind (0 for organisations), where, and its key. */
export type Place = { laid: number; key: number; row: number }

/** Services or instruments; `size` of the best rows come back in `places`, unsorted over shards. */
export function findItems(shelf: Shelf, query: Query, size: number): Found & { places: Place[] } {
  const { organisations } = shelf
  const words = query.words.map(soughtOf)
  const gate = placeGate(organisations, query)
  const own = nameBits(organisations, words)
  const [named, unnamed] = gatesOf(organisations, gate, own)
  const counts = new Uint32Array(organisations.count)
  const keys = size > 0 ? keysOf(organisations, query, gate) : new Float64Array(0)
  const close = size > 0 && sortOf(query) === 'relevance' ? query.words : []
  const places: Place[] = []
  const all = query.kind === 'service' ? shelf.services : shelf.instruments
  for (const [at, laid] of all.entries()) {
    const within = rowsWithin(laid, gate)
    const marked = within > 0 && markSorts(laid.shard, words, ITEM_FIELDS, query.categories)
    if (!marked) continue
    const best = size > 0 ? new Best(size) : null
    const found = { laid, bits: marked.bits, own, counts, keys, best }
    const byPrice = query.sort === 'price'
    const walk: Walk = { ...found, byPrice, close: closenessOfNames(laid.shard, close) }
    if (marked.bits === 0 && best === null) {
      countOwners(walk, gate)
      continue
    }
    const runs = runsOf(laid.shard, marked)
    if (marked.bits === 0 || within <= runs.rows) walkOwners(walk, gate)
    else {
      walkRuns(walk, runs, unnamed)
      if (named) walkOwners(walk, named)
    }
    for (const { key, row } of best?.entries() ?? []) places.push({ laid: at, key, row })
  }
  return { counts, total: sum(counts), places }
}

/** Organisations; a word may be met by what they offer. */
export function findOrganisations(
  shelf: Shelf,
  query: Query,
  size: number,
): Found & { places: Place[] } {
  const { organisations } = shelf
  const gate = placeGate(organisations, query)
  const words = query.words.map(soughtOf)
  const named = nameBits(organisations, words)
  const met = named.slice()
  aboutBits(organisations, words, met)
  if (words.length > 0)
    for (const laid of [...shelf.services, ...shelf.instruments])
      meetByItems(laid, words, gate, met)
  const bits = bitsOf(words)
  const counts = new Uint32Array(organisations.count)
  const best = new Best(size)
  const keys = size > 0 ? keysOf(organisations, query, gate) : null
  const close = sortOf(query) === 'relevance' ? query.words : []
  for (let at = 0; at < organisations.count; at++) {
    if (gate[at] !== 1 || met[at] !== bits) continue
    counts[at] = 1
    if (keys === null) continue
    const away = close.length > 0 ? closenessOfOne(organisations, at, close, named[at] === bits) : 0
    best.offer(away * CLOSENESS + (keys[at] as number), organisations.rank[at] as number)
  }
  const places = best.entries().map(({ key, row }) => ({ laid: 0, key, row }))
  return { counts, total: sum(counts), places }
}

/** A sort by distance without a place to measure from is a sort by relevance. */
export function sortOf({ sort, near }: Query): Sort {
  return sort === 'distance' && near === null ? 'relevance' : sort
}

/** The smaller the better; only organisations behind the gate have one. */
function keysOf(organisations: Organisations, query: Query, gate: Uint8Array): Float64Array {
  const { count, lng, lat, rating, ratings } = organisations
  const keys = new Float64Array(count)
  const sort = sortOf(query)
  const keyOf = (at: number) => {
    if (sort === 'relevance') return -(rating[at] as number)
    if (sort === 'evaluation') return -((rating[at] as number) * 2 ** 32 + (ratings[at] as number))
    if (sort === 'price' || query.near === null) return 0
    return squareBetween(query.near, lng[at] as number, lat[at] as number)
  }
  for (let at = 0; at < count; at++) if (gate[at] === 1) keys[at] = keyOf(at)
  return keys
}

/** Which words occur in the name of each organisation. */
export function nameBits({ parts }: Organisations, words: readonly Sought[]): Uint8Array {
  const bits = new Uint8Array(ORDINALS)
  for (const { shard, first } of parts) addBits(shard.nameIndex, first, words, bits)
  return bits
}

function aboutBits({ parts }: Organisations, words: readonly Sought[], bits: Uint8Array): void {
  for (const { shard, first } of parts) addBits(shard.aboutIndex, first, words, bits)
}

function addBits(
  index: TextIndex,
  first: number,
  words: readonly Sought[],
  bits: Uint8Array,
): void {
  for (const [at, word] of words.entries())
    visitWord(index, word, (one) => ((bits[first + one] as number) |= 1 << at))
}

function closenessOfOne(
  organisations: Organisations,
  ordinal: number,
  words: readonly string[],
  holdsAll: boolean,
): number {
  const { shard, at } = partOf(organisations, ordinal)
  return closenessAt(shard.nameIndex.texts, at, words, holdsAll)
}

/** The gates of those whose name holds some word (null where none does) and of those it does not. */
function gatesOf(
  { count }: Organisations,
  gate: Uint8Array,
  own: Uint8Array,
): [named: Uint8Array | null, unnamed: Uint8Array] {
  let named: Uint8Array | null = null
  let unnamed = gate
  for (let at = 0; at < count; at++) {
    if (own[at] === 0 || gate[at] !== 1) continue
    if (named === null) [named, unnamed] = [new Uint8Array(ORDINALS), gate.slice()]
    named[at] = 1
    unnamed[at] = 0
  }
  return [named, unnamed]
}

function sum(counts: Uint32Array): number {
  let total = 0
  for (let at = 0; at < counts.length; at++) total += counts[at] as number
  return total
}

/** What is found of the query's kind, by organisation. */
export function findOf(shelf: Shelf, query: Query): { counts: Uint32Array; total: number } {
  const find = query.kind === 'organisation' ? findOrganisations : findItems
  return find(shelf, query, 0)
}

/** More words than are read, and pages that are none, are brought within bounds. */
export function bounded(query: Query): Query {
  const whole = (count: number) => Math.max(0, Math.floor(count) || 0)
  return {
    ...query,
    words: query.words.slice(0, WORDS_MAX),
    offset: whole(query.offset),
    limit: whole(query.limit),
  }
}
