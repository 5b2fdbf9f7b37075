/**
 * 「使用创新券」: the form that makes a voucher at once (SPEC U1, U2). Nobody looks at a use before the
 * money is held, so what speaks against it is refused here, all at once and beside its field.
 */
import { Hono } from 'hono'
import type { Child } from 'hono/jsx'
import { auditOf } from '../audit/client.ts'
import { acceptedBookings, takeBooking } from '../booking/client.ts'
import { parseFen } from '../kernel/amount.ts'
import { DAY_MS, yearOf } from '../kernel/clock.ts'
import { isId, newId } from '../kernel/id.ts'
import { post, readVoucher } from '../ledger/client.ts'
import type { CommandOf } from '../ledger/rules.ts'
import { refusalText } from '../ledger/strings.ts'
import type { App, Ctx } from '../platform/bindings.ts'
import { commit, dbOf } from '../platform/db.ts'
import { readForm } from '../platform/form.ts'
import type { Errors } from '../platform/form.ts'
import { allow, enterpriseOf } from '../platform/guard.ts'
import { words } from '../platform/language.ts'
import { page, seeOther } from '../platform/respond.tsx'
import { Fragment, Layout } from '../ui/layout.tsx'
import { Notice } from '../ui/notice.tsx'
import { claimInvoice, useGround } from './client.ts'
import type { UseGround } from './client.ts'
import { BookingChoice, Drafts, MissingFirst } from './draft-view.tsx'
import type { Missing } from './draft-view.tsx'
import { keepDraft } from './enterprise-draft.tsx'
import { errorsOf } from './refusal-view.tsx'
import { deleteInvoice } from './invoice-store.ts'
import { readInvoice, voucherNumber } from './rules.ts'
import type { UseForm as Form } from './rules.ts'
import { deleteDraft, deletePaper, findDraft, listDrafts } from './store.ts'
import { SummaryFragment } from './summary-view.tsx'
import { decideUse, payeeOf } from './use-rules.ts'
import type { Typed } from './use-rules.ts'
import { strings } from './use-strings.ts'
import { UseForm } from './use-view.tsx'

export const door = new Hono<App>()

const guard = allow({ role: 'enterprise', scope: 'own', action: 'voucher.issue' })

door.get('/use', guard, async (c) => {
  const { enterprise } = enterpriseOf(c)
  const db = dbOf(c.env)
  const asked = c.req.query('draft') ?? ''
  const draft = isId(asked) ? await findDraft(db, { enterprise, id: asked }) : undefined
  if (asked && !draft) return c.notFound()
  const id = draft?.id ?? newId()
  const ground = await groundOf(c, id, draft?.fields ?? preset(c))
  if (draft && ground.made) return seeOther(c, `/enterprise/vouchers/${id}`)
  return formPage(c, { id, typed: draft?.fields ?? preset(c), ground })
})

/** What a link may set: a booking to use, or a service found elsewhere. */
function preset(c: Ctx): Typed {
  const { booking = '', carrier = '', service = '' } = c.req.query()
  return { booking, carrier, service }
}

function groundOf(c: Ctx, voucher: string, typed: Typed): Promise<UseGround> {
  const { enterprise } = enterpriseOf(c)
  return useGround(c.env, { enterprise, voucher, typed, at: c.var.now })
}

door.get('/use/summary', guard, async (c) => {
  const typed = c.req.query()
  const ground = await groundOf(c, typed['key'] ?? '', typed)
  return c.html(
    <Fragment c={c}>
      <SummaryFragment c={c} typed={typed} ground={ground} />
    </Fragment>,
  )
})

door.post('/use', guard, async (c) => {
  const posted = await readForm(c)
  const id = posted.typed['key'] ?? ''
  if (!isId(id)) return c.notFound()
  if (await isMade(c, id)) return seeOther(c, `${madePath(id)}?again=1`)
  const kept = await keepDraft(c, id, posted)
  const { typed } = kept
  const ground = await groundOf(c, id, typed)
  const refusals = decideUse(typed, ground.facts)
  const errors = { ...errorsOf(c, refusals), ...kept.errors }
  if (Object.keys(errors).length > 0) return formPage(c, { id, typed, ground, errors })
  const refused = await issue(c, id, typed, ground)
  if (!refused) return seeOther(c, madePath(id))
  // Another agent, or the same one a moment ago, made it from this form.
  if (await isMade(c, id)) return seeOther(c, `${madePath(id)}?again=1`)
  return formPage(c, { id, typed, ground, errors: refused })
})

/** Every other button of the form: what was typed and chosen is kept, then the way leads on. */
door.post('/use/drafts', guard, async (c) => {
  const { enterprise } = enterpriseOf(c)
  const db = dbOf(c.env)
  const posted = await readForm(c)
  const id = posted.typed['key'] ?? ''
  if (!isId(id)) return c.notFound()
  // A voucher never changes through its old form (U4).
  if (await isMade(c, id)) return seeOther(c, `${madePath(id)}?again=1`)
  const { typed, errors } = await keepDraft(c, id, posted)
  const { remove } = posted.typed
  if (remove) await commit(db, [deletePaper(db, { enterprise, id }, remove)])
  if (Object.keys(errors).length > 0) {
    return formPage(c, { id, typed, ground: await groundOf(c, id, typed), errors })
  }
  if (c.req.query('next') === 'carriers') return seeOther(c, `/enterprise/use/carriers?draft=${id}`)
  return seeOther(c, `/enterprise/use?draft=${id}${remove ? '' : '&saved=1'}`)
})

