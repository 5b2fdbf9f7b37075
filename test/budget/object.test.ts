/** A region's budget inside workerd: leases, tombstones, returns, and what tables do not let. */
import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { expect, test, vi } from 'vitest'
import { readSums } from '../../src/budget/client.ts'
import type { RegionBudget } from '../../src/budget/object.ts'
import { within } from '../../src/platform/reach.ts'

const HAISHU = '330203'
let year = 2100
/** A budget that nobody has used. */
function newBudget(): DurableObjectStub<RegionBudget> {
  year += 1
  const budgets = env.BUDGET as DurableObjectNamespace<RegionBudget>
  return budgets.getByName(`budget:${HAISHU}:${year}`)
}

const ask = (lease: string, amount_fen: number, budget_fen = 100) => ({
  lease,
  enterprise: 'yunshan',
  amount_fen,
  budget_fen,
})

test('leases up to the budget and not a fen more, the same id answered the same', async () => {
  const budget = newBudget()
  expect(await budget.lease(ask('a', 60))).toMatchObject({ ok: true, value: { state: 'leased' } })
  expect(await budget.lease(ask('a', 60))).toMatchObject({ ok: true, value: { state: 'leased' } })
  const refused = { ok: false, code: 'exceeds_budget', facts: { limit_fen: 100, left_fen: 40 } }
  expect(await budget.lease(ask('b', 41))).toEqual(refused)
  expect(await budget.lease(ask('c', 40))).toMatchObject({ ok: true })
  expect(await budget.state()).toEqual({
    unleased_fen: 0,
    leased_fen: 100,
    spent_fen: 0,
    returned_fen: 0,
  })
  expect(await budget.settle('a')).toMatchObject({ ok: true, value: { state: 'spent' } })
  await budget.release(ask('c', 40))
  expect(await budget.lease(ask('c', 40))).toMatchObject({ code: 'lease_released' })
  expect(await budget.lease(ask('b', 41))).toEqual(refused)
  expect(await budget.prove()).toMatchObject({ problems: [], sums: { spent_fen: 60 } })
})

test('a release that comes before its lease refuses it', async () => {
  const budget = newBudget()
  await budget.release(ask('late', 60))
  expect(await budget.lease(ask('late', 60))).toMatchObject({ code: 'lease_released' })
  expect(await budget.state()).toMatchObject({ leased_fen: 0 })
})

test('what was handed back frees the budget once', async () => {
  const budget = newBudget()
  await budget.lease(ask('a', 60))
  await budget.settle('a')
  const back = { id: 'yunshan:3', enterprise: 'yunshan', amount_fen: 20 }
  expect(await budget.giveBack(back)).toMatchObject({ ok: true, value: { freed_fen: 20 } })
  expect(await budget.giveBack(back)).toMatchObject({ ok: true, value: { freed_fen: 20 } })
  expect(await budget.state()).toMatchObject({ spent_fen: 60, returned_fen: 20 })
  expect(await budget.lease(ask('b', 61))).toMatchObject({ code: 'exceeds_budget' })
  expect(await budget.lease(ask('c', 60))).toMatchObject({ ok: true })
  const foreign = { id: 'weiguang:1', enterprise: 'weiguang', amount_fen: 20 }
  expect(await budget.giveBack(foreign)).toMatchObject({ ok: true, value: { freed_fen: 0 } })
})

test('a budget below what is used refuses new leases and keeps the old', async () => {
  const budget = newBudget()
  await budget.lease(ask('a', 60))
  expect(await budget.lease(ask('b', 1, 50))).toMatchObject({ facts: { left_fen: 0 } })
  expect(await budget.settle('a')).toMatchObject({ ok: true })
})

