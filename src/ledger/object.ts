/**
 * One enterprise's ledger, the only authority for its claims, vouchers and redemptions. Commands
 * are synchronous transactions; D1 follows from alarms that never throw. Answers cross RPC as JSON
 * text, so that a replay is the same to the byte.
 */
import { DurableObject } from 'cloudflare:workers'
import type { LeaseStatus } from '../budget/rules.ts'
import type { Bindings } from '../platform/bindings.ts'
import { logError } from '../platform/log.ts'
import { Bell } from './bell.ts'
import { begin, closePassedYears, execute } from './command.ts'
import type { Envelope } from './command-rules.ts'
import { emptyBook } from './book.ts'
import { yearOf } from '../kernel/clock.ts'
import type { ArchiveHead } from './archive.ts'
import { Herald } from './herald.ts'
import { sendByHub } from './hub.ts'
import type { Recorded } from './journal.ts'
import * as mirror from './mirror.ts'
import { digestLedger } from './digest.ts'
import * as escrow from './escrow.ts'
import { examine } from './drift.ts'
import { proveLedger } from './proof.ts'
import { nextDueAt } from './reservation.ts'
import { migrate } from './schema.ts'
import * as store from './store.ts'

/** Pages of one alarm: enough for a long backlog, few enough to end well before its time is up. */
const PAGES_MAX = 50

export class EnterpriseLedger extends DurableObject<Bindings> {
  private readonly sql: SqlStorage
  private readonly enterprise: string
  private readonly herald: Herald
  private readonly bell: Bell
  /** Rises whenever the mark of what was sent is set back: a page under way then marks nothing. */
  private restarts = 0

  constructor(ctx: DurableObjectState, env: Bindings) {
    super(ctx, env)
    this.sql = ctx.storage.sql
    this.enterprise = store.enterpriseOf(ctx.id.name)
    this.herald = new Herald(this.sql, this.enterprise)
    this.bell = new Bell(ctx)
    void ctx.blockConcurrencyWhile(async () => {
      ctx.storage.transactionSync(() => migrate(this.sql))
      const alarm_at = (await ctx.storage.getAlarm()) ?? Infinity
      // The alarm that is set may be that of New Year: what is pending does not wait for it.
      const latest_at = Date.now() + mirror.BACKOFF_MS_MAX
      if (mirror.hasPending(this.sql) && alarm_at > latest_at) this.bell.arm(mirror.MIRROR_DELAY_MS)
      else if (alarm_at === Infinity) this.bell.armForTurn()
    })
  }

  /** Answers an Outcome of a Receipt. Throws only where the ledger would contradict itself. */
  command(envelope: Envelope): string {
    return this.writing(() => execute(this.sql, this.enterprise, envelope)).answer
  }

  /**
   * The same for a claim: where a budget is set, it is reserved, its region asked, and then granted
   * or abandoned. Answers `unavailable` where the region is out of reach: the same key goes on.
   */
  async claim(envelope: Envelope): Promise<string> {
    const { sql, enterprise, env } = this
    const begun = this.writing(() => begin(sql, enterprise, envelope, Date.now()))
    const { answer, reservation } = begun
    if (!reservation) return answer
    const lease = await escrow.askRegion(sql, env, enterprise, reservation)
    const finish = () => escrow.finish(sql, enterprise, envelope, reservation.claim, lease)
    return this.writing(finish).answer
  }

  /** What became of a lease: only a region's alarm asks. */
  leaseStatus(lease: string): LeaseStatus {
    return this.writing(() => escrow.statusOf(this.sql, this.enterprise, lease, Date.now())).status
  }

  /** Answers a Ledger. */
  read(at: number): string {
    return this.reading(at, () => store.readAll(this.sql, this.enterprise))
  }

  /** Answers the Book of the region in the year of `at`. */
  readBook(region: string, at: number): string {
    return this.reading(at, (now) => {
      const year = yearOf(now)
      return store.findBook(this.sql, region, year) ?? emptyBook(region, year)
    })
  }

  /** Answers a VoucherHistory or null. */
  readVoucher(id: string, at: number): string {
    return this.reading(at, () => store.findHistory(this.sql, this.enterprise, id))
  }

  /** Answers a Proof: the books, rows and chain reckoned anew from the events. */
  prove(): string {
    return JSON.stringify(proveLedger(this.sql, this.enterprise))
  }

  /** Answers a Digest of what the mirror should hold. */
  digest(): string {
    return JSON.stringify(digestLedger(this.sql, this.enterprise))
  }

