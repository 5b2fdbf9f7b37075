/** Builds a shard of items: each distinct text, sort and price once, and rows in their order. */
import { packColumns, packNumbers } from './column-rules.ts'
import type { Column } from './column-rules.ts'
import { packIndex } from './index-rules.ts'
import { FIELDS, ITEMS, NO_PRICE } from './item-rules.ts'
import type { ItemDoc } from './rules.ts'
import { distinct, entryOf, ORGANISATIONS_MAX, SHARD_FORMAT } from './shard-rules.ts'
import { compareTexts, packIds, packTexts } from './text-rules.ts'

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

/** A row before it has its place. */
type Row = { subject: string; sort: number; organisation: number; price: number }

export function startItemShard(): ItemShardBuild {
  const sorts = new Numbering()
  const organisations = new Numbering()
  const rows: Row[] = []
  return {
    add(items) {
      for (const item of items) {
        if (item.hidden) continue
        rows.push({
          subject: item.subject,
          sort: sorts.numberOf(JSON.stringify(FIELDS.map((field) => item[field]))),
          organisation: organisations.numberOf(item.organisation),
          price: item.price_fen ?? NO_PRICE,
        })
      }
    },
    finish: () => packItems(rows, sorts.texts(), organisations.texts()),
  }
}

function packItems(
  rows: Row[],
  sortTexts: readonly string[],
  organisations: readonly string[],
): Uint8Array {
  const sorts = sortTexts.map((text) => JSON.parse(text) as string[])
  const order = sorts.map((_, at) => at).sort((a, b) => compareLists(sorts[a], sorts[b]))
  const placeOfSort = inverse(order)
  if (organisations.length > ORGANISATIONS_MAX) throw new RangeError('too many organisations')
  const ids = [...organisations].sort(compareTexts)
  const placeOfId = new Map(ids.map((id, at) => [id, at]))
  for (const row of rows) {
    row.sort = placeOfSort[row.sort] as number
    row.organisation = placeOfId.get(organisations[row.organisation] ?? '') ?? 0
  }
  rows.sort((a, b) => a.sort - b.sort || (a.subject < b.subject ? -1 : 1))
  const prices = [...new Set(rows.map(({ price }) => price))].sort((a, b) => (a < b ? -1 : 1))
  const rankOf = new Map(prices.map((price, at) => [price, at]))
  const sorted = order.map((at) => sorts[at] ?? [])
  return packColumns(ITEMS, SHARD_FORMAT, [
    ...FIELDS.flatMap((_, field) => packField(sorted.map((sort) => sort[field] ?? ''))),
    startsOf(
      rows.map(({ sort }) => sort),
      sorted.length,
    ),
    packIds(rows.map(({ subject }) => subject)),
    Uint16Array.from(rows, ({ organisation }) => organisation),
    packNumbers(rows.map(({ price }) => rankOf.get(price) ?? 0)),
    Float64Array.from(prices),
    packIds(ids),
    ...packOwned(rows, ids.length),
  ])
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

function packOwned(rows: readonly Row[], organisations: number): Column[] {
  const owners = rows.map(({ organisation }) => organisation)
  const starts = startsOf(owners, organisations)
  const list = listOf(owners, starts)
  return [starts, packNumbers(list), packNumbers(list.map((row) => rows[row]?.sort ?? 0))]
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

function inverse(order: readonly number[]): Uint32Array {
  const places = new Uint32Array(order.length)
  for (const [place, at] of order.entries()) places[at] = place
  return places
}

function compareLists(one: readonly string[] = [], other: readonly string[] = []): number {
  for (const [at, text] of one.entries()) {
    const apart = compareTexts(text, other[at] ?? '')
    if (apart !== 0) return apart
  }
  return 0
}
