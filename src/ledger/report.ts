/**
 * What the nightly reconcile writes down: a row for each night, a row for each enterprise or budget
 * that something was wrong with, and where each ledger was archived last.
 */
import { desc, eq, sql } from 'drizzle-orm'
import type { Place } from '../budget/client.ts'
import { dayOf } from '../kernel/clock.ts'
import type { Bindings } from '../platform/bindings.ts'
import { dbOf } from '../platform/db.ts'
import type { Db } from '../platform/db.ts'
import type { Archived } from './archive.ts'
import type { Finding } from './drift.ts'
import { ledgerFindings, ledgerReports } from './tables.ts'

export type Report = typeof ledgerReports.$inferSelect
export type FindingRow = typeof ledgerFindings.$inferSelect

/** One enterprise of a page: null where its ledger was out of reach. */
export type Seen = { enterprise: string; finding: Finding | null }

type Env = Pick<Bindings, 'DB'>

const REPORTS_SHOWN = 60
export const FINDINGS_SHOWN = 200

/** Newest first. */
export async function listReports(db: Db): Promise<Report[]> {
  return db.select().from(ledgerReports).orderBy(desc(ledgerReports.day)).limit(REPORTS_SHOWN)
}

export async function findReport(db: Db, day: string): Promise<Report | undefined> {
  return db.select().from(ledgerReports).where(eq(ledgerReports.day, day)).get()
}

/** At most two hundred: ledgers that are not sound first, then by enterprise. */
export async function listFindings(db: Db, day: string): Promise<FindingRow[]> {
  const { problems, enterprise } = ledgerFindings
  return db
    .select()
    .from(ledgerFindings)
    .where(eq(ledgerFindings.day, day))
    .orderBy(sql`${problems} = '[]'`, enterprise)
    .limit(FINDINGS_SHOWN)
}

/** The run that goes on: the oldest that is not finished, else today's; null where that is done. */
export async function openReport(env: Env, day: string, now: number): Promise<Report | null> {
  const db = dbOf(env)
  const left = sql`${ledgerReports.finished_at} is null`
  const unfinished = () =>
    db.select().from(ledgerReports).where(left).orderBy(ledgerReports.day).get()
  const found = await unfinished()
  if (found) return found
  const counts = { enterprises: 0, unsound: 0, drifted: 0, repaired: 0, unseen: 0, archived: 0 }
  const row = { day, started_at: now, cursor: '', ...counts }
  await db.insert(ledgerReports).values(row).onConflictDoNothing()
  return (await unfinished()) ?? null
}

/** Where these ledgers were archived last. */
export async function archivesOf(
  { DB }: Env,
  enterprises: readonly string[],
): Promise<Map<string, Archived>> {
  const query = `SELECT * FROM ledger_archives
    WHERE enterprise IN (SELECT value FROM json_each(?))`
  const { results } = await DB.prepare(query).bind(JSON.stringify(enterprises)).all<Archived>()
  return new Map(results.map((row) => [row.enterprise, row]))
}

/** The archives of all ledgers after `after`, by enterprise. */
export async function listArchives({ DB }: Env, after: string, limit: number): Promise<Archived[]> {
  const query = 'SELECT * FROM ledger_archives WHERE enterprise > ? ORDER BY enterprise LIMIT ?'
  return (await DB.prepare(query).bind(after, limit).all<Archived>()).results
}

/**
 * Writes down a page and moves the cursor to its end, in one. False where another run was faster:
 * then it counts what this one saw.
 */
export async function recordPage(
  { DB }: Env,
  { day, cursor }: Report,
  page: readonly Seen[],
  now: number,
): Promise<boolean> {
  const counts = countsOf(page)
  const last = page.at(-1)?.enterprise ?? cursor
  const moved = DB.prepare(
    `UPDATE ledger_reports SET cursor = ?1, enterprises = enterprises + ?2,
       unsound = unsound + ?3, drifted = drifted + ?4, repaired = repaired + ?5,
       unseen = unseen + ?6, archived = archived + ?7
     WHERE day = ?8 AND cursor = ?9 AND finished_at IS NULL`,
  ).bind(last, page.length, ...Object.values(counts), day, cursor)
  const findings = DB.prepare(
    `INSERT INTO ledger_findings (day, enterprise, at, compared, repaired, problems, drift)
     SELECT ?1, value ->> 'enterprise', ?2, value ->> 'compared', value ->> 'repaired',
       value -> 'problems', value -> 'drift' FROM json_each(?3) WHERE true
     ON CONFLICT DO NOTHING`,
  ).bind(day, now, JSON.stringify(page.filter(isWrong).map(rowOf)))
  const archives = DB.prepare(
    `INSERT INTO ledger_archives (enterprise, day, seq, hash, key, bytes)
     SELECT value ->> 'enterprise', value ->> 'day', value ->> 'seq', value ->> 'hash',
       value ->> 'key', value ->> 'bytes' FROM json_each(?1) WHERE true
     ON CONFLICT DO UPDATE SET day = excluded.day, seq = excluded.seq, hash = excluded.hash,
       key = excluded.key, bytes = excluded.bytes WHERE excluded.seq > ledger_archives.seq`,
  ).bind(JSON.stringify(page.flatMap(({ finding }) => finding?.archived ?? [])))
  const [first] = await DB.batch([moved, findings, archives])
  return first?.meta.changes === 1
}

