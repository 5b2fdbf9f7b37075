/**
 * Clusters and type-ahead from D1 alone, gathered and ordered as from the shards: only what is
 * found comes from the full-text tables.
 */
import { closeness, fromOf, ITEM_KINDS, joined, nameHolds, SHOWN, termsFound } from './clause.ts'
import type { Clause, ItemKind } from './clause.ts'
import { clustersOf } from './cluster-rules.ts'
import { bounded } from './find-rules.ts'
import { foundBy, prepared } from './lookup.ts'
import type { Clusters, Query, Suggestion } from './rules.ts'
import { ORGANISATIONS_MAX } from './shard-rules.ts'
import { chosenFrom } from './suggest-rules.ts'
import type { Candidate } from './suggest-rules.ts'
import { closenessOf, namedText, occursIn, textOf, wordsOf } from './word-rules.ts'

/** Different names and models that type-ahead looks at, the most frequent ones. */
const GROUPS_MAX = 2_000

type Place = { id: number; lng: number; lat: number; count: number }
type Named = { id: number; subject: string; name: string }

/**
 * What is found, gathered into cells of the map: of each organisation only where it stands is read,
 * and of those that stand in a cell alone the name.
 */
export async function clusterUp(
  d1: D1Database,
  asked: Query,
  zoom: number,
): Promise<Omit<Clusters, 'version'>> {
  const query = bounded(asked)
  const found = foundBy(query, query.kind)
  if (!found) return { clusters: [], total: 0 }
  const id = query.kind === 'organisation' ? 'o.id' : 'p.organisation'
  const statement: Clause = {
    sql: `SELECT o.id, o.lng, o.lat, found.count FROM (
        SELECT ${id} AS id, count(*) AS count FROM ${fromOf(query.kind, found)}
        WHERE ${found.sql} GROUP BY 1
      ) AS found JOIN atlas_organisations o ON o.id = found.id LIMIT ?`,
    values: [...found.values, ORGANISATIONS_MAX],
  }
  const { results } = await prepared(d1, statement).all<Place>()
  const lng = Float64Array.from(results, (row) => row.lng)
  const lat = Float64Array.from(results, (row) => row.lat)
  const counts = Uint32Array.from(results, ({ count }) => count)
  const alone = new Map<number, { subject: string; name: string }>()
  const clusters = clustersOf({ lng, lat }, counts, zoom, (at) => {
    const one = { subject: '', name: '' }
    alone.set(results[at]?.id ?? 0, one)
    return one
  })
  for (const { id: of, ...named } of await namesOf(d1, [...alone.keys()]))
    Object.assign(alone.get(of) ?? {}, named)
  return { clusters, total: counts.reduce((sum, count) => sum + count, 0) }
}

async function namesOf(d1: D1Database, ids: readonly number[]): Promise<Named[]> {
  if (ids.length === 0) return []
  const { results } = await d1
    .prepare(
      `SELECT id, subject, name FROM atlas_organisations
       WHERE id IN (SELECT value FROM json_each(?))`,
    )
    .bind(JSON.stringify(ids))
    .all<Named>()
  return results
}

/** Lines that what is being typed may become. */
export async function suggestUp(
  d1: D1Database,
  typed: string,
  limit: number,
): Promise<Suggestion[]> {
  const words = wordsOf(typed)
  const terms = termsFound(words)
  if (words.length === 0 || terms === null) return []
  const [organisations, ...items] = await Promise.all([
    organisationsNamed(d1, words, terms, limit),
    ...ITEM_KINDS.map((kind) => itemsNamed(d1, kind, words, terms)),
  ])
  return chosenFrom(organisations, items.flat(), limit)
}

type NamedRow = { subject: string; name: string; rating_percent: number; count: number }

/** As many as may be shown, the best of all: what each offers is counted of these alone. */
async function organisationsNamed(
  d1: D1Database,
  words: readonly string[],
  terms: string,
  limit: number,
): Promise<Candidate[]> {
  const named = joined(
    words.map((word) => nameHolds('o', word)),
    ' AND ',
  )
  const close = closeness('o', words)
  const statement: Clause = {
    sql: `SELECT subject, name, rating_percent,
        (SELECT count(*) FROM atlas_places p WHERE p.organisation = best.id) AS count
      FROM (
        SELECT o.id, o.subject, o.name, o.rating_percent, o.county, ${close.sql} AS far
        FROM atlas_organisations o WHERE NOT o.hidden AND ${named.sql} AND o.id IN (
          SELECT rowid FROM atlas_organisation_words WHERE atlas_organisation_words MATCH ?)
        ORDER BY far, rating_percent DESC, name, county, subject LIMIT ?
      ) AS best ORDER BY far, rating_percent DESC, name, county, subject`,
    values: [...close.values, ...named.values, terms, Math.max(0, limit)],
  }
  const { results } = await prepared(d1, statement).all<NamedRow>()
  return results.map(({ subject, name, count, rating_percent }) => ({
    kind: 'organisation',
    text: name,
    organisation: subject,
    count,
    order: [closenessOf(namedText(name), words), -rating_percent],
  }))
}

type Group = { name: string; model: string; whole: number; count: number }

/** By name where it holds all words, else by name and model where both together do. */
async function itemsNamed(
  d1: D1Database,
  kind: ItemKind,
  words: readonly string[],
  terms: string,
): Promise<Candidate[]> {
  const named = joined(
    words.map((word) => nameHolds('i', word)),
    ' AND ',
  )
  const statement: Clause = {
    sql: `SELECT name, iif(whole, '', model) AS model, whole, count(*) AS count FROM (
        SELECT i.name, i.model, (${named.sql}) AS whole
        FROM atlas_places p JOIN atlas_items i ON i.id = p.id
        WHERE ${SHOWN} AND p.id IN (
          SELECT rowid FROM atlas_${kind}_words WHERE atlas_${kind}_words MATCH ?))
      GROUP BY 1, 2, 3 ORDER BY whole DESC, count DESC LIMIT ?`,
    values: [...named.values, terms, GROUPS_MAX],
  }
  const { results } = await prepared(d1, statement).all<Group>()
  const counts = new Map<string, number>()
  for (const { name, model, whole, count } of results) {
    const texts = [textOf(name), textOf(model)]
    const holds = (word: string) => texts.some((text) => occursIn(word, text))
    if (whole === 0 && !words.every(holds)) continue
    const text = whole === 0 ? `${name} ${model}` : name
    counts.set(text, (counts.get(text) ?? 0) + count)
  }
  return Array.from(counts, ([text, count]) => {
    const order = [closenessOf(textOf(text), words), -count] as const
    return { kind, text, organisation: null, count, order }
  })
}
