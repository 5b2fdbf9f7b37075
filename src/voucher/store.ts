/**
 * Rows of drafts, papers and QR codes, and lists over the ledgers' mirror. Reads answer
 * the rules' types, writes are statements.
 */
import { and, asc, count, desc, eq, gt, inArray, lte, sql, type SQL } from 'drizzle-orm'
import type { StoredFile } from '../attachment/client.ts'
import { enterprises } from '../identity/tables.ts'
import type { Voucher } from '../ledger/rules.ts'
import { vouchers } from '../ledger/tables.ts'
import { inRegion } from '../platform/db.ts'
import type { Db, Statement } from '../platform/db.ts'
import type { Paper, PaperKind } from './rules.ts'
import type { Search } from './search-rules.ts'
import { papers, qrTokens, useDrafts } from './tables.ts'

/** A voucher, or the draft that will become it. */
export type Subject = { enterprise: string; id: string }

export type Draft = typeof useDrafts.$inferSelect

/** Older drafts stay and come up as newer ones are settled. */
const DRAFTS_SHOWN = 20

export async function findDraft(db: Db, subject: Subject): Promise<Draft | undefined> {
  return db.select().from(useDrafts).where(isDraft(subject)).get()
}

export async function listDrafts(db: Db, enterprise: string): Promise<Draft[]> {
  return db
    .select()
    .from(useDrafts)
    .where(eq(useDrafts.enterprise, enterprise))
    .orderBy(desc(useDrafts.updated_at))
    .limit(DRAFTS_SHOWN)
}

export function putDraft(db: Db, draft: Draft): Statement {
  const { fields, account, updated_at } = draft
  return db
    .insert(useDrafts)
    .values(draft)
    .onConflictDoUpdate({
      target: [useDrafts.enterprise, useDrafts.id],
      set: { fields, account, updated_at },
    })
}

export function deleteDraft(db: Db, subject: Subject): Statement {
  return db.delete(useDrafts).where(isDraft(subject))
}

const isDraft = ({ enterprise, id }: Subject) =>
  and(eq(useDrafts.enterprise, enterprise), eq(useDrafts.id, id))

export type NewPaper = {
  enterprise: string
  voucher: string
  kind: PaperKind
  file: Pick<StoredFile, 'id' | 'name' | 'size' | 'sha256'>
  at: number
  by: string
}

export async function listPapers(db: Db, subject: Subject): Promise<Paper[]> {
  const where = and(eq(papers.enterprise, subject.enterprise), eq(papers.voucher, subject.id))
  return db.select().from(papers).where(where).orderBy(asc(papers.at), asc(papers.file))
}

/** Papers of several vouchers of one or more enterprises, keyed as `keyOf` says. */
export async function listPapersOf(
  db: Db,
  subjects: readonly Subject[],
): Promise<Map<string, Paper[]>> {
  const rows = await inPages(subjects, (ids) =>
    db.select().from(papers).where(inArray(papers.voucher, ids)).orderBy(asc(papers.at)),
  )
  return Map.groupBy(rows, (row) => keyOf({ enterprise: row.enterprise, id: row.voucher }))
}

export function insertPaper(db: Db, { file, ...rest }: NewPaper): Statement {
  const { id, name, size, sha256 } = file
  return db
    .insert(papers)
    .values({ ...rest, file: id, name, size, sha256 })
    .onConflictDoNothing()
}

export function deletePaper(db: Db, subject: Subject, file: string): Statement {
  return db
    .delete(papers)
    .where(
      and(
        eq(papers.enterprise, subject.enterprise),
        eq(papers.voucher, subject.id),
        eq(papers.file, file),
      ),
    )
}

/** Drops the papers of a draft that never became a voucher. */
export function deletePapers(db: Db, { enterprise, id }: Subject): Statement {
  return db.delete(papers).where(and(eq(papers.enterprise, enterprise), eq(papers.voucher, id)))
}

export type QrRow = typeof qrTokens.$inferSelect

export function insertQr(db: Db, row: QrRow): Statement {
  return db.insert(qrTokens).values(row).onConflictDoNothing()
}

export async function findQr(db: Db, hash: string): Promise<QrRow | undefined> {
  return db.select().from(qrTokens).where(eq(qrTokens.hash, hash)).get()
}

