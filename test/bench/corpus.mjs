/**
 * The load for the map: 10,000 organisations on land inside real counties with 100,000 services and
 * 500,000 instruments, as documents of the index. The same seed draws the same.
 */
import { readFileSync } from 'node:fs'
import { contains, countyPolygons } from '../demo/land.mjs'
import { AREA_CODES, CITY_TRADES, CITY_WEIGHTS } from '../demo/trades.mjs'
import {
  ADVICE,
  BRANDS,
  DESIGNS,
  HOUSES,
  INSTRUMENTS,
  MANNERS,
  MATERIALS,
  TESTS,
} from './corpus-names.mjs'

export const FULL = { organisations: 10_000, services: 100_000, instruments: 500_000 }

/** Models that one maker has of one instrument. */
const MODELS_EACH = 12

const root = new URL('../../', import.meta.url)
const read = (path) => JSON.parse(readFileSync(new URL(path, root), 'utf8'))

/** mulberry32: small, seeded, good enough for a map. */
export function randomOf(seed) {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** One sequence of draws. */
class Draw {
  constructor(seed) {
    this.random = randomOf(seed)
  }

  pick(list) {
    return list[Math.floor(this.random() * list.length)]
  }

  between(low, high) {
    return low + Math.floor(this.random() * (high - low + 1))
  }

  weighted(rows, weightOf) {
    let at = this.random() * rows.reduce((sum, row) => sum + weightOf(row), 0)
    return rows.find((row) => (at -= weightOf(row)) < 0) ?? rows[0]
  }

  id() {
    let hex = ''
    while (hex.length < 32)
      hex += Math.floor(this.random() * 65536)
        .toString(16)
        .padStart(4, '0')
    return hex.replace(
      /^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/,
      (_, a, b, c, d, e) => `${a}-${b}-7${c}-8${d}-${e}`,
    )
  }
}

/** Organisations first, then items of one kind, organisation by organisation. */
export class LoadCorpus {
  constructor(size = FULL, seed = 20261124) {
    this.size = size
    this.seed = seed
    this.organisations = this.#organisations()
    this.#share('services', ({ owns }) => Math.sqrt(owns))
    this.#share('instruments', ({ owns }) => owns)
  }

  #organisations() {
    const regions = read('src/kernel/divisions.json')
    const counties = regions.filter(({ level }) => level === 3)
    const polygons = countyPolygons(read('public/basemap/zj.topo.json'))
    const draw = new Draw(this.seed)
    const names = new Set()
    const cities = Object.keys(CITY_WEIGHTS)
    return Array.from({ length: this.size.organisations }, () => {
      const city = draw.weighted(cities, (code) => CITY_WEIGHTS[code])
      const inside = counties.filter(({ parent }) => parent === city)
      const county = draw.weighted(inside, ({ name }) => (name.endsWith('区') ? 3 : 2))
      const home = regions.find(({ code }) => code === city)
      return this.#organisation(draw, { county, home, polygon: polygons.get(county.code) }, names)
    })
  }

  #organisation(draw, { county, home, polygon }, names) {
    const [house, , wealth] = draw.weighted(HOUSES, ([, share]) => share)
    const trade = draw.pick(CITY_TRADES[home.code])
    const name = this.#name(draw, { county, home, trade, house }, names)
    const [lng, lat] = pointIn(draw, county, polygon)
    const rated = draw.random() < 0.4
    const test = draw.pick(TESTS)
    return {
      subject: draw.id(),
      name,
      county: county.code,
      address: `${home.name}${county.name}${draw.pick(BRANDS)}路${draw.between(1, 1299)}号`,
      phone: `${AREA_CODES[home.code]}-8${draw.between(1000000, 9999999)}`,
      lng,
      lat,
      intro: `面向${home.short}${trade}产业，提供${draw.pick(MATERIALS)}${test}与${draw.pick(DESIGNS)}服务。`,
      categories: ['检验检测', '研发设计', '技术咨询', '仪器共享'].filter(
        () => draw.random() < 0.7,
      ),
      rating_percent: rated ? draw.between(70, 100) * 5 : 0,
      rating_count: rated ? draw.between(1, 400) : 0,
      hidden: draw.random() < 0.01,
      owns: wealth * (0.2 + draw.random() ** 3 * 6),
    }
  }

  #name(draw, { county, home, trade, house }, names) {
    for (let turn = 0; ; turn++) {
      const place = draw.random() < 0.5 ? home.short : county.short
      const ordinal = turn > 20 ? `第${draw.between(2, 99)}` : ''
      const name = `${place}${draw.pick(BRANDS)}${trade}${ordinal}${house}`
      if (!names.has(name)) return names.add(name) && name
    }
  }

  /** Whole shares by weight that add up to the size exactly. */
  #share(kind, weightOf) {
    const all = this.organisations
    const whole = all.reduce((sum, one) => sum + weightOf(one), 0)
    let [upTo, given] = [0, 0]
    for (const one of all) {
      upTo += weightOf(one)
      one[kind] = Math.round((upTo / whole) * this.size[kind]) - given
      given += one[kind]
    }
  }

  *services(of = this.organisations) {
    for (const organisation of of) {
      const draw = new Draw(seedOf(this.seed + 1, organisation.subject))
      for (let at = 0; at < organisation.services; at++)
        yield { ...service(draw, organisation.subject), subject: idOf(organisation, 1, at) }
    }
  }

  *instruments(of = this.organisations) {
    for (const organisation of of) {
      const draw = new Draw(seedOf(this.seed + 2, organisation.subject))
      for (let at = 0; at < organisation.instruments; at++)
        yield { ...instrument(draw, organisation.subject), subject: idOf(organisation, 2, at) }
    }
  }
}

