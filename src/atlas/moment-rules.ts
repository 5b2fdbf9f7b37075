/**
 * Which shards and changes make up one moment of the index, and what that moment is called. Changes
 * older than a shard would take its documents back to what they were, and an organisation that
 * moved meanwhile would stand in two cities or in none.
 */
import { SHARD_FORMAT } from './shard-rules.ts'
import type { Fresh } from './shelf-rules.ts'

/**
 * Changes after the revision `since` up to `revision`. Of too many, what is hidden and what is
 * newest comes, and `whole` is false.
 */
export type Freshness = { since: number; revision: number; whole: boolean; fresh: Fresh }

type Aged = { revision: number; later?: number }

/** Every shard holds all changes up to `built`; none holds any after `newest`. */
export type Ages = { built: number; newest: number }

export function agesOf(shards: readonly Aged[]): Ages {
  return {
    built: Math.min(...shards.map(({ revision }) => revision)),
    newest: Math.max(...shards.map(({ revision, later = 0 }) => Math.max(revision, later))),
  }
}

/** True where the shards are of one moment by themselves. */
export function isEven({ built, newest }: Ages): boolean {
  return newest <= built
}

/** True where the shards are of one moment once these changes lie over them. */
export function isFit({ since, revision }: Pick<Freshness, 'since' | 'revision'>, ages: Ages) {
  return since <= ages.built && revision > ages.built && revision >= ages.newest
}

/** True where nothing that is known of by `touched` is missing; what was cut off is read again. */
export function isEnough(fresh: Freshness, ages: Ages, touched: number): boolean {
  const all = fresh.whole || fresh.since === ages.built
  return all && isFit(fresh, ages) && fresh.revision >= touched
}

/**
 * Equal versions, equal answers. One moment of D1 is its revision, whatever was read for it; what
 * is between moments is named by what it was made of.
 */
export function versionOf(ages: Ages, etag: string, fresh: Freshness | undefined): string {
  const moment = momentOf(fresh?.revision ?? ages.built)
  const exact = fresh ? fresh.whole && isFit(fresh, ages) : isEven(ages)
  return exact ? moment : `${moment}.${fresh?.since ?? ages.built}.${etag}`
}

/** The version of everything that D1 knows at a revision. */
export function momentOf(revision: number): string {
  return `${SHARD_FORMAT}.${revision}`
}
