/** The turn of the year where nobody looks: by the object's own alarm, never before its time. */
import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { compareMirror, nudge, verifyLedger } from '../../src/ledger/client.ts'
import { GRACE_MS, SPREAD_MS, turnAt } from '../../src/ledger/turn-rules.ts'
import { confirmed, mirrorOf, newDesk, stubOf, withDb } from './desk.ts'
import type { Desk } from './desk.ts'
import { HAISHU, LAST_JULY, NEXT_YEAR, TODAY, XIHU, claim, issue, yuan } from './fixture.ts'

afterEach(() => {
  vi.useRealTimers()
})

/** What stands in the object's books, read past the commands, which would close the year. */
async function booksOf(desk: Desk) {
  return desk.rows<object>(
    'SELECT region, year, available, lapsed FROM books ORDER BY year, region',
  )
}

async function countCloses(desk: Desk): Promise<number> {
  return (await desk.rows(`SELECT 1 FROM events WHERE kind = 'close_year'`)).length
}

/** Rings as the platform would at this instant of the wall clock: the object slept until then. */
async function ringAt(desk: Desk, at: number): Promise<boolean> {
  await evictDurableObject(stubOf(desk.enterprise))
  vi.setSystemTime(at)
  return runDurableObjectAlarm(stubOf(desk.enterprise))
}

/** Rings an object that is still awake when the grace for a year found open is over. */
async function ringLate(desk: Desk): Promise<boolean> {
  vi.setSystemTime(Date.now() + 2 * GRACE_MS)
  const rang = await runDurableObjectAlarm(desk.stub)
  vi.useRealTimers()
  return rang
}

describe('once D1 has everything', () => {
  test('the alarm waits for New Year in Asia/Shanghai, spread over an hour', async () => {
    const desk = newDesk()
    await desk.must(claim(yuan(1_000)))
    await nudge(env, desk.enterprise)
    const { alarm, due_at } = await mirrorOf(desk)
    expect(due_at).toBeNull()
    expect(Number(alarm)).toBeGreaterThanOrEqual(NEXT_YEAR)
    expect(Number(alarm)).toBeLessThan(NEXT_YEAR + SPREAD_MS)
  })

  test('a ledger with nothing left to lapse is not woken', async () => {
    const desk = newDesk()
    await confirmed(desk, yuan(1_000))
    expect(await runDurableObjectAlarm(desk.stub)).toBe(true)
    expect((await mirrorOf(desk)).alarm).toBeNull()
  })

  test('the next command takes the alarm for its events, and gives it back', async () => {
    const desk = newDesk()
    await desk.must(claim(yuan(1_000)))
    await nudge(env, desk.enterprise)
    await desk.must(issue(yuan(400)))
    const busy = await mirrorOf(desk)
    expect(busy.alarm).toBe(busy.due_at)
    expect(Number(busy.alarm)).toBeLessThan(Date.now() + 1_000)
    await expect.poll(async () => (await mirrorOf(desk)).due_at, { timeout: 2_000 }).toBeNull()
    expect(Number((await mirrorOf(desk)).alarm)).toBeGreaterThanOrEqual(NEXT_YEAR)
  })

  test('an evicted ledger whose alarm was lost sets it again', async () => {
    const desk = newDesk()
    await desk.must(claim(yuan(1_000)))
    await nudge(env, desk.enterprise)
    await runInDurableObject(desk.stub, (_ledger, { storage }) => storage.deleteAlarm())
    await evictDurableObject(desk.stub)
    expect(Number((await mirrorOf(desk)).alarm)).toBeGreaterThanOrEqual(NEXT_YEAR)
  })
})

