/** The schema inside a ledger's object, from its first version to this one. */
import start from '../../migrations/ledger/0001_start.sql'
import budget from '../../migrations/ledger/0002_budget.sql'
import audience from '../../migrations/ledger/0003_audience.sql'
import * as platform from '../platform/migrate.ts'
import type { Migration } from '../platform/migrate.ts'

export type { Migration } from '../platform/migrate.ts'

export const MIGRATIONS: readonly Migration[] = [
  { id: 1, sql: start },
  { id: 2, sql: budget },
  { id: 3, sql: audience },
]

/** Brings the storage to the last migration, all or nothing. Call it inside `transactionSync`. */
export function migrate(sql: SqlStorage, migrations: readonly Migration[] = MIGRATIONS): void {
  platform.migrate(sql, migrations)
}
