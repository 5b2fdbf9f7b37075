/** The rows of pictures: which file shows what. */
import { and, asc, eq } from 'drizzle-orm'
import type { Db, Statement } from '../platform/db.ts'
import type { Picture } from './picture-rules.ts'
import { pictures } from './tables.ts'

export async function findPicture(db: Db, id: string): Promise<Picture | undefined> {
  return db.select().from(pictures).where(eq(pictures.id, id)).get()
}

/** Of a service, an instrument or, under the carrier's id, an organisation; oldest first. */
export async function listPictures(db: Db, subject: string): Promise<Picture[]> {
  return db.select().from(pictures).where(eq(pictures.subject, subject)).orderBy(asc(pictures.at))
}

export function insertPicture(db: Db, picture: Picture): Statement {
  return db.insert(pictures).values(picture)
}

/** Takes a carrier's own picture away; the file stays, as whatever was uploaded does. */
export function deletePicture(db: Db, picture: Pick<Picture, 'id' | 'carrier'>): Statement {
  return db
    .delete(pictures)
    .where(and(eq(pictures.id, picture.id), eq(pictures.carrier, picture.carrier)))
}
