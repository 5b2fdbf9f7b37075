/**
 * Vouchers that no carrier confirmed in time lapse (SPEC U3). The due instant stands on the
 * voucher, so a run that fires late, twice or in pieces ends the same ones once.
 */
import { auditEntry } from '../audit/client.ts'
import type { Using } from '../booking/client.ts'
import { CLOCK } from '../kernel/actor.ts'
import { post } from '../ledger/client.ts'
import type { Bindings } from '../platform/bindings.ts'
import { dbOf } from '../platform/db.ts'
import { logError } from '../platform/log.ts'
import { freeBookings } from './client.ts'
import { listOverdue } from './store.ts'

const PAGE = 100
/** Of one run: what is left over, the next run takes first. */
const PAGES_MAX = 8

/** Ends what is overdue at `now` (epoch ms) and answers how many lapsed. */
export async function expireOverdue(env: Bindings, now: number): Promise<number> {
  const db = dbOf(env)
  const audit: Using['audit'] = (action, subject, more) =>
    auditEntry(db, { at: now, actor: CLOCK, action, subject, ...more })
  let expired = 0
  let after = ''
  for (let page = 0; page < PAGES_MAX; page++) {
    const overdue = await listOverdue(db, now, after, PAGE)
    for (const { enterprise, id } of overdue) {
      const command = { kind: 'expire', voucher: id } as const
      const envelope = { key: `expire:${id}`, actor: CLOCK, at: now, command }
      const answer = await post(env, enterprise, envelope)
      if (answer.ok) {
        expired++
        await freeBookings(env, [answer.value.voucher], { actor: CLOCK, at: now, audit })
      }
      // A carrier or the enterprise was faster: the mirror trails, and nothing is to be done.
      else if (answer.code !== 'not_in_state') logError('expire_refused', new Error(answer.code))
    }
    const last = overdue.at(-1)
    if (!last || overdue.length < PAGE) break
    after = last.id
  }
  return expired
}
