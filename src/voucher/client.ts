/** What other slices may ask of a voucher beside its money: its form, papers, invoice and QR code. */
import { readVoucher } from '../ledger/client.ts'
import { DEAD_STATES } from './contract-rules.ts'
import { accept, refuse } from '../kernel/outcome.ts'
import type { Outcome } from '../kernel/outcome.ts'
import type { Bindings } from '../platform/bindings.ts'
import { commitOnce, dbOf } from '../platform/db.ts'
import type { Db, Statement } from '../platform/db.ts'
import type { StoredFile } from '../attachment/client.ts'
import type { Invoice, Paper, PaperKind, UseForm } from './rules.ts'
import * as store from './store.ts'

/** The 创新券使用登记表 of a voucher, from the ledger or from its mirror. */
export function useFormOf(voucher: { form: unknown }): UseForm {
  const form = typeof voucher.form === 'string' ? JSON.parse(voucher.form) : voucher.form
  return form as UseForm
}

/** All papers of a voucher: those of its form and those added later, oldest first. */
export async function papersOf(db: Db, voucher: string, form: UseForm): Promise<Paper[]> {
  return merged(form, await store.listPapers(db, [voucher]))
}

/** The same for several vouchers in few queries, keyed by voucher id. */
export async function papersOfAll(
  db: Db,
  vouchers: readonly { id: string; form: unknown }[],
): Promise<Map<string, Paper[]>> {
  const rows = await store.listPapers(
    db,
    vouchers.map((voucher) => voucher.id),
  )
  const own = Map.groupBy(rows, (row) => row.voucher)
  return new Map(vouchers.map((one) => [one.id, merged(useFormOf(one), own.get(one.id) ?? [])]))
}

function merged(form: UseForm, rows: readonly Paper[]): Paper[] {
  const known = new Set(form.papers.map((paper) => paper.file))
  const later = rows.filter((row) => !known.has(row.file))
  return [...form.papers, ...later].sort((one, other) => one.at - other.at)
}

/** Statement that adds a stored file to a voucher. The caller counts to FILES_MAX and audits. */
export function addPaper(
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
  return store.insertPaper(db, paper)
}

export async function invoiceOf(db: Db, voucher: string): Promise<Invoice | undefined> {
  return (await store.listInvoices(db, [voucher])).get(voucher)
}

/** The invoices of several vouchers, keyed by voucher id. */
export async function invoicesOf(
  db: Db,
  vouchers: readonly string[],
): Promise<Map<string, Invoice>> {
  return store.listInvoices(db, vouchers)
}

/** A claim made just before an issue whose voucher is not there yet holds for this long. */
const PENDING_MS = 10 * 60_000

export type InvoiceClaim = Invoice & { voucher: string; enterprise: string; at: number }

/**
 * Ties an invoice to a voucher, in place of the one it had. Another living voucher of the province
 * with the same invoice refuses it, and nothing of that other party is told (U2).
 */
export async function claimInvoice(
  env: Bindings,
  claim: InvoiceClaim,
): Promise<Outcome<Invoice, 'invoice_already_used'>> {
  const db = dbOf(env)
  const held = await store.findInvoiceHolder(db, claim)
  if (held?.voucher === claim.voucher) return accept({ code: claim.code, number: claim.number })
  if (held && !(await isFree(env, held, claim.at))) return refuse('invoice_already_used')
  const statements = [
    ...(held ? [store.deleteInvoice(db, held)] : []),
    store.deleteInvoice(db, { voucher: claim.voucher }),
    store.insertInvoice(db, claim),
  ]
  if (!(await commitOnce(db, statements))) return refuse('invoice_already_used')
  return accept({ code: claim.code, number: claim.number })
}

async function isFree(env: Bindings, held: InvoiceClaim, at: number): Promise<boolean> {
  const read = await readVoucher(env, held.enterprise, held.voucher, at)
  if (read) return DEAD_STATES.includes(read.voucher.state)
  return at - held.at > PENDING_MS
}
