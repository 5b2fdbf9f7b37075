/** drizzle over D1. `commit` is the only writer: one atomic batch, or nothing. */
import { sql } from 'drizzle-orm'
import type { Column, SQL } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import type { DrizzleD1Database } from 'drizzle-orm/d1'
import type { BatchItem } from 'drizzle-orm/batch'
import { spanOf } from '../kernel/region.ts'
import type { Bindings } from './bindings.ts'

export type Db = DrizzleD1Database
export type Statement = BatchItem<'sqlite'>

export function dbOf(env: Pick<Bindings, 'DB'>): Db {
  return drizzle(env.DB)
}

/** Rows of a region and of all below it, by a column or term that holds GB/T 2260 codes. */
export function inRegion(column: Column | SQL, region: string): SQL {
  const [first, last] = spanOf(region)
  return sql`${column} between ${first} and ${last}`
}

/** Writes all statements in one transaction. Throws what D1 throws; nothing is written then. */
export async function commit(db: Db, statements: readonly Statement[]): Promise<void> {
  const [first, ...rest] = statements
  if (first) await db.batch([first, ...rest])
}

/** Writes all, or answers false where a row with one of the keys stands already. */
export async function commitOnce(db: Db, statements: readonly Statement[]): Promise<boolean> {
  try {
    await commit(db, statements)
    return true
  } catch (error) {
    if (isConflict(error)) return false
    throw error
  }
}

/** True where a unique or primary key refused the write. */
export function isConflict(error: unknown): boolean {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if (/UNIQUE constraint failed|SQLITE_CONSTRAINT/.test(at.message)) return true
  }
  return false
}
