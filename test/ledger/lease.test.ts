/** What a lease and its ledger must say of each other: a row for every way to disagree. */
import { expect, test } from 'vitest'
import type { LeaseState } from '../../src/budget/rules.ts'
import { disagreements } from '../../src/ledger/lease-rules.ts'
import { TODAY, XIHU } from './fixture.ts'

const base = { region: XIHU, year: 2026, amount_fen: 5, at: TODAY, by: '林知远' }
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
