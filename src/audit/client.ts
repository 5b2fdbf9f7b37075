/**
 * The audit row of a change, to stand in the same batch as the change itself: both are written or
 * neither is. There is no statement that changes or removes a row.
 */
import type { Account, AnyActor } from '../kernel/actor.ts'
import type { Ctx } from '../platform/bindings.ts'
import { dbOf } from '../platform/db.ts'
import type { Db, Statement } from '../platform/db.ts'
import { auditEntries } from './tables.ts'

export type AuditEntry = {
  /** Epoch ms. */
  at: number
  actor: AnyActor | Account
  /** What was done, as routes name it: `redemption.approve`. */
  action: string
  /** kind:id of what it was done to: `voucher:0191…`. */
  subject: string
  /** GB/T 2260 code of the region whose bureau may read the row. */
  region?: string | null
  /** What stood before and what stands now; no phone numbers, no secrets. */
  before?: unknown
  after?: unknown
  ip?: string | null
  request_id?: string | null
}

/** One audit row as a statement of the caller's batch. */
export function auditEntry(db: Db, entry: AuditEntry): Statement {
  const { actor } = entry
  return db.insert(auditEntries).values({
    at: entry.at,
    account: 'role' in actor ? actor.account : actor.id,
    name: actor.name,
    role: 'role' in actor ? actor.role : 'member',
    party: partyOf(actor),
    action: entry.action,
    subject: entry.subject,
    region: entry.region ?? null,
    before: textOf(entry.before),
    after: textOf(entry.after),
    ip: entry.ip ?? null,
    request_id: entry.request_id ?? null,
  })
}

/** The audit row of this request: its actor, instant, address and id. Throws when signed out. */
export function auditOf(
  c: Ctx,
  action: string,
  subject: string,
  more: Pick<AuditEntry, 'region' | 'before' | 'after'> = {},
): Statement {
  const actor = c.var.actor ?? c.var.account
  if (!actor) throw new Error(`audit row without an actor: ${action}`)
  return auditEntry(dbOf(c.env), {
    at: c.var.now,
    actor,
    action,
    subject,
    ...more,
    ip: c.req.header('CF-Connecting-IP') ?? null,
    request_id: c.var.request_id,
  })
}

function partyOf(actor: AnyActor | Account): string | null {
  if (!('role' in actor)) return actor.uscc
  if (actor.role === 'enterprise') return actor.enterprise
  if (actor.role === 'carrier') return actor.carrier
  return actor.role === 'bureau' ? actor.region : null
}

function textOf(value: unknown): string | null {
  return value === undefined || value === null ? null : JSON.stringify(value)
}
