/** Every rule of a use with the field it speaks of, and the largest amount with its reason. */
import { describe, expect, test } from 'vitest'
import { largestUse, sameContract } from '../../src/voucher/contract-rules.ts'
import { decideUse } from '../../src/voucher/use-rules.ts'
import type { Typed, UseFacts } from '../../src/voucher/use-rules.ts'
import type { Voucher } from '../../src/ledger/rules.ts'
import { resolvePolicy } from '../../src/policy/rules.ts'
import type { Policy, PolicyParams } from '../../src/policy/rules.ts'

function policy(params: PolicyParams = {}): Policy {
  const set: PolicyParams = {
    ratio_percent: 50,
    papers_at_use: ['contract'],
    payees: ['carrier', 'enterprise'],
    ...params,
  }
  const row = { region: '330106', bureau: '西湖区科学技术局', version: 1, params: set }
  return resolvePolicy('330106', 2026, [row], () => 'v1')
}

const YUNSHAN = { uscc: '91330106MA2DEM017U', legal_representative: '沈云舟' }
const ZHIJIAN = {
  uscc: '123300004700010160',
  legal_representative: '顾正明',
  state: 'active',
} as const

const TYPED: Typed = {
  category: '检验检测',
  contract_name: '整机测评合同',
  contract_number: 'ZC-1',
  contract_amount: '30000',
  contract_day: '2026-11-20',
  starts_day: '2026-11-21',
  ends_day: '2026-12-20',
  amount: '12000',
  contact: '林知远',
  payee: 'enterprise',
  commitment: '1',
}

const FACTS: UseFacts = {
  registered: YUNSHAN,
  available_fen: 20_000_000,
  policy: policy(),
  carrier: ZHIJIAN,
  service: { category: '检验检测' },
  booked: false,
  same_contract_fen: 0,
  papers: [{ kind: 'contract' }],
  papers_max: 10,
  today: '2026-11-24',
}

function refusals(typed: Partial<Typed>, facts: Partial<UseFacts>): string[] {
  const all = { ...TYPED, ...typed } as Typed
  return decideUse(all, { ...FACTS, ...facts }).map(({ field, code }) => `${field}: ${code}`)
}

test('a use that keeps every rule is not refused', () => {
  expect(refusals({}, {})).toEqual([])
})

describe('each rule refuses by name, beside its field', () => {
  const rows: [string, Partial<Typed>, Partial<UseFacts>][] = [
    ['form: not_registered', {}, { registered: null }],
    ['form: booking_required', {}, { policy: policy({ online_booking_required: true }) }],
    ['carrier: carrier_missing', {}, { carrier: null }],
    ['carrier: carrier_not_active', {}, { carrier: { ...ZHIJIAN, state: 'suspended' } }],
    ['carrier: related_credit_code', {}, { carrier: { ...ZHIJIAN, uscc: YUNSHAN.uscc } }],
    [
      'carrier: related_legal_representative',
      {},
      { carrier: { ...ZHIJIAN, legal_representative: ' 沈 云舟' } },
    ],
    ['service: service_missing', {}, { service: null }],
    [
      'service: service_not_allowed',
      {},
      { service: { category: '仪器共享' }, policy: policy({ categories: ['检验检测'] }) },
    ],
    ['category: category_missing', { category: '' }, {}],
    ['category: category_not_allowed', { category: '办公用品' }, {}],
    ['contract_name: text_missing', { contract_name: '  ' }, {}],
    ['contract_name: text_too_long', { contract_name: '合'.repeat(101) }, {}],
    ['contract_number: text_missing', { contract_number: '' }, {}],
    ['contact: text_missing', { contact: '' }, {}],
    ['contract_amount: amount_missing', { contract_amount: '', amount: '1' }, {}],
    ['contract_amount: amount_unreadable', { contract_amount: '三万', amount: '1' }, {}],
    ['amount: amount_missing', { amount: '' }, {}],
    ['amount: amount_unreadable', { amount: '12.345' }, {}],
    ['amount: amount_not_positive', { amount: '0' }, {}],
    ['amount: exceeds_ratio', { amount: '15000.01' }, {}],
    ['amount: exceeds_available', {}, { available_fen: 1_199_999 }],
    ['amount: exceeds_contract_max', {}, { policy: policy({ contract_fen: 1_000_000 }) }],
    ['contract_day: day_missing', { contract_day: '' }, {}],
    ['contract_day: day_unreadable', { contract_day: '2026-02-30' }, {}],
    ['contract_day: contract_in_future', { contract_day: '2026-11-25' }, {}],
    ['contract_day: contract_before_policy', { contract_day: '2025-12-31' }, {}],
    [
      'contract_day: contract_after_policy',
      {},
      { policy: policy({ contract_until: '2026-10-31' }) },
    ],
    ['starts_day: day_missing', { starts_day: '' }, {}],
    ['ends_day: day_unreadable', { ends_day: 'soon' }, {}],
    ['ends_day: ends_before_start', { ends_day: '2026-11-20' }, {}],
    ['payee: payee_missing', { payee: '' }, {}],
    [
      'payee: payee_not_allowed',
      { payee: 'carrier' },
      { policy: policy({ payees: ['enterprise'] }) },
    ],
    ['paper_contract: paper_missing', {}, { papers: [] }],
    [
      'paper_contract: papers_too_many',
      {},
      { papers: Array.from({ length: 11 }, () => ({ kind: 'contract' as const })) },
    ],
    ['invoice_number: invoice_number_missing', { invoice_code: '3300194130' }, {}],
    [
      'invoice_code: invoice_code_unreadable',
      { invoice_code: '33', invoice_number: '12345678' },
      {},
    ],
    ['invoice_number: invoice_number_unreadable', { invoice_number: 'A1' }, {}],
    ['commitment: commitment_missing', { commitment: '' }, {}],
  ]
  test.each(rows)('%s', (refusal, typed, facts) => {
    expect(refusals(typed, facts)).toEqual([refusal])
  })
})

