/**
 * The one alarm of a ledger: for what D1 lacks, or else for the turn of the year, and before either
 * for a claim or a region that waits. Set it inside the transaction whose work it follows: a crash
 * between the two, or a write that fails, would strand the work.
 */
import * as mirror from './mirror.ts'
import { nextDueAt } from './reservation.ts'
import { findOpenYear } from './store.ts'
import { turnAt } from './turn-rules.ts'

export class Bell {
  /** True while the alarm is set for a claim or its region, before the mirror is due. */
  private woken = false
  /** When the year is to be closed, epoch ms: alarms for other things do not hasten or delay it. */
  private turn_at = 0

  private readonly sql: SqlStorage

  constructor(private readonly ctx: DurableObjectState) {
    this.sql = ctx.storage.sql
  }

  /** The alarm rings: answers whether the year is to be closed now. */
  ring(now: number): { failures: number; turns: boolean } {
    this.woken = false
    const { due_at, failures } = mirror.readMirror(this.sql)
    return { failures, turns: due_at === null && this.turn_at <= now }
  }

  /** An alarm that is set stays: a command in the middle of an outage must not end its back-off. */
  armUnlessArmed(): void {
    const { due_at } = mirror.readMirror(this.sql)
    if (due_at === null || !mirror.isArmed(due_at, Date.now()))
      return this.arm(mirror.MIRROR_DELAY_MS)
    // Once until it rings: a stream of commands must not put it off.
    if (this.woken || this.claimsAt() >= due_at) return
    this.wake(due_at)
    this.woken = true
  }

  /** For what is pending. */
  arm(delay_ms: number): void {
    const due_at = Date.now() + Math.round(delay_ms)
    mirror.markDue(this.sql, due_at)
    this.wake(due_at)
  }

  /** Nothing is due in D1: the alarm is free for the year, where it has something left to lapse. */
  armForTurn(): void {
    mirror.markDue(this.sql, null)
    this.wake(null)
  }

  /** After a ring: for whatever is due next. */
  rearm(): void {
    this.wake(mirror.readMirror(this.sql).due_at)
  }

  private wake(due_at: number | null): void {
    const now = Date.now()
    // After a commit anew: the ledger is in use.
    if (due_at !== null) this.turn_at = 0
    else if (this.turn_at <= now) this.turn_at = this.nextTurnAt(now)
    const claims_at = Math.max(this.claimsAt(), now + mirror.MIRROR_DELAY_MS)
    const at = Math.min(due_at ?? (this.turn_at || Infinity), claims_at)
    if (at < Infinity) this.ctx.waitUntil(this.ctx.storage.setAlarm(at))
  }

  private nextTurnAt(now: number): number {
    const year = findOpenYear(this.sql)
    return year === null ? 0 : turnAt(year, now, Math.random())
  }

  private claimsAt(): number {
    return nextDueAt(this.sql) ?? Infinity
  }
}
