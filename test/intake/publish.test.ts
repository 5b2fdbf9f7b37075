/**
 * What was decided is published to the end, whatever dies on the way: an alarm that rings twice, an
 * object that is thrown away, a D1 that is out of reach or whose answer is lost.
 */
import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import { publishServices } from '../../src/catalogue/client.ts'
import { insertMove } from '../../src/intake/store.ts'
import type { IntakeJob } from '../../src/intake/object.ts'
import { STRETCH_ROWS, idOf } from '../../src/intake/publish.ts'
import { wakeImports } from '../../src/intake/nightly.ts'
import { newId } from '../../src/kernel/id.ts'
import { commit, commitOnce, dbOf } from '../../src/platform/db.ts'
import { illDb } from '../fault/d1.ts'
import type { Illness } from '../fault/d1.ts'
import {
  SERVICE_HEAD,
  ZHIJIAN,
  admit,
  count,
  csvOf,
  decide,
  insideOf,
  jobOf,
  readFile,
  serviceRows,
  settle,
  stateOf,
} from './fixture.ts'

beforeAll(admit)
let batch = 0

/** A carrier's import that the bureau has approved: some hundred rows, named anew each time. */
async function approved(rows: number): Promise<string> {
  batch += 1
  const named = serviceRows(rows).map(([name, ...rest]) => [`${name} 第 ${batch} 批`, ...rest])
  const { id } = await readFile(csvOf([SERVICE_HEAD, ...named]))
  await decide(id, 'send')
  await decide(id, 'approve')
  await jobOf(id).wake()
  return id
}

async function made(id: string): Promise<unknown> {
  const { state, facts } = await stateOf(id)
  return { state, ...facts }
}

const ROWS = STRETCH_ROWS * 2 + 50

describe('an import that was approved', () => {
  test('publishes every row once, under ids of its own', async () => {
    const before = await count('services')
    const id = await approved(ROWS)
    await settle(id)
    expect(await made(id)).toEqual({ state: 'done', made: ROWS, passed: 0 })
    expect(await count('services')).toBe(before + ROWS)
    const query = 'SELECT name, category, price_fen, unit FROM services WHERE id = ?'
    expect(await env.DB.prepare(query).bind(idOf({ id }, 2)).first()).toMatchObject({
      category: '检验检测',
      price_fen: 80_000,
      unit: '次',
    })
  })

  test('publishes nothing before, and nothing where it was given up', async () => {
    const before = await count('services')
    const { id } = await readFile(csvOf([SERVICE_HEAD, ...serviceRows(3)]))
    await decide(id, 'send')
    await decide(id, 'abandon')
    await jobOf(id).wake()
    await settle(id)
    expect([await count('services'), (await stateOf(id)).state]).toEqual([before, 'abandoned'])
  })

  test('goes on after its object was thrown away between two stretches', async () => {
    const before = await count('services')
    const id = await approved(ROWS)
    await runDurableObjectAlarm(jobOf(id))
    expect(await count('services')).toBe(before + STRETCH_ROWS)
    await evictDurableObject(jobOf(id))
    await settle(id)
    expect(await made(id)).toEqual({ state: 'done', made: ROWS, passed: 0 })
    expect(await count('services')).toBe(before + ROWS)
  })

  test('makes nothing twice where it died after D1 had written, before noting it', async () => {
    const before = await count('services')
    const id = await approved(ROWS)
    await crashAfterD1(id)
    expect(await count('services')).toBe(before + STRETCH_ROWS)
    expect((await insideOf(id)).applied_line).toBe(0)
    await settle(id)
    expect(await made(id)).toEqual({ state: 'done', made: ROWS, passed: 0 })
    expect(await count('services')).toBe(before + ROWS)
  })

  const illnesses: Illness[] = ['before', 'after']
  test.each(illnesses)('goes on after D1 failed %s a write', async (illness) => {
    const before = await count('services')
    const id = await approved(ROWS)
    await fallIll(id, illness)
    await runDurableObjectAlarm(jobOf(id))
    expect((await insideOf(id)).failures).toBe(1)
    await fallIll(id, 'none')
    await settle(id)
    expect(await made(id)).toEqual({ state: 'done', made: ROWS, passed: 0 })
    expect(await count('services')).toBe(before + ROWS)
  })

  test('rings twice and changes nothing twice', async () => {
    const before = await count('services')
    const id = await approved(ROWS)
    await runInDurableObject(jobOf(id), (job: IntakeJob) => Promise.all([job.alarm(), job.alarm()]))
    await settle(id)
    const after = await stateOf(id)
    await runInDurableObject(jobOf(id), (job: IntakeJob) => job.alarm())
    expect(await stateOf(id)).toEqual(after)
    expect(await made(id)).toEqual({ state: 'done', made: ROWS, passed: 0 })
    expect(await count('services')).toBe(before + ROWS)
  })

  test('passes over what somebody else has published since, and says how much', async () => {
    const id = await approved(3)
    const own = { id: newId(), carrier: ZHIJIAN, name: `振动试验 2 第 ${batch} 批`, unit: '次' }
    const row = { ...own, category: '检验检测' as const, price_fen: null }
    await commit(dbOf(env), publishServices(dbOf(env), [row], 0))
    await settle(id)
    expect(await made(id)).toEqual({ state: 'done', made: 2, passed: 1 })
  })
})

