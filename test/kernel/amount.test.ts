/** What people type as money, what it is inside, and how it is shown again. */
import { describe, expect, test } from 'vitest'
import {
  AMOUNT_FEN_MAX,
  formatFen,
  isAmount,
  parseFen,
  plainFen,
  shareOf,
} from '../../src/kernel/amount.ts'

describe('an amount that was typed', () => {
  test.each([
    ['12000', 1_200_000],
    ['12,000.00', 1_200_000],
    ['12,000', 1_200_000],
    ['1,234,567.8', 123_456_780],
    ['0.01', 1],
    ['.', undefined],
    ['.5', undefined],
    ['0', 0],
    ['00012', 1_200],
    ['1.5', 150],
    ['  12000 ', 1_200_000],
    ['￥12,000.00', 1_200_000],
    ['¥ 12000', 1_200_000],
    ['１２０００．５０', 1_200_050],
    ['１２，０００', 1_200_000],
    ['￥１２，０００．００', 1_200_000],
    ['200000.01', 20_000_001],
    ['0.29', 29],
    ['1.15', 115],
    ['8.2', 820],
    ['100000000000', AMOUNT_FEN_MAX],
    ['100000000000.01', undefined],
    ['99999999999999999999', undefined],
    ['1.234', undefined],
    ['1,2', undefined],
    ['1,20,000', undefined],
    ['12,0000', undefined],
    [',000', undefined],
    ['1,000,', undefined],
    ['-5', undefined],
    ['+5', undefined],
    ['5-', undefined],
    ['1e3', undefined],
    ['0x10', undefined],
    ['一万', undefined],
    ['1 000', undefined],
    ['', undefined],
    ['元', undefined],
    ['Infinity', undefined],
  ])('%s is %s fen', (typed, amount_fen) => {
    expect(parseFen(typed)).toBe(amount_fen)
  })

  test('comes back as it was shown, for every fen to a thousand yuan and around large sums', () => {
    const around = [...Array(100_000).keys(), ...Array(200).keys()].map((n, index) =>
      index < 100_000 ? n : 123_456_789_900 + n,
    )
    for (const fen of around) {
      if (parseFen(formatFen(fen)) !== fen || parseFen(plainFen(fen)) !== fen) {
        expect(formatFen(fen)).toBe(String(fen))
      }
    }
    expect(around).toHaveLength(100_200)
  })
})

test.each([
  [0, '￥0.00', '0.00'],
  [1, '￥0.01', '0.01'],
  [99, '￥0.99', '0.99'],
  [100, '￥1.00', '1.00'],
  [123_456, '￥1,234.56', '1234.56'],
  [100_000_000, '￥1,000,000.00', '1000000.00'],
  [-123_456, '-￥1,234.56', '-1234.56'],
  [AMOUNT_FEN_MAX, '￥100,000,000,000.00', '100000000000.00'],
])('%s fen is shown as %s and put into a field as %s', (fen, shown, field) => {
  expect(formatFen(fen)).toBe(shown)
  expect(formatFen(fen).codePointAt(fen < 0 ? 1 : 0)).toBe(0xffe5)
  expect(plainFen(fen)).toBe(field)
})

test.each([
  [1, true],
  [AMOUNT_FEN_MAX, true],
  [AMOUNT_FEN_MAX + 1, false],
  [0, false],
  [-1, false],
  [0.5, false],
  [Number.NaN, false],
  [Infinity, false],
])('%s may be an amount: %s', (fen, may) => {
  expect(isAmount(fen)).toBe(may)
})

describe('a share is rounded down to the fen', () => {
  test.each([
    [3_000_000, 50, 1_500_000],
    [1, 50, 0],
    [3, 50, 1],
    [10_001, 33.33, 3_333],
    [AMOUNT_FEN_MAX, 100, AMOUNT_FEN_MAX],
    [999_999_999_999, 0.01, 99_999_999],
    [100, 0, 0],
    [1_000, 29, 290],
  ])('of %s fen %s percent is %s', (amount_fen, percent, share_fen) => {
    expect(shareOf(amount_fen, percent)).toBe(share_fen)
  })
})
