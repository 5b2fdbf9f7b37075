/** The rows of pictures: which file shows what. */
import { and, asc, eq, sql } from 'drizzle-orm'
import type { Db, Statement } from '../platform/db.ts'
import { PICTURES_MAX } from './picture-rules.ts'
import type { Picture } from './picture-rules.ts'
import { pictures } from './tables.ts'

export async function findPicture(db: Db, id: string): Promise<Picture | undefined> {
  return db.select().from(pictures).where(eq(pictures.id, id)).get()
}

/** Of a service, an instrument or, under the carrier's id, an organisation; oldest first. Few. */
export async function listPictures(db: Db, subject: string): Promise<Picture[]> {
  return db
    .select()
    .from(pictures)
    .where(eq(pictures.subject, subject))
    .orderBy(asc(pictures.at), asc(pictures.id))
}

/**
 * Conflicts where its id is taken, and where its subject has as many as it may have: however many
 * are added at once, the batch of the one too many is not written.
 */
export function insertPicture(db: Db, picture: Picture): Statement {
  const own = eq(pictures.subject, picture.subject)
  const already = sql`(select count(*) from ${pictures} where ${own})`
  // Null, which the column refuses, where there is no room.
  const at = sql<number>`case when ${already} < ${PICTURES_MAX} then ${picture.at} else null end`
  return db.insert(pictures).values({ ...picture, at })
}

/** Takes a carrier's own picture away; the file stays, as whatever was uploaded does. */
export function deletePicture(db: Db, picture: Pick<Picture, 'id' | 'carrier'>): Statement {
  return db
    .delete(pictures)
    .where(and(eq(pictures.id, picture.id), eq(pictures.carrier, picture.carrier)))
}
