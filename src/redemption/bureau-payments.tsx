/**
 * 「拨付」 (SPEC D5): finance staff export what waits for the bank and record each result. Refuses
 * whoever reviewed the redemption, a second payment, and a failure without a reason.
 */
import { Hono } from 'hono'
import { auditOf } from '../audit/client.ts'
import { accountsOf } from '../catalogue/client.ts'
import { plainFen } from '../kernel/amount.ts'
import { dayOf, minuteOf } from '../kernel/clock.ts'
import { refuse } from '../kernel/outcome.ts'
import type { Refusal } from '../kernel/outcome.ts'
import { covers } from '../kernel/region.ts'
import { announce, channelOf } from '../live/client.ts'
import type { App, Ctx } from '../platform/bindings.ts'
import { commitOnce, dbOf } from '../platform/db.ts'
import { readForm } from '../platform/form.ts'
import { allow, bureauOf } from '../platform/guard.ts'
import { words } from '../platform/language.ts'
import { page, seeOther, statusOf } from '../platform/respond.tsx'
import { answerSheet, formatOf } from '../platform/sheet.ts'
import { bureauFor, bureausFor } from '../policy/client.ts'
import { ErrorSummary } from '../ui/form.tsx'
import { Layout } from '../ui/layout.tsx'
import { Crumbs, Notice } from '../ui/notice.tsx'
import { isVoucherNumber } from '../voucher/rules.ts'
import { catchUp } from './client.ts'
import { makeMissingPayments } from './nightly.ts'
import { denySettle } from './payment-rules.ts'
import type { Payment, PaymentRefusal, PaymentResult, PaymentState } from './payment-rules.ts'
import { findPayment, insertResult, listAccounts, listPayments } from './payment-store.ts'
import { paymentStrings } from './payment-strings.ts'
import { Failure, PAYMENTS, PAYMENT_STATES, PaymentList, accountOf } from './payment-view.tsx'

export const door = new Hono<App>()

const read = allow({
  role: 'bureau',
  scope: 'region',
  action: 'payment.read',
  staff: ['finance', 'audit', 'admin'],
})
const settle = allow({
  role: 'bureau',
  scope: 'region',
  action: 'payment.settle',
  staff: ['finance'],
})

door.get('/payments', read, (c) => list(c))

door.get('/payments/export', read, async (c) => {
  const t = words(c, paymentStrings).csv
  const state = stateOf(c)
  const { payments, accounts } = await readList(c, state)
  const rows = payments.map((payment) => [
    payment.number,
    payment.payee_name,
    words(c, paymentStrings).payees[payment.payee],
    accountOf({ accounts }, payment)?.bank ?? '',
    accountOf({ accounts }, payment)?.bank_account ?? '',
    plainFen(payment.paid_fen),
    minuteOf(payment.at),
    payment.reviewed_by_name,
    t.purpose(payment.number),
  ])
  const { number, payee, kind, bank, account, amount, approved, reviewer, note } = t
  const columns = [number, payee, kind, bank, account, amount, approved, reviewer, note]
  const name = `${words(c, paymentStrings).states[state]} ${dayOf(c.var.now)}`
  return answerSheet(c, { name, columns, rows: [rows] }, formatOf(c.req.query('format')))
})

door.get('/payments/:enterprise/:redemption/failure', settle, async (c) => {
  const payment = await findInScope(c)
  if (!payment) return c.notFound()
  const refused = await check(c, payment, { result: 'failed', reason: '-', attempt: next(payment) })
  return refused.ok ? failure(c, payment) : list(c, refused)
})

door.post('/payments/:enterprise/:redemption', settle, async (c) => {
  const actor = bureauOf(c)
  const payment = await findInScope(c)
  if (!payment) return c.notFound()
  const { typed } = await readForm(c)
  const result: PaymentResult = typed['result'] === 'paid' ? 'paid' : 'failed'
  const attempt = Number(typed['attempt'])
  const checked = await check(c, payment, { result, attempt, reason: typed['reason'] ?? '' })
  if (!checked.ok)
    return checked.code.startsWith('reason_')
      ? failure(c, payment, checked, typed)
      : list(c, checked)

  const { enterprise, redemption, region, voucher, number } = payment
  const { reason } = checked.value
  const after = { redemption, attempt, result, reason, paid_fen: payment.paid_fen }
  const by = { at: c.var.now, by: actor.account, by_name: actor.name }
  const made = await commitOnce(dbOf(c.env), [
    insertResult(dbOf(c.env), { enterprise, redemption, attempt, result, reason, ...by }),
    auditOf(c, `payment.${result}`, `voucher:${voucher}`, { region, after }),
  ])
  if (!made) return list(c, refuse('stale_attempt'))
  const hint = { topic: 'voucher', enterprise, id: voucher } as const
  await announce(c.env, [`${payment.payee}:${payment.payee_id}`], hint)
  const query = new URLSearchParams({ settled: result, number })
  return seeOther(c, `${PAYMENTS}?${query.toString()}`)
})

