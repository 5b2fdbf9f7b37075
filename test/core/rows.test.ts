/** The rows as a command leaves them: when, by whom, which version, and what never changes. */
import { describe, expect, test } from 'vitest'
import type { AnyActor } from '../../src/kernel/actor.ts'
import { AMOUNT_FEN_MAX } from '../../src/kernel/amount.ts'
import type { Command, Decision } from '../../src/ledger/rules.ts'
import { DAY_MS } from '../../src/kernel/clock.ts'
import { NO_CAPS, TODAY, XIHU, YUNSHAN, ZHIJIAN, claim, issue, lin } from '../ledger/fixture.ts'
import { decideLease } from '../../src/budget/rules.ts'
import { parseFen } from '../../src/kernel/amount.ts'
import { MemoryLedger, opened, wang, wu, yuan } from '../ledger/fixture.ts'
import { approve } from '../ledger/voucher-rows.ts'

const LATER = TODAY + DAY_MS

function decided(ledger: MemoryLedger, command: Command, actor: AnyActor): Decision {
  const answer = ledger.run(command, actor, LATER)
  if (!answer.ok) throw new Error(answer.code)
  return answer.value
}

test('a voucher that was made', () => {
  const ledger = opened()
  const { seq } = ledger
  const command = issue(yuan(100), { voucher: 'v9', number: 'NO-9', payee: 'carrier' })
  expect(decided(ledger, command, lin)).toEqual({
    postings: [
      { region: XIHU, year: 2026, from: 'available', to: 'unconfirmed', amount_fen: 10_000 },
    ],
    claim: null,
    redemption: null,
    voucher: {
      id: 'v9',
      number: 'NO-9',
      enterprise: YUNSHAN,
      region: XIHU,
      year: 2026,
      amount_fen: 10_000,
      carrier: ZHIJIAN,
      payee: 'carrier',
      state: 'unconfirmed',
      version: seq + 1,
      issued_at: LATER,
      confirmed_at: null,
      ended_at: null,
      reason: null,
      redemption: null,
      paid_fen: null,
      form: command.form,
    },
  })
})

describe('of a voucher changes only what was done', () => {
  const nothing = { confirmed_at: TODAY, ended_at: null, reason: null, paid_fen: null }
  const ended = { ...nothing, ended_at: LATER }
  test.each<[string, Command, AnyActor, string, object]>([
    ['confirm', { kind: 'confirm', voucher: 'v1' }, wu, 'v1', { confirmed_at: LATER }],
    ['void', { kind: 'void', voucher: 'v1' }, lin, 'v1', { ended_at: LATER }],
    [
      'refuse',
      { kind: 'refuse', voucher: 'v1', reason: ' 做不了 ' },
      wu,
      'v1',
      { ended_at: LATER, reason: '做不了' },
    ],
    [
      'terminate',
      { kind: 'terminate', voucher: 'v2', reason: '重复' },
      wang,
      'v2',
      { ...ended, reason: '重复' },
    ],
    [
      'submit',
      { kind: 'submit', voucher: 'v2', redemption: 'r2' },
      lin,
      'v2',
      { ...nothing, redemption: 'r2' },
    ],
    ['withdraw', { kind: 'withdraw', redemption: 'r3' }, lin, 'v3', nothing],
    ['return', { kind: 'return', redemption: 'r3', reason: '缺发票' }, wang, 'v3', nothing],
    ['approve', approve(yuan(10_000), null), wang, 'v3', { ...ended, paid_fen: yuan(10_000) }],
    ['approve less', approve(1, ' 超支 '), wang, 'v3', { ...ended, paid_fen: 1, reason: '超支' }],
    [
      'reject',
      { kind: 'reject', redemption: 'r3', reason: '不合规' },
      wang,
      'v3',
      { ...ended, reason: '不合规' },
    ],
  ])('%s', (_what, command, actor, id, change) => {
    const ledger = opened()
    const before = ledger.findVoucher(id)
    const { seq } = ledger
    const { voucher } = decided(ledger, command, actor)
    const { state } = voucher ?? {}
    expect(voucher).toEqual({ ...before, ...change, state, version: seq + 1 })
  })
})

describe('a redemption', () => {
  const sent = {
    id: 'r3',
    voucher: 'v3',
    state: 'in_review',
    submitted_at: TODAY,
    decided_at: null,
    paid_fen: null,
    reason: null,
    by: lin.name,
  }
  test.each<[string, Command, AnyActor, object]>([
    ['withdrawn', { kind: 'withdraw', redemption: 'r3' }, lin, {}],
    ['returned', { kind: 'return', redemption: 'r3', reason: ' 缺 ' }, wang, { reason: '缺' }],
    ['approved', approve(yuan(10_000), null), wang, { paid_fen: yuan(10_000) }],
    ['approved', approve(1, '超支'), wang, { paid_fen: 1, reason: '超支' }],
    ['rejected', { kind: 'reject', redemption: 'r3', reason: '缺' }, wang, { reason: '缺' }],
  ])('that was %s', (state, command, actor, change) => {
    const ledger = opened()
    expect(ledger.findRedemption('r3')).toEqual(sent)
    const { redemption, claim: none } = decided(ledger, command, actor)
    expect(redemption).toEqual({ ...sent, ...change, state, decided_at: LATER })
    expect(none).toBeNull()
  })
})

test('a reason given for the whole amount is kept, and one need not be given', () => {
  const { redemption } = decided(opened(), approve(yuan(10_000), '按合同'), wang)
  expect(redemption).toMatchObject({ paid_fen: yuan(10_000), reason: '按合同' })
})

test('a book takes a hundred of the largest claims and not one fen more', () => {
  const ledger = new MemoryLedger()
  for (let n = 0; n < 100; n += 1) ledger.must(claim(AMOUNT_FEN_MAX), lin, TODAY)
  const limit_fen = 100 * AMOUNT_FEN_MAX
  expect(ledger.run(claim(1), lin, TODAY)).toEqual({
    ok: false,
    code: 'amount_too_large',
    facts: { limit_fen, set_by: null, largest_fen: 0 },
  })
  const caps = { ...NO_CAPS, single: { fen_max: 5, set_by: XIHU } }
  const back = { kind: 'hand_back', region: XIHU, year: 2026, amount_fen: 3 } as const
  ledger.must(back, lin, TODAY)
  expect(ledger.run(claim(6, { caps }), lin, TODAY)).toMatchObject({
    code: 'exceeds_single_claim_max',
    facts: { largest_fen: 3 },
  })
  ledger.must(claim(3), lin, TODAY)
})

test.each([
  [60, 40, 'leased'],
  [60, 41, 'refused'],
  [0, 1, 'refused'],
])('of a budget of 100 less %s used, a lease of %s is %s', (used, amount_fen, state) => {
  const sums = { unleased_fen: 0, leased_fen: used, spent_fen: 0, returned_fen: 0 }
  const budget = {
    sums,
    findLease: () => undefined,
    findReturn: () => undefined,
    spentBy: () => 0,
  }
  const ask = { lease: 'a', enterprise: YUNSHAN, amount_fen, budget_fen: used === 0 ? 0 : 100 }
  expect(decideLease(budget, ask, TODAY).put?.state).toBe(state)
})

test('a currency sign stands before the amount or nowhere', () => {
  expect([parseFen('￥12'), parseFen('1￥2')]).toEqual([1_200, undefined])
})