function madePath(id: string): string {
  return `/enterprise/vouchers/${id}/made`
}

async function isMade(c: Ctx, id: string): Promise<boolean> {
  const { enterprise } = enterpriseOf(c)
  return (await readVoucher(c.env, enterprise, id, c.var.now)) !== null
}

/**
 * Holds invoice and booking, then the money; answers messages where either is refused. What is held
 * for a use that was refused stays with this form, and is free again after a while.
 */
async function issue(
  c: Ctx,
  id: string,
  typed: Typed,
  ground: UseGround,
): Promise<Errors | undefined> {
  const actor = enterpriseOf(c)
  const db = dbOf(c.env)
  const { enterprise } = actor
  const invoice = readInvoice(typed['invoice_code'] ?? '', typed['invoice_number'] ?? '')
  if (invoice.ok && invoice.value) {
    const claim = { ...invoice.value, enterprise, voucher: id, at: c.var.now }
    const held = await claimInvoice(c.env, claim)
    if (!held.ok) return errorsOf(c, [{ field: 'invoice_number', code: held.code, facts: {} }])
  }
  const { booking } = ground
  const use = { voucher: id, at: c.var.now, by: actor.account }
  if (booking && !(await takeBooking(db, { booking: booking.id, ...use }))) {
    return errorsOf(c, [{ field: 'form', code: 'booking_taken', facts: {} }])
  }
  const command = commandOf(c, id, typed, ground)
  // The voucher's id lets only one through. A key of its own keeps a refusal from being replayed
  // to a form that has been corrected since.
  const answer = await post(c.env, enterprise, { key: newId(), actor, at: c.var.now, command })
  if (!answer.ok) {
    const field = answer.code === 'exceeds_available' ? 'amount' : 'form'
    return { [field]: refusalText(c.var.lang, answer) }
  }
  const { number, amount_fen, carrier, region } = command
  // A number that an earlier try of this form held and this one no longer names goes free.
  const unnamed = invoice.ok && !invoice.value ? [deleteInvoice(db, { enterprise, id })] : []
  await commit(db, [
    deleteDraft(db, { enterprise, id }),
    ...unnamed,
    auditOf(c, 'voucher.issue', `voucher:${id}`, {
      region,
      after: { number, amount_fen, carrier },
    }),
  ])
  return undefined
}

function commandOf(c: Ctx, id: string, typed: Typed, ground: UseGround): CommandOf<'issue'> {
  const region = ground.registration?.county ?? ''
  return {
    kind: 'issue',
    voucher: id,
    number: voucherNumber(id, yearOf(c.var.now), region),
    region,
    amount_fen: parseFen(typed['amount'] ?? '') ?? 0,
    carrier: ground.carrier?.id ?? '',
    payee: payeeOf(typed, ground.policy) ?? 'enterprise',
    form: useForm(c, typed, ground),
  }
}

function useForm(c: Ctx, typed: Typed, ground: UseGround): Form {
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

type FormPage = { id: string; typed: Typed; ground: UseGround; errors?: Errors }

async function formPage(c: Ctx, { id, typed, ground, errors }: FormPage): Promise<Response> {
  const t = words(c, strings)
  const { enterprise } = enterpriseOf(c)
  const missing = errors ? [] : missingFirst(ground)
  const bookings = missing.includes('booking')
    ? await acceptedBookings(dbOf(c.env), enterprise, c.var.now)
    : []
  const drafts = errors || c.req.query('draft') ? [] : await listDrafts(dbOf(c.env), enterprise)
  const body: Child =
    missing.length > 0 ? (
      <MissingFirst c={c} missing={missing} />
    ) : (
      <UseForm c={c} id={id} typed={typed} ground={ground} errors={errors ?? {}} />
    )
  return page(
    c,
    <Layout c={c} title={t.title} error={errors !== undefined}>
      <h1 class="govuk-heading-l">{t.title}</h1>
      {c.req.query('saved') ? (
        <Notice tone="good" title={t.saved}>
          <p>{t.savedNote}</p>
        </Notice>
      ) : null}
      <Drafts c={c} drafts={drafts} />
      {body}
      {missing.includes('booking') ? <BookingChoice c={c} bookings={bookings} /> : null}
    </Layout>,
    errors ? 422 : 200,
  )
}

/** What has to be there before the form is worth filling in. */
function missingFirst({ registration, policy, booking, facts }: UseGround): Missing[] {
  if (!registration) return ['registration']
  const missing: Missing[] = []
  if (facts.available_fen === 0) missing.push('quota')
  if (policy.online_booking_required && !booking) missing.push('booking')
  return missing
}