type Asked = { result: PaymentResult; attempt: number; reason: string }

async function check(c: Ctx, payment: Payment, asked: Asked) {
  const desk = await bureauFor(dbOf(c.env), payment.region)
  return denySettle(payment, asked, bureauOf(c), desk)
}

function next(payment: Payment): number {
  return payment.attempts + 1
}

function stateOf(c: Ctx): PaymentState {
  return PAYMENT_STATES.find((state) => state === c.req.query('state')) ?? 'waiting'
}

async function readList(c: Ctx, state: PaymentState) {
  const db = dbOf(c.env)
  await catchUp(c.env, channelOf(bureauOf(c)), c.var.now)
  await makeMissingPayments(c.env)
  const payments = await listPayments(db, bureauOf(c).region, state)
  const payees = (payee: Payment['payee']) => [
    ...new Set(payments.filter((one) => one.payee === payee).map((one) => one.payee_id)),
  ]
  const [registered, named] = await Promise.all([
    listAccounts(db, payees('enterprise')),
    accountsOf(c.env, payees('carrier')),
  ])
  return { payments, accounts: new Map([...registered, ...named]) }
}

async function list(c: Ctx, refused?: Refusal<PaymentRefusal>): Promise<Response> {
  const t = words(c, paymentStrings)
  const state = stateOf(c)
  const { payments, accounts } = await readList(c, state)
  const regions = payments.map((payment) => payment.region)
  const found = await bureausFor(dbOf(c.env), regions)
  const desks = new Map([...found].map(([region, desk]) => [region, desk.region]))
  const actor = bureauOf(c)
  return page(
    c,
    <Layout c={c} title={t.title} error={refused !== undefined} wide>
      {refused ? <ErrorSummary c={c} errors={{ form: refusalWords(c, refused) }} /> : null}
      <h1>{t.title}</h1>
      {refused ? null : <Settled c={c} />}
      <p>{t.lead}</p>
      <PaymentList {...{ c, actor, state, payments, accounts, desks }} />
    </Layout>,
    refused ? statusOf(refused) : 200,
  )
}

function Settled({ c }: { c: Ctx }) {
  const t = words(c, paymentStrings)
  const { settled, number } = c.req.query()
  if (!number || !isVoucherNumber(number) || (settled !== 'paid' && settled !== 'failed'))
    return null
  const text = settled === 'paid' ? t.settledPaid(number) : t.settledFailed(number)
  return <Notice tone={settled === 'paid' ? 'good' : 'info'}>{text}</Notice>
}

async function failure(
  c: Ctx,
  payment: Payment,
  refused?: Refusal<PaymentRefusal>,
  typed: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const t = words(c, paymentStrings)
  const error = refused && refusalWords(c, refused)
  return page(
    c,
    <Layout c={c} title={t.failTitle} error={error !== undefined}>
      <Crumbs items={[{ label: t.title, href: PAYMENTS }]} />
      {error ? <ErrorSummary c={c} errors={{ reason: error }} /> : null}
      <h1>{t.failTitle}</h1>
      <Failure c={c} payment={payment} reason={typed['reason'] ?? ''} error={error} />
    </Layout>,
    error ? 422 : 200,
  )
}

function refusalWords(c: Ctx, { code, facts }: Refusal<PaymentRefusal>): string {
  return words(c, paymentStrings).refusals[code](String(facts['name'] ?? ''))
}

/** A payment outside the bureau's region is as absent as one that never was. */
async function findInScope(c: Ctx): Promise<Payment | undefined> {
  const { enterprise = '', redemption = '' } = c.req.param() as Record<string, string>
  const payment = await findPayment(dbOf(c.env), { enterprise, redemption })
  return payment && covers(bureauOf(c).region, payment.region) ? payment : undefined
}
