/** 统一社会信用代码 against GB 32100-2015: alphabet, length, places and check character. */
import { describe, expect, test } from 'vitest'
import { checkCharacter, isUscc, normalUscc } from '../../src/kernel/uscc.ts'
import cast from '../demo/cast.json'

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'

test('every code of the cast is one', () => {
  const codes = [...cast.enterprises, ...cast.carriers].map(({ uscc }) => uscc)
  expect(codes.filter((code) => !isUscc(code))).toEqual([])
  expect(codes.length).toBeGreaterThan(7)
})

describe('a code of a known organisation', () => {
  // Published codes: 阿里巴巴（中国）, 华为技术, 百度在线, 浙江大学, 腾讯.
  test.each([
    '91330100799655058B',
    '914403001922038216',
    '91110108717743469K',
    '12100000470095016Q',
    '9144030071526726XG',
  ])('%s is right', (code) => {
    expect(isUscc(code)).toBe(true)
  })
})

describe('is refused', () => {
  test.each([
    ['a wrong check character', '91330100799655058C'],
    ['a digit changed', '91330100799655068B'],
    ['seventeen characters', '9133010079965505B'],
    ['nineteen characters', '91330100799655058BB'],
    ['an I, which the alphabet leaves out', '9133010079965505I8'],
    ['an O', '913301007996550O8B'],
    ['an S, V or Z', 'S1330100799655058B'],
    ['a letter among the six digits of the region', '91A30100799655058B'],
    ['lower case', '91330100799655058b'],
    ['full-width digits', '９1330100799655058B'],
    ['spaces', '9133 0100799655058B'],
    ['nothing', ''],
  ])('%s', (_why, code) => {
    expect(isUscc(code)).toBe(false)
  })

  test('every single character changed, in every place', () => {
    const code = '91330106MA2DEM017U'
    let changed = 0
    for (let place = 0; place < 18; place += 1)
      for (const character of ALPHABET) {
        if (character === code.charAt(place)) continue
        changed += 1
        expect(isUscc(code.slice(0, place) + character + code.slice(place + 1))).toBe(false)
      }
    expect(changed).toBe(18 * 30)
  })

  test('two neighbours exchanged', () => {
    const code = '91330106MA2DEM017U'
    for (let place = 0; place < 17; place += 1) {
      const [one, other] = [code.charAt(place), code.charAt(place + 1)]
      if (one === other) continue
      expect(isUscc(code.slice(0, place) + other + one + code.slice(place + 2))).toBe(false)
    }
  })
})

test('what was typed is compared in upper case, half width, without spaces', () => {
  expect(normalUscc(' 9133 0106 ma2dem017u ')).toBe('91330106MA2DEM017U')
  expect(normalUscc('９１３３０１０６ＭＡ２ＤＥＭ０１７Ｕ')).toBe('91330106MA2DEM017U')
  expect(normalUscc('91330106\u3000MA2DEM017U')).toBe('91330106MA2DEM017U')
})

test('the check character of seventeen zeros is a zero', () => {
  expect(checkCharacter('0'.repeat(17))).toBe('0')
})
