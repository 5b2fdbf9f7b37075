/**
 * The budget of one region and year, `budget:{region}:{year}`. Enterprises call it directly; it
 * calls enterprises only from its alarm, to learn what became of a lease that nobody settled. It is
 * never called where no budget is set.
 */
import { DurableObject } from 'cloudflare:workers'
import start from '../../migrations/budget/0001_start.sql'
import { refuse } from '../kernel/outcome.ts'
import type { Outcome } from '../kernel/outcome.ts'
import type { Bindings } from '../platform/bindings.ts'
import { logError } from '../platform/log.ts'
import { migrate } from '../platform/migrate.ts'
import type { Migration } from '../platform/migrate.ts'
import { within } from '../platform/reach.ts'
import { decideLease, decideRelease, decideReturn, decideSettle, moveFor } from './rules.ts'
import type { BudgetRefusal, Lease, LeaseAnswer, LeaseAsk, LeaseDecision } from './rules.ts'
import type { LeaseStatus, Return, ReturnAsk, Sums, Unleased } from './rules.ts'
import * as store from './store.ts'

export const MIGRATIONS: readonly Migration[] = [{ id: 1, sql: start }]

/** How old a lease gets before its enterprise is asked: it has settled its own by then. */
export const ORPHAN_MS = 300_000
/** How long one that is still in progress, or cannot be asked, waits for the next time. */
const ASK_AGAIN_MS = 60_000
const ASK_MS_MAX = 3_600_000
const ORPHANS_MAX = 100
const CALL_MS_MAX = 5_000
/** How often the mirror is asked who has claimed without a budget since. */
const OPEN_AGAIN_MS = 600_000

/** The method of an enterprise's ledger that an alarm calls. */
type LedgerStub = { leaseStatus(lease: string): Promise<LeaseStatus> }

export class RegionBudget extends DurableObject<Bindings> {
  private readonly sql: SqlStorage
  private readonly region: string
  private readonly year: number

  constructor(ctx: DurableObjectState, env: Bindings) {
    super(ctx, env)
    this.sql = ctx.storage.sql
    const [kind, region, year] = (ctx.id.name ?? '').split(':')
    if (kind !== 'budget' || !region) throw new Error('a budget is reached by its name')
    this.region = region
    this.year = Number(year)
    void ctx.blockConcurrencyWhile(async () => {
      ctx.storage.transactionSync(() => migrate(this.sql, MIGRATIONS))
      if ((await ctx.storage.getAlarm()) === null) this.arm()
    })
  }

  /**
   * Leases the amount under the claim's id, or answers what was answered before. Refuses by name:
   * `exceeds_budget` (limit_fen, left_fen), `lease_released`, `not_the_same_lease`, `malformed`;
   * `unavailable` where what was claimed before there was a budget cannot be read yet.
   */
  async lease(ask: LeaseAsk, unleased?: Unleased): Promise<LeaseAnswer> {
    if (!(await this.isReady())) return refuse('unavailable')
    const now = Date.now()
    const answer = this.ctx.storage.transactionSync(() => {
      if (unleased) store.putOpening(this.sql, ask.enterprise, unleased.fen, unleased.seq)
      const { answer, put } = decideLease(store.stateOf(this.sql), ask, now)
      const { budget_fen } = ask
      if (put) store.insertLease(this.sql, put, { budget_fen, ask_at: now + ORPHAN_MS })
      return answer
    })
    this.arm()
    return answer
  }

  /** The claim was granted: spent for good. Idempotent. */
  settle(lease: string): LeaseAnswer {
    return this.settling(() => decideSettle(store.stateOf(this.sql), lease))
  }

  /** The claim was abandoned: the lease is freed, now or before it comes. Idempotent. */
  release(ask: Omit<LeaseAsk, 'budget_fen'>): LeaseAnswer {
    return this.settling((now) => decideRelease(store.stateOf(this.sql), ask, now))
  }

  /** Quota was handed back: frees the budget once for its id. Idempotent. */
  giveBack(ask: ReturnAsk, unleased?: Unleased): Outcome<Return, BudgetRefusal> {
    return this.ctx.storage.transactionSync(() => {
      if (unleased) store.putOpening(this.sql, ask.enterprise, unleased.fen, unleased.seq)
      const { answer, put } = decideReturn(store.stateOf(this.sql), ask)
      if (put) store.insertReturn(this.sql, put, Date.now())
      return answer
    })
  }

