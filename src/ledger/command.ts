/**
 * One command as one transaction: the answer under its key if there is one, passed years closed,
 * the decision, the event with all it comes to, and the answer kept. Nothing here waits.
 */
import { CLOCK } from '../kernel/actor.ts'
import { yearOf, yearStartsAt } from '../kernel/clock.ts'
import { accept, refuse } from '../kernel/outcome.ts'
import { hashOf } from '../platform/token.ts'
import { closeYear } from './claim-rules.ts'
import { askedOf, denyEnvelope } from './command-rules.ts'
import type { Envelope } from './command-rules.ts'
import { insertAnswer, record } from './journal.ts'
import type { Recorded } from './journal.ts'
import { canonicalJson } from './json-rules.ts'
import { decide } from './rules.ts'
import type { Book, Decision, Receipt } from './rules.ts'
import { findAnswer, listUnclosedBooks, readHead, stateOf } from './store.ts'
import type { Head } from './store.ts'

/** What the caller hears, as JSON of an Outcome, and what was written. */
export type Executed = { answer: string; recorded: Recorded[] }

/** Call it inside `transactionSync`: a throw means that two reckonings disagree, or a full disk. */
export function execute(sql: SqlStorage, enterprise: string, envelope: Envelope): Executed {
  const malformed = denyEnvelope(envelope)
  if (malformed) return { answer: canonicalJson(malformed), recorded: [] }
  const { key, actor, command } = envelope
  const fingerprint = hashOf(askedOf(actor, command))
  const earlier = findAnswer(sql, key)
  if (earlier?.fingerprint === fingerprint) return { answer: earlier.answer, recorded: [] }
  if (earlier) return { answer: canonicalJson(refuse('key_reused')), recorded: [] }
  const recorded = closePassedYears(sql, enterprise, envelope.at)
  const head = readHead(sql, enterprise)
  const at = Math.max(envelope.at, head.at)
  const decided = decide(stateOf(sql, enterprise, head), command, actor, at)
  if (decided.ok) recorded.push(recordCommand(sql, head, at, envelope, decided.value))
  const answer = canonicalJson(decided.ok ? accept(receiptOf(recorded, decided.value)) : decided)
  insertAnswer(sql, { key, fingerprint, answer, at })
  return { answer, recorded }
}

function recordCommand(
  sql: SqlStorage,
  head: Head,
  at: number,
  { actor, command }: Envelope,
  decision: Decision,
): Recorded {
  const { kind, ...payload } = command
  const voucher = decision.voucher?.id ?? null
  return record(sql, head, { at, kind, actor, voucher, payload }, decision)
}

function receiptOf(recorded: readonly Recorded[], decision: Decision): Receipt {
  const last = recorded.at(-1)
  if (!last) throw new Error('a receipt without an event')
  const { claim, voucher, redemption } = decision
  return { seq: last.event.seq, at: last.event.at, book: last.book, claim, voucher, redemption }
}

/** Lets what is left of passed years lapse, as of the first instant of the year after each. */
export function closePassedYears(sql: SqlStorage, enterprise: string, at: number): Recorded[] {
  const head = readHead(sql, enterprise)
  const now = Math.max(at, head.at)
  const recorded: Recorded[] = []
  for (const book of listUnclosedBooks(sql, yearOf(now))) {
    const last = recorded.at(-1)?.head ?? head
    recorded.push(recordClose(sql, last, book, now))
  }
  return recorded
}

function recordClose(sql: SqlStorage, head: Head, book: Book, now: number): Recorded {
  const { region, year } = book
  const at = Math.max(head.at, yearStartsAt(year + 1))
  const postings = closeYear(book, now)
  return record(
    sql,
    head,
    { at, kind: 'close_year', actor: CLOCK, voucher: null, payload: { region, year } },
    { postings, claim: null, voucher: null, redemption: null },
  )
}
