/** What the rest of the product tells the map: how well an organisation is rated. */
import type { Db } from '../platform/db.ts'
import type { Rating } from './rules.ts'

export type { Rating } from './rules.ts'

/** The average of an organisation's real evaluations; null where there is none. */
export type RatingOf = (db: Db, carrier: string) => Promise<Rating | null>

let ratingOf: RatingOf = async () => null

/** Says once, where everything is wired, who knows the ratings: they come after the map. */
export function rateBy(lookup: RatingOf): void {
  ratingOf = lookup
}

export function findRating(db: Db, carrier: string): Promise<Rating | null> {
  return ratingOf(db, carrier)
}
