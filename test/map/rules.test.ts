/** What an address says of a search, how it is written again, and what the index is asked. */
import { describe, expect, test } from 'vitest'
import { metresBetween } from '../../src/atlas/place-rules.ts'
import { isKnown, tagOf } from '../../src/map/answer.ts'
import {
  addressOf,
  bookingOf,
  interfaceOf,
  nearOf,
  pagesOf,
  queryOf,
  readBox,
  readNear,
  readSearch,
  toQuery,
  waysOut,
} from '../../src/map/rules.ts'

const NOTHING = {
  kind: 'organisation',
  typed: '',
  words: [],
  region: null,
  category: null,
  accepts: null,
  sort: 'relevance',
  near: null,
  box: null,
  page: 1,
}

describe('what an address does not say rightly is left out', () => {
  const odd: [string, Record<string, string>][] = [
    ['an unknown kind', { kind: 'x' }],
    ['a region that is none', { region: '999999' }],
    ['the province, which narrows nothing', { region: '330000' }],
    ['a category outside of the scheme', { category: '其他' }],
    ['vouchers of a city, which has none', { accepts: '330100' }],
    ['an unknown sort', { sort: 'colour' }],
    ['a price of organisations', { sort: 'price' }],
    ['a page below the first', { page: '-3' }],
    ['a page that is no number', { page: '1e9' }],
    ['a page beyond all', { page: '501' }],
    ['a box of three numbers', { box: '120,30,121' }],
    ['a box turned over', { box: '121,30,120,31' }],
    ['a box without extent', { box: '120,30,120,31' }],
    ['a box beyond the earth', { box: '120,30,121,95' }],
    ['a box of letters', { box: 'a,b,c,d' }],
    ['a box in a script', { box: '<script>,1,2,3' }],
    ['a place of one number', { near: '120' }],
    ['a place beyond the earth', { near: '190,30' }],
  ]
  test.each(odd)('%s', (_name, query) => {
    expect(readSearch(query)).toEqual(NOTHING)
  })
})

test('an address says the whole search, and its own address says the same', () => {
  const query = {
    word: '光谱 ＧＣ',
    kind: 'instrument',
    region: '330106',
    category: '仪器共享',
    accepts: '330203',
    sort: 'distance',
    near: '120.12,30.27',
    box: '119.5,29.9,120.6,30.6',
    page: '4',
  }
  const asked = readSearch(query)
  expect(asked).toMatchObject({ words: ['光谱', 'gc'], page: 4, near: { lng: 120.12, lat: 30.27 } })
  const url = new URL(addressOf(asked, { page: asked.page }), 'http://voucher.test')
  expect(Object.fromEntries(url.searchParams)).toEqual(query)
  expect(readSearch(Object.fromEntries(url.searchParams))).toEqual(asked)
})

test('an address leaves its defaults and its page out', () => {
  const asked = readSearch({ word: '光谱', kind: 'service', region: '330106', page: '4' })
  const word = encodeURIComponent('光谱')
  expect(addressOf(asked)).toBe(`/map?word=${word}&kind=service&region=330106`)
  expect(addressOf(asked, { kind: 'organisation', region: null })).toBe(`/map?word=${word}`)
  expect(addressOf(readSearch({}))).toBe('/map')
  expect(addressOf(readSearch({ kind: 'service', sort: 'price' }), { kind: 'organisation' })).toBe(
    '/map',
  )
})

test('an address says no more of a text than is looked for', () => {
  expect(readSearch({ word: ' 光谱  仪 ' }).typed).toBe('光谱  仪')
  expect(readSearch({ word: '测'.repeat(10_000) }).typed).toBe('测'.repeat(100))
  expect(addressOf(readSearch({ word: '\ud83d' }))).toBe('/map?word=%EF%BF%BD')
  expect(addressOf(readSearch({ word: '   ' }))).toBe('/map')
})

test('the public interface is asked for the same search without page and view', () => {
  const asked = readSearch({ word: 'x', box: '120,30,121,31', near: '330106', page: '2' })
  expect(interfaceOf(asked, 'clusters')).toBe('/api/map/clusters?word=x&near=330106')
  expect(interfaceOf(readSearch({}), 'search')).toBe('/api/map/search')
})

test('numbers of an address are kept to eleven metres', () => {
  expect(queryOf(readSearch({ near: '120.123456789,30.000049' }))).toBe('near=120.1235%2C30')
  expect(readBox('119.99999,30.1,120.5,30.25558')).toEqual({
    west: 120,
    south: 30.1,
    east: 120.5,
    north: 30.2556,
  })
})

