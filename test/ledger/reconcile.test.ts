/** The night over all ledgers: every drift of D1 found and set right, no false alarm. */
import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import { DAY_MS, dayOf } from '../../src/kernel/clock.ts'
import { compareMirror, nudge, verifyLedger } from '../../src/ledger/client.ts'
import type { Drift } from '../../src/ledger/drift.ts'
import { reconcileLedgers } from '../../src/ledger/reconcile.ts'
import { findReport, listFindings } from '../../src/ledger/report.ts'
import type { Report } from '../../src/ledger/report.ts'
import { dbOf } from '../../src/platform/db.ts'
import { confirmed, newDesk, stubOf, withDb } from './desk.ts'
import type { Desk } from './desk.ts'
import { DRIFTS, TABLES } from './drifts.ts'
import { TODAY, claim, issue, wang, yuan } from './fixture.ts'

const OWN = ['ledger_reports', 'ledger_findings', 'ledger_archives']

/** Every test starts with no enterprise at all, and on a night of its own. */
let night = TODAY
beforeEach(async () => {
  night += 40 * DAY_MS
  await env.DB.batch([...TABLES, ...OWN].map((table) => env.DB.prepare(`DELETE FROM ${table}`)))
})

const nobody = () => Promise.resolve([])

/** A night over whoever D1 knows; answers its report. */
async function spend(at = night, pages?: number): Promise<Report> {
  await reconcileLedgers(env, at, nobody, pages)
  const report = await findReport(dbOf(env), dayOf(at))
  if (!report) throw new Error('no report was written')
  return report
}

/** A ledger with rows in every table of D1: four vouchers, one redeemed in part, one in review. */
async function used(): Promise<Desk> {
  const desk = newDesk()
  for (const paid_fen of [yuan(700), 0]) {
    const voucher = await confirmed(desk, yuan(1_000))
    const redemption = `r-${voucher}`
    await desk.must({ kind: 'submit', voucher, redemption })
    if (paid_fen > 0)
      await desk.must({ kind: 'approve', redemption, paid_fen, reason: '按实际结算' }, wang)
  }
  await desk.must(claim(yuan(500)))
  await desk.must(issue(yuan(300)))
  await nudge(env, desk.enterprise)
  return desk
}

/** Everything the object stores, but for where its mirror stands. */
async function contentOf(desk: Desk): Promise<string> {
  const names = ['events', 'legs', 'books', 'claims', 'vouchers', 'redemptions', 'answers']
  return runInDurableObject(desk.stub, (_ledger, { storage }) =>
    JSON.stringify(
      names.map((name) => storage.sql.exec(`SELECT * FROM ${name} ORDER BY 1, 2`).toArray()),
    ),
  )
}

async function inject(sql: string | string[]): Promise<void> {
  await env.DB.batch([sql].flat().map((statement) => env.DB.prepare(statement)))
}

test.each(DRIFTS)('%s: found, named and set right in one run', async (_how, table, sql) => {
  const [mine, other] = [await used(), await used()]
  const before = [await contentOf(mine), await contentOf(other)]
  await inject(sql(mine.enterprise, other.enterprise))
  expect(await compareMirror(env, mine.enterprise)).not.toEqual([])
  const known = () => Promise.resolve([mine.enterprise])
  await reconcileLedgers(env, night, (after) => (after === '' ? known() : nobody()))
  const findings = await listFindings(dbOf(env), dayOf(night))
  const found = findings.find(({ enterprise }) => enterprise === mine.enterprise)
  expect(found).toMatchObject({ repaired: true, compared: true, problems: [] })
  expect(found?.drift.map((drift: Drift) => drift.table)).toContain(table)
  for (const desk of [mine, other]) expect(await compareMirror(env, desk.enterprise)).toEqual([])
  expect([await contentOf(mine), await contentOf(other)]).toEqual(before)
  expect((await verifyLedger(env, mine.enterprise)).problems).toEqual([])
  expect(await spend(night + DAY_MS)).toMatchObject({ drifted: 0, unseen: 0 })
})

test('all of them in one night, each at an enterprise of its own', async () => {
  const desks = await Promise.all(DRIFTS.map(used))
  const other = await used()
  for (const [index, [, , sql]] of DRIFTS.entries())
    await inject(sql(desks[index]?.enterprise ?? '', other.enterprise))
  const known = desks.map(({ enterprise }) => enterprise).sort()
  await reconcileLedgers(env, night, (after) => Promise.resolve(known.filter((id) => id > after)))
  const report = await findReport(dbOf(env), dayOf(night))
  const drifted = DRIFTS.length + 1
  expect(report).toMatchObject({ enterprises: drifted, drifted, repaired: drifted, unsound: 0 })
  for (const { enterprise } of desks) expect(await compareMirror(env, enterprise)).toEqual([])
}, 60_000)

