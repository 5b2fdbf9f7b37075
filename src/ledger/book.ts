/**
 * A book and its accounts. A posting moves money, so it sums to zero by its form; a book refuses,
 * by throwing, to fall below zero or to hold another sum than was claimed.
 */
import { yearOf } from '../kernel/clock.ts'
import type { Account, Accounts, Book, Posting, Voucher, VoucherState } from './rules.ts'

export const ACCOUNTS = [
  'available',
  'unconfirmed',
  'confirmed',
  'in_review',
  'paid',
  'lapsed',
] as const satisfies readonly Account[]

/** The account that holds a voucher's money while the voucher lives. */
const HOMES: Partial<Record<VoucherState, Account>> = {
  unconfirmed: 'unconfirmed',
  confirmed: 'confirmed',
  in_review: 'in_review',
}

export function emptyBook(region: string, year: number): Book {
  const accounts = {
    available: 0,
    unconfirmed: 0,
    confirmed: 0,
    in_review: 0,
    paid: 0,
    lapsed: 0,
  }
  return { region, year, accounts, claimed_fen: 0 }
}

/** Where freed money goes: back to the enterprise in the book's own year, else it lapses. */
export function freedTo(year: number, at: number): 'available' | 'lapsed' {
  return yearOf(at) === year ? 'available' : 'lapsed'
}

/**
 * What a voucher's change of state moves. `paid_fen` is paid to the payee when the voucher is
 * redeemed; what no living state holds is freed.
 */
export function postingsFor(
  voucher: Voucher,
  state: VoucherState,
  at: number,
  paid_fen = 0,
): Posting[] {
  const { region, year, amount_fen } = voucher
  const from = homeOf(voucher.state)
  const to = HOMES[state]
  if (to) return [{ region, year, from, to, amount_fen }]
  const parts: Posting[] = [
    { region, year, from, to: 'paid', amount_fen: paid_fen },
    { region, year, from, to: freedTo(year, at), amount_fen: amount_fen - paid_fen },
  ]
  return parts.filter((posting) => posting.amount_fen > 0)
}

function homeOf(state: VoucherState): Account {
  const home = HOMES[state]
  if (!home) throw new Error(`a voucher that is ${state} holds no money`)
  return home
}

/** What a voucher holds in its book's accounts: its amount while it lives, what was paid after. */
export function holdingOf(voucher: Voucher): { account: Account; amount_fen: number } | undefined {
  if (voucher.state === 'redeemed') return { account: 'paid', amount_fen: voucher.paid_fen ?? 0 }
  const account = HOMES[voucher.state]
  return account && { account, amount_fen: voucher.amount_fen }
}

/** The book after the postings. Throws for another book's posting and for an impossible book. */
export function postTo(book: Book, postings: readonly Posting[]): Book {
  const accounts: Accounts = { ...book.accounts }
  let claimed_fen = book.claimed_fen
  for (const { region, year, from, to, amount_fen } of postings) {
    if (region !== book.region || year !== book.year) throw new Error('posting of another book')
    if (!Number.isSafeInteger(amount_fen) || amount_fen <= 0) throw new Error('posting of nothing')
    if (from === to) throw new Error('posting that moves nothing')
    if (from === 'contra') claimed_fen += amount_fen
    else accounts[from] -= amount_fen
    if (to === 'contra') claimed_fen -= amount_fen
    else accounts[to] += amount_fen
  }
  return checkBook({ region: book.region, year: book.year, accounts, claimed_fen })
}

/** Answers the book, or throws where it breaks a bound or does not sum to zero with its contra. */
export function checkBook(book: Book): Book {
  for (const account of ACCOUNTS) {
    const fen = book.accounts[account]
    if (!Number.isSafeInteger(fen) || fen < 0) throw new Error(`${account} is ${fen}`)
  }
  const sum = ACCOUNTS.reduce((fen, account) => fen + book.accounts[account], 0)
  if (sum !== book.claimed_fen) throw new Error(`accounts hold ${sum} of ${book.claimed_fen}`)
  return book
}