/** In the order of the columns. */
function countsOf(page: readonly Seen[]) {
  const count = (test: (finding: Finding) => boolean) =>
    page.filter(({ finding }) => finding && test(finding)).length
  return {
    unsound: count(({ problems }) => problems.length > 0),
    drifted: count(({ drift }) => drift.length > 0),
    repaired: count(({ repaired }) => repaired),
    unseen: page.filter(({ finding }) => !finding?.compared).length,
    archived: count(({ archived }) => archived !== null),
  }
}

export function isWrong({ finding }: Seen): boolean {
  if (!finding?.compared) return true
  return finding.problems.length > 0 || finding.drift.length > 0
}

function rowOf({ enterprise, finding }: Seen) {
  const { compared = false, repaired = false, problems = [], drift = [] } = finding ?? {}
  return { enterprise, compared: Number(compared), repaired: Number(repaired), problems, drift }
}

/** What a budget's findings are kept under, where a ledger's are under its enterprise. */
const BUDGET = /^budget:(\d{6}):(\d{4})$/

/** Whose budget a finding is of; undefined for a ledger's. */
export function budgetOf({ enterprise }: FindingRow): Place | undefined {
  const [, region, year] = BUDGET.exec(enterprise) ?? []
  return region && year ? { region, year: Number(year) } : undefined
}

/**
 * Writes down that a budget and its ledgers do not say the same, beside that night's ledgers, as
 * one more that is not sound. A night that finds it twice counts it once.
 */
export async function recordBudget(
  { DB }: Env,
  { region, year }: Place,
  problems: readonly string[],
  now: number,
): Promise<void> {
  const [day, name] = [dayOf(now), `budget:${region}:${year}`]
  const made = DB.prepare(
    `INSERT INTO ledger_reports (day, started_at, cursor, enterprises, unsound, drifted, repaired,
       unseen, archived) VALUES (?, ?, '', 0, 0, 0, 0, 0, 0) ON CONFLICT DO NOTHING`,
  ).bind(day, now)
  const counted = DB.prepare(
    `UPDATE ledger_reports SET unsound = unsound + 1 WHERE day = ?1
       AND NOT EXISTS (SELECT 1 FROM ledger_findings WHERE day = ?1 AND enterprise = ?2)`,
  ).bind(day, name)
  const kept = DB.prepare(
    `INSERT INTO ledger_findings (day, enterprise, at, compared, repaired, problems, drift)
     VALUES (?, ?, ?, 1, 0, ?, '[]')
     ON CONFLICT DO UPDATE SET at = excluded.at, problems = excluded.problems`,
  ).bind(day, name, now, JSON.stringify(problems))
  await DB.batch([made, counted, kept])
}

export async function finishReport({ DB }: Env, day: string, root: string, now: number) {
  const query = `UPDATE ledger_reports SET finished_at = ?, root = ?
    WHERE day = ? AND finished_at IS NULL`
  await DB.prepare(query).bind(now, root, day).run()
}

/** The roots of all nights that are finished, oldest first. */
export async function listRoots({ DB }: Env): Promise<{ day: string; root: string }[]> {
  const query = 'SELECT day, root FROM ledger_reports WHERE root IS NOT NULL ORDER BY day'
  return (await DB.prepare(query).all<{ day: string; root: string }>()).results
}

/** The root of the night before `day`; null for the first. */
export async function findRootBefore({ DB }: Env, day: string): Promise<string | null> {
  const query = `SELECT root FROM ledger_reports WHERE day < ? AND root IS NOT NULL
    ORDER BY day DESC LIMIT 1`
  return DB.prepare(query).bind(day).first<string>('root')
}
