/**
 * From typed texts to what the catalogue keeps: services, instruments, carriers and their accounts.
 * Every refusal names its field. Import and forms read by the same rules.
 */
import { parseFen } from '../kernel/amount.ts'
import type { Facts } from '../kernel/outcome.ts'
import type { InstrumentContent, ServiceContent } from './proposal-rules.ts'
import { AVAILABILITIES, isCategory, isRecognised } from './rules.ts'
import type { Carrier } from './rules.ts'

export type FaultCode =
  | 'required'
  | 'too_long'
  | 'too_many'
  | 'not_a_category'
  | 'category_not_recognised'
  | 'not_an_amount'
  | 'not_a_number'
  | 'not_an_availability'
  | 'not_a_uscc'
  | 'uscc_taken'
  | 'not_a_county'
  | 'county_out_of_reach'
  | 'not_a_point'
  | 'outside_zhejiang'
  | 'outside_county'
  | 'not_a_phone'
  | 'not_a_website'
  | 'no_days'
  | 'not_hours'
  | 'not_an_account'
  | 'not_a_picture'
  | 'picture_too_large'
  | 'pictures_too_many'

/** What is wrong with a field; `facts` hold the limits and names of the message. */
export type Fault = { field: string; code: FaultCode; facts: Facts }
export type Reading<T> = { ok: true; value: T } | { ok: false; faults: readonly Fault[] }
export type Typed = Readonly<Record<string, string | undefined>>

export const NAME_MAX = 100
export const WORD_MAX = 60
export const SUMMARY_MAX = 1000
export const QUALIFICATIONS_MAX = 10
export const DAYS_MAX = 730
/** A hundred million yuan: no single item of a catalogue costs more. */
export const PRICE_FEN_MAX = 10_000_000_000

/** Gathers the faults of a form; each check answers a value even where it found one. */
export class Checks {
  readonly faults: Fault[] = []

  constructor(private readonly typed: Typed) {}

  fault(field: string, code: FaultCode, facts: Facts = {}): void {
    if (!this.faults.some((one) => one.field === field)) this.faults.push({ field, code, facts })
  }

  /** Without blanks around it and without control characters; lines stay. */
  text(field: string, max: number, need: 'required' | 'optional'): string {
    const text = (this.typed[field] ?? '').replace(/[^\P{Cc}\n]/gu, '').trim()
    if (need === 'required' && text === '') this.fault(field, 'required')
    if ([...text].length > max) this.fault(field, 'too_long', { max })
    return text
  }

  /** On one line. */
  line(field: string, max: number, need: 'required' | 'optional'): string {
    return this.text(field, max, need).replace(/\s+/g, ' ')
  }

  /** Yuan as typed; nothing, or 面议, is null. */
  price(field: string): number | null {
    const text = this.line(field, 30, 'optional')
    if (text === '' || text === '面议') return null
    const fen = parseFen(text)
    if (fen === undefined || fen === 0 || fen > PRICE_FEN_MAX) this.fault(field, 'not_an_amount')
    return fen ?? null
  }

  /** A whole number within bounds; nothing is null. */
  whole(field: string, min: number, max: number): number | null {
    const text = this.line(field, 20, 'optional').normalize('NFKC')
    if (text === '') return null
    const number = /^\d+$/.test(text) ? Number(text) : Number.NaN
    if (number >= min && number <= max) return number
    this.fault(field, 'not_a_number', { min, max })
    return null
  }

  /** Marks between 、 or commas or on lines of their own, without repeats. */
  marks(field: string): string[] {
    const marks = (this.typed[field] ?? '').split(/[\n,，、;；]+/).map((one) => one.trim())
    const kept = [...new Set(marks.filter((one) => one !== ''))]
    if (kept.length > QUALIFICATIONS_MAX) this.fault(field, 'too_many', { max: QUALIFICATIONS_MAX })
    if (kept.some((one) => [...one].length > WORD_MAX))
      this.fault(field, 'too_long', { max: WORD_MAX })
    return kept
  }

  end<T>(value: T): Reading<T> {
    return this.faults.length === 0 ? { ok: true, value } : { ok: false, faults: this.faults }
  }
}

/**
 * Fields: name, category, price (yuan or nothing), unit, turnaround_days, qualifications, summary.
 * Refuses a category that the carrier is not recognised for.
 */
export function readService(
  typed: Typed,
  carrier: Pick<Carrier, 'categories'>,
): Reading<ServiceContent> {
  const checks = new Checks(typed)
  const name = checks.line('name', NAME_MAX, 'required')
  const category = checks.line('category', WORD_MAX, 'required')
  if (category !== '' && !isCategory(category)) checks.fault('category', 'not_a_category')
  const known = isCategory(category) ? category : '检验检测'
  if (isCategory(category) && !isRecognised(carrier, category))
    checks.fault('category', 'category_not_recognised', { category })
  return checks.end({
    name,
    category: known,
    price_fen: checks.price('price'),
    unit: checks.line('unit', 10, 'required'),
    turnaround_days: checks.whole('turnaround_days', 1, DAYS_MAX),
    qualifications: checks.marks('qualifications'),
    summary: checks.text('summary', SUMMARY_MAX, 'optional'),
  })
}

/**
 * Fields: name, model, maker, place, price (yuan or nothing), unit, availability, qualifications,
 * summary.
 */
export function readInstrument(typed: Typed): Reading<InstrumentContent> {
  const checks = new Checks(typed)
  const word = typed['availability'] || 'available'
  const availability = AVAILABILITIES.find((one) => one === word)
  const content: InstrumentContent = {
    name: checks.line('name', NAME_MAX, 'required'),
    model: checks.line('model', WORD_MAX, 'required'),
    maker: checks.line('maker', WORD_MAX, 'required'),
    place: checks.line('place', NAME_MAX, 'optional'),
    price_fen: checks.price('price'),
    unit: checks.line('unit', 10, 'required'),
    availability: availability ?? 'available',
    qualifications: checks.marks('qualifications'),
    summary: checks.text('summary', SUMMARY_MAX, 'optional'),
  }
  if (!availability) checks.fault('availability', 'not_an_availability')
  return checks.end(content)
}
