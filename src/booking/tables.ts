/**
 * Bookings; what became of one are rows keyed by it, so that deciding twice violates the key. Each
 * move is a numbered turn: of two moves from the same state one finds its number taken.
 */
import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { BookingMove, Party } from './rules.ts'

export const bookings = sqliteTable(
  'bookings',
  {
    id: text().primaryKey(),
    enterprise: text().notNull(),
    carrier: text().notNull(),
    service: text(),
    instrument: text(),
    day: text().notNull(),
    contact: text().notNull(),
    /** Sealed under the purpose `booking-phone`. */
    phone: text().notNull(),
    need: text().notNull(),
    at: integer().notNull(),
    by: text().notNull(),
    /** Whole hours of the day, for an instrument; what is held stands in booking_hours. */
    hours: text({ mode: 'json' }).$type<readonly number[]>().notNull().default([]),
    /** As it was when it booked. */
    enterprise_name: text().notNull().default(''),
  },
  (table) => [
    index('bookings_enterprise').on(table.enterprise, table.at),
    index('bookings_carrier').on(table.carrier, table.at),
  ],
)

/** What was done, in order, by whom, and whether the enterprise still has to be told by SMS. */
export const booking_turns = sqliteTable(
  'booking_turns',
  {
    booking: text().notNull(),
    turn: integer().notNull(),
    kind: text().$type<BookingMove>().notNull(),
    party: text().$type<Party>().notNull(),
    at: integer().notNull(),
    by: text().notNull(),
    /** Epoch ms; null while a message is owed. */
    told_at: integer(),
  },
  (table) => [
    primaryKey({ columns: [table.booking, table.turn] }),
    index('booking_turns_untold')
      .on(table.at)
      .where(sql`told_at is null`),
  ],
)

/** Hours that are taken: YYYY-MM-DDTHH in Asia/Shanghai. The key lets one booking have each. */
export const booking_hours = sqliteTable(
  'booking_hours',
  {
    instrument: text().notNull(),
    hour: text().notNull(),
    booking: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.instrument, table.hour] }),
    index('booking_hours_booking').on(table.booking),
  ],
)

/** The newest other date that the carrier proposed; it holds its hours until it is answered. */
export const booking_proposals = sqliteTable('booking_proposals', {
  booking: text().primaryKey(),
  day: text().notNull(),
  hours: text({ mode: 'json' }).$type<readonly number[]>().notNull(),
  note: text().notNull(),
  turn: integer().notNull(),
  at: integer().notNull(),
  by: text().notNull(),
})

/** The carrier's verdict, or the enterprise's word on a proposal. */
export const booking_answers = sqliteTable('booking_answers', {
  booking: text().primaryKey(),
  accepted: integer({ mode: 'boolean' }).notNull(),
  reason: text(),
  at: integer().notNull(),
  by: text().notNull(),
})

export const booking_cancellations = sqliteTable('booking_cancellations', {
  booking: text().primaryKey(),
  reason: text(),
  at: integer().notNull(),
  by: text().notNull(),
})

/** The voucher made from a booking. A dead voucher gives the booking back. */
export const booking_uses = sqliteTable(
  'booking_uses',
  {
    booking: text().primaryKey(),
    voucher: text().notNull(),
    at: integer().notNull(),
  },
  (table) => [index('booking_uses_voucher').on(table.voucher)],
)

/** A carrier's calendar address. Its secret follows from `serial`; only its hash is kept. */
export const booking_feeds = sqliteTable(
  'booking_feeds',
  {
    carrier: text().primaryKey(),
    serial: text().notNull(),
    hash: text().notNull(),
    at: integer().notNull(),
    by: text().notNull(),
  },
  (table) => [uniqueIndex('booking_feeds_hash').on(table.hash)],
)
