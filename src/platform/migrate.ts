/**
 * The schema inside an object. Migrations run in order, each once; a gap, or one that was changed
 * after it ran, stops the object rather than guess.
 */
import { hashOf } from './token.ts'

export type Migration = { id: number; sql: string }

/** Brings the storage to the last migration, all or nothing. Call it inside `transactionSync`. */
export function migrate(sql: SqlStorage, migrations: readonly Migration[]): void {
  sql.exec(`CREATE TABLE IF NOT EXISTS migrations (
    id INTEGER PRIMARY KEY, hash TEXT NOT NULL) STRICT`)
  const done = sql
    .exec<{ id: number; hash: string }>('SELECT id, hash FROM migrations ORDER BY id')
    .toArray()
  if (done.length > migrations.length) throw new Error('the storage is newer than this code')
  for (const [index, migration] of migrations.entries()) {
    const hash = hashOf(migration.sql)
    const stands = done[index]
    if (migration.id !== index + 1) throw new Error(`migration ${index + 1} is missing`)
    if (stands && (stands.id !== migration.id || stands.hash !== hash))
      throw new Error(`migration ${migration.id} was changed after it ran`)
    if (stands) continue
    sql.exec(migration.sql)
    sql.exec('INSERT INTO migrations VALUES (?, ?)', migration.id, hash)
  }
}
