/** Searching a shelf: totals are exact, and a page is chosen without sorting everything found. */
import type { Answer, Clusters, Kind, Query, Suggestion } from './rules.ts'
import type { OrganisationShard } from './shard-rules.ts'
import type { Shelf } from './shelf-rules.ts'

/** A page of hits and how many there are in all. Never throws, whatever the words. */
export function searchShards(_shelf: Shelf, _query: Query): Omit<Answer, 'version'> {
  throw new Error('unfinished')
}

/** How many the same words, place and categories find of each kind. */
export function countShards(_shelf: Shelf, _query: Query): Record<Kind, number> {
  throw new Error('unfinished')
}

/** What is found, gathered by place for a zoom of the map (0 to 19); `total` as in a search. */
export function clusterShards(
  _shelf: Shelf,
  _query: Query,
  _zoom: number,
): Omit<Clusters, 'version'> {
  throw new Error('unfinished')
}

/** Type-ahead: organisations by name or sound, services and instruments by name. */
export function suggestShards(_shelf: Shelf, _typed: string, _limit: number): Suggestion[] {
  throw new Error('unfinished')
}

/**
 * Four-digit city codes (3301) that have an organisation within the query's region and box: the
 * only ones whose item shards must be on the shelf. No item shard at all is needed for organisations
 * without a word.
 */
export function citiesOf(
  _organisations: OrganisationShard,
  _query: Pick<Query, 'region' | 'box'>,
): string[] {
  throw new Error('unfinished')
}
