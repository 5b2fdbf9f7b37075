/**
 * From typed texts to a carrier: its identity and place as the bureau admits it, its contact and
 * opening hours as it keeps them itself, and the account it is paid into.
 */
import { REGIONS, findRegion } from '../kernel/region.ts'
import type { Region } from '../kernel/region.ts'
import { isUscc, normalUscc } from '../kernel/uscc.ts'
import { Checks, NAME_MAX, SUMMARY_MAX, WORD_MAX } from './form-rules.ts'
import type { Reading, Typed } from './form-rules.ts'
import { CATEGORIES, isOpening } from './rules.ts'
import type { Carrier, Category, Opening } from './rules.ts'

/** Coordinates as maps in China write them: GPS and 天地图, 高德 and 腾讯, 百度. */
export const DATUMS = ['WGS-84', 'GCJ-02', 'BD-09'] as const
export type Datum = (typeof DATUMS)[number]
export type LngLat = { lng: number; lat: number }
/** Turns a point into WGS-84. */
export type ToWgs84 = (point: LngLat, from: Datum) => LngLat

/** What the bureau writes of a carrier. */
export type Admission = Pick<
  Carrier,
  | 'name'
  | 'uscc'
  | 'legal_representative'
  | 'county'
  | 'address'
  | 'lng'
  | 'lat'
  | 'contact'
  | 'phone'
  | 'categories'
  | 'intro'
  | 'opening'
  | 'website'
>
/** What a carrier keeps itself. */
export type Contact = Pick<Carrier, 'contact' | 'phone' | 'intro' | 'opening' | 'website'>

type Listed = Readonly<Record<string, readonly string[] | undefined>>

/**
 * Fields: name, uscc, legal_representative, county, address, lng, lat, datum, contact, phone,
 * categories (several), intro, days (several), from, to, website. Without coordinates the seat of
 * the county stands in (see `isAtSeat`). A point must lie within the county's frame.
 */
export function readAdmission(typed: Typed, many: Listed, toWgs84: ToWgs84): Reading<Admission> {
  const checks = new Checks(typed)
  const name = checks.line('name', NAME_MAX, 'required')
  const uscc = normalUscc(checks.line('uscc', 40, 'required'))
  if (uscc !== '' && !isUscc(uscc)) checks.fault('uscc', 'not_a_uscc')
  const legal_representative = checks.line('legal_representative', WORD_MAX, 'required')
  const code = checks.line('county', 10, 'required')
  const county = findRegion(code)
  if (code !== '' && county?.level !== 3) checks.fault('county', 'not_a_county')
  const address = checks.line('address', 200, 'required')
  const point = pointOf(checks, typed, county, toWgs84)
  const contact = contactOf(checks, many)
  const asked = many['categories'] ?? []
  const categories = knownCategories(asked)
  if (categories.length === 0) checks.fault('categories', 'required')
  if (asked.some((one) => !CATEGORIES.some((known) => known === one)))
    checks.fault('categories', 'not_a_category')
  const place = { county: code, address, lng: point.lng, lat: point.lat }
  return checks.end({ name, uscc, legal_representative, ...place, ...contact, categories })
}

/** Fields: contact, phone, intro, website, days (several), from, to. */
export function readContact(typed: Typed, many: Listed): Reading<Contact> {
  const checks = new Checks(typed)
  return checks.end(contactOf(checks, many))
}

function contactOf(checks: Checks, many: Listed): Contact {
  const contact = checks.line('contact', WORD_MAX, 'required')
  const phone = checks.line('phone', 30, 'required').normalize('NFKC')
  if (phone !== '' && !/^\+?[\d-]{7,20}$/.test(phone)) checks.fault('phone', 'not_a_phone')
  const website = checks.line('website', 200, 'optional')
  if (website !== '' && !isWebsite(website)) checks.fault('website', 'not_a_website')
  const intro = checks.text('intro', SUMMARY_MAX, 'optional')
  return { contact, phone, intro, website: website || null, opening: openingFrom(checks, many) }
}

