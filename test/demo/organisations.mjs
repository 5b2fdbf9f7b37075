/**
 * Makes organisations.json: three hundred made-up organisations with services and instruments,
 * spread over the ninety counties and placed on land inside each. The same seed makes the same
 * file. Run: node test/demo/organisations.mjs
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { checkCharacter } from '../../src/kernel/uscc.ts'
import {
  AREA_CODES,
  CITY_TRADES,
  CITY_WEIGHTS,
  CONSULTING,
  GIVEN,
  KINDS,
  SURNAMES,
  TRADES,
} from './trades.mjs'
import { countyPolygons, contains } from './land.mjs'

const COUNT = 300
const root = new URL('../../', import.meta.url)
const read = (path) => JSON.parse(readFileSync(new URL(path, root), 'utf8'))
const regions = read('src/kernel/divisions.json')
const counties = regions.filter((region) => region.level === 3)
const polygons = countyPolygons(read('public/basemap/zj.topo.json'))

let state = 20261124
/** mulberry32: small, seeded, good enough for a map. */
function random() {
  state = (state + 0x6d2b79f5) | 0
  let t = Math.imul(state ^ (state >>> 15), state | 1)
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296
}
const pick = (list) => list[Math.floor(random() * list.length)]
const between = (low, high) => low + Math.floor(random() * (high - low + 1))

function weighted(pairs) {
  let at = random() * pairs.reduce((sum, [, weight]) => sum + weight, 0)
  return pairs.find(([, weight]) => (at -= weight) < 0)?.[0] ?? pairs[0][0]
}

function some(list, count) {
  const rest = [...list]
  return Array.from({ length: Math.min(count, rest.length) }, () =>
    rest.splice(Math.floor(random() * rest.length), 1).at(0),
  )
}

/** A point on the county's land: most lie near the seat, the rest anywhere in it. */
function pointIn(county) {
  const polygon = polygons.get(county.code)
  const [west, south, east, north] = county.bbox
  for (;;) {
    const near = random() < 0.75
    const spread = () => (random() + random() + random() - 1.5) * 0.14
    const point = near
      ? [county.seat[0] + spread(), county.seat[1] + spread()]
      : [west + random() * (east - west), south + random() * (north - south)]
    if (contains(polygon, point)) return point.map((degrees) => Number(degrees.toFixed(5)))
  }
}

/** One in every county, the rest by the city's weight; urban districts take most of a city's. */
function counts() {
  const chosen = counties.map((county) => county.code)
  while (chosen.length < COUNT) {
    const city = weighted(Object.entries(CITY_WEIGHTS))
    const inside = counties.filter((county) => county.parent === city)
    chosen.push(weighted(inside.map((one) => [one.code, one.name.endsWith('区') ? 3 : 2])))
  }
  return chosen.sort()
}

function itemsOf(kind, trade) {
  const { test, design, gear } = TRADES[trade]
  const consulting = kind.includes('咨询')
  const designing = kind.includes('设计') || kind.includes('研究')
  const services = [
    ...some(test, consulting ? 1 : between(2, 4)).map((n) => [
      n,
      '检验检测',
      between(3, 40) * 100,
      '项',
    ]),
    ...some(design, designing ? 3 : between(0, 1)).map((n) => [n, '研发设计', null, '项']),
    ...some(CONSULTING, consulting ? 3 : between(0, 1)).map((n) => [n, '技术咨询', null, '次']),
  ]
  const instruments = some(gear, consulting ? 0 : between(1, 3))
  const shared = instruments
    .slice(0, 1)
    .map(([n, , price]) => [`${n}机时`, '仪器共享', price, '小时'])
  return { services: [...services, ...shared], instruments }
}

const names = new Set()
function nameFor(county, city, trade, kind) {
  const place = county.name.endsWith('区') ? city.short : county.short
  for (const middle of ['', county.short, '华东', '新', '联合', '创', '智', '浙']) {
    const name = `${place}演示${middle === place ? '' : middle}${trade}${kind}`
    if (!names.has(name)) return names.add(name) && name
  }
  throw new Error(`no name left for ${place} ${trade} ${kind}`)
}

function organisation(code, at) {
  const county = counties.find((one) => one.code === code)
  const city = regions.find((one) => one.code === county.parent)
  const trade = pick(CITY_TRADES[city.code])
  const kind = weighted(KINDS)
  const [lng, lat] = pointIn(county)
  const body = `91${code}MA2DY${String(at).padStart(4, '0')}`
  return {
    uscc: body + checkCharacter(body),
    name: nameFor(county, city, trade, kind),
    county: code,
    address: `${city.name}${county.name}演示路${between(1, 299)}号`,
    lng,
    lat,
    contact: pick(SURNAMES) + pick(GIVEN),
    phone: `${AREA_CODES[city.code]}-8000${String(between(1000, 9999))}`,
    legal_representative: pick(SURNAMES) + pick(GIVEN),
    trade,
    ...itemsOf(kind, trade),
  }
}

const organisations = counts().map(organisation)
writeFileSync(
  new URL('test/demo/organisations.json', root),
  `[\n${organisations.map((one) => JSON.stringify(one)).join(',\n')}\n]\n`,
)
console.log(`${organisations.length} organisations`)
