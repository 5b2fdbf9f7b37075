/**
 * One enterprise through a storm: commands with faults, each retried under its key until it is
 * acknowledged, beside a naive ledger that meets no fault. Expects both to agree all the time.
 */
import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { expect, vi } from 'vitest'
import type { RegionBudget } from '../../src/budget/object.ts'
import { usedOf } from '../../src/budget/rules.ts'
import { newId } from '../../src/kernel/id.ts'
import type { Outcome } from '../../src/kernel/outcome.ts'
import { compareMirror, nudge, post, readLedger, verifyLedger } from '../../src/ledger/client.ts'
import type { Envelope } from '../../src/ledger/client.ts'
import type { EnterpriseLedger } from '../../src/ledger/object.ts'
import type { Cap, Receipt } from '../../src/ledger/rules.ts'
import { hubOver, newDesk, stubOf } from '../ledger/desk.ts'
import type { Desk } from '../ledger/desk.ts'
import { XIHU } from '../ledger/fixture.ts'
import type { NaiveLedger } from '../ledger/model.ts'
import { newNaive } from '../ledger/steps.ts'
import type { Twin } from '../ledger/steps.ts'
import { illDb } from './d1.ts'
import type { Illness } from './d1.ts'
import { OF_BUDGETS, evict, troubleOf } from './way.ts'
import { troubledBudgets, troubledHubs, troubledLedgers } from './way.ts'
import type { Fault, Trouble } from './way.ts'

/** After these the alarm rings, to meet what has been bound. */
const RINGING = /^(alarm|D1|hub)/
const TRIES_MAX = 6
const HEALED_AFTER_MS = 3_600_000

/** A county of its own and the fen its bureau grants a year; null where no budget is set. */
export type Ground = { county: string; budget_fen: number | null }

type Bound = { illness?: Illness; hub?: Trouble; budget?: Trouble | 'crash' }

export class Story {
  readonly naive: NaiveLedger
  private readonly desk: Desk
  private readonly acknowledged: { envelope: Envelope; answer: string }[] = []
  private done = 0

  constructor(private readonly ground: Ground) {
    this.desk = newDesk()
    this.naive = newNaive(this.desk.enterprise)
  }

  get agent() {
    return this.desk.lin
  }

  /** The fault, or a crash where this command asks no county. */
  fitting({ command }: Twin, fault: Fault | null): Fault | null {
    const asks = command.kind === 'claim' && command.region === XIHU
    return fault && OF_BUDGETS.has(fault) && !(asks && this.ground.budget_fen)
      ? 'crash after'
      : fault
  }

  /** One command with its fault, and what must be true after its acknowledgement. */
  async live(twin: Twin, at: number, now: number, fault: Fault | null): Promise<void> {
    const envelope = { key: newId(), at, ...this.placed(twin) }
    const heard: string[] = []
    if (fault) await this.strike(fault, envelope, heard)
    const answer = await this.ask(envelope, heard, troubleOf(fault))
    this.expectSame(heard, answer)
    this.expectAgreed(twin, JSON.parse(answer) as Outcome<Receipt>, now)
    await this.expectBalances(at, now)
    if (fault && RINGING.test(fault)) await this.ring(fault)
    this.acknowledged.push({ envelope, answer })
  }

  /** Asks again for something acknowledged long ago: the same to the byte. */
  async repeat(pick: number): Promise<void> {
    const one = this.acknowledged[pick % Math.max(1, this.acknowledged.length)]
    if (!one) return
    const heard: string[] = []
    const answer = await this.ask(one.envelope, heard, 'none')
    expect(answer).toBe(one.answer)
  }

  /** The county of the steps is this story's own, under its budget. */
  private placed({ command, actor }: Twin): Pick<Envelope, 'command' | 'actor'> {
    const { county, budget_fen } = this.ground
    const budget: Cap = { fen_max: budget_fen, set_by: county }
    const own = <Placed extends object>(one: Placed): Placed =>
      'region' in one && one.region === XIHU ? { ...one, region: county } : one
    const moved = own(command)
    const budgeted = moved.kind === 'claim' && moved.region === county && budget_fen !== null
    return {
      actor: own(actor),
      command: budgeted ? { ...moved, caps: { ...moved.caps, budget } } : moved,
    }
  }

  private async ask(envelope: Envelope, heard: string[], trouble: Trouble): Promise<string> {
    for (let tries = 1; tries <= TRIES_MAX; tries += 1) {
      const LEDGER = troubledLedgers(tries === 1 ? trouble : 'none', heard)
      const answer = await post({ LEDGER }, this.desk.enterprise, envelope)
      if (answer.ok || answer.code !== 'unavailable') return JSON.stringify(answer)
    }
    throw new Error(`never acknowledged: ${JSON.stringify(envelope)}`)
  }

  /** Faults that come before or during the first try. */
  private async strike(fault: Fault, envelope: Envelope, heard: string[]): Promise<void> {
    const stub = stubOf(this.desk.enterprise)
    if (fault === 'evicted') return evict(stub)
    if (fault === 'D1 fails before') return this.bind({ illness: 'before' })
    if (fault === 'D1 fails after') return this.bind({ illness: 'after' })
    if (fault === 'hub lost') return this.bind({ hub: 'lost' })
    if (fault === 'hub answer lost') return this.bind({ hub: 'answer lost' })
    if (fault === 'budget lost') return this.bind({ budget: 'lost' })
    if (fault === 'budget answer lost') return this.bind({ budget: 'answer lost' })
    if (fault === 'crash after the lease') return this.bind({ budget: 'crash' })
    if (fault === 'crash inside')
      return this.crash((ledger, state) =>
        state.storage.transactionSync(() => {
          ledger.command(envelope)
          state.abort('the object died')
        }),
      )
    if (fault === 'crash after')
      return this.crash(async (ledger, state) => {
        const claims = envelope.command.kind === 'claim'
        const answer = claims ? await ledger.claim(envelope) : ledger.command(envelope)
        heard.push(answer)
        await state.storage.sync()
        state.abort('the object died')
      })
    return undefined
  }

