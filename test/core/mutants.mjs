/**
 * Mistakes that somebody could make in the pure core, each with the suite that must catch it: the
 * `model` with its random histories or the `tables` of cases.
 */
import { ACCESS, both, mutant } from './access-mutants.mjs'

const AMOUNT = 'src/kernel/amount.ts'
const CLOCK = 'src/kernel/clock.ts'
const BOOK = 'src/ledger/book.ts'
const CLAIMS = 'src/ledger/claim-rules.ts'
const VOUCHERS = 'src/ledger/voucher-rules.ts'
const REDEMPTIONS = 'src/ledger/redemption-rules.ts'
const BUDGET = 'src/budget/rules.ts'

const tables = ['tables']

export const MUTANTS = [
  mutant(
    'year by UTC',
    both,
    CLOCK,
    'new Date(at + SHANGHAI_OFFSET_MS).getUTC',
    'new Date(at).getUTC',
  ),
  mutant(
    'float yuan',
    tables,
    AMOUNT,
    "Number(match[1].replaceAll(',', '')) * 100 + Number((match[2] ?? '').padEnd(2, '0'))",
    "Number(`${match[1].replaceAll(',', '')}.${match[2] ?? ''}`) * 100",
  ),
  mutant(
    'share in floating point',
    tables,
    AMOUNT,
    'Number((BigInt(amount_fen) * BigInt(Math.round(ratio_percent * 100))) / 10_000n)',
    'Math.round((amount_fen * ratio_percent) / 100)',
  ),
  mutant(
    'remainder dropped',
    both,
    BOOK,
    '    { region, year, from, to: freedTo(year, at), amount_fen: amount_fen - paid_fen },\n',
    '    ...(paid_fen > 0 ? [] : [{ region, year, from, to: freedTo(year, at), amount_fen }]),\n',
  ),
  mutant(
    'prior-year return to available',
    both,
    BOOK,
    "return yearOf(at) === year ? 'available' : 'lapsed'",
    "return 'available'",
  ),
  mutant(
    'cap ignoring reserving claims',
    both,
    CLAIMS,
    'const asked_fen = claimed_fen + reserving_fen',
    'const asked_fen = claimed_fen',
  ),
  mutant(
    'holding cap ignoring unconfirmed',
    both,
    CLAIMS,
    'accounts.available + accounts.unconfirmed + reserving_fen',
    'accounts.available + reserving_fen',
  ),
  mutant(
    'holding cap ignoring reserving claims',
    both,
    CLAIMS,
    'accounts.available + accounts.unconfirmed + reserving_fen',
    'accounts.available + accounts.unconfirmed',
  ),
  mutant(
    'total cap ignoring hand-backs',
    both,
    BOOK,
    "    if (to === 'contra') claimed_fen -= amount_fen\n    else accounts[to]",
    "    if (to === 'contra') accounts.lapsed += amount_fen\n    else accounts[to]",
  ),
  mutant(
    'total cap reopened by what is free',
    both,
    CLAIMS,
    'roomIn(caps.total, asked_fen)]',
    'roomIn(caps.total, accounts.available + reserving_fen)]',
  ),
  mutant(
    'p > f allowed',
    both,
    REDEMPTIONS,
    "return refuse('exceeds_voucher_amount', { amount_fen })",
    'return undefined',
  ),
  mutant(
    'void on confirmed',
    both,
    VOUCHERS,
    "void: { unconfirmed: 'voided' }",
    "void: { unconfirmed: 'voided', confirmed: 'voided' }",
  ),
  mutant(
    'terminate in review',
    both,
    VOUCHERS,
    "terminate: { confirmed: 'terminated' }",
    "terminate: { confirmed: 'terminated', in_review: 'terminated' }",
  ),
  mutant(
    'refusal order swapped',
    both,
    CLAIMS,
    `    ['exceeds_single_claim_max', caps.single, roomIn(caps.single, 0)],
    ['exceeds_claim_total_max', caps.total, roomIn(caps.total, asked_fen)],
`,
    `    ['exceeds_claim_total_max', caps.total, roomIn(caps.total, asked_fen)],
    ['exceeds_single_claim_max', caps.single, roomIn(caps.single, 0)],
`,
  ),
  mutant(
    'reason not required',
    both,
    REDEMPTIONS,
    "return reasonOf(command) === null ? refuse('reason_required') : undefined",
    'return undefined',
  ),
  mutant(
    'blank reason accepted',
    both,
    VOUCHERS,
    "'reason' in command ? command.reason.trim() : null",
    "'reason' in command ? command.reason : null",
  ),
  mutant(
    'amount 0 accepted',
    both,
    AMOUNT,
    'amount_fen > 0 && amount_fen <=',
    'amount_fen >= 0 && amount_fen <=',
  ),
  mutant(
    'single cap off by one fen',
    both,
    CLAIMS,
    'rooms.find(([, , room_fen]) => command.amount_fen > room_fen)',
    'rooms.find(([, , room_fen]) => command.amount_fen > room_fen + 1)',
  ),
  mutant(
    'one fen more than available',
    both,
    VOUCHERS,
    'if (amount_fen > available_fen) return',
    'if (amount_fen > available_fen + 1) return',
  ),
  mutant(
    'late grant in the next year',
    both,
    CLAIMS,
    'const { claim: id, region, year, amount_fen, by } = reservation',
    'const { claim: id, region, amount_fen, by } = reservation, year = yearOf(at)',
  ),
  mutant(
    'abandoned claim granted',
    tables,
    CLAIMS,
    "if (reservation.state !== 'reserving' || ledger.isAbandoned(id)) return",
    "if (reservation.state === 'granted') return",
  ),
  mutant(
    'current year closed too',
    both,
    CLAIMS,
    'book.year >= yearOf(at)',
    'book.year > yearOf(at)',
  ),
  mutant(
    'hand back of a closed year',
    both,
    CLAIMS,
    'const { region, year, amount_fen } = command',
    'const { region, amount_fen } = command, year = yearOf(at)',
  ),
  mutant(
    'lease above the budget by a fen',
    tables,
    BUDGET,
    'amount_fen <= left_fen',
    'amount_fen <= left_fen + 1',
  ),
  mutant(
    'released lease granted again',
    tables,
    BUDGET,
    "  if (lease.state === 'released') return refuse('lease_released')\n",
    '',
  ),
  ...ACCESS,
]
