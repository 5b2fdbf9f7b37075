/** Bookings; what became of one are rows keyed by it, so that deciding twice violates the key. */
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

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
    phone: text().notNull(),
    need: text().notNull(),
    at: integer().notNull(),
    by: text().notNull(),
  },
  (table) => [
    index('bookings_enterprise').on(table.enterprise, table.at),
    index('bookings_carrier').on(table.carrier, table.at),
  ],
)

/** The carrier's verdict. */
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
