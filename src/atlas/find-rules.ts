/**
 * Finding: how many of what is asked for each organisation has, and the few best rows. A shard is
 * walked by its sorts or by its organisations, whichever are fewer rows.
 */
import { Best } from './best-rules.ts'
import type { Entry } from './best-rules.ts'
import { placeGate } from './gate-rules.ts'
import type { Gate } from './gate-rules.ts'
import { visitWord } from './index-rules.ts'
import type { TextIndex } from './index-rules.ts'
import { CLOSENESS, keysOf, sortOf } from './key-rules.ts'
import { bitsOf, closenessAt, fillCloseness, markSorts, runsOf } from './mark-rules.ts'
import { ITEM_FIELDS } from './mark-rules.ts'
import { meetByItems } from './meet-rules.ts'
import type { Ranked } from './merge-rules.ts'
import { ORDINALS, partOf } from './place-rules.ts'
import type { Organisations } from './place-rules.ts'
import type { Query } from './rules.ts'
import type { LaidItems, Shelf } from './shelf-rules.ts'
import {
  countOwners,
  offerAny,
  rowsWithin,
  STRAY_ROWS,
  walkOwners,
  walkRuns,
} from './walk-rules.ts'
import type { Walk } from './walk-rules.ts'
import { soughtOf, WORDS_MAX } from './word-rules.ts'
import type { SoughtWord } from './word-rules.ts'

/** How many of the best are wanted, or by ordinal how many each organisation has. */
export type Wanted = { size: number; counts: Uint32Array | null }

/** The best rows of every shard. */
export type FoundItems = { total: number; lists: Ranked[] }

/** About so many organisations, the best by key, are looked at first for a page. */
const FIRST = 80

/** One in so many is looked at to tell how small the keys of the first are. */
const SAMPLED = 16

/** What is asked of every shard, made ready once. */
type Sought = ReturnType<typeof seekItems> & { first: Uint8Array | null }

function seekItems({ organisations }: Shelf, query: Query, { size, counts }: Wanted) {
  const words = query.words.map(soughtOf)
  const gate = placeGate(organisations, query)
  const own = nameBits(organisations, words)
  const keys = size > 0 ? keysOf(organisations, query, gate) : organisations.squares
  const sort = sortOf(query)
  const close = size > 0 && sort === 'relevance' ? query.words : []
  const gates = words.length > 0 ? gatesOf(gate, own) : openToAll(gate)
  return { query, words, gate, ...gates, own, keys, close, byPrice: sort === 'price', counts }
}

/**
 * Services or instruments. Where organisations alone decide the order, the page is looked for among
 * the first of them, and what lies elsewhere is only counted.
 */
export function findItems(shelf: Shelf, query: Query, wanted: Wanted): FoundItems {
  const sought = seekItems(shelf, query, wanted)
  const byOwner = wanted.size > 0 && query.words.length > 0 && sought.close.length === 0
  const first = byOwner && !sought.byPrice ? firstOf(sought.gate, sought.keys) : null
  const found = findAll(shelf, { ...sought, first }, wanted)
  const enough = Math.min(wanted.size, found.total)
  const looked = found.lists.reduce((sum, { entries }) => sum + entries.length, 0)
  if (first === null || looked >= enough) return found
  return findAll(shelf, { ...sought, first: null }, wanted)
}

/**
 * The gate of those whose keys are smallest, about as many as FIRST; null where that would be most
 * of them. How many exactly does not matter: nobody outside has a smaller key than one inside.
 */
function firstOf({ open, from, to }: Gate, keys: Float64Array): Uint8Array | null {
  const sample: number[] = []
  for (let at = from; at < to; at += SAMPLED) if (open[at] === 1) sample.push(keys[at] as number)
  const limit = Float64Array.from(sample).sort()[FIRST / SAMPLED]
  if (limit === undefined) return null
  const first = new Uint8Array(ORDINALS)
  let count = 0
  for (let at = from; at < to; at++) {
    if (open[at] !== 1 || (keys[at] as number) > limit) continue
    first[at] = 1
    count++
  }
  return count * 4 > to - from ? null : first
}

function findAll(shelf: Shelf, sought: Sought, { size }: Wanted): FoundItems {
  const all = sought.query.kind === 'service' ? shelf.services : shelf.instruments
  const lists: Ranked[] = []
  let total = 0
  for (const laid of all) {
    const best = size > 0 ? new Best(size) : null
    total += findIn(laid, sought, best)
    if (best) lists.push({ laid, entries: best.entries() })
  }
  return { total, lists }
}

