/** Which voucher each invoice stands for. The table's key lets one living voucher have it. */
import { and, eq, inArray } from 'drizzle-orm'
import type { Db, Statement } from '../platform/db.ts'
import type { Invoice } from './rules.ts'
import { inPages, keyOf } from './store.ts'
import type { Subject } from './store.ts'
import { invoices } from './tables.ts'

export type InvoiceRow = typeof invoices.$inferSelect

/** Invoices of several vouchers, keyed as `keyOf` says. */
export async function listInvoicesOf(
  db: Db,
  subjects: readonly Subject[],
): Promise<Map<string, Invoice>> {
  const rows = await inPages(subjects, (ids) =>
    db.select().from(invoices).where(inArray(invoices.voucher, ids)),
  )
  return new Map(
    rows.map(({ enterprise, voucher, code, number }) => [
      keyOf({ enterprise, id: voucher }),
      { code, number },
    ]),
  )
}

export async function findInvoiceHolder(db: Db, invoice: Invoice): Promise<InvoiceRow | undefined> {
  return db
    .select()
    .from(invoices)
    .where(and(eq(invoices.code, invoice.code), eq(invoices.number, invoice.number)))
    .get()
}

/** Says that its holder still wants it; false where the row is no longer the one that was read. */
export async function renewInvoice(db: Db, row: InvoiceRow, at: number): Promise<boolean> {
  const renewed = await db
    .update(invoices)
    .set({ at: Math.max(at, row.at) })
    .where(isRow(row))
    .returning({ at: invoices.at })
  return renewed.length === 1
}

/** Takes out the row that was read, and not one that its holder renewed since. */
export function deleteInvoiceRow(db: Db, row: InvoiceRow): Statement {
  return db.delete(invoices).where(isRow(row))
}

const isRow = ({ code, number, enterprise, voucher, at }: InvoiceRow) =>
  and(
    eq(invoices.code, code),
    eq(invoices.number, number),
    eq(invoices.enterprise, enterprise),
    eq(invoices.voucher, voucher),
    eq(invoices.at, at),
  )

export function insertInvoice(db: Db, row: InvoiceRow): Statement {
  return db.insert(invoices).values(row)
}

/** Frees the invoice of one voucher. */
export function deleteInvoice(db: Db, subject: Subject): Statement {
  return db
    .delete(invoices)
    .where(and(eq(invoices.enterprise, subject.enterprise), eq(invoices.voucher, subject.id)))
}
