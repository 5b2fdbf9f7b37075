/** Books and postings that cannot be: each throws, so that a transaction keeps nothing of it. */
import { describe, expect, test } from 'vitest'
import { ACCOUNTS, checkBook, emptyBook, freedTo, holdingOf } from '../../src/ledger/book.ts'
import { postingsFor, postTo } from '../../src/ledger/book.ts'
import type { Accounts, Posting, Voucher, VoucherState } from '../../src/ledger/rules.ts'
import { decide } from '../../src/ledger/rules.ts'
import { turnAt } from '../../src/ledger/turn-rules.ts'
import { closeYear } from '../../src/ledger/claim-rules.ts'
import { NEXT_YEAR, TODAY, XIHU, opened, wang } from '../ledger/fixture.ts'

const book = {
  region: XIHU,
  year: 2026,
  accounts: { available: 40, unconfirmed: 30, confirmed: 20, in_review: 10, paid: 5, lapsed: 1 },
  claimed_fen: 106,
}
const posting: Posting = {
  region: XIHU,
  year: 2026,
  from: 'available',
  to: 'unconfirmed',
  amount_fen: 10,
}

describe('a book', () => {
  test('starts with nothing in any account', () => {
    const nothing = { available: 0, unconfirmed: 0, confirmed: 0, in_review: 0, paid: 0, lapsed: 0 }
    expect(emptyBook(XIHU, 2026)).toEqual({
      region: XIHU,
      year: 2026,
      accounts: nothing,
      claimed_fen: 0,
    })
    expect(Object.keys(nothing)).toEqual([...ACCOUNTS])
  })

  test.each<[string, Partial<Posting>, Partial<Accounts>, number]>([
    ['moves between accounts', {}, { available: 30, unconfirmed: 40 }, 106],
    ['takes from outside', { from: 'contra' }, { unconfirmed: 40 }, 116],
    ['gives back outside', { to: 'contra' }, { available: 30 }, 96],
    ['empties an account', { amount_fen: 40 }, { available: 0, unconfirmed: 70 }, 106],
  ])('%s', (_what, change, accounts, claimed_fen) => {
    expect(postTo(book, [{ ...posting, ...change }])).toEqual({
      ...book,
      accounts: { ...book.accounts, ...accounts },
      claimed_fen,
    })
  })

  test.each<[string, Partial<Posting>, string]>([
    ['another region', { region: '330203' }, 'posting of another book'],
    ['another year', { year: 2025 }, 'posting of another book'],
    ['nothing', { amount_fen: 0 }, 'posting of nothing'],
    ['less than nothing', { amount_fen: -1 }, 'posting of nothing'],
    ['half a fen', { amount_fen: 0.5 }, 'posting of nothing'],
    ['one account to itself', { to: 'available' }, 'posting that moves nothing'],
    ['more than there is', { amount_fen: 41 }, 'available is -1'],
  ])('refuses a posting of %s', (_what, change, message) => {
    expect(() => postTo(book, [{ ...posting, ...change }])).toThrow(message)
  })

  test.each(ACCOUNTS)('refuses less than nothing and parts of a fen in %s', (account) => {
    for (const fen of [-1, 0.5, Number.NaN, 2 ** 53]) {
      const accounts = { ...book.accounts, [account]: fen }
      expect(() => checkBook({ ...book, accounts })).toThrow(`${account} is ${fen}`)
    }
  })

  test('refuses another sum than was claimed', () => {
    expect(checkBook(book)).toBe(book)
    expect(() => checkBook({ ...book, claimed_fen: 105 })).toThrow('accounts hold 106 of 105')
  })

  test('is closed when its year is over and something is left, and not before', () => {
    const left = { from: 'available', to: 'lapsed', amount_fen: 40, region: XIHU, year: 2026 }
    expect(closeYear(book, NEXT_YEAR)).toEqual([left])
    expect(closeYear(book, NEXT_YEAR - 1)).toEqual([])
    const used = { ...book, accounts: { ...book.accounts, available: 0 } }
    expect(closeYear(used, NEXT_YEAR)).toEqual([])
  })
})

describe('a voucher', () => {
  const made = opened().findVoucher('v1') as Voucher
  const dead: VoucherState[] = [
    'refused',
    'voided',
    'expired',
    'terminated',
    'redeemed',
    'rejected',
  ]

  test.each(dead)('that is %s moves nothing more', (state) => {
    expect(() => postingsFor({ ...made, state }, 'confirmed', TODAY)).toThrow(
      `a voucher that is ${state} holds no money`,
    )
  })

  test.each<[VoucherState, number | null, ReturnType<typeof holdingOf>]>([
    ['unconfirmed', null, { account: 'unconfirmed', amount_fen: made.amount_fen }],
    ['confirmed', null, { account: 'confirmed', amount_fen: made.amount_fen }],
    ['in_review', null, { account: 'in_review', amount_fen: made.amount_fen }],
    ['redeemed', 7, { account: 'paid', amount_fen: 7 }],
    ['redeemed', null, { account: 'paid', amount_fen: 0 }],
    ['voided', null, undefined],
    ['rejected', null, undefined],
  ])('that is %s and paid %s holds %o', (state, paid_fen, holding) => {
    expect(holdingOf({ ...made, state, paid_fen })).toEqual(holding)
  })

  test('is paid in whole without a remainder that posts nothing', () => {
    const sent = { ...made, state: 'in_review' as const }
    const whole = postingsFor(sent, 'redeemed', TODAY, made.amount_fen)
    expect(whole.map(({ to }) => to)).toEqual(['paid'])
    expect(postingsFor(sent, 'rejected', TODAY).map(({ to }) => to)).toEqual(['available'])
    expect([freedTo(2026, NEXT_YEAR - 1), freedTo(2026, NEXT_YEAR)]).toEqual([
      'available',
      'lapsed',
    ])
  })
})

describe('a ledger that cannot be', () => {
  const withdraw = { kind: 'return', redemption: 'r3', reason: '缺发票' } as const

  test('a redemption without its voucher', () => {
    const ledger = opened()
    ledger.vouchers.delete('v3')
    expect(() => decide(ledger, withdraw, wang, TODAY)).toThrow('redemption r3 has no voucher')
  })

  test('a living redemption of a voucher that is not in review', () => {
    const ledger = opened()
    const voucher = ledger.vouchers.get('v3') as Voucher
    ledger.vouchers.set('v3', { ...voucher, state: 'confirmed' })
    expect(() => decide(ledger, withdraw, wang, TODAY)).toThrow(
      'redemption r3 lives, its voucher is confirmed',
    )
  })
})

test('a year’s turn is awaited within its first hour, or ten minutes where it is past', () => {
  expect([turnAt(2026, TODAY, 0), turnAt(2026, TODAY, 0.5)]).toEqual([
    NEXT_YEAR,
    NEXT_YEAR + 1_800_000,
  ])
  expect(turnAt(2026, TODAY, 1 / 7)).toBe(NEXT_YEAR + 514_285)
  expect(turnAt(2026, NEXT_YEAR - 1, 0)).toBe(NEXT_YEAR)
  expect(turnAt(2026, NEXT_YEAR, 0)).toBe(NEXT_YEAR + 600_000)
})
