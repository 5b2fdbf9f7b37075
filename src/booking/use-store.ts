/** Which voucher was made from which booking. A dead voucher gives its booking back. */
import { and, eq, sql } from 'drizzle-orm'
import { vouchers } from '../ledger/tables.ts'
import type { Db, Statement } from '../platform/db.ts'
import { DEAD_VOUCHERS, PENDING_MS } from './rules.ts'
import { booking_uses } from './tables.ts'

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
      setWhere: sql`${booking_uses.voucher} = ${use.voucher} or coalesce(
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
