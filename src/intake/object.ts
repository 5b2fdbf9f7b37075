/**
 * One import's job, named by the import's id. It reads the file and publishes its rows by alarms,
 * one bounded step each, that never throw; what was decided stands in D1 and is read from there,
 * never told. Closing the page, losing the object or ringing twice changes nothing.
 */
import { DurableObject } from 'cloudflare:workers'
import start from '../../migrations/intake/0001_start.sql'
import { touchAtlas } from '../atlas/client.ts'
import { auditEntry } from '../audit/client.ts'
import { CLOCK } from '../kernel/actor.ts'
import type { Bindings } from '../platform/bindings.ts'
import { commitOnce, dbOf } from '../platform/db.ts'
import { logError } from '../platform/log.ts'
import { migrate } from '../platform/migrate.ts'
import type { Migration } from '../platform/migrate.ts'
import { FaultError } from './fault.ts'
import { forget, readJob, standsAt, updateJob } from './job.ts'
import type { Job, Phase, Subject } from './job.ts'
import { publishStretch, STRETCH_ROWS } from './publish.ts'
import { rowsStep, textsStep, unpackStep } from './reader.ts'
import type { Reading } from './reader.ts'
import { listRows } from './rows.ts'
import type { KeptRow, Verdict } from './rows.ts'
import type { Import, Move } from './rules.ts'
import { findImport, insertMove } from './store.ts'

export const MIGRATIONS: readonly Migration[] = [{ id: 1, sql: start }]

/** How long the rows of an import that is over can be looked at, and its bad rows fetched. */
const KEEP_MS = 30 * 86_400_000
const BACKOFF_MS_MAX = 300_000
/** The map hears of new rows after so many, and at the end. */
const TOUCH_ROWS = 5_000
const WORKING: readonly Phase[] = ['unpack', 'texts', 'rows', 'report', 'apply', 'finish']
const OVER: readonly Import['state'][] = ['unreadable', 'returned', 'done', 'abandoned']

const NOTHING_READ: Partial<Job> = {
  offset: 0,
  path: [],
  line: 0,
  layout: {},
  rows: 0,
  good: 0,
  bad: 0,
  published: 0,
  applied_line: 0,
  made: 0,
  passed: 0,
}

/** How far a job is: of the text in per cent, and in rows. */
export type Progress = Pick<Job, 'phase' | 'rows' | 'good' | 'bad' | 'published'> & {
  read_percent: number
  applied: number
  failures: number
  /** Headings of the file that mean nothing here. */
  unknown: readonly string[]
  /** False once the rows of an import that is over have been thrown away. */
  kept: boolean
}

export class IntakeJob extends DurableObject<Bindings> {
  private readonly sql: SqlStorage

  constructor(ctx: DurableObjectState, env: Bindings) {
    super(ctx, env)
    this.sql = ctx.storage.sql
    void ctx.blockConcurrencyWhile(async () => {
      ctx.storage.transactionSync(() => migrate(this.sql, MIGRATIONS))
      const { phase } = readJob(this.sql)
      if (WORKING.includes(phase) && (await ctx.storage.getAlarm()) === null) this.arm(0)
    })
  }

  /** Reads in D1 what was decided, and goes on accordingly. Throws where D1 is out of reach. */
  async wake(): Promise<void> {
    const one = await findImport(dbOf(this.env), this.ctx.id.name ?? '')
    if (one) this.ctx.storage.transactionSync(() => this.follow(one))
  }

  progress(): Progress {
    const { phase, rows, good, bad, published, failures, ...job } = readJob(this.sql)
    const { offset, layout, made, passed, due_at } = job
    const whole = layout.bytes?.[phase === 'texts' ? 'texts' : 'sheet'] ?? 0
    const share = whole === 0 ? 0 : Math.floor((offset * 100) / whole)
    const read_percent =
      phase === 'texts' || phase === 'rows' ? share : phase === 'unpack' ? 0 : 100
    const unknown = layout.heading?.unknown ?? []
    const counts = { phase, rows, good, bad, published, failures }
    const kept = due_at === null || due_at > Date.now()
    return { ...counts, read_percent, applied: made + passed, unknown, kept }
  }

  /** Rows of a verdict after a line, in their order. */
  list(verdict: Verdict, after: number, limit: number): KeptRow[] {
    return listRows(this.sql, verdict, after, limit)
  }

  /** Never throws: an alarm that keeps throwing is dropped for good. */
  override async alarm(): Promise<void> {
    const before = readJob(this.sql)
    try {
      await this.step(before)
      this.settle(before)
    } catch (error) {
      if (error instanceof FaultError) return this.giveUp(before, error)
      if (readJob(this.sql).phase !== before.phase) return this.arm(0)
      const failures = before.failures + 1
      updateJob(this.sql, { failures })
      this.arm(Math.min(BACKOFF_MS_MAX, 500 * 2 ** failures) * (0.5 + Math.random() / 2))
      logError('intake_step', error, { phase: before.phase, failures })
    }
  }

