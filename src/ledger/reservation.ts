/**
 * Reservations in the object's tables: claims that asked for their part of a budget, the tombstones
 * of leases that nobody here knew, and what the region is still to be told of either.
 */
import type { Unleased } from '../budget/rules.ts'
import type { Reservation } from './rules.ts'

/** Under which key it was asked for, and when by the object's own clock. */
export type Kept = { key: string; fingerprint: string; reserved_at: number }

/** `seq` is of the event that the region is told of. */
export type Errand = {
  seq: number
  kind: 'settle' | 'release' | 'give_back'
  region: string
  year: number
  lease: string | null
  amount_fen: number
}

/** How long a claim may be reserving before it is abandoned. */
export const RESERVE_MS_MAX = 60_000
const ERRANDS_MAX = 100

const RESERVATION = `claim, region, year, amount_fen, budget_fen, set_by, at, by, state, key,
  fingerprint, reserved_at`

export function findReservation(sql: SqlStorage, claim: string): (Reservation & Kept) | undefined {
  return all<Reservation & Kept>(
    sql,
    `SELECT ${RESERVATION} FROM reservations WHERE claim = ?`,
    claim,
  )[0]
}

export function findReservationByKey(
  sql: SqlStorage,
  key: string,
): (Reservation & Kept) | undefined {
  return all<Reservation & Kept>(
    sql,
    `SELECT ${RESERVATION} FROM reservations WHERE key = ?`,
    key,
  )[0]
}

/** Those that are not granted, newest first: in progress or abandoned. */
export function listUngranted(sql: SqlStorage): Reservation[] {
  const query = `SELECT claim, region, year, amount_fen, budget_fen, set_by, at, by, state
    FROM reservations WHERE state <> 'granted' ORDER BY version DESC`
  return all<Reservation>(sql, query)
}

/** Claim and state of every reservation there was, for the proof. */
export function listReservations(sql: SqlStorage): { id: string; state: string }[] {
  return all(sql, 'SELECT claim AS id, state FROM reservations')
}

/** Still reserving since `reserved_at` or longer, the oldest first. */
export function listReserving(sql: SqlStorage, reserved_at: number): (Reservation & Kept)[] {
  const query = `SELECT ${RESERVATION} FROM reservations
    WHERE state = 'reserving' AND reserved_at <= ? ORDER BY reserved_at`
  return all<Reservation & Kept>(sql, query, reserved_at)
}

export function reservingOf(sql: SqlStorage, region: string, year: number): number {
  const query = `SELECT coalesce(sum(amount_fen), 0) AS fen FROM reservations
    WHERE region = ? AND year = ? AND state = 'reserving'`
  return all<{ fen: number }>(sql, query, region, year)[0]?.fen ?? 0
}

export function isAbandoned(sql: SqlStorage, id: string): boolean {
  const query = `SELECT 1 AS one FROM reservations WHERE claim = ?1 AND state = 'abandoned'
    UNION ALL SELECT 1 FROM tombstones WHERE lease = ?1 LIMIT 1`
  return all(sql, query, id).length > 0
}

/** True where the region of this book has counted a claim: it must hear of what comes back. */
export function isLeased(sql: SqlStorage, region: string, year: number): boolean {
  const query = `SELECT 1 AS one FROM reservations
    WHERE region = ? AND year = ? AND state = 'granted' LIMIT 1`
  return all(sql, query, region, year).length > 0
}

/**
 * What of a book was claimed without a budget, as of its event `seq`: what is claimed, less what
 * was leased, and without what the region is told of by itself.
 */
export function unleasedOf(sql: SqlStorage, region: string, year: number): Unleased {
  const query = `SELECT
    coalesce((SELECT claimed_fen FROM books WHERE region = ?1 AND year = ?2), 0)
    - (SELECT coalesce(sum(amount_fen), 0) FROM reservations
       WHERE region = ?1 AND year = ?2 AND state = 'granted')
    + (SELECT coalesce(sum(amount_fen), 0) FROM errands
       WHERE region = ?1 AND year = ?2 AND kind = 'give_back') AS fen,
    (SELECT coalesce(max(seq), 0) FROM events) AS seq`
  return sql.exec<Unleased>(query, region, year).one()
}

export function insertReservation(
  sql: SqlStorage,
  { claim, region, year, amount_fen, budget_fen, set_by, at, by, state }: Reservation,
  { key, fingerprint, reserved_at }: Kept,
  seq: number,
): void {
  sql.exec(
    `INSERT INTO reservations (${RESERVATION}, version)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    claim,
    region,
    year,
    amount_fen,
    budget_fen,
    set_by,
    at,
    by,
    state,
    key,
    fingerprint,
    reserved_at,
    seq,
  )
}

export function moveReservation(sql: SqlStorage, { claim, state }: Reservation, seq: number): void {
  sql.exec('UPDATE reservations SET state = ?, version = ? WHERE claim = ?', state, seq, claim)
}

/** No claim may use this lease any more. */
export function entomb(sql: SqlStorage, lease: string, at: number): void {
  sql.exec('INSERT INTO tombstones (lease, at) VALUES (?, ?) ON CONFLICT DO NOTHING', lease, at)
}

export function insertErrand(sql: SqlStorage, errand: Errand): void {
  const { seq, kind, region, year, lease, amount_fen } = errand
  const insert = `INSERT INTO errands (seq, kind, region, year, lease, amount_fen)
    VALUES (?, ?, ?, ?, ?, ?)`
  sql.exec(insert, seq, kind, region, year, lease, amount_fen)
}

/** What the region is still to be told, in order. */
export function listErrands(sql: SqlStorage): Errand[] {
  const query = `SELECT seq, kind, region, year, lease, amount_fen FROM errands
    WHERE done_at IS NULL ORDER BY seq LIMIT ?`
  return all<Errand>(sql, query, ERRANDS_MAX)
}

export function markDone(sql: SqlStorage, seq: number, done_at: number): void {
  sql.exec('UPDATE errands SET done_at = ? WHERE seq = ?', done_at, seq)
  sql.exec('UPDATE errand_clock SET failures = 0')
}

/** Counts one more failure in a row and answers how many there are. */
export function countFailure(sql: SqlStorage): number {
  sql.exec('UPDATE errand_clock SET failures = failures + 1')
  return sql.exec<{ failures: number }>('SELECT failures FROM errand_clock').one().failures
}

export function postponeErrands(sql: SqlStorage, due_at: number): void {
  sql.exec('UPDATE errand_clock SET due_at = ?', due_at)
}

/** When the next errand or the next claim to abandon is due, epoch ms; null where nothing is. */
export function nextDueAt(sql: SqlStorage): number | null {
  const query = `SELECT min(due_at) AS due_at FROM (
    SELECT due_at FROM errand_clock WHERE EXISTS (SELECT 1 FROM errands WHERE done_at IS NULL)
    UNION ALL
    SELECT min(reserved_at) + ${RESERVE_MS_MAX} FROM reservations WHERE state = 'reserving')`
  return sql.exec<{ due_at: number | null }>(query).one().due_at
}

/** Reads at once: an open cursor would see later writes. */
function all<Row extends object>(
  sql: SqlStorage,
  query: string,
  ...values: (string | number | null)[]
): Row[] {
  return sql.exec(query, ...values).toArray() as Row[]
}
