/** How 「办事大厅」 finds its services by a word, and how phones are masked. */
import { describe, expect, test } from 'vitest'
import { findItems, isItem, maskedPhone } from '../../src/hall/item-rules.ts'
import { searchText } from '../../src/hall/item-strings.ts'

describe('a word', () => {
  test.each([
    ['创新券', ['claim', 'use']],
    ['', ['claim', 'use']],
    ['　创新券 额度 ', ['claim', 'use']],
    ['退回', []],
    ['检验检测', ['use']],
    ['领券', ['claim']],
    ['ＶＯＵＣＨＥＲ', ['claim', 'use']],
    ['火星移民', []],
    ['创新券 火星', []],
    ['%', []],
  ])('%s finds %j', (word, items) => {
    expect(findItems(word, searchText)).toEqual(items)
  })
})

test('only the two services have a guide', () => {
  expect(['claim', 'use', 'toString', ''].map(isItem)).toEqual([true, true, false, false])
})

test('a phone keeps its first three and last four digits', () => {
  expect(maskedPhone('13900000004')).toBe('139****0004')
  expect(maskedPhone('0571')).toBe('****')
})
