/**
 * The ledger reckoned anew from its events alone and compared with what is kept. It repairs
 * nothing: it says what is wrong.
 */
import { yearOf } from '../kernel/clock.ts'
import { follow } from '../kernel/moves.ts'
import { ACCOUNTS, emptyBook, postTo } from './book.ts'
import { findFlaw, genesisOf } from './event.ts'
import { canonicalJson } from './json-rules.ts'
import { listReservations } from './reservation.ts'
import { REDEMPTION_MOVES } from './redemption-rules.ts'
import type { Book, LedgerEvent, Posting, RedemptionState, VoucherState } from './rules.ts'
import { listBooks, listClaims, listEvents, listRedemptions, listVouchers } from './store.ts'
import { VOUCHER_MOVES } from './voucher-rules.ts'
import type { VoucherMove } from './voucher-rules.ts'

/** `problems` is empty where the ledger is sound. */
export type Proof = { enterprise: string; seq: number; hash: string; problems: string[] }

const EVENTS_AT_A_TIME = 500

/** What the events come to, each thing by its name. */
type Reckoning = {
  seq: number
  at: number
  hash: string
  books: Map<string, Book>
  claims: Map<string, number>
  vouchers: Map<string, VoucherState>
  redemptions: Map<string, RedemptionState>
  reservations: Map<string, string>
  problems: string[]
}

/** Checks chain, times, bounds, sums and every voucher's path, then compares with what is kept. */
export function proveLedger(sql: SqlStorage, enterprise: string): Proof {
  const reckoned = reckon(sql, enterprise)
  const { seq, hash } = reckoned
  const books = listBooks(sql).map((book) => [nameOf(book), canonicalJson(book)] as const)
  const anew = [...reckoned.books].map(([name, book]) => [name, canonicalJson(book)] as const)
  const vouchers = listVouchers(sql, enterprise)
  const redemptions = listRedemptions(sql, null)
  const reservations = listReservations(sql)
  const problems = [
    ...reckoned.problems,
    ...findDifferences('book', new Map(anew), books),
    ...findDifferences('claim', reckoned.claims, toPairs(listClaims(sql), 'amount_fen')),
    ...findDifferences('voucher', reckoned.vouchers, toPairs(vouchers, 'state')),
    ...findDifferences('redemption', reckoned.redemptions, toPairs(redemptions, 'state')),
    ...findDifferences('reservation', reckoned.reservations, toPairs(reservations, 'state')),
    ...findUnbalanced(sql),
  ]
  return { enterprise, seq, hash, problems }
}

function nameOf({ region, year }: { region: string; year: number }): string {
  return `${region} ${year}`
}

function toPairs<Name extends string, Value>(
  rows: readonly ({ id: string } & Record<Name, Value>)[],
  name: Name,
): [string, Value][] {
  return rows.map((row) => [row.id, row[name]])
}

function findDifferences<Value>(
  kind: string,
  reckoned: ReadonlyMap<string, Value>,
  kept: readonly (readonly [string, Value])[],
): string[] {
  const names = new Set(kept.map(([name]) => name))
  const missing = [...reckoned.keys()].filter((name) => !names.has(name))
  const other = kept.filter(([name, value]) => reckoned.get(name) !== value)
  return [
    ...missing.map((name) => `${kind} ${name} is missing`),
    ...other.map(([name]) => `${kind} ${name} is not what its events come to`),
  ]
}

function reckon(sql: SqlStorage, enterprise: string): Reckoning {
  const reckoned: Reckoning = {
    seq: 0,
    at: 0,
    hash: genesisOf(enterprise),
    books: new Map(),
    claims: new Map(),
    vouchers: new Map(),
    redemptions: new Map(),
    reservations: new Map(),
    problems: [],
  }
  for (;;) {
    const events = listEvents(sql, reckoned.seq, EVENTS_AT_A_TIME)
    if (events.length === 0) return reckoned
    for (const event of events) addEvent(reckoned, event)
  }
}

function addEvent(reckoned: Reckoning, event: LedgerEvent): void {
  const { seq, at, hash, kind, voucher, postings, payload } = event
  const flaw = findFlaw(event, reckoned.seq + 1, reckoned.hash)
  if (flaw) reckoned.problems.push(flaw)
  if (at < reckoned.at) reckoned.problems.push(`event ${seq} is earlier than the one before`)
  Object.assign(reckoned, { seq, at, hash })
  for (const posting of postings) addPosting(reckoned, seq, posting)
  if (voucher) addMove(reckoned, event, voucher)
  const { claim, amount_fen, redemption } = payload as Record<string, string | number | undefined>
  if (kind === 'claim') reckoned.claims.set(String(claim), Number(amount_fen))
  if (claim !== undefined) addReservation(reckoned, event, String(claim))
  if (redemption !== undefined) addVerdict(reckoned, event, String(redemption))
}

