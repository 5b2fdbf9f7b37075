/**
 * Digests by which D1 is compared with a ledger: of each mirrored table the number of rows, and one
 * hash over all of them in the order of their keys.
 */
import { createHash } from 'node:crypto'
import { getTableColumns } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import { canonicalJson } from './json-rules.ts'
import { MIRRORED, keyOf } from './mirror.ts'
import type { Row } from './mirror.ts'

export type Digest = Readonly<Record<string, { rows: number; hash: string }>>

const ROWS_AT_A_TIME = 500

/** What D1 should hold of this ledger once everything is mirrored. */
export function digestLedger(sql: SqlStorage, enterprise: string): Digest {
  const tables = MIRRORED.map(({ name, table }) => {
    const digest = digestOf(table)
    const query = `SELECT * FROM ${name} ORDER BY ${orderOf(table)}`
    for (const row of sql.exec<Row>(query)) digest.add({ ...row, enterprise })
    return [name, digest.end()]
  })
  return Object.fromEntries(tables)
}

/** What D1 holds of this enterprise. */
export async function digestMirror(db: D1Database, enterprise: string): Promise<Digest> {
  const tables: [string, Digest[string]][] = []
  for (const { name, table } of MIRRORED) {
    const digest = digestOf(table)
    const page = db.prepare(
      `SELECT * FROM ${name} WHERE enterprise = ? ORDER BY ${orderOf(table)} LIMIT ? OFFSET ?`,
    )
    for (let offset = 0; ; offset += ROWS_AT_A_TIME) {
      const { results } = await page.bind(enterprise, ROWS_AT_A_TIME, offset).all<Row>()
      for (const row of results) digest.add(row)
      if (results.length < ROWS_AT_A_TIME) break
    }
    tables.push([name, digest.end()])
  }
  return Object.fromEntries(tables)
}

function orderOf(table: SQLiteTable): string {
  return keyOf(table)
    .filter((name) => name !== 'enterprise')
    .join(', ')
}

/** Counts rows and hashes the columns that D1 has of them. */
function digestOf(table: SQLiteTable) {
  const names = Object.values(getTableColumns(table)).map((column) => column.name)
  const hash = createHash('sha256')
  let rows = 0
  return {
    add(row: Row): void {
      rows += 1
      hash.update(`${canonicalJson(names.map((name) => row[name] ?? null))}\n`)
    },
    end: () => ({ rows, hash: hash.digest('hex') }),
  }
}
