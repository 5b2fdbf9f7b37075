/**
 * What an enterprise is owed by SMS: the carrier has answered, or has left. A message is claimed
 * before it is sent, so that no run sends it twice, and given up after three days. Of one booking
 * only the newest move is told: what came before says what is not so any more.
 */
import { and, eq, gt, inArray, isNull, sql } from 'drizzle-orm'
import { DAY_MS } from '../kernel/clock.ts'
import type { Bindings } from '../platform/bindings.ts'
import { commit, dbOf } from '../platform/db.ts'
import type { Db } from '../platform/db.ts'
import { sendSms } from '../platform/sms.ts'
import { approvedRegistration } from '../registration/client.ts'
import { slotText } from './hour-rules.ts'
import { slotNow } from './rules.ts'
import type { BookingMove } from './rules.ts'
import { findBooking } from './store.ts'
import type { BookingRecord } from './store.ts'
import { itemName, strings } from './strings.ts'
import { booking_turns } from './tables.ts'

type Env = Pick<Bindings, 'DB' | 'SMS_URL' | 'SMS_TOKEN'>

/** Messages of one run, all at once; the next run takes what is left. */
const RUN_MAX = 20
/** D1 binds a hundred values. */
const BOOKINGS_MAX = 90
const GIVEN_UP_MS = 3 * DAY_MS

/** `bookings` narrows a run to those a press was about. */
export type Telling = { bookings?: readonly string[]; send?: typeof sendSms }

/**
 * Sends what is owed and answers how many went out. `now` is epoch ms. Chance says which of too
 * many: a number that is refused each time keeps no other waiting.
 */
export async function tellOwed(
  env: Env,
  now: number,
  { bookings, send = sendSms }: Telling = {},
): Promise<number> {
  const db = dbOf(env)
  const { booking, told_at, at } = booking_turns
  const owed = await db
    .select()
    .from(booking_turns)
    .where(
      and(
        isNull(told_at),
        gt(at, now - GIVEN_UP_MS),
        bookings && inArray(booking, bookings.slice(0, BOOKINGS_MAX)),
      ),
    )
    .orderBy(sql`random()`)
    .limit(RUN_MAX)
  const told = owed.map(
    async (turn) => (await claim(db, turn, now)) && (await tell(env, turn, { now, send })),
  )
  return (await Promise.all(told)).filter(Boolean).length
}

type Owed = { booking: string; turn: number; kind: BookingMove }

type By = { now: number; send: typeof sendSms }

async function tell(env: Env, turn: Owed, { now, send }: By): Promise<boolean> {
  const db = dbOf(env)
  const booking = await findBooking(db, turn.booking, now)
  const agent = booking && (await approvedRegistration(db, booking.enterprise))
  if (!booking || !agent || booking.turn > turn.turn) return false
  const text = textOf(turn.kind, booking)
  if (!text) return false
  const { ok } = await send(env, agent.agent_phone, text)
  if (!ok) await commit(db, [db.update(booking_turns).set({ told_at: null }).where(isTurn(turn))])
  return ok
}

/** True where this run is the one that sends it. */
async function claim(db: Db, turn: Owed, now: number): Promise<boolean> {
  const claimed = await db
    .update(booking_turns)
    .set({ told_at: now })
    .where(and(isTurn(turn), isNull(booking_turns.told_at)))
    .returning({ turn: booking_turns.turn })
  return claimed.length > 0
}

const isTurn = ({ booking, turn }: Owed) =>
  and(eq(booking_turns.booking, booking), eq(booking_turns.turn, turn))

/** Messages are Chinese: nobody knows what the telephone's owner reads elsewhere. */
function textOf(kind: BookingMove, booking: BookingRecord): string | undefined {
  const t = strings.zh.sms
  const named = [booking.carrier_name, itemName('zh', booking)] as const
  if (kind === 'accept') return t.accepted(...named, slotText(booking))
  if (kind === 'decline') return t.declined(...named, booking.reason ?? '')
  if (kind === 'cancel') return t.cancelled(...named, booking.reason ?? '')
  return kind === 'propose' ? t.proposed(...named, slotText(slotNow(booking))) : undefined
}