  /** What stands against the budget; null while what came before it cannot be read. */
  async state(): Promise<Sums | null> {
    if (!(await this.isReady())) return null
    return store.readSums(this.sql)
  }

  /** At most `limit` leases after this one, an enterprise's together. */
  listLeases(after: Lease | null, limit: number): Lease[] {
    return store.listLeases(this.sql, after, limit)
  }

  /** Sums reckoned anew and what is wrong with those that are kept; empty where nothing is. */
  prove(): { sums: Sums; problems: string[] } {
    const sums = store.readSums(this.sql)
    const anew = store.reckonSums(this.sql)
    const problems = (Object.keys(anew) as (keyof Sums)[])
      .filter((name) => anew[name] !== sums[name])
      .map((name) => `${name} is ${sums[name]}, its rows say ${anew[name]}`)
    return { sums, problems }
  }

  /** Never throws: an alarm that keeps throwing is dropped for good. */
  override async alarm(): Promise<void> {
    try {
      for (const orphan of store.listOrphans(this.sql, Date.now(), ORPHANS_MAX))
        await this.settleOrphan(orphan)
    } catch (error) {
      logError('budget_alarm', error, { region: this.region, year: this.year })
    }
    this.arm(Date.now() + 1000)
  }

  /** Asks the enterprise, which keeps a tombstone before it says that it knows of none. */
  private async settleOrphan({ id, enterprise, ask_at }: store.Orphan): Promise<void> {
    try {
      const ledger = this.env.LEDGER.getByName(`ent:${enterprise}`) as unknown as LedgerStub
      const status = await within(CALL_MS_MAX, ledger.leaseStatus(id))
      if (!status) throw new Error('the ledger does not answer')
      const move = moveFor(status)
      if (move === 'settle') this.settle(id)
      else if (move === 'release') this.releaseOrphan(id)
      else store.postpone(this.sql, id, Date.now() + ASK_AGAIN_MS)
    } catch (error) {
      const waited_ms = Math.max(0, Date.now() - ask_at)
      const wait_ms = Math.min(ASK_MS_MAX, Math.max(ASK_AGAIN_MS, waited_ms))
      store.postpone(this.sql, id, Date.now() + wait_ms)
      logError('budget_orphan', error, { region: this.region, year: this.year, lease: id })
    }
  }

  private releaseOrphan(id: string): void {
    const lease = store.stateOf(this.sql).findLease(id)
    if (lease) this.release({ lease: id, ...lease })
  }

  private settling(decide: (now: number) => LeaseDecision): LeaseAnswer {
    const now = Date.now()
    return this.ctx.storage.transactionSync(() => {
      const { answer, put } = decide(now)
      if (!put) return answer
      const stands = store.stateOf(this.sql).findLease(put.id)
      if (!stands) store.insertLease(this.sql, put, { budget_fen: 0, ask_at: now })
      else if (stands.state !== put.state) store.moveLease(this.sql, put.id, put.state)
      return answer
    })
  }

  /** False while what was claimed before cannot be read. Once read, it is read again behind. */
  private async isReady(): Promise<boolean> {
    const opened_at = store.findOpenedAt(this.sql)
    if (opened_at === null) return this.open()
    if (opened_at < Date.now() - OPEN_AGAIN_MS) this.ctx.waitUntil(this.open())
    return true
  }

  /**
   * Counts what was claimed in this year without a budget, as the mirror has it, of enterprises
   * that have not spoken: each tells its own figure with whatever it asks. False without D1.
   */
  private async open(): Promise<boolean> {
    try {
      const query = `SELECT enterprise, claimed_fen AS fen FROM books WHERE region = ? AND year = ?`
      const { results } = await this.env.DB.prepare(query)
        .bind(this.region, this.year)
        .all<{ enterprise: string; fen: number }>()
      this.ctx.storage.transactionSync(() => {
        for (const { enterprise, fen } of results) store.putMirrored(this.sql, enterprise, fen)
        store.markOpened(this.sql, Date.now())
      })
      return true
    } catch (error) {
      logError('budget_open', error, { region: this.region, year: this.year })
      return false
    }
  }

  /** Sets the alarm for the next lease to ask about, not before `not_before`; in the turn of it. */
  private arm(not_before = 0): void {
    const ask_at = store.nextAskAt(this.sql)
    if (ask_at === null) return
    this.ctx.waitUntil(this.ctx.storage.setAlarm(Math.max(ask_at, not_before)))
  }
}
