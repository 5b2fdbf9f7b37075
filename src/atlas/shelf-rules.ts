/**
 * A shelf: opened shards laid beside each other so that they can be searched as one, with changes
 * since they were built laid over them. Cheap to make; keep it for as long as its parts stay.
 */
import type { ItemDoc } from './rules.ts'
import type { ItemShard } from './item-rules.ts'
import type { OrganisationShard, StockedOrganisation } from './shard-rules.ts'

/** `instruments` and `services` hold only the shards that a query needs: see citiesOf. */
export type Shards = {
  organisations: OrganisationShard
  services: readonly ItemShard[]
  instruments: readonly ItemShard[]
}

/**
 * What changed since the shards were built, whole documents, hidden ones too: each replaces what a
 * shard says of its subject. An organisation whose items changed comes along for its counts.
 */
export type Fresh = {
  organisations: readonly StockedOrganisation[]
  items: readonly ItemDoc[]
}

export type Shelf = { readonly shards: Shards }

export function layShelf(_shards: Shards, _fresh?: Fresh): Shelf {
  throw new Error('unfinished')
}
