/**
 * A shelf: opened shards laid beside each other so that they can be searched as one, with changes
 * since they were built laid over them. Cheap to make; keep it for as long as its parts stay.
 */
import { openItems } from './item-rules.ts'
import type { ItemShard } from './item-rules.ts'
import { layOrganisations, NOWHERE } from './place-rules.ts'
import type { Organisations } from './place-rules.ts'
import type { ItemDoc } from './rules.ts'
import type { OrganisationShard, StockedOrganisation } from './shard-rules.ts'
import { startItemShard } from './stock-rules.ts'
import { compareIds, packIds } from './text-rules.ts'

/** `instruments` and `services` hold only the shards that a query needs: see citiesOf. */
export type Shards = {
  organisations: OrganisationShard
  services: readonly ItemShard[]
  instruments: readonly ItemShard[]
}

/**
 * What changed since the shards were built, whole documents, hidden ones too: each replaces what a
 * shard says of its subject. An organisation whose items changed comes along for its counts. An
 * item stays with its organisation for good.
 */
export type Fresh = {
  organisations: readonly StockedOrganisation[]
  items: readonly ItemDoc[]
}

export type Shelf = {
  organisations: Organisations
  services: readonly LaidItems[]
  instruments: readonly LaidItems[]
}

/**
 * An item shard whose organisations have ordinals of the shelf: of each row, of each organisation
 * of the shard, and how many rows each still has. Rows that are gone are NOWHERE, and so are those
 * of organisations that are not known; `holed` where there are rows that are gone.
 */
export type LaidItems = {
  shard: ItemShard
  ofRow: Uint16Array
  ordinals: Uint16Array
  /** The organisation of the shard that has an ordinal, if any. */
  owners: Map<number, number>
  left: Uint32Array
  holed: boolean
}

export function layShelf(shards: Shards, fresh?: Fresh): Shelf {
  const organisations = layOrganisations(shards.organisations, fresh?.organisations ?? [])
  const changed = changesOf(fresh?.items ?? [])
  const lay = (kind: ItemDoc['kind'], items: readonly ItemShard[]) => {
    const laid = items.map((shard) => layItems(organisations, shard, changed))
    const added = fresh?.items.filter((item) => item.kind === kind && !item.hidden) ?? []
    if (added.length === 0) return laid
    const build = startItemShard()
    build.add(added)
    const shard = openItems(build.finish().buffer as ArrayBuffer)
    return [...laid, layItems(organisations, shard, NO_CHANGES)]
  }
  return {
    organisations,
    services: lay('service', shards.services),
    instruments: lay('instrument', shards.instruments),
  }
}

/** Subjects that changed, with their organisations, both as bytes. */
type Changes = { count: number; subjects: Uint8Array; owners: Uint8Array }
const NO_CHANGES = changesOf([])

function changesOf(items: readonly ItemDoc[]): Changes {
  return {
    count: items.length,
    subjects: packIds(items.map(({ subject }) => subject)),
    owners: packIds(items.map(({ organisation }) => organisation)),
  }
}

const laidBefore = new WeakMap<OrganisationShard, WeakMap<ItemShard, LaidItems>>()

/** As it was laid before where nothing of the shard has changed since. */
function layItems(organisations: Organisations, shard: ItemShard, changes: Changes): LaidItems {
  const [base, ...over] = organisations.parts
  if (!base) throw new Error('a shelf has organisations')
  let known = laidBefore.get(base.shard)
  if (!known) laidBefore.set(base.shard, (known = new WeakMap()))
  let laid = known.get(shard)
  if (!laid) known.set(shard, (laid = layPlainly(shard, ordinalsOf(shard, base.shard))))
  const moved = over.flatMap((part) => movedTo(shard, part))
  const gone = rowsGone(shard, changes)
  if (gone.length === 0 && moved.length === 0) return laid
  const ordinals = laid.ordinals.slice()
  for (const { owner, ordinal } of moved) ordinals[owner] = ordinal
  const again = layPlainly(shard, ordinals)
  for (const row of gone) {
    again.ofRow[row] = NOWHERE
    ;(again.left[shard.organisation[row] as number] as number)--
  }
  return { ...again, holed: gone.length > 0 }
}

function layPlainly(shard: ItemShard, ordinals: Uint16Array): LaidItems {
  const ofRow = new Uint16Array(shard.count)
  for (let row = 0; row < shard.count; row++)
    ofRow[row] = ordinals[shard.organisation[row] as number] as number
  const left = new Uint32Array(ordinals.length)
  for (let at = 0; at < left.length; at++)
    left[at] = (shard.owned[at + 1] as number) - (shard.owned[at] as number)
  const owners = new Map(Array.from(ordinals, (ordinal, at) => [ordinal, at]))
  return { shard, ofRow, ordinals, owners, left, holed: false }
}

/** Both sides are sorted by id, so one walk finds all. */
function ordinalsOf({ organisationIds }: ItemShard, base: OrganisationShard): Uint16Array {
  const count = organisationIds.length / 16
  const ordinals = new Uint16Array(count).fill(NOWHERE)
  let place = 0
  for (let at = 0; at < count && place < base.count;) {
    const ordinal = base.byId[place] as number
    const order = compareIds(organisationIds, at, base.ids, ordinal)
    if (order === 0) ordinals[at] = ordinal
    if (order <= 0) at++
    if (order >= 0) place++
  }
  return ordinals
}

/** The organisations of an item shard that a part laid over replaces. */
function movedTo({ organisationIds }: ItemShard, part: Organisations['parts'][number]) {
  const { shard, first } = part
  return Array.from({ length: shard.count }, (_, at) => ({
    owner: findId(organisationIds, shard.ids, at),
    ordinal: first + at,
  })).filter(({ owner }) => owner >= 0)
}

/** A changed item is looked for among its organisation's rows only. */
function rowsGone(shard: ItemShard, changes: Changes): number[] {
  const gone: number[] = []
  for (let change = 0; change < changes.count; change++) {
    const owner = findId(shard.organisationIds, changes.owners, change)
    if (owner < 0) continue
    for (let at = shard.owned[owner] as number; at < (shard.owned[owner + 1] as number); at++) {
      const row = shard.ownRow[at] as number
      if (compareIds(shard.ids, row, changes.subjects, change) === 0) gone.push(row)
    }
  }
  return [...new Set(gone)]
}

function findId(sorted: Uint8Array, ids: Uint8Array, which: number): number {
  let [low, high] = [0, sorted.length / 16]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (compareIds(sorted, middle, ids, which) < 0) low = middle + 1
    else high = middle
  }
  return low < sorted.length / 16 && compareIds(sorted, low, ids, which) === 0 ? low : -1
}
