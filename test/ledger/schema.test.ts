/** The migrations inside the object: in order, each once, and stopped by what cannot be right. */
import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import { verifyLedger } from '../../src/ledger/client.ts'
import { MIGRATIONS, migrate } from '../../src/ledger/schema.ts'
import type { Migration } from '../../src/ledger/schema.ts'
import { newDesk } from './desk.ts'
import { claim, issue, wu, yuan } from './fixture.ts'

const next: Migration = { id: MIGRATIONS.length + 1, sql: 'CREATE TABLE notes (text TEXT) STRICT' }

/** Runs migrations on a ledger with a claim in it and leaves it as it was. */
async function migrating(...runs: (readonly Migration[])[]): Promise<string> {
  const desk = newDesk()
  await desk.must(claim(yuan(1_000)))
  return runInDurableObject(desk.stub, (_ledger, { storage }) => {
    try {
      storage.transactionSync(() => {
        for (const run of runs) migrate(storage.sql, run)
        const tables = storage.sql.exec(`SELECT name FROM sqlite_schema WHERE name = 'notes'`)
        throw new Error(`tables: ${tables.toArray().length}`)
      })
    } catch (error) {
      return String(error)
    }
    return ''
  })
}

describe('a ledger that was used', () => {
  test('takes the next migration once', async () => {
    const longer = [...MIGRATIONS, next]
    expect(await migrating(MIGRATIONS)).toBe('Error: tables: 0')
    expect(await migrating(longer, longer)).toBe('Error: tables: 1')
  })

  test.each<[string, readonly Migration[], string]>([
    [
      'that was changed after it ran',
      [{ id: 1, sql: 'SELECT 1' }, ...MIGRATIONS.slice(1)],
      'migration 1 was changed after it ran',
    ],
    ['that leaves a gap', [...MIGRATIONS, { ...next, id: next.id + 1 }], 'is missing'],
    ['list that is shorter than what ran', [], 'the storage is newer than this code'],
    [
      'that fails half way',
      [...MIGRATIONS, { ...next, sql: `${next.sql}; SELECT * FROM nowhere` }],
      'no such table: nowhere',
    ],
  ])('refuses a migration %s', async (_how, migrations, refusal) => {
    expect(await migrating(migrations)).toContain(refusal)
  })
})

/** What the first version had, in an order in which the rows may be put back. */
const FIRST = ['events', 'books', 'legs', 'claims', 'vouchers', 'answers']

/** Makes the storage as the first version would have left it, with the same rows. */
function setBack(sql: SqlStorage): void {
  sql.exec('PRAGMA defer_foreign_keys = ON')
  const rows = FIRST.map((table) => sql.exec(`SELECT * FROM ${table}`).toArray())
  const tables = sql
    .exec<{ name: string }>(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\'`,
    )
    .toArray()
  for (const { name } of tables) sql.exec(`DROP TABLE ${name}`)
  migrate(sql, MIGRATIONS.slice(0, 1))
  for (const [index, table] of FIRST.entries())
    for (const row of rows[index] ?? []) {
      const marks = Object.keys(row).map(() => '?')
      const names = Object.keys(row).join(', ')
      sql.exec(
        `INSERT INTO ${table} (${names}) VALUES (${marks.join(', ')})`,
        ...Object.values(row),
      )
    }
}

test('a ledger of the first version keeps everything and goes on under the second', async () => {
  const desk = newDesk()
  await desk.must(claim(yuan(1_000)))
  await desk.must(issue(yuan(400), { voucher: 'v' }))
  const said = await runInDurableObject(desk.stub, (_ledger, { storage }) => {
    const { sql } = storage
    const before = sql.exec('SELECT * FROM events').toArray()
    storage.transactionSync(() => setBack(sql))
    const first = sql.exec(`SELECT 1 FROM sqlite_schema WHERE name = 'errands'`).toArray()
    storage.transactionSync(() => migrate(sql))
    const after = sql.exec('SELECT * FROM events').toArray()
    return { before, first, after, flaws: sql.exec('PRAGMA foreign_key_check').toArray() }
  })
  expect(said).toMatchObject({ first: [], flaws: [], after: said.before })
  await desk.must({ kind: 'confirm', voucher: 'v' }, wu)
  await expect(desk.rows('DELETE FROM events')).rejects.toThrow('events are never deleted')
  expect((await verifyLedger(env, desk.enterprise)).problems).toEqual([])
})
