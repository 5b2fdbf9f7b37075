/** The function diagram as a table: what each standing shows, and the one next action. */
import { describe, expect, test } from 'vitest'
import { countStates, stepsOf } from '../../src/hall/step-rules.ts'
import type { Standing } from '../../src/hall/step-rules.ts'
import type { Quota } from '../../src/quota/rules.ts'

const FREE = { fen_max: null, set_by: null }
const QUOTA: Quota = {
  region: '330106',
  year: 2026,
  total: { fen_max: 20_000_000, set_by: '330106' },
  single: FREE,
  holding: FREE,
  budget: FREE,
  claimed_fen: 0,
  available_fen: 0,
  unconfirmed_fen: 0,
  budget_left_fen: null,
  remaining_fen: 20_000_000,
}
const NOTHING: Standing = { registration: 'none', quota: null, vouchers: {}, own: {} }
const APPROVED: Standing = { ...NOTHING, registration: 'approved', quota: QUOTA }
const FUNDED: Standing = { ...APPROVED, quota: { ...QUOTA, available_fen: 18_800_000 } }
const SPENT: Standing = { ...APPROVED, quota: { ...QUOTA, remaining_fen: 0 } }

/** Each step as state or state(reason), the next one starred. */
function told(standing: Standing): string[] {
  return stepsOf(standing).map(({ state, reason, next }) => {
    const why = reason ? `(${reason})` : ''
    return `${next ? '*' : ''}${state}${why}`
  })
}

describe('the four steps', () => {
  test.each<[string, Standing, string[]]>([
    [
      'a newcomer registers first',
      NOTHING,
      ['*open', 'locked(not_registered)', 'locked(not_registered)', 'locked(no_voucher)'],
    ],
    [
      'a returned form is the enterprise’s turn again',
      { ...NOTHING, registration: 'returned' },
      ['*open', 'locked(not_registered)', 'locked(not_registered)', 'locked(no_voucher)'],
    ],
    [
      'under review nobody but the bureau can act',
      { ...NOTHING, registration: 'waiting' },
      ['waits', 'locked(registration_waits)', 'locked(registration_waits)', 'locked(no_voucher)'],
    ],
    [
      'a suspended one is told to ask',
      { ...NOTHING, registration: 'suspended' },
      [
        'locked(registration_ended)',
        'locked(registration_ended)',
        'locked(registration_ended)',
        'locked(no_voucher)',
      ],
    ],
    [
      'once approved, claiming is next',
      APPROVED,
      ['done', '*open', 'locked(nothing_available)', 'locked(no_voucher)'],
    ],
    ['with quota in hand, using is next', FUNDED, ['done', 'open', '*open', 'locked(no_voucher)']],
    [
      'money that is due comes before more spending',
      { ...FUNDED, vouchers: { confirmed: 1 }, own: { confirmed: 1 } },
      ['done', 'open', 'open', '*open'],
    ],
    [
      'all spent and unconfirmed: the carrier acts',
      { ...SPENT, vouchers: { unconfirmed: 1 }, own: { unconfirmed: 1 } },
      ['done', 'done(nothing_left_to_claim)', 'waits(awaits_carrier)', 'locked(awaits_carrier)'],
    ],
    [
      'where the carrier redeems, the enterprise is told so',
      { ...FUNDED, vouchers: { confirmed: 2 } },
      ['done', 'open', '*open', 'locked(carrier_redeems)'],
    ],
    [
      'in review the bureau acts',
      { ...SPENT, vouchers: { in_review: 1 }, own: { in_review: 1 } },
      ['done', 'done(nothing_left_to_claim)', 'locked(nothing_available)', 'waits'],
    ],
    [
      'all redeemed',
      { ...SPENT, vouchers: { redeemed: 1 }, own: { redeemed: 1 } },
      ['done', 'done(nothing_left_to_claim)', 'locked(nothing_available)', 'done'],
    ],
  ])('%s', (_name, standing, expected) => {
    expect(told(standing)).toEqual(expected)
  })

  test('a confirmed voucher can be redeemed even when the registration is suspended', () => {
    const steps = stepsOf({
      ...NOTHING,
      registration: 'suspended',
      vouchers: { confirmed: 1 },
      own: { confirmed: 1 },
    })
    expect(steps[3]).toMatchObject({ state: 'open', next: true, count: 1 })
  })
})

test('vouchers are counted by state', () => {
  expect(countStates([{ state: 'voided' }, { state: 'confirmed' }, { state: 'voided' }])).toEqual({
    voided: 2,
    confirmed: 1,
  })
})
