/**
 * Clusters and type-ahead from D1 alone, gathered and ordered as from the shards: only what is
 * found comes from the full-text tables.
 */
import { fromOf, ITEM_KINDS, joined, nameHolds, SHOWN, termsFound } from './clause.ts'
import type { Clause, ItemKind } from './clause.ts'
import { clustersOf } from './cluster-rules.ts'
import { bounded } from './find-rules.ts'
import { foundBy, prepared } from './lookup.ts'
import { layOrganisations } from './place-rules.ts'
import { ORGANISATION_FIELDS, organisationOf } from './row.ts'
import type { OrganisationRow } from './row.ts'
import type { Clusters, Query, Suggestion } from './rules.ts'
import { buildOrganisationShard, openOrganisations } from './shard-rules.ts'
import { chosenFrom } from './suggest-rules.ts'
import type { Candidate } from './suggest-rules.ts'
import { idAt } from './text-rules.ts'
import { closenessOf, namedText, occursIn, textOf, wordsOf } from './word-rules.ts'

/** Different names and models that type-ahead looks at, the most frequent ones. */
const GROUPS_MAX = 2_000

/** What is found, gathered into cells of the map. */
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
    sql: `SELECT ${ORGANISATION_FIELDS}, found.count FROM (
        SELECT ${id} AS id, count(*) AS count FROM ${fromOf(query.kind, found)}
        WHERE ${found.sql} GROUP BY 1
      ) AS found JOIN atlas_organisations o ON o.id = found.id`,
    values: found.values,
  }
  const { results } = await prepared(d1, statement).all<OrganisationRow & { count: number }>()
  const counted = new Map(results.map(({ subject, count }) => [subject, count]))
  const bytes = buildOrganisationShard(
    results.map(({ count: _count, ...row }) => organisationOf(row)),
  )
  const shard = openOrganisations(bytes.buffer as ArrayBuffer)
  const counts = Uint32Array.from(
    { length: shard.count },
    (_, at) => counted.get(idAt(shard.ids, at)) ?? 0,
  )
  const total = counts.reduce((sum, count) => sum + count, 0)
  return { clusters: clustersOf(layOrganisations(shard, []), counts, zoom), total }
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
    organisationsNamed(d1, words, terms),
    ...ITEM_KINDS.map((kind) => itemsNamed(d1, kind, words, terms)),
  ])
  return chosenFrom(organisations, items.flat(), limit)
}

async function organisationsNamed(
  d1: D1Database,
  words: readonly string[],
  terms: string,
): Promise<Candidate[]> {
  const named = joined(
    words.map((word) => nameHolds('o', word)),
    ' AND ',
  )
  const statement: Clause = {
    sql: `SELECT ${ORGANISATION_FIELDS} FROM atlas_organisations o
      WHERE NOT o.hidden AND ${named.sql} AND o.id IN (
        SELECT rowid FROM atlas_organisation_words WHERE atlas_organisation_words MATCH ?)`,
    values: [...named.values, terms],
  }
  const { results } = await prepared(d1, statement).all<OrganisationRow>()
  return results.map(({ subject, name, services, instruments, rating_percent }) => ({
    kind: 'organisation',
    text: name,
    organisation: subject,
    count: services + instruments,
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
