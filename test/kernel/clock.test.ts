/** Days and years in Asia/Shanghai, whatever zone the machine is in. */
import { describe, expect, test } from 'vitest'
import {
  DAY_MS,
  dayOf,
  dayStartsAt,
  daysSince,
  minuteOf,
  yearOf,
  yearStartsAt,
} from '../../src/kernel/clock.ts'

test.each([
  ['2026-12-31T15:59:59.999Z', 2026, '2026-12-31', '2026-12-31 23:59'],
  ['2026-12-31T16:00:00.000Z', 2027, '2027-01-01', '2027-01-01 00:00'],
  ['2025-12-31T15:59:59.999Z', 2025, '2025-12-31', '2025-12-31 23:59'],
  ['2025-12-31T16:00:00.000Z', 2026, '2026-01-01', '2026-01-01 00:00'],
  ['2026-01-01T00:00:00.000Z', 2026, '2026-01-01', '2026-01-01 08:00'],
  ['2028-02-28T16:00:00.000Z', 2028, '2028-02-29', '2028-02-29 00:00'],
  ['2028-02-29T15:59:59.999Z', 2028, '2028-02-29', '2028-02-29 23:59'],
  ['2028-02-29T16:00:00.000Z', 2028, '2028-03-01', '2028-03-01 00:00'],
  ['2026-11-24T02:00:00.000Z', 2026, '2026-11-24', '2026-11-24 10:00'],
])('%s is in %s, on %s, at %s', (instant, year, day, minute) => {
  const at = Date.parse(instant)
  expect([yearOf(at), dayOf(at), minuteOf(at)]).toEqual([year, day, minute])
})

test('a year starts where the one before ends, from 1992 to 2100', () => {
  for (let year = 1992; year <= 2100; year += 1) {
    const start = yearStartsAt(year)
    expect([yearOf(start - 1), yearOf(start)]).toEqual([year - 1, year])
    expect(dayOf(start)).toBe(`${year}-01-01`)
  }
})

test('our days are those of the zone’s own calendar', () => {
  const calendar = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' })
  const start = Date.parse('1992-01-01T03:00:00Z')
  for (let day = 0; day < 14_000; day += 7) {
    const at = start + day * DAY_MS
    expect(dayOf(at)).toBe(calendar.format(at))
  }
})

describe('a day', () => {
  test.each([
    ['2026-11-24', '2026-11-23T16:00:00.000Z'],
    ['2028-02-29', '2028-02-28T16:00:00.000Z'],
    ['2027-01-01', '2026-12-31T16:00:00.000Z'],
  ])('%s starts at %s', (day, instant) => {
    expect(dayStartsAt(day)).toBe(Date.parse(instant))
    expect(dayOf(dayStartsAt(day) ?? 0)).toBe(day)
  })

  test.each([
    '2026-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-11-31',
    '2026-1-1',
    '26-11-24',
    '2026/11/24',
    '2026-11-24T00:00',
    ' 2026-11-24',
    '２０２６-11-24',
    '',
  ])('%s is none', (day) => {
    expect(dayStartsAt(day)).toBeUndefined()
  })
})

test('days of waiting are whole ones', () => {
  const NOON = Date.parse('2026-11-24T04:00:00.000Z')
  expect(daysSince(NOON, NOON - 1)).toBe(0)
  expect(daysSince(NOON, NOON + 86_399_999)).toBe(0)
  expect(daysSince(NOON, NOON + 86_400_000)).toBe(1)
})
