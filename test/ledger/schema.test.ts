/** The migrations inside the object: in order, each once, and stopped by what cannot be right. */
import { runInDurableObject } from 'cloudflare:test'
import { describe, expect, test } from 'vitest'
import { MIGRATIONS, migrate } from '../../src/ledger/schema.ts'
import type { Migration } from '../../src/ledger/schema.ts'
import { newDesk } from './desk.ts'
import { claim, yuan } from './fixture.ts'

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
      [{ id: 1, sql: 'SELECT 1' }],
      'migration 1 was changed after it ran',
    ],
    ['that leaves a gap', [...MIGRATIONS, { ...next, id: next.id + 1 }], 'is missing'],
    ['list that is shorter than what ran', [], 'the ledger is newer than this code'],
    [
      'that fails half way',
      [...MIGRATIONS, { ...next, sql: `${next.sql}; SELECT * FROM nowhere` }],
      'no such table: nowhere',
    ],
  ])('refuses a migration %s', async (_how, migrations, refusal) => {
    expect(await migrating(migrations)).toContain(refusal)
  })
})
