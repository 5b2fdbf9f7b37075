/**
 * What redemption does and tells: adding papers, a bureau's decision with the payment that an
 * approval makes, and what waits at a bureau. Money moves only through the ledger.
 */
import { storeUploads } from '../attachment/client.ts'
import type { UploadRefusal } from '../attachment/client.ts'
import type { AnyActor, BureauActor } from '../kernel/actor.ts'
import type { Outcome, Refusal } from '../kernel/outcome.ts'
import { nudge, post } from '../ledger/client.ts'
import type { LedgerRefusal, Receipt, Voucher } from '../ledger/rules.ts'
import { recentHints } from '../live/client.ts'
import type { Topic } from '../live/client.ts'
import { MIRROR_LAG_MS } from '../live/rules.ts'
import type { Bindings } from '../platform/bindings.ts'
import { commit, dbOf } from '../platform/db.ts'
import type { Db, Statement } from '../platform/db.ts'
import type { Posted } from '../platform/form.ts'
import { decidedAt } from '../policy/client.ts'
import { addPaper, claimInvoice, useFormOf } from '../voucher/client.ts'
import type { Invoice, Paper, PaperKind } from '../voucher/rules.ts'
import type { Payment } from './payment-rules.ts'
import { countPayable, insertPayment, listPaymentsOf } from './payment-store.ts'
import type { NewPayment } from './payment-store.ts'
import { readTypedInvoice } from './rules.ts'
import type { Decision, InvoiceRefusal } from './rules.ts'
import { countWaiting } from './store.ts'

export { itemsOf } from './store.ts'
export { findPayment, insertPayment, insertResult } from './payment-store.ts'
export type { NewPayment, NewResult } from './payment-store.ts'

/** Field → why it was not taken; {} when everything was. */
export type PapersRefused = Record<
  string,
  Refusal<UploadRefusal | 'files_too_many' | InvoiceRefusal | 'invoice_already_used'>
>

type Saving = {
  voucher: Voucher
  papers: readonly Paper[]
  invoice: Invoice | undefined
  kinds: readonly PaperKind[]
  posted: Pick<Posted, 'typed' | 'files'>
  by: string
  at: number
}

/**
 * Adds files and the invoice number to a voucher (SPEC D2, U4). What can be taken is taken: one
 * file that is refused costs neither the others nor the number.
 */
export async function savePapers(
  env: Bindings,
  saving: Saving,
  audit: (after: unknown) => Statement,
): Promise<PapersRefused> {
  const { voucher, papers, invoice, kinds, posted, by, at } = saving
  const db = dbOf(env)
  const { id, enterprise } = voucher
  const refused: PapersRefused = {}
  const added: { kind: PaperKind; name: string; sha256: string }[] = []
  const statements: Statement[] = []
  for (const kind of kinds) {
    const files = posted.files[kind] ?? []
    const already = papers.length + added.length
    const result = await storeUploads(env, { owner: enterprise, files, already, by, at })
    for (const file of result.stored) {
      statements.push(addPaper(db, { enterprise, voucher: id, kind, file, at, by }))
      added.push({ kind, name: file.name, sha256: file.sha256 })
    }
    const [first] = result.refused
    if (first) refused[kind] = first
  }
  const typed = readTypedInvoice(posted.typed, invoice)
  if (!typed.ok) refused[typed.field] = typed.refusal
  else if (typed.value) {
    const claimed = await claimInvoice(env, { ...typed.value, enterprise, voucher: id, at })
    if (!claimed.ok) refused['invoice_number'] = claimed
  }
  const number = typed.ok && !refused['invoice_number'] ? typed.value : null
  if (added.length > 0 || number) statements.push(audit({ papers: added, invoice: number }))
  await commit(db, statements)
  return refused
}

