/**
 * The same answers from D1 alone, by its full-text tables: slower, and needed only while no index
 * has been built or R2 is out of reach.
 */
import {
  ALL,
  fromOf,
  itemsFound,
  ITEM_KINDS,
  offeredBy,
  orderOf,
  organisationsFound,
} from './clause.ts'
import type { Asked, Clause } from './clause.ts'
import { bounded } from './find-rules.ts'
import { MATCHED_MAX } from './hit-rules.ts'
import { metresBetween } from './place-rules.ts'
import { KINDS } from './rules.ts'
import type { Answer, Hit, Kind, Query } from './rules.ts'
import { ITEM_FIELDS, ORGANISATION_FIELDS } from './row.ts'
import type { ItemRow, OrganisationRow } from './row.ts'

const OWNERS = `SELECT ${ORGANISATION_FIELDS} FROM atlas_organisations o WHERE o.id IN`

/** A page of hits and how many there are in all. */
export async function lookUp(d1: D1Database, asked: Query): Promise<Omit<Answer, 'version'>> {
  const query = bounded(asked)
  const items = query.kind !== 'organisation'
  const found = foundBy(query, query.kind)
  if (!found) return { total: 0, hits: [] }
  const id = items ? 'p.id' : 'o.id'
  const order = orderOf(query)
  const page: Clause = {
    sql: `SELECT ${id} AS id FROM ${items ? ALL : 'atlas_organisations o'} WHERE ${found.sql}
      ORDER BY ${order.sql} LIMIT ? OFFSET ?`,
    values: [...found.values, ...order.values, query.limit, query.offset],
  }
  const [totals, ids] = await d1.batch<{ id: number; n: number }>([
    prepared(d1, countOf(found, query.kind)),
    prepared(d1, page),
  ])
  const wanted = ids?.results.map((row) => row.id) ?? []
  const total = totals?.results[0]?.n ?? 0
  return { total, hits: await (items ? itemHits : organisationHits)(d1, query, wanted) }
}

/** How many of each kind the same words, place and categories find. */
export async function countUp(d1: D1Database, asked: Query): Promise<Record<Kind, number>> {
  const query = bounded(asked)
  const counts = KINDS.map((kind) => {
    const found = foundBy(query, kind)
    return found && { kind, statement: prepared(d1, countOf(found, kind)) }
  }).filter((one) => one !== null)
  const answers =
    counts.length > 0 ? await d1.batch<{ n: number }>(counts.map((one) => one.statement)) : []
  const of = (kind: Kind) => {
    const at = counts.findIndex((one) => one.kind === kind)
    return answers[at]?.results[0]?.n ?? 0
  }
  return { organisation: of('organisation'), service: of('service'), instrument: of('instrument') }
}

/** Null where nothing can be found. */
export function foundBy(query: Asked, kind: Kind): Clause | null {
  return kind === 'organisation' ? organisationsFound(query) : itemsFound(query, kind)
}

function countOf({ sql, values }: Clause, kind: Kind): Clause {
  return { sql: `SELECT count(*) AS n FROM ${fromOf(kind, { sql, values })} WHERE ${sql}`, values }
}

export function prepared(d1: D1Database, { sql, values }: Clause): D1PreparedStatement {
  return d1.prepare(sql).bind(...values)
}

async function itemHits(d1: D1Database, query: Query, ids: readonly number[]): Promise<Hit[]> {
  const items = await byId<ItemRow & { id: number; owner: number }>(
    d1,
    `SELECT ${ITEM_FIELDS}, p.id, p.organisation AS owner
     FROM atlas_places p JOIN atlas_items i ON i.id = p.id WHERE p.id IN`,
    ids,
  )
  const owners = [...new Set(items.map(({ owner }) => owner))]
  const rows = await byId<OrganisationRow>(d1, OWNERS, owners)
  const hits = new Map(rows.map((row) => [row.id, hitOf(query, row, [])]))
  return items.flatMap(({ owner, hidden: _hidden, id: _id, organisation, ...item }) => {
    const hit = hits.get(owner)
    return hit ? [{ ...hit, ...item, organisation }] : []
  })
}

async function organisationHits(
  d1: D1Database,
  query: Query,
  ids: readonly number[],
): Promise<Hit[]> {
  const rows = await byId<OrganisationRow>(d1, OWNERS, ids)
  const matched = await matchedBy(d1, query, ids)
  return rows.map((row) => hitOf(query, row, matched.get(row.id) ?? []))
}

function hitOf({ near }: Query, row: OrganisationRow, matched: readonly string[]): Hit {
  return {
    kind: 'organisation',
    subject: row.subject,
    organisation: row.subject,
    organisation_name: row.name,
    name: row.name,
    model: '',
    maker: '',
    category: '',
    price_fen: null,
    unit: '',
    county: row.county,
    address: row.address,
    phone: row.phone,
    lng: row.lng,
    lat: row.lat,
    rating_percent: row.rating_percent,
    rating_count: row.rating_count,
    distance_m: near ? Math.round(metresBetween(near, row)) : null,
    services: row.services,
    instruments: row.instruments,
    matched,
  }
}

/** Rows in the order of their ids in the list. */
async function byId<Row extends { id: number }>(
  d1: D1Database,
  select: string,
  ids: readonly number[],
): Promise<Row[]> {
  if (ids.length === 0) return []
  const statement = d1.prepare(`${select} (SELECT value FROM json_each(?))`)
  const { results } = await statement.bind(JSON.stringify(ids)).all<Row>()
  const rows = new Map(results.map((row) => [row.id, row]))
  return ids.flatMap((id) => rows.get(id) ?? [])
}

/** Up to three names of what the words found with each organisation, its services first. */
async function matchedBy(
  d1: D1Database,
  { words }: Query,
  ids: readonly number[],
): Promise<ReadonlyMap<number, string[]>> {
  const names = new Map<number, string[]>()
  if (words.length === 0 || ids.length === 0) return names
  const statements = ITEM_KINDS.map((kind) =>
    prepared(d1, offeredBy(kind, words, ids, MATCHED_MAX)),
  )
  const answers = await d1.batch<{ id: number; name: string }>(statements)
  for (const { id, name } of answers.flatMap(({ results }) => results)) {
    const known = names.get(id) ?? []
    if (known.length < MATCHED_MAX && !known.includes(name)) names.set(id, [...known, name])
  }
  return names
}