function findIn(laid: LaidItems, sought: Sought, best: Best | null): number {
  const { query, words, open, named, unnamed, first, own, keys, byPrice, counts } = sought
  const within = rowsWithin(laid, open)
  if (within === 0) return 0
  const marked = markSorts(laid.shard, words, ITEM_FIELDS, query.categories)
  if (marked === null) return 0
  const nearest = fillCloseness(laid.shard, sought.close)
  const walk: Walk = { laid, bits: marked.bits, own, counts, keys, byPrice, nearest, best }
  if (marked.bits === 0) {
    if (best) offerAny(walk, open, best, within)
    countOwners(walk, open)
    return within
  }
  if (first) walkOwners(walk, first)
  if (first) walk.best = null
  const runs = runsOf(laid.shard, marked)
  if (within * STRAY_ROWS <= runs.rows) return walkOwners(walk, open)
  return walkRuns(walk, runs, unnamed) + (named ? walkOwners(walk, named) : 0)
}

/** Organisations, best first, by their place in the order of names; a word may be met by items. */
export function findOrganisations(
  shelf: Shelf,
  query: Query,
  { size, counts }: Wanted,
): { total: number; entries: Entry[] } {
  const { organisations } = shelf
  const gate = placeGate(organisations, query)
  const words = query.words.map(soughtOf)
  const bits = bitsOf(words)
  const named = nameBits(organisations, words)
  if (bits !== 0) closeUnmet(shelf, words, gate, named)
  const total = countOpen(gate, counts)
  if (size === 0) return { total, entries: [] }
  const best = new Best(size)
  const keys = keysOf(organisations, query, gate)
  const close = sortOf(query) === 'relevance' ? query.words : []
  for (let at = gate.from; at < gate.to; at++) {
    if (gate.open[at] !== 1) continue
    const away =
      close.length > 0 ? closenessOfOne(organisations, at, close, named[at] as number) : 0
    best.offer(away * CLOSENESS + (keys[at] as number), organisations.rank[at] as number)
  }
  return { total, entries: best.entries() }
}

/** Closes the gate to organisations that do not meet every word. */
function closeUnmet(
  { organisations, services, instruments }: Shelf,
  words: readonly SoughtWord[],
  { open, from, to }: Gate,
  named: Uint8Array,
): void {
  const met = new Uint8Array(ORDINALS)
  met.set(named)
  for (const { shard, first } of organisations.parts) addBits(shard.aboutIndex, first, words, met)
  for (const laid of [...services, ...instruments]) meetByItems(laid, words, open, met)
  const bits = bitsOf(words)
  for (let at = from; at < to; at++) if (met[at] !== bits) open[at] = 0
}

function countOpen({ open, from, to }: Gate, counts: Uint32Array | null): number {
  let total = 0
  for (let at = from; at < to; at++) total += open[at] as number
  if (counts) for (let at = from; at < to; at++) counts[at] = open[at] as number
  return total
}

/** Which words occur in the name of each organisation. */
export function nameBits(
  { parts, count }: Organisations,
  words: readonly SoughtWord[],
): Uint8Array {
  const bits = new Uint8Array(count)
  for (const { shard, first } of parts) addBits(shard.nameIndex, first, words, bits)
  return bits
}

function addBits(
  index: TextIndex,
  first: number,
  words: readonly SoughtWord[],
  bits: Uint8Array,
): void {
  for (const [at, word] of words.entries())
    visitWord(index, word, (one) => ((bits[first + one] as number) |= 1 << at))
}

/** Where no word is in its name there is nothing to look at. */
function closenessOfOne(
  organisations: Organisations,
  ordinal: number,
  words: readonly string[],
  named: number,
): number {
  if (named === 0) return 3
  const { shard, at } = partOf(organisations, ordinal)
  return closenessAt(shard.nameIndex.texts, at, words, named === bitsOf(words))
}

/** Open for all, for those whose name holds some word (null where none does), for the others. */
type Gates = { open: Uint8Array; named: Uint8Array | null; unnamed: Uint8Array }

function gatesOf({ open, from, to }: Gate, own: Uint8Array): Gates {
  let first = from
  while (first < to && (own[first] === 0 || open[first] === 0)) first++
  if (first >= to) return openToAll({ open })
  const named = new Uint8Array(ORDINALS)
  const unnamed = open.slice()
  for (let at = first; at < to; at++) {
    const holds = own[at] === 0 ? 0 : (open[at] as number)
    named[at] = holds
    unnamed[at] = (open[at] as number) - holds
  }
  return { open, named, unnamed }
}

function openToAll({ open }: Pick<Gate, 'open'>): Gates {
  return { open, named: null, unnamed: open }
}

/** Of the query's kind: how many in all, and by ordinal. */
export function countOf(shelf: Shelf, query: Query, counts: Uint32Array | null): number {
  const find = query.kind === 'organisation' ? findOrganisations : findItems
  return find(shelf, query, { size: 0, counts }).total
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
