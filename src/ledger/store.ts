/** What the object's tables say, as the rules' types. Nothing here writes. */
import type {
  Accounts,
  Book,
  Claim,
  HandBack,
  LedgerEvent,
  LedgerState,
  Redemption,
  Voucher,
} from './rules.ts'
import { emptyBook } from './book.ts'
import { genesisOf } from './event.ts'
import { isAbandoned, listUngranted, reservingOf } from './reservation.ts'

/** The last event: where the chain goes on, and the time before which nothing may happen. */
export type Head = { seq: number; at: number; hash: string }

type BookRow = Accounts & { region: string; year: number; claimed_fen: number }
type VoucherRow = Omit<Voucher, 'enterprise' | 'form'> & { form: string }
type EventRow = Omit<LedgerEvent, 'actor' | 'payload' | 'postings'> & {
  actor: string
  payload: string
  postings: string
}

const BOOK = `region, year, available, unconfirmed, confirmed, in_review, paid, lapsed, claimed_fen`
const CLAIM = `id, region, year, amount_fen, at, by`
const VOUCHER = `id, number, region, year, amount_fen, carrier, payee, state, version, issued_at,
  confirmed_at, ended_at, reason, redemption, paid_fen, form`
const REDEMPTION = `id, voucher, state, submitted_at, decided_at, paid_fen, reason, by`
const EVENT = `seq, at, kind, actor, voucher, payload, postings, prev, hash`

const LEDGER_NAME = 'ent:'

/** Whose ledger an object of this name is. */
export function enterpriseOf(name: string | undefined): string {
  if (!name?.startsWith(LEDGER_NAME)) throw new Error('a ledger is reached by its name')
  return name.slice(LEDGER_NAME.length)
}

export function readHead(sql: SqlStorage, enterprise: string): Head {
  const [last] = all<Head>(sql, 'SELECT seq, at, hash FROM events ORDER BY seq DESC LIMIT 1')
  return last ?? { seq: 0, at: 0, hash: genesisOf(enterprise) }
}

/** The ledger as it stands, read as the decisions ask for it. */
export function stateOf(sql: SqlStorage, enterprise: string, head: Head): LedgerState {
  return {
    enterprise,
    seq: head.seq,
    bookOf: (region, year) => findBook(sql, region, year) ?? emptyBook(region, year),
    findVoucher: (id) => findVoucher(sql, enterprise, id),
    findRedemption: (id) => findRedemption(sql, id),
    holds: (id) => holds(sql, id),
    reservingOf: (region, year) => reservingOf(sql, region, year),
    isAbandoned: (id) => isAbandoned(sql, id),
  }
}

export function findBook(sql: SqlStorage, region: string, year: number): Book | undefined {
  const query = `SELECT ${BOOK} FROM books WHERE region = ? AND year = ?`
  return all<BookRow>(sql, query, region, year).map(toBook)[0]
}

export function listBooks(sql: SqlStorage): Book[] {
  return all<BookRow>(sql, `SELECT ${BOOK} FROM books ORDER BY year DESC, region`).map(toBook)
}

/** Books of years before this one that still have something available, oldest first. */
export function listUnclosedBooks(sql: SqlStorage, year: number): Book[] {
  const query = `SELECT ${BOOK} FROM books WHERE year < ? AND available > 0 ORDER BY year, region`
  return all<BookRow>(sql, query, year).map(toBook)
}

/** The first year in which something is still available; null where there is nothing to lapse. */
export function findOpenYear(sql: SqlStorage): number | null {
  const query = 'SELECT min(year) AS year FROM books WHERE available > 0'
  return all<{ year: number | null }>(sql, query)[0]?.year ?? null
}

export function listClaims(sql: SqlStorage): Claim[] {
  return all<Claim>(sql, `SELECT ${CLAIM} FROM claims ORDER BY version DESC`)
}

/** Newest first. */
export function listHandBacks(sql: SqlStorage): HandBack[] {
  const query = `SELECT seq, hash, at, actor ->> '$.name' AS by, payload ->> '$.region' AS region,
    payload ->> '$.year' AS year, payload ->> '$.amount_fen' AS amount_fen
    FROM events WHERE kind = 'hand_back' ORDER BY seq DESC`
  return all<HandBack>(sql, query)
}

