/** What other slices may ask of a voucher beside its money: its form, papers and invoice. */
import { FILES_MAX } from '../attachment/client.ts'
import { findBooking } from '../booking/client.ts'
import type { BookingRecord } from '../booking/client.ts'
import type { Booking } from '../booking/rules.ts'
import { findCarrier, findInstrument, findService } from '../catalogue/client.ts'
import { isOffered } from '../catalogue/rules.ts'
import type { Carrier } from '../catalogue/rules.ts'
import { dayOf, yearOf } from '../kernel/clock.ts'
import { isId } from '../kernel/id.ts'
import { accept, refuse } from '../kernel/outcome.ts'
import type { Outcome } from '../kernel/outcome.ts'
import { readLedger, readVoucher } from '../ledger/client.ts'
import type { Voucher } from '../ledger/rules.ts'
import type { Bindings } from '../platform/bindings.ts'
import { commit, commitOnce, dbOf } from '../platform/db.ts'
import type { Db, Statement } from '../platform/db.ts'
import { hashOf, keyedToken } from '../platform/token.ts'
import { policyOf } from '../policy/client.ts'
import type { Policy } from '../policy/rules.ts'
import { registrationOf } from '../registration/client.ts'
import type { RegistrationVersion } from '../registration/rules.ts'
import { DEAD_STATES, sameContract } from './contract-rules.ts'
import * as registry from './invoice-store.ts'
import type { Invoice, Paper, UseForm } from './rules.ts'
import * as store from './store.ts'
import type { NewPaper, Subject } from './store.ts'
import type { Typed, UseFacts } from './use-rules.ts'

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
  return read ? DEAD_STATES.includes(read.voucher.state) : at - held.at > PENDING_MS
}

export type UseGround = {
  /** The data in force; null unless the registration counts now. */
  registration: RegistrationVersion | null
  policy: Policy
  carrier: Carrier | undefined
  service: Chosen | undefined
  booking: BookingRecord | undefined
  papers: Paper[]
  facts: UseFacts
  /** True where a voucher of this id stands already. */
  made: boolean
}

/** What is bought: a service of the carrier, or the instrument that was booked. */
type Chosen = { id: string; name: string; category: string }

/**
 * Everything the rules of a use want to know, read now. A booking in the form decides carrier and
 * service; `voucher` is the id the use would get, whose papers may be there already.
 */
export async function useGround(
  env: Bindings,
  use: { enterprise: string; voucher: string; typed: Typed; at: number },
): Promise<UseGround> {
  const db = dbOf(env)
  const { enterprise, voucher, typed, at } = use
  const { state, approved } = await registrationOf(db, enterprise)
  const registration = state === 'approved' ? approved : null
  const county = registration?.county ?? ''
  const booking = await findUsable(db, use)
  const [policy, ledger, carrier, service, papers] = await Promise.all([
    policyOf(db, county, yearOf(at), at),
    readLedger(env, enterprise, at),
    findCarrier(db, booking?.carrier ?? typed['carrier'] ?? ''),
    findChosen(db, typed, booking),
    store.listPapers(db, { enterprise, id: voucher }),
  ])
  const offered = service && service.carrier === carrier?.id ? service : undefined
  const book = ledger.books.find((one) => one.region === county && one.year === yearOf(at))
  const contract_number = typed['contract_number'] ?? ''
  const facts: UseFacts = {
    registered: registration,
    available_fen: book?.accounts.available ?? 0,
    policy,
    carrier: carrier ?? null,
    service: offered ?? null,
    booked: booking !== undefined,
    same_contract_fen: sameContract(ledger.vouchers, {
      carrier: carrier?.id ?? '',
      contract_number,
      except: voucher,
    }),
    papers,
    papers_max: FILES_MAX,
    today: dayOf(at),
  }
  const made = ledger.vouchers.some((one) => one.id === voucher)
  return { registration, policy, carrier, service: offered, booking, papers, facts, made }
}

/**
 * What is used: what was booked, which goes on though it was withdrawn meanwhile; where only the
 * organisation was booked, or nothing, a service that is offered now.
 */
async function findChosen(
  db: Db,
  typed: Typed,
  booking: Booking | undefined,
): Promise<(Chosen & { carrier: string }) | undefined> {
  if (booking?.instrument) {
    const instrument = await findInstrument(db, booking.instrument)
    return instrument && { ...instrument, category: '仪器共享' }
  }
  if (booking?.service) return findService(db, booking.service)
  const service = await findService(db, typed['service'] ?? '')
  return service && isOffered(service) ? service : undefined
}

/** A booking that may be used now, or was taken for this very use a moment ago. */
export async function findUsable(
  db: Db,
  use: { enterprise: string; voucher: string; typed: Typed; at: number },
): Promise<BookingRecord | undefined> {
  const id = use.typed['booking'] ?? ''
  const found = isId(id) ? await findBooking(db, id, use.at) : undefined
  if (found?.enterprise !== use.enterprise) return undefined
  return found.state === 'accepted' || found.voucher === use.voucher ? found : undefined
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
