/**
 * What other slices may ask of bookings, and the moves that a request makes: with its actor, its
 * audit rows and the messages it owes.
 */
import { auditOf } from '../audit/client.ts'
import type { Ctx } from '../platform/bindings.ts'
import { dbOf } from '../platform/db.ts'
import type { Db } from '../platform/db.ts'
import { carrierOf } from '../platform/guard.ts'
import { logError } from '../platform/log.ts'
import { within } from '../platform/reach.ts'
import { tellOwed } from './message.ts'
import { moveBooking } from './move.ts'
import type { By, Move } from './move.ts'
import { DESK_MAX } from './rules.ts'
import { countByState, listFiltered } from './list-store.ts'
import * as store from './store.ts'
import type { BookingRecord } from './store.ts'

export { announceBooking, byClock, releaseBooking, takeBooking } from './move.ts'
export type { Using } from './move.ts'
export { findBooking, insertAnswer, insertBooking, insertTurn } from './store.ts'
export type { BookingRecord } from './store.ts'
export { offlineUseAllowed } from './rules.ts'
export { itemName } from './strings.ts'

/** The bookings of an enterprise that a voucher can be made from now, newest first. */
export async function acceptedBookings(
  db: Db,
  enterprise: string,
  at: number,
): Promise<BookingRecord[]> {
  return listFiltered(db, { enterprise, states: ['accepted'] }, at, { limit: 200 })
}

/** How many bookings wait for the enterprise: to take another date, and to use a voucher for. */
export async function countBookings(
  db: Db,
  enterprise: string,
  at: number,
): Promise<{ proposed: number; accepted: number }> {
  const { proposed = 0, accepted = 0 } = await countByState(db, { enterprise }, at)
  return { proposed, accepted }
}

/** The move of whoever sends this request, and the message it owes. */
export async function moveOf(c: Ctx, booking: string, command: Move['command']) {
  const moved = await moveQuietly(c, booking, command)
  if (moved.ok) await tellSoon(c, [booking])
  return moved
}

function moveQuietly(c: Ctx, booking: string, command: Move['command']) {
  const { actor } = c.var
  if (!actor) throw new Error('a move without an actor')
  return moveBooking(c.env, { booking, command, actor, ...auditBy(c) })
}

/** When a request came in, and its audit rows. */
export function auditBy(c: Ctx): Omit<By, 'actor'> {
  return { at: c.var.now, audit: (action, subject, more) => auditOf(c, action, subject, more) }
}

/** How long an answer waits for the gateway. */
const TELL_MS_MAX = 2_000

/**
 * Sends what is owed by SMS of these bookings; a slow gateway goes on after the answer, and what
 * fails is sent by a later run.
 */
export async function tellSoon(c: Ctx, bookings: readonly string[]): Promise<void> {
  const telling = tellOwed(c.env, c.var.now, { bookings }).catch((error: unknown) =>
    logError('booking_sms_failed', error),
  )
  c.executionCtx.waitUntil(telling)
  await within(TELL_MS_MAX, telling)
}

/** Those of the ids that are of this carrier, in the order given: as many as a desk shows. */
export async function ownBookings(c: Ctx, ids: readonly string[]): Promise<BookingRecord[]> {
  const found = await store.findBookings(dbOf(c.env), ids.slice(0, DESK_MAX), c.var.now)
  const own = new Map(
    found.filter((one) => one.carrier === carrierOf(c).carrier).map((one) => [one.id, one]),
  )
  return ids.flatMap((id) => own.get(id) ?? [])
}

/** One move for each booking of a press; each stands or is refused by itself. */
export async function decideAll(
  c: Ctx,
  bookings: readonly BookingRecord[],
  command: Move['command'],
): Promise<void> {
  for (const { id } of bookings) await moveQuietly(c, id, command)
  await tellSoon(
    c,
    bookings.map(({ id }) => id),
  )
}

/** What waits for a carrier, the soonest day first: one more than its desk shows, if there is. */
export async function waitingBookings(c: Ctx): Promise<BookingRecord[]> {
  const filter = { carrier: carrierOf(c).carrier, states: ['waiting'] } as const
  const some = { limit: DESK_MAX + 1, byDay: true }
  return listFiltered(dbOf(c.env), filter, c.var.now, some)
}
