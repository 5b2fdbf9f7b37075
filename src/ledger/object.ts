/**
 * One enterprise's ledger, the only authority for its claims, vouchers and redemptions. Commands
 * are synchronous transactions; D1 follows from alarms that never throw. Answers cross RPC as JSON
 * text, so that a replay is the same to the byte.
 */
import { DurableObject } from 'cloudflare:workers'
import { announce } from '../live/client.ts'
import type { Hint } from '../live/rules.ts'
import type { Bindings } from '../platform/bindings.ts'
import { logError } from '../platform/log.ts'
import { closePassedYears, execute } from './command.ts'
import type { Envelope } from './command-rules.ts'
import { emptyBook } from './book.ts'
import { yearOf } from '../kernel/clock.ts'
import type { ArchiveHead } from './archive.ts'
import { hintsOf } from './hint-rules.ts'
import type { Recorded } from './journal.ts'
import * as mirror from './mirror.ts'
import { digestLedger } from './digest.ts'
import { examine } from './drift.ts'
import { proveLedger } from './proof.ts'
import { migrate } from './schema.ts'
import * as store from './store.ts'
import { turnAt } from './turn-rules.ts'

/** Pages of one alarm: enough for a long backlog, few enough to end well before its time is up. */
const PAGES_MAX = 50

export const LEDGER_NAME = 'ent:'

export class EnterpriseLedger extends DurableObject<Bindings> {
  private readonly sql: SqlStorage
  private readonly enterprise: string
  /** Hints on their way, by name; true where the same became due again meanwhile. */
  private readonly telling = new Map<string, boolean>()
  /** Rises whenever the mark of what was sent is set back: a page under way then marks nothing. */
  private restarts = 0

  constructor(ctx: DurableObjectState, env: Bindings) {
    super(ctx, env)
    this.sql = ctx.storage.sql
    this.enterprise = enterpriseOf(ctx.id.name)
    void ctx.blockConcurrencyWhile(async () => {
      ctx.storage.transactionSync(() => migrate(this.sql))
      if ((await ctx.storage.getAlarm()) !== null) return
      if (mirror.hasPending(this.sql)) this.arm(mirror.MIRROR_DELAY_MS)
      else this.armForTurn()
    })
  }

  /** Answers an Outcome of a Receipt. Throws only where the ledger would contradict itself. */
  command(envelope: Envelope): string {
    const { answer, recorded } = this.ctx.storage.transactionSync(() =>
      execute(this.sql, this.enterprise, envelope),
    )
    this.follow(recorded)
    return answer
  }

  /** Answers a Ledger. */
  read(at: number): string {
    return this.reading(at, () => ({
      books: store.listBooks(this.sql),
      claims: store.listClaims(this.sql),
      hand_backs: store.listHandBacks(this.sql),
      vouchers: store.listVouchers(this.sql, this.enterprise),
      redemptions: store.listRedemptions(this.sql, null),
    }))
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
    return this.reading(at, () => {
      const voucher = store.findVoucher(this.sql, this.enterprise, id)
      if (!voucher) return null
      const events = store.listVoucherEvents(this.sql, id)
      return { voucher, events, redemptions: store.listRedemptions(this.sql, id) }
    })
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
    this.arm(mirror.MIRROR_DELAY_MS)
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

  /** One alarm for both: what is due in D1 and, where nothing is, the turn of the year. */
  override async alarm(): Promise<void> {
    if (mirror.readMirror(this.sql).due_at === null) this.closeYears()
    await this.mirrorPending()
  }

  private closeYears(): void {
    try {
      const close = () => closePassedYears(this.sql, this.enterprise, Date.now())
      this.follow(this.ctx.storage.transactionSync(close))
    } catch (error) {
      logError('ledger_year', error)
    }
  }

  private reading(at: number, read: (now: number) => unknown): string {
    const { answer, closed } = this.ctx.storage.transactionSync(() => {
      const closed = closePassedYears(this.sql, this.enterprise, at)
      const now = Math.max(at, store.readHead(this.sql, this.enterprise).at)
      return { closed, answer: JSON.stringify(read(now)) }
    })
    this.follow(closed)
    return answer
  }

  /** The alarm is set in the turn of the commit: a crash between the two would strand the work. */
  private follow(recorded: readonly Recorded[]): void {
    if (recorded.length === 0) return
    this.armUnlessArmed()
    for (const one of recorded)
      for (const { channels, hint } of hintsOf(this.enterprise, one))
        this.ctx.waitUntil(this.tell(channels, hint))
  }

  /** While a hint is on its way the same again is sent once more, however often it is due. */
  private async tell(channels: readonly string[], hint: Hint): Promise<void> {
    const name = `${hint.topic} ${hint.id}`
    const again = this.telling.has(name)
    this.telling.set(name, again)
    if (again) return
    try {
      do {
        this.telling.set(name, false)
        await announce(this.env, channels, hint)
      } while (this.telling.get(name))
    } catch (error) {
      logError('ledger_announce', error)
    } finally {
      this.telling.delete(name)
    }
  }

  /** Sends page after page. Never throws: an alarm that keeps throwing is dropped for good. */
  private async mirrorPending(): Promise<void> {
    try {
      for (let pages = 0; pages < PAGES_MAX; pages += 1) {
        const page = mirror.nextPage(this.sql, this.enterprise)
        if (!page) break
        const { restarts } = this
        await this.env.DB.batch(mirror.statementsFor(this.env.DB, page))
        if (restarts === this.restarts) mirror.markSent(this.sql, page.to_seq)
      }
      // In one turn with the look: a command after it sees that nothing is armed, and arms.
      if (mirror.hasPending(this.sql)) this.arm(mirror.MIRROR_DELAY_MS)
      else this.armForTurn()
    } catch (error) {
      const failures = mirror.countFailure(this.sql)
      this.arm(mirror.backoffMs(failures, Math.random()))
      logError('ledger_mirror', error, { failures })
    }
  }

  /** An alarm that is set stays: a command in the middle of an outage must not end its back-off. */
  private armUnlessArmed(): void {
    if (!mirror.isArmed(mirror.readMirror(this.sql), Date.now())) this.arm(mirror.MIRROR_DELAY_MS)
  }

  private restart(sent_seq: number): void {
    this.restarts += 1
    mirror.markUnsent(this.sql, sent_seq)
  }

  /** Nothing is due in D1: the alarm is free for the year, where it has something left to lapse. */
  private armForTurn(): void {
    mirror.markDue(this.sql, null)
    const year = store.findOpenYear(this.sql)
    if (year === null) return
    this.ctx.waitUntil(this.ctx.storage.setAlarm(turnAt(year, Date.now(), Math.random())))
  }

  private arm(delay_ms: number): void {
    const due_at = Date.now() + Math.round(delay_ms)
    mirror.markDue(this.sql, due_at)
    this.ctx.waitUntil(this.ctx.storage.setAlarm(due_at))
  }
}

function enterpriseOf(name: string | undefined): string {
  if (!name?.startsWith(LEDGER_NAME)) throw new Error('a ledger is reached by its name')
  return name.slice(LEDGER_NAME.length)
}