/**
 * Of an organisation's own: two of ten thousand drawn sequences may overlap, and would draw the
 * same ids again.
 */
function idOf({ subject }, kind, at) {
  return `${subject.slice(0, 24)}${kind}${at.toString(16).padStart(11, '0')}`
}

function seedOf(seed, subject) {
  return seed ^ Number.parseInt(subject.slice(0, 8), 16)
}

/** Most lie near the county's seat, the rest anywhere on its land. */
function pointIn(draw, county, polygon) {
  const [west, south, east, north] = county.bbox
  for (;;) {
    const spread = () => (draw.random() + draw.random() + draw.random() - 1.5) * 0.14
    const near = draw.random() < 0.75
    const point = near
      ? [county.seat[0] + spread(), county.seat[1] + spread()]
      : [west + draw.random() * (east - west), south + draw.random() * (north - south)]
    if (contains(polygon, point)) return point.map((degrees) => Number(degrees.toFixed(5)))
  }
}

function priced(draw, low, high) {
  const price = Math.exp(Math.log(low) + draw.random() * Math.log(high / low))
  return draw.random() < 0.15 ? null : Math.round(price / 10) * 1000
}

function service(draw, organisation) {
  const [category, name, unit] = draw.weighted(
    [
      ['检验检测', `${draw.pick(MATERIALS)}${draw.pick(TESTS)}`, '项'],
      ['研发设计', `${draw.pick(MATERIALS)}${draw.pick(DESIGNS)}`, '项'],
      ['技术咨询', `${draw.pick(MATERIALS)}${draw.pick(ADVICE)}`, '次'],
      ['仪器共享', `${draw.pick(INSTRUMENTS)[0]}机时`, '小时'],
    ],
    ([kind]) => (kind === '检验检测' ? 6 : 1),
  )
  return {
    kind: 'service',
    organisation,
    name,
    model: '',
    maker: '',
    category,
    price_fen: priced(draw, 100, 20_000),
    unit,
    hidden: false,
  }
}

function instrument(draw, organisation) {
  const [name, prefix, makers] = draw.pick(INSTRUMENTS)
  const maker = draw.pick(makers)
  // A maker's models are few, so that the same one stands in many houses.
  const model = draw.between(1, MODELS_EACH) * 37 + makers.indexOf(maker) * 1000 + 200
  return {
    kind: 'instrument',
    organisation,
    name: draw.random() < 0.3 ? `${draw.pick(MANNERS)}${name}` : name,
    model: `${prefix}-${model}${model % 3 === 0 ? ' Plus' : ''}`,
    maker,
    category: '仪器共享',
    price_fen: priced(draw, 30, 2_000),
    unit: '小时',
    hidden: false,
  }
}
