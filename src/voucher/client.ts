/** What other slices may ask of a voucher beside its money: its form, papers and invoice. */
import { readVoucher } from '../ledger/client.ts'
import type { Voucher } from '../ledger/rules.ts'
import { accept, refuse } from '../kernel/outcome.ts'
import type { Outcome } from '../kernel/outcome.ts'
import type { Bindings } from '../platform/bindings.ts'
import { commitOnce, dbOf } from '../platform/db.ts'
import type { Db, Statement } from '../platform/db.ts'
import { DEAD_STATES } from './contract-rules.ts'
import type { Invoice, Paper, UseForm } from './rules.ts'
import * as store from './store.ts'
import type { NewPaper, Subject } from './store.ts'

export { readInvoice } from './rules.ts'
export { keyOf } from './store.ts'
export type { NewPaper } from './store.ts'

/** A voucher as the ledger answers it, or a row of its mirror, whose form is JSON text. */
type WithForm = Pick<Voucher, 'id' | 'enterprise' | 'form'>

/** The 创新券使用登记表 of a voucher, from the ledger or from its mirror. */
export function useFormOf(voucher: { form: unknown }): UseForm {
  const form = typeof voucher.form === 'string' ? JSON.parse(voucher.form) : voucher.form
  return form as UseForm
}

/** All papers of a voucher: those of its form and those added later, oldest first. */
export async function papersOf(db: Db, voucher: WithForm): Promise<Paper[]> {
  return merged(voucher, await store.listPapers(db, voucher))
}

/** The same for several vouchers in few queries, keyed by `keyOf(voucher)`. */
export async function papersOfAll(
  db: Db,
  vouchers: readonly WithForm[],
): Promise<Map<string, Paper[]>> {
  const rows = await store.listPapersOf(db, vouchers)
  return new Map(
    vouchers.map((one) => [store.keyOf(one), merged(one, rows.get(store.keyOf(one)) ?? [])]),
  )
}

function merged(voucher: WithForm, rows: readonly Paper[]): Paper[] {
  const form = useFormOf(voucher)
  const known = new Set(form.papers.map((paper) => paper.file))
  const later = rows.filter((row) => !known.has(row.file))
  return [...form.papers, ...later].sort((one, other) => one.at - other.at)
}

/**
 * Statement that adds a stored file to a voucher (U4). The caller counts to FILES_MAX and audits;
 * the same content under the same kind is added once.
 */
export function addPaper(db: Db, paper: NewPaper): Statement {
  return store.insertPaper(db, paper)
}

/** The invoice a voucher stands for; undefined while none is entered. */
export async function invoiceOf(db: Db, voucher: Subject): Promise<Invoice | undefined> {
  return (await store.listInvoicesOf(db, [voucher])).get(store.keyOf(voucher))
}

/** The invoices of several vouchers, keyed by `keyOf(voucher)`. */
export async function invoicesOf(
  db: Db,
  vouchers: readonly Subject[],
): Promise<Map<string, Invoice>> {
  return store.listInvoicesOf(db, vouchers)
}

/** A claim made just before an issue whose voucher is not there yet holds for this long. */
const PENDING_MS = 10 * 60_000

export type InvoiceClaim = Invoice & { enterprise: string; voucher: string; at: number }

/**
 * Ties an invoice to a voucher, in place of the one it had. Another living voucher of the province
 * with the same invoice refuses it, and nothing of that other party is told (U2).
 */
export async function claimInvoice(
  env: Pick<Bindings, 'DB' | 'LEDGER'>,
  claim: InvoiceClaim,
): Promise<Outcome<Invoice, 'invoice_already_used'>> {
  const db = dbOf(env)
  const { code, number, enterprise, voucher, at } = claim
  const held = await store.findInvoiceHolder(db, claim)
  if (held?.enterprise === enterprise && held.voucher === voucher) return accept({ code, number })
  if (held && !(await isFree(env, held, at))) return refuse('invoice_already_used')
  const statements = [
    ...(held ? [store.deleteInvoice(db, { ...held, id: held.voucher })] : []),
    store.deleteInvoice(db, { enterprise, id: voucher }),
    store.insertInvoice(db, { code, number, enterprise, voucher, at }),
  ]
  return (await commitOnce(db, statements))
    ? accept({ code, number })
    : refuse('invoice_already_used')
}

async function isFree(
  env: Pick<Bindings, 'LEDGER'>,
  held: InvoiceClaim,
  at: number,
): Promise<boolean> {
  const read = await readVoucher(env, held.enterprise, held.voucher, at)
  return read ? DEAD_STATES.includes(read.voucher.state) : at - held.at > PENDING_MS
}