describe('no false alarm', () => {
  test('in thirty nights over ledgers at rest', async () => {
    for (let made = 0; made < 3; made += 1) await used()
    for (let count = 0; count < 30; count += 1) {
      const report = await spend(night + count * DAY_MS)
      expect(report).toMatchObject({ enterprises: 3, drifted: 0, unsound: 0, unseen: 0 })
    }
    expect(await listFindings(dbOf(env), dayOf(night))).toEqual([])
  }, 60_000)

  test('while commands keep coming', async () => {
    const desks = [await used(), await used()]
    const over = new AbortController()
    const traffic = desks.map(async (desk) => {
      while (!over.signal.aborted) {
        await desk.must(claim(1))
        await scheduler.wait(5)
      }
    })
    for (let count = 0; count < 5; count += 1)
      expect(await spend(night + count * DAY_MS)).toMatchObject({ drifted: 0, unsound: 0 })
    over.abort()
    await Promise.all(traffic)
  }, 60_000)

  test('while D1 trails behind a ledger', async () => {
    const desk = await used()
    await desk.must(claim(yuan(1)))
    expect(await spend()).toMatchObject({ enterprises: 1, drifted: 0, unseen: 0 })
  })
})

describe('a run', () => {
  test('that is cut goes on where it stopped, and tells one story', async () => {
    const desks = Array.from({ length: 130 }, () => newDesk())
    await Promise.all(desks.map((desk) => desk.must(claim(yuan(10)))))
    await Promise.all(desks.map(({ enterprise }) => nudge(env, enterprise)))
    expect(await spend(night, 1)).toMatchObject({ enterprises: 100, finished_at: null, root: null })
    expect(await spend(night, 1)).toMatchObject({ enterprises: 130, archived: 130 })
    expect(await spend(night, 1)).toMatchObject({ enterprises: 130, finished_at: night })
    expect(await reconcileLedgers(env, night, nobody)).toBe(0)
  }, 60_000)

  test('that was cut is finished the next night, before that night begins', async () => {
    await used()
    await spend(night, 0)
    const next = await spend(night + DAY_MS)
    const cut = await findReport(dbOf(env), dayOf(night))
    expect(cut).toMatchObject({ enterprises: 1, archived: 1, finished_at: night + DAY_MS })
    expect(next).toMatchObject({ enterprises: 1, archived: 0, finished_at: night + DAY_MS })
  })

  test('that fires twice at once counts every ledger once', async () => {
    for (let made = 0; made < 3; made += 1) await used()
    await Promise.all([spend(), spend()])
    expect(await spend()).toMatchObject({ enterprises: 3, archived: 3, drifted: 0 })
  })

  test('notes a ledger that is not sound itself, and touches nothing of it', async () => {
    const desk = await used()
    await desk.rows('UPDATE books SET available = available + 1, claimed_fen = claimed_fen + 1')
    await env.DB.prepare(
      'UPDATE books SET available = available + 1, claimed_fen = claimed_fen + 1',
    ).run()
    const before = await contentOf(desk)
    expect(await spend()).toMatchObject({ unsound: 1, drifted: 0, archived: 0 })
    const [found] = await listFindings(dbOf(env), dayOf(night))
    expect(found?.problems.join()).toContain('is not what its events come to')
    expect(await contentOf(desk)).toBe(before)
  })

  test('passes over a ledger whose D1 is out of reach, and finds it the next night', async () => {
    const desks = [await used(), await used()]
    const [ill] = desks
    if (!ill) return
    await withDb(ill, { batch: () => Promise.reject(new Error('D1_ERROR: out of reach')) })
    await ill.must(claim(1))
    expect(await spend()).toMatchObject({ enterprises: 2, unseen: 1, drifted: 0 })
    expect(await listFindings(dbOf(env), dayOf(night))).toMatchObject([{ compared: false }])
    await withDb(ill, { batch: env.DB.batch.bind(env.DB) })
    expect(await spend(night + DAY_MS)).toMatchObject({ enterprises: 2, unseen: 0, drifted: 0 })
  })

  test('passes over a ledger that cannot answer', async () => {
    const [ill, well] = [await used(), await used()]
    const LEDGER = {
      getByName: (name: string) => {
        if (name === `ent:${ill.enterprise}`) throw new Error('it broke')
        return stubOf(name.slice('ent:'.length))
      },
    } as unknown as DurableObjectNamespace
    await reconcileLedgers({ ...env, LEDGER }, night, nobody)
    const report = await findReport(dbOf(env), dayOf(night))
    expect(report).toMatchObject({ enterprises: 2, unseen: 1, archived: 1 })
    expect(well.enterprise).not.toBe(ill.enterprise)
  })
})
