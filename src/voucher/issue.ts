/**
 * Makes a voucher of a form that every rule lets through (SPEC U2): invoice and booking are held
 * first, then the money. Refuses what somebody else took in that moment; a booking is let go at
 * once where it is certain that nothing came of it, and after a while where nobody knows.
 */
import { auditOnce } from '../audit/client.ts'
import { auditBy, releaseBooking, takeBooking } from '../booking/client.ts'
import type { Using } from '../booking/client.ts'
import { parseFen } from '../kernel/amount.ts'
import { DAY_MS, yearOf } from '../kernel/clock.ts'
import { newId } from '../kernel/id.ts'
import { post, readVoucher } from '../ledger/client.ts'
import type { CommandOf, LedgerEvent, Voucher } from '../ledger/rules.ts'
import { refusalText } from '../ledger/strings.ts'
import type { Ctx } from '../platform/bindings.ts'
import { commit, dbOf } from '../platform/db.ts'
import type { Statement } from '../platform/db.ts'
import type { Errors } from '../platform/form.ts'
import { enterpriseOf } from '../platform/guard.ts'
import { claimInvoice } from './client.ts'
import type { UseGround } from './ground.ts'
import { deleteInvoice } from './invoice-store.ts'
import { errorsOf } from './refusal-view.tsx'
import { readInvoice, voucherNumber } from './rules.ts'
import type { UseForm } from './rules.ts'
import { deleteDraft } from './store.ts'
import { payeeOf } from './use-rules.ts'
import type { Typed, UseField, UseRefusal } from './use-rules.ts'

/** A form: the id that its voucher gets, what was typed, and what it stands on. */
type Filled = { id: string; typed: Typed; ground: UseGround }

/** `idle` is the booking that was taken for nothing. */
type Refused = { errors: Errors; idle?: Using }

/**
 * `again` where this form's voucher stands already: another agent, or the same one a moment ago,
 * made it. Throws 503 where that is not to be learned.
 */
export async function issue(c: Ctx, filled: Filled): Promise<'made' | 'again' | Errors> {
  const refused = await tryIssue(c, filled)
  if (!refused) return 'made'
  if (await finishMade(c, filled.id)) return 'again'
  const { errors, idle } = refused
  // Only as this try took it: the same form may be on its way once more.
  if (idle) await releaseBooking(c.env, { ...idle, taken_at: idle.at })
  return errors
}

/**
 * True where the voucher of this id stands; whoever made it may have stopped, or missed the answer,
 * before the audit and the draft had it. Throws 503 where its ledger is out of reach.
 */
export async function finishMade(c: Ctx, id: string): Promise<boolean> {
  const made = await readVoucher(c.env, enterpriseOf(c).enterprise, id, c.var.now)
  if (!made) return false
  const issued = made.events.find(({ kind }) => kind === 'issue')
  if (issued) await commit(dbOf(c.env), recordsOf(c, made.voucher, issued))
  return true
}

/** The audit row of an issue, once, and the end of its draft. */
function recordsOf(
  c: Ctx,
  { enterprise, id, region, number, amount_fen, carrier }: Voucher,
  { at, actor }: Pick<LedgerEvent, 'at' | 'actor'>,
): Statement[] {
  const what = { at, actor, action: 'voucher.issue', subject: `voucher:${id}`, region }
  return [
    deleteDraft(dbOf(c.env), { enterprise, id }),
    auditOnce(c, { ...what, after: { number, amount_fen, carrier } }),
  ]
}

async function tryIssue(c: Ctx, { id, typed, ground }: Filled): Promise<Refused | undefined> {
  const actor = enterpriseOf(c)
  const { enterprise } = actor
  const db = dbOf(c.env)
  const invoice = readInvoice(typed['invoice_code'] ?? '', typed['invoice_number'] ?? '')
  if (invoice.ok && invoice.value) {
    const claim = { ...invoice.value, enterprise, voucher: id, at: c.var.now }
    const held = await claimInvoice(c.env, claim)
    if (!held.ok) return refusedBy(c, 'invoice_number', held.code)
  }
  const { booking } = ground
  const use = booking && { booking: booking.id, voucher: id, actor, ...auditBy(c) }
  if (use && !(await takeBooking(c.env, use))) return refusedBy(c, 'form', 'booking_taken')
  const command = commandOf(c, { id, typed, ground })
  // The voucher's id lets only one through. A key of its own keeps a refusal from being replayed
  // to a form that has been corrected since.
  const answer = await post(c.env, enterprise, { key: newId(), actor, at: c.var.now, command })
  if (!answer.ok) {
    const field = answer.code === 'exceeds_available' ? 'amount' : 'form'
    const errors = { [field]: refusalText(c.var.lang, answer) }
    // Nobody knows what became of it: the booking stays until the mirror tells, or time does.
    return answer.code === 'unavailable' || !use ? { errors } : { errors, idle: use }
  }
  // A number that an earlier try of this form held and this one no longer names goes free.
  const unnamed = invoice.ok && !invoice.value ? [deleteInvoice(db, { enterprise, id })] : []
  const { voucher, at } = answer.value
  await commit(db, [...unnamed, ...(voucher ? recordsOf(c, voucher, { at, actor }) : [])])
  return undefined
}

function refusedBy(c: Ctx, field: UseField, code: UseRefusal['code']): Refused {
  return { errors: errorsOf(c, [{ field, code, facts: {} }]) }
}

function commandOf(c: Ctx, { id, typed, ground }: Filled): CommandOf<'issue'> {
  const region = ground.registration?.county ?? ''
  return {
    kind: 'issue',
    voucher: id,
    number: voucherNumber(id, yearOf(c.var.now), region),
    region,
    amount_fen: parseFen(typed['amount'] ?? '') ?? 0,
    carrier: ground.carrier?.id ?? '',
    payee: payeeOf(typed, ground.policy) ?? 'enterprise',
    form: formOf(c, { id, typed, ground }),
  }
}

function formOf(c: Ctx, { typed, ground }: Filled): UseForm {
  const { registration, carrier, service, policy, booking, papers } = ground
  const text = (name: string) => (typed[name] ?? '').trim()
  return {
    carrier_name: carrier?.name ?? '',
    carrier_uscc: carrier?.uscc ?? '',
    service: service?.id ?? '',
    service_name: service?.name ?? '',
    category: text('category'),
    contract_name: text('contract_name'),
    contract_number: text('contract_number'),
    contract_fen: parseFen(text('contract_amount')) ?? 0,
    contract_day: text('contract_day'),
    starts_day: text('starts_day'),
    ends_day: text('ends_day'),
    contact: text('contact'),
    enterprise_name: registration?.name ?? '',
    enterprise_uscc: registration?.uscc ?? '',
    county: registration?.county ?? '',
    papers: papers.map(({ kind, file, name, size, at }) => ({ kind, file, name, size, at })),
    commitment: policy.commitment,
    booking: booking?.id ?? null,
    ratio_percent: policy.ratio_percent.value,
    confirm_by: policy.confirm_days === null ? null : c.var.now + policy.confirm_days * DAY_MS,
  }
}