  /** Mirrors what is pending now. Answers true where D1 has everything. */
  async nudge(): Promise<boolean> {
    await this.mirrorPending()
    return !mirror.hasPending(this.sql)
  }

  /**
   * Takes this ledger's rows out of D1 and sends them all anew. Answers true where D1 has
   * everything again; where it fails half way, the alarm sends the rest.
   */
  async resend(): Promise<boolean> {
    this.restart(0)
    this.bell.arm(mirror.MIRROR_DELAY_MS)
    try {
      const page = mirror.nextPage(this.sql, this.enterprise)
      const anew = page ? mirror.statementsFor(this.env.DB, page) : []
      await this.env.DB.batch([...mirror.removalsFor(this.env.DB, this.enterprise), ...anew])
      // What another page sent meanwhile may have been taken out with the rest.
      this.restart(page?.to_seq ?? 0)
    } catch (error) {
      logError('ledger_resend', error)
      return false
    }
    return this.nudge()
  }

  /** Answers a Finding: proves, compares, sets D1 right where it differs, and archives. */
  async reconcile(day: string, last: ArchiveHead | null): Promise<string> {
    const { sql, enterprise, env } = this
    const ways = { nudge: () => this.nudge(), resend: () => this.resend() }
    const ledger = { sql, enterprise, db: env.DB, files: env.FILES, ...ways }
    return JSON.stringify(await examine(ledger, day, last))
  }

  /** One alarm for all: what is due in D1 or else the turn of the year, then claims and regions. */
  override async alarm(): Promise<void> {
    const { sql, enterprise, env } = this
    const { failures, turns } = this.bell.ring(Date.now())
    if (turns) this.tryWriting('ledger_year', () => closePassedYears(sql, enterprise, Date.now()))
    await this.mirrorPending(failures === 0)
    const now = Date.now()
    if ((nextDueAt(sql) ?? Infinity) > now) return
    this.tryWriting('ledger_claims', () => escrow.abandonStale(sql, enterprise, now))
    await escrow.runErrands(sql, env, enterprise)
    this.bell.rearm()
  }

  private reading(at: number, read: (now: number) => unknown): string {
    return this.writing(() => {
      this.herald.welcome(Date.now())
      const recorded = closePassedYears(this.sql, this.enterprise, at)
      const now = Math.max(at, store.readHead(this.sql, this.enterprise).at)
      return { recorded, answer: JSON.stringify(read(now)) }
    }).answer
  }

  /** For what nobody waits for: what fails is undone and logged. */
  private tryWriting(name: string, work: () => Recorded[]): void {
    try {
      this.writing(() => ({ recorded: work() }))
    } catch (error) {
      logError(name, error)
    }
  }

  /** The work and its alarm are one transaction: work without one would be stranded by a crash. */
  private writing<Done extends { recorded: readonly Recorded[] }>(work: () => Done): Done {
    const done = this.ctx.storage.transactionSync(() => {
      const done = work()
      if (done.recorded.length > 0) this.bell.armUnlessArmed()
      return done
    })
    for (const telling of this.herald.proclaim(this.env, done.recorded)) this.ctx.waitUntil(telling)
    return done
  }

  /** Sends page after page. Never throws: an alarm that keeps throwing is dropped for good. */
  private async mirrorPending(hub = false): Promise<void> {
    try {
      let pending = true
      for (let pages = 0; pending && pages < PAGES_MAX; pages += 1) {
        const page = mirror.nextPage(this.sql, this.enterprise)
        if (page) await this.send(page, hub)
        pending = page !== undefined && mirror.hasPending(this.sql)
      }
      // In one turn with the look: a command after it sees that nothing is armed, and arms.
      if (pending) this.bell.arm(mirror.MIRROR_DELAY_MS)
      else this.bell.armForTurn()
    } catch (error) {
      const failures = mirror.countFailure(this.sql)
      this.bell.arm(mirror.backoffMs(failures, Math.random()))
      logError('ledger_mirror', error, { failures })
    }
  }

  private async send(page: mirror.Page, hub: boolean): Promise<void> {
    const { restarts } = this
    if (!hub || !(await sendByHub(this.env, this.enterprise, page)))
      await this.env.DB.batch(mirror.statementsFor(this.env.DB, page))
    if (restarts === this.restarts) mirror.markSent(this.sql, page.to_seq)
  }

  private restart(sent_seq: number): void {
    this.restarts += 1
    mirror.markUnsent(this.sql, sent_seq)
  }
}
