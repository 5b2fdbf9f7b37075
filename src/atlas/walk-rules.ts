/**
 * Walking the rows of a shard: by runs of what is found, or by organisations. Both find the same
 * rows; which is shorter differs from search to search.
 */
import { Best } from './best-rules.ts'
import { CLOSENESS } from './key-rules.ts'
import type { Runs } from './mark-rules.ts'
import { ORDINALS } from './place-rules.ts'
import type { LaidItems } from './shelf-rules.ts'

/** Equals are looked for row by row where their organisations have more rows than this. */
const EQUAL_ROWS_MAX = 4000

/** A row by its organisation costs about as much as this many side by side. */
export const STRAY_ROWS = 3

/**
 * `own` are bits of each organisation's name. Where rows are offered to `best` nothing is counted
 * by organisation; where both are null only the total is wanted. `nearest` is the least closeness
 * of a name.
 */
export type Walk = {
  laid: LaidItems
  bits: number
  own: Uint8Array
  counts: Uint32Array | null
  keys: Float64Array
  byPrice: boolean
  nearest: number
  best: Best | null
}

/** How many rows organisations behind the gate have in a shard. */
export function rowsWithin({ ordinals, left }: LaidItems, gate: Uint8Array): number {
  let rows = 0
  for (let at = 0; at < ordinals.length; at++)
    if (gate[ordinals[at] as number] === 1) rows += left[at] as number
  return rows
}

/** Every row of the runs whose organisation is behind the gate; returns how many. */
export function walkRuns(walk: Walk, runs: Runs, gate: Uint8Array): number {
  const { laid, counts, byPrice, best } = walk
  const { closeness } = laid.shard
  let total = 0
  for (let run = 0; run < runs.starts.length; run++) {
    const start = runs.starts[run] as number
    const end = runs.ends[run] as number
    const base = (closeness[runs.names[run] as number] as number) * CLOSENESS
    if (best !== null && byPrice) total += offerPrices(laid, start, end, gate, best)
    else if (best !== null) total += offerRun(walk, start, end, gate, base, best)
    else if (counts !== null) total += countRun(laid.ofRow, start, end, gate, counts)
    else total += sizeOfRun(laid.ofRow, start, end, gate)
  }
  return total
}

function sizeOfRun(ofRow: Uint16Array, start: number, end: number, gate: Uint8Array): number {
  let total = 0
  for (let row = start; row < end; row++) total += gate[ofRow[row] as number] as number
  return total
}

function countRun(
  ofRow: Uint16Array,
  start: number,
  end: number,
  gate: Uint8Array,
  counts: Uint32Array,
): number {
  let total = 0
  for (let row = start; row < end; row++) {
    const ordinal = ofRow[row] as number
    if (gate[ordinal] !== 1) continue
    total++
    ;(counts[ordinal] as number)++
  }
  return total
}

/** Runs come in the order of rows, so that an equal that comes later is never the better one. */
function offerRun(
  { laid, keys }: Walk,
  start: number,
  end: number,
  gate: Uint8Array,
  base: number,
  best: Best,
): number {
  const { ofRow } = laid
  let total = 0
  let worst = best.worst
  for (let row = start; row < end; row++) {
    const ordinal = ofRow[row] as number
    if (gate[ordinal] !== 1) continue
    total++
    const key = base + (keys[ordinal] as number)
    if (key >= worst) continue
    best.offer(key, row)
    worst = best.worst
  }
  return total
}

function offerPrices(
  { ofRow, shard }: LaidItems,
  start: number,
  end: number,
  gate: Uint8Array,
  best: Best,
): number {
  const { price, prices } = shard
  let total = 0
  let worst = best.worst
  for (let row = start; row < end; row++) {
    if (gate[ofRow[row] as number] !== 1) continue
    total++
    const key = prices[price[row] as number] as number
    if (key >= worst) continue
    best.offer(key, row)
    worst = best.worst
  }
  return total
}

