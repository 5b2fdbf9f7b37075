/**
 * Which words occur in which sorts of items of a shard: a bit for each word, and one more where only
 * some categories count. A sort with all bits is found wherever it stands.
 */
import type { Field, ItemShard } from './item-rules.ts'
import { startsWith, textAt } from './text-rules.ts'
import { visitWord } from './index-rules.ts'
import type { Closeness } from './word-rules.ts'

export const ITEM_FIELDS: readonly Field[] = ['name', 'model', 'maker', 'category']
export const OFFERED_FIELDS: readonly Field[] = ['name', 'model', 'maker']

/** Where every word is one bit. */
export function bitsOf(words: readonly string[]): number {
  return (1 << words.length) - 1
}

/** Marks the shard's sorts and names; returns the bits of what is found, -1 where nothing can be. */
export function markSorts(
  shard: ItemShard,
  words: readonly string[],
  fields: readonly Field[],
  categories: readonly string[] | null,
): number {
  shard.marks.fill(0)
  shard.nameMarks.fill(0)
  for (const [at, word] of words.entries())
    for (const field of fields) markWord(shard, field, word, 1 << at)
  const bits = bitsOf(words)
  return categories === null ? bits : markCategories(shard, categories, bits)
}

function markWord(shard: ItemShard, field: Field, word: string, bit: number): void {
  const { marks, nameMarks, fields } = shard
  const { index, starts, list } = fields[field]
  visitWord(index, word, (text) => {
    if (field === 'name') (nameMarks[text] as number) |= bit
    const end = starts[text + 1] as number
    for (let at = starts[text] as number; at < end; at++)
      (marks[list[at] as number] as number) |= bit
  })
}

/** Costs nothing where all categories count or none does. */
function markCategories(shard: ItemShard, categories: readonly string[], bits: number): number {
  const { texts, of } = shard.fields.category
  const counted = Array.from(texts.starts.subarray(1), (_, at) =>
    categories.includes(textAt(texts, at)) ? 1 : 0,
  )
  if (counted.every((one) => one === 1)) return bits
  if (counted.every((one) => one === 0)) return -1
  for (let sort = 0; sort < shard.sorts; sort++)
    if (counted[of[sort] as number] === 1) (shard.marks[sort] as number) |= bits + 1
  return bits + (bits + 1)
}

/** How close each name is that a word occurs in; the others are as far as can be. 0 without words. */
export function closenessOfNames(shard: ItemShard, words: readonly string[]): Uint8Array {
  const { nameMarks } = shard
  const { texts } = shard.fields.name.index
  const bits = bitsOf(words)
  const close = new Uint8Array(nameMarks.length)
  if (words.length === 0) return close
  close.fill(3)
  for (let name = 0; name < close.length; name++)
    if (nameMarks[name] !== 0)
      close[name] = closenessAt(texts, name, words, nameMarks[name] === bits)
  return close
}

/** As word-rules closenessOf says, of a folded text in place. */
export function closenessAt(
  texts: ItemShard['fields']['name']['texts'],
  at: number,
  words: readonly string[],
  holdsAll: boolean,
): Closeness {
  const length = (texts.starts[at + 1] as number) - (texts.starts[at] as number)
  const starting = words.filter((word) => startsWith(texts, at, word))
  if (starting.some((word) => word.length === length)) return 0
  if (starting.length > 0) return 1
  return holdsAll ? 2 : 3
}
