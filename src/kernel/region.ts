/** 受理地区: GB/T 2260 codes of the province, its 11 cities and 90 counties. */
import divisions from './divisions.json'

/** level 1 province, 2 city, 3 county; seat and label are [longitude, latitude] in WGS-84. */
export type Region = {
  code: string
  name: string
  short: string
  level: 1 | 2 | 3
  parent: string | null
  pinyin: string
  seat: [number, number]
  label: [number, number]
  bbox: [number, number, number, number]
}

export const PROVINCE = '330000'
export const REGIONS = divisions as unknown as readonly Region[]
const BY_CODE = new Map(REGIONS.map((region) => [region.code, region]))

export const CITIES = REGIONS.filter((region) => region.level === 2)

export function findRegion(code: string): Region | undefined {
  return BY_CODE.get(code)
}

/** The counties of a city, in code order. */
export function countiesOf(city: string): readonly Region[] {
  return REGIONS.filter((region) => region.parent === city && region.level === 3)
}

/** A region and what lies above it, nearest first: county, city, province. */
export function chainOf(code: string): readonly Region[] {
  const region = BY_CODE.get(code)
  if (!region) return []
  return [region, ...(region.parent ? chainOf(region.parent) : [])]
}

/** True where `outer` is `inner` or lies above it: a county sees itself, the province all. */
export function covers(outer: string, inner: string): boolean {
  return chainOf(inner).some((region) => region.code === outer)
}

/** First and last code that a region covers: GB/T 2260 nests by prefix, 33, 3301, 330106. */
export function spanOf(region: string): [first: string, last: string] {
  return [region, region.replace(/(?:00)+$/, (zeros) => '9'.repeat(zeros.length))]
}

/** 杭州市西湖区; in English Xihu Qu, Hangzhou Shi. Unknown codes come back as they are. */
export function regionName(code: string, language: 'zh' | 'en' = 'zh'): string {
  const chain = chainOf(code).filter((region) => region.level > 1 || region.code === code)
  if (chain.length === 0) return code
  if (language === 'zh')
    return chain
      .map((region) => region.name)
      .reverse()
      .join('')
  return chain.map((region) => titled(region.pinyin)).join(', ')
}

function titled(pinyin: string): string {
  const words = pinyin.split(' ')
  const kind = words.length > 1 ? words.pop() : undefined
  return [words.join(''), kind ?? ''].map(capital).join(' ').trim()
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