test('a job that nobody woke goes on at night', async () => {
  const { id } = await readFile(csvOf([SERVICE_HEAD, ...serviceRows(1)]))
  await decide(id, 'send')
  await decide(id, 'approve')
  expect(await wakeImports(env, Date.now() + 600_000)).toBeGreaterThan(0)
  expect((await insideOf(id)).phase).toBe('apply')
})

test('what is published already is named and left out', async () => {
  const rows = csvOf([
    SERVICE_HEAD,
    ...serviceRows(2).map(([name, ...rest]) => [`${name} 旧`, ...rest]),
  ])
  const first = await readFile(rows)
  await decide(first.id, 'send')
  await decide(first.id, 'approve')
  await jobOf(first.id).wake()
  await settle(first.id)
  const again = await readFile(rows)
  expect(again.facts).toEqual({ rows: 2, good: 0, bad: 0, published: 2 })
})

test('of two who decide at once, one is refused', async () => {
  const { id, one } = await readFile(csvOf([SERVICE_HEAD, ...serviceRows(1)]))
  const step = { at: 1, by: 'wu', by_name: '吴检', facts: {} }
  const db = dbOf(env)
  const moves = (['send', 'abandon'] as const).map((move) =>
    commitOnce(db, [insertMove(db, one, { move, ...step })]),
  )
  expect((await Promise.all(moves)).filter(Boolean)).toHaveLength(1)
  expect((await stateOf(id)).one.steps).toHaveLength(2)
})

async function fallIll(id: string, illness: Illness): Promise<void> {
  let writes = 0
  // The first three requests of a stretch read; the fourth writes.
  const turn = () => (illness === 'before' ? illness : ++writes > 3 ? illness : 'none')
  const DB = illDb(env.DB, turn)
  await runInDurableObject(
    jobOf(id),
    (job: IntakeJob) => void Reflect.set(job, 'env', { ...env, DB }),
  )
}

/** The object dies once D1 has written a stretch, before it has noted so. */
async function crashAfterD1(id: string): Promise<void> {
  const dying = runInDurableObject(jobOf(id), async (job: IntakeJob, state) => {
    const batchThenDie = async (statements: D1PreparedStatement[]) => {
      await env.DB.batch(statements)
      state.abort('the object died')
      throw new Error('dead')
    }
    const DB = { prepare: env.DB.prepare.bind(env.DB), batch: batchThenDie }
    Reflect.set(job, 'env', { ...env, DB })
    await job.alarm()
  })
  await expect(dying).rejects.toThrow(/the object died/)
}
