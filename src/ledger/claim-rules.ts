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
import type { Book, Cap, CommandOf, Decided, LedgerRefusal, LedgerState, Posting } from './rules.ts'

/** Grants quota at once: 即领即得. Refused as `largest_fen` tells, the most that would pass. */
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
  if (ledger.holds(id)) return refuse('already_exists', { id })
  const wrong = denyAmount(amount_fen)
  if (wrong) return wrong
  const over = denyCaps(command, ledger.bookOf(region, year))
  if (over) return over
  return accept({
    postings: [{ region, year, from: 'contra', to: 'available', amount_fen }],
    claim: { id, region, year, amount_fen, at, by: actor.name },
    voucher: null,
    redemption: null,
  })
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

function denyCaps(command: CommandOf<'claim'>, book: Book): Refusal<LedgerRefusal> | undefined {
  const { total, single, holding } = command.caps
  const held_fen = book.accounts.available + book.accounts.unconfirmed
  const rooms: [LedgerRefusal, Cap, number][] = [
    ['exceeds_single_claim_max', single, roomIn(single, 0)],
    ['exceeds_claim_total_max', total, roomIn(total, book.claimed_fen)],
    ['exceeds_holding_max', holding, roomIn(holding, held_fen)],
    ['amount_too_large', BOOK_CAP, roomIn(BOOK_CAP, book.claimed_fen)],
  ]
  const largest_fen = Math.min(...rooms.map(([, , room_fen]) => room_fen))
  const broken = rooms.find(([, , room_fen]) => command.amount_fen > room_fen)
  if (!broken) return undefined
  const [code, cap] = broken
  return refuse(code, { limit_fen: cap.fen_max, set_by: cap.set_by, largest_fen })
}

/** A book never holds more than a hundred commands of the largest size: sums stay exact. */
const BOOK_CAP: Cap = { fen_max: AMOUNT_FEN_MAX * 100, set_by: null }

function roomIn(cap: Cap, used_fen: number): number {
  return cap.fen_max === null ? Infinity : Math.max(0, cap.fen_max - used_fen)
}
