/**
 * Storage of every earlier version of the schema, as that version wrote it, under today's code: it
 * keeps every row, proves itself, answers what it answered, goes on, and looks like a new one.
 */
import { evictDurableObject, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import { verifyArchive } from '../../src/ledger/archive.ts'
import { compareMirror, reconcileLedger, resend, verifyLedger } from '../../src/ledger/client.ts'
import { MIGRATIONS, migrate } from '../../src/ledger/schema.ts'
import { newCounty, under } from './county.ts'
import { newDesk, stubOf } from './desk.ts'
import type { Desk } from './desk.ts'
import { dumpOf } from './dump.ts'
import { TODAY, claim, issue, wang, wu, yuan } from './fixture.ts'
import first from './version-1.sql'
import second from './version-2.sql'

/** Whose ledger was written out. */
const ENTERPRISE = '018f0000-0000-7000-8000-00000000a001'

const VERSIONS: readonly [version: number, storage: string, events: number][] = [
  [1, first, 45],
  [2, second, 51],
]

/** Columns by the names they had: a later version may add some. */
type Content = Record<string, Record<string, unknown>[]>

/** Puts an object's storage back to what a version had written, past every rule of today's. */
async function load(desk: Desk, dump: string): Promise<Content> {
  const content = await runInDurableObject(stubOf(desk.enterprise), (_ledger, { storage }) =>
    storage.transactionSync(() => {
      storage.sql.exec('PRAGMA defer_foreign_keys = ON')
      for (const name of tablesOf(storage.sql)) storage.sql.exec(`DROP TABLE ${name}`)
      storage.sql.exec(dump)
      return contentOf(storage.sql, tablesOf(storage.sql))
    }),
  )
  // The next call meets an object that has just been made, and migrates.
  await evictDurableObject(stubOf(desk.enterprise))
  return content
}

function tablesOf(sql: SqlStorage): string[] {
  const query = `SELECT name FROM sqlite_schema
    WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\'`
  return sql
    .exec<{ name: string }>(query)
    .toArray()
    .map(({ name }) => name)
}

function contentOf(sql: SqlStorage, names: readonly string[]): Content {
  return Object.fromEntries(
    names.map((name) => [name, sql.exec(`SELECT * FROM ${name} ORDER BY 1, 2`).toArray()]),
  )
}

function schemaOf(desk: Desk) {
  return desk.rows<object>(
    `SELECT type, name, tbl_name, sql FROM sqlite_schema
     WHERE name NOT LIKE '\\_%' ESCAPE '\\' ORDER BY type, name`,
  )
}

// Whoever adds a migration writes out a ledger of the version before it (dump.ts).
test('every version before this one is here', () => {
  const earlier = MIGRATIONS.map(({ id }) => id).slice(0, -1)
  expect(VERSIONS.map(([version]) => version)).toEqual(earlier)
})

describe.each(VERSIONS)('a ledger of version %i', (version, dump, events) => {
  const desk = newDesk(ENTERPRISE)

  test('keeps every row, and takes what is new once', async () => {
    const before = await load(desk, dump)
    expect(before['migrations']).toHaveLength(version)
    await verifyLedger(env, ENTERPRISE)
    const after = await runInDurableObject(stubOf(ENTERPRISE), (_ledger, { storage }) =>
      contentOf(storage.sql, Object.keys(before)),
    )
    for (const [name, rows] of Object.entries(before)) {
      if (name === 'migrations' || name === 'mirror') continue
      expect([name, after[name]]).toMatchObject([name, rows])
    }
    expect(after['migrations']).toHaveLength(MIGRATIONS.length)
    expect(after['migrations']?.slice(0, version)).toEqual(before['migrations'])
  })

  test('looks like one that was made today', async () => {
    await load(desk, dump)
    const fresh = newDesk()
    await fresh.must(claim(1))
    await verifyLedger(env, ENTERPRISE)
    expect(await schemaOf(desk)).toEqual(await schemaOf(fresh))
    expect(await desk.rows('PRAGMA foreign_key_check')).toEqual([])
  })

  test('proves itself from its first event to its last', async () => {
    await load(desk, dump)
    const { seq, problems } = await verifyLedger(env, ENTERPRISE)
    expect([seq, problems]).toEqual([events, []])
  })

  test('answers what it answered, to the byte', async () => {
    const before = await load(desk, dump)
    const stored = before['answers']?.find(({ key }) => key === 'kept-key')
    const again = { key: 'kept-key', actor: desk.lin, at: TODAY + 9 }
    const granted = claim(yuan(7), { claim: 'c4' })
    expect(await stubOf(ENTERPRISE).command({ ...again, command: granted })).toBe(
      stored?.['answer'],
    )
    const other = await desk.tell(claim(yuan(8), { claim: 'c4' }), desk.lin, TODAY, 'kept-key')
    expect(other).toMatchObject({ code: 'key_reused' })
    const refused = await desk.tell(claim(0, { claim: 'c5' }), desk.lin, TODAY, 'kept-refusal')
    expect(refused).toMatchObject({ code: 'amount_not_positive' })
  })

  test('goes on: every voucher from where it stood, each account to the fen', async () => {
    await load(desk, dump)
    await desk.must({ kind: 'confirm', voucher: 'open' }, wu)
    await desk.must({ kind: 'submit', voucher: 'confirmed', redemption: 'r-new' })
    await desk.must({ kind: 'approve', redemption: 'r-new', paid_fen: 1, reason: '按实' }, wang)
    await desk.must({ kind: 'submit', voucher: 'returned', redemption: 'r-again' })
    await desk.must({ kind: 'reject', redemption: 'r-review', reason: '不符' }, wang)
    await desk.must({ kind: 'terminate', voucher: 'open-2025', reason: '取消' }, wang)
    const dead = await desk.tell({ kind: 'confirm', voucher: 'voided' }, wu)
    expect(dead).toMatchObject({ code: 'not_in_state' })
    const { book } = await desk.must(claim(yuan(1)))
    expect(book.accounts).toEqual({
      available: 439_700 + 9_999 + 10_000 + yuan(1),
      unconfirmed: 0,
      confirmed: 20_000,
      in_review: 10_000,
      paid: 8_001,
      lapsed: 0,
    })
    expect((await verifyLedger(env, ENTERPRISE)).problems).toEqual([])
  })

  test('reaches D1 and the archive whole', async () => {
    await load(desk, dump)
    await env.FILES.delete(`archive/2026-11-24/${ENTERPRISE}.jsonl`)
    expect(await resend(env, ENTERPRISE)).toBe(true)
    expect(await compareMirror(env, ENTERPRISE)).toEqual([])
    const found = await reconcileLedger(env, ENTERPRISE, '2026-11-24', null)
    expect(found).toMatchObject({ problems: [], drift: [], archived: { seq: events } })
    const file = await env.FILES.get(found?.archived?.key ?? '')
    expect(verifyArchive((await file?.text()) ?? '', found?.archived ?? undefined)).toBeUndefined()
  })

  test.each([
    ['newer than the code', `INSERT INTO migrations VALUES (99, 'x'), (100, 'y'), (101, 'z')`],
    ['with a migration that is not ours', `UPDATE migrations SET hash = 'x' WHERE id = ${version}`],
    ['with a gap', `UPDATE migrations SET id = ${version + 1} WHERE id = ${version}`],
  ])('%s is refused, and stays as it is', async (_how, change) => {
    const said = await runInDurableObject(newDesk().stub, (_ledger, { storage }) => {
      const { sql } = storage
      storage.transactionSync(() => {
        sql.exec('PRAGMA defer_foreign_keys = ON')
        for (const name of tablesOf(sql)) sql.exec(`DROP TABLE ${name}`)
        sql.exec(dump)
        sql.exec(change)
      })
      const before = JSON.stringify(contentOf(sql, tablesOf(sql)))
      try {
        storage.transactionSync(() => migrate(sql))
      } catch (error) {
        const same = JSON.stringify(contentOf(sql, tablesOf(sql))) === before
        return `${same ? 'same' : 'changed'}: ${String(error)}`
      }
      return 'migrated'
    })
    expect(said).toMatch(/^same: Error: (the storage is newer|migration \d+ was changed)/)
  })
})

test('storage that is empty comes to the last version', async () => {
  const desk = newDesk()
  await desk.must(claim(1))
  const ids = await desk.rows<{ id: number }>('SELECT id FROM migrations ORDER BY id')
  expect(ids.map(({ id }) => id)).toEqual(MIGRATIONS.map(({ id }) => id))
})

test('a ledger of today, written out and read back, is the same', async () => {
  const desk = newDesk()
  const county = newCounty()
  await desk.must(under(county, 5_000, 3_000))
  await desk.tell(under(county, 5_000, 3_000))
  await desk.must(issue(yuan(2_000), { region: county, form: { text: "it's; '创新券'" } }))
  const dump = await runInDurableObject(desk.stub, (_ledger, { storage }) => dumpOf(storage.sql))
  const before = await verifyLedger(env, desk.enterprise)
  await load(desk, dump)
  expect(await verifyLedger(env, desk.enterprise)).toEqual(before)
  expect(before).toMatchObject({ problems: [] })
  const again = await runInDurableObject(stubOf(desk.enterprise), (_ledger, { storage }) =>
    dumpOf(storage.sql),
  )
  // Where mirror and errands stand is a matter of alarms, which ring meanwhile.
  const kept = (text: string) => text.replace(/INSERT INTO (mirror|errand\w*) .*\n/g, '')
  expect(kept(again)).toBe(kept(dump))
})
