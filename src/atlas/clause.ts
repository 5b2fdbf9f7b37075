/**
 * What a search means in SQL: exact conditions on places and organisations, and the order of what
 * is found. Words are looked up in the full-text tables and, where those say less, in the text.
 */
import { RADIANS } from './place-rules.ts'
import type { Kind, Point, Query } from './rules.ts'
import { categoryTerm, isLoose, itemTerm, ownTerm, regionTerm, tileTerms } from './term-rules.ts'
import { isHan } from './word-rules.ts'

/** A piece of SQL with the values of its question marks. */
export type Clause = { sql: string; values: readonly (string | number)[] }

export const ITEM_KINDS = ['service', 'instrument'] as const
export type ItemKind = (typeof ITEM_KINDS)[number]

export type Asked = Omit<Query, 'sort' | 'offset' | 'limit' | 'near'>

/** An item of a hidden organisation is not found. */
export const SHOWN = 'p.organisation NOT IN (SELECT id FROM atlas_organisations WHERE hidden)'

/** Places with their items and organisations. */
export const ALL = `atlas_places p JOIN atlas_items i ON i.id = p.id
  JOIN atlas_organisations o ON o.id = p.organisation`

export function joined(clauses: readonly Clause[], by: string): Clause {
  return {
    sql: clauses.map((one) => one.sql).join(by),
    values: clauses.flatMap(({ values }) => values),
  }
}

/** Items as p, with i and o beside where a word needs them; null where nothing can be found. */
export function itemsFound(query: Asked, kind: ItemKind): Clause | null {
  const terms = query.words.map(itemTerm)
  if (!areTerms(terms) || query.categories?.length === 0) return null
  const match = [...terms, ...placeTerms(query)]
  const where: Clause[] = [
    match.length > 0
      ? { sql: `p.id IN (${matched(kind)})`, values: [match.join(' AND ')] }
      : { sql: 'p.kind = ?', values: [kind] },
    { sql: SHOWN, values: [] },
    ...inBox('p', query),
    ...query.words.filter(isLoose).map(itemHolds),
  ]
  return joined(where, ' AND ')
}

/** Organisations as o: each word in the organisation itself or in something it offers. */
export function organisationsFound(query: Asked): Clause | null {
  const terms = query.words.map(ownTerm)
  if (!areTerms(terms) || query.categories?.length === 0) return null
  const places = placeTerms(query)
  const where: Clause[] = [
    { sql: 'NOT o.hidden', values: [] },
    ...(places.length > 0
      ? [{ sql: `o.id IN (${matched('organisation')})`, values: [places.join(' AND ')] }]
      : []),
    ...inBox('o', query),
    ...query.words.map((word, at) => isMet(word, terms[at] ?? '')),
  ]
  return joined(where, ' AND ')
}

function areTerms(terms: readonly (string | null)[]): terms is readonly string[] {
  return terms.every((term) => term !== null)
}

/** What finds all words in what an item or organisation is by itself; null for nothing. */
export function termsFound(words: readonly string[]): string | null {
  const terms = words.map(ownTerm)
  return areTerms(terms) ? terms.join(' AND ') : null
}

/** The tables that a condition speaks of. */
export function fromOf(kind: Kind, { sql }: Clause): string {
  if (kind === 'organisation') return 'atlas_organisations o'
  return /\b[io]\./.test(sql) ? ALL : 'atlas_places p'
}

function matched(kind: Kind): string {
  return `SELECT rowid FROM atlas_${kind}_words WHERE atlas_${kind}_words MATCH ?`
}

function placeTerms({ region, categories, box }: Asked): string[] {
  const place = region === null ? null : regionTerm(region)
  return [
    ...(place === null ? [] : [quoted(place)]),
    ...anyOf(categories?.map(categoryTerm) ?? []),
    ...anyOf(box ? tileTerms(box) : []),
  ]
}

function anyOf(terms: readonly string[]): string[] {
  return terms.length === 0 ? [] : [`(${terms.map(quoted).join(' OR ')})`]
}

function quoted(term: string): string {
  return `"${term}"`
}

function inBox(row: 'p' | 'o', { box }: Asked): Clause[] {
  if (!box) return []
  const sql = `${row}.lng BETWEEN ? AND ? AND ${row}.lat BETWEEN ? AND ?`
  return [{ sql, values: [box.west, box.east, box.south, box.north] }]
}

function itemHolds(word: string): Clause {
  const sql = '(instr(i.folded, ?) OR instr(i.kindred, ?) OR instr(o.named, ?))'
  return { sql, values: [word, word, word] }
}

