/**
 * The map's mixed queries, four of each of six kinds, drawn from the corpus itself by a seed: what
 * the index is asked, and the same in SQL. Boxes and points are WGS-84 degrees.
 */
import { randomOf } from './corpus.mjs'

/** A view of a phone at the zoom of a few counties, degrees. */
const VIEW = { width: 0.9, height: 0.6 }
const PER_KIND = 4
const PAGE = 20

const NEAREST = 'order by place <-> st_setsrid(st_makepoint($1, $2), 4326) limit 20'
const IN_VIEW = 'place && st_makeenvelope($3, $4, $5, $6, 4326)'

/** name, the index's query (`ask` says which function), and { text, values } for PostgreSQL. */
export function mixedQueries({ organisations, items }, seed = 1) {
  const random = randomOf(seed)
  const placeOf = new Map(organisations.map((one) => [one.subject, one]))
  const instruments = items.filter(({ kind }) => kind === 'instrument')
  const drawn = () => {
    const item = instruments[Math.floor(random() * instruments.length)]
    return { item, at: placeOf.get(item.organisation) }
  }
  return Object.entries(KINDS).flatMap(([name, make]) =>
    Array.from({ length: PER_KIND }, () => {
      const { item, at } = drawn()
      return { name, ...make({ name: item.name, at, random }) }
    }),
  )
}

/** Each kind of the comparison. */
const KINDS = {
  'two characters, county, view, nearest': ({ name, at, random }) => {
    const word = part(name, 2, random)
    const box = viewAround(at)
    return both(
      { words: [word], region: at.county, box, near: at, sort: 'distance' },
      { where: `words like $7 and county = $8 and ${IN_VIEW}`, order: NEAREST },
      [at.lng, at.lat, ...edges(box), like(word), at.county],
    )
  },
  'two characters, view, nearest': ({ name, at, random }) => {
    const word = part(name, 2, random)
    const box = viewAround(at)
    return both(
      { words: [word], box, near: at, sort: 'distance' },
      { where: `words like $7 and ${IN_VIEW}`, order: NEAREST },
      [at.lng, at.lat, ...edges(box), like(word)],
    )
  },
  'two characters, province, nearest': ({ name, at, random }) => {
    const word = part(name, 2, random)
    return both(
      { words: [word], near: at, sort: 'distance' },
      { where: 'words like $3', order: NEAREST },
      [at.lng, at.lat, like(word)],
    )
  },
  'long word, county': ({ name, at, random }) => {
    const word = part(name, 4 + Math.floor(random() * 3), random)
    return both(
      { words: [word], region: at.county, sort: 'evaluation' },
      { where: 'words like $1 and county = $2', order: 'order by rating desc limit 20' },
      [like(word), at.county],
    )
  },
  'exact count': ({ name, random }) => {
    const word = part(name, 2, random)
    return {
      ask: 'count',
      query: queryOf({ words: [word] }),
      sql: { text: 'select count(*) from instruments where words like $1', values: [like(word)] },
    }
  },
  'clusters without a word': ({ at, random }) => {
    const zoom = 8 + Math.floor(random() * 4)
    const width = 2 ** (11 - zoom)
    const box = viewAround(at, width)
    const cell = 360 / 2 ** (zoom + 2)
    return {
      ask: 'clusters',
      zoom,
      query: queryOf({ box }),
      sql: {
        text: `select count(*), sum(instruments), avg(lng), avg(lat) from organisations
          where place && st_makeenvelope($1, $2, $3, $4, 4326)
          group by floor(lng / $5), floor(lat / $5)`,
        values: [...edges(box), cell],
      },
    }
  },
}

/** A page and the exact number of all: one answer of the index, one or two statements in SQL. */
function both(query, { where, order }, values) {
  const found = `from instruments where ${where}`
  // The values of the order stay bound, so that all take the same ones.
  const bound = order === NEAREST ? 'and $1::float8 + $2::float8 is not null' : ''
  return {
    ask: 'search',
    query: queryOf(query),
    sql: { text: `select id ${found} ${order}`, values },
    count: { text: `select count(*) ${found} ${bound}`, values },
    both: { text: `select id, count(*) over () ${found} ${order}`, values },
  }
}

/** A whole query of src/atlas/rules.ts with what is left out at its widest. */
export function queryOf(part) {
  return {
    kind: 'instrument',
    words: [],
    region: null,
    categories: null,
    box: null,
    sort: 'relevance',
    offset: 0,
    limit: PAGE,
    ...part,
    near: part.near ? { lng: part.near.lng, lat: part.near.lat } : null,
  }
}

function viewAround({ lng, lat }, times = 1) {
  const width = (VIEW.width * times) / 2
  const height = (VIEW.height * times) / 2
  return { west: lng - width, south: lat - height, east: lng + width, north: lat + height }
}

function edges({ west, south, east, north }) {
  return [west, south, east, north]
}

/** Part of a name in Han characters, so that both sides mean the same by it: a substring. */
function part(name, length, random) {
  const runs = name.match(/\p{Script=Han}+/gu) ?? ['检测']
  const run = runs.toSorted((one, other) => other.length - one.length)[0]
  const start = Math.floor(random() * Math.max(1, run.length - length + 1))
  return run.slice(start, start + length)
}

function like(word) {
  return `%${word}%`
}
