/**
 * What time, a suspension and the end of a voucher do to bookings. Each run goes on where the last
 * one stopped.
 */
import { lt } from 'drizzle-orm'
import { dayOf, dayStartsAt } from '../kernel/clock.ts'
import { readVoucher } from '../ledger/client.ts'
import type { Bindings } from '../platform/bindings.ts'
import { commitOnce, dbOf } from '../platform/db.ts'
import { logError } from '../platform/log.ts'
import { sendSms } from '../platform/sms.ts'
import { dayAfter } from './hour-rules.ts'
import { tellOwed } from './message.ts'
import { announceBooking, byClock, moveBooking, releaseBooking, statementsOf } from './move.ts'
import type { By } from './move.ts'
import { decideBooking } from './rules.ts'
import { listFiltered } from './list-store.ts'
import type { BookingRecord } from './store.ts'
import { strings } from './strings.ts'
import { booking_hours } from './tables.ts'
import { listEndedUses } from './use-store.ts'
import type { EndedUse } from './use-store.ts'

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
export async function cancelOpen(
  env: Pick<Env, 'DB' | 'CHANNEL'>,
  whose: { carrier: string } | { suspended: true },
  by: By,
): Promise<string[]> {
  const db = dbOf(env)
  const filter = { ...whose, states: ['waiting', 'proposed', 'accepted'] } as const
  const released: string[] = []
  for (let chunk = 0; chunk < CHUNKS_MAX; chunk++) {
    const bookings = await listFiltered(db, filter, by.at, { limit: CHUNK })
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
  by: By,
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
  return (await cancelOpen(env, { suspended: true }, byClock(env, now))).length
}

/** Forgets the hours of days that are over: nobody can take them any more. */
export async function freePast(env: Env, now: number): Promise<number> {
  const past = await dbOf(env)
    .delete(booking_hours)
    .where(lt(booking_hours.hour, dayOf(now)))
    .returning({ hour: booking_hours.hour })
  return past.length
}

/** Open pages told of in one run. */
const EXPIRED_MAX = 300

/** Tells open pages of what nobody answered until its day was over, which was yesterday. */
export async function tellExpired(env: Pick<Env, 'DB' | 'CHANNEL'>, now: number): Promise<number> {
  const today = dayOf(now)
  const days = { from: dayAfter(today, -1), until: today }
  const filter = { states: ['expired'], days } as const
  const expired = await listFiltered(dbOf(env), filter, now, { limit: EXPIRED_MAX })
  for (const booking of expired) await announceBooking(env, booking)
  return expired.length
}

/** Uses looked at in one run: a few statements each. */
const ENDED_MAX = 60

/**
 * Gives back what vouchers had that have ended, or that were never made, where whoever ended them
 * did not come to it. Answers how many bookings that were.
 */
export async function releaseEnded(
  env: Pick<Env, 'DB' | 'CHANNEL'> & Pick<Bindings, 'LEDGER'>,
  now: number,
): Promise<number> {
  let released = 0
  for (const use of await listEndedUses(dbOf(env), now, ENDED_MAX)) {
    try {
      if (await releaseUse(env, use, now)) released += 1
    } catch (error) {
      // One ledger that is out of reach keeps nobody else's booking waiting.
      logError('booking_not_given_back', error)
    }
  }
  return released
}

/** Only as the run has read it: a form sent once more may take it anew meanwhile. */
async function releaseUse(
  env: Pick<Env, 'DB' | 'CHANNEL'> & Pick<Bindings, 'LEDGER'>,
  { booking, voucher, enterprise, mirrored, at: taken_at }: EndedUse,
  now: number,
): Promise<boolean> {
  // A voucher that the mirror lacks may be in its ledger all the same.
  if (!mirrored && (await readVoucher(env, enterprise, voucher, now))) return false
  await releaseBooking(env, { booking, voucher, taken_at, ...byClock(env, now) })
  return true
}

const HOUR_MS = 3_600_000

/** Sends the messages that failed or were too many at once, while people are up (8 to 21). */
export async function tellLater(env: Env, now: number, send = sendSms): Promise<number> {
  const hour = (now - (dayStartsAt(dayOf(now)) ?? 0)) / HOUR_MS
  return hour >= 8 && hour < 21 ? tellOwed(env, now, { send }) : 0
}
