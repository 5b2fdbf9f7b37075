/** 还可申领额度, the largest claim, what is wrong with a claim, and the keys of its form. */
import { describe, expect, test } from 'vitest'
import { isId } from '../../src/kernel/id.ts'
import { refuse } from '../../src/kernel/outcome.ts'
import {
  checkClaim,
  keyAfter,
  lapsesSoon,
  largestClaim,
  nextClaimId,
  nextHandBackKey,
  placed,
  readAmount,
  referenceOf,
  remaining,
  tightest,
} from '../../src/quota/rules.ts'
import type { Quota, Standing } from '../../src/quota/rules.ts'

const free = { fen_max: null, set_by: null }
const cap = (fen_max: number) => ({ fen_max, set_by: '330106' })

const NOTHING: Standing = {
  total: free,
  holding: free,
  claimed_fen: 0,
  available_fen: 0,
  unconfirmed_fen: 0,
  budget_left_fen: null,
}

describe('还可申领额度 is the smallest room under total, holding and budget', () => {
  const cases: [string, Partial<Standing>, number | null, string | null][] = [
    ['nothing limits', {}, null, null],
    ['only a total, nothing claimed', { total: cap(20_000_000) }, 20_000_000, 'total'],
    ['part claimed', { total: cap(20_000_000), claimed_fen: 8_000_000 }, 12_000_000, 'total'],
    ['all claimed', { total: cap(20_000_000), claimed_fen: 20_000_000 }, 0, 'total'],
    ['the total lowered since', { total: cap(5_000_000), claimed_fen: 8_000_000 }, 0, 'total'],
    [
      'the holding cap binds, counting what waits for confirmation',
      {
        total: cap(20_000_000),
        claimed_fen: 8_000_000,
        holding: cap(10_000_000),
        available_fen: 5_600_000,
        unconfirmed_fen: 600_000,
      },
      3_800_000,
      'holding',
    ],
    [
      'more is held than is allowed now',
      { holding: cap(1_000_000), available_fen: 2_000_000 },
      0,
      'holding',
    ],
    ['the budget binds', { total: cap(20_000_000), budget_left_fen: 300 }, 300, 'budget'],
    ['the budget is used up', { budget_left_fen: 0 }, 0, 'budget'],
    ['a cap of zero', { total: cap(0) }, 0, 'total'],
  ]
  test.each(cases)('%s', (_name, standing, left_fen, limit) => {
    const full = { ...NOTHING, ...standing }
    expect(remaining(full)).toBe(left_fen)
    expect(tightest(full)).toBe(limit)
  })
})

test.each([
  [null, free, null],
  [null, cap(5_000_000), 5_000_000],
  [3_800_000, free, 3_800_000],
  [3_800_000, cap(5_000_000), 3_800_000],
  [9_000_000, cap(5_000_000), 5_000_000],
  [0, cap(5_000_000), 0],
])('the largest claim of %s left under a single cap of %o is %s', (left, single, largest) => {
  expect(largestClaim({ remaining_fen: left, single })).toBe(largest)
})

test.each([
  ['12000', 1_200_000],
  ['12,000.00', 1_200_000],
  ['１２０００', 1_200_000],
  ['0.01', 1],
  ['￥200,000.01', 20_000_001],
  ['', 'amount_missing'],
  ['   ', 'amount_missing'],
  ['一万', 'amount_unreadable'],
  ['12.345', 'amount_unreadable'],
  ['1,2000', 'amount_unreadable'],
  ['-5', 'amount_unreadable'],
  ['1e6', 'amount_unreadable'],
  ['0', 'amount_not_positive'],
  ['0.00', 'amount_not_positive'],
])('the amount %j is read as %s', (typed, expected) => {
  const read = readAmount(typed)
  expect(read.ok ? read.value : read.code).toBe(expected)
})

const XIHU: Quota = {
  ...NOTHING,
  region: '330106',
  year: 2026,
  total: cap(20_000_000),
  single: free,
  budget: free,
  remaining_fen: 20_000_000,
}
const FORM = { year: '2026', region: '330106', amount: '12,000.00' }

