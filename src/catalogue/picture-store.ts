/** The rows of pictures: which file shows what. */
import { and, asc, eq, inArray } from 'drizzle-orm'
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

/** D1 binds at most 100 parameters in a statement. */
const KEYS_MAX = 90

/** The first picture of each of these subjects that has one. */
export async function firstPictures(
  db: Db,
  subjects: readonly string[],
): Promise<Map<string, Picture>> {
  const found = new Map<string, Picture>()
  for (let from = 0; from < subjects.length; from += KEYS_MAX) {
    const some = inArray(pictures.subject, subjects.slice(from, from + KEYS_MAX))
    const rows = await db.select().from(pictures).where(some).orderBy(asc(pictures.at))
    for (const row of rows) if (!found.has(row.subject)) found.set(row.subject, row)
  }
  return found
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
