/** The rules of a budget: a row for every state of a lease and all that may be asked of it. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  decideLease,
  decideRelease,
  decideReturn,
  decideSettle,
  leftOf,
  moveFor,
  usedOf,
} from '../../src/budget/rules.ts'
import type { BudgetState, Lease, LeaseState, Return } from '../../src/budget/rules.ts'

/** A budget in memory that keeps what the rules answer. */
class MemoryBudget implements BudgetState {
  readonly leases = new Map<string, Lease>()
  readonly returns = new Map<string, Return>()
  unleased_fen = 0

  get sums() {
    return {
      unleased_fen: this.unleased_fen,
      leased_fen: this.sumOf('leased'),
      spent_fen: this.sumOf('spent'),
      returned_fen: [...this.returns.values()].reduce((fen, one) => fen + one.freed_fen, 0),
    }
  }
  findLease(id: string) {
    return this.leases.get(id)
  }
  findReturn(id: string) {
    return this.returns.get(id)
  }
  spentBy(enterprise: string) {
    const own = <Row extends { enterprise: string }>(rows: Map<string, Row>) =>
      [...rows.values()].filter((one) => one.enterprise === enterprise)
    const held = own(this.leases).filter(({ state }) => state === 'spent')
    const back = own(this.returns).reduce((fen, one) => fen + one.freed_fen, 0)
    return held.reduce((fen, one) => fen + one.amount_fen, 0) - back
  }
  keep(put: Lease | undefined) {
    if (put) this.leases.set(put.id, put)
  }

  private sumOf(state: LeaseState) {
    const held = [...this.leases.values()].filter((one) => one.state === state)
    return held.reduce((fen, one) => fen + one.amount_fen, 0)
  }
}

const ask = { lease: 'a', enterprise: 'yunshan', amount_fen: 60, budget_fen: 100 }

/** A budget of 100 in which lease a of 60 is in this state. */
function budgetWith(state: LeaseState | null): MemoryBudget {
  const budget = new MemoryBudget()
  if (state === 'released') budget.keep(decideRelease(budget, ask, 1).put)
  if (state === 'refused') budget.keep(decideLease(budget, { ...ask, budget_fen: 59 }, 1).put)
  if (state === 'leased' || state === 'spent') budget.keep(decideLease(budget, ask, 1).put)
  if (state === 'spent') budget.keep(decideSettle(budget, 'a').put)
  return budget
}

type Row = [state: LeaseState | null, answer: string, after: LeaseState | undefined]

describe('a lease', () => {
  test.each<Row>([
    [null, 'leased', 'leased'],
    ['leased', 'leased', 'leased'],
    ['spent', 'spent', 'spent'],
    ['released', 'lease_released', 'released'],
    ['refused', 'exceeds_budget', 'refused'],
  ])('that is %s, asked for, answers %s', (state, answer, after) => {
    const budget = budgetWith(state)
    const decided = decideLease(budget, ask, 2)
    budget.keep(decided.put)
    expect(decided.answer.ok ? decided.answer.value.state : decided.answer.code).toBe(answer)
    expect(budget.findLease('a')?.state).toBe(after)
  })

  test.each<Row>([
    [null, 'lease_not_found', undefined],
    ['leased', 'spent', 'spent'],
    ['spent', 'spent', 'spent'],
    ['released', 'lease_released', 'released'],
    ['refused', 'lease_released', 'refused'],
  ])('that is %s, settled, answers %s', (state, answer, after) => {
    const budget = budgetWith(state)
    const decided = decideSettle(budget, 'a')
    budget.keep(decided.put)
    expect(decided.answer.ok ? decided.answer.value.state : decided.answer.code).toBe(answer)
    expect(budget.findLease('a')?.state).toBe(after)
  })

  test.each<Row>([
    [null, 'released', 'released'],
    ['leased', 'released', 'released'],
    ['spent', 'not_the_same_lease', 'spent'],
    ['released', 'released', 'released'],
    ['refused', 'refused', 'refused'],
  ])('that is %s, released, answers %s', (state, answer, after) => {
    const budget = budgetWith(state)
    const decided = decideRelease(budget, ask, 2)
    budget.keep(decided.put)
    expect(decided.answer.ok ? decided.answer.value.state : decided.answer.code).toBe(answer)
    expect(budget.findLease('a')?.state).toBe(after)
  })

  test.each([
    ['another amount', { ...ask, amount_fen: 61 }, 'not_the_same_lease'],
    ['another enterprise', { ...ask, enterprise: 'weiguang' }, 'not_the_same_lease'],
    ['nothing', { ...ask, lease: 'b', amount_fen: 0 }, 'malformed'],
    ['half a fen', { ...ask, lease: 'b', amount_fen: 0.5 }, 'malformed'],
    ['a budget below zero', { ...ask, lease: 'b', budget_fen: -1 }, 'malformed'],
    ['a budget of half a fen', { ...ask, lease: 'b', budget_fen: 60.5 }, 'malformed'],
    ['a fen too much', { ...ask, lease: 'b', amount_fen: 41 }, 'exceeds_budget'],
  ])('of %s is refused', (_what, asked, code) => {
    expect(decideLease(budgetWith('leased'), asked, 2).answer).toMatchObject({ code })
  })

  test('of another enterprise, or of nothing, is not released', () => {
    const foreign = { ...ask, enterprise: 'weiguang' }
    expect(decideRelease(budgetWith('leased'), foreign, 2).answer).toMatchObject({
      code: 'not_the_same_lease',
    })
    const nothing = { ...ask, amount_fen: 0 }
    expect(decideRelease(budgetWith(null), nothing, 2).answer).toMatchObject({ code: 'malformed' })
  })

  test('that was refused keeps what it found, whatever the budget has become', () => {
    const budget = budgetWith('refused')
    expect(decideLease(budget, { ...ask, budget_fen: 1_000 }, 2).answer).toEqual({
      ok: false,
      code: 'exceeds_budget',
      facts: { limit_fen: 1_000, left_fen: 59 },
    })
  })
})

