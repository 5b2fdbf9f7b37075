/**
 * One random history on both ledgers. After every command the answers agree to the last fact, and
 * so do all balances of all books; a broken envelope and a key that is used again change nothing.
 */
import { APRIL, HAISHU, XIHU, YUNSHAN } from '../ledger/fixture.ts'
import type { AnyActor } from '../../src/kernel/actor.ts'
import { DAY_MS } from '../../src/kernel/clock.ts'
import { checkBook } from '../../src/ledger/book.ts'
import type { Envelope } from '../../src/ledger/command-rules.ts'
import type { Command, Decision } from '../../src/ledger/rules.ts'
import { MemoryDesk } from './desk.ts'
import { broken, reused } from './envelopes.ts'
import { NaiveLedger } from './naive.ts'
import type { Refused } from './naive.ts'
import { commandOf, usualActor } from './steps.ts'
import type { Step } from './steps.ts'

/** What happened in all histories: how often each command was done and each refusal answered. */
export type Tally = {
  sequences: number
  commands: number
  done: Record<string, number>
  refused: Record<string, number>
}
export const newTally = (): Tally => ({ sequences: 0, commands: 0, done: {}, refused: {} })

type Heard = { ok: true; value: Decision } | Refused
type Kept = { envelope: Envelope; answer: string }

export class History {
  private readonly desk = new MemoryDesk(YUNSHAN)
  private readonly naive = new NaiveLedger(YUNSHAN)
  private readonly told: Kept[] = []
  private at = APRIL

  constructor(private readonly tally: Tally) {
    tally.sequences += 1
    this.naive.pass(APRIL)
  }

  /** Throws an error that says what differs. */
  step(step: Step): void {
    const { time } = step
    const turn = Date.parse(`${this.naive.year + 1}-01-01T00:00:00+08:00`)
    this.at = 'days' in time ? this.at + time.days * DAY_MS : turn + time.to_turn_ms
    if (step.lease) this.hearRegion(step.lease)
    const command = commandOf(step, this.naive, `id-${this.told.length}`)
    const actor = step.who ?? usualActor(command, this.naive)
    const envelope = { key: `key-${this.told.length}`, actor, at: this.at, command }
    if (step.harm) this.expectBroken(step.harm, envelope)
    const wanted = this.naive.ask(command, actor, this.at)
    const answer = this.desk.tell(envelope)
    this.count(command.kind, wanted)
    this.compare(envelope, wanted, answer)
    this.told.push({ envelope, answer })
    if (step.reuse) this.expectReuse(step.reuse, step.pick)
    this.compareBooks(envelope)
  }

  /** The region answers the claim that has waited longest. */
  private hearRegion(lease: 'leased' | 'late' | 'short'): void {
    const waiting = this.naive.reservations.find((one) => one.state === 'reserving')
    if (!waiting) return
    const leased = lease === 'short' ? { left_fen: Math.floor(waiting.fen / 2) } : lease
    const wanted = this.naive.end(waiting, leased, this.at)
    const { key, answer } = this.desk.settle(waiting.id, leased, this.at)
    const kept = this.told.find(({ envelope }) => envelope.key === key)
    if (!kept) throw new Error(`nobody told key ${key}`)
    kept.answer = answer
    this.count('grant', wanted)
    this.compare(kept.envelope, wanted, answer)
    this.compareBooks(kept.envelope)
  }

  private compare(envelope: Envelope, wanted: Refused | undefined, answer: string): void {
    const heard = JSON.parse(answer) as Heard
    if (heard.ok ? wanted : !wanted || !sameRefusal(heard, wanted))
      differ('answer', envelope, wanted ?? 'accepted', heard)
    if (heard.ok) this.compareRows(envelope, heard.value)
  }

  /** The rows as the command left them. */
  private compareRows(envelope: Envelope, { claim, voucher, redemption }: Decision): void {
    const { naive } = this
    const granted = naive.grants.find(({ id }) => id !== null && id === claim?.id)
    if (claim && (claim.amount_fen !== granted?.fen || claim.year !== granted.year))
      differ('claim', envelope, granted, claim)
    const own = naive.vouchers.find(({ id }) => id === voucher?.id)
    const paid_fen = own && ['redeemed', 'rejected'].includes(own.state) ? own.paid : null
    if (voucher && (voucher.state !== own?.state || voucher.amount_fen !== own.fen))
      differ('voucher', envelope, own, voucher)
    if (voucher && (voucher.paid_fen ?? 0) !== (paid_fen ?? 0))
      differ('paid', envelope, own, voucher)
    const sent = naive.redemptions.find(({ id }) => id === redemption?.id)
    if (redemption && redemption.state !== sent?.state)
      differ('redemption', envelope, sent?.state, redemption)
  }

  private compareBooks(envelope: Envelope): void {
    const { ledger } = this.desk
    for (let year = 2026; year <= this.naive.year; year += 1)
      for (const region of [XIHU, HAISHU]) {
        const book = checkBook(ledger.bookOf(region, year))
        const wanted = this.naive.balances(region, year)
        if (JSON.stringify(book.accounts) !== JSON.stringify(wanted))
          differ(`book ${region} ${year}`, envelope, wanted, book.accounts)
        if (book.claimed_fen !== this.naive.claimed(region, year))
          differ(`claimed ${region} ${year}`, envelope, this.naive.claimed(region, year), book)
        if (ledger.reservingOf(region, year) !== this.naive.reserving(region, year))
          differ('reserving', envelope, this.naive.reserving(region, year), ledger.reservations)
      }
  }

  private expectBroken(harm: NonNullable<Step['harm']>, envelope: Envelope): void {
    const { sent, code, field } = broken(harm, envelope)
    const heard = JSON.parse(this.desk.tell(sent)) as Refused
    this.count(harm, { ok: false, code, facts: {} })
    if (heard.code !== code || (field && heard.facts['field'] !== field))
      differ('broken envelope', sent, `${code} ${field}`, heard)
  }

  private expectReuse(reuse: NonNullable<Step['reuse']>, pick: number): void {
    const last = this.told.at(reuse === 'stale' ? -1 - (pick % this.told.length) : -1)
    if (!last) return
    const { sent, same } = reused(reuse, last.envelope)
    const answer = this.desk.tell({ ...sent, at: this.at + DAY_MS })
    const wanted = same ? last.answer : '{"code":"key_reused","facts":{},"ok":false}'
    if (answer !== wanted) differ('key used again', sent, wanted, answer)
    this.count('replay', same ? undefined : { ok: false, code: 'key_reused', facts: {} })
  }

  private count(kind: string, wanted: Refused | undefined): void {
    const { tally } = this
    tally.commands += 1
    if (wanted) tally.refused[wanted.code] = (tally.refused[wanted.code] ?? 0) + 1
    else tally.done[kind] = (tally.done[kind] ?? 0) + 1
  }
}

function sameRefusal(heard: Refused, wanted: Refused): boolean {
  const facts = Object.keys({ ...heard.facts, ...wanted.facts })
  return heard.code === wanted.code && facts.every((one) => heard.facts[one] === wanted.facts[one])
}

type Asked = { actor: AnyActor; at: number; command: Command }

function differ(what: string, { actor, at, command }: Asked, wanted: unknown, got: unknown): never {
  const [say, tell, was] = [command, wanted, got].map((one) => JSON.stringify(one))
  const when = Number.isFinite(at) ? new Date(at).toISOString() : String(at)
  throw new Error(
    `${what} differs: ${actor.account} at ${when} ${say}\n  model  ${tell}\n  ledger ${was}`,
  )
}
