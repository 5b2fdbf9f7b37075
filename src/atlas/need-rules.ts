/** Which shards a search needs: the fewer are opened, the sooner an isolate answers. */
import type { Freshness } from './moment-rules.ts'
import { PARTS } from './part-rules.ts'
import type { Kind, Query } from './rules.ts'
import { citiesOf } from './search-rules.ts'
import type { OrganisationShard } from './shard-rules.ts'

/** What decides it. */
export type Need = Pick<Query, 'kind' | 'words' | 'region' | 'box'>

/** A word finds an organisation by what it offers too. */
export function kindsFor({ kind, words }: Need): readonly Kind[] {
  if (kind !== 'organisation') return [kind]
  return words.length > 0 ? ['service', 'instrument'] : []
}

/**
 * Four-digit codes of cities with an organisation where it is looked for; one that moved stands
 * where it is now.
 */
export function citiesFor(
  organisations: OrganisationShard,
  fresh: Freshness | undefined,
  query: Need,
): string[] {
  const moved = fresh?.fresh.organisations.map(({ county }) => county.slice(0, 4)) ?? []
  const known = new Set(PARTS.map(({ city }) => city))
  const cities = new Set([...citiesOf(organisations, query), ...moved])
  return [...cities].filter((city) => known.has(city)).sort()
}