function isWebsite(text: string): boolean {
  return /^https?:\/\/[^\s/?#]+\.[^\s]+$/.test(text)
}

function openingFrom(checks: Checks, many: Listed): Opening {
  const days = [...new Set((many['days'] ?? []).map(Number))].toSorted((one, two) => one - two)
  const opening = {
    days,
    from: checks.line('from', 5, 'required'),
    to: checks.line('to', 5, 'required'),
  }
  if (days.length === 0) checks.fault('days', 'no_days')
  else if (!isOpening(opening)) checks.fault('to', 'not_hours')
  return opening
}

/** A little beyond the frame of a county: seats and campuses lie on its edge. */
const EDGE = 0.02

function pointOf(
  checks: Checks,
  typed: Typed,
  county: Region | undefined,
  toWgs84: ToWgs84,
): LngLat {
  const seat = { lng: county?.seat[0] ?? 0, lat: county?.seat[1] ?? 0 }
  const [lng, lat] = [checks.line('lng', 30, 'optional'), checks.line('lat', 30, 'optional')]
  if (lng === '' && lat === '') return seat
  const degrees = /^\d{1,3}(?:\.\d+)?$/
  if (!degrees.test(lng)) checks.fault('lng', 'not_a_point')
  if (!degrees.test(lat)) checks.fault('lat', 'not_a_point')
  const datum = DATUMS.find((one) => one === typed['datum']) ?? 'WGS-84'
  if (!degrees.test(lng) || !degrees.test(lat)) return seat
  const point = rounded(toWgs84({ lng: Number(lng), lat: Number(lat) }, datum))
  if (!isInZhejiang(point)) checks.fault('lng', 'outside_zhejiang')
  else if (county && !isWithin(point, county))
    checks.fault('lng', 'outside_county', { county: county.code })
  return point
}

/** Six decimals, a decimetre. */
function rounded({ lng, lat }: LngLat): LngLat {
  return { lng: Math.round(lng * 1e6) / 1e6, lat: Math.round(lat * 1e6) / 1e6 }
}

const COUNTIES = REGIONS.filter((region) => region.level === 3)

/** True where one of the counties' frames holds the point. */
export function isInZhejiang(point: LngLat): boolean {
  return COUNTIES.some((county) => isWithin(point, county))
}

function isWithin({ lng, lat }: LngLat, { bbox: [west, south, east, north] }: Region): boolean {
  return lng >= west - EDGE && lng <= east + EDGE && lat >= south - EDGE && lat <= north + EDGE
}

/** True where a carrier stands at its county's seat, for want of coordinates of its own. */
export function isAtSeat(carrier: Pick<Carrier, 'county' | 'lng' | 'lat'>): boolean {
  const seat = findRegion(carrier.county)?.seat
  return seat !== undefined && seat[0] === carrier.lng && seat[1] === carrier.lat
}

/** The categories of a list of texts that the scheme knows, in its order. */
export function knownCategories(texts: readonly string[]): Category[] {
  return CATEGORIES.filter((category) => texts.includes(category))
}

export type Account = { bank: string; bank_account: string }

/** Fields: bank, bank_account (8 to 32 digits, blanks and dashes between them are taken out). */
export function readAccount(typed: Typed): Reading<Account> {
  const checks = new Checks(typed)
  const bank = checks.line('bank', NAME_MAX, 'required')
  const number = checks.line('bank_account', 60, 'required').normalize('NFKC')
  const bank_account = number.replace(/[\s-]/g, '')
  if (number !== '' && !/^\d{8,32}$/.test(bank_account))
    checks.fault('bank_account', 'not_an_account')
  return checks.end({ bank, bank_account })
}

/** Everything but the last four digits hidden: •••• 0123. */
export function maskedAccount(bank_account: string): string {
  return `•••• ${bank_account.slice(-4)}`
}
