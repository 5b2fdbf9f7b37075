/** Claims under a budget in the pure core: reserved, counted by the caps, granted or given up. */
import { describe, expect, test } from 'vitest'
import { abandon, decideGrant, refuseBudget } from '../../src/ledger/claim-rules.ts'
import { decide } from '../../src/ledger/rules.ts'
import type { CommandOf, Reservation } from '../../src/ledger/rules.ts'
import { MemoryLedger, NEXT_YEAR, NO_CAPS, TODAY, XIHU, claim, lin, yuan } from './fixture.ts'

const budget = { fen_max: yuan(10_000), set_by: XIHU }
const under = (amount: number, caps: Partial<CommandOf<'claim'>['caps']> = {}) =>
  claim(yuan(amount), { claim: `of ${amount}`, caps: { ...NO_CAPS, budget, ...caps } })

/** A ledger in which 3,000.00 is reserving. */
function reserving(): { ledger: MemoryLedger; reservation: Reservation } {
  const ledger = new MemoryLedger()
  const decided = ledger.run(under(3_000), lin, TODAY)
  const reservation = decided.ok && decided.value.reservation
  if (!reservation) throw new Error('nothing was reserved')
  return { ledger, reservation }
}

test('a claim under a budget is reserved and posts nothing', () => {
  const { ledger, reservation } = reserving()
  expect(reservation).toEqual({
    claim: 'of 3000',
    region: XIHU,
    year: 2026,
    amount_fen: yuan(3_000),
    budget_fen: yuan(10_000),
    set_by: XIHU,
    at: TODAY,
    by: '林知远',
    state: 'reserving',
  })
  expect(ledger.accounts().available).toBe(0)
  expect(ledger.claims.size).toBe(0)
})

test.each([
  ['no budget', NO_CAPS],
  ['不限', { ...NO_CAPS, budget: { fen_max: null, set_by: null } }],
])('a claim with %s is granted at once', (_what, caps) => {
  const decided = decide(new MemoryLedger(), { ...under(1), caps }, lin, TODAY)
  expect(decided).toMatchObject({ ok: true, value: { claim: { id: 'of 1' } } })
  expect(decided.ok && decided.value.reservation).toBeUndefined()
})

describe('what is reserving', () => {
  const xihu = (amount: number) => ({ fen_max: yuan(amount), set_by: XIHU })
  test.each([
    ['the yearly total', { total: xihu(5_000) }, 'exceeds_claim_total_max'],
    ['the holding cap', { holding: xihu(5_000) }, 'exceeds_holding_max'],
  ])('takes its part of %s', (_cap, caps, code) => {
    const { ledger } = reserving()
    const facts = { limit_fen: yuan(5_000), set_by: XIHU, largest_fen: yuan(2_000) }
    expect(decide(ledger, under(2_001, caps), lin, TODAY)).toEqual({ ok: false, code, facts })
    expect(decide(ledger, under(2_000, caps), lin, TODAY)).toMatchObject({ ok: true })
  })

  test('is granted with its posting', () => {
    const { ledger, reservation } = reserving()
    expect(decideGrant(ledger, reservation, TODAY)).toEqual({
      ok: true,
      value: {
        postings: [
          {
            region: XIHU,
            year: 2026,
            from: 'contra',
            to: 'available',
            amount_fen: yuan(3_000),
          },
        ],
        claim: {
          id: 'of 3000',
          region: XIHU,
          year: 2026,
          amount_fen: yuan(3_000),
          at: TODAY,
          by: '林知远',
        },
        voucher: null,
        redemption: null,
        reservation: { ...reservation, state: 'granted' },
      },
    })
  })

  test('is not granted once its year is over', () => {
    const { ledger, reservation } = reserving()
    expect(decideGrant(ledger, reservation, NEXT_YEAR - 1)).toMatchObject({ ok: true })
    expect(decideGrant(ledger, reservation, NEXT_YEAR)).toEqual({
      ok: false,
      code: 'year_closed',
      facts: { year: 2026, current_year: 2027 },
    })
  })

  test('is not granted once it was given up, nor twice', () => {
    const { ledger, reservation } = reserving()
    const { postings, reservation: given_up } = abandon(reservation)
    expect(postings).toEqual([])
    expect(given_up).toEqual({ ...reservation, state: 'abandoned' })
    const granted: Reservation = { ...reservation, state: 'granted' }
    const refusal = { ok: false, code: 'claim_abandoned', facts: {} }
    expect(decideGrant(ledger, granted, TODAY)).toEqual(refusal)
    if (given_up) ledger.reservations.set(given_up.claim, given_up)
    expect(decideGrant(ledger, reservation, TODAY)).toEqual(refusal)
  })

  test.each([
    ['the budget', 1_500, 5_000, 1_500],
    ['a cap', 1_500, 1_000, 1_000],
  ])('that finds too little hears the most that passes, by %s', (_what, left, single, largest) => {
    const { ledger, reservation } = reserving()
    const command = under(3_000, { single: xihu(single) })
    expect(refuseBudget(ledger, reservation, command, yuan(left))).toEqual({
      ok: false,
      code: 'exceeds_budget',
      facts: { limit_fen: yuan(10_000), set_by: XIHU, largest_fen: yuan(largest) },
    })
  })
})