/** Every row of every organisation behind the gate that has all bits; returns how many. */
export function walkOwners(walk: Walk, gate: Uint8Array): number {
  const { laid, bits, own, counts, keys, byPrice, best } = walk
  const { shard, ofRow, ordinals, left, holed } = laid
  const { marks, closeness, owned, ownRow, ownSort, price, prices } = shard
  const nameOf = shard.fields.name.of
  let total = 0
  for (let at = 0; at < ordinals.length; at++) {
    const ordinal = ordinals[at] as number
    if (gate[ordinal] !== 1) continue
    const mine = own[ordinal] as number
    const start = owned[at] as number
    const end = owned[at + 1] as number
    const whole = mine === bits
    if (whole) {
      total += left[at] as number
      if (counts !== null) (counts[ordinal] as number) += left[at] as number
      if (best === null || (!byPrice && isBeaten(walk, best, ordinal, start))) continue
    }
    for (let place = start; place < end; place++) {
      const sort = ownSort[place] as number
      if (((marks[sort] as number) | mine) !== bits) continue
      const row = ownRow[place] as number
      if (holed && ofRow[row] !== ordinal) continue
      if (!whole) total++
      if (!whole && counts !== null) (counts[ordinal] as number)++
      if (best === null) continue
      const key = byPrice ? (prices[price[row] as number] as number) : (keys[ordinal] as number)
      best.offer((closeness[nameOf[sort] as number] as number) * CLOSENESS + key, row)
    }
  }
  return total
}

/** True where not even the first row of an organisation, were it the closest, could be kept. */
function isBeaten(
  { laid, keys, nearest }: Walk,
  best: Best,
  ordinal: number,
  start: number,
): boolean {
  const key = nearest * CLOSENESS + (keys[ordinal] as number)
  const { ownRow } = laid.shard
  return key > best.worst || (key === best.worst && (ownRow[start] as number) > best.worstRow)
}

/** Where everything is found, how much each has is known beforehand. */
export function countOwners({ laid, counts }: Walk, gate: Uint8Array): void {
  const { ordinals, left } = laid
  if (counts === null) return
  for (let at = 0; at < ordinals.length; at++) {
    const ordinal = ordinals[at] as number
    if (gate[ordinal] === 1) (counts[ordinal] as number) += left[at] as number
  }
}

/**
 * The best of everything behind the gate, without a look at most of it: those of the organisations
 * with the smallest keys, and of equals among these the first rows.
 */
export function offerAny(walk: Walk, gate: Uint8Array, best: Best, within: number): void {
  const { laid, keys, byPrice } = walk
  const { ordinals, left, shard } = laid
  if (byPrice) {
    if (within * 2 < shard.count) walkOwners(walk, gate)
    else offerPrices(laid, 0, shard.count, gate, best)
    return
  }
  const owners = new Best(best.size)
  for (let at = 0; at < ordinals.length; at++) {
    const ordinal = ordinals[at] as number
    if (gate[ordinal] === 1 && left[at] !== 0) owners.offer(keys[ordinal] as number, at)
  }
  const [better, equal] = [new Uint8Array(ORDINALS), new Uint8Array(ORDINALS)]
  let rows = 0
  for (let at = 0; at < ordinals.length; at++) {
    const ordinal = ordinals[at] as number
    const key = keys[ordinal] as number
    if (gate[ordinal] !== 1 || key > owners.worst) continue
    if (key === owners.worst) rows += left[at] as number
    ;(key === owners.worst ? equal : better)[ordinal] = 1
  }
  walkOwners(walk, better)
  if (rows <= EQUAL_ROWS_MAX) walkOwners(walk, equal)
  else offerFirst(laid, equal, owners.worst, best)
}

/** The first rows behind the gate, as many as can be kept. */
function offerFirst({ ofRow }: LaidItems, gate: Uint8Array, key: number, best: Best): void {
  let left = best.size
  for (let row = 0; row < ofRow.length && left > 0; row++) {
    if (gate[ofRow[row] as number] !== 1) continue
    best.offer(key, row)
    left--
  }
}
