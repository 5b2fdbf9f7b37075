/** The budget object's tables, as the rules' types. A write that a trigger finds wrong throws. */
import type { BudgetState, Lease, LeaseState, Return, Sums } from './rules.ts'

const LEASE = `id, enterprise, amount_fen, state, leased_at, left_fen`
const RETURN = `id, enterprise, amount_fen, freed_fen`

/** The budget as it stands, read as the decisions ask for it. */
export function stateOf(sql: SqlStorage): BudgetState {
  return {
    sums: readSums(sql),
    findLease: (id) => findLease(sql, id),
    findReturn: (id) => all<Return>(sql, `SELECT ${RETURN} FROM returns WHERE id = ?`, id)[0],
    spentBy: (enterprise) => spentBy(sql, enterprise),
  }
}

export function readSums(sql: SqlStorage): Sums {
  const query = 'SELECT unleased_fen, leased_fen, spent_fen, returned_fen FROM sums'
  return sql.exec<Sums>(query).one()
}

function findLease(sql: SqlStorage, id: string): Lease | undefined {
  return all<Lease>(sql, `SELECT ${LEASE} FROM leases WHERE id = ?`, id)[0]
}

function spentBy(sql: SqlStorage, enterprise: string): number {
  const query = `SELECT
    (SELECT coalesce(sum(amount_fen), 0) FROM leases
      WHERE enterprise = ?1 AND state = 'spent')
    + (SELECT coalesce(sum(fen), 0) FROM openings WHERE enterprise = ?1)
    - (SELECT coalesce(sum(freed_fen), 0) FROM returns WHERE enterprise = ?1) AS fen`
  return all<{ fen: number }>(sql, query, enterprise)[0]?.fen ?? 0
}

/** A new lease, asked about again at `ask_at`, epoch ms. */
export function insertLease(
  sql: SqlStorage,
  { id, enterprise, amount_fen, state, leased_at, left_fen }: Lease,
  { budget_fen, ask_at }: { budget_fen: number; ask_at: number },
): void {
  sql.exec(
    `INSERT INTO leases (id, enterprise, amount_fen, state, leased_at, left_fen, budget_fen, ask_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    id,
    enterprise,
    amount_fen,
    state,
    leased_at,
    left_fen,
    budget_fen,
    ask_at,
  )
}

export function moveLease(sql: SqlStorage, id: string, state: LeaseState): void {
  sql.exec('UPDATE leases SET state = ? WHERE id = ?', state, id)
}

export function insertReturn(sql: SqlStorage, made: Return, at: number): void {
  const { id, enterprise, amount_fen, freed_fen } = made
  const insert = `INSERT INTO returns (id, enterprise, amount_fen, freed_fen, at)
    VALUES (?, ?, ?, ?, ?)`
  sql.exec(insert, id, enterprise, amount_fen, freed_fen, at)
}

/** What an enterprise says it claimed without a budget: the later event of two wins. */
export function putOpening(sql: SqlStorage, enterprise: string, fen: number, seq: number): void {
  sql.exec(
    `INSERT INTO openings (enterprise, fen, seq) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET fen = excluded.fen, seq = excluded.seq
     WHERE excluded.seq >= openings.seq`,
    enterprise,
    fen,
    seq,
  )
}

/** The same as the mirror has it, which knows nothing of one that has spoken or leased here. */
export function putMirrored(sql: SqlStorage, enterprise: string, fen: number): void {
  sql.exec(
    `INSERT INTO openings (enterprise, fen, seq)
     SELECT ?1, ?2, 0 WHERE NOT EXISTS (SELECT 1 FROM leases WHERE enterprise = ?1)
     ON CONFLICT DO UPDATE SET fen = excluded.fen WHERE openings.seq = 0`,
    enterprise,
    fen,
  )
}

/** When the mirror was last asked, epoch ms; null before the first time. */
export function findOpenedAt(sql: SqlStorage): number | null {
  return sql.exec<{ opened_at: number | null }>('SELECT opened_at FROM sums').one().opened_at
}

export function markOpened(sql: SqlStorage, at: number): void {
  sql.exec('UPDATE sums SET opened_at = ?', at)
}

/** A lease that nobody has settled, and whom to ask. */
export type Orphan = { id: string; enterprise: string; ask_at: number }

/** Those to ask about by `now`, the longest waiting first. */
export function listOrphans(sql: SqlStorage, now: number, limit: number): Orphan[] {
  const query = `SELECT id, enterprise, ask_at FROM leases
    WHERE state = 'leased' AND ask_at <= ? ORDER BY ask_at LIMIT ?`
  return all<Orphan>(sql, query, now, limit)
}

/** When the next lease is to be asked about; null where none is open. */
export function nextAskAt(sql: SqlStorage): number | null {
  const query = `SELECT min(ask_at) AS ask_at FROM leases WHERE state = 'leased'`
  return all<{ ask_at: number | null }>(sql, query)[0]?.ask_at ?? null
}

export function postpone(sql: SqlStorage, id: string, ask_at: number): void {
  sql.exec('UPDATE leases SET ask_at = ? WHERE id = ?', ask_at, id)
}

/** At most `limit` leases after `after`, in the order of enterprises and ids. */
export function listLeases(sql: SqlStorage, after: Lease | null, limit: number): Lease[] {
  const query = `SELECT ${LEASE} FROM leases WHERE (enterprise, id) > (?, ?)
    ORDER BY enterprise, id LIMIT ?`
  return all<Lease>(sql, query, after?.enterprise ?? '', after?.id ?? '', limit)
}

/** Sums reckoned anew from the rows, for the proof. */
export function reckonSums(sql: SqlStorage): Sums {
  const query = `SELECT
    (SELECT coalesce(sum(fen), 0) FROM openings) AS unleased_fen,
    (SELECT coalesce(sum(amount_fen), 0) FROM leases WHERE state = 'leased') AS leased_fen,
    (SELECT coalesce(sum(amount_fen), 0) FROM leases WHERE state = 'spent') AS spent_fen,
    (SELECT coalesce(sum(freed_fen), 0) FROM returns) AS returned_fen`
  return sql.exec<Sums>(query).one()
}

/** Reads at once: an open cursor would see later writes. */
function all<Row extends object>(
  sql: SqlStorage,
  query: string,
  ...values: (string | number | null)[]
): Row[] {
  return sql.exec(query, ...values).toArray() as Row[]
}
