/**
 * Finding: how many of what is asked for each organisation has, and the few best rows. A shard is
 * walked by its sorts or by its organisations, whichever are fewer rows.
 */
import { Best } from './best-rules.ts'
import { visitWord } from './index-rules.ts'
import { bitsOf, closenessAt, closenessOfNames, ITEM_FIELDS, markSorts } from './mark-rules.ts'
import { OFFERED_FIELDS } from './mark-rules.ts'
import { ORDINALS, partOf, placeGate, squareBetween } from './place-rules.ts'
import type { Organisations } from './place-rules.ts'
import type { Query, Sort } from './rules.ts'
import type { LaidItems, Shelf } from './shelf-rules.ts'
import { CLOSENESS, rowsWithin, sortsWith, walkOwners, walkSorts } from './walk-rules.ts'
import { WORDS_MAX } from './word-rules.ts'

/** `counts` by ordinal: matching items, or 1 for a matching organisation. */
export type Found = { counts: Uint32Array; total: number }

/** A found row: of which shard of the kind (0 for organisations), where, and its key. */
export type Place = { laid: number; key: number; row: number }

/** Services or instruments; `size` of the best rows come back in `places`, unsorted over shards. */
export function findItems(shelf: Shelf, query: Query, size: number): Found & { places: Place[] } {
  const { organisations } = shelf
  const gate = placeGate(organisations, query)
  const own = nameBits(organisations, query.words)
  const byName = gateOf(gate, own, true)
  const byText = gateOf(gate, own, false)
  const counts = new Uint32Array(organisations.count)
  const keys = size > 0 ? keysOf(organisations, query, gate) : new Float64Array(0)
  const places: Place[] = []
  const all = query.kind === 'service' ? shelf.services : shelf.instruments
  for (const [at, laid] of all.entries()) {
    const within = rowsWithin(laid, gate)
    if (within === 0) continue
    const bits = markSorts(laid.shard, query.words, ITEM_FIELDS, query.categories)
    if (bits < 0) continue
    const best = size > 0 ? new Best(size) : null
    const byPrice = query.sort === 'price'
    const close = best && sortOf(query) === 'relevance' ? query.words : []
    const walk = { laid, bits, own, counts, keys, byPrice, best }
    const whole = { ...walk, close: closenessOfNames(laid.shard, close) }
    const sorts = sortsWith(laid, bits)
    if (bits === 0 || within <= sorts.rows) walkOwners(whole, gate)
    else {
      walkSorts(whole, sorts.list, byText)
      walkOwners(whole, byName)
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
  const { words } = query
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
  const close = sortOf(query) === 'relevance' ? words : []
  for (let at = 0; at < organisations.count; at++) {
    if (gate[at] !== 1 || met[at] !== bits) continue
    counts[at] = 1
    if (keys === null) continue
    const away =
      close.length === 0 ? 0 : closenessOfOne(organisations, at, close, named[at] === bits)
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
  for (let at = 0; at < count; at++) {
    if (gate[at] !== 1) continue
    if (sort === 'distance' && query.near)
      keys[at] = squareBetween(query.near, lng[at] as number, lat[at] as number)
    if (sort === 'relevance') keys[at] = -(rating[at] as number)
    if (sort === 'evaluation')
      keys[at] = -((rating[at] as number) * 2 ** 32 + (ratings[at] as number))
  }
  return keys
}

/** Which words occur in the name of each organisation. */
export function nameBits(organisations: Organisations, words: readonly string[]): Uint8Array {
  const bits = new Uint8Array(ORDINALS)
  for (const { shard, first } of organisations.parts)
    for (const [at, word] of words.entries())
      visitWord(shard.nameIndex, word, (one) => ((bits[first + one] as number) |= 1 << at))
  return bits
}

function aboutBits({ parts }: Organisations, words: readonly string[], bits: Uint8Array): void {
  for (const { shard, first } of parts)
    for (const [at, word] of words.entries())
      visitWord(shard.aboutIndex, word, (one) => ((bits[first + one] as number) |= 1 << at))
}

/** Adds the words that occur in items of each organisation behind the gate. */
function meetByItems(
  laid: LaidItems,
  words: readonly string[],
  gate: Uint8Array,
  met: Uint8Array,
): void {
  const { shard, ofRow, ordinals, holed } = laid
  const within = rowsWithin(laid, gate)
  if (within === 0) return
  markSorts(shard, words, OFFERED_FIELDS, null)
  const { marks, rows, owned, ownRow, ownSort } = shard
  const sorts = sortsWith(laid, 0)
  if (sorts.rows < within) {
    for (const sort of sorts.list) {
      const mark = marks[sort] as number
      const end = rows[sort + 1] as number
      for (let row = rows[sort] as number; row < end; row++)
        (met[ofRow[row] as number] as number) |= mark
    }
    return
  }
  for (const [at, ordinal] of ordinals.entries()) {
    if (gate[ordinal] !== 1) continue
    const end = owned[at + 1] as number
    for (let place = owned[at] as number; place < end; place++)
      if (!holed || ofRow[ownRow[place] as number] === ordinal)
        (met[ordinal] as number) |= marks[ownSort[place] as number] as number
  }
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

/** The gate of those whose name holds some word, or of those whose name holds none. */
function gateOf(gate: Uint8Array, own: Uint8Array, some: boolean): Uint8Array {
  return gate.map((open, at) => (open === 1 && (own[at] !== 0) === some ? 1 : 0))
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
