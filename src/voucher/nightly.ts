/**
 * Vouchers that no carrier confirmed in time lapse (SPEC U3). The due instant stands on the
 * voucher, so a run that fires late, twice or in pieces ends the same ones once.
 */
import { byClock } from '../booking/client.ts'
import { CLOCK } from '../kernel/actor.ts'
import { post } from '../ledger/client.ts'
import type { Voucher } from '../ledger/rules.ts'
import type { Bindings } from '../platform/bindings.ts'
import { dbOf } from '../platform/db.ts'
import { logError } from '../platform/log.ts'
import { freeBookings, useFormOf } from './client.ts'
import { listOverdue } from './store.ts'
import type { Subject } from './store.ts'

const PAGE = 100
/** Of one run: what is left over, the next run takes first. */
const PAGES_MAX = 8
/** Bookings given back by one run, a few statements each; the others another task gives back. */
const FREED_MAX = 40

/**
 * Ends what is overdue at `now` (epoch ms) and answers how many lapsed. The money comes first: all
 * have lapsed before the first booking is given back.
 */
export async function expireOverdue(env: Bindings, now: number): Promise<number> {
  const booked: Voucher[] = []
  let expired = 0
  let after = ''
  for (let page = 0; page < PAGES_MAX; page++) {
    const overdue = await listOverdue(dbOf(env), now, after, PAGE)
    for (const one of overdue) {
      const voucher = await expire(env, one, now)
      if (!voucher) continue
      expired++
      if (useFormOf(voucher).booking) booked.push(voucher)
    }
    const last = overdue.at(-1)
    if (!last || overdue.length < PAGE) break
    after = last.id
  }
  for (const one of booked.slice(0, FREED_MAX)) await free(env, one, now)
  return expired
}

/** One ledger that is out of reach does not keep the others. */
async function expire(
  env: Bindings,
  { enterprise, id }: Subject,
  now: number,
): Promise<Voucher | null> {
  const command = { kind: 'expire', voucher: id } as const
  const envelope = { key: `expire:${id}`, actor: CLOCK, at: now, command }
  try {
    const answer = await post(env, enterprise, envelope)
    if (answer.ok) return answer.value.voucher
    // A carrier or the enterprise was faster: the mirror trails, and nothing is to be done.
    if (answer.code !== 'not_in_state') logError('expire_refused', new Error(answer.code))
  } catch (error) {
    logError('voucher_not_expired', error)
  }
  return null
}

async function free(env: Bindings, voucher: Voucher, now: number): Promise<void> {
  try {
    await freeBookings(env, [voucher], byClock(env, now))
  } catch (error) {
    logError('booking_not_given_back', error)
  }
}
