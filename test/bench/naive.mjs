/**
 * The map's searches said as plainly as can be, in no line of the product: every document is looked
 * at. What the index answers at full size must be the same.
 */
import { randomOf } from './corpus.mjs'
import { queryOf } from './map-queries.mjs'

const KINDS = ['instrument', 'instrument', 'service', 'organisation']

export class Scan {
  #organisations
  #lines

  constructor({ organisations, items }) {
    this.#organisations = new Map(organisations.map((one) => [one.subject, one]))
    const offered = new Map(organisations.map(({ subject }) => [subject, []]))
    const lines = items.map((item) => {
      const at = this.#organisations.get(item.organisation)
      const own = [item.name, item.model, item.maker]
      offered.get(item.organisation).push(...own)
      return this.#line(item.kind, item, at, [...own, item.category, at.name])
    })
    const houses = organisations.map((one) => {
      const texts = [one.name, one.intro, ...one.categories, ...offered.get(one.subject)]
      return this.#line('organisation', one, one, [...new Set(texts)])
    })
    this.#lines = [...lines, ...houses].filter(({ at }) => !at.hidden)
  }

  #line(kind, doc, at, texts) {
    return { kind, doc, at, text: texts.join('\n').toLowerCase() }
  }

  /** The exact number and the first page, nearest first, then by what they are called. */
  search({ kind, words, region, box, near, limit }) {
    const found = this.#lines.filter(
      (line) =>
        line.kind === kind &&
        (region === null || line.at.county.startsWith(region.replace(/(00)+$/, ''))) &&
        (box === null || within(box, line.at)) &&
        words.every((word) => line.text.includes(word)),
    )
    const placed = found.map((line) => ({ line, square: square(near, line.at) }))
    placed.sort((one, other) => one.square - other.square || byName(one.line.doc, other.line.doc))
    const hits = placed.slice(0, limit).map(({ line }) => line.doc.subject)
    return { total: found.length, hits }
  }
}

/** Random searches of every kind: words of one to six characters, places of every size. */
export function randomQueries({ organisations, items }, count, seed = 7) {
  const random = randomOf(seed)
  const pick = (list) => list[Math.floor(random() * list.length)]
  return Array.from({ length: count }, () => {
    const at = pick(organisations)
    const names = Array.from({ length: random() < 0.3 ? 2 : 1 }, () => pick(items).name)
    const region = pick([null, at.county, `${at.county.slice(0, 4)}00`])
    const half = 0.02 + random() * 0.6
    const box = {
      west: at.lng - half,
      south: at.lat - half,
      east: at.lng + half,
      north: at.lat + half,
    }
    const words = names.flatMap((name) => wordOf(name, random))
    const asked = { kind: pick(KINDS), words, region, near: at, sort: 'distance' }
    return queryOf({ ...asked, box: random() < 0.5 ? box : null })
  })
}

function wordOf(name, random) {
  const run = name.match(/\p{Script=Han}+/u)?.[0]
  if (!run) return []
  const length = 1 + Math.floor(random() * 6)
  const start = Math.floor(random() * Math.max(1, run.length - length + 1))
  return [run.slice(start, start + length)]
}

function within({ west, south, east, north }, { lng, lat }) {
  return lng >= west && lng <= east && lat >= south && lat <= north
}

function square(near, { lng, lat }) {
  const across = (lng - near.lng) * Math.cos(near.lat * (Math.PI / 180))
  return across * across + (lat - near.lat) * (lat - near.lat)
}

function byName(one, other) {
  for (const field of ['name', 'model', 'maker', 'category', 'unit', 'subject']) {
    const [mine, theirs] = [one[field] ?? '', other[field] ?? '']
    if (mine !== theirs) return mine < theirs ? -1 : 1
  }
  return 0
}
