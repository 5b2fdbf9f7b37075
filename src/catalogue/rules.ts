/** What carriers offer: organisations, services and instruments. Only what is active is offered. */

import { CATEGORIES } from '../policy/rules.ts'

/** A category of the scheme, stored in Chinese; the English twins stand in strings.ts. */
export type Category = (typeof CATEGORIES)[number]

/** A suspended carrier is neither offered nor chosen for a new voucher; what is open goes on. */
export type CarrierState = 'active' | 'suspended'

/** An admitted organisation 载体. lng and lat are WGS-84 degrees, admitted_at epoch ms. */
export type Carrier = {
  id: string
  uscc: string
  name: string
  county: string
  address: string
  lng: number
  lat: number
  contact: string
  phone: string
  legal_representative: string
  intro: string
  admitted_at: number
  state: CarrierState
}

/** A service item. price_fen is per unit, null where it is agreed case by case 面议. */
export type Service = {
  id: string
  carrier: string
  name: string
  category: Category
  price_fen: number | null
  unit: string
}

/** A shared instrument. price_fen is per unit, null where it is agreed case by case 面议. */
export type Instrument = {
  id: string
  carrier: string
  name: string
  model: string
  maker: string
  price_fen: number | null
  unit: string
}

export { CATEGORIES }

export function isCategory(text: string): text is Category {
  return CATEGORIES.some((category) => category === text)
}

/** What a search looks for: words all of which must occur, somewhere in the same subject. */
export type Words = readonly string[]

/** The longest search text that is read; what follows is cut off. */
export const SEARCH_CHARACTERS_MAX = 100

/** At most this many words are looked for; a longer text is a sentence, not a search. */
export const SEARCH_WORDS_MAX = 6

/** Typed text as words: full-width letters folded, lower case, cut at blanks, without repeats. */
export function wordsOf(typed: string): Words {
  const folded = typed.replace(/[\uFF10-\uFF19\uFF21-\uFF3A\uFF41-\uFF5A]/g, (one) =>
    one.normalize('NFKC'),
  )
  const text = [...folded.toLowerCase()].slice(0, SEARCH_CHARACTERS_MAX).join('')
  const words = text.split(/[\s\p{Cc},，、。;；]+/u).filter((word) => word !== '')
  return [...new Set(words)].slice(0, SEARCH_WORDS_MAX)
}
