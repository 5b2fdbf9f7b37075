/** As whom a signed-in account acts, and how long a session lives. */
import type { Account, Actor, StaffRole } from '../kernel/actor.ts'

export const MINUTE_MS = 60_000
/** A session that nobody used for this long has ended. */
export const SESSION_IDLE_MS = 30 * MINUTE_MS
/** However busy, a session ends after twelve hours, that of bureau staff after eight. */
export const SESSION_MS = { legal: 12 * 60 * MINUTE_MS, staff: 8 * 60 * MINUTE_MS } as const
/** Use of a session is written down at most this often. */
export const SESSION_TOUCH_MS = MINUTE_MS

export type Staff = {
  account: string
  name: string
  region: string
  roles: readonly StaffRole[]
  active: boolean
}

/** What the stores know of an account: the active carrier and the enterprise of its credit code. */
export type Standing = {
  carrier: string | null
  enterprise: string | null
  staff: Staff | null
}

/** True while a session is used often enough and not too old. `expires_at` is its absolute end. */
export function isLive(session: { seen_at: number; expires_at: number }, at: number): boolean {
  return at < session.expires_at && at < session.seen_at + SESSION_IDLE_MS
}

/**
 * The actor of an account: an admitted, active carrier acts as carrier, every other legal person
 * as enterprise, listed staff as their bureau. null for staff nobody listed, and for a legal
 * person whose enterprise has not been opened yet.
 */
export function actorOf(account: Account, standing: Standing): Actor | null {
  const { id, name } = account
  if (account.kind === 'staff') {
    const { staff } = standing
    if (!staff?.active) return null
    return {
      role: 'bureau',
      account: id,
      name: staff.name,
      region: staff.region,
      staff: staff.roles,
    }
  }
  if (standing.carrier) return { role: 'carrier', account: id, name, carrier: standing.carrier }
  if (!standing.enterprise) return null
  return { role: 'enterprise', account: id, name, enterprise: standing.enterprise }
}
