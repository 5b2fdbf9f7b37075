/**
 * Shards of items: what is equal is written once. Rows are sorted by sort of item (name, model,
 * maker, category, unit), then by id, which is the order of equals in every answer.
 */
import { openColumns } from './column-rules.ts'
import type { Columns, Numbers } from './column-rules.ts'
import { openIndex } from './index-rules.ts'
import type { TextIndex } from './index-rules.ts'
import { SHARD_FORMAT } from './shard-rules.ts'
import { countTexts, openTexts } from './text-rules.ts'
import type { Texts } from './text-rules.ts'

export const ITEMS = 2

/** Stands behind every price, and before what a search has not found yet. */
export const NO_PRICE = Number.MAX_VALUE

/** The fields of a sort of item, in their order. */
export const FIELDS = ['name', 'model', 'maker', 'category', 'unit'] as const
export type Field = (typeof FIELDS)[number]

/** Distinct texts of a field, the sorts that have each, and which words occur in which. */
export type FieldColumn = {
  texts: Texts
  index: TextIndex
  /** The text of every sort, and the sorts of text i: list[starts[i] … starts[i + 1]]. */
  of: Numbers
  starts: Numbers
  list: Numbers
}

/**
 * Sort s has the rows rows[s] … rows[s + 1]. The organisation o of the shard has, for k from
 * owned[o] to owned[o + 1], the rows ownRow[k] of the sorts ownSort[k].
 */
export type ItemShard = {
  readonly type: 'items'
  count: number
  sorts: number
  fields: Record<Field, FieldColumn>
  rows: Uint32Array
  ids: Uint8Array
  organisation: Uint16Array
  price: Numbers
  prices: Float64Array
  organisationIds: Uint8Array
  owned: Uint32Array
  ownRow: Numbers
  ownSort: Numbers
  /** Of the search under way: which words occur in each sort and in each name, and how close. */
  marks: Uint8Array
  nameMarks: Uint8Array
  closeness: Uint8Array
}

/** Throws on bytes that are something else; then the shard is to be built anew. */
export function openItems(buffer: ArrayBuffer): ItemShard {
  const columns = openColumns(buffer, ITEMS, SHARD_FORMAT)
  const fields = {
    name: openField(columns),
    model: openField(columns),
    maker: openField(columns),
    category: openField(columns),
    unit: openField(columns),
  }
  const rows = columns.words()
  const ids = columns.bytes()
  return {
    type: 'items',
    count: ids.length / 16,
    sorts: rows.length - 1,
    fields,
    rows,
    ids,
    organisation: columns.shorts(),
    price: columns.numbers(),
    prices: columns.doubles(),
    organisationIds: columns.bytes(),
    owned: columns.words(),
    ownRow: columns.numbers(),
    ownSort: columns.numbers(),
    marks: new Uint8Array(rows.length - 1),
    nameMarks: new Uint8Array(countTexts(fields.name.texts)),
    closeness: new Uint8Array(countTexts(fields.name.texts)),
  }
}

function openField(columns: Columns): FieldColumn {
  return {
    texts: openTexts(columns),
    index: openIndex(columns),
    of: columns.numbers(),
    starts: columns.numbers(),
    list: columns.numbers(),
  }
}
