/** Type-ahead: organisations by name or sound, services and instruments by name and model. */
import { nameBits } from './find-rules.ts'
import { bitsOf, closenessAt, markSorts } from './mark-rules.ts'
import { partOf } from './place-rules.ts'
import type { Kind, Suggestion } from './rules.ts'
import type { LaidItems, Shelf } from './shelf-rules.ts'
import { compareTexts, idAt, textAt } from './text-rules.ts'
import { closenessOf, soughtOf, textOf, wordsOf } from './word-rules.ts'

/** A suggestion with what it is ordered by, best first. */
export type Candidate = Suggestion & { order: readonly [closeness: number, weight: number] }

/** Half organisations, half things, unless there are not enough of one. Never throws. */
export function suggestShards(shelf: Shelf, typed: string, limit: number): Suggestion[] {
  const words = wordsOf(typed)
  if (words.length === 0) return []
  const organisations = suggestOrganisations(shelf, words)
  const items = [
    ...suggestItems(shelf, 'service', words),
    ...suggestItems(shelf, 'instrument', words),
  ]
  return chosenFrom(organisations, items, limit)
}

/** The best of both, in the order in which they are shown. */
export function chosenFrom(
  organisations: Candidate[],
  items: Candidate[],
  limit: number,
): Suggestion[] {
  const half = Math.max(Math.ceil(limit / 2), limit - items.length)
  const lines = [
    ...organisations.sort(compareCandidates).slice(0, half),
    ...items.sort(compareCandidates),
  ]
  return lines
    .slice(0, Math.max(0, limit))
    .map(({ kind, text, organisation, count }) => ({ kind, text, organisation, count }))
}

function suggestOrganisations({ organisations }: Shelf, words: readonly string[]): Candidate[] {
  const marks = nameBits(organisations, words.map(soughtOf))
  const all = bitsOf(words)
  const candidates: Candidate[] = []
  for (let ordinal = 0; ordinal < organisations.count; ordinal++) {
    if (marks[ordinal] !== all || organisations.visible[ordinal] !== 1) continue
    const { shard, at } = partOf(organisations, ordinal)
    const closeness = closenessAt(shard.nameIndex.texts, at, words, true)
    candidates.push({
      kind: 'organisation',
      text: textAt(shard.names, at),
      organisation: idAt(shard.ids, at),
      count: (shard.services[at] as number) + (shard.instruments[at] as number),
      order: [closeness, organisations.byRating[ordinal] as number],
    })
  }
  return candidates
}

function suggestItems(shelf: Shelf, kind: Exclude<Kind, 'organisation'>, words: readonly string[]) {
  const counts = new Map<string, number>()
  const all = kind === 'service' ? shelf.services : shelf.instruments
  for (const laid of all) countNames(shelf, laid, words, counts)
  return Array.from(counts, ([text, count]): Candidate => {
    const order = [closenessOf(textOf(text), words), -count] as const
    return { kind, text, organisation: null, count, order }
  })
}

/** Visible rows by name; where the words need the model too, by name and model. */
function countNames(
  { organisations }: Shelf,
  laid: LaidItems,
  words: readonly string[],
  counts: Map<string, number>,
): void {
  const { shard, ofRow } = laid
  const { name, model } = shard.fields
  const bits = markSorts(shard, words.map(soughtOf), ['model'], null)?.bits
  for (let sort = 0; sort < shard.sorts; sort++) {
    if (shard.marks[sort] !== bits) continue
    let count = 0
    const end = shard.rows[sort + 1] as number
    for (let row = shard.rows[sort] as number; row < end; row++)
      if (organisations.visible[ofRow[row] as number] === 1) count++
    if (count === 0) continue
    const [named, modelled] = [name.of[sort] as number, model.of[sort] as number]
    const whole = shard.nameMarks[named] === bits
    const text = textAt(name.texts, named) + (whole ? '' : ` ${textAt(model.texts, modelled)}`)
    counts.set(text, (counts.get(text) ?? 0) + count)
  }
}

function compareCandidates(one: Candidate, other: Candidate): number {
  const [closeness, weight] = one.order
  return closeness - other.order[0] || weight - other.order[1] || compareTexts(one.text, other.text)
}