  private async crash(
    work: (ledger: EnterpriseLedger, state: DurableObjectState) => unknown,
  ): Promise<void> {
    await expect(
      runInDurableObject(stubOf(this.desk.enterprise), (ledger, state) => work(ledger, state)),
    ).rejects.toThrow(/the object died/)
  }

  /** Until the object dies or is bound anew, its D1 and its budgets are like this. */
  private async bind({ illness = 'none', hub = 'none', budget = 'none' }: Bound): Promise<void> {
    await runInDurableObject(stubOf(this.desk.enterprise), (ledger, state) => {
      const DB = illDb(env.DB, () => illness)
      const HUB = troubledHubs(hub, illness === 'none' ? env.HUB : hubOver(DB))
      const BUDGET = troubledBudgets(budget, () => state.abort('the object died'))
      Reflect.set(ledger, 'env', { ...env, DB, HUB, BUDGET })
    })
  }

  /** The alarm rings twice, or is lost, or rings while D1 is ill. */
  private async ring(fault: Fault): Promise<void> {
    const stub = stubOf(this.desk.enterprise)
    if (fault === 'alarm lost')
      return runInDurableObject(stub, (_ledger, { storage }) => storage.deleteAlarm())
    await runDurableObjectAlarm(stub)
    if (fault === 'alarm twice')
      await runInDurableObject(stub, async (ledger) => {
        await Promise.all([ledger.alarm(), ledger.alarm()])
      })
  }

  /** Whatever was heard under one key, lost or not, is the same; `unavailable` is no answer. */
  private expectSame(heard: readonly string[], answer: string): void {
    const given = heard.filter((one) => !one.includes('"unavailable"'))
    expect(new Set([...given, answer]).size).toBe(1)
  }

  private expectAgreed({ command, did }: Twin, answer: Outcome<Receipt>, now: number): void {
    const { county, budget_fen } = this.ground
    const claims = command.kind === 'claim' && command.region === XIHU && budget_fen !== null
    if (claims && did && !answer.ok) {
      // Handing back may not have reached the county yet: it may say no to what would just fit.
      const claimed_fen = this.grantedWithoutReturns(this.naive.year(now))
      expect([answer.code, claimed_fen > budget_fen, county]).toEqual([
        'exceeds_budget',
        true,
        county,
      ])
      this.naive.grants.pop()
      return
    }
    expect([command.kind, answer.ok, answer]).toEqual([command.kind, did, answer])
    if (did) this.done += 1
    if (claims && did)
      expect(this.naive.claimed(XIHU, this.naive.year(now))).toBeLessThanOrEqual(budget_fen)
  }

  private grantedWithoutReturns(year: number): number {
    return this.naive.grants
      .filter((one) => one.county === XIHU && one.year === year && one.fen > 0)
      .reduce((fen, one) => fen + one.fen, 0)
  }

  private async expectBalances(at: number, now: number): Promise<void> {
    const { books } = await readLedger(env, this.desk.enterprise, at)
    for (const { region, year, accounts, claimed_fen } of books) {
      const county = region === this.ground.county ? XIHU : region
      expect(accounts).toEqual(this.naive.balances(county, year, now))
      expect(claimed_fen).toBe(this.naive.claimed(county, year))
      expect(Object.values(accounts).reduce((sum, fen) => sum + fen, 0)).toBe(claimed_fen)
    }
  }

  /** An hour later nothing is ill any more: all that is pending is done, and everything agrees. */
  async heal(): Promise<void> {
    const { enterprise } = this.desk
    const stub = stubOf(enterprise)
    await evict(stub)
    vi.setSystemTime(Date.now() + HEALED_AFTER_MS)
    try {
      await runInDurableObject(stub, (ledger) => ledger.alarm())
      expect(await nudge(env, enterprise)).toBe(true)
      expect((await verifyLedger(env, enterprise)).problems).toEqual([])
      expect(await compareMirror(env, enterprise)).toEqual([])
      const own = `SELECT count(*) AS done FROM events
        WHERE kind NOT IN ('close_year', 'reserve', 'abandon')`
      expect(await this.desk.rows(own)).toEqual([{ done: this.done }])
      for (const year of new Set(this.naive.grants.map((grant) => grant.year)))
        await this.expectBudget(year)
    } finally {
      vi.useRealTimers()
    }
  }

  /** Nothing is leased, and what the county counts is what the ledger claimed. */
  private async expectBudget(year: number): Promise<void> {
    const { county, budget_fen } = this.ground
    if (budget_fen === null) return
    const budgets = env.BUDGET as DurableObjectNamespace<RegionBudget>
    const { sums, problems } = await budgets.getByName(`budget:${county}:${year}`).prove()
    expect(problems).toEqual([])
    expect([sums.leased_fen, usedOf(sums)]).toEqual([0, this.naive.claimed(XIHU, year)])
  }
}
