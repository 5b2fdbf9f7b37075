/** Which voucher was made from which booking. A dead voucher gives its booking back. */
import { and, asc, desc, eq, inArray, isNull, lte, notExists, or, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import { vouchers } from '../ledger/tables.ts'
import type { Db, Statement } from '../platform/db.ts'
import { DEAD_VOUCHERS, PENDING_MS } from './rules.ts'
import { booking_turns, booking_uses, bookings } from './tables.ts'

export type Use = { booking: string; voucher: string; at: number }

const dead = sql.join(
  DEAD_VOUCHERS.map((state) => sql`${state}`),
  sql`, `,
)

/**
 * SQL: whether the voucher of a row of booking_uses lives at an instant, epoch ms. One that is not
 * mirrored yet holds its booking for a while: it is just being made.
 */
export function isLiving(at: number): SQL<number> {
  const { booking, voucher, at: since } = booking_uses
  return sql<number>`coalesce(
    (select v.state not in (${dead}) from vouchers v where v.id = ${voucher}
      and v.enterprise = (select b.enterprise from bookings b where b.id = ${booking})),
    ${since} > ${at - PENDING_MS})`
}

/**
 * Ties a voucher to its booking, in place of one that is dead. Where a living one stands nothing is
 * changed: read `findUse` after, or call `takeBooking`.
 */
export function markUsed(db: Db, use: Use): Statement {
  const { booking, voucher } = booking_uses
  return db
    .insert(booking_uses)
    .values(use)
    .onConflictDoUpdate({
      target: booking,
      set: { voucher: use.voucher, at: use.at },
      setWhere: sql`${voucher} = ${use.voucher} or not ${isLiving(use.at)}`,
    })
}

export async function findUse(db: Db, booking: string): Promise<Use | undefined> {
  return db.select().from(booking_uses).where(eq(booking_uses.booking, booking)).get()
}

/** Takes the use away as it was read, and not one that came since. */
export function deleteUse(db: Db, use: Use): Statement {
  return db.delete(booking_uses).where(isUse(use))
}

/** Fails its batch where the use is not as it was read: a turn that stands violates the key. */
export function expectUse(db: Db, use: Use): Statement {
  const standing = db.select().from(booking_uses).where(isUse(use))
  const turns = db.select().from(booking_turns)
  const again = and(eq(booking_turns.booking, use.booking), notExists(standing))
  return db.insert(booking_turns).select(turns.where(again))
}

const isUse = ({ booking, voucher, at }: Use) =>
  and(eq(booking_uses.booking, booking), eq(booking_uses.voucher, voucher), eq(booking_uses.at, at))

/** A use whose voucher is dead, or was not there a while after it should have been. */
export type EndedUse = Use & { enterprise: string; mirrored: boolean }

/** Those of known death first, then the oldest. `at` is epoch ms. */
export async function listEndedUses(db: Db, at: number, limit: number): Promise<EndedUse[]> {
  const ended = or(
    inArray(vouchers.state, DEAD_VOUCHERS),
    and(isNull(vouchers.id), lte(booking_uses.at, at - PENDING_MS)),
  )
  const rows = await db
    .select({ use: booking_uses, enterprise: bookings.enterprise, mirrored: vouchers.id })
    .from(booking_uses)
    .innerJoin(bookings, eq(bookings.id, booking_uses.booking))
    .leftJoin(
      vouchers,
      and(eq(vouchers.enterprise, bookings.enterprise), eq(vouchers.id, booking_uses.voucher)),
    )
    .where(ended)
    .orderBy(desc(sql`${vouchers.id} is not null`), asc(booking_uses.at))
    .limit(limit)
  return rows.map(({ use, enterprise, mirrored }) => ({
    ...use,
    enterprise,
    mirrored: mirrored !== null,
  }))
}
