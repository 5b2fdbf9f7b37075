/** Searching a shelf: totals are exact, and a page is chosen without sorting everything found. */
import { bounded, countOf, findItems, findOrganisations } from './find-rules.ts'
import { placeGate } from './gate-rules.ts'
import { itemHit, matchedOf, organisationHit } from './hit-rules.ts'
import { mergePage } from './merge-rules.ts'
import { layOrganisations } from './place-rules.ts'
import { KINDS } from './rules.ts'
import type { Answer, Kind, Query } from './rules.ts'
import type { OrganisationShard } from './shard-rules.ts'
import type { Shelf } from './shelf-rules.ts'

export { clusterShards } from './cluster-rules.ts'
export { suggestShards } from './suggest-rules.ts'

/** A page of hits and how many there are in all. Never throws, whatever the words. */
export function searchShards(shelf: Shelf, asked: Query): Omit<Answer, 'version'> {
  const query = bounded(asked)
  const size = query.offset + query.limit
  if (query.kind === 'organisation') {
    const { total, entries } = findOrganisations(shelf, query, { size, counts: null })
    const { organisations } = shelf
    const hits = entries.slice(query.offset).map(({ row }) => {
      const ordinal = organisations.byName[row] as number
      return organisationHit(organisations, query, ordinal, matchedOf(shelf, query, ordinal))
    })
    return { total, hits }
  }
  const { total, lists } = findItems(shelf, query, { size, counts: null })
  const page = mergePage(lists, query.offset, query.limit)
  const hits = page.map(({ laid, row }) => itemHit(shelf, query, laid, row))
  return { total, hits }
}

/** How many the same words, place and categories find of each kind. */
export function countShards(shelf: Shelf, asked: Query): Record<Kind, number> {
  const counts: Record<Kind, number> = { organisation: 0, service: 0, instrument: 0 }
  for (const kind of KINDS) counts[kind] = countOf(shelf, { ...bounded(asked), kind }, null)
  return counts
}

/**
 * Four-digit city codes (3301) that have an organisation within the query's region and box: the
 * only ones whose item shards must be on the shelf. No item shard at all is needed for
 * organisations without a word.
 */
export function citiesOf(shard: OrganisationShard, query: Pick<Query, 'region' | 'box'>): string[] {
  const organisations = layOrganisations(shard, [])
  const everywhere = { kind: 'instrument', words: [], categories: null, near: null } as const
  const { open, from, to } = placeGate(organisations, {
    ...everywhere,
    ...query,
    sort: 'relevance',
    offset: 0,
    limit: 0,
  })
  const found = new Set<number>()
  for (let at = from; at < to; at++)
    if (open[at] === 1) found.add(organisations.county[at] as number)
  const cities = Array.from(found, (county) => organisations.counties[county]?.slice(0, 4) ?? '')
  return [...new Set(cities)].sort()
}
