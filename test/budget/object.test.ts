/** A region's budget inside workerd: leases, tombstones, returns, and what tables do not let. */
import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import type { RegionBudget } from '../../src/budget/object.ts'

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
  const asked = { ...ask('c', 20), enterprise: 'w' }
  expect(await budget.lease(asked, { fen: 50, seq: 2 })).toMatchObject({ facts: { left_fen: 0 } })
  const again = { ...ask('d', 20), enterprise: 'w' }
  expect(await budget.lease(again, { fen: 50, seq: 4 })).toMatchObject({ ok: true })
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
