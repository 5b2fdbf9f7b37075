/**
 * What time and a suspension do to bookings: hours of days that are over are forgotten, and what a
 * suspended carrier has open is cancelled. Each run goes on where the last one stopped.
 */
import { lt } from 'drizzle-orm'
import { auditEntry } from '../audit/client.ts'
import { CLOCK } from '../kernel/actor.ts'
import { dayOf, dayStartsAt } from '../kernel/clock.ts'
import type { Bindings } from '../platform/bindings.ts'
import { commitOnce, dbOf } from '../platform/db.ts'
import { sendSms } from '../platform/sms.ts'
import { announceBooking, moveBooking, statementsOf } from './client.ts'
import type { Audit, Move } from './client.ts'
import { tellOwed } from './message.ts'
import { decideBooking } from './rules.ts'
import { listFiltered } from './store.ts'
import type { BookingRecord } from './store.ts'
import { strings } from './strings.ts'
import { booking_hours } from './tables.ts'

type Env = Pick<Bindings, 'DB' | 'CHANNEL' | 'SMS_URL' | 'SMS_TOKEN'>

/** Bookings cancelled in one batch: five statements each. */
const CHUNK = 20
/** Batches of one request or one carrier of a run: D1 answers a thousand queries a request. */
const CHUNKS_MAX = 6

/**
 * Cancels what a carrier that is suspended has open, frees its hours and tells both sides' open
 * pages; the enterprises' messages are owed from then on. Answers which were cancelled: at most
 * CHUNK × CHUNKS_MAX, a later run goes on with the rest.
 */
export async function releaseBookings(
  env: Pick<Env, 'DB' | 'CHANNEL'>,
  whose: { carrier: string } | { suspended: true },
  by: Omit<Move, 'booking' | 'command'>,
): Promise<string[]> {
  const db = dbOf(env)
  const filter = { ...whose, states: ['waiting', 'proposed', 'accepted'] } as const
  const released: string[] = []
  for (let chunk = 0; chunk < CHUNKS_MAX; chunk++) {
    const { bookings } = await listFiltered(db, filter, by.at, { limit: CHUNK })
    const gone = await releaseChunk(env, bookings, by)
    // Whatever would not go now, the next run meets again.
    if (gone.length === 0) break
    released.push(...gone)
  }
  return released
}

async function releaseChunk(
  env: Pick<Env, 'DB' | 'CHANNEL'>,
  bookings: readonly BookingRecord[],
  by: Omit<Move, 'booking' | 'command'>,
): Promise<string[]> {
  const db = dbOf(env)
  const command = { kind: 'cancel', reason: strings.zh.suspended } as const
  const moves = bookings.map(({ id }) => ({ booking: id, command, ...by }))
  const allowed = bookings.every((one) => decideBooking(one, command, by.actor).ok)
  const statements = bookings.flatMap((one, place) => {
    const move = moves[place]
    return move ? statementsOf(db, one, move) : []
  })
  if (allowed && (await commitOnce(db, statements))) {
    await Promise.all(bookings.map((one) => announceBooking(env, one)))
    return bookings.map(({ id }) => id)
  }
  // One of them moved in that moment: each by itself then.
  const released: string[] = []
  for (const move of moves) {
    if ((await moveBooking(env, move)).ok) released.push(move.booking)
  }
  return released
}

/** Cancels what suspended carriers still have open, and answers how many bookings that were. */
export async function releaseSuspended(env: Env, now: number): Promise<number> {
  return (await releaseBookings(env, { suspended: true }, byClock(env, now))).length
}

/** Moves that nobody made: time itself. */
export function byClock(env: Pick<Env, 'DB'>, at: number): Omit<Move, 'booking' | 'command'> {
  const audit: Audit = (action, subject, more) =>
    auditEntry(dbOf(env), { at, actor: CLOCK, action, subject, ...more })
  return { actor: CLOCK, at, audit }
}

/** Forgets the hours of days that are over: nobody can take them any more. */
export async function freePast(env: Env, now: number): Promise<number> {
  const past = await dbOf(env)
    .delete(booking_hours)
    .where(lt(booking_hours.hour, dayOf(now)))
    .returning({ hour: booking_hours.hour })
  return past.length
}

const HOUR_MS = 3_600_000

/** Sends the messages that failed or were too many at once, while people are up (8 to 21). */
export async function tellLater(env: Env, now: number, send = sendSms): Promise<number> {
  const hour = (now - (dayStartsAt(dayOf(now)) ?? 0)) / HOUR_MS
  return hour >= 8 && hour < 21 ? tellOwed(env, now, { send }) : 0
}
