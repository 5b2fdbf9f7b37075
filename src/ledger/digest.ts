/**
 * Digests by which D1 is compared with a ledger: of each mirrored table the number of rows, their
 * sum, and one hash over all of them in the order of their keys.
 */
import { createHash } from 'node:crypto'
import { getTableColumns } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import { canonicalJson } from './json-rules.ts'
import { MIRRORED, keyOf } from './mirror.ts'
import type { Row } from './mirror.ts'
import { heads } from './tables.ts'

/** `fen` is the sum of every column that holds an amount. */
export type Digest = Readonly<Record<string, { rows: number; fen: number; hash: string }>>

const ROWS_AT_A_TIME = 500

/** The tables of the mirror, and what stands for each of them in the ledger. */
export const COMPARED = [
  ...MIRRORED.map(({ name, table }) => ({
    name: name as string,
    table: table as SQLiteTable,
    own: `SELECT * FROM ${name} ORDER BY ${orderOf(table)}`,
  })),
  {
    name: 'heads',
    table: heads as SQLiteTable,
    own: 'SELECT seq, hash, at FROM events ORDER BY seq DESC LIMIT 1',
  },
] as const

/** What D1 should hold of this ledger once everything is mirrored. */
export function digestLedger(sql: SqlStorage, enterprise: string): Digest {
  const tables = COMPARED.map(({ name, table, own }) => {
    const digest = digestOf(table)
    for (const row of sql.exec<Row>(own)) digest.add({ ...row, enterprise })
    return [name, digest.end()]
  })
  return Object.fromEntries(tables)
}

/** What D1 holds of this enterprise; a small ledger costs one trip. */
export async function digestMirror(db: D1Database, enterprise: string): Promise<Digest> {
  const statements = COMPARED.map(({ name }) => pageOf(db, enterprise, name, 0))
  const firsts = await db.batch<Row>(statements)
  const tables: [string, Digest[string]][] = []
  for (const [index, { name, table }] of COMPARED.entries()) {
    const digest = digestOf(table)
    const first = firsts[index]?.results ?? []
    for (const row of first) digest.add(row)
    if (first.length === ROWS_AT_A_TIME)
      for await (const row of rowsOf(db, enterprise, name, ROWS_AT_A_TIME)) digest.add(row)
    tables.push([name, digest.end()])
  }
  return Object.fromEntries(tables)
}

/** D1's rows of one table in the order of their keys, a page at a time. */
export async function* rowsOf(
  db: D1Database,
  enterprise: string,
  name: string,
  from = 0,
): AsyncGenerator<Row> {
  for (let offset = from; ; offset += ROWS_AT_A_TIME) {
    const { results } = await pageOf(db, enterprise, name, offset).all<Row>()
    yield* results
    if (results.length < ROWS_AT_A_TIME) return
  }
}

function pageOf(
  db: D1Database,
  enterprise: string,
  name: string,
  offset: number,
): D1PreparedStatement {
  const compared = COMPARED.find((one) => one.name === name)
  const order = (compared && orderOf(compared.table)) || 'enterprise'
  const query = `SELECT * FROM ${name} WHERE enterprise = ? ORDER BY ${order} LIMIT ? OFFSET ?`
  return db.prepare(query).bind(enterprise, ROWS_AT_A_TIME, offset)
}

function orderOf(table: SQLiteTable): string {
  return ownKeyOf(table).join(', ')
}

/** The key of a row among those of its enterprise. */
export function ownKeyOf(table: SQLiteTable): string[] {
  return keyOf(table).filter((name) => name !== 'enterprise')
}

/** The columns that D1 has of a row, as text that is the same on both sides. */
export function textOf(table: SQLiteTable, row: Row): string {
  const names = Object.values(getTableColumns(table)).map((column) => column.name)
  return canonicalJson(names.map((name) => row[name] ?? null))
}

function digestOf(table: SQLiteTable) {
  const hash = createHash('sha256')
  let rows = 0
  let fen = 0
  return {
    add(row: Row): void {
      rows += 1
      fen += fenOf(row)
      hash.update(`${textOf(table, row)}\n`)
    },
    end: () => ({ rows, fen, hash: hash.digest('hex') }),
  }
}

function fenOf(row: Row): number {
  const amounts = Object.entries(row).filter(([name]) => name.endsWith('_fen'))
  return amounts.reduce((sum_fen, [, fen]) => sum_fen + Number(fen ?? 0), 0)
}
