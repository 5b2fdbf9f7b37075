/** Bookings with what became of them. Reads answer the rules' types, writes are statements. */
import { and, desc, eq, getTableColumns, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import { carriers, instruments, services } from '../catalogue/tables.ts'
import { dayOf } from '../kernel/clock.ts'
import { vouchers } from '../ledger/tables.ts'
import type { Db, Statement } from '../platform/db.ts'
import { DEAD_VOUCHERS, PENDING_MS, bookingState } from './rules.ts'
import type { Booking, BookingState, Course } from './rules.ts'
import { booking_answers, booking_cancellations, booking_uses, bookings } from './tables.ts'

/** A booking as it stands: the names of what was booked, its state, and the voucher made of it. */
export type BookingRecord = Booking & {
  state: BookingState
  carrier_name: string
  carrier_phone: string
  /** Of the service or instrument; null where only the organisation was booked. */
  item_name: string | null
  /** Why it was declined or cancelled. */
  reason: string | null
  voucher: string | null
}

/** All bookings of an enterprise, newest first. `at` is the instant of the reader, epoch ms. */
export async function listBookings(
  db: Db,
  enterprise: string,
  at: number,
): Promise<BookingRecord[]> {
  return selectBookings(db, eq(bookings.enterprise, enterprise), at)
}

/** One booking of any enterprise; whose it is, is the caller's to check. */
export async function findBooking(
  db: Db,
  id: string,
  at: number,
): Promise<BookingRecord | undefined> {
  return (await selectBookings(db, eq(bookings.id, id), at))[0]
}

async function selectBookings(db: Db, where: SQL, at: number): Promise<BookingRecord[]> {
  const rows = await db
    .select({
      booking: getTableColumns(bookings),
      carrier_name: carriers.name,
      carrier_phone: carriers.phone,
      service_name: services.name,
      instrument_name: instruments.name,
      answer: booking_answers,
      cancellation: booking_cancellations,
      use: booking_uses,
      voucher_state: vouchers.state,
    })
    .from(bookings)
    .leftJoin(carriers, eq(carriers.id, bookings.carrier))
    .leftJoin(services, eq(services.id, bookings.service))
    .leftJoin(instruments, eq(instruments.id, bookings.instrument))
    .leftJoin(booking_answers, eq(booking_answers.booking, bookings.id))
    .leftJoin(booking_cancellations, eq(booking_cancellations.booking, bookings.id))
    .leftJoin(booking_uses, eq(booking_uses.booking, bookings.id))
    .leftJoin(
      vouchers,
      and(eq(vouchers.enterprise, bookings.enterprise), eq(vouchers.id, booking_uses.voucher)),
    )
    .where(where)
    .orderBy(desc(bookings.at), desc(bookings.id))
  return rows.map((row) => {
    const voucher = row.use && isLiving(row.voucher_state, row.use.at, at) ? row.use.voucher : null
    const course: Course = { answer: row.answer, cancellation: row.cancellation, voucher }
    return {
      ...row.booking,
      state: bookingState(row.booking.day, course, dayOf(at)),
      carrier_name: row.carrier_name ?? '',
      carrier_phone: row.carrier_phone ?? '',
      item_name: row.service_name ?? row.instrument_name,
      reason: row.cancellation?.reason ?? row.answer?.reason ?? null,
      voucher,
    }
  })
}

/** A voucher that is not mirrored yet holds its booking for a while: it is just being made. */
function isLiving(state: string | null, used_at: number, at: number): boolean {
  if (state === null) return at - used_at < PENDING_MS
  return !DEAD_VOUCHERS.some((dead) => dead === state)
}

export function insertBooking(db: Db, booking: Booking): Statement {
  return db.insert(bookings).values(booking)
}

/** The carrier's verdict; conflicts where one stands. */
export function insertAnswer(db: Db, row: typeof booking_answers.$inferSelect): Statement {
  return db.insert(booking_answers).values(row)
}

export function insertCancellation(
  db: Db,
  row: typeof booking_cancellations.$inferSelect,
): Statement {
  return db.insert(booking_cancellations).values(row)
}

export type Use = { booking: string; voucher: string; at: number }

/**
 * Ties a voucher to its booking, in place of one that is dead. Where a living one stands nothing is
 * changed: read `findUse` after, or call `takeBooking`.
 */
export function markUsed(db: Db, use: Use): Statement {
  const dead = sql.join(
    DEAD_VOUCHERS.map((state) => sql`${state}`),
    sql`, `,
  )
  return db
    .insert(booking_uses)
    .values(use)
    .onConflictDoUpdate({
      target: booking_uses.booking,
      set: { voucher: use.voucher, at: use.at },
      setWhere: sql`coalesce(
        (select ${vouchers.state} in (${dead}) from ${vouchers}
          where ${vouchers.id} = ${booking_uses.voucher}),
        ${booking_uses.at} <= ${use.at - PENDING_MS})`,
    })
}

export async function findUse(db: Db, booking: string): Promise<Use | undefined> {
  return db.select().from(booking_uses).where(eq(booking_uses.booking, booking)).get()
}

export function deleteUse(db: Db, use: Omit<Use, 'at'>): Statement {
  return db
    .delete(booking_uses)
    .where(and(eq(booking_uses.booking, use.booking), eq(booking_uses.voucher, use.voucher)))
}
