/**
 * Hears every answer of a ledger right after its commit: it must be what the twin expects, have one
 * effect for its key, and be the same to the byte whenever it is asked for again.
 */
import type { Envelope } from '../../src/ledger/client.ts'
import type { Book, Receipt } from '../../src/ledger/rules.ts'
import { Ledger, askedOf, followEvent, isOwn, sorted, toHappened } from './events.ts'
import type { Happened } from './events.ts'
import type { Answered, Host } from './host.ts'
import { judge } from './judge.ts'
import { Twin, yearAt } from './twin.ts'
import type { World } from './world.ts'

type Refused = { ok: false; code: string; facts: Record<string, unknown> }
type Outcome = { ok: true; value: Receipt } | Refused
/** One call that was answered, with what was written in the same turn. */
type Heard = { envelope: Envelope; answer: string; own: readonly Happened[]; before: number }

export class Auditor {
  readonly ledgers = new Map<string, Ledger>()

  constructor(
    private readonly world: World,
    private readonly counties: readonly string[],
  ) {}

  ledgerOf(enterprise: string): Ledger {
    const stands = this.ledgers.get(enterprise)
    if (stands) return stands
    const ledger = new Ledger(new Twin(enterprise, this.counties))
    this.ledgers.set(enterprise, ledger)
    return ledger
  }

  /** Right after a commit of the ledger's object. Answers the books that were written to. */
  follow(host: Host, enterprise: string, answered: readonly Answered[]) {
    const ledger = this.ledgerOf(enterprise)
    const { twin } = ledger
    const before = twin.at
    const query = 'SELECT * FROM events WHERE seq > ? ORDER BY seq'
    const fresh = host.storage.database.all(query, [twin.seq]).map(toHappened)
    const asked = host.delivered as Envelope | undefined
    for (const event of fresh) followEvent(this.world, ledger, event, asked)
    const places = placesOf(fresh)
    for (const place of places) this.compareBook(host, twin, place.region, place.year)
    const own = fresh.filter(isOwn)
    for (const { method, args, value, threw } of answered) {
      if (threw) continue
      const envelope = args[0] as Envelope
      if (method === 'command' || method === 'claim')
        this.hear(ledger, { envelope, answer: String(value), own, before })
      if (method === 'readBook') this.hearBook(twin, args, String(value))
    }
    for (const { seq, kind } of own)
      this.expect(ledger.causes.has(seq), 'I9', () => `${kind} ${seq}: nobody asked for it`)
    return places
  }

  /** What a person was told at last must be what the ledger answered and kept. */
  acknowledge(enterprise: string, envelope: Envelope, outcome: unknown): void {
    const settled = this.ledgerOf(enterprise).settled.get(envelope.key)
    const told = sorted(outcome)
    if (settled?.asked !== askedOf(envelope) && told.includes('"key_reused"')) return
    this.expect(settled?.answer === told, 'ack', () => {
      return `${envelope.key} was told ${told}, the ledger keeps ${settled?.answer ?? 'nothing'}`
    })
  }

  private hear(ledger: Ledger, heard: Heard): void {
    const { envelope, answer, own } = heard
    const { key } = envelope
    const outcome = JSON.parse(answer) as Outcome
    if (!outcome.ok && outcome.code === 'unavailable') return
    const asked = askedOf(envelope)
    const settled = ledger.settled.get(key)
    const first = settled?.asked ?? waitingFor(ledger.twin, key)
    if (first !== undefined && first !== asked) {
      const reused = !outcome.ok && outcome.code === 'key_reused'
      this.expect(reused, 'I9', () => `${key} with another request: ${answer}`)
      this.expect(own.length === 0, 'I9', () => `${key} with another request has an effect`)
      return
    }
    if (settled) {
      this.expect(settled.answer === answer, 'I9', () => `${key} again: ${answer}`)
      this.expect(own.length === 0, 'I9', () => `${key} again has an effect`)
      return
    }
    ledger.settled.set(key, { asked, answer, ok: outcome.ok })
    // A claim that waited was answered when it ended, which may be before it is heard.
    const waited = 'claim' in envelope.command && ledger.twin.waiting.has(envelope.command.claim)
    if (!waited) this.expectClosed(ledger.twin, Math.max(envelope.at, heard.before))
    if (outcome.ok) this.hearDone(ledger, heard, outcome.value)
    else this.hearRefused(ledger, heard, outcome)
  }

