/**
 * Shards: the map's index as bytes that are opened without parsing. One holds the organisations,
 * others hold items of one kind (of a city, or all). Hidden items are left out, hidden organisations
 * stay known so that their items are not found.
 */
import type { ItemDoc, OrganisationDoc } from './rules.ts'

/** Raised when the bytes change their meaning; opening another format throws. */
export const SHARD_FORMAT = 1

/** Ordinals of organisations are 16 bits wide. */
export const ORGANISATIONS_MAX = 65_000

/** An organisation with how many visible services and instruments it offers. */
export type StockedOrganisation = OrganisationDoc & { services: number; instruments: number }

export type OrganisationShard = { readonly type: 'organisations' }
export type ItemShard = { readonly type: 'items' }

export function buildOrganisationShard(_docs: readonly StockedOrganisation[]): Uint8Array {
  throw new Error('unfinished')
}

/** Takes items page by page, so that a city's never lie in memory as objects. */
export type ItemShardBuild = {
  add(items: Iterable<ItemDoc>): void
  finish(): Uint8Array
}

export function startItemShard(): ItemShardBuild {
  throw new Error('unfinished')
}

export function openOrganisations(_bytes: ArrayBuffer): OrganisationShard {
  throw new Error('unfinished')
}

export function openItems(_bytes: ArrayBuffer): ItemShard {
  throw new Error('unfinished')
}