/** Which of the hashes have no row yet; at most one page of vouchers at a time. */
export async function missingQr(db: Db, hashes: readonly string[]): Promise<string[]> {
  const { hash } = qrTokens
  const rows = await db
    .select({ hash })
    .from(qrTokens)
    .where(inArray(hash, [...hashes]))
  const known = new Set(rows.map((row) => row.hash))
  return hashes.filter((hash) => !known.has(hash))
}

/** From the mirror, newest first: vouchers that wait for this carrier. */
export async function listWaiting(db: Db, carrier: string, limit: number): Promise<Voucher[]> {
  return db
    .select()
    .from(vouchers)
    .where(and(eq(vouchers.carrier, carrier), eq(vouchers.state, 'unconfirmed')))
    .orderBy(asc(vouchers.issued_at))
    .limit(limit)
}

/** From the mirror: unconfirmed vouchers whose deadline has come at `now`, epoch ms, by id. */
export async function listOverdue(
  db: Db,
  now: number,
  after: string,
  limit: number,
): Promise<Subject[]> {
  const confirm_by = sql`json_extract(${vouchers.form}, '$.confirm_by')`
  return db
    .select({ enterprise: vouchers.enterprise, id: vouchers.id })
    .from(vouchers)
    .where(and(gt(vouchers.id, after), eq(vouchers.state, 'unconfirmed'), lte(confirm_by, now)))
    .orderBy(asc(vouchers.id))
    .limit(limit)
}

const SEARCH_PAGE = 50

/** From the mirror, newest first: a page of what a bureau looks for, and how much there is. */
export async function searchVouchers(
  db: Db,
  search: Search,
): Promise<{ vouchers: Voucher[]; count: number; pages: number }> {
  const where = and(
    inRegion(vouchers.region, search.region),
    search.state && eq(vouchers.state, search.state),
    search.year === undefined ? undefined : eq(vouchers.year, search.year),
    search.word === '' ? undefined : mentions(search.word),
  )
  const [found, counted] = await Promise.all([
    db
      .select()
      .from(vouchers)
      .where(where)
      .orderBy(desc(vouchers.issued_at))
      .limit(SEARCH_PAGE)
      .offset((search.page - 1) * SEARCH_PAGE),
    db.select({ n: count() }).from(vouchers).where(where).get(),
  ])
  const n = counted?.n ?? 0
  return { vouchers: found, count: n, pages: Math.max(1, Math.ceil(n / SEARCH_PAGE)) }
}

/** instr and not LIKE: no wildcards to escape, and no limit of sixteen Han characters. */
function mentions(word: string): SQL {
  const { form, number } = vouchers
  return sql`(instr(${number}, ${word.toUpperCase()}) > 0
    or instr(json_extract(${form}, '$.enterprise_name'), ${word}) > 0
    or instr(json_extract(${form}, '$.carrier_name'), ${word}) > 0
    or ${word.toUpperCase()} in (json_extract(${form}, '$.enterprise_uscc'),
      json_extract(${form}, '$.carrier_uscc')))`
}

/** Those of the enterprises that there are. */
export async function listKnown(db: Db, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const { id } = enterprises
  const rows = await db
    .select({ id })
    .from(enterprises)
    .where(sql`${id} in (select value from json_each(${JSON.stringify(ids)}))`)
  return new Set(rows.map((row) => row.id))
}

/** One voucher among those of all enterprises. */
export function keyOf({ enterprise, id }: Subject): string {
  return `${enterprise}/${id}`
}

/** D1 binds at most 100 parameters in a statement. */
const KEYS_MAX = 90

/** What is read of the subjects, as many ids at a time as D1 binds. */
export async function inPages<T extends { enterprise: string; voucher: string }>(
  subjects: readonly Subject[],
  read: (ids: string[]) => Promise<T[]>,
): Promise<T[]> {
  const wanted = new Set(subjects.map(keyOf))
  const found: T[] = []
  for (let from = 0; from < subjects.length; from += KEYS_MAX) {
    found.push(...(await read(subjects.slice(from, from + KEYS_MAX).map(({ id }) => id))))
  }
  return found.filter(({ enterprise, voucher }) => wanted.has(keyOf({ enterprise, id: voucher })))
}
