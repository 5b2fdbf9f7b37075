/**
 * The audit row of a change, to stand in the same batch as the change itself: both are written or
 * neither is. There is no statement that changes or removes a row.
 */
import { getTableColumns, sql } from 'drizzle-orm'
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
  return db.insert(auditEntries).values(rowOf(entry))
}

function rowOf(entry: AuditEntry): typeof auditEntries.$inferInsert {
  const { actor } = entry
  return {
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
  }
}

type More = Pick<AuditEntry, 'region' | 'before' | 'after'>

/** The audit row of this request: its actor, instant, address and id. Throws when signed out. */
export function auditOf(c: Ctx, action: string, subject: string, more: More = {}): Statement {
  return auditEntry(dbOf(c.env), requested(c, { at: c.var.now, action, subject, ...more }))
}

/**
 * The audit row of what a ledger did at an instant, epoch ms, as its answer tells: once, however
 * often the same press is sent and answered the same. `actor` where somebody else's press did it.
 * Throws when signed out.
 */
export function auditOnce(
  c: Ctx,
  what: More & Pick<AuditEntry, 'at' | 'action' | 'subject'> & { actor?: AnyActor },
): Statement {
  const row: Readonly<Record<string, unknown>> = rowOf(requested(c, what))
  const cells = Object.keys(getTableColumns(auditEntries)).map((name) => sql`${row[name] ?? null}`)
  const { action, subject, at, after } = auditEntries
  return dbOf(c.env).insert(auditEntries).select(sql`select ${sql.join(cells, sql`, `)}
    where not exists (select 1 from ${auditEntries} where ${subject} = ${what.subject}
      and ${action} = ${what.action} and ${at} = ${what.at} and ${after} is ${row['after']})`)
}

function requested(
  c: Ctx,
  what: Omit<AuditEntry, 'actor'> & Partial<Pick<AuditEntry, 'actor'>>,
): AuditEntry {
  const actor = what.actor ?? c.var.actor ?? c.var.account
  if (!actor) throw new Error(`audit row without an actor: ${what.action}`)
  const ip = c.req.header('CF-Connecting-IP') ?? null
  return { ...what, actor, ip, request_id: c.var.request_id }
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
