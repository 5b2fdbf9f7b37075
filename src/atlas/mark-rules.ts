/**
 * Which words occur in which sorts of items of a shard: a bit for each word, and one more where
 * only some categories count. A sort with all bits is found wherever it stands.
 */
import { visitWord } from './index-rules.ts'
import type { Field, ItemShard } from './item-rules.ts'
import { startsWith, textAt } from './text-rules.ts'
import type { Closeness, SoughtWord } from './word-rules.ts'

export const ITEM_FIELDS: readonly Field[] = ['model', 'maker', 'category']
export const OFFERED_FIELDS: readonly Field[] = ['model', 'maker']

/**
 * `bits` of what is found; `byName`: the marked names, where they alone tell the marks of sorts.
 */
export type Marked = { bits: number; byName: readonly number[] | null }

/** Where every word is one bit. */
export function bitsOf(words: readonly unknown[]): number {
  return (1 << words.length) - 1
}

/**
 * Marks the shard's names and sorts by name and the fields given; null where nothing can be found.
 */
export function markSorts(
  shard: ItemShard,
  words: readonly SoughtWord[],
  fields: readonly Field[],
  categories: readonly string[] | null,
): Marked | null {
  const bits = bitsOf(words)
  let byName: readonly number[] | null = markNames(shard, words)
  for (const field of fields)
    for (const [at, word] of words.entries())
      if (markField(shard, field, word, 1 << at)) byName = null
  if (categories === null) return { bits, byName }
  const counted = countedOf(shard, categories)
  if (counted.every((one) => one === 1)) return { bits, byName }
  if (counted.every((one) => one === 0)) return null
  const { of } = shard.fields.category
  for (let sort = 0; sort < shard.sorts; sort++)
    if (counted[of[sort] as number] === 1) (shard.marks[sort] as number) |= bits + 1
  return { bits: bits + (bits + 1), byName: null }
}

/** The sorts of a name stand side by side. Returns the names in which some word occurs. */
function markNames(
  { marks, nameMarks, fields }: ItemShard,
  words: readonly SoughtWord[],
): readonly number[] {
  const { index, starts } = fields.name
  marks.fill(0)
  nameMarks.fill(0)
  for (const [at, word] of words.entries())
    visitWord(index, word, (name) => ((nameMarks[name] as number) |= 1 << at))
  const marked: number[] = []
  for (let name = 0; name < nameMarks.length; name++) {
    const mark = nameMarks[name] as number
    if (mark === 0) continue
    marked.push(name)
    marks.fill(mark, starts[name], starts[name + 1])
  }
  return marked
}

/** True where it occurs at all. */
function markField(
  { marks, fields }: ItemShard,
  field: Field,
  word: SoughtWord,
  bit: number,
): boolean {
  const { index, starts, list } = fields[field]
  let some = false
  visitWord(index, word, (text) => {
    some = true
    const end = starts[text + 1] as number
    for (let at = starts[text] as number; at < end; at++)
      (marks[list[at] as number] as number) |= bit
  })
  return some
}

/** 1 for every category of the shard that counts. */
function countedOf({ fields }: ItemShard, categories: readonly string[]): Uint8Array {
  const { texts } = fields.category
  return Uint8Array.from(texts.starts.subarray(1), (_, at) =>
    categories.includes(textAt(texts, at)) ? 1 : 0,
  )
}

/** Rows side by side of one name: from starts[i] to ends[i], of the name names[i]. */
export type Runs = { starts: number[]; ends: number[]; names: number[]; rows: number }

/** The rows of the sorts that have all bits; any where none are asked for. */
export function runsOf(shard: ItemShard, { bits, byName }: Marked): Runs {
  const runs: Runs = { starts: [], ends: [], names: [], rows: 0 }
  const { nameMarks, rows } = shard
  const { starts } = shard.fields.name
  if (byName === null) {
    for (let name = 0; name < nameMarks.length; name++) addRuns(shard, bits, name, runs)
    return runs
  }
  for (const name of byName) {
    if (!isFound(nameMarks[name] as number, bits)) continue
    const first = rows[starts[name] as number] as number
    addRun(runs, name, first, rows[starts[name + 1] as number] as number)
  }
  return runs
}

function addRuns(shard: ItemShard, bits: number, name: number, runs: Runs): void {
  const { marks, rows } = shard
  const { starts } = shard.fields.name
  const end = starts[name + 1] as number
  for (let sort = starts[name] as number; sort < end; sort++) {
    if (!isFound(marks[sort] as number, bits)) continue
    const first = rows[sort] as number
    while (sort + 1 < end && isFound(marks[sort + 1] as number, bits)) sort++
    addRun(runs, name, first, rows[sort + 1] as number)
  }
}

function addRun(runs: Runs, name: number, start: number, end: number): void {
  runs.starts.push(start)
  runs.ends.push(end)
  runs.names.push(name)
  runs.rows += end - start
}

function isFound(mark: number, bits: number): boolean {
  return bits === 0 ? mark !== 0 : mark === bits
}

/**
 * Says of each name how close it is, of those in which no word occurs as far as can be; returns the
 * smallest. Without words all are 0.
 */
export function fillCloseness(shard: ItemShard, words: readonly string[]): number {
  const { nameMarks, closeness } = shard
  const { texts } = shard.fields.name.index
  const bits = bitsOf(words)
  closeness.fill(words.length === 0 ? 0 : 3)
  let nearest = words.length === 0 ? 0 : 3
  if (words.length === 0) return nearest
  for (let name = 0; name < nameMarks.length; name++) {
    if (nameMarks[name] === 0) continue
    const close = closenessAt(texts, name, words, nameMarks[name] === bits)
    closeness[name] = close
    nearest = Math.min(nearest, close)
  }
  return nearest
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
