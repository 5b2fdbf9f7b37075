/** Builds a shard of items: each distinct text, sort and price once, and rows in their order. */
import { packColumns, packNumbers } from './column-rules.ts'
import type { Column } from './column-rules.ts'
import { packIndex } from './index-rules.ts'
import { FIELDS, ITEMS, NO_PRICE } from './item-rules.ts'
import type { ItemDoc } from './rules.ts'
import { distinct, entryOf, ORGANISATIONS_MAX, SHARD_FORMAT } from './shard-rules.ts'
import { compareIds, compareTexts, packIds, packTexts } from './text-rules.ts'

/** Takes items page by page, so that a city's never lie in memory as objects. */
export type ItemShardBuild = {
  add(items: Iterable<ItemDoc>): void
  finish(): Uint8Array
}

/** Numbers texts in the order they come. */
class Numbering {
  readonly #numbers = new Map<string, number>()

  numberOf(text: string): number {
    const known = this.#numbers.get(text)
    if (known !== undefined) return known
    this.#numbers.set(text, this.#numbers.size)
    return this.#numbers.size - 1
  }

  texts(): string[] {
    return [...this.#numbers.keys()]
  }
}

/** Ids as they come, sixteen bytes each. */
class Ids {
  #bytes = new Uint8Array(1024 * 16)
  #count = 0

  add(id: string): void {
    if ((this.#count + 1) * 16 > this.#bytes.length) {
      const wider = new Uint8Array(this.#bytes.length * 2)
      wider.set(this.#bytes)
      this.#bytes = wider
    }
    this.#bytes.set(packIds([id]), 16 * this.#count++)
  }

  bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#count * 16)
  }
}

/** Rows as they come, before they have their place; the numbers are those of Numbering. */
type Rows = { ids: Ids; sort: number[]; organisation: number[]; price: number[] }

export function startItemShard(): ItemShardBuild {
  const sorts = new Numbering()
  const organisations = new Numbering()
  const rows: Rows = { ids: new Ids(), sort: [], organisation: [], price: [] }
  return {
    add(items) {
      for (const item of items) {
        if (item.hidden) continue
        rows.ids.add(item.subject)
        rows.sort.push(sorts.numberOf(JSON.stringify(FIELDS.map((field) => item[field]))))
        rows.organisation.push(organisations.numberOf(item.organisation))
        rows.price.push(item.price_fen ?? NO_PRICE)
      }
    },
    finish: () => packItems(rows, sorts.texts(), organisations.texts()),
  }
}

function packItems(
  rows: Rows,
  sortTexts: readonly string[],
  organisations: readonly string[],
): Uint8Array {
  if (organisations.length > ORGANISATIONS_MAX) throw new RangeError('too many organisations')
  const unsorted = sortTexts.map((text) => JSON.parse(text) as string[])
  const sortOrder = orderOf(unsorted, compareLists)
  const sorts = sortOrder.map((at) => unsorted[at] ?? [])
  const idOrder = orderOf(organisations, compareTexts)
  const [placeOfSort, placeOfId] = [inverse(sortOrder), inverse(idOrder)]
  const sortOf = rows.sort.map((sort) => placeOfSort[sort] as number)
  const starts = startsOf(sortOf, sorts.length)
  const ids = rows.ids.bytes()
  const order = listOf(sortOf, starts)
  for (let sort = 0; sort < sorts.length; sort++)
    order.subarray(starts[sort], starts[sort + 1]).sort((a, b) => compareIds(ids, a, ids, b))
  const owners = Array.from(order, (row) => placeOfId[rows.organisation[row] as number] as number)
  const sortOfRow = Array.from(order, (row) => sortOf[row] as number)
  return packColumns(ITEMS, SHARD_FORMAT, [
    ...FIELDS.flatMap((_, field) => packField(sorts.map((sort) => sort[field] ?? ''))),
    starts,
    arranged(ids, order),
    Uint16Array.from(owners),
    ...packPrices(rows.price, order),
    packIds(idOrder.map((at) => organisations[at] ?? '')),
    ...packOwned(owners, sortOfRow, organisations.length),
  ])
}

function arranged(ids: Uint8Array, order: Uint32Array): Uint8Array {
  const bytes = new Uint8Array(ids.length)
  for (const [place, row] of order.entries())
    bytes.set(ids.subarray(row * 16, row * 16 + 16), place * 16)
  return bytes
}

/** The place of each row's price among the distinct ones, then these. */
function packPrices(prices: readonly number[], order: Uint32Array): Column[] {
  const values = Float64Array.from(new Set(prices)).sort()
  const placeOf = new Map(Array.from(values, (price, at) => [price, at]))
  const places = Array.from(order, (row) => placeOf.get(prices[row] as number) ?? 0)
  return [packNumbers(places), values]
}

function packField(texts: readonly string[]): Column[] {
  const values = distinct(texts)
  const placeOf = new Map(values.map((value, at) => [value, at]))
  const of = texts.map((text) => placeOf.get(text) ?? 0)
  const starts = startsOf(of, values.length)
  return [
    ...packTexts(values),
    ...packIndex(values.map((value) => entryOf([value]))),
    packNumbers(of),
    packNumbers(starts),
    packNumbers(listOf(of, starts)),
  ]
}

function packOwned(
  owners: readonly number[],
  sorts: readonly number[],
  organisations: number,
): Column[] {
  const starts = startsOf(owners, organisations)
  const rows = listOf(owners, starts)
  return [starts, packNumbers(rows), packNumbers(rows.map((row) => sorts[row] as number))]
}

/** Where the members of each group start when they stand sorted by group. */
function startsOf(groups: readonly number[], count: number): Uint32Array {
  const starts = new Uint32Array(count + 1)
  for (const group of groups) (starts[group + 1] as number)++
  for (let at = 0; at < count; at++)
    starts[at + 1] = (starts[at] as number) + (starts[at + 1] as number)
  return starts
}

/** The members sorted by group, then by place. */
function listOf(groups: readonly number[], starts: Uint32Array): Uint32Array {
  const next = starts.slice()
  const members = new Uint32Array(groups.length)
  for (const [at, group] of groups.entries()) members[(next[group] as number)++] = at
  return members
}

function orderOf<T>(list: readonly T[], compare: (one: T, other: T) => number): number[] {
  const order = list.map((_, at) => at)
  return order.sort((one, other) => compare(list[one] as T, list[other] as T))
}

function inverse(order: readonly number[]): Uint32Array {
  const places = new Uint32Array(order.length)
  for (const [place, at] of order.entries()) places[at] = place
  return places
}

function compareLists(one: readonly string[], other: readonly string[]): number {
  for (const [at, text] of one.entries()) {
    const apart = compareTexts(text, other[at] ?? '')
    if (apart !== 0) return apart
  }
  return 0
}
