/**
 * Builds a shard of items: each distinct text, sort and price once, and rows in their order. Rows
 * lie in columns from the first on, and a text goes once it is packed: a city may have more items
 * than an isolate can hold as objects.
 */
import { Growing, packColumns, packNumbers } from './column-rules.ts'
import type { Column } from './column-rules.ts'
import { FIELDS, ITEMS, NO_PRICE } from './item-rules.ts'
import { packIndex } from './pack-rules.ts'
import type { Entry } from './pack-rules.ts'
import type { ItemDoc } from './rules.ts'
import { entryOf, ORGANISATIONS_MAX, SHARD_FORMAT } from './shard-rules.ts'
import { compareIds, compareTexts, packIds, packTexts } from './text-rules.ts'

/** Takes items page by page. */
export type ItemShardBuild = {
  add(items: Iterable<ItemDoc>): void
  /** The shard, once; nothing can be added after it. */
  finish(): Uint8Array
}

/** Texts by number: as they come, then by their place among all. */
class Numbered {
  readonly #numbers = new Map<string, number>()
  readonly #of = new Growing(Uint32Array)

  add(text: string): void {
    const known = this.#numbers.get(text)
    if (known === undefined) this.#numbers.set(text, this.#numbers.size)
    this.#of.add(known ?? this.#numbers.size - 1)
  }

  /** The distinct texts in order, and the place of each row's; forgets both. */
  places(): { texts: string[]; of: Uint32Array } {
    const places = new Uint32Array(this.#numbers.size)
    const texts = [...this.#numbers.keys()].sort(compareTexts)
    for (const [place, text] of texts.entries()) places[this.#numbers.get(text) ?? 0] = place
    this.#numbers.clear()
    const of = this.#of.column()
    for (let row = 0; row < of.length; row++) of[row] = places[of[row] as number] as number
    return { texts, of }
  }
}

/** Rows as they come. */
type Rows = {
  ids: Growing<Uint8Array>
  fields: readonly Numbered[]
  organisation: Numbered
  price: Growing<Float64Array>
}

export function startItemShard(): ItemShardBuild {
  const rows: Rows = {
    ids: new Growing(Uint8Array),
    fields: FIELDS.map(() => new Numbered()),
    organisation: new Numbered(),
    price: new Growing(Float64Array),
  }
  return {
    add(items) {
      for (const item of items) {
        if (item.hidden) continue
        for (const byte of packIds([item.subject])) rows.ids.add(byte)
        for (const [at, field] of FIELDS.entries()) rows.fields[at]?.add(item[field])
        rows.organisation.add(item.organisation)
        rows.price.add(item.price_fen ?? NO_PRICE)
      }
    },
    finish: () => packItems(rows),
  }
}

function packItems(rows: Rows): Uint8Array {
  const owners = rows.organisation.places()
  const organisations = owners.texts.length
  if (organisations > ORGANISATIONS_MAX) throw new RangeError('too many organisations')
  const fields = rows.fields.map((field) => field.places())
  const ids = rows.ids.column()
  const order = orderOf(
    fields.map(({ of }) => of),
    ids,
  )
  const { sortOfRow, firsts, starts } = sortsOf(
    fields.map(({ of }) => of),
    order,
  )
  const ownerOfRow = order.map((row) => owners.of[row] as number)
  return packColumns(ITEMS, SHARD_FORMAT, [
    ...fields.flatMap(({ texts, of }) =>
      packField(
        texts,
        firsts.map((row) => of[row] as number),
      ),
    ),
    starts,
    arranged(ids, order),
    Uint16Array.from(ownerOfRow),
    ...packPrices(rows.price.column(), order),
    packIds(owners.texts),
    ...packOwned(ownerOfRow, sortOfRow, organisations),
  ])
}

/** The rows by their texts, then by id. */
function orderOf(fields: readonly Uint32Array[], ids: Uint8Array): Uint32Array {
  const order = new Uint32Array(ids.length / 16)
  for (let row = 0; row < order.length; row++) order[row] = row
  return order.sort((one, other) => {
    for (const of of fields) {
      const apart = (of[one] as number) - (of[other] as number)
      if (apart !== 0) return apart
    }
    return compareIds(ids, one, ids, other) || one - other
  })
}

/** The sort of each ordered row, some row of each sort, and where the rows of each sort start. */
function sortsOf(fields: readonly Uint32Array[], order: Uint32Array) {
  const sortOfRow = new Uint32Array(order.length)
  const [firsts, starts] = [new Growing(Uint32Array), new Growing(Uint32Array)]
  for (let place = 0; place < order.length; place++) {
    const [row, before] = [order[place] as number, order[place - 1]]
    if (before === undefined || fields.some((of) => of[row] !== of[before])) {
      firsts.add(row)
      starts.add(place)
    }
    sortOfRow[place] = firsts.length - 1
  }
  starts.add(order.length)
  return { sortOfRow, firsts: firsts.column(), starts: starts.column() }
}

function arranged(ids: Uint8Array, order: Uint32Array): Uint8Array {
  const bytes = new Uint8Array(ids.length)
  for (const [place, row] of order.entries())
    bytes.set(ids.subarray(row * 16, row * 16 + 16), place * 16)
  return bytes
}

/** The place of each row's price among the distinct ones, then these. */
function packPrices(prices: Float64Array, order: Uint32Array): Column[] {
  const values = prices.slice().sort()
  const distinct = values.filter((price, at) => price !== values[at - 1])
  return [packNumbers(order.map((row) => placeOf(distinct, prices[row] as number))), distinct]
}

function placeOf(sorted: Float64Array, one: number): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] as number) < one) low = middle + 1
    else high = middle
  }
  return low
}

/** Distinct texts in order, and the place of each sort's. The texts go once they are packed. */
function packField(texts: string[], of: Uint32Array): Column[] {
  const starts = startsOf(of, texts.length)
  const packed = [...packTexts(texts), ...packIndex(entriesOf(texts))]
  texts.length = 0
  return [...packed, packNumbers(of), packNumbers(starts), packNumbers(listOf(of, starts))]
}

function* entriesOf(texts: readonly string[]): Generator<Entry> {
  for (const text of texts) yield entryOf([text])
}

function packOwned(owners: Uint32Array, sorts: Uint32Array, organisations: number): Column[] {
  const starts = startsOf(owners, organisations)
  const rows = listOf(owners, starts)
  return [starts, packNumbers(rows), packNumbers(rows.map((row) => sorts[row] as number))]
}

/** Where the members of each group start when they stand sorted by group. */
function startsOf(groups: Uint32Array, count: number): Uint32Array {
  const starts = new Uint32Array(count + 1)
  for (const group of groups) (starts[group + 1] as number)++
  for (let at = 0; at < count; at++)
    starts[at + 1] = (starts[at] as number) + (starts[at + 1] as number)
  return starts
}

/** The members sorted by group, then by place. */
function listOf(groups: Uint32Array, starts: Uint32Array): Uint32Array {
  const next = starts.slice()
  const members = new Uint32Array(groups.length)
  for (const [at, group] of groups.entries()) members[(next[group] as number)++] = at
  return members
}
