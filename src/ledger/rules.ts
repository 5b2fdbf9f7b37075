/**
 * The words of the ledger: books, vouchers, redemptions, commands, and the closed list of refusals
 * in their order of precedence. All amounts are whole fen, all instants epoch ms.
 */
import type { AnyActor } from '../kernel/actor.ts'
import type { Outcome } from '../kernel/outcome.ts'
import type { Command } from './command-rules.ts'
import { decideClaim, decideHandBack } from './claim-rules.ts'
import { decideRedemption, decideSubmit } from './redemption-rules.ts'
import { decideIssue, decideVoucher } from './voucher-rules.ts'

export type { Cap, Command, CommandOf } from './command-rules.ts'

export type Payee = 'carrier' | 'enterprise'
export type VoucherState =
  | 'unconfirmed'
  | 'confirmed'
  | 'refused'
  | 'voided'
  | 'expired'
  | 'terminated'
  | 'in_review'
  | 'redeemed'
  | 'rejected'
export type RedemptionState = 'in_review' | 'returned' | 'withdrawn' | 'approved' | 'rejected'

/** Where the money of a book stands, fen, each at least 0. */
export type Accounts = {
  available: number
  unconfirmed: number
  confirmed: number
  in_review: number
  paid: number
  lapsed: number
}
export type Account = keyof Accounts

/** Enterprise × region × year. `claimed_fen` is the claims less the hand-backs. */
export type Book = { region: string; year: number; accounts: Accounts; claimed_fen: number }

/** Moves fen from one account of a book to another; `contra` is the world outside the book. */
export type Posting = {
  region: string
  year: number
  from: Account | 'contra'
  to: Account | 'contra'
  amount_fen: number
}

/** `by` is the name of the agent who claimed. */
export type Claim = {
  id: string
  region: string
  year: number
  amount_fen: number
  at: number
  by: string
}

/**
 * A claim under a county's budget: it counts against the caps while it is `reserving`, and is then
 * granted or abandoned. `budget_fen` is the budget as `set_by` had set it.
 */
export type Reservation = {
  claim: string
  region: string
  year: number
  amount_fen: number
  budget_fen: number
  set_by: string | null
  at: number
  by: string
  state: 'reserving' | 'granted' | 'abandoned'
}

/** Quota given back, read from its event: `seq` and `hash` are the event's. */
export type HandBack = Omit<Claim, 'id'> & { seq: number; hash: string }

/**
 * `version` is the seq of the event that last changed it, `redemption` the live or last one,
 * `form` the opaque JSON of the use form as it was when the voucher was made.
 */
export type Voucher = {
  id: string
  number: string
  enterprise: string
  region: string
  year: number
  amount_fen: number
  carrier: string
  payee: Payee
  state: VoucherState
  version: number
  issued_at: number
  confirmed_at: number | null
  ended_at: number | null
  reason: string | null
  redemption: string | null
  paid_fen: number | null
  form: unknown
}

/** `by` is the name of the agent who submitted it. */
export type Redemption = {
  id: string
  voucher: string
  state: RedemptionState
  submitted_at: number
  decided_at: number | null
  paid_fen: number | null
  reason: string | null
  by: string
}

/** `reserve` and `abandon` post nothing; a claim under a budget is granted as `claim`. */
export type EventKind = Command['kind'] | 'close_year' | 'reserve' | 'abandon'

/** What happened, chained: `hash` covers `prev` and everything else of the event. */
export type LedgerEvent = {
  seq: number
  at: number
  kind: EventKind
  actor: AnyActor
  voucher: string | null
  payload: unknown
  postings: readonly Posting[]
  hash: string
  prev: string
}

/** What a command answers: what it changed, as it stands after the event `seq`. */
export type Receipt = {
  seq: number
  at: number
  book: Book
  voucher: Voucher | null
  claim: Claim | null
  redemption: Redemption | null
}

/** Every refusal, in order of precedence: of two that apply the earlier one is answered. */
export const LEDGER_REFUSALS = [
  'unknown_command',
  'malformed',
  'too_large',
  'key_reused',
  'voucher_not_found',
  'redemption_not_found',
  'not_the_enterprise',
  'not_the_carrier',
  'not_the_payee',
  'not_the_bureau',
  'not_a_reviewer',
  'not_the_clock',
  'unknown_region',
  'not_in_state',
  'claim_abandoned',
  'already_exists',
  'year_closed',
  'amount_not_positive',
  'amount_too_large',
  'exceeds_single_claim_max',
  'exceeds_claim_total_max',
  'exceeds_holding_max',
  'exceeds_budget',
  'exceeds_available',
  'exceeds_voucher_amount',
  'reason_required',
] as const
export type LedgerRefusal = (typeof LEDGER_REFUSALS)[number]

/** What the decisions may ask of a ledger as it stands; they change nothing. */
export type LedgerState = {
  enterprise: string
  /** Of the last event, 0 before the first. */
  seq: number
  /** The book, zeros where there is none yet. */
  bookOf(region: string, year: number): Book
  findVoucher(id: string): Voucher | undefined
  findRedemption(id: string): Redemption | undefined
  /** True where a claim, reserved or not, voucher or redemption has this id or number. */
  holds(id: string): boolean
  /** What claims that are still reserving ask for, fen. */
  reservingOf(region: string, year: number): number
  /** True where a claim of this id was abandoned, or its lease was freed unseen. */
  isAbandoned(id: string): boolean
}

/** What a command does: its postings, all of one book, and the rows as they are after. */
export type Decision = {
  postings: Posting[]
  claim: Claim | null
  voucher: Voucher | null
  redemption: Redemption | null
  reservation?: Reservation
}
export type Decided = Outcome<Decision, LedgerRefusal>

/**
 * What the command does to the ledger at the instant `at`, or why it does nothing. Passed years
 * must have been closed; the command's shape must have been checked.
 */
export function decide(
  ledger: LedgerState,
  command: Command,
  actor: AnyActor,
  at: number,
): Decided {
  switch (command.kind) {
    case 'claim':
      return decideClaim(ledger, command, actor, at)
    case 'hand_back':
      return decideHandBack(ledger, command, actor, at)
    case 'issue':
      return decideIssue(ledger, command, actor, at)
    case 'confirm':
    case 'refuse':
    case 'void':
    case 'expire':
    case 'terminate':
      return decideVoucher(ledger, command, actor, at)
    case 'submit':
      return decideSubmit(ledger, command, actor, at)
    case 'withdraw':
    case 'return':
    case 'approve':
    case 'reject':
      return decideRedemption(ledger, command, actor, at)
  }
}
