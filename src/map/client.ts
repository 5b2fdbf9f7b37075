/** What the rest of the product tells the map: how well an organisation is rated, and why. */
import type { Db } from '../platform/db.ts'
import type { Rating } from './rules.ts'

export type { Rating } from './rules.ts'

/** The average of an organisation's real evaluations; null where there is none. */
export type RatingOf = (db: Db, carrier: string) => Promise<Rating | null>

/** What somebody said of a service, without who it was. `at` is epoch ms. */
export type Remark = { stars: number; comment: string; service: string; at: number }

/** The newest remarks on an organisation, those with words. */
export type RemarksOf = (db: Db, carrier: string, limit: number) => Promise<readonly Remark[]>

let ratingOf: RatingOf = async () => null
let remarksOf: RemarksOf = async () => []

/** Says once, where everything is wired, who knows the ratings: they come after the map. */
export function rateBy(rating: RatingOf, remarks: RemarksOf): void {
  ratingOf = rating
  remarksOf = remarks
}

export function findRating(db: Db, carrier: string): Promise<Rating | null> {
  return ratingOf(db, carrier)
}

export function listRemarks(db: Db, carrier: string, limit: number): Promise<readonly Remark[]> {
  return remarksOf(db, carrier, limit)
}
