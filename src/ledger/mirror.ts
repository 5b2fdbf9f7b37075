/**
 * The way of events into D1: pages of at most two hundred, several ledgers' in one batch. A page
 * sent twice, late or out of order changes nothing, because rows carry versions and no head goes
 * back.
 */
import { getTableColumns, getTableName } from 'drizzle-orm'
import { getTableConfig } from 'drizzle-orm/sqlite-core'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import { books, claims, events, heads, redemptions, vouchers } from './tables.ts'

export const PAGE_EVENTS_MAX = 200
export const PAGE_BYTES_MAX = 256 * 1024
/** How long the first event waits for others, so that a burst costs one batch. */
export const MIRROR_DELAY_MS = 200
export const BACKOFF_MS_MAX = 60_000
/** An alarm may ring late; until then it counts as set, because setting it anew would delay it. */
export const LATE_MS_MAX = 60_000

export type Row = Record<string, string | number | null>

/** Some events and every row that they were the last to change: a JSON array for each table. */
export type Page = {
  sent_seq: number
  to_seq: number
  texts: Readonly<Record<string, string>>
}

const always = () => true
const claiming = ({ kind }: Row) => kind === 'claim'
const onVoucher = ({ voucher }: Row) => voucher !== null

/** `changedBy` spares a look at a table that no event of a page can have changed. */
export const MIRRORED = [
  { name: 'events', table: events, order: 'seq', changedBy: always },
  { name: 'books', table: books, order: 'version', changedBy: always },
  { name: 'claims', table: claims, order: 'version', changedBy: claiming },
  { name: 'vouchers', table: vouchers, order: 'version', changedBy: onVoucher },
  { name: 'redemptions', table: redemptions, order: 'version', changedBy: onVoucher },
] as const

const HEADS = getTableName(heads)
/** In the order in which rows are written, the head last. */
const UPSERTS = new Map(
  [...MIRRORED.map(({ table }) => table), heads].map((table) => [
    getTableName(table),
    upsertInto(table),
  ]),
)

/** The next page that D1 does not have; undefined where it has everything. */
export function nextPage(sql: SqlStorage, enterprise: string): Page | undefined {
  const { sent_seq } = readMirror(sql)
  const to_seq = lastSeqOfPage(sql, sent_seq)
  if (to_seq === sent_seq) return undefined
  const texts: Record<string, string> = {}
  const put = (name: string, rows: readonly Row[]) => {
    texts[name] = JSON.stringify(rows.map((row) => ({ ...row, enterprise })))
  }
  const rowsOf = (name: string, order: string) => {
    const query = `SELECT * FROM ${name} WHERE ${order} > ? AND ${order} <= ?`
    return sql.exec<Row>(query, sent_seq, to_seq).toArray()
  }
  const happened = rowsOf('events', 'seq')
  put('events', happened)
  for (const { name, order, changedBy } of MIRRORED.slice(1)) {
    const rows = happened.some(changedBy) ? rowsOf(name, order) : []
    if (rows.length > 0) put(name, rows)
  }
  const { hash = null, at = null } = happened.at(-1) ?? {}
  put(HEADS, [{ seq: to_seq, hash, at }])
  return { sent_seq, to_seq, texts }
}

/** A page ends after two hundred events or before its bytes pass the bound; it has one at least. */
function lastSeqOfPage(sql: SqlStorage, sent_seq: number): number {
  const sizes = sql
    .exec<{ seq: number; bytes: number }>(
      `SELECT seq, 1000 + octet_length(payload)
         + coalesce((SELECT octet_length(form) FROM vouchers
                     WHERE id = events.voucher AND version = seq), 0) AS bytes
       FROM events WHERE seq > ? ORDER BY seq LIMIT ?`,
      sent_seq,
      PAGE_EVENTS_MAX,
    )
    .toArray()
  let bytes_left = PAGE_BYTES_MAX
  let to_seq = sent_seq
  for (const { seq, bytes } of sizes) {
    bytes_left -= bytes
    if (bytes_left < 0 && to_seq > sent_seq) break
    to_seq = seq
  }
  return to_seq
}

