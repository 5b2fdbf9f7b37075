/**
 * A voucher from its making to its end. The table holds every move there is; a voucher's number,
 * year, amount, parties and form never change.
 */
import type { AnyActor } from '../kernel/actor.ts'
import { yearOf } from '../kernel/clock.ts'
import { follow } from '../kernel/moves.ts'
import type { Moves } from '../kernel/moves.ts'
import { accept, refuse } from '../kernel/outcome.ts'
import { denyParty, denyStranger } from './actor-rules.ts'
import type { Party } from './actor-rules.ts'
import { postingsFor } from './book.ts'
import { denyAmount } from './claim-rules.ts'
import type { Command, CommandOf, Decided, LedgerState, Voucher, VoucherState } from './rules.ts'

export type VoucherMove = Exclude<Command['kind'], 'claim' | 'hand_back' | 'issue'>

export const VOUCHER_MOVES: Moves<VoucherState, VoucherMove> = {
  confirm: { unconfirmed: 'confirmed' },
  refuse: { unconfirmed: 'refused' },
  void: { unconfirmed: 'voided' },
  expire: { unconfirmed: 'expired' },
  terminate: { confirmed: 'terminated' },
  submit: { confirmed: 'in_review' },
  withdraw: { in_review: 'confirmed' },
  return: { in_review: 'confirmed' },
  approve: { in_review: 'redeemed' },
  reject: { in_review: 'rejected' },
}

/** Whose move it is. */
export const MOVERS: Readonly<Record<VoucherMove, Party>> = {
  confirm: 'carrier',
  refuse: 'carrier',
  void: 'enterprise',
  expire: 'clock',
  terminate: 'bureau',
  submit: 'payee',
  withdraw: 'payee',
  return: 'bureau',
  approve: 'bureau',
  reject: 'bureau',
}

/** Makes a voucher from this year's quota of its region. */
export function decideIssue(
  ledger: LedgerState,
  command: CommandOf<'issue'>,
  actor: AnyActor,
  at: number,
): Decided {
  const { region, amount_fen } = command
  const year = yearOf(at)
  const denied = denyStranger(ledger, actor)
  if (denied) return denied
  if (ledger.holds(command.voucher)) return refuse('already_exists', { id: command.voucher })
  if (ledger.holds(command.number)) return refuse('already_exists', { id: command.number })
  const wrong = denyAmount(amount_fen)
  if (wrong) return wrong
  const available_fen = ledger.bookOf(region, year).accounts.available
  if (amount_fen > available_fen) return refuse('exceeds_available', { available_fen })
  return accept({
    postings: [{ region, year, from: 'available', to: 'unconfirmed', amount_fen }],
    voucher: newVoucher(ledger, command, at),
    claim: null,
    redemption: null,
  })
}

function newVoucher(ledger: LedgerState, command: CommandOf<'issue'>, at: number): Voucher {
  return {
    id: command.voucher,
    number: command.number,
    enterprise: ledger.enterprise,
    region: command.region,
    year: yearOf(at),
    amount_fen: command.amount_fen,
    carrier: command.carrier,
    payee: command.payee,
    state: 'unconfirmed',
    version: ledger.seq + 1,
    issued_at: at,
    confirmed_at: null,
    ended_at: null,
    reason: null,
    redemption: null,
    paid_fen: null,
    form: command.form,
  }
}

/** Confirms a voucher, or ends it outside redemption. */
export function decideVoucher(
  ledger: LedgerState,
  command: CommandOf<'confirm' | 'refuse' | 'void' | 'expire' | 'terminate'>,
  actor: AnyActor,
  at: number,
): Decided {
  const voucher = ledger.findVoucher(command.voucher)
  if (!voucher) return refuse('voucher_not_found')
  const acting_for = command.kind === 'terminate' ? command.acting_for : undefined
  const denied = denyParty(MOVERS[command.kind], voucher, actor, acting_for)
  if (denied) return denied
  const state = follow(VOUCHER_MOVES, voucher.state, command.kind)
  if (!state) return refuse('not_in_state', { state: voucher.state })
  const reason = 'reason' in command ? command.reason.trim() : null
  if (reason === '') return refuse('reason_required')
  const times = state === 'confirmed' ? { confirmed_at: at } : { ended_at: at }
  return accept({
    postings: postingsFor(voucher, state, at),
    voucher: { ...voucher, ...times, state, reason, version: ledger.seq + 1 },
    claim: null,
    redemption: null,
  })
}