describe('when that alarm rings', () => {
  test('a millisecond early it takes nothing, at 16:00Z the rest of every county', async () => {
    const desk = newDesk()
    await desk.must(claim(yuan(1_000)))
    await desk.must(claim(yuan(50), { region: HAISHU }))
    await desk.must(issue(yuan(400)))
    await nudge(env, desk.enterprise)
    expect(await ringAt(desk, NEXT_YEAR - 1)).toBe(true)
    expect(await countCloses(desk)).toBe(0)
    expect(Number((await mirrorOf(desk)).alarm)).toBeGreaterThanOrEqual(NEXT_YEAR)
    expect(await ringAt(desk, NEXT_YEAR)).toBe(true)
    expect(await booksOf(desk)).toEqual([
      { region: XIHU, year: 2026, available: 0, lapsed: yuan(600) },
      { region: HAISHU, year: 2026, available: 0, lapsed: yuan(50) },
    ])
    vi.useRealTimers()
    expect(await compareMirror(env, desk.enterprise)).toEqual([])
    expect((await verifyLedger(env, desk.enterprise)).problems).toEqual([])
  })

  test('twice, the rest lapses once', async () => {
    const desk = newDesk()
    await desk.must(claim(yuan(1_000)), desk.lin, LAST_JULY)
    await nudge(env, desk.enterprise)
    await ringLate(desk)
    await runInDurableObject(desk.stub, (ledger) => ledger.alarm())
    expect(await countCloses(desk)).toBe(1)
    expect(await mirrorOf(desk)).toMatchObject({ pending: false })
  })

  test('while D1 is out of reach, the year closes all the same and reaches D1 later', async () => {
    const desk = newDesk()
    await desk.must(claim(yuan(1_000)), desk.lin, LAST_JULY)
    await nudge(env, desk.enterprise)
    await withDb(desk, { batch: () => Promise.reject(new Error('D1_ERROR: out of reach')) })
    await ringLate(desk)
    const ill = await mirrorOf(desk)
    expect(ill).toMatchObject({ pending: true, failures: 1 })
    expect(ill.alarm).toBe(ill.due_at)
    expect(await countCloses(desk)).toBe(1)
    await withDb(desk, { batch: env.DB.batch.bind(env.DB) })
    expect(await runDurableObjectAlarm(desk.stub)).toBe(true)
    expect(await compareMirror(env, desk.enterprise)).toEqual([])
  })

  test('a ledger that contradicts itself keeps its alarm and throws nothing', async () => {
    const desk = newDesk()
    await desk.must(claim(yuan(1_000)), desk.lin, LAST_JULY)
    await nudge(env, desk.enterprise)
    await desk.rows('UPDATE books SET available = available + 1, claimed_fen = claimed_fen + 1')
    expect(await ringLate(desk)).toBe(true)
    expect(await countCloses(desk)).toBe(0)
    expect(Number((await mirrorOf(desk)).alarm)).toBeGreaterThan(Date.now())
  })
})

test('a year found open long after its end is not closed under who writes it', async () => {
  const desk = newDesk()
  await desk.must(claim(yuan(1_000)), desk.lin, LAST_JULY)
  await desk.must(issue(yuan(400)), desk.lin, LAST_JULY)
  expect(await runDurableObjectAlarm(desk.stub)).toBe(true)
  expect(await countCloses(desk)).toBe(0)
  expect(Number((await mirrorOf(desk)).alarm) - Date.now()).toBeGreaterThan(GRACE_MS / 2)
  await desk.must(issue(yuan(600)), desk.lin, LAST_JULY)
  expect(await countCloses(newDesk(desk.enterprise))).toBe(0)
})

test('an alarm for something else neither hastens nor delays the turn', async () => {
  const desk = newDesk()
  await desk.must(claim(yuan(1_000)), desk.lin, LAST_JULY)
  await nudge(env, desk.enterprise)
  const { alarm } = await mirrorOf(desk)
  for (let ring = 0; ring < 3; ring += 1) {
    await runInDurableObject(desk.stub, (ledger) => ledger.alarm())
    expect(await countCloses(desk)).toBe(0)
    expect((await mirrorOf(desk)).alarm).toBe(alarm)
  }
})

test('an alarm cannot be lost between the last page and the turn of the year', async () => {
  const desk = newDesk()
  await desk.must(claim(yuan(1_000)))
  const alarm = await runInDurableObject(desk.stub, async (ledger, { storage }) => {
    await storage.deleteAlarm()
    await ledger.nudge()
    return storage.getAlarm()
  })
  expect(Number(alarm)).toBeGreaterThanOrEqual(NEXT_YEAR)
  expect(await stubOf(desk.enterprise).nudge()).toBe(true)
})

test('the turn is New Year and up to an hour, or ten minutes from now where that is past', () => {
  const before = TODAY
  expect(turnAt(2026, before, 0)).toBe(NEXT_YEAR)
  expect(turnAt(2026, before, 0.999)).toBeLessThan(NEXT_YEAR + SPREAD_MS)
  expect(turnAt(2026, NEXT_YEAR + 1, 0.5)).toBe(NEXT_YEAR + SPREAD_MS / 2)
  expect(turnAt(2025, TODAY, 0.5)).toBe(TODAY + GRACE_MS)
})
