/** The calendar of instruments: which hours are held, and holding and freeing them. */
import { and, eq, gte, lt, sql } from 'drizzle-orm'
import type { Db, Statement } from '../platform/db.ts'
import { hourKey } from './hour-rules.ts'
import type { Slot } from './rules.ts'
import { booking_hours } from './tables.ts'

/** Hours of an instrument that bookings hold, on days from `from` to before `until`. */
export async function heldHours(
  db: Db,
  instrument: string,
  days: { from: string; until: string; except?: string },
): Promise<Set<string>> {
  const { hour, booking } = booking_hours
  const rows = await db
    .select({ hour, booking })
    .from(booking_hours)
    .where(
      and(eq(booking_hours.instrument, instrument), gte(hour, days.from), lt(hour, days.until)),
    )
  return new Set(rows.filter((row) => row.booking !== days.except).map((row) => row.hour))
}

/** Takes the hours of a slot for a booking, all or none: conflicts where one is held. */
export function holdHours(
  db: Db,
  { instrument, booking, slot }: { instrument: string; booking: string; slot: Slot },
): Statement {
  const keys = JSON.stringify(slot.hours.map((hour) => hourKey(slot.day, hour)))
  return db
    .insert(booking_hours)
    .select(sql`select ${instrument}, value, ${booking} from json_each(${keys}) where true`)
}

/** Gives the hours of a booking back. */
export function freeHeld(db: Db, booking: string): Statement {
  return db.delete(booking_hours).where(eq(booking_hours.booking, booking))
}
