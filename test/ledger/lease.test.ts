/** What a lease and its ledger must say of each other: a row for every way to disagree. */
import { env } from 'cloudflare:workers'
import { runInDurableObject } from 'cloudflare:test'
import { expect, test } from 'vitest'
import type { LeaseState } from '../../src/budget/rules.ts'
import { compareBudget } from '../../src/ledger/client.ts'
import { disagreements } from '../../src/ledger/lease-rules.ts'
import { YEAR, budgetOf, newCounty, ring, under } from './county.ts'
import { newDesk } from './desk.ts'
import { TODAY, XIHU, yuan } from './fixture.ts'

const base = { region: XIHU, year: YEAR, amount_fen: 5, at: TODAY, by: '林知远' }
const granted = { claims: [{ ...base, id: 'c' }], ungranted: [] }
const other = { claims: [{ ...base, id: 'c', amount_fen: 6 }], ungranted: [] }
const kept = { ...base, claim: 'c', budget_fen: 9, set_by: XIHU }
const reserving = { claims: [], ungranted: [{ ...kept, state: 'reserving' as const }] }
const abandoned = { claims: [], ungranted: [{ ...kept, state: 'abandoned' as const }] }
const nothing = { claims: [], ungranted: [] }

test.each<[LeaseState, string, Parameters<typeof disagreements>[1], string[]]>([
  ['spent', 'granted', granted, []],
  ['leased', 'granted', granted, []],
  ['leased', 'reserving', reserving, []],
  ['released', 'abandoned', abandoned, []],
  ['refused', 'abandoned', abandoned, []],
  ['refused', 'reserving', reserving, []],
  ['released', 'nothing', nothing, []],
  ['spent', 'reserving', reserving, ['lease c is spent, and no claim stands on it']],
  ['spent', 'abandoned', abandoned, ['lease c is spent, and no claim stands on it']],
  ['leased', 'abandoned', abandoned, ['lease c is leased, and nobody claims it']],
  ['leased', 'nothing', nothing, ['lease c is leased, and nobody claims it']],
  ['released', 'granted', granted, ['lease c is released, and its claim of 5 stands']],
  ['refused', 'granted', granted, ['lease c is refused, and its claim of 5 stands']],
  ['spent', 'another amount', other, ['lease c is spent with 5, its claim says 6']],
])('%s and %s', (state, _held, held, problems) => {
  const lease = { id: 'c', enterprise: 'e', amount_fen: 5, state, leased_at: 1, left_fen: null }
  expect(disagreements(lease, held)).toEqual(problems)
})

test('a lease that nobody claimed is found, whatever the rest says', async () => {
  const county = newCounty()
  const place = { region: county, year: YEAR }
  for (const desk of [newDesk(), newDesk()]) {
    await desk.must(under(county, 5_000, 1_000))
    await desk.must(under(county, 5_000, 500))
    await ring(desk)
  }
  expect(await compareBudget(env, place, TODAY)).toEqual([])
  const { enterprise } = newDesk()
  const ask = { lease: 'orphan', enterprise, amount_fen: yuan(1), budget_fen: yuan(5_000) }
  await budgetOf(county).lease(ask)
  await runInDurableObject(budgetOf(county), (_budget, { storage }) => {
    storage.sql.exec('UPDATE sums SET spent_fen = spent_fen + 1')
  })
  expect(await compareBudget(env, place, TODAY)).toEqual([
    `spent_fen is ${yuan(3_000) + 1}, its rows say ${yuan(3_000)}`,
    'lease orphan is leased, and nobody claims it',
  ])
})
