/**
 * What carriers offer: organisations, services and instruments, when they are open, and what of a
 * change the bureau has to see first. Only what is active and not withdrawn is offered.
 */

import { CATEGORIES } from '../policy/rules.ts'

/** A category of the scheme, stored in Chinese; the English twins stand in strings.ts. */
export type Category = (typeof CATEGORIES)[number]

/** A suspended carrier is neither offered nor chosen for a new voucher; what is open goes on. */
export type CarrierState = 'active' | 'suspended'

/** What a carrier offers. */
export type Kind = 'service' | 'instrument'

/**
 * When bookings can be made: days of the week, 1 Monday to 7 Sunday, from and to as HH:MM in
 * Asia/Shanghai.
 */
export type Opening = { days: readonly number[]; from: string; to: string }

/** 可预约 · 维护中 · 暂不对外. */
export const AVAILABILITIES = ['available', 'maintenance', 'reserved'] as const
export type Availability = (typeof AVAILABILITIES)[number]

/**
 * An admitted organisation 载体. lng and lat are WGS-84 degrees, admitted_at and updated_at epoch
 * ms. `categories` is what it is recognised for; an empty list does not narrow.
 */
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
  categories: readonly Category[]
  opening: Opening
  website: string | null
  updated_at: number
}

/** What services and instruments share. price_fen is per unit, null where it is agreed 面议. */
type Offered = {
  id: string
  carrier: string
  name: string
  price_fen: number | null
  unit: string
  qualifications: readonly string[]
  summary: string
  updated_at: number
  withdrawn_at: number | null
}

/** A published service item. turnaround_days are working days, null where it depends. */
export type Service = Offered & { category: Category; turnaround_days: number | null }

/** A published shared instrument. `place` is where in the house it stands. */
export type Instrument = Offered & {
  model: string
  maker: string
  place: string
  availability: Availability
}

/** Fields that came after the first catalogue: whoever writes a row may leave them out. */
type Later<T, K extends keyof T> = Omit<T, K> & Partial<Pick<T, K>>
type Told = 'qualifications' | 'summary' | 'updated_at' | 'withdrawn_at'
export type NewCarrier = Later<
  Omit<Carrier, 'state'>,
  'categories' | 'opening' | 'website' | 'updated_at'
>
export type NewService = Later<Service, Told | 'turnaround_days'>
export type NewInstrument = Later<Instrument, Told | 'place' | 'availability'>

export { CATEGORIES }

export function isCategory(text: string): text is Category {
  return CATEGORIES.some((category) => category === text)
}

/** The category an instrument counts as. */
export const SHARING: Category = '仪器共享'

/** True where a carrier may offer something of this category. */
export function isRecognised(carrier: Pick<Carrier, 'categories'>, category: Category): boolean {
  return carrier.categories.length === 0 || carrier.categories.includes(category)
}

/** True while an item is offered; its carrier must be active besides. */
export function isOffered(item: { withdrawn_at: number | null }): boolean {
  return item.withdrawn_at === null
}

/** Monday to Friday, nine to five: what holds where a carrier has said nothing. */
export const DEFAULT_OPENING: Opening = { days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' }

const HALF_DAY = /^(?:[01]\d|2[0-3]):[0-5]\d$/

/** True for opening hours that leave at least one whole hour on at least one day. */
export function isOpening(opening: Opening): boolean {
  const days = opening.days.every((day) => Number.isInteger(day) && day >= 1 && day <= 7)
  const times = HALF_DAY.test(opening.from) && HALF_DAY.test(opening.to)
  return days && opening.days.length > 0 && times && hoursOf(opening).length > 0
}

/** When a carrier is open; the default where what stands there is not readable. */
export function openingOf(carrier: Pick<Carrier, 'opening'>): Opening {
  return isOpening(carrier.opening) ? carrier.opening : DEFAULT_OPENING
}

/** Days of the week in a row, first and last: [1,2,3,5] → [1,3], [5,5]. */
export function daySpans(days: readonly number[]): [first: number, last: number][] {
  const spans: [number, number][] = []
  for (const day of days.toSorted((one, other) => one - other)) {
    const open = spans.at(-1)
    if (open && day <= open[1] + 1) open[1] = day
    else spans.push([day, day])
  }
  return spans
}

/** The whole hours of a day (YYYY-MM-DD) that may be booked: 9 stands for 09:00 to 10:00. */
export function openHours(opening: Opening, day: string): number[] {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay() || 7
  return opening.days.includes(weekday) ? hoursOf(opening) : []
}

function hoursOf({ from, to }: Opening): number[] {
  const first = Math.ceil(hourOf(from))
  const count = Math.max(0, Math.floor(hourOf(to)) - first)
  return Array.from({ length: count }, (_none, at) => first + at)
}

function hourOf(time: string): number {
  return Number(time.slice(0, 2)) + Number(time.slice(3)) / 60
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
