/**
 * Claims under a county's budget, from their reservation to their end. A claim that is reserving is
 * granted or abandoned in one transaction with the answer under its key, whoever settles it: the
 * call that began it, a retry, the alarm after a minute, or the region that asks.
 */
import * as budget from '../budget/client.ts'
import type { LeaseAnswer, LeaseStatus } from '../budget/rules.ts'
import { CLOCK } from '../kernel/actor.ts'
import type { AnyActor } from '../kernel/actor.ts'
import { accept, refuse } from '../kernel/outcome.ts'
import type { Refusal } from '../kernel/outcome.ts'
import type { Bindings } from '../platform/bindings.ts'
import { logError } from '../platform/log.ts'
import { hashOf } from '../platform/token.ts'
import { abandon, decideGrant, refuseBudget } from './claim-rules.ts'
import { begin, closePassedYears, receiptOf } from './command.ts'
import type { Executed } from './command.ts'
import { askedOf } from './command-rules.ts'
import type { Envelope } from './command-rules.ts'
import { insertAnswer, record } from './journal.ts'
import type { Recorded } from './journal.ts'
import { canonicalJson } from './json-rules.ts'
import { backoffMs } from './mirror.ts'
import * as reserved from './reservation.ts'
import type { Errand, Kept } from './reservation.ts'
import type { Decision, LedgerRefusal, Reservation } from './rules.ts'
import { findAnswer, readHead, stateOf } from './store.ts'

type Reserved = Reservation & Kept

/** Asks the region for the claim's part under its id. Undefined where it is out of reach. */
export function askRegion(
  sql: SqlStorage,
  env: Bindings,
  enterprise: string,
  { claim, region, year, amount_fen, budget_fen }: Reservation,
): Promise<LeaseAnswer | undefined> {
  const unleased = reserved.unleasedOf(sql, region, year)
  const ask = { lease: claim, enterprise, amount_fen, budget_fen }
  return budget.lease(env, { region, year }, ask, unleased)
}

/**
 * Grants or abandons the claim as the region answered, and answers the caller. Where it has ended
 * meanwhile the caller hears of that. Call it inside `transactionSync`.
 */
export function finish(
  sql: SqlStorage,
  enterprise: string,
  envelope: Envelope,
  claim: string,
  lease: LeaseAnswer | undefined,
): Executed {
  const reservation = reserved.findReservation(sql, claim)
  if (!lease) return { answer: canonicalJson(refuse('unavailable')), recorded: [] }
  if (reservation?.state !== 'reserving') return answerAgain(sql, enterprise, envelope)
  const { recorded, answer } = settle(sql, enterprise, envelope, reservation, lease)
  const { key, fingerprint } = reservation
  const { at } = readHead(sql, enterprise)
  insertAnswer(sql, { key, fingerprint, answer, at })
  if (envelope.key === key) return { answer, recorded }
  return { ...answerJoined(sql, enterprise, envelope, answer), recorded }
}

/** Another agent asked for the same claim: a refusal is theirs too, a claim is granted once. */
function answerJoined(
  sql: SqlStorage,
  enterprise: string,
  envelope: Envelope,
  answer: string,
): Executed {
  if ((JSON.parse(answer) as { ok: boolean }).ok) return answerAgain(sql, enterprise, envelope)
  const fingerprint = hashOf(askedOf(envelope.actor, envelope.command))
  const { at } = readHead(sql, enterprise)
  if (!findAnswer(sql, envelope.key))
    insertAnswer(sql, { key: envelope.key, fingerprint, answer, at })
  return { answer, recorded: [] }
}

function answerAgain(sql: SqlStorage, enterprise: string, envelope: Envelope): Executed {
  const { answer, recorded } = begin(sql, enterprise, envelope, Date.now())
  return { answer: answer ?? canonicalJson(refuse('unavailable')), recorded }
}

