/**
 * What the public search takes from the address: read leniently for the page, written with its
 * defaults left out, so that a search is shared by its address. Coordinates are WGS-84 degrees.
 */
import { KINDS, SORTS } from '../atlas/rules.ts'
import type { Box, Kind, Point, Query, Sort } from '../atlas/rules.ts'
import { TYPED_CHARACTERS_MAX, wordsOf } from '../atlas/word-rules.ts'
import { isCategory } from '../catalogue/rules.ts'
import type { Category } from '../catalogue/rules.ts'
import { findRegion } from '../kernel/region.ts'

export { KINDS, SORTS }
export type { Box, Kind, Point, Sort }

/** Where distances are measured from; `region` names the one whose seat it is. */
export type Near = Point & { region: string | null }

/**
 * `typed` is the text of the field, `words` what is looked for. `region` is a city or county, null
 * for the province; `accepts` a county whose vouchers must be accepted; `box` the map's view.
 */
export type Search = {
  kind: Kind
  typed: string
  words: readonly string[]
  region: string | null
  category: Category | null
  accepts: string | null
  sort: Sort
  near: Near | null
  box: Box | null
  page: number
}

export const PAGE_SIZE = 20
/** Whoever reads so far asks more narrowly; every page beyond would cost more than the last. */
export const PAGE_MAX = 500
/** The last line that anybody is shown, however many lines their pages have. */
export const LINES_MAX = PAGE_MAX * PAGE_SIZE

/** Decimals of a degree in an address, about eleven metres. */
const DIGITS = 4

/** Reads a search from the address; whatever is not understood is left out, never refused. */
export function readSearch(query: Readonly<Record<string, string | undefined>>): Search {
  const kind = KINDS.find((one) => one === query['kind']) ?? 'organisation'
  const sort = SORTS.find((one) => one === query['sort']) ?? 'relevance'
  const typed = readTyped(query['word'] ?? '')
  const category = query['category'] ?? ''
  const page = Number(query['page'] ?? '1')
  return {
    kind,
    typed,
    words: wordsOf(typed),
    region: readRegion(query['region']),
    category: isCategory(category) ? category : null,
    accepts: readCounty(query['accepts']),
    sort: sortFor(kind, sort),
    near: readNear(query['near']),
    box: readBox(query['box']),
    page: Number.isSafeInteger(page) && page >= 1 && page <= PAGE_MAX ? page : 1,
  }
}

/** As far as it is looked for: an address says no more than it means. */
function readTyped(text: string): string {
  return [...text.trim().toWellFormed()].slice(0, TYPED_CHARACTERS_MAX).join('')
}

/** Organisations have no price to be sorted by. */
function sortFor(kind: Kind, sort: Sort): Sort {
  return kind === 'organisation' && sort === 'price' ? 'relevance' : sort
}

/** A city or a county; the province is no narrower than nothing. */
export function readRegion(code: string | undefined): string | null {
  const region = findRegion(code ?? '')
  return region && region.level > 1 ? region.code : null
}

export function readCounty(code: string | undefined): string | null {
  const region = findRegion(code ?? '')
  return region?.level === 3 ? region.code : null
}

/** `lng,lat`, or the code of a region for its seat. */
export function readNear(text: string | undefined): Near | null {
  const region = readRegion(text)
  if (region) return seatOf(region)
  const [lng, lat, ...rest] = numbersOf(text)
  if (lng === undefined || lat === undefined || rest.length > 0) return null
  return isPlace(lng, lat) ? { lng, lat, region: null } : null
}

/** `west,south,east,north`; one that is empty or turned over is none. */
export function readBox(text: string | undefined): Box | null {
  const [west, south, east, north, ...rest] = numbersOf(text)
  if (west === undefined || south === undefined || east === undefined || north === undefined)
    return null
  if (rest.length > 0 || !isPlace(west, south) || !isPlace(east, north)) return null
  return west < east && south < north ? { west, south, east, north } : null
}

function numbersOf(text: string | undefined): number[] {
  if (!text || !/^-?\d{1,3}(\.\d{1,15})?(,-?\d{1,3}(\.\d{1,15})?){1,3}$/.test(text)) return []
  return text.split(',').map((one) => Number(Number(one).toFixed(DIGITS)))
}

function isPlace(lng: number, lat: number): boolean {
  return Math.abs(lng) <= 180 && Math.abs(lat) <= 90
}

function seatOf(code: string): Near | null {
  const region = findRegion(code)
  return region ? { lng: region.seat[0], lat: region.seat[1], region: code } : null
}

