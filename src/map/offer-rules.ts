/** Which of an organisation's offers its page shows, as its address says: words, and pages. */
import { wordsOf } from '../catalogue/rules.ts'

/** Of each kind on the page of an organisation. */
export const OFFERS_SHOWN = 20
/** Whoever reads so far asks more narrowly. */
const PAGE_MAX = 500
const TYPED_CHARACTERS_MAX = 100

/** `typed` is the text of the field, `words` what is looked for; a page of each kind, from 1. */
export type OffersAsked = {
  typed: string
  words: readonly string[]
  services: number
  instruments: number
}

/** Reads them from the address; whatever is not understood is left out, never refused. */
export function readOffers(query: Readonly<Record<string, string | undefined>>): OffersAsked {
  const text = (query['word'] ?? '').trim().toWellFormed()
  const typed = [...text].slice(0, TYPED_CHARACTERS_MAX).join('')
  return {
    typed,
    words: wordsOf(typed),
    services: readPage(query['services']),
    instruments: readPage(query['instruments']),
  }
}

function readPage(text = '1'): number {
  const page = Number(text)
  return Number.isSafeInteger(page) && page >= 1 && page <= PAGE_MAX ? page : 1
}

/** Pages that so many offers of a kind fill, at least one. */
export function offerPages(count: number): number {
  return Math.min(PAGE_MAX, Math.max(1, Math.ceil(count / OFFERS_SHOWN)))
}
