/**
 * Whether a booking may be asked for (SPEC B1, B2): who may book at all, then every field of the
 * form, all at once and each refusal beside the field it is about.
 */
import { dayStartsAt } from '../kernel/clock.ts'
import type { Facts } from '../kernel/outcome.ts'
import { chooseHours, dayAfter } from './hour-rules.ts'
import type { HourRefusal } from './hour-rules.ts'
import { REASON_MAX } from './rules.ts'
import type { Slot } from './rules.ts'

/** What has to be there before a booking: both are named where both are missing. */
export type BookingNeed = 'registration' | 'quota'

/** SPEC B1: an approved registration, then 可用额度 above zero. */
export function needsOf(standing: { registered: boolean; available_fen: number }): BookingNeed[] {
  const needs: BookingNeed[] = []
  if (!standing.registered) needs.push('registration')
  if (standing.available_fen <= 0) needs.push('quota')
  return needs
}

/** As typed: field name → text, '' where empty; `hour` holds what was ticked. */
export type TypedBooking = Readonly<Record<string, string>>

/** Fields in the order of the page; messages are listed in this order too. */
export const BOOKING_FIELDS = ['form', 'item', 'day', 'hour', 'contact', 'phone', 'need'] as const
export type BookingField = (typeof BOOKING_FIELDS)[number]

export type FormCode =
  | 'carrier_not_active'
  | 'item_not_offered'
  | 'instrument_not_available'
  | 'too_many_waiting'
  | 'text_missing'
  | 'text_too_long'
  | 'phone_unreadable'
  | DayCode
  | HourRefusal

export type DayCode = 'day_missing' | 'day_unreadable' | 'day_past' | 'day_too_far' | 'day_closed'

export type FormRefusal = { field: BookingField; code: FormCode; facts: Facts }

export type Subject = {
  carrier: { state: 'active' | 'suspended' }
  /** A service that is offered now; 'gone' where one was named, or an instrument, that is not. */
  service: 'offered' | 'gone' | null
  instrument: 'available' | 'unavailable' | null
}

/** The calendar of the day that was typed: hours the carrier opens, and those free to be taken. */
export type Calendar = { today: string; open: readonly number[]; free: readonly number[] }

/** Only an instrument's hours are taken; a service on a day of rest is the carrier's to answer. */
export const ANY_HOUR: readonly number[] = [0]

/** Days ahead that may be booked. */
export const DAYS_AHEAD_MAX = 365
/** Bookings of one enterprise that may wait for one carrier. */
export const WAITING_MAX = 30
const CONTACT_MAX = 50

/** Everything that speaks against the booking; the slot it asks for where nothing does. */
export function decideForm(
  typed: TypedBooking,
  ticked: readonly string[],
  facts: { subject: Subject; calendar: Calendar; waiting: number },
): { refusals: FormRefusal[]; slot: Slot } {
  const day = typed['day'] ?? ''
  const { subject, calendar } = facts
  const open = subject.instrument ? calendar.open : ANY_HOUR
  const wrongDay = refuseDay(day, { today: calendar.today, open })
  const hours =
    subject.instrument && !wrongDay ? chooseHours(ticked, day, calendar.free) : undefined
  const refusals = [
    ...standing(subject, facts.waiting),
    ...(wrongDay ? [no('day', wrongDay.code, wrongDay.facts)] : []),
    ...(hours && !hours.ok ? [no(hours.code === 'day_full' ? 'day' : 'hour', hours.code)] : []),
    ...text('contact', typed, CONTACT_MAX),
    ...phone(typed),
    ...text('need', typed, REASON_MAX),
  ]
  return { refusals, slot: { day, hours: hours?.ok ? hours.value : [] } }
}

function no(field: BookingField, code: FormCode, facts: Facts = {}): FormRefusal {
  return { field, code, facts }
}

function standing({ carrier, service, instrument }: Subject, waiting: number): FormRefusal[] {
  if (carrier.state !== 'active') return [no('form', 'carrier_not_active')]
  if (service === 'gone') return [no('item', 'item_not_offered')]
  if (instrument === 'unavailable') return [no('item', 'instrument_not_available')]
  return waiting >= WAITING_MAX ? [no('form', 'too_many_waiting', { max: WAITING_MAX })] : []
}

/** Why a day cannot be booked; undefined where it can. `open` are the carrier's hours of it. */
export function refuseDay(
  day: string,
  { today, open }: Pick<Calendar, 'today' | 'open'>,
): { code: DayCode; facts: Facts } | undefined {
  if (day === '') return { code: 'day_missing', facts: {} }
  if (dayStartsAt(day) === undefined) return { code: 'day_unreadable', facts: {} }
  if (day < today) return { code: 'day_past', facts: {} }
  const last = dayAfter(today, DAYS_AHEAD_MAX)
  if (day > last) return { code: 'day_too_far', facts: { last } }
  return open.length === 0 ? { code: 'day_closed', facts: {} } : undefined
}

function text(field: BookingField, typed: TypedBooking, max: number): FormRefusal[] {
  const value = (typed[field] ?? '').trim()
  if (value === '') return [no(field, 'text_missing')]
  return [...value].length > max ? [no(field, 'text_too_long', { max })] : []
}

function phone(typed: TypedBooking): FormRefusal[] {
  const value = (typed['phone'] ?? '').trim()
  if (value === '') return [no('phone', 'text_missing')]
  return readPhone(value) ? [] : [no('phone', 'phone_unreadable')]
}

/** A mobile or a landline with area code and extension, as people write them; else undefined. */
export function readPhone(typed: string): string | undefined {
  const plain = typed
    .normalize('NFKC')
    .trim()
    .replace(/^(\+|00)86[\s-]*/, '')
  const digits = plain.replace(/\D/g, '')
  if (!/^[\d\s()转#*-]+$/.test(plain) || digits.length < 7 || digits.length > 18) return undefined
  return plain.replace(/\s+/g, ' ')
}
