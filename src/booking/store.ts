/** Bookings with what became of them. Reads answer the rules' types, writes are statements. */
import { asc, desc, eq, getTableColumns, inArray, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import { carriers, instruments, services } from '../catalogue/tables.ts'
import { dayOf } from '../kernel/clock.ts'
import type { Db, Statement } from '../platform/db.ts'
import { bookingState } from './rules.ts'
import type { Booking, BookingState, Course, Proposal, Slot, Turn } from './rules.ts'
import {
  booking_answers,
  booking_cancellations,
  booking_proposals,
  booking_turns,
  booking_uses,
  bookings,
} from './tables.ts'
import { isLiving } from './use-store.ts'

/**
 * A booking as it stands: its day and hours now, the names of what was booked, its state, and the
 * voucher made of it.
 */
export type BookingRecord = Booking & {
  state: BookingState
  /** How many moves were made. */
  turn: number
  carrier_name: string
  carrier_phone: string
  carrier_county: string
  /** Of the service or instrument; null where only the organisation was booked. */
  item_name: string | null
  /** Why it was declined or cancelled. */
  reason: string | null
  voucher: string | null
  /** Day and hours as first asked for, before the carrier proposed others. */
  asked: Slot
  proposal: Proposal | null
}

/** The day of a booking, or of what was proposed last, in SQL. */
export const day = sql<string>`coalesce(${booking_proposals.day}, ${bookings.day})`
const turn = sql<number>`coalesce((select max(t.turn) from booking_turns t
  where t.booking = ${bookings.id}), 0)`

/** One booking of any enterprise at an instant, epoch ms; whose it is, is the caller's to check. */
export async function findBooking(
  db: Db,
  id: string,
  at: number,
): Promise<BookingRecord | undefined> {
  return (await selectBookings(db, eq(bookings.id, id), at))[0]
}

/** Several of them, in no order; at most ninety. */
export async function findBookings(
  db: Db,
  ids: readonly string[],
  at: number,
): Promise<BookingRecord[]> {
  return ids.length === 0 ? [] : selectBookings(db, inArray(bookings.id, [...ids]), at)
}

export type Some = { limit: number; offset?: number; byDay?: boolean }

/** `bookingState` in SQL, for filters; a test holds the two together. */
export function stateAt(at: number): SQL<BookingState> {
  const { accepted } = booking_answers
  return sql<BookingState>`case
    when ${booking_uses.voucher} is not null and ${isLiving(at)} then 'used'
    when ${booking_cancellations.booking} is not null then 'cancelled'
    when ${accepted} = 1 then 'accepted'
    when ${accepted} = 0 then 'declined'
    when ${day} < ${dayOf(at)} then 'expired'
    when ${booking_proposals.booking} is not null then 'proposed'
    else 'waiting' end`
}

/** Those of a condition, the newest first or the soonest day; all where `some` says no more. */
export async function selectBookings(
  db: Db,
  where: SQL | undefined,
  at: number,
  some?: Some,
): Promise<BookingRecord[]> {
  return (await selectRows(db, where, at, some)).map((row) => recordOf(row, at))
}

/** Everything that stands beside a booking. */
async function selectRows(db: Db, where: SQL | undefined, now: number, some?: Some) {
  const { at, id } = bookings
  return db
    .select({
      booking: getTableColumns(bookings),
      carrier_name: carriers.name,
      carrier_phone: carriers.phone,
      carrier_county: carriers.county,
      service_name: services.name,
      instrument_name: instruments.name,
      answer: booking_answers,
      proposal: booking_proposals,
      cancellation: booking_cancellations,
      used_by: booking_uses.voucher,
      living: isLiving(now),
      turn,
    })
    .from(bookings)
    .leftJoin(carriers, eq(carriers.id, bookings.carrier))
    .leftJoin(services, eq(services.id, bookings.service))
    .leftJoin(instruments, eq(instruments.id, bookings.instrument))
    .leftJoin(booking_answers, eq(booking_answers.booking, bookings.id))
    .leftJoin(booking_proposals, eq(booking_proposals.booking, bookings.id))
    .leftJoin(booking_cancellations, eq(booking_cancellations.booking, bookings.id))
    .leftJoin(booking_uses, eq(booking_uses.booking, bookings.id))
    .where(where)
    .orderBy(...(some?.byDay ? [asc(day), asc(at), asc(id)] : [desc(at), desc(id)]))
    .limit(some?.limit ?? -1)
    .offset(some?.offset ?? 0)
}

type Row = Awaited<ReturnType<typeof selectRows>>[number]

function recordOf(row: Row, at: number): BookingRecord {
  const { booking, answer, proposal, cancellation } = row
  const voucher = row.living ? row.used_by : null
  const course: Course = { answer, proposal, cancellation, voucher }
  const { day, hours } = proposal && answer?.accepted ? proposal : booking
  return {
    ...booking,
    day,
    hours,
    asked: { day: booking.day, hours: booking.hours },
    proposal,
    state: bookingState(booking.day, course, dayOf(at)),
    turn: row.turn,
    carrier_name: row.carrier_name ?? '',
    carrier_phone: row.carrier_phone ?? '',
    carrier_county: row.carrier_county ?? '',
    item_name: row.service_name ?? row.instrument_name,
    reason: cancellation?.reason ?? answer?.reason ?? null,
    voucher,
  }
}

/** What was done to a booking, in order. */
export async function listTurns(db: Db, booking: string): Promise<Turn[]> {
  return db
    .select()
    .from(booking_turns)
    .where(eq(booking_turns.booking, booking))
    .orderBy(asc(booking_turns.turn))
}

/** Later fields may be left out by whoever writes a service's booking of old. */
export type NewBooking = Omit<Booking, 'hours' | 'enterprise_name'> &
  Partial<Pick<Booking, 'hours' | 'enterprise_name'>>

export function insertBooking(db: Db, booking: NewBooking): Statement {
  return db.insert(bookings).values(booking)
}

/** The next move of a booking; conflicts where another was faster. */
export function insertTurn(db: Db, row: typeof booking_turns.$inferSelect): Statement {
  return db.insert(booking_turns).values(row)
}

/** The verdict; conflicts where one stands. */
export function insertAnswer(db: Db, row: typeof booking_answers.$inferSelect): Statement {
  return db.insert(booking_answers).values(row)
}

export function putProposal(db: Db, row: typeof booking_proposals.$inferSelect): Statement {
  return db
    .insert(booking_proposals)
    .values(row)
    .onConflictDoUpdate({ target: booking_proposals.booking, set: row })
}

export function insertCancellation(
  db: Db,
  row: typeof booking_cancellations.$inferSelect,
): Statement {
  return db.insert(booking_cancellations).values(row)
}
