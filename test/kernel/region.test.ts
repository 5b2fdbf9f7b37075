/** The province, its 11 cities and 90 counties: names, chains, and who stands above whom. */
import { describe, expect, test } from 'vitest'
import {
  CITIES,
  PROVINCE,
  REGIONS,
  chainOf,
  countiesOf,
  covers,
  findRegion,
  regionName,
  spanOf,
} from '../../src/kernel/region.ts'

test('there are one province, 11 cities and 90 counties, each county in its city', () => {
  const levels = [1, 2, 3].map((level) => REGIONS.filter((region) => region.level === level).length)
  expect(levels).toEqual([1, 11, 90])
  expect(CITIES).toHaveLength(11)
  expect(CITIES.flatMap((city) => countiesOf(city.code))).toHaveLength(90)
  expect(new Set(REGIONS.map(({ code }) => code)).size).toBe(102)
})

test('every code is of six digits, and every parent stands one level above', () => {
  for (const { code, level, parent } of REGIONS) {
    expect(code).toMatch(/^33\d{4}$/)
    expect(findRegion(parent ?? '')?.level).toBe(level === 1 ? undefined : level - 1)
  }
})

test.each([
  ['330106', ['330106', '330100', '330000']],
  ['330100', ['330100', '330000']],
  ['330000', ['330000']],
  ['310101', []],
  ['', []],
])('the chain of %s is %s', (code, chain) => {
  expect(chainOf(code).map((region) => region.code)).toEqual(chain)
})

describe('who stands above whom', () => {
  test.each([
    ['330106', '330106', true],
    ['330100', '330106', true],
    [PROVINCE, '330106', true],
    [PROVINCE, '330100', true],
    ['330106', '330100', false],
    ['330203', '330106', false],
    ['330200', '330106', false],
    [PROVINCE, '310101', false],
    ['310101', '310101', false],
    ['', '', false],
  ])('%s covers %s: %s', (outer, inner, does) => {
    expect(covers(outer, inner)).toBe(does)
  })
})

test.each([
  ['330106', '杭州市西湖区', 'Xihu Qu, Hangzhou Shi'],
  ['330203', '宁波市海曙区', 'Haishu Qu, Ningbo Shi'],
  ['330100', '杭州市', 'Hangzhou Shi'],
  ['330000', '浙江省', 'Zhejiang Sheng'],
  ['310101', '310101', '310101'],
])('%s is called %s and %s', (code, zh, en) => {
  expect(regionName(code)).toBe(zh)
  expect(regionName(code, 'en')).toBe(en)
})

test('a bureau covers the codes that start like its own', () => {
  expect(spanOf('330106')).toEqual(['330106', '330106'])
  expect(spanOf('330100')).toEqual(['330100', '330199'])
  expect(spanOf('330000')).toEqual(['330000', '339999'])
})
