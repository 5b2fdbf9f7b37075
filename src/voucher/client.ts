/** What other slices may ask of a voucher beside its money: its form, papers, invoice, booking. */
import { releaseBooking } from '../booking/client.ts'
import type { Using } from '../booking/client.ts'
import { DEAD_VOUCHERS } from '../booking/rules.ts'
import { isId } from '../kernel/id.ts'
import { accept, refuse } from '../kernel/outcome.ts'
import type { Outcome } from '../kernel/outcome.ts'
import { readVoucher } from '../ledger/client.ts'
import type { VoucherHistory } from '../ledger/client.ts'
import type { Voucher } from '../ledger/rules.ts'
import type { Bindings } from '../platform/bindings.ts'
import { commit, commitOnce, dbOf } from '../platform/db.ts'
import type { Db, Statement } from '../platform/db.ts'
import { hashOf, keyedToken } from '../platform/token.ts'
import * as registry from './invoice-store.ts'
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

/**
 * Vouchers whose ids came from an address or a form, with their histories; what is not there is
 * left out. An object comes to be by being asked, so no ledger is asked of an enterprise unknown.
 */
export async function findVouchers(
  env: Pick<Bindings, 'DB' | 'LEDGER'>,
  named: readonly Subject[],
  at: number,
): Promise<VoucherHistory[]> {
  const ids = named.filter(({ enterprise, id }) => isId(enterprise) && isId(id))
  const enterprises = ids.map(({ enterprise }) => enterprise)
  const known = await store.listKnown(dbOf(env), enterprises)
  const found = await Promise.all(
    ids
      .filter(({ enterprise }) => known.has(enterprise))
      .map(({ enterprise, id }) => readVoucher(env, enterprise, id, at)),
  )
  return found.filter((one) => one !== null)
}

/** The same for one. */
export async function findVoucher(
  env: Pick<Bindings, 'DB' | 'LEDGER'>,
  named: Subject,
  at: number,
): Promise<VoucherHistory | undefined> {
  return (await findVouchers(env, [named], at))[0]
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

/**
 * Gives back the bookings of vouchers that have just ended for good, for another use; open pages of
 * both sides hear of it. `by` is who ended them. Those that live, and null, are passed over.
 */
export async function freeBookings(
  env: Pick<Bindings, 'DB' | 'CHANNEL'>,
  vouchers: readonly (Voucher | null)[],
  by: Omit<Using, 'booking' | 'voucher'>,
): Promise<void> {
  for (const one of vouchers) {
    const booking = one && DEAD_VOUCHERS.includes(one.state) && useFormOf(one).booking
    if (booking) await releaseBooking(env, { ...by, booking, voucher: one.id })
  }
}

/** The invoice a voucher stands for; undefined while none is entered. */
export async function invoiceOf(db: Db, voucher: Subject): Promise<Invoice | undefined> {
  return (await registry.listInvoicesOf(db, [voucher])).get(store.keyOf(voucher))
}

/** The invoices of several vouchers, keyed by `keyOf(voucher)`. */
export async function invoicesOf(
  db: Db,
  vouchers: readonly Subject[],
): Promise<Map<string, Invoice>> {
  return registry.listInvoicesOf(db, vouchers)
}

/** A claim made just before an issue whose voucher is not there yet holds for this long. */
const PENDING_MS = 10 * 60_000

export type InvoiceClaim = Invoice & { enterprise: string; voucher: string; at: number }

/**
 * Ties an invoice to a voucher, in place of the one it had. Another living voucher of the province
 * with the same invoice refuses it, and nothing of that other party is told (U2). The table's key
 * lets one through; a row is taken over only as it was read, so that a holder who claims it again
 * in that moment keeps it.
 */
export async function claimInvoice(
  env: Pick<Bindings, 'DB' | 'LEDGER'>,
  claim: InvoiceClaim,
): Promise<Outcome<Invoice, 'invoice_already_used'>> {
  const db = dbOf(env)
  const { code, number, enterprise, voucher, at } = claim
  const held = await registry.findInvoiceHolder(db, claim)
  if (held?.enterprise === enterprise && held.voucher === voucher) {
    const kept = await registry.renewInvoice(db, held, at)
    return kept ? accept({ code, number }) : claimInvoice(env, claim)
  }
  if (held && !(await isFree(env, held, at))) return refuse('invoice_already_used')
  const statements = [
    ...(held ? [registry.deleteInvoiceRow(db, held)] : []),
    registry.deleteInvoice(db, { enterprise, id: voucher }),
    registry.insertInvoice(db, { code, number, enterprise, voucher, at }),
  ]
  return (await commitOnce(db, statements))
    ? accept({ code, number })
    : refuse('invoice_already_used')
}

/**
 * A voucher that has ended never comes back to life, so its ledger's word is final. One that is not
 * there may be on its way still: it came to nothing only after a while.
 */
async function isFree(
  env: Pick<Bindings, 'LEDGER'>,
  held: InvoiceClaim,
  at: number,
): Promise<boolean> {
  const read = await readVoucher(env, held.enterprise, held.voucher, at)
  return read ? DEAD_VOUCHERS.includes(read.voucher.state) : at - held.at > PENDING_MS
}

/**
 * The addresses that the QR codes of vouchers open, keyed by voucher id. A missing row is written
 * on the way, so that a crash between issue and token loses nothing (V5).
 */
export async function qrLinks(
  env: Pick<Bindings, 'DB' | 'SESSION_KEY' | 'ORIGIN'>,
  vouchers: readonly Subject[],
  at: number,
): Promise<Map<string, string>> {
  const db = dbOf(env)
  const tokens = vouchers.map((one) => keyedToken(env.SESSION_KEY, 'qr', store.keyOf(one)))
  const missing = new Set(await store.missingQr(db, tokens.map(hashOf)))
  const rows = vouchers.flatMap(({ enterprise, id }, place) => {
    const hash = hashOf(tokens[place] ?? '')
    return missing.has(hash) ? [store.insertQr(db, { hash, enterprise, voucher: id, at })] : []
  })
  await commit(db, rows)
  return new Map(vouchers.map(({ id }, place) => [id, `${env.ORIGIN}/v/${tokens[place] ?? ''}`]))
}
