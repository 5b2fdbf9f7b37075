/** What other slices may ask of evaluations: how a carrier is rated by those it served. */
import type { Rating } from '../map/rules.ts'
import type { Db } from '../platform/db.ts'
import { countReceived } from './store.ts'

/** The average of what enterprises gave, without 系统默认; null where nobody gave anything (E2). */
export async function ratingOf(db: Db, carrier: string): Promise<Rating | null> {
  const { average, given } = await countReceived(db, carrier)
  return average === null ? null : { average, count: given }
}
