/** What other slices may ask of evaluations: how a carrier is rated by those it served. */
import { rateOrganisation, touchAtlas } from '../atlas/client.ts'
import type { Rating, Remark } from '../map/client.ts'
import type { Bindings } from '../platform/bindings.ts'
import { commit, dbOf } from '../platform/db.ts'
import type { Db } from '../platform/db.ts'
import { logError } from '../platform/log.ts'
import { countReceived, listRemarked } from './store.ts'

/** The average of what enterprises gave, without 系统默认; null where nobody gave anything (E2). */
export async function ratingOf(db: Db, carrier: string): Promise<Rating | null> {
  const { average, given } = await countReceived(db, carrier)
  return average === null ? null : { average, count: given }
}

/**
 * Tells the map's index how a carrier is rated now. Never throws: the evaluation is kept, and what
 * this misses is told by night.
 */
export async function tellRating(env: Bindings, carrier: string, at: number): Promise<void> {
  try {
    const db = dbOf(env)
    const { average, given } = await countReceived(db, carrier)
    const rating_percent = Math.round((average ?? 0) * 100)
    const rating = { subject: carrier, rating_percent, rating_count: given }
    await commit(db, rateOrganisation(db, rating, at))
    await touchAtlas(env)
  } catch (error) {
    logError('evaluation_rating', error, { carrier })
  }
}

/** What was said of a carrier's services lately, in words; not by whom. */
export async function remarksOf(db: Db, carrier: string, limit: number): Promise<Remark[]> {
  return listRemarked(db, carrier, limit)
}