  private hearRefused({ twin }: Ledger, heard: Heard, outcome: Refused): void {
    const { envelope, answer, own, before } = heard
    const { key, actor, command } = envelope
    this.expect(own.length === 0, 'I9', () => `${key} was refused and has an effect`)
    const expected = judge(twin, command, actor, Math.max(envelope.at, before))
    // What gave it up was answered at the time; whoever asks later hears that it was.
    if (expected?.code === 'claim_abandoned') {
      const fits = ABANDONED.includes(outcome.code)
      return this.expect(fits, 'rule', () => `${key} was abandoned: ${answer}`)
    }
    const code = expected?.code ?? 'accepted'
    this.expect(outcome.code === code, 'rule', () => `${key}: ${answer}, expected ${code}`)
    for (const [name, fen] of Object.entries(expected?.facts ?? {}))
      this.expect(outcome.facts[name] === fen, 'rule', () => `${key}: ${answer}, ${name} is ${fen}`)
  }

  private hearDone(ledger: Ledger, heard: Heard, told: Receipt): void {
    const { twin, causes, granted } = ledger
    const { envelope, answer, own } = heard
    const { key, actor, command } = envelope
    const [event] = own
    const grants = command.kind === 'claim' && twin.waiting.has(command.claim)
    const seq = grants ? granted.get(command.claim) : own.length === 1 ? event?.seq : undefined
    this.expect(told.seq === seq && !causes.has(told.seq), 'I9', () => {
      return `${key} was answered ${answer} with ${own.length} events`
    })
    causes.set(told.seq, key)
    const { kind, ...payload } = command
    const same = grants || sorted([event?.actor, event?.payload]) === sorted([actor, payload])
    this.expect(same, 'I16', () => `event ${told.seq} is not what ${key} asked for: ${kind}`)
    const { region, year, accounts } = told.book
    const reckoned = sorted(twin.balances(region, year))
    if (told.seq === twin.seq)
      this.expect(sorted(accounts) === reckoned, 'I3', () => `${key} was told another balance`)
    const paper = told.voucher && twin.papers.get(told.voucher.id)
    if (paper)
      this.expect(told.voucher?.state === paper.state, 'I8', () => `${key}: not ${paper.state}`)
  }

  private compareBook(host: Host, twin: Twin, county: string, year: number): void {
    const query = 'SELECT * FROM books WHERE region = ? AND year = ?'
    const [row] = host.storage.database.all(query, [county, year])
    const { available, unconfirmed, confirmed, in_review, paid, lapsed } = row ?? {}
    const held = sorted({ available, unconfirmed, confirmed, in_review, paid, lapsed })
    const balances = twin.balances(county, year)
    const sound = Object.values(balances).every((fen) => fen >= 0)
    this.expect(sound, 'I2', () => `${twin.enterprise} ${county} falls below zero: ${held}`)
    this.expect(held === sorted(balances), 'I3', () => {
      return `${twin.enterprise} ${county} ${year} holds ${held}, not ${sorted(balances)}`
    })
    const claimed = twin.claimed(county, year)
    this.expect(row?.['claimed_fen'] === claimed, 'I5', () => `claimed is not ${claimed}`)
  }

  /** Once a ledger has been spoken to after New Year, nothing of earlier years is available. */
  private expectClosed(twin: Twin, at: number): void {
    for (const { county, year } of twin.books()) {
      if (year >= yearAt(at)) continue
      const { available } = twin.balances(county, year)
      this.expect(available === 0, 'I17', () => `${available} of ${year} is left at ${at}`)
    }
  }

  private hearBook(twin: Twin, [region]: readonly unknown[], answer: string): void {
    const { accounts, year } = JSON.parse(answer) as Book
    const reckoned = sorted(twin.balances(String(region), year))
    this.expect(sorted(accounts) === reckoned, 'read', () => `a page is shown ${answer}`)
  }

  private expect(holds: boolean, check: string, message: () => string): void {
    this.world.check(holds, check, message)
  }
}

/** What a claim under a budget may end with where it is not granted. */
const ABANDONED = ['claim_abandoned', 'exceeds_budget', 'year_closed']

/** What was first asked under the key of a claim that waits, or did. */
function waitingFor(twin: Twin, key: string): string | undefined {
  return [...twin.waiting.values()].find((waiting) => waiting.key === key)?.asked
}

function placesOf(events: readonly Happened[]): { region: string; year: number }[] {
  const all = events.flatMap(({ postings }) => postings)
  return [...new Map(all.map((one) => [`${one.region} ${one.year}`, one])).values()]
}
