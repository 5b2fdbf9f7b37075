/** What organisations are ordered by: a number each, the smaller the better. */
import { RADIANS } from './place-rules.ts'
import type { Organisations } from './place-rules.ts'
import type { Point, Query, Sort } from './rules.ts'

/** Larger than any key of a sort by relevance, so that closeness comes first. */
export const CLOSENESS = 2 ** 20

/** A sort by distance without a place to measure from is a sort by relevance. */
export function sortOf({ sort, near }: Pick<Query, 'sort' | 'near'>): Sort {
  return sort === 'distance' && near === null ? 'relevance' : sort
}

/** By ordinal. Prices are of items: organisations are all equal to that sort. */
export function keysOf(organisations: Organisations, query: Query, gate: Uint8Array): Float64Array {
  const sort = sortOf(query)
  if (sort === 'relevance') return organisations.byRating
  if (sort === 'evaluation') return organisations.byRatings
  const keys = new Float64Array(organisations.count)
  if (sort === 'distance' && query.near) fillSquares(organisations, query.near, gate, keys)
  return keys
}

/** As squareBetween says, in the same steps; only for organisations behind the gate. */
function fillSquares(
  { count, lng, lat }: Organisations,
  near: Point,
  gate: Uint8Array,
  keys: Float64Array,
): void {
  const narrowing = Math.cos(near.lat * RADIANS)
  for (let at = 0; at < count; at++) {
    if (gate[at] !== 1) continue
    const dx = ((lng[at] as number) - near.lng) * narrowing
    const dy = (lat[at] as number) - near.lat
    keys[at] = dx * dx + dy * dy
  }
}