function isMet(word: string, term: string): Clause {
  const loose = isLoose(word)
  const own: Clause = loose
    ? { sql: `(o.id IN (${matched('organisation')}) AND instr(o.folded, ?))`, values: [term, word] }
    : { sql: `o.id IN (${matched('organisation')})`, values: [term] }
  const offered = ITEM_KINDS.map((kind) => offers(kind, word, term))
  const any = joined([own, ...offered], ' OR ')
  return { sql: `(${any.sql})`, values: any.values }
}

/** Organisations with an item whose own fields hold the word. */
function offers(kind: Kind, word: string, term: string): Clause {
  const from = `o.id IN (SELECT p.organisation FROM atlas_places p`
  if (!isLoose(word)) return { sql: `${from} WHERE p.id IN (${matched(kind)}))`, values: [term] }
  const sql = `${from} JOIN atlas_items i ON i.id = p.id
    WHERE p.id IN (${matched(kind)}) AND instr(i.folded, ?))`
  return { sql, values: [term, word] }
}

/** Names of at most so many items of a kind that some word occurs in, of each organisation. */
export function offeredBy(
  kind: ItemKind,
  words: readonly string[],
  ids: readonly number[],
  limit: number,
): Clause {
  const some = words.flatMap((word): Clause[] => {
    const term = ownTerm(word)
    const from = `i.id IN (${matched(kind)})`
    if (term === null) return []
    if (!isLoose(word)) return [{ sql: from, values: [term] }]
    return [{ sql: `${from} AND instr(i.folded, ?)`, values: [term, word] }]
  })
  const any = some.length > 0 ? joined(some, ' OR ') : { sql: 'false', values: [] }
  return {
    sql: `SELECT id, name FROM (
        SELECT id, name, row_number() OVER (PARTITION BY id ORDER BY name) AS place FROM (
          SELECT DISTINCT p.organisation AS id, i.name
          FROM atlas_places p JOIN atlas_items i ON i.id = p.id
          WHERE p.kind = ? AND p.organisation IN (SELECT value FROM json_each(?)) AND (${any.sql})))
      WHERE place <= ? ORDER BY id, name`,
    values: [kind, JSON.stringify(ids), ...any.values, limit],
  }
}

/** True where the word occurs in the name; `row` has the folded name and its tokens. */
export function nameHolds(row: 'i' | 'o', word: string): Clause {
  return isHan(word)
    ? { sql: `instr(${row}.named, ?) > 0`, values: [word] }
    : { sql: `instr(${row}.sounds, ?) > 0`, values: [` ${word}`] }
}

/** How well a name answers, as closenessOf says. */
export function closeness(row: 'i' | 'o', words: readonly string[]): Clause {
  const is = words.map((word) => ({ sql: `${row}.named = ?`, values: [word] }))
  const starts = words.map((word) => ({ sql: `instr(${row}.named, ?) = 1`, values: [word] }))
  const holds = words.map((word) => nameHolds(row, word))
  const [equal, first, all] = [joined(is, ' OR '), joined(starts, ' OR '), joined(holds, ' AND ')]
  return {
    sql: `CASE WHEN ${equal.sql} THEN 0 WHEN ${first.sql} THEN 1 WHEN ${all.sql} THEN 2 ELSE 3 END`,
    values: [...equal.values, ...first.values, ...all.values],
  }
}

/** As squareBetween says, in the same steps, so that the order is the same to the last bit. */
function farness(row: 'p' | 'o', { lng, lat }: Point): Clause {
  const narrowing = Math.cos(lat * RADIANS)
  const across = `((${row}.lng - ?) * ?)`
  return {
    sql: `${across} * ${across} + (${row}.lat - ?) * (${row}.lat - ?)`,
    values: [lng, narrowing, lng, narrowing, lat, lat],
  }
}

/** Of what is equal otherwise: as the rows of a shard stand. */
const SORTED_ITEMS = 'i.name, i.model, i.maker, i.category, i.unit, i.subject'

/** The terms of ORDER BY, as the shards are searched: what is equal stands by name. */
export function orderOf(query: Query): Clause {
  const items = query.kind !== 'organisation'
  const last: Clause = { sql: items ? SORTED_ITEMS : 'o.name, o.subject', values: [] }
  return joined([...firstOf(query, items), last], ', ')
}

function firstOf({ sort, near, words }: Query, items: boolean): Clause[] {
  if (sort === 'distance' && near) return [farness(items ? 'p' : 'o', near)]
  if (sort === 'price')
    return items ? [{ sql: 'p.price_fen IS NULL, p.price_fen', values: [] }] : []
  if (sort === 'evaluation')
    return [{ sql: 'o.rating_percent DESC, o.rating_count DESC', values: [] }]
  const rated: Clause = { sql: 'o.rating_percent DESC', values: [] }
  return words.length === 0 ? [rated] : [closeness(items ? 'i' : 'o', words), rated]
}
