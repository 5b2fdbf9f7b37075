/** A row for each refusal of the ledger's closed list, and the order of those that compete. */
import { describe, expect, test } from 'vitest'
import type { AnyActor } from '../../src/kernel/actor.ts'
import { LEDGER_REFUSALS } from '../../src/ledger/rules.ts'
import type { Command, LedgerRefusal } from '../../src/ledger/rules.ts'
import {
  HANGZHOU,
  TODAY,
  XIHU,
  claim,
  feng,
  lin,
  opened,
  sun,
  wang,
  wei,
  wu,
  zhou,
} from './fixture.ts'
import { yuan } from './fixture.ts'
import { QUOTA_ROWS, capped, xihu } from './quota-rows.ts'
import { VOUCHER_ROWS, approve } from './voucher-rows.ts'

const ROWS = [...QUOTA_ROWS, ...VOUCHER_ROWS]

test.each(ROWS)('%s: %s', (_sentence, code, command, actor, facts = {}) => {
  const ledger = opened()
  const { seq } = ledger
  expect(ledger.run(command, actor, TODAY)).toEqual({ ok: false, code, facts })
  expect(ledger.seq).toBe(seq)
})

test('every refusal that the rules give has a row', () => {
  // The first four are the envelope's, and only a region finds its budget used up.
  const decided = LEDGER_REFUSALS.slice(4).filter((code) => code !== 'exceeds_budget')
  expect([...new Set(ROWS.map(([, code]) => code))].sort()).toEqual(decided.sort())
})

/** Two things are wrong; the first of the list is answered. */
const RIVALS: [string, LedgerRefusal, Command, AnyActor][] = [
  [
    'a stranger, a city, an id that is taken, nothing to claim',
    'not_the_enterprise',
    claim(0, { claim: 'c1', region: HANGZHOU }),
    zhou,
  ],
  [
    'a city, an id that is taken, nothing to claim',
    'unknown_region',
    claim(0, { claim: 'c1', region: HANGZHOU }),
    lin,
  ],
  [
    'an id whose claim was given up, and which is taken so, nothing to claim',
    'claim_abandoned',
    claim(0, { claim: 'c0' }),
    lin,
  ],
  ['an id that is taken, nothing to claim', 'already_exists', claim(0, { claim: 'c1' }), lin],
  [
    'all three caps',
    'exceeds_single_claim_max',
    capped(100_000, { single: xihu(1), total: xihu(1), holding: xihu(1) }),
    lin,
  ],
  [
    'yearly total and holding',
    'exceeds_claim_total_max',
    capped(100_000, { total: xihu(1), holding: xihu(1) }),
    lin,
  ],
  [
    'another carrier, and a voucher that is confirmed already',
    'not_the_carrier',
    { kind: 'confirm', voucher: 'v2' },
    sun,
  ],
  [
    'a state that has moved on, and no reason',
    'not_in_state',
    { kind: 'refuse', voucher: 'v2', reason: '' },
    wu,
  ],
  [
    'another bureau, no review role, no reason',
    'not_the_bureau',
    { kind: 'reject', redemption: 'r3', reason: '' },
    { ...feng, staff: [] },
  ],
  [
    'a closed year, and nothing to hand back',
    'year_closed',
    { kind: 'hand_back', region: XIHU, year: 2025, amount_fen: 0 },
    lin,
  ],
  ['too much paid, and no reason', 'exceeds_voucher_amount', approve(yuan(10_001), null), wang],
]

describe('of several refusals the earlier of the list is answered', () => {
  test.each(RIVALS)('%s: %s', (_sentence, code, command, actor) => {
    const decided = opened().run(command, actor, TODAY)
    expect(decided).toMatchObject({ ok: false, code })
  })
})

test('a city’s reviewer may decide for a county that the door names', () => {
  const ledger = opened()
  ledger.must({ kind: 'return', redemption: 'r3', reason: '缺发票', acting_for: XIHU }, wei, TODAY)
  expect(ledger.findVoucher('v3')?.state).toBe('confirmed')
})