function settle(
  sql: SqlStorage,
  enterprise: string,
  { at: asked_at, actor, command }: Envelope,
  reservation: Reserved,
  lease: LeaseAnswer,
): Executed {
  const recorded = closePassedYears(sql, enterprise, asked_at)
  const head = readHead(sql, enterprise)
  const at = Math.max(asked_at, head.at)
  const granted = lease.ok
    ? decideGrant(stateOf(sql, enterprise, head), reservation, at)
    : refuse<LedgerRefusal>('claim_abandoned')
  if (granted.ok) {
    recorded.push(recordEnd(sql, enterprise, reservation, granted.value, actor, at))
    return { answer: canonicalJson(accept(receiptOf(recorded, granted.value))), recorded }
  }
  recorded.push(recordEnd(sql, enterprise, reservation, abandon(reservation), actor, at))
  let refusal: Refusal = granted
  if (!lease.ok && lease.code === 'exceeds_budget' && command.kind === 'claim') {
    const ledger = stateOf(sql, enterprise, readHead(sql, enterprise))
    refusal = refuseBudget(ledger, reservation, command, Number(lease.facts['left_fen']))
  }
  return { answer: canonicalJson(refusal), recorded }
}

/** The event that ends a reservation, and the errand that tells its region. */
function recordEnd(
  sql: SqlStorage,
  enterprise: string,
  { claim, region, year, amount_fen }: Reservation,
  decision: Decision,
  actor: AnyActor,
  at: number,
): Recorded {
  const granted = decision.claim !== null
  const kind = granted ? 'claim' : 'abandon'
  const payload = { claim, region, year, amount_fen }
  const head = readHead(sql, enterprise)
  const recorded = record(sql, head, { at, kind, actor, voucher: null, payload }, decision)
  const { seq } = recorded.event
  const told = granted ? 'settle' : 'release'
  reserved.insertErrand(sql, { seq, kind: told, region, year, lease: claim, amount_fen })
  return recorded
}

/** Abandons what has been reserving for a minute or more. Call it inside `transactionSync`. */
export function abandonStale(sql: SqlStorage, enterprise: string, now: number): Recorded[] {
  const stale = reserved.listReserving(sql, now - reserved.RESERVE_MS_MAX)
  return stale.map((one) => abandonByTime(sql, enterprise, one))
}

function abandonByTime(sql: SqlStorage, enterprise: string, reservation: Reserved): Recorded {
  const at = Math.max(reservation.at, readHead(sql, enterprise).at)
  const recorded = recordEnd(sql, enterprise, reservation, abandon(reservation), CLOCK, at)
  const answer = canonicalJson(refuse('claim_abandoned'))
  const { key, fingerprint } = reservation
  insertAnswer(sql, { key, fingerprint, answer, at })
  return recorded
}

/**
 * What became of a lease that its region asks about. One that has been reserving too long is
 * abandoned before the answer, one that is unknown gets its tombstone. Inside `transactionSync`.
 */
export function statusOf(
  sql: SqlStorage,
  enterprise: string,
  lease: string,
  now: number,
): { status: LeaseStatus; recorded: Recorded[] } {
  const recorded = abandonStale(sql, enterprise, now)
  const reservation = reserved.findReservation(sql, lease)
  if (reservation) return { status: reservation.state, recorded }
  reserved.entomb(sql, lease, now)
  return { status: 'unknown', recorded }
}

/**
 * Tells regions what they are still to be told, in order, and stops at the first that cannot be
 * reached. Each counts once, however often it is told. Never throws.
 */
export async function runErrands(sql: SqlStorage, env: Bindings, enterprise: string) {
  try {
    for (const errand of reserved.listErrands(sql)) {
      if (!(await tell(sql, env, enterprise, errand))) throw new Error(`the budget is out of reach`)
      reserved.markDone(sql, errand.seq, Date.now())
    }
  } catch (error) {
    const failures = reserved.countFailure(sql)
    reserved.postponeErrands(sql, Date.now() + Math.round(backoffMs(failures, Math.random())))
    logError('ledger_errands', error, { failures })
  }
}

/** True where the region has answered, be it that it knows better. */
async function tell(
  sql: SqlStorage,
  env: Bindings,
  enterprise: string,
  errand: Errand,
): Promise<boolean> {
  const { seq, kind, region, year, lease, amount_fen } = errand
  const place = { region, year }
  if (kind === 'give_back') {
    const id = `${enterprise}:${seq}`
    const unleased = reserved.unleasedOf(sql, region, year)
    const ask = { id, enterprise, amount_fen }
    return (await budget.giveBack(env, place, ask, unleased)) !== undefined
  }
  if (lease === null) return true
  if (kind === 'release')
    return (await budget.release(env, place, { lease, enterprise, amount_fen })) !== undefined
  const settled = await budget.settle(env, place, lease)
  if (settled && !settled.ok) logError('budget_settle', new Error(settled.code), { lease })
  return settled !== undefined
}
