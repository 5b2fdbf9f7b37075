/**
 * The schema inside the object. Migrations run in order, each once; a gap, or one that was changed
 * after it ran, stops the object rather than guess.
 */
import { hashOf } from '../platform/token.ts'
import start from '../../migrations/ledger/0001_start.sql'

export type Migration = { id: number; sql: string }

export const MIGRATIONS: readonly Migration[] = [{ id: 1, sql: start }]

/** Brings the storage to the last migration, all or nothing. Call it inside `transactionSync`. */
export function migrate(sql: SqlStorage, migrations: readonly Migration[] = MIGRATIONS): void {
  sql.exec(`CREATE TABLE IF NOT EXISTS migrations (
    id INTEGER PRIMARY KEY, hash TEXT NOT NULL) STRICT`)
  const done = sql
    .exec<{ id: number; hash: string }>('SELECT id, hash FROM migrations ORDER BY id')
    .toArray()
  if (done.length > migrations.length) throw new Error('the ledger is newer than this code')
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
