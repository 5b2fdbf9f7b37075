/**
 * A word index over texts: for every pair of neighbouring Han units the texts that hold it, and
 * every token of letters and digits in order. It finds exactly what word-rules say occurs.
 */
import type { Columns, Numbers } from './column-rules.ts'
import { holds, openTexts } from './text-rules.ts'
import type { Texts } from './text-rules.ts'
import type { SoughtWord } from './word-rules.ts'

/**
 * A pair is (unit << 16 | next), the last unit of a run stands with 0; `starts` counts bytes of
 * `lists`. Chains lie behind each other, each ended by 0; `suffixes` are places in them, in order
 * of what follows.
 */
export type TextIndex = {
  texts: Texts
  pairs: Uint32Array
  starts: Uint32Array
  lists: Uint8Array
  suffixes: Uint32Array
  owners: Numbers
  chains: Uint16Array
}

export function openIndex(columns: Columns): TextIndex {
  return {
    texts: openTexts(columns),
    pairs: columns.words(),
    starts: columns.words(),
    lists: columns.bytes(),
    suffixes: columns.words(),
    owners: columns.numbers(),
    chains: columns.shorts(),
  }
}

/** Calls `visit` with every text in which the word occurs, some more than once. */
export function visitWord(index: TextIndex, sought: SoughtWord, visit: (at: number) => void): void {
  if (sought.script === 'han') visitHan(index, sought.word, visit)
  if (sought.script === 'latin') visitTokens(index, sought.word, visit)
}

function visitHan(index: TextIndex, word: string, visit: (at: number) => void): void {
  const first = word.charCodeAt(0) << 16
  if (word.length === 1) {
    const end = lowerBound(index.pairs, (first | 0xffff) >>> 0)
    for (let at = lowerBound(index.pairs, first >>> 0); at < end; at++) readList(index, at, visit)
    return
  }
  const rarest = rarestPair(index, word)
  if (rarest < 0) return
  if (word.length === 2) readList(index, rarest, visit)
  else readList(index, rarest, (at) => holds(index.texts, at, word) && visit(at))
}

/** The place of the word's pair with the shortest list; -1 where one is not there at all. */
function rarestPair({ pairs, starts }: TextIndex, word: string): number {
  let rarest = -1
  let shortest = Infinity
  for (let unit = 0; unit + 1 < word.length; unit++) {
    const pair = ((word.charCodeAt(unit) << 16) | word.charCodeAt(unit + 1)) >>> 0
    const at = lowerBound(pairs, pair)
    if (pairs[at] !== pair) return -1
    const length = (starts[at + 1] as number) - (starts[at] as number)
    if (length < shortest) [rarest, shortest] = [at, length]
  }
  return rarest
}

function readList({ starts, lists }: TextIndex, at: number, visit: (at: number) => void): void {
  const end = starts[at + 1] as number
  let one = 0
  for (let place = starts[at] as number; place < end;) {
    let byte = lists[place++] as number
    let step = byte & 127
    for (let shift = 7; byte > 127; shift += 7) {
      byte = lists[place++] as number
      step |= (byte & 127) << shift
    }
    one += step
    visit(one)
  }
}

function visitTokens(index: TextIndex, word: string, visit: (at: number) => void): void {
  const { suffixes, owners } = index
  let [low, high] = [0, suffixes.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (compareStart(index, middle, word) < 0) low = middle + 1
    else high = middle
  }
  for (; low < suffixes.length && compareStart(index, low, word) === 0; low++)
    visit(owners[low] as number)
}

/** How a suffix stands to a word: 0 where it starts with it. */
function compareStart({ suffixes, chains }: TextIndex, at: number, word: string): number {
  const start = suffixes[at] as number
  for (let unit = 0; unit < word.length; unit++) {
    const apart = (chains[start + unit] as number) - word.charCodeAt(unit)
    if (apart !== 0) return apart
  }
  return 0
}

/** The first place that is not below. */
function lowerBound(sorted: Uint32Array, one: number): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] as number) < one) low = middle + 1
    else high = middle
  }
  return low
}