describe('distances count', () => {
  test('from the seat of a region that is named', () => {
    expect(readNear('330106')).toMatchObject({ region: '330106' })
    expect(readNear('330106')?.lng).toBeCloseTo(120.12, 0)
  })
  test('from the region that is sorted in where nothing else is named', () => {
    expect(nearOf(readSearch({ sort: 'distance', region: '330203' }))?.region).toBe('330203')
    expect(nearOf(readSearch({ region: '330203' }))).toBeNull()
  })
  test('along the sphere: 西湖区 to 海曙区 is some 140 kilometres', () => {
    const [xihu, haishu] = [readNear('330106'), readNear('330203')]
    if (!xihu || !haishu) throw new Error('the divisions lack a county')
    expect(metresBetween(xihu, haishu)).toBeGreaterThan(130_000)
    expect(metresBetween(xihu, haishu)).toBeLessThan(160_000)
    expect(metresBetween(xihu, xihu)).toBe(0)
  })
})

describe('the index is asked', () => {
  const county = ['检验检测', '仪器共享']
  const cases: [string, Record<string, string>, string[] | null, string[] | null][] = [
    ['for all categories', {}, null, null],
    ['for one', { category: '研发设计' }, null, ['研发设计']],
    ['for those of a county', {}, county, county],
    ['for one of those', { category: '检验检测' }, county, ['检验检测']],
    ['for none, where the county pays for no such service', { category: '研发设计' }, county, []],
  ]
  test.each(cases)('%s', (_name, query, accepted, categories) => {
    expect(toQuery(readSearch(query), accepted, 20).categories).toEqual(categories)
  })
  test('for one page of it', () => {
    expect(toQuery(readSearch({ page: '3' }), null, 20)).toMatchObject({ offset: 40, limit: 20 })
  })
  test('by relevance where distances have no beginning', () => {
    expect(toQuery(readSearch({ sort: 'distance' }), null, 20).sort).toBe('relevance')
    expect(toQuery(readSearch({ sort: 'distance', near: '120,30' }), null, 20)).toMatchObject({
      sort: 'distance',
      near: { lng: 120, lat: 30 },
    })
  })
})

test('where nothing is found, the searches nearby lift one filter or word each', () => {
  const asked = readSearch({
    word: '气相色谱',
    region: '330106',
    category: '检验检测',
    accepts: '330106',
    box: '120,30,121,31',
    page: '7',
  })
  const ways = waysOut(asked)
  expect(ways.map(({ lifted }) => lifted)).toEqual([
    'box',
    'region',
    'region',
    'accepts',
    'category',
    'word',
    'word',
  ])
  expect(ways.every((way) => way.asked.page === 1)).toBe(true)
  expect(ways.slice(1, 3).map((way) => way.asked.region)).toEqual(['330100', null])
  expect(ways.slice(-2).map((way) => way.asked.typed)).toEqual(['气相', '色谱'])
  expect(waysOut(readSearch({ region: '330100' }))[0]?.asked.region).toBeNull()
  expect(waysOut(readSearch({ word: '光谱 电镜' })).map((way) => way.asked.typed)).toEqual([
    '光谱',
    '电镜',
  ])
  expect(waysOut(readSearch({ word: '光谱' }))).toEqual([])
})

test('pages are at least one', () => {
  expect(pagesOf(0)).toBe(1)
  expect(pagesOf(20)).toBe(1)
  expect(pagesOf(41)).toBe(3)
  expect(pagesOf(41, 100)).toBe(1)
})

test('pages end where those of the site end, however long they are', () => {
  expect(pagesOf(500_000)).toBe(500)
  expect(pagesOf(500_000, 100)).toBe(100)
  expect(pagesOf(500_000, 30)).toBe(333)
  expect(pagesOf(500_000, 1)).toBe(500)
})

test('a booking names the organisation and what of it', () => {
  const one = { subject: 's', organisation: 'o' }
  expect(bookingOf({ ...one, kind: 'organisation' })).toBe('/enterprise/bookings/new?carrier=o')
  expect(bookingOf({ ...one, kind: 'instrument' })).toBe(
    '/enterprise/bookings/new?carrier=o&instrument=s',
  )
})

describe('the tag of an answer', () => {
  test('differs by state of the index and by what a county accepts', () => {
    const tags = [
      tagOf('7', null),
      tagOf('8', null),
      tagOf('7', []),
      tagOf('7', ['检验检测']),
      tagOf('7', ['检验检测', '仪器共享']),
    ]
    expect(new Set(tags).size).toBe(tags.length)
    expect(tagOf('7', ['仪器共享', '检验检测'])).toBe(tagOf('7', ['检验检测', '仪器共享']))
    for (const tag of tags) expect(tag).toMatch(/^"[\x21-\x7e]+"$/)
  })
  test('is known as it is, weakened by a proxy, or among several', () => {
    expect(isKnown('"a"', '"a"')).toBe(true)
    expect(isKnown('W/"a"', '"a"')).toBe(true)
    expect(isKnown('"b", "a"', '"a"')).toBe(true)
    expect(isKnown('*', '"a"')).toBe(true)
    expect(isKnown('"b"', '"a"')).toBe(false)
    expect(isKnown(undefined, '"a"')).toBe(false)
  })
})
