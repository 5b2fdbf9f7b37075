/** What organisations are ordered by: a number each, the smaller the better. */
import type { Gate } from './gate-rules.ts'
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
export function keysOf(organisations: Organisations, query: Query, gate: Gate): Float64Array {
  const sort = sortOf(query)
  if (sort === 'relevance') return organisations.byRating
  if (sort === 'evaluation') return organisations.byRatings
  fillKeys(organisations, sort === 'distance' ? query.near : null, gate)
  return organisations.squares
}

/** As squareBetween says, in the same steps; all equal without a place to measure from. */
function fillKeys(
  { lng, lat, squares }: Organisations,
  near: Point | null,
  { open, from, to }: Gate,
): void {
  if (!near) {
    squares.fill(0)
    return
  }
  const narrowing = Math.cos(near.lat * RADIANS)
  for (let at = from; at < to; at++) {
    if (open[at] !== 1) continue
    const dx = ((lng[at] as number) - near.lng) * narrowing
    const dy = (lat[at] as number) - near.lat
    squares[at] = dx * dx + dy * dy
  }
}