describe('a claim is checked before the ledger is asked', () => {
  const cases: [string, Partial<Quota>, Partial<typeof FORM>, Record<string, string>][] = [
    ['no region', {}, { region: '' }, { region: 'region_missing' }],
    ['another county', {}, { region: '330203' }, { region: 'other_region' }],
    ['no amount', {}, { amount: '' }, { amount: 'amount_missing' }],
    [
      'both at once, so that nothing is told in instalments',
      {},
      { region: '', amount: 'abc' },
      { region: 'region_missing', amount: 'amount_unreadable' },
    ],
    ['a form of last year', {}, { year: '2025' }, { form: 'stale_year' }],
  ]
  test.each(cases)('%s', (_name, quota, typed, codes) => {
    const checked = checkClaim({ ...XIHU, ...quota }, { ...FORM, ...typed })
    if (checked.ok) throw new Error('it passed')
    const found = Object.entries(checked.refusals).map(([field, { code }]) => [field, code])
    expect(Object.fromEntries(found)).toEqual(codes)
  })

  test('the budget is left to the ledger: of a retry it may be this claim that used it up', () => {
    const quota = { ...XIHU, budget: cap(100), budget_left_fen: 0 }
    expect(checkClaim(quota, FORM)).toEqual({ ok: true, amount_fen: 1_200_000 })
  })

  test('the caps are left to the ledger, which alone knows the book', () => {
    const typed = { ...FORM, amount: '200,000.01' }
    expect(checkClaim(XIHU, typed)).toEqual({ ok: true, amount_fen: 20_000_001 })
  })
})

test('a refusal about money stands beside the amount, any other above the form', () => {
  expect(Object.keys(placed(refuse('exceeds_holding_max')))).toEqual(['amount'])
  expect(Object.keys(placed(refuse('amount_too_large')))).toEqual(['amount'])
  expect(Object.keys(placed(refuse('unavailable')))).toEqual(['form'])
  expect(Object.keys(placed(refuse('key_reused')))).toEqual(['form'])
})

describe('the id that a form of a claim holds', () => {
  const made = (count: number) => Array.from({ length: count }, () => XIHU)
  const first = nextClaimId('E1', XIHU, [])

  test('is the same for two agents who see the same claims', () => {
    expect(isId(first)).toBe(true)
    expect(nextClaimId('E1', { ...XIHU, available_fen: 100 }, [])).toBe(first)
  })

  test('is another after a claim, in another year, enterprise or county', () => {
    const others = [
      nextClaimId('E1', XIHU, made(1)),
      nextClaimId('E1', { ...XIHU, year: 2027 }, []),
      nextClaimId('E2', XIHU, []),
      nextClaimId('E1', { ...XIHU, region: '330203' }, []),
      nextHandBackKey('E1', XIHU, []),
    ]
    expect(new Set([first, ...others]).size).toBe(6)
  })

  test('counts only what was claimed in the same county and year', () => {
    expect(nextClaimId('E1', XIHU, [{ region: '330106', year: 2025 }])).toBe(first)
  })

  test('stays only where nobody knows what became of it', () => {
    const next = nextClaimId('E1', XIHU, made(1))
    expect(keyAfter(undefined, first, next)).toBe(next)
    expect(keyAfter(refuse('unavailable'), first, next)).toBe(first)
    expect(keyAfter(refuse('exceeds_holding_max'), first, next)).toBe(next)
    expect(keyAfter(refuse('already_exists'), first, next)).toBe(next)
  })
})

test('the key of a hand-back changes with every hand-back and with what is available', () => {
  const keys = [
    nextHandBackKey('E1', XIHU, []),
    nextHandBackKey('E1', XIHU, [XIHU]),
    nextHandBackKey('E1', { ...XIHU, available_fen: 1 }, []),
  ]
  expect(new Set(keys).size).toBe(3)
})

test('a reference says what it is of, its day and the end of its id', () => {
  const id = '01890000-0000-7000-8000-9f3a7c21b0e4'
  expect(referenceOf('claim', id, '2026-11-24')).toBe('SL-20261124-9F3A7C21B0E4')
  expect(referenceOf('hand_back', id, '2026-11-24')).toBe('TH-20261124-9F3A7C21B0E4')
})

test('what lapses is said in the last sixty days of its year, while there is something', () => {
  const at = (text: string) => Date.parse(`${text}+08:00`)
  const some = { year: 2026, available_fen: 1 }
  expect(lapsesSoon(some, at('2026-11-01T23:59:59'))).toBe(false)
  expect(lapsesSoon(some, at('2026-11-02T00:00:00'))).toBe(true)
  expect(lapsesSoon(some, at('2026-12-31T23:59:59'))).toBe(true)
  expect(lapsesSoon(some, at('2027-01-01T00:00:00'))).toBe(false)
  expect(lapsesSoon({ ...some, available_fen: 0 }, at('2026-12-31T12:00:00'))).toBe(false)
})
