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
import {
  findReservation,
  findReservationByKey,
  insertErrand,
  insertReservation,
  isLeased,
} from './reservation.ts'
import type { Kept } from './reservation.ts'
import type { Book, CommandOf, Decision, Receipt, Reservation } from './rules.ts'
import { findAnswer, listUnclosedBooks, readHead, stateOf } from './store.ts'
import type { Head } from './store.ts'

/** What the caller hears, as JSON of an Outcome, and what was written. */
export type Executed = { answer: string; recorded: Recorded[] }

/** Instead of an answer, the claim that its region's budget must be asked for first. */
export type Begun =
  | (Executed & { reservation: null })
  | { answer: null; recorded: Recorded[]; reservation: Reservation & Kept }

/**
 * Call it inside `transactionSync`: a throw means that two reckonings disagree, or a full disk.
 * A claim that must ask its region is left reserving and answers `unavailable`.
 */
export function execute(sql: SqlStorage, enterprise: string, envelope: Envelope): Executed {
  const { answer, recorded } = begin(sql, enterprise, envelope, Date.now())
  return { answer: answer ?? canonicalJson(refuse('unavailable')), recorded }
}

/**
 * The same, for a caller that can ask the region and go on. A retry of a claim that is still
 * reserving, under its key or by another agent, goes on with it. `now` is the object's clock.
 */
export function begin(sql: SqlStorage, enterprise: string, envelope: Envelope, now: number): Begun {
  const malformed = denyEnvelope(envelope)
  if (malformed) return answered(canonicalJson(malformed))
  const { key, actor, command } = envelope
  const fingerprint = hashOf(askedOf(actor, command))
  const earlier = findAnswer(sql, key) ?? findReservationByKey(sql, key)
  if (earlier && earlier.fingerprint !== fingerprint)
    return answered(canonicalJson(refuse('key_reused')))
  if (earlier && 'answer' in earlier) return answered(earlier.answer)
  const open = earlier ?? findJoined(sql, enterprise, envelope)
  if (open) return { answer: null, recorded: [], reservation: open }
  const before = readHead(sql, enterprise)
  const recorded = closePassedYears(sql, enterprise, envelope.at, before)
  const head = recorded.at(-1)?.head ?? before
  const at = Math.max(envelope.at, head.at)
  const decided = decide(stateOf(sql, enterprise, head), command, actor, at)
  if (decided.ok) recorded.push(recordCommand(sql, head, at, envelope, decided.value))
  if (decided.ok && decided.value.reservation) {
    const kept = { key, fingerprint, reserved_at: now }
    insertReservation(sql, decided.value.reservation, kept, head.seq + 1)
    return { answer: null, recorded, reservation: { ...decided.value.reservation, ...kept } }
  }
  const answer = canonicalJson(decided.ok ? accept(receiptOf(recorded, decided.value)) : decided)
  insertAnswer(sql, { key, fingerprint, answer, at })
  return answered(answer, recorded)
}

function answered(answer: string, recorded: Recorded[] = []): Begun {
  return { answer, recorded, reservation: null }
}

/** The same claim, still reserving, asked for by an agent under another key. */
function findJoined(
  sql: SqlStorage,
  enterprise: string,
  { actor, command }: Envelope,
): (Reservation & Kept) | undefined {
  if (command.kind !== 'claim' || actor.role !== 'enterprise' || actor.enterprise !== enterprise)
    return undefined
  const found = findReservation(sql, command.claim)
  const same = found?.region === command.region && found.amount_fen === command.amount_fen
  return same && found.state === 'reserving' ? found : undefined
}

function recordCommand(
  sql: SqlStorage,
  head: Head,
  at: number,
  { actor, command }: Envelope,
  decision: Decision,
): Recorded {
  const { kind: asked, ...payload } = command
  const voucher = decision.voucher?.id ?? null
  const kind = decision.reservation ? 'reserve' : asked
  const recorded = record(sql, head, { at, kind, actor, voucher, payload }, decision)
  if (command.kind === 'hand_back') tellHandBack(sql, command, recorded.event.seq)
  return recorded
}

/** The region hears of what comes back where it has counted it, or may have. */
function tellHandBack(sql: SqlStorage, command: CommandOf<'hand_back'>, seq: number): void {
  const { region, year, amount_fen, caps } = command
  const budgeted = (caps?.budget.fen_max ?? null) !== null
  if (!budgeted && !isLeased(sql, region, year)) return
  insertErrand(sql, { seq, kind: 'give_back', region, year, lease: null, amount_fen })
}

export function receiptOf(recorded: readonly Recorded[], decision: Decision): Receipt {
  const last = recorded.at(-1)
  if (!last) throw new Error('a receipt without an event')
  const { claim, voucher, redemption } = decision
  return { seq: last.event.seq, at: last.event.at, book: last.book, claim, voucher, redemption }
}

/** Lets what is left of passed years lapse, as of the first instant of the year after each. */
export function closePassedYears(
  sql: SqlStorage,
  enterprise: string,
  at: number,
  head: Head = readHead(sql, enterprise),
): Recorded[] {
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
