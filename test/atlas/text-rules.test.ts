/** Texts and ids in columns, and the order of names that a database has too. */
import { expect, test } from 'vitest'
import { openColumns, packColumns, packNumbers } from '../../src/atlas/column-rules.ts'
import { compareTexts, holds, idAt, openTexts, packIds } from '../../src/atlas/text-rules.ts'
import { packTexts, startsWith, textAt } from '../../src/atlas/text-rules.ts'
import { simplified, syllablesOf } from '../../src/kernel/han.ts'

test('texts come out of the bytes as they went in, and parts are found in place', () => {
  const words = ['', '光谱仪', 'GC-2010', '𠮷田', 'a'.repeat(5000)]
  const bytes = packColumns(1, 1, packTexts(words)).buffer as ArrayBuffer
  const texts = openTexts(openColumns(bytes, 1, 1))
  expect(words.map((_, at) => textAt(texts, at))).toEqual(words)
  expect([holds(texts, 1, '谱仪'), holds(texts, 1, '仪谱'), holds(texts, 0, '光')]).toEqual([
    true,
    false,
    false,
  ])
  expect([startsWith(texts, 1, '光谱'), startsWith(texts, 1, '谱')]).toEqual([true, false])
})

test('numbers take two bytes where they fit', () => {
  expect(packNumbers([1, 65_535])).toEqual(Uint16Array.of(1, 65_535))
  expect(packNumbers([1, 65_536])).toEqual(Uint32Array.of(1, 65_536))
})

test('names stand in the order of their bytes in UTF-8', () => {
  const names = ['', 'A', 'a', '光', '光谱', '\uE000', '\uFFFD', '𠮷', '🙂']
  const bytes = (text: string) => new TextEncoder().encode(text)
  const inBytes = [...names].sort((one, other) => {
    const [left, right] = [bytes(one), bytes(other)]
    const at = left.findIndex((byte, place) => byte !== right[place])
    return at < 0 ? left.length - right.length : (left[at] ?? 0) - (right[at] ?? -1)
  })
  expect([...names].reverse().sort(compareTexts)).toEqual(inBytes)
})

test('an id keeps its form, and what is no id is an error', () => {
  const id = '01890000-0000-7abc-8def-000000000001'
  expect(idAt(packIds(['00000000-0000-0000-0000-000000000000', id]), 1)).toBe(id)
  expect(() => packIds(['carrier-1'])).toThrow('a subject is a UUID')
})

test.each([
  ['氣相色譜儀', '气相色谱仪'],
  ['臺灣檢測中心', '台湾检测中心'],
  ['乾燥', '干燥'],
  ['光谱 GC', '光谱 GC'],
])('%s is %s', (traditional, plain) => {
  expect(simplified(traditional)).toBe(plain)
})

test.each([
  ['重庆', 'chong qing'],
  ['长兴', 'chang xing'],
  ['乐清', 'yue qing'],
  ['莲都', 'lian du'],
  ['绿色', 'lv se'],
  ['𠮷田', 'tian'],
])('%s sounds %s', (han, sound) => {
  expect(syllablesOf(han).join(' ')).toBe(sound)
})
