/**
 * Redeeming a confirmed voucher: the payee submits it, the bureau pays all or less, sends it back,
 * or refuses for good. A voucher has one living redemption at most.
 */
import type { AnyActor } from '../kernel/actor.ts'
import { follow } from '../kernel/moves.ts'
import type { Moves } from '../kernel/moves.ts'
import { accept, refuse } from '../kernel/outcome.ts'
import type { Refusal } from '../kernel/outcome.ts'
import { denyParty } from './actor-rules.ts'
import { postingsFor } from './book.ts'
import { denyAmount } from './claim-rules.ts'
import { MOVERS, VOUCHER_MOVES } from './voucher-rules.ts'
import type {
  CommandOf,
  Decided,
  LedgerRefusal,
  LedgerState,
  Redemption,
  RedemptionState,
  Voucher,
} from './rules.ts'

type Verdict = CommandOf<'withdraw' | 'return' | 'approve' | 'reject'>

export const REDEMPTION_MOVES: Moves<RedemptionState, Verdict['kind']> = {
  withdraw: { in_review: 'withdrawn' },
  return: { in_review: 'returned' },
  approve: { in_review: 'approved' },
  reject: { in_review: 'rejected' },
}

/** Sends a confirmed voucher to the bureau of its region. */
export function decideSubmit(
  ledger: LedgerState,
  command: CommandOf<'submit'>,
  actor: AnyActor,
  at: number,
): Decided {
  const voucher = ledger.findVoucher(command.voucher)
  if (!voucher) return refuse('voucher_not_found')
  const denied = denyParty(MOVERS.submit, voucher, actor)
  if (denied) return denied
  const state = follow(VOUCHER_MOVES, voucher.state, 'submit')
  if (!state) return refuse('not_in_state', { state: voucher.state })
  const id = command.redemption
  if (ledger.holds(id)) return refuse('already_exists', { id })
  return accept({
    postings: postingsFor(voucher, state, at),
    voucher: { ...voucher, state, redemption: id, version: ledger.seq + 1 },
    claim: null,
    redemption: {
      id,
      voucher: voucher.id,
      state: 'in_review',
      submitted_at: at,
      decided_at: null,
      paid_fen: null,
      reason: null,
      by: actor.name,
    },
  })
}

/** Ends a living redemption: withdrawn by the payee, or decided by the bureau. */
export function decideRedemption(
  ledger: LedgerState,
  command: Verdict,
  actor: AnyActor,
  at: number,
): Decided {
  const redemption = ledger.findRedemption(command.redemption)
  if (!redemption) return refuse('redemption_not_found')
  const voucher = voucherOf(ledger, redemption)
  const acting_for = 'acting_for' in command ? command.acting_for : undefined
  const denied = denyParty(MOVERS[command.kind], voucher, actor, acting_for)
  if (denied) return denied
  const decided = follow(REDEMPTION_MOVES, redemption.state, command.kind)
  if (!decided) return refuse('not_in_state', { state: redemption.state })
  const wrong = denyVerdict(command, voucher)
  if (wrong) return wrong
  const state = follow(VOUCHER_MOVES, voucher.state, command.kind)
  if (!state) throw new Error(`redemption ${redemption.id} lives, its voucher is ${voucher.state}`)
  const paid_fen = command.kind === 'approve' ? command.paid_fen : null
  const reason = reasonOf(command)
  const end = state === 'confirmed' ? {} : { ended_at: at, paid_fen, reason }
  return accept({
    postings: postingsFor(voucher, state, at, paid_fen ?? 0),
    voucher: { ...voucher, ...end, state, version: ledger.seq + 1 },
    claim: null,
    redemption: { ...redemption, state: decided, decided_at: at, paid_fen, reason },
  })
}

function voucherOf(ledger: LedgerState, redemption: Redemption): Voucher {
  const voucher = ledger.findVoucher(redemption.voucher)
  if (!voucher) throw new Error(`redemption ${redemption.id} has no voucher`)
  return voucher
}

/** The bureau pays above zero and never more than the voucher; less needs a reason. */
function denyVerdict(command: Verdict, voucher: Voucher): Refusal<LedgerRefusal> | undefined {
  if (command.kind === 'withdraw') return undefined
  if (command.kind === 'approve') {
    const { amount_fen } = voucher
    const wrong = denyAmount(command.paid_fen)
    if (wrong?.code === 'amount_not_positive') return wrong
    if (command.paid_fen > amount_fen) return refuse('exceeds_voucher_amount', { amount_fen })
    if (command.paid_fen === amount_fen) return undefined
  }
  return reasonOf(command) === null ? refuse('reason_required') : undefined
}

/** What was written, trimmed; null for nothing. */
function reasonOf(command: Verdict): string | null {
  if (command.kind === 'withdraw') return null
  return command.reason?.trim() || null
}
