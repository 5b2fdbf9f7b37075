/** The nightly pass that closes years: whoever slept through New Year, once, in pages. */
import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeEach, expect, test } from 'vitest'
import { DAY_MS } from '../../src/kernel/clock.ts'
import { compareMirror, nudge } from '../../src/ledger/client.ts'
import { closeYears } from '../../src/ledger/nightly.ts'
import { NIGHTLY, TASKS, runTasks } from '../../src/schedule.ts'
import { newDesk, stubOf } from './desk.ts'
import type { Desk } from './desk.ts'
import { HAISHU, LAST_JULY, NEXT_YEAR, TODAY, XIHU, claim, issue, yuan } from './fixture.ts'

/** 02:00 on New Year's Day in Asia/Shanghai. */
const FIRST_NIGHT = NEXT_YEAR + 2 * 3_600_000

/** A ledger whose own alarm was lost and which nobody asks for anything. */
async function sleeping(at: number, ...regions: string[]): Promise<Desk> {
  const desk = newDesk()
  for (const region of regions) await desk.must(claim(yuan(100), { region }), desk.lin, at)
  await nudge(env, desk.enterprise)
  await runInDurableObject(desk.stub, (_ledger, { storage }) => storage.deleteAlarm())
  return desk
}

async function lapsedOf({ enterprise }: Desk): Promise<number | null> {
  const query = 'SELECT sum(lapsed) AS fen FROM books WHERE enterprise = ?'
  return env.DB.prepare(query).bind(enterprise).first<number>('fen')
}

beforeEach(async () => {
  await closeYears(env, NEXT_YEAR + 400 * DAY_MS)
})

test('lets what is left of every county lapse, in D1 too, and once', async () => {
  const desks = [await sleeping(TODAY, XIHU, HAISHU), await sleeping(TODAY, XIHU)]
  expect(await closeYears(env, NEXT_YEAR - 1)).toBe(0)
  expect(await closeYears(env, FIRST_NIGHT)).toBe(2)
  expect(await Promise.all(desks.map(lapsedOf))).toEqual([yuan(200), yuan(100)])
  expect(await closeYears(env, FIRST_NIGHT)).toBe(0)
  for (const { enterprise } of desks) expect(await compareMirror(env, enterprise)).toEqual([])
})

test('catches up weeks later, and leaves this year and open vouchers alone', async () => {
  const desk = await sleeping(LAST_JULY, XIHU)
  await desk.must(issue(yuan(40)), desk.lin, LAST_JULY)
  await desk.must(claim(yuan(7)), desk.lin, LAST_JULY)
  await nudge(env, desk.enterprise)
  const other = await sleeping(TODAY, XIHU)
  expect(await closeYears(env, TODAY)).toBe(1)
  const books = await desk.rows<object>('SELECT available, unconfirmed, lapsed FROM books')
  expect(books).toEqual([{ available: 0, unconfirmed: yuan(40), lapsed: yuan(67) }])
  expect(await lapsedOf(other)).toBe(0)
})

test('goes through more ledgers than one page holds', async () => {
  const desks = await Promise.all(Array.from({ length: 120 }, () => sleeping(LAST_JULY, XIHU)))
  expect(await closeYears(env, TODAY)).toBe(120)
  const lapsed = await Promise.all(desks.map(lapsedOf))
  expect(new Set(lapsed)).toEqual(new Set([yuan(100)]))
}, 60_000)

test('one that is out of reach does not keep the others, and is found the next night', async () => {
  const desks = [await sleeping(TODAY, XIHU), await sleeping(TODAY, XIHU)]
  const [ill] = desks.map(({ enterprise }) => enterprise).sort()
  const LEDGER = {
    getByName: (name: string) => {
      if (name === `ent:${ill}`) throw Object.assign(new Error('overloaded'), { overloaded: true })
      return stubOf(name.slice('ent:'.length))
    },
  } as unknown as DurableObjectNamespace
  expect(await closeYears({ ...env, LEDGER }, FIRST_NIGHT)).toBe(1)
  expect(await closeYears(env, FIRST_NIGHT)).toBe(1)
})

test('runs every night', async () => {
  const desk = await sleeping(TODAY, XIHU)
  // Its own task alone: what others do by night goes on by alarms when this file has ended.
  const own = TASKS.filter(({ run }) => run === closeYears)
  await runTasks(env, NIGHTLY, FIRST_NIGHT, own)
  expect(await lapsedOf(desk)).toBe(yuan(100))
})