function addPosting(reckoned: Reckoning, seq: number, posting: Posting): void {
  const name = nameOf(posting)
  const before = reckoned.books.get(name) ?? emptyBook(posting.region, posting.year)
  try {
    reckoned.books.set(name, postTo(before, [posting]))
  } catch (error) {
    reckoned.problems.push(`event ${seq} breaks book ${name}: ${String(error)}`)
  }
}

function addMove(reckoned: Reckoning, event: LedgerEvent, voucher: string): void {
  const from = reckoned.vouchers.get(voucher)
  const move = event.kind as VoucherMove
  const to = event.kind === 'issue' ? 'unconfirmed' : from && follow(VOUCHER_MOVES, from, move)
  if (to) reckoned.vouchers.set(voucher, to)
  else reckoned.problems.push(`event ${event.seq} moves a voucher that is ${from ?? 'unknown'}`)
}

/** A claim that was never reserved has none: it was granted at once. */
function addReservation(reckoned: Reckoning, { kind, seq, at, payload }: LedgerEvent, id: string) {
  const { reservations, books } = reckoned
  const from = reservations.get(id)
  if (kind === 'reserve' && from === undefined) {
    const { region } = payload as { region: string }
    const book = emptyBook(region, yearOf(at))
    if (!books.has(nameOf(book))) books.set(nameOf(book), book)
    reservations.set(id, 'reserving')
  } else if (kind !== 'reserve' && from === 'reserving') {
    reservations.set(id, kind === 'claim' ? 'granted' : 'abandoned')
  } else if (kind !== 'claim' || from !== undefined)
    reckoned.problems.push(`event ${seq} moves a reservation that is ${from ?? 'unknown'}`)
}

function addVerdict(reckoned: Reckoning, event: LedgerEvent, redemption: string): void {
  const from = reckoned.redemptions.get(redemption)
  const move = event.kind as keyof typeof REDEMPTION_MOVES
  const to = event.kind === 'submit' ? 'in_review' : from && follow(REDEMPTION_MOVES, from, move)
  if (to) reckoned.redemptions.set(redemption, to)
  else reckoned.problems.push(`event ${event.seq} decides what is ${from ?? 'unknown'}`)
}

/** Sums that SQL makes of the rows themselves: legs to zero, legs and vouchers to the balances. */
function findUnbalanced(sql: SqlStorage): string[] {
  const sums = sql
    .exec<{ region: string; year: number; account: string; fen: number }>(
      `SELECT region, year, account, sum(amount_fen) AS fen FROM legs GROUP BY 1, 2, 3`,
    )
    .toArray()
  const held = sql
    .exec<{ region: string; year: number; account: string; fen: number }>(
      `SELECT region, year, iif(state = 'redeemed', 'paid', state) AS account,
         sum(coalesce(paid_fen, amount_fen)) AS fen FROM vouchers
       WHERE ended_at IS NULL OR state = 'redeemed' GROUP BY 1, 2, 3`,
    )
    .toArray()
  return listBooks(sql).flatMap((book) => {
    const ofBook = (row: { region: string; year: number; account: string }, account: string) =>
      row.region === book.region && row.year === book.year && row.account === account
    const name = `book ${nameOf(book)}`
    const problems = ACCOUNTS.flatMap((account) => {
      const fen = book.accounts[account]
      const legs_fen = sums.find((row) => ofBook(row, account))?.fen ?? 0
      const held_fen = held.find((row) => ofBook(row, account))?.fen ?? 0
      const vouched = account !== 'available' && account !== 'lapsed'
      if (legs_fen === fen && (!vouched || held_fen === fen)) return []
      return [`${name}: ${account} is ${fen}, legs ${legs_fen}, vouchers ${held_fen}`]
    })
    const sum = sums
      .filter((row) => ofBook(row, row.account))
      .reduce((total_fen, row) => total_fen + row.fen, 0)
    return sum === 0 ? problems : [...problems, `${name} sums to ${sum}`]
  })
}