test('everything that is wrong is said at once, in the order of the form', () => {
  const wrong = { contract_name: '', amount: '20000', commitment: '' }
  expect(refusals(wrong, { carrier: null })).toEqual([
    'carrier: carrier_missing',
    'contract_name: text_missing',
    'amount: exceeds_ratio',
    'commitment: commitment_missing',
  ])
})

test('where only one kind is issued the payee need not be chosen', () => {
  expect(refusals({ payee: '' }, { policy: policy({ payees: ['carrier'] }) })).toEqual([])
})

test('an accepted booking opens a use where booking is required', () => {
  const required = policy({ online_booking_required: true })
  expect(refusals({}, { policy: required, booked: true })).toEqual([])
})

test('a policy that reaches back admits a contract of last year', () => {
  const reaching = policy({ contract_from: '2025-10-01' })
  expect(refusals({ contract_day: '2025-12-31' }, { policy: reaching })).toEqual([])
})

describe('the largest amount names the limit that binds', () => {
  const rows: [string, number | undefined, Partial<UseFacts>, number][] = [
    ['ratio', 3_000_000, {}, 1_500_000],
    ['available', 3_000_000, { available_fen: 700_000 }, 700_000],
    ['contract', 3_000_000, { policy: policy({ contract_fen: 1_000_000 }) }, 1_000_000],
    ['available', undefined, {}, 20_000_000],
    ['ratio', 3_000_000, { same_contract_fen: 1_200_000 }, 300_000],
    ['ratio', 3_000_000, { same_contract_fen: 1_600_000 }, 0],
    [
      'contract',
      3_000_000,
      { policy: policy({ contract_fen: 1_000_000 }), same_contract_fen: 400_000 },
      600_000,
    ],
    ['ratio', 3_000_000, { policy: policy({ ratio_percent: 'unlimited' }) }, 3_000_000],
    ['ratio', 333, {}, 166],
  ]
  test.each(rows)('%s binds a contract of %s fen', (bound, contract_fen, facts, fen) => {
    expect(largestUse(contract_fen, { ...FACTS, ...facts })).toMatchObject({ bound, fen })
  })
})

test('vouchers on the same contract count together while they live', () => {
  const one = (state: Voucher['state'], more: Partial<Voucher> = {}) =>
    ({
      id: state,
      carrier: 'zhijian',
      state,
      amount_fen: 100,
      paid_fen: null,
      form: { contract_number: 'zc-１ ' },
      ...more,
    }) as Voucher
  const contract = { carrier: 'zhijian', contract_number: 'ZC-1', except: 'this' }
  const all = [
    one('unconfirmed'),
    one('confirmed'),
    one('redeemed', { paid_fen: 40 }),
    one('voided'),
    one('refused'),
    one('expired'),
    one('terminated'),
    one('rejected'),
    one('confirmed', { id: 'this' }),
    one('confirmed', { id: 'other', carrier: 'cailiao' }),
    one('confirmed', { id: 'another', form: { contract_number: 'ZC-2' } }),
  ]
  expect(sameContract(all, contract)).toBe(240)
})
