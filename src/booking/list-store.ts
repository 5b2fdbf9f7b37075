/** Lists of bookings: by whose they are, state and day, page by page, and how many there are. */
import { and, eq, gte, inArray, lt, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import { carrier_suspensions } from '../catalogue/tables.ts'
import type { Db } from '../platform/db.ts'
import type { BookingState } from './rules.ts'
import { day, selectBookings, stateAt } from './store.ts'
import type { BookingRecord, Some } from './store.ts'
import {
  booking_answers,
  booking_cancellations,
  booking_proposals,
  booking_uses,
  bookings,
} from './tables.ts'

export type BookingFilter = {
  enterprise?: string
  carrier?: string
  /** Of carriers that are suspended now. */
  suspended?: true
  states?: readonly BookingState[]
  /** Days, the first included and the last not: that of the booking, or of what is proposed. */
  days?: { from: string; until: string }
}

/** Some of a filter, the newest first or the soonest day. */
export async function listFiltered(
  db: Db,
  filter: BookingFilter,
  at: number,
  some: Some,
): Promise<BookingRecord[]> {
  return selectBookings(db, whereOf(filter, at), at, some)
}

/** How many there are in all. */
export async function countFiltered(db: Db, filter: BookingFilter, at: number): Promise<number> {
  const where = whereOf(filter, at)
  if (filter.states ?? filter.days) {
    const [row] = await countRows(db, where, sql<string>`''`)
    return row?.n ?? 0
  }
  // Whose they are stands in the index: no other table is read.
  return db.$count(bookings, where)
}

/** How many there are in each state; a state that none is in is missing. */
export async function countByState(
  db: Db,
  filter: BookingFilter,
  at: number,
): Promise<Partial<Record<BookingState, number>>> {
  const rows = await countRows(db, whereOf(filter, at), stateAt(at))
  return Object.fromEntries(rows.map(({ part, n }) => [part, n]))
}

/** By parts, with all that a filter may read. */
function countRows(db: Db, where: SQL | undefined, part: SQL<string>) {
  return db
    .select({ part, n: sql<number>`count(*)` })
    .from(bookings)
    .leftJoin(booking_answers, eq(booking_answers.booking, bookings.id))
    .leftJoin(booking_proposals, eq(booking_proposals.booking, bookings.id))
    .leftJoin(booking_cancellations, eq(booking_cancellations.booking, bookings.id))
    .leftJoin(booking_uses, eq(booking_uses.booking, bookings.id))
    .where(where)
    .groupBy(sql`1`)
}

/** One page of a filter. `pages` is one at least, and no page lies past the last. */
export type Page = { bookings: BookingRecord[]; count: number; page: number; pages: number }

/** The page asked for, counted from 1, or the last where there are fewer. */
export async function listPage(
  db: Db,
  filter: BookingFilter,
  at: number,
  asked: Pick<Some, 'byDay'> & { page: number; size: number },
): Promise<Page> {
  const { size, ...order } = asked
  const count = await countFiltered(db, filter, at)
  const pages = Math.max(1, Math.ceil(count / size))
  const page = Math.min(asked.page, pages)
  const some = { ...order, limit: size, offset: (page - 1) * size }
  return { bookings: await listFiltered(db, filter, at, some), count, page, pages }
}

function whereOf(filter: BookingFilter, at: number) {
  const { enterprise, carrier, suspended, states, days } = filter
  return and(
    enterprise === undefined ? undefined : eq(bookings.enterprise, enterprise),
    carrier === undefined ? undefined : eq(bookings.carrier, carrier),
    suspended && inArray(bookings.carrier, sql`(select carrier from ${carrier_suspensions})`),
    states === undefined ? undefined : inArray(stateAt(at), [...states]),
    days === undefined ? undefined : and(gte(day, days.from), lt(day, days.until)),
  )
}
