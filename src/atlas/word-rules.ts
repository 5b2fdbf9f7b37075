/**
 * What a word is and where it occurs: the meaning of a search by word, the same on every path. Han
 * characters are found inside a run of Han, letters and digits at the start of a word or a number.
 */
import { simplified, syllablesOf } from '../kernel/han.ts'

/** The longest typed text that is read, in characters; what follows is cut off. */
export const TYPED_CHARACTERS_MAX = 100

/** At most this many words are looked for; a longer text is a sentence, not a search. */
export const WORDS_MAX = 6

const HAN = /^\p{Script=Han}+$/u
const LATIN = /^(?:(?!\p{Script=Han})[\p{L}\p{N}\p{M}])+$/u
const RUNS = /\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{N}\p{M}])+/gu

/** What stands inside a model number: GC-2010, LC/MS, 7.5. A blank, comma or bracket ends it. */
const JOINT = /^[^\p{L}\p{N}\p{M}\s,、。;()]{1,2}$/u

/** One form for what means the same: full-width, capital and traditional letters. */
export function foldText(text: string): string {
  return simplified(text.toWellFormed().normalize('NFKC').toLowerCase())
}

/** True where a word is found inside a text; any other is found only at the start of a token. */
export function isHan(word: string): boolean {
  return HAN.test(word)
}

/** True for a word of letters and digits. What is neither Han nor this occurs nowhere. */
export function isLatin(word: string): boolean {
  return LATIN.test(word)
}

/** A word with how it is looked for, so that many indexes need not tell each for itself. */
export type SoughtWord = { word: string; script: 'han' | 'latin' | 'none' }

export function soughtOf(word: string): SoughtWord {
  if (isHan(word)) return { word, script: 'han' }
  return { word, script: isLatin(word) ? 'latin' : 'none' }
}

/**
 * Typed text as folded words. A text of signs alone (「%%」, 「🙂」) is one word that occurs nowhere,
 * so that it finds nothing instead of everything.
 */
export function wordsOf(typed: string): string[] {
  const text = [...foldText(typed).trim()].slice(0, TYPED_CHARACTERS_MAX).join('')
  if (text === '') return []
  const words = text.match(RUNS) ?? [text]
  return [...new Set(words)].slice(0, WORDS_MAX)
}

/** The runs of Han characters in a folded text. */
export function hanRuns(folded: string): string[] {
  return folded.match(/\p{Script=Han}+/gu) ?? []
}

/**
 * Letters and digits that belong together, by their parts: "gc-2010 plus" → [gc, 2010], [plus].
 * A word may start at any part and go on into the next.
 */
export type Chain = readonly string[]

export function chainsOf(folded: string): Chain[] {
  const chains: string[][] = []
  let end = -1
  for (const { 0: run, index } of folded.matchAll(RUNS)) {
    if (HAN.test(run)) continue
    const open = end < 0 || !JOINT.test(folded.slice(end, index)) ? undefined : chains.at(-1)
    if (open) open.push(run)
    else chains.push([run])
    end = index + run.length
  }
  return chains
}

/** How a name sounds: its syllables as one chain and its initials; letters stay as they are. */
export function soundsOf(folded: string): Chain[] {
  const runs = folded.match(RUNS) ?? []
  const sounds = runs.map((run) => (HAN.test(run) ? syllablesOf(run) : run))
  const initials = sounds.map((one) =>
    typeof one === 'string' ? one : one.map((syllable) => syllable.charAt(0)).join(''),
  )
  return initials.join('') === '' ? [] : [sounds.flat(), [initials.join('')]]
}

/** What a word can be the start of: [gc, 2010] → gc2010, 2010. */
export function tokensOf(chains: readonly Chain[]): string[] {
  return chains.flatMap((chain) => chain.map((_, at) => chain.slice(at).join('')))
}

/** A text made ready for many words: folded, and the tokens of its letters and digits. */
export type Text = { folded: string; tokens: readonly string[] }

export function textOf(raw: string): Text {
  const folded = foldText(raw)
  return { folded, tokens: tokensOf(chainsOf(folded)) }
}

/** The name of an organisation, which is found by its sound too. */
export function namedText(raw: string): Text {
  const folded = foldText(raw)
  return { folded, tokens: tokensOf([...chainsOf(folded), ...soundsOf(folded)]) }
}

export function occursIn(word: string, text: Text): boolean {
  if (isHan(word)) return text.folded.includes(word)
  return isLatin(word) && text.tokens.some((token) => token.startsWith(word))
}

/** How well a name answers: 0 it equals a word, 1 starts with one, 2 holds all, 3 anything else. */
export type Closeness = 0 | 1 | 2 | 3

export function closenessOf(name: Text, words: readonly string[]): Closeness {
  if (words.length === 0) return 3
  if (words.includes(name.folded)) return 0
  if (words.some((word) => name.folded.startsWith(word))) return 1
  return words.every((word) => occursIn(word, name)) ? 2 : 3
}