describe('what is handed back', () => {
  const back = { id: 'r', enterprise: 'yunshan', amount_fen: 20 }
  test.each([
    ['frees what was spent', budgetWith('spent'), back, 20],
    ['frees nothing of what is leased, which may be released', budgetWith('leased'), back, 0],
    ['frees no more than was counted', budgetWith('spent'), { ...back, amount_fen: 61 }, 60],
    ['frees nothing that another has', budgetWith('spent'), { ...back, enterprise: 'w' }, 0],
  ])('%s', (_what, budget, asked, freed_fen) => {
    const decided = decideReturn(budget, asked)
    expect(decided.put).toEqual({ ...asked, freed_fen })
    budget.returns.set('r', { ...asked, freed_fen })
    expect(decideReturn(budget, asked)).toEqual({
      answer: { ok: true, value: { ...asked, freed_fen } },
    })
    expect(budget.sums.returned_fen).toBe(freed_fen)
  })

  test('is an amount', () => {
    const nothing = { ...back, amount_fen: 0 }
    expect(decideReturn(budgetWith('spent'), nothing).answer).toMatchObject({ code: 'malformed' })
  })
})

test.each([
  ['granted', 'settle'],
  ['reserving', null],
  ['abandoned', 'release'],
  ['unknown', 'release'],
] as const)('a lease whose enterprise says %s is moved by %s', (status, move) => {
  expect(moveFor(status)).toBe(move)
})

test('a budget lowered below what is used has nothing left, and keeps what it granted', () => {
  const sums = { unleased_fen: 5, leased_fen: 10, spent_fen: 50, returned_fen: 15 }
  expect(usedOf(sums)).toBe(50)
  expect([leftOf(sums, 80), leftOf(sums, 50), leftOf(sums, 10)]).toEqual([30, 0, 0])
})

test('in 2,000 histories no instant finds more used than the budget', () => {
  const step = fc.record({
    what: fc.constantFrom('lease', 'lease', 'settle', 'release', 'return'),
    id: fc.nat(12).map(String),
    amount_fen: fc.integer({ min: 1, max: 60 }),
    enterprise: fc.constantFrom('yunshan', 'weiguang'),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const budget = new MemoryBudget()
      for (const { what, id, ...rest } of steps) {
        const asked = { lease: id, ...rest }
        if (what === 'lease') budget.keep(decideLease(budget, { ...asked, budget_fen: 100 }, 1).put)
        if (what === 'settle') budget.keep(decideSettle(budget, id).put)
        if (what === 'release') budget.keep(decideRelease(budget, asked, 1).put)
        const { put } = what === 'return' ? decideReturn(budget, { id, ...rest }) : {}
        if (put) budget.returns.set(put.id, put)
        const { leased_fen, spent_fen } = budget.sums
        expect(usedOf(budget.sums)).toBeLessThanOrEqual(100)
        expect(usedOf(budget.sums)).toBeGreaterThanOrEqual(0)
        expect(Math.min(leased_fen, spent_fen)).toBeGreaterThanOrEqual(0)
      }
    }),
    { numRuns: 2_000 },
  )
})