  private async step(job: Job): Promise<void> {
    const { subject, phase } = job
    const desk = { storage: this.ctx.storage, sql: this.sql, env: this.env }
    if (phase === 'over') return this.clear(job.due_at ?? 0)
    if (!subject || !WORKING.includes(phase)) return
    const reading: Reading = { ...job, subject }
    if (phase === 'unpack') return unpackStep(desk, reading)
    if (phase === 'texts') return textsStep(desk, reading)
    if (phase === 'rows') return rowsStep(desk, reading)
    if (phase === 'apply') return this.apply(reading)
    return this.report(reading)
  }

  /** One stretch: D1 first, then how far it is. Dying between the two repeats the stretch. */
  private async apply(job: Reading): Promise<void> {
    const rows = listRows(this.sql, 'good', job.applied_line, STRETCH_ROWS)
    const last = rows.at(-1)
    if (!last) return this.move(job, { phase: 'finish' })
    const { made, passed } = await publishStretch(dbOf(this.env), job.subject, rows, Date.now())
    const done = { made: job.made + made, passed: job.passed + passed }
    this.move(job, { applied_line: last.line, ...done })
    if (done.made % TOUCH_ROWS < STRETCH_ROWS) await touchAtlas(this.env)
  }

  /** Writes into D1 what the reading or the publishing came to, once, and sees what is next. */
  private async report(job: Reading): Promise<void> {
    const { rows, good, bad, published, made, passed, layout, subject } = job
    const { fault } = layout
    const db = dbOf(this.env)
    const one = await findImport(db, subject.id)
    if (!one) throw new Error('an import without its row')
    const finishing = job.phase === 'finish'
    const move: Move = finishing ? 'finish' : fault ? 'fail' : 'read'
    const facts = finishing ? { made, passed } : (fault ?? { rows, good, bad, published })
    if (one.state === (finishing ? 'applying' : 'reading')) {
      const step = { move, at: Date.now(), by: CLOCK.account, by_name: CLOCK.name, facts }
      const entry = { at: step.at, actor: CLOCK, action: `import.${move}`, region: one.region }
      const subject_id = `import:${one.id}`
      const audit = auditEntry(db, { ...entry, subject: subject_id, after: facts })
      await commitOnce(db, [insertMove(db, one, step), audit])
    }
    if (finishing) await touchAtlas(this.env)
    await this.wake()
  }

  /** What the state in D1 means for the job. Only called inside a transaction. */
  private follow(one: Import): void {
    const { phase, layout } = readJob(this.sql)
    const started = phase !== 'new' && phase !== 'over'
    if (OVER.includes(one.state)) {
      if (phase !== 'over') this.enter('over')
    } else if (!started) {
      const { id, kind, carrier, region, key, file_size, file_type } = one
      const subject: Subject = { id, kind, carrier, region, key, file_size, file_type }
      forget(this.sql)
      updateJob(this.sql, { subject, ...NOTHING_READ })
      this.enter('unpack')
    } else if (one.state === 'applying') {
      if ((phase === 'idle' || phase === 'report') && !layout.fault) this.enter('apply')
    } else if (one.state !== 'reading' && phase === 'report') this.enter('idle')
  }

  private enter(phase: Phase): void {
    const due_at = phase === 'over' ? Date.now() + KEEP_MS : null
    updateJob(this.sql, { phase, due_at, failures: 0 })
    if (phase === 'over') this.arm(KEEP_MS)
    else if (WORKING.includes(phase)) this.arm(0)
  }

  private move(job: Job, change: Partial<Job>): void {
    this.ctx.storage.transactionSync(() => {
      if (standsAt(this.sql, job)) updateJob(this.sql, change)
    })
  }

  /** After a step that went well: the next, at once, as long as there is one. */
  private settle(before: Job): void {
    if (before.failures > 0) updateJob(this.sql, { failures: 0 })
    const { phase } = readJob(this.sql)
    if (WORKING.includes(phase)) this.arm(0)
  }

  /** The file itself is at fault: nothing of it is kept, and D1 is told why. */
  private giveUp(before: Job, { fault }: FaultError): void {
    this.ctx.storage.transactionSync(() => {
      if (!standsAt(this.sql, before)) return
      forget(this.sql)
      updateJob(this.sql, { layout: { ...before.layout, fault }, failures: 0, phase: 'report' })
    })
    this.arm(0)
  }

  /** Nobody looks at it any more, once its time is up. */
  private clear(due_at: number): void {
    const left_ms = due_at - Date.now()
    if (left_ms > 0) return this.arm(left_ms)
    this.ctx.storage.transactionSync(() => forget(this.sql))
  }

  private arm(delay_ms: number): void {
    this.ctx.waitUntil(this.ctx.storage.setAlarm(Date.now() + Math.round(delay_ms)))
  }
}