/** The payment that an approval makes: who is paid, how much, and who must not pay it out. */
export function paymentFor(
  voucher: Voucher,
  approved: { redemption: string; paid_fen: number; at: number },
  reviewer: Pick<AnyActor, 'account' | 'name'>,
): NewPayment {
  const form = useFormOf(voucher)
  const own = voucher.payee === 'enterprise'
  const { id, enterprise, number, region, year, payee } = voucher
  return {
    enterprise,
    voucher: id,
    number,
    region,
    year,
    payee,
    ...approved,
    payee_id: own ? enterprise : voucher.carrier,
    payee_name: own ? form.enterprise_name : form.carrier_name,
    reviewed_by: reviewer.account,
    reviewed_by_name: reviewer.name,
  }
}

type Deciding = { actor: BureauActor; key: string; at: number }

/**
 * A bureau's decision on one redemption (SPEC D4), in the name of the voucher's region. An approval
 * makes the payment too; should that fail, the nightly run makes it. `audit` gets the instant at
 * which the ledger decided, epoch ms: the same press again is the same decision.
 */
export async function decideRedemption(
  env: Bindings,
  { voucher, redemption }: { voucher: Voucher; redemption: string },
  decision: Decision,
  { actor, key, at }: Deciding,
  audit: (after: unknown, at: number) => Statement,
): Promise<Outcome<Receipt, LedgerRefusal | 'unavailable'>> {
  const command = { ...decision, redemption, acting_for: voucher.region }
  const answer = await post(env, voucher.enterprise, { key, actor, at, command })
  if (!answer.ok) return answer
  const db = dbOf(env)
  const statements = [audit({ redemption, ...decision }, answer.value.at)]
  if (decision.kind === 'approve') {
    const { paid_fen } = decision
    const approved = { redemption, paid_fen, at: answer.value.at }
    statements.push(insertPayment(db, paymentFor(voucher, approved, actor)))
  }
  await commit(db, statements)
  return answer
}

/** How the payment of a voucher stands, for its page; undefined before it was approved. */
export async function paymentOfVoucher(
  db: Db,
  voucher: { enterprise: string; id: string },
): Promise<Payment | undefined> {
  const found = await listPaymentsOf(db, [voucher.id])
  return found.find((payment) => payment.enterprise === voucher.enterprise)
}

/** How many redemptions wait for this bureau's own decision, for 「待办」 and the menu. */
export async function redemptionsWaiting(db: Db, bureau: string): Promise<number> {
  return sumAtDesk(db, bureau, await countWaiting(db, bureau))
}

/** How many payments wait for this bureau's finance staff: 待拨付 and 拨付失败. */
export async function paymentsWaiting(db: Db, bureau: string): Promise<number> {
  return sumAtDesk(db, bureau, await countPayable(db, bureau))
}

/** A city's bureau sees all its counties and decides for those without a bureau of their own. */
async function sumAtDesk(
  db: Db,
  bureau: string,
  counts: readonly { region: string; total: number }[],
): Promise<number> {
  const regions = counts.map(({ region }) => region)
  const own = await decidedAt(db, bureau, regions)
  return counts.reduce((sum, { region, total }) => (own.has(region) ? sum + total : sum), 0)
}

/** What ledgers speak of. Registrations, bookings and the catalogue are none of theirs. */
const OF_LEDGERS: ReadonlySet<Topic> = new Set(['voucher', 'redemption', 'book'])
/** How many ledgers are asked at most; the rest come with the mirror's own pace. */
const NUDGED_MAX = 20

/**
 * Mirrors the ledgers that spoke on this channel a moment ago, so that a list read from D1 holds
 * what its reader has just heard of, or done.
 */
export async function catchUp(
  env: Pick<Bindings, 'LEDGER' | 'CHANNEL'>,
  channel: string,
  at: number,
): Promise<void> {
  const hints = await recentHints(env, channel, at - MIRROR_LAG_MS)
  const spoke = hints.filter(({ topic, enterprise }) => OF_LEDGERS.has(topic) && enterprise !== '')
  const enterprises = [...new Set(spoke.map(({ enterprise }) => enterprise))]
  await Promise.all(enterprises.slice(-NUDGED_MAX).map((one) => nudge(env, one)))
}