/** One statement a table: the rows of all pages travel as one JSON parameter. */
export function statementsFor(db: D1Database, ...pages: readonly Page[]): D1PreparedStatement[] {
  return [...UPSERTS].flatMap(([name, upsert]) => {
    const texts = pages.map(({ texts }) => texts[name]).filter((text) => text !== undefined)
    if (texts.length === 0) return []
    const rows = texts.map((text) => text.slice(1, -1)).join(',')
    return [db.prepare(upsert).bind(`[${rows}]`)]
  })
}

/** INSERT from JSON; an older or equal version, and an event that stands, stay as they are. */
export function upsertInto(table: SQLiteTable): string {
  const into = getTableName(table)
  const names = Object.values(getTableColumns(table)).map((column) => column.name)
  const key = keyOf(table)
  const gate = ['version', 'seq'].find((name) => names.includes(name) && !key.includes(name))
  const list = names.map(quote).join(', ')
  const values = names.map((name) => `value ->> '$.${name}'`).join(', ')
  const sets = names
    .filter((name) => !key.includes(name))
    .map((name) => `${quote(name)} = excluded.${quote(name)}`)
  const update = `UPDATE SET ${sets.join(', ')} WHERE excluded.${gate} > ${into}.${gate}`
  return `INSERT INTO ${into} (${list}) SELECT ${values} FROM json_each(?1) WHERE true
    ON CONFLICT (${key.map(quote).join(', ')}) DO ${gate ? update : 'NOTHING'}`
}

/** The columns of the primary key, the enterprise first. */
export function keyOf(table: SQLiteTable): string[] {
  const { primaryKeys, columns } = getTableConfig(table)
  const composite = primaryKeys.flatMap((key) => key.columns)
  const single = columns.filter((column) => column.primary)
  const names = [...composite, ...single].map((column) => column.name)
  return names.sort((one, other) => Number(other === 'enterprise') - Number(one === 'enterprise'))
}

function quote(name: string): string {
  return `"${name}"`
}

export type MirrorState = { sent_seq: number; failures: number; due_at: number | null }

export function readMirror(sql: SqlStorage): MirrorState {
  return sql.exec<MirrorState>('SELECT sent_seq, failures, due_at FROM mirror').one()
}

export function hasPending(sql: SqlStorage): boolean {
  return (
    sql.exec('SELECT 1 FROM events WHERE seq > (SELECT sent_seq FROM mirror) LIMIT 1').toArray()
      .length > 0
  )
}

/** A later page may have been acknowledged first: the mark only ever rises. */
export function markSent(sql: SqlStorage, to_seq: number): void {
  sql.exec('UPDATE mirror SET sent_seq = max(sent_seq, ?), failures = 0', to_seq)
}

/** Sets the mark back, or on again after it was: everything after `sent_seq` is to be sent. */
export function markUnsent(sql: SqlStorage, sent_seq: number): void {
  sql.exec('UPDATE mirror SET sent_seq = ?, failures = 0', sent_seq)
}

/** Takes everything of this enterprise out of D1, its head too. */
export function removalsFor(db: D1Database, enterprise: string): D1PreparedStatement[] {
  return [...UPSERTS.keys()].map((name) =>
    db.prepare(`DELETE FROM ${name} WHERE enterprise = ?`).bind(enterprise),
  )
}

/** 1 s, 2 s, 4 s … a minute, each shortened by up to a half so that many do not march. */
export function backoffMs(failures: number, random: number): number {
  return Math.min(BACKOFF_MS_MAX, 1000 * 2 ** Math.min(failures - 1, 20)) * (1 - random / 2)
}

/** True while an alarm is under way: set for later, or due just now and about to ring. */
export function isArmed(due_at: number, now: number): boolean {
  return due_at > now - LATE_MS_MAX && due_at <= now + BACKOFF_MS_MAX
}

/** Counts one more failure in a row and answers how many there are. */
export function countFailure(sql: SqlStorage): number {
  sql.exec('UPDATE mirror SET failures = failures + 1')
  return readMirror(sql).failures
}

/** Null where the alarm that is set is not the mirror's but the one for the turn of the year. */
export function markDue(sql: SqlStorage, due_at: number | null): void {
  sql.exec('UPDATE mirror SET due_at = ?', due_at)
}