export function findVoucher(sql: SqlStorage, enterprise: string, id: string): Voucher | undefined {
  const [row] = all<VoucherRow>(sql, `SELECT ${VOUCHER} FROM vouchers WHERE id = ?`, id)
  return row && toVoucher(row, enterprise)
}

export function listVouchers(sql: SqlStorage, enterprise: string): Voucher[] {
  const query = `SELECT ${VOUCHER} FROM vouchers ORDER BY issued_at DESC, rowid DESC`
  return all<VoucherRow>(sql, query).map((row) => toVoucher(row, enterprise))
}

function findRedemption(sql: SqlStorage, id: string): Redemption | undefined {
  return all<Redemption>(sql, `SELECT ${REDEMPTION} FROM redemptions WHERE id = ?`, id)[0]
}

/** Of one voucher or of all, oldest first. */
export function listRedemptions(sql: SqlStorage, voucher: string | null): Redemption[] {
  const query = `SELECT ${REDEMPTION} FROM redemptions WHERE voucher = coalesce(?, voucher)
    ORDER BY submitted_at, id`
  return all<Redemption>(sql, query, voucher)
}

export function listVoucherEvents(sql: SqlStorage, voucher: string): LedgerEvent[] {
  const query = `SELECT ${EVENT} FROM events WHERE voucher = ? ORDER BY seq`
  return all<EventRow>(sql, query, voucher).map(toEvent)
}

/** At most `limit` events after `seq`, in order. */
export function listEvents(sql: SqlStorage, seq: number, limit: number): LedgerEvent[] {
  const query = `SELECT ${EVENT} FROM events WHERE seq > ? ORDER BY seq LIMIT ?`
  return all<EventRow>(sql, query, seq, limit).map(toEvent)
}

/** The hash of one event; undefined where there is none. */
export function findEventHash(sql: SqlStorage, seq: number): string | undefined {
  return all<{ hash: string }>(sql, 'SELECT hash FROM events WHERE seq = ?', seq)[0]?.hash
}

/** Everything there is, as the client's Ledger. */
export function readAll(sql: SqlStorage, enterprise: string) {
  return {
    books: listBooks(sql),
    claims: listClaims(sql),
    hand_backs: listHandBacks(sql),
    vouchers: listVouchers(sql, enterprise),
    redemptions: listRedemptions(sql, null),
    ungranted: listUngranted(sql),
  }
}

/** A voucher with its history, as the client's VoucherHistory; null for none. */
export function findHistory(sql: SqlStorage, enterprise: string, id: string) {
  const voucher = findVoucher(sql, enterprise, id)
  if (!voucher) return null
  return { voucher, events: listVoucherEvents(sql, id), redemptions: listRedemptions(sql, id) }
}

export type Answer = { fingerprint: string; answer: string }

export function findAnswer(sql: SqlStorage, key: string): Answer | undefined {
  return all<Answer>(sql, 'SELECT fingerprint, answer FROM answers WHERE key = ?', key)[0]
}

function holds(sql: SqlStorage, id: string): boolean {
  const query = `SELECT 1 AS one FROM claims WHERE id = ?1
    UNION ALL SELECT 1 FROM reservations WHERE claim = ?1
    UNION ALL SELECT 1 FROM vouchers WHERE id = ?1 OR number = ?1
    UNION ALL SELECT 1 FROM redemptions WHERE id = ?1 LIMIT 1`
  return all(sql, query, id).length > 0
}

/** Reads at once: an open cursor would see later writes. */
function all<Row extends object>(
  sql: SqlStorage,
  query: string,
  ...values: (string | number | null)[]
): Row[] {
  return sql.exec(query, ...values).toArray() as Row[]
}

function toBook(row: BookRow): Book {
  const { region, year, claimed_fen, ...accounts } = row
  return { region, year, accounts, claimed_fen }
}

function toVoucher({ form, ...row }: VoucherRow, enterprise: string): Voucher {
  return { ...row, enterprise, form: JSON.parse(form) }
}

function toEvent(row: EventRow): LedgerEvent {
  const { actor, payload, postings, ...rest } = row
  return {
    ...rest,
    actor: JSON.parse(actor),
    payload: JSON.parse(payload),
    postings: JSON.parse(postings),
  }
}