test('what was claimed without a budget counts, by the mirror and then by its ledger', async () => {
  const budget = newBudget()
  const insert = `INSERT INTO books (enterprise, region, year, available, unconfirmed, confirmed,
    in_review, paid, lapsed, claimed_fen, version) VALUES ('w', ?, ?, 70, 0, 0, 0, 0, 0, 70, 3)`
  await env.DB.prepare(insert).bind(HAISHU, year).run()
  expect(await budget.lease(ask('a', 31))).toMatchObject({ facts: { left_fen: 30 } })
  expect(await budget.lease(ask('b', 30), { fen: 0, seq: 1 })).toMatchObject({ ok: true })
  const told = (lease: string, amount_fen: number, fen: number, seq: number) =>
    budget.lease({ ...ask(lease, amount_fen), enterprise: 'w' }, { fen, seq })
  expect(await told('c', 21, 50, 4)).toMatchObject({ facts: { left_fen: 20 } })
  // An earlier word that comes late changes nothing.
  expect(await told('d', 21, 0, 2)).toMatchObject({ facts: { left_fen: 20 } })
  expect(await told('e', 20, 50, 5)).toMatchObject({ ok: true })
})

test('what others claim without a budget later counts once the mirror is asked again', async () => {
  const budget = newBudget()
  await budget.lease(ask('a', 10))
  const insert = `INSERT INTO books (enterprise, region, year, available, unconfirmed, confirmed,
    in_review, paid, lapsed, claimed_fen, version) VALUES (?, ?, ?, 70, 0, 0, 0, 0, 0, 70, 3)`
  // The first has leased and would speak for itself, so that the mirror's figure is not its.
  for (const enterprise of ['yunshan', 'weiguang'])
    await env.DB.prepare(insert).bind(enterprise, HAISHU, year).run()
  expect(await budget.state()).toMatchObject({ unleased_fen: 0 })
  await runInDurableObject(budget, (_object, { storage }) => {
    storage.sql.exec('UPDATE sums SET opened_at = 0')
  })
  await budget.state()
  await vi.waitFor(async () => expect(await budget.state()).toMatchObject({ unleased_fen: 70 }))
})

test('without D1 nothing is leased that was never counted', async () => {
  const budget = newBudget()
  await runInDurableObject(budget, (object) => {
    const DB = { prepare: () => ({ bind: () => ({ all: () => Promise.reject(new Error('no')) }) }) }
    Reflect.set(object, 'env', { ...env, DB })
  })
  expect(await budget.lease(ask('a', 10))).toMatchObject({ code: 'unavailable' })
  expect(await readSums(env, { region: HAISHU, year })).toBeUndefined()
})

test('nobody waits for long', async () => {
  const never = new Promise<string>(() => undefined)
  expect(await within(10, never)).toBeUndefined()
  expect(await within(1_000, Promise.resolve('here'))).toBe('here')
  await expect(within(1_000, Promise.reject(new Error('gone')))).rejects.toThrow('gone')
})

test.each([
  [`INSERT INTO leases VALUES ('x', 'e', 101, 'leased', 1, NULL, 100, 1)`, 'above the budget'],
  [`INSERT INTO leases VALUES ('x', 'e', 1, 'spent', 1, NULL, 100, 1)`, 'only after it was leased'],
  [`UPDATE leases SET amount_fen = 1`, 'never changes'],
  [`DELETE FROM leases`, 'never deleted'],
  [`UPDATE leases SET state = 'leased' WHERE id = 'b'`, 'that was settled never changes'],
  [`UPDATE returns SET freed_fen = 0`, 'returns never change'],
  [`DELETE FROM returns`, 'never deleted'],
])('%s is not let by the tables', async (query, refusal) => {
  const budget = newBudget()
  await budget.lease(ask('a', 60))
  await budget.lease(ask('b', 40))
  await budget.settle('b')
  await budget.giveBack({ id: 'r', enterprise: 'yunshan', amount_fen: 1 })
  const said = await runInDurableObject(budget, (_object, { storage }) => {
    try {
      return storage.transactionSync(() => JSON.stringify(storage.sql.exec(query).toArray()))
    } catch (error) {
      return String(error)
    }
  })
  expect(said).toContain(refusal)
})
