/** When a carrier is open, as people say it. */
import { expect, test } from 'vitest'
import { openingWords } from '../../src/catalogue/client.ts'
import { daySpans } from '../../src/catalogue/rules.ts'

test('days of the week in a row are said as one', () => {
  expect(daySpans([1, 2, 3, 4, 5])).toEqual([[1, 5]])
  expect(daySpans([7, 1, 2, 5])).toEqual([
    [1, 2],
    [5, 5],
    [7, 7],
  ])
  expect(daySpans([])).toEqual([])
})

test('opening hours are words in both languages', () => {
  const opening = { days: [1, 2, 3, 4, 5, 7], from: '09:00', to: '17:00' }
  expect(openingWords(opening, 'zh')).toBe('周一至周五、周日 09:00–17:00')
  expect(openingWords(opening, 'en')).toBe('Mon to Fri, Sun 09:00–17:00')
})
