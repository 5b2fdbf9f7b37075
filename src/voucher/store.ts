/** Rows of drafts, papers, invoices and QR codes. Reads answer the rules' types, writes statements. */
import { and, asc, eq, inArray } from 'drizzle-orm'
import type { Db, Statement } from '../platform/db.ts'
import type { StoredFile } from '../attachment/client.ts'
import type { Invoice, Paper, PaperKind } from './rules.ts'
import { invoices, papers } from './tables.ts'

/** D1 binds at most 100 parameters in a statement. */
const KEYS_MAX = 90

async function inPages<T>(
  keys: readonly string[],
  read: (some: string[]) => Promise<T[]>,
): Promise<T[]> {
  const found: T[] = []
  for (let from = 0; from < keys.length; from += KEYS_MAX) {
    found.push(...(await read(keys.slice(from, from + KEYS_MAX))))
  }
  return found
}

export async function listPapers(
  db: Db,
  vouchers: readonly string[],
): Promise<(Paper & { voucher: string })[]> {
  return inPages(vouchers, (some) =>
    db.select().from(papers).where(inArray(papers.voucher, some)).orderBy(asc(papers.at)),
  )
}

export function insertPaper(
  db: Db,
  paper: {
    voucher: string
    enterprise: string
    kind: PaperKind
    file: Pick<StoredFile, 'id' | 'name' | 'size' | 'sha256'>
    at: number
    by: string
  },
): Statement {
  const { file, ...rest } = paper
  return db
    .insert(papers)
    .values({ ...rest, file: file.id, name: file.name, size: file.size, sha256: file.sha256 })
    .onConflictDoNothing()
}

export async function listInvoices(
  db: Db,
  vouchers: readonly string[],
): Promise<Map<string, Invoice>> {
  const rows = await inPages(vouchers, (some) =>
    db.select().from(invoices).where(inArray(invoices.voucher, some)),
  )
  return new Map(rows.map((row) => [row.voucher, { code: row.code, number: row.number }]))
}

type InvoiceRow = typeof invoices.$inferSelect

export async function findInvoiceHolder(db: Db, invoice: Invoice): Promise<InvoiceRow | undefined> {
  return db
    .select()
    .from(invoices)
    .where(and(eq(invoices.code, invoice.code), eq(invoices.number, invoice.number)))
    .get()
}

export function insertInvoice(db: Db, row: InvoiceRow): Statement {
  return db.insert(invoices).values(row)
}

/** Frees the invoice of one voucher. */
export function deleteInvoice(db: Db, row: { voucher: string }): Statement {
  return db.delete(invoices).where(eq(invoices.voucher, row.voucher))
}
