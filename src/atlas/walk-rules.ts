/**
 * Walking the rows of a shard: by runs of what is found, or by organisations. Both count and offer
 * the same rows; which is shorter differs from search to search.
 */
import type { Best } from './best-rules.ts'
import type { Runs } from './mark-rules.ts'
import type { LaidItems } from './shelf-rules.ts'

/** Larger than any key of an organisation, so that closeness comes first. */
export const CLOSENESS = 2 ** 20

/** `own` are bits of each organisation's name; `best` is null where only counts are wanted. */
export type Walk = {
  laid: LaidItems
  bits: number
  own: Uint8Array
  counts: Uint32Array
  keys: Float64Array
  byPrice: boolean
  close: Uint8Array
  best: Best | null
}

/** How many rows organisations behind the gate have in a shard. */
export function rowsWithin({ ordinals, left }: LaidItems, gate: Uint8Array): number {
  let rows = 0
  for (let at = 0; at < ordinals.length; at++)
    if (gate[ordinals[at] as number] === 1) rows += left[at] as number
  return rows
}

/** Every row of the runs whose organisation is behind the gate. */
export function walkRuns(walk: Walk, runs: Runs, gate: Uint8Array): void {
  const { laid, counts, byPrice, close, best } = walk
  for (let run = 0; run < runs.starts.length; run++) {
    const [start, end] = [runs.starts[run] as number, runs.ends[run] as number]
    const base = (close[runs.names[run] as number] as number) * CLOSENESS
    if (best === null) countRun(laid.ofRow, start, end, gate, counts)
    else if (byPrice) offerPrices(walk, start, end, gate, best)
    else offerRun(walk, start, end, gate, base, best)
  }
}

function countRun(
  ofRow: Uint16Array,
  start: number,
  end: number,
  gate: Uint8Array,
  counts: Uint32Array,
): void {
  for (let row = start; row < end; row++) {
    const ordinal = ofRow[row] as number
    if (gate[ordinal] === 1) (counts[ordinal] as number)++
  }
}

function offerRun(
  { laid, counts, keys }: Walk,
  start: number,
  end: number,
  gate: Uint8Array,
  base: number,
  best: Best,
): void {
  const { ofRow } = laid
  for (let row = start; row < end; row++) {
    const ordinal = ofRow[row] as number
    if (gate[ordinal] !== 1) continue
    ;(counts[ordinal] as number)++
    best.offer(base + (keys[ordinal] as number), row)
  }
}

function offerPrices(
  { laid, counts }: Walk,
  start: number,
  end: number,
  gate: Uint8Array,
  best: Best,
): void {
  const { ofRow, shard } = laid
  const { price, prices } = shard
  for (let row = start; row < end; row++) {
    const ordinal = ofRow[row] as number
    if (gate[ordinal] !== 1) continue
    ;(counts[ordinal] as number)++
    best.offer(prices[price[row] as number] as number, row)
  }
}

/** Every organisation behind the gate, row by row. */
export function walkOwners(walk: Walk, gate: Uint8Array): void {
  const { laid, bits, own, counts, keys, byPrice, close, best } = walk
  const { shard, ofRow, ordinals, holed } = laid
  const { marks, owned, ownRow, ownSort, price, prices } = shard
  const nameOf = shard.fields.name.of
  for (let at = 0; at < ordinals.length; at++) {
    const ordinal = ordinals[at] as number
    if (gate[ordinal] !== 1) continue
    const mine = own[ordinal] as number
    const end = owned[at + 1] as number
    for (let place = owned[at] as number; place < end; place++) {
      const sort = ownSort[place] as number
      if (((marks[sort] as number) | mine) !== bits) continue
      const row = ownRow[place] as number
      if (holed && ofRow[row] !== ordinal) continue
      ;(counts[ordinal] as number)++
      if (best === null) continue
      const key = byPrice ? (prices[price[row] as number] as number) : (keys[ordinal] as number)
      best.offer((close[nameOf[sort] as number] as number) * CLOSENESS + key, row)
    }
  }
}

/** Where everything is found, how much each has is known beforehand. */
export function countOwners({ laid, counts }: Walk, gate: Uint8Array): void {
  const { ordinals, left } = laid
  for (let at = 0; at < ordinals.length; at++) {
    const ordinal = ordinals[at] as number
    if (gate[ordinal] === 1) (counts[ordinal] as number) += left[at] as number
  }
}
