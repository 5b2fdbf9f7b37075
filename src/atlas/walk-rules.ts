/**
 * Walking the rows of a shard: by sorts of items, or by organisations. Both count and offer the same
 * rows; which is shorter differs from search to search.
 */
import type { Best } from './best-rules.ts'
import type { LaidItems } from './shelf-rules.ts'

/** Larger than any key of an organisation, so that closeness comes first. */
export const CLOSENESS = 2 ** 20

/** What a walk needs to know; `best` is null where only counts are wanted. */
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

/** The sorts that have all bits, or any where none are asked for, and how many rows they have. */
export function sortsWith({ shard }: LaidItems, bits: number): { list: number[]; rows: number } {
  const { marks, rows, sorts } = shard
  const list: number[] = []
  let count = 0
  for (let sort = 0; sort < sorts; sort++) {
    const mark = marks[sort] as number
    if (mark === 0 || (bits !== 0 && mark !== bits)) continue
    list.push(sort)
    count += (rows[sort + 1] as number) - (rows[sort] as number)
  }
  return { list, rows: count }
}

export function walkSorts(walk: Walk, list: readonly number[], gate: Uint8Array): void {
  const { laid, counts, keys, byPrice, close, best } = walk
  const { ofRow, shard } = laid
  const { rows, price, prices } = shard
  for (const sort of list) {
    const base = (close[shard.fields.name.of[sort] as number] as number) * CLOSENESS
    const end = rows[sort + 1] as number
    for (let row = rows[sort] as number; row < end; row++) {
      const ordinal = ofRow[row] as number
      if (gate[ordinal] !== 1) continue
      ;(counts[ordinal] as number)++
      if (best === null) continue
      const key = byPrice ? (prices[price[row] as number] as number) : (keys[ordinal] as number)
      best.offer(base + key, row)
    }
  }
}

/** Every organisation behind the gate, row by row; only its rows are counted without words. */
export function walkOwners(walk: Walk, gate: Uint8Array): void {
  const { laid, bits, own, counts, keys, byPrice, close, best } = walk
  const { shard, ofRow, ordinals, left, holed } = laid
  const { marks, owned, ownRow, ownSort, price, prices } = shard
  for (let at = 0; at < ordinals.length; at++) {
    const ordinal = ordinals[at] as number
    if (gate[ordinal] !== 1) continue
    if (bits === 0) (counts[ordinal] as number) += left[at] as number
    if (bits === 0 && best === null) continue
    const mine = own[ordinal] as number
    const end = owned[at + 1] as number
    for (let place = owned[at] as number; place < end; place++) {
      const sort = ownSort[place] as number
      if (((marks[sort] as number) | mine) !== bits) continue
      const row = ownRow[place] as number
      if (holed && ofRow[row] !== ordinal) continue
      if (bits !== 0) (counts[ordinal] as number)++
      if (best === null) continue
      const key = byPrice ? (prices[price[row] as number] as number) : (keys[ordinal] as number)
      best.offer((close[shard.fields.name.of[sort] as number] as number) * CLOSENESS + key, row)
    }
  }
}
