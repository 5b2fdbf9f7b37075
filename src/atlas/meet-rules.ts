/** Which words organisations meet by what they offer, although they do not say them themselves. */
import { markSorts, OFFERED_FIELDS, runsOf } from './mark-rules.ts'
import type { Marked } from './mark-rules.ts'
import type { LaidItems } from './shelf-rules.ts'
import { rowsWithin, STRAY_ROWS } from './walk-rules.ts'
import type { SoughtWord } from './word-rules.ts'

/** Adds to `met`, by ordinal, the words that occur in items of organisations behind the gate. */
export function meetByItems(
  laid: LaidItems,
  words: readonly SoughtWord[],
  gate: Uint8Array,
  met: Uint8Array,
): void {
  const within = rowsWithin(laid, gate)
  const marked = within > 0 && markSorts(laid.shard, words, OFFERED_FIELDS, null)
  if (!marked) return
  const { rows } = runsOf(laid.shard, { ...marked, bits: 0 })
  if (rows < within * STRAY_ROWS) meetBySorts(laid, marked, met)
  else meetByOwners(laid, gate, met)
}

function meetBySorts({ shard, ofRow }: LaidItems, { byName }: Marked, met: Uint8Array): void {
  const { rows, marks, nameMarks } = shard
  const { starts } = shard.fields.name
  if (byName) {
    for (const name of byName) {
      const [start, end] = [starts[name] as number, starts[name + 1] as number]
      meetRows(ofRow, rows[start] as number, rows[end] as number, nameMarks[name] as number, met)
    }
    return
  }
  for (let sort = 0; sort < shard.sorts; sort++)
    meetRows(ofRow, rows[sort] as number, rows[sort + 1] as number, marks[sort] as number, met)
}

function meetRows(
  ofRow: Uint16Array,
  start: number,
  end: number,
  mark: number,
  met: Uint8Array,
): void {
  if (mark === 0) return
  for (let row = start; row < end; row++) (met[ofRow[row] as number] as number) |= mark
}

function meetByOwners(
  { shard, ofRow, ordinals, holed }: LaidItems,
  gate: Uint8Array,
  met: Uint8Array,
): void {
  const { marks, owned, ownRow, ownSort } = shard
  for (const [at, ordinal] of ordinals.entries()) {
    if (gate[ordinal] !== 1) continue
    const end = owned[at + 1] as number
    for (let place = owned[at] as number; place < end; place++)
      if (!holed || ofRow[ownRow[place] as number] === ordinal)
        (met[ordinal] as number) |= marks[ownSort[place] as number] as number
  }
}