/** Where distances count from: what was given, else the seat of the region that is sorted in. */
export function nearOf({
  near,
  sort,
  region,
}: Pick<Search, 'near' | 'sort' | 'region'>): Near | null {
  return near ?? (sort === 'distance' && region ? seatOf(region) : null)
}

/** The address of a search as a page; the page number stays only where `change` gives it. */
export function addressOf(search: Search, change: Partial<Search> = {}): string {
  const text = queryOf({ ...search, page: 1, ...change })
  return text === '' ? '/map' : `/map?${text}`
}

/**
 * The address of one of the public interface's answers to the search: the same parameters, without
 * the page and without the map's view, which the map adds as `box` and `zoom`.
 */
export function interfaceOf(search: Search, answer: 'clusters' | 'search'): string {
  const text = queryOf({ ...search, page: 1, box: null })
  return `/api/map/${answer}${text === '' ? '' : `?${text}`}`
}

/** The parameters in a fixed order, defaults left out: equal searches have equal addresses. */
export function queryOf(search: Search): string {
  const { kind, typed, region, category, accepts, near, box, page } = search
  const sort = sortFor(kind, search.sort)
  const query = new URLSearchParams()
  if (typed !== '') query.set('word', typed)
  if (kind !== 'organisation') query.set('kind', kind)
  if (region) query.set('region', region)
  if (category) query.set('category', category)
  if (accepts) query.set('accepts', accepts)
  if (sort !== 'relevance') query.set('sort', sort)
  if (near) query.set('near', near.region ?? `${near.lng},${near.lat}`)
  if (box) query.set('box', boxText(box))
  if (page > 1) query.set('page', String(page))
  return query.toString()
}

export function boxText({ west, south, east, north }: Box): string {
  return [west, south, east, north].map((one) => Number(one.toFixed(DIGITS))).join(',')
}

/** What the index is asked. `accepted` are the categories of `accepts`, null where it is unset. */
export function toQuery(search: Search, accepted: readonly string[] | null, limit: number): Query {
  const { kind, words, region, category, box, page } = search
  const near = nearOf(search)
  const within = category && accepted ? accepted.filter((one) => one === category) : accepted
  return {
    kind,
    words,
    region,
    categories: within ?? (category ? [category] : null),
    box,
    near: near && { lng: near.lng, lat: near.lat },
    sort: search.sort === 'distance' && !near ? 'relevance' : search.sort,
    offset: (page - 1) * limit,
    limit,
  }
}

/** What is asked, without one of the filters or with fewer words. */
export type Way = { lifted: 'box' | 'region' | 'accepts' | 'category' | 'word'; asked: Search }

/** Searches nearby that may find something where this one finds nothing, the closest first. */
export function waysOut(search: Search): Way[] {
  const { box, region, accepts, category, words } = search
  const way = (lifted: Way['lifted'], change: Partial<Search>): Way => ({
    lifted,
    asked: { ...search, page: 1, ...change },
  })
  const city = readRegion(findRegion(region ?? '')?.parent ?? '')
  return [
    ...(box ? [way('box', { box: null })] : []),
    ...(city ? [way('region', { region: city })] : []),
    ...(region ? [way('region', { region: null })] : []),
    ...(accepts ? [way('accepts', { accepts: null })] : []),
    ...(category ? [way('category', { category: null })] : []),
    ...shorterOf(words).map((word) => way('word', { typed: word, words: [word] })),
  ]
}

/** Each of several words; of one long Han word its beginning and its end. */
function shorterOf(words: readonly string[]): string[] {
  const [word = '', ...rest] = words
  if (rest.length > 0) return words.slice(0, 3)
  return /^\p{Script=Han}{3,}$/u.test(word) ? [word.slice(0, 2), word.slice(-2)] : []
}

/** Pages of a list that may be asked for, at least one; `size` is the lines on a page. */
export function pagesOf(total: number, size = PAGE_SIZE): number {
  return Math.min(lastPageFor(size), Math.max(1, Math.ceil(total / size)))
}

/** The last page with so many lines on each that is answered. */
export function lastPageFor(size: number): number {
  return Math.min(PAGE_MAX, Math.floor(LINES_MAX / size))
}

/** An average of real evaluations; `count` leaves out those the system made. */
export type Rating = { average: number; count: number }

/** Where an organisation, or one thing it offers, is booked: visitors are sent to sign in first. */
export function bookingOf(one: { kind: Kind; subject: string; organisation: string }): string {
  const whole = `/enterprise/bookings/new?carrier=${one.organisation}`
  return one.kind === 'organisation' ? whole : `${whole}&${one.kind}=${one.subject}`
}
