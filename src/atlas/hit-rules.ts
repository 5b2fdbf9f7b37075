/** Found rows as lines to show: the only place where a search turns bytes into text. */
import { NO_PRICE } from './item-rules.ts'
import type { Field } from './item-rules.ts'
import { bitsOf } from './mark-rules.ts'
import { metresBetween, partOf } from './place-rules.ts'
import type { Organisations } from './place-rules.ts'
import type { Hit, Query } from './rules.ts'
import type { LaidItems, Shelf } from './shelf-rules.ts'
import { compareIds, compareTexts, idAt, readText, textAt } from './text-rules.ts'

/** How many names a line says of what was found with an organisation. */
export const MATCHED_MAX = 3

export function itemHit(shelf: Shelf, query: Query, laid: LaidItems, row: number): Hit {
  const { shard, ofRow } = laid
  const sort = sortOfRow(laid, row)
  const text = (field: Field) => fieldOf(laid, field, sort)
  const price = shard.prices[shard.price[row] as number] as number
  return {
    ...organisationHit(shelf.organisations, query, ofRow[row] as number, []),
    kind: query.kind,
    subject: idAt(shard.ids, row),
    name: text('name'),
    model: text('model'),
    maker: text('maker'),
    category: text('category'),
    price_fen: price === NO_PRICE ? null : price,
    unit: text('unit'),
  }
}

export function organisationHit(
  organisations: Organisations,
  { near }: Query,
  ordinal: number,
  matched: readonly string[],
): Hit {
  const { shard, at } = partOf(organisations, ordinal)
  const subject = idAt(shard.ids, at)
  const name = textAt(shard.names, at)
  const [lng, lat] = [shard.lng[at] as number, shard.lat[at] as number]
  return {
    kind: 'organisation',
    subject,
    organisation: subject,
    organisation_name: name,
    name,
    model: '',
    maker: '',
    category: '',
    price_fen: null,
    unit: '',
    county: textAt(shard.counties, shard.county[at] as number),
    address: readText(shard.addresses, at),
    phone: readText(shard.phones, at),
    lng,
    lat,
    rating_percent: shard.rating[at] as number,
    rating_count: shard.ratings[at] as number,
    distance_m: near ? Math.round(metresBetween(near, { lng, lat })) : null,
    services: shard.services[at] as number,
    instruments: shard.instruments[at] as number,
    matched,
  }
}

/** Names of what an organisation offers and some word occurs in; the shards are marked already. */
export function matchedOf(shelf: Shelf, query: Query, ordinal: number): string[] {
  if (bitsOf(query.words) === 0) return []
  const names = [shelf.services, shelf.instruments].flatMap((kind) => {
    const found = kind.flatMap((laid) => namesOf(laid, ordinal))
    return [...new Set(found)].sort(compareTexts)
  })
  return [...new Set(names)].slice(0, MATCHED_MAX)
}

/** Rows are in the order of names, so the first few names are enough. */
function namesOf({ shard, ofRow, owners, holed }: LaidItems, ordinal: number): string[] {
  const names = new Set<number>()
  const owner = owners.get(ordinal)
  if (owner === undefined) return []
  const end = shard.owned[owner + 1] as number
  for (let at = shard.owned[owner] as number; at < end && names.size < MATCHED_MAX; at++) {
    const sort = shard.ownSort[at] as number
    if (shard.marks[sort] === 0) continue
    if (holed && ofRow[shard.ownRow[at] as number] !== ordinal) continue
    names.add(shard.fields.name.of[sort] as number)
  }
  return Array.from(names, (name) => textAt(shard.fields.name.texts, name))
}

/** Where a found row stands among equals: by its texts, then by its id. */
export type Standing = { name: string; laid: LaidItems; sort: number; row: number }

export function standingOf(laid: LaidItems, row: number): Standing {
  const sort = sortOfRow(laid, row)
  return { name: fieldOf(laid, 'name', sort), laid, sort, row }
}

export function compareStandings(one: Standing, other: Standing): number {
  if (one.laid === other.laid) return one.row - other.row
  const named = compareTexts(one.name, other.name)
  if (named !== 0) return named
  for (const field of ['model', 'maker', 'category', 'unit'] as const) {
    const [left, right] = [
      fieldOf(one.laid, field, one.sort),
      fieldOf(other.laid, field, other.sort),
    ]
    const apart = compareTexts(left, right)
    if (apart !== 0) return apart
  }
  return compareIds(one.laid.shard.ids, one.row, other.laid.shard.ids, other.row)
}

function fieldOf({ shard }: LaidItems, field: Field, sort: number): string {
  return textAt(shard.fields[field].texts, shard.fields[field].of[sort] as number)
}

function sortOfRow({ shard }: LaidItems, row: number): number {
  let [low, high] = [0, shard.sorts]
  while (low + 1 < high) {
    const middle = (low + high) >>> 1
    if ((shard.rows[middle] as number) <= row) low = middle
    else high = middle
  }
  return low
}
