/**
 * Claiming quota, handing it back, and the turn of the year. Caps bind claims alone: returned quota
 * never meets them, and only handing back makes room under the yearly total.
 */
import { AMOUNT_FEN_MAX, isAmount } from '../kernel/amount.ts'
import type { AnyActor } from '../kernel/actor.ts'
import { yearOf } from '../kernel/clock.ts'
import { accept, refuse } from '../kernel/outcome.ts'
import type { Refusal } from '../kernel/outcome.ts'
import { findRegion } from '../kernel/region.ts'
import { denyStranger } from './actor-rules.ts'
import type {
  Book,
  Cap,
  Claim,
  CommandOf,
  Decided,
  Decision,
  LedgerRefusal,
  LedgerState,
  Posting,
  Reservation,
} from './rules.ts'

/**
 * Grants quota at once: 即领即得; under a budget reserves it, until the region has leased its part.
 * Refused as `largest_fen` tells, the most that would pass.
 */
export function decideClaim(
  ledger: LedgerState,
  command: CommandOf<'claim'>,
  actor: AnyActor,
  at: number,
): Decided {
  const { claim: id, region, amount_fen } = command
  const year = yearOf(at)
  const denied = denyStranger(ledger, actor)
  if (denied) return denied
  if (findRegion(region)?.level !== 3) return refuse('unknown_region', { region })
  if (ledger.isAbandoned(id)) return refuse('claim_abandoned')
  if (ledger.holds(id)) return refuse('already_exists', { id })
  const wrong = denyAmount(amount_fen)
  if (wrong) return wrong
  const over = denyCaps(command, ledger, year)
  if (over) return over
  const { fen_max: budget_fen, set_by } = command.caps.budget ?? UNLIMITED
  const claim = { id, region, year, amount_fen, at, by: actor.name }
  if (budget_fen === null) return accept(granting(claim))
  const asked = { claim: id, region, year, amount_fen, budget_fen, set_by, at, by: actor.name }
  return accept(reserving({ ...asked, state: 'reserving' }))
}

/** Grants what was reserved. The caps were checked when it was, and have counted it since. */
export function decideGrant(ledger: LedgerState, reservation: Reservation, at: number): Decided {
  const { claim: id, region, year, amount_fen, by } = reservation
  if (reservation.state !== 'reserving' || ledger.isAbandoned(id)) return refuse('claim_abandoned')
  if (year !== yearOf(at)) return refuse('year_closed', { year, current_year: yearOf(at) })
  const decision = granting({ id, region, year, amount_fen, at, by })
  return accept({ ...decision, reservation: { ...reservation, state: 'granted' } })
}

/** Gives a reserved claim up for good. */
export function abandon(reservation: Reservation): Decision {
  return reserving({ ...reservation, state: 'abandoned' })
}

/** The refusal of a claim that found only `left_fen` in the budget. */
export function refuseBudget(
  ledger: LedgerState,
  { budget_fen, set_by, year }: Reservation,
  command: CommandOf<'claim'>,
  left_fen: number,
): Refusal<LedgerRefusal> {
  const rooms = roomsFor(command, ledger, year).map(([, , room_fen]) => room_fen)
  const largest_fen = Math.min(left_fen, ...rooms)
  return refuse('exceeds_budget', { limit_fen: budget_fen, set_by, largest_fen })
}

function granting(claim: Claim): Decision {
  const { region, year, amount_fen } = claim
  const postings: Posting[] = [{ region, year, from: 'contra', to: 'available', amount_fen }]
  return { postings, claim, voucher: null, redemption: null }
}

function reserving(reservation: Reservation): Decision {
  return { postings: [], claim: null, voucher: null, redemption: null, reservation }
}

/** Gives unused quota of this year back, which makes room under the yearly total. */
export function decideHandBack(
  ledger: LedgerState,
  command: CommandOf<'hand_back'>,
  actor: AnyActor,
  at: number,
): Decided {
  const { region, year, amount_fen } = command
  const denied = denyStranger(ledger, actor)
  if (denied) return denied
  if (year !== yearOf(at)) return refuse('year_closed', { year, current_year: yearOf(at) })
  const wrong = denyAmount(amount_fen)
  if (wrong) return wrong
  const available_fen = ledger.bookOf(region, year).accounts.available
  if (amount_fen > available_fen) return refuse('exceeds_available', { available_fen })
  return accept({
    postings: [{ region, year, from: 'available', to: 'contra', amount_fen }],
    claim: null,
    voucher: null,
    redemption: null,
  })
}

/** What lapses of a book once its year is over; nothing for a book that is current or empty. */
export function closeYear(book: Book, at: number): Posting[] {
  const amount_fen = book.accounts.available
  if (book.year >= yearOf(at) || amount_fen === 0) return []
  return [{ region: book.region, year: book.year, from: 'available', to: 'lapsed', amount_fen }]
}

/** Refuses what is not a whole number of fen above zero, or more than one command may carry. */
export function denyAmount(amount_fen: number): Refusal<LedgerRefusal> | undefined {
  if (isAmount(amount_fen)) return undefined
  if (amount_fen > AMOUNT_FEN_MAX) return refuse('amount_too_large', { limit_fen: AMOUNT_FEN_MAX })
  return refuse('amount_not_positive')
}

function denyCaps(
  command: CommandOf<'claim'>,
  ledger: LedgerState,
  year: number,
): Refusal<LedgerRefusal> | undefined {
  const rooms = roomsFor(command, ledger, year)
  const largest_fen = Math.min(...rooms.map(([, , room_fen]) => room_fen))
  const broken = rooms.find(([, , room_fen]) => command.amount_fen > room_fen)
  if (!broken) return undefined
  const [code, cap] = broken
  return refuse(code, { limit_fen: cap.fen_max, set_by: cap.set_by, largest_fen })
}

/** The room under each cap; what is still reserving takes its part like what was granted. */
function roomsFor(
  { region, caps }: CommandOf<'claim'>,
  ledger: LedgerState,
  year: number,
): [LedgerRefusal, Cap, number][] {
  const { accounts, claimed_fen } = ledger.bookOf(region, year)
  const reserving_fen = ledger.reservingOf(region, year)
  const asked_fen = claimed_fen + reserving_fen
  const held_fen = accounts.available + accounts.unconfirmed + reserving_fen
  return [
    ['exceeds_single_claim_max', caps.single, roomIn(caps.single, 0)],
    ['exceeds_claim_total_max', caps.total, roomIn(caps.total, asked_fen)],
    ['exceeds_holding_max', caps.holding, roomIn(caps.holding, held_fen)],
    ['amount_too_large', BOOK_CAP, roomIn(BOOK_CAP, asked_fen)],
  ]
}

const UNLIMITED: Cap = { fen_max: null, set_by: null }

/** A book never holds more than a hundred commands of the largest size: sums stay exact. */
const BOOK_CAP: Cap = { fen_max: AMOUNT_FEN_MAX * 100, set_by: null }

function roomIn(cap: Cap, used_fen: number): number {
  return cap.fen_max === null ? Infinity : Math.max(0, cap.fen_max - used_fen)
}
