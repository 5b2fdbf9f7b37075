/**
 * The pure core behind its keys, as the object runs it: shape, key, passed years, decision, answer.
 * Everything is in memory, and the region's answer to a reserved claim comes as an argument.
 */
import { accept, refuse } from '../../src/kernel/outcome.ts'
import { abandon, decideGrant, refuseBudget } from '../../src/ledger/claim-rules.ts'
import { askedOf, denyEnvelope } from '../../src/ledger/command-rules.ts'
import type { Envelope } from '../../src/ledger/command-rules.ts'
import { canonicalJson } from '../../src/ledger/json-rules.ts'
import { MemoryLedger } from '../ledger/fixture.ts'

/** What a region says of a claim: leased, only so much left, or nothing in time. */
export type Leased = 'leased' | 'late' | { left_fen: number }

export class MemoryDesk {
  readonly ledger: MemoryLedger
  private readonly answers = new Map<string, { asked: string; answer: string }>()
  private readonly open = new Map<string, Envelope>()

  constructor(enterprise: string) {
    this.ledger = new MemoryLedger(enterprise)
  }

  /** The answer as text; a claim that must ask its region answers its decision for the time. */
  tell(envelope: Envelope): string {
    const malformed = denyEnvelope(envelope)
    if (malformed) return canonicalJson(malformed)
    const { key, actor, at, command } = envelope
    const asked = askedOf(actor, command)
    const earlier = this.answers.get(key)
    if (earlier)
      return earlier.asked === asked ? earlier.answer : canonicalJson(refuse('key_reused'))
    const decided = this.ledger.run(command, actor, at)
    if (decided.ok && decided.value.reservation && command.kind === 'claim')
      this.open.set(command.claim, envelope)
    const answer = canonicalJson(decided)
    this.answers.set(key, { asked, answer })
    return answer
  }

  /** Ends a reserved claim as its region has answered; the answer stands under its key. */
  settle(claim: string, leased: Leased, at: number): { key: string; answer: string } {
    const envelope = this.open.get(claim)
    const reservation = this.ledger.reservations.get(claim)
    if (!envelope || !reservation) throw new Error(`claim ${claim} is not reserving`)
    const { key, actor, command } = envelope
    this.open.delete(claim)
    this.ledger.pass(at)
    const granted =
      leased === 'leased'
        ? decideGrant(this.ledger, reservation, this.ledger.at)
        : refuse('claim_abandoned')
    this.ledger.keepAll(granted.ok ? granted.value : abandon(reservation))
    const answer = canonicalJson(
      typeof leased === 'object' && command.kind === 'claim'
        ? refuseBudget(this.ledger, reservation, command, leased.left_fen)
        : granted.ok
          ? accept(granted.value)
          : granted,
    )
    this.answers.set(key, { asked: askedOf(actor, command), answer })
    return { key, answer }
  }
}
