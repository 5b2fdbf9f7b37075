/**
 * 「兑付审核」 (SPEC D4): a bureau reads what its region covers and decides for its own. Refuses more
 * than the voucher's amount, a change without a reason, and a second decision.
 */
import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { serveFile } from '../attachment/client.ts'
import { auditOnce } from '../audit/client.ts'
import { auditBy } from '../booking/client.ts'
import { formatFen } from '../kernel/amount.ts'
import { isId, newId } from '../kernel/id.ts'
import { covers } from '../kernel/region.ts'
import type { VoucherHistory } from '../ledger/client.ts'
import { bureauName, refusalText } from '../ledger/strings.ts'
import { channelOf, cursorOf } from '../live/client.ts'
import type { App, Ctx } from '../platform/bindings.ts'
import { dbOf } from '../platform/db.ts'
import { readForm } from '../platform/form.ts'
import { allow, bureauOf } from '../platform/guard.ts'
import { words } from '../platform/language.ts'
import { page, seeOther, statusOf } from '../platform/respond.tsx'
import { bureauFor, bureausFor } from '../policy/client.ts'
import { Fragment, Layout } from '../ui/layout.tsx'
import { findVoucher, freeBookings } from '../voucher/client.ts'
import { listChecks } from './check-store.ts'
import { catchUp, decideRedemption } from './client.ts'
import { DecidedPage } from './decided-view.tsx'
import { DeskList, choicePage, deskRow, reviewPath } from './desk-view.tsx'
import { deskFilterOf } from './filter-view.tsx'
import { Effect, reviewPage } from './review-view.tsx'
import type { ReviewProps } from './review-view.tsx'
import { reviewStrings } from './review-strings.ts'
import { REASON_MAX, readDecision } from './rules.ts'
import type { DecisionRefusal } from './rules.ts'
import { findPaper, fullOf, listForDesk, pairOf, refreshed } from './store.ts'
import type { Pair } from './store.ts'

export const door = new Hono<App>()

const read = allow({
  role: 'bureau',
  scope: 'region',
  action: 'redemption.list',
  staff: ['review', 'audit', 'admin'],
})
const decide = allow({
  role: 'bureau',
  scope: 'region',
  action: 'redemption.decide',
  staff: ['review'],
})

door.get('/redemptions', read, async (c) => {
  const t = words(c, reviewStrings)
  const actor = bureauOf(c)
  const filter = deskFilterOf(c)
  // Before the rows: what changes in between is told again.
  const cursor = await cursorOf(c.env, channelOf(actor))
  await catchUp(c.env, channelOf(actor), c.var.now)
  const { rows, total } = await listForDesk(dbOf(c.env), actor.region, filter)
  const pairs = filter.state === 'in_review' ? await stillWaiting(c, rows) : rows
  const desks = await desksOf(c, pairs)
  const reviews = actor.staff.includes('review')
  const decides = ({ voucher }: Pair) => reviews && desks.get(voucher.region) === actor.region
  return page(
    c,
    <Layout c={c} title={t.title} wide script={['live']}>
      <h1>{t.title}</h1>
      <p>{t.lead}</p>
      <DeskList {...{ c, filter, pairs, total, cursor, decides, reviews }} />
    </Layout>,
  )
})

door.get('/redemptions/rows/:enterprise/:voucher', read, async (c) => {
  const found = await findInScope(c)
  const pair = found && pairOf(found)
  if (pair?.redemption?.state !== 'in_review') return c.body(null, 204)
  const { region, staff } = bureauOf(c)
  const desks = await desksOf(c, [pair])
  return deskRow(c, pair, staff.includes('review') && desks.get(pair.voucher.region) === region)
})

door.get('/redemptions/choice', read, (c) => choicePage(c))

door.get('/redemptions/:enterprise/:voucher', read, (c) => review(c))

door.post('/redemptions/:enterprise/:voucher', decide, async (c) => {
  const actor = bureauOf(c)
  const found = await findInScope(c)
  if (!found) return c.notFound()
  const { voucher } = found
  const desk = await bureauFor(dbOf(c.env), voucher.region)
  if (desk.region !== actor.region) throw new HTTPException(403, { message: 'wrong_role' })
  const { typed } = await readForm(c)
  const { key = '', redemption = '' } = typed
  if (!isId(key)) throw new HTTPException(400, { message: 'no_key' })
  if (!found.redemptions.some((one) => one.id === redemption)) return c.notFound()

  const decision = readDecision(typed, voucher)
  if (!decision.ok) return review(c, { typed, errors: errorsOf(c, decision), status: 422 })
  const answer = await decideRedemption(
    c.env,
    { voucher, redemption },
    decision.value,
    { actor, key, at: c.var.now },
    (after, at) => {
      const more = { region: voucher.region, before: { amount_fen: voucher.amount_fen }, after }
      const [action, subject] = [`redemption.${decision.value.kind}`, `voucher:${voucher.id}`]
      return auditOnce(c, { at, action, subject, ...more })
    },
  )
  if (!answer.ok) {
    const errors = { form: refusalText(c.var.lang, answer) }
    return review(c, { typed, errors, status: statusOf(answer) })
  }
  await freeBookings(c.env, [answer.value.voucher], { actor, ...auditBy(c) })
  return seeOther(c, `${reviewPath(voucher)}/decided/${redemption}`)
})

door.get('/redemptions/:enterprise/:voucher/decided/:redemption', read, async (c) => {
  const found = await findInScope(c)
  const redemption = found?.redemptions.find((one) => one.id === c.req.param('redemption'))
  if (!found || !redemption?.decided_at) return c.notFound()
  const t = words(c, reviewStrings)
  const { region } = bureauOf(c)
  const waiting = { state: 'in_review', page: 1, size: 5 } as const
  const { rows } = await listForDesk(dbOf(c.env), region, waiting)
  const others = rows.filter((pair) => pair.voucher.id !== found.voucher.id)
  const [next] = await stillWaiting(c, others)
  return page(
    c,
    <Layout c={c} title={t.title}>
      <DecidedPage c={c} voucher={found.voucher} redemption={redemption} next={next?.voucher} />
    </Layout>,
  )
})

/** What the three buttons would do with the amount typed so far. */
door.get('/redemptions/:enterprise/:voucher/effect', read, async (c) => {
  const found = await findInScope(c)
  if (!found) return c.notFound()
  return c.html(
    <Fragment c={c}>
      <Effect c={c} voucher={found.voucher} paid={c.req.query('paid')} />
    </Fragment>,
  )
})

door.get('/redemptions/:enterprise/:voucher/papers/:file', read, async (c) => {
  const found = await findInScope(c)
  const full = found && (await fullOf(c.env, pairOf(found), c.var.now))
  const file = full && (await findPaper(c.env, full, c.req.param('file')))
  if (!file) return c.notFound()
  const inline = c.req.query('inline') === '1'
  return serveFile(c.env, file, { headers: c.req.raw.headers, inline })
})

type Refused = Pick<ReviewProps, 'typed' | 'errors' | 'status'>

async function review(c: Ctx, refused: Refused = {}): Promise<Response> {
  const t = words(c, reviewStrings)
  const found = await findInScope(c)
  if (!found) return c.notFound()
  const { region, staff } = bureauOf(c)
  const full = await fullOf(c.env, pairOf(found), c.var.now)
  const [checks, desk] = await Promise.all([
    listChecks(c.env, full, c.var.now),
    bureauFor(dbOf(c.env), found.voucher.region),
  ])
  const other = desk.region === region ? null : t.notYours(bureauName(c.var.lang, desk.region))
  const readonly = other ?? (staff.includes('review') ? null : t.notReviewer)
  const submission = newId()
  return reviewPage({ c, full, checks, events: found.events, readonly, submission, ...refused })
}

function errorsOf(c: Ctx, { code, facts }: { code: DecisionRefusal; facts: object }) {
  const { errors } = words(c, reviewStrings)
  const amount = 'amount_fen' in facts ? Number(facts.amount_fen) : 0
  if (code === 'verdict_unknown') return { form: errors.verdict_unknown }
  if (code === 'reason_required') return { reason: errors.reason_required }
  if (code === 'reason_too_long') return { reason: errors.reason_long(REASON_MAX) }
  if (code === 'exceeds_voucher_amount')
    return { paid: errors.exceeds_voucher_amount(formatFen(amount)) }
  return { paid: errors[code] }
}

/** A redemption outside the bureau's region is as absent as one that never was. */
async function findInScope(c: Ctx): Promise<VoucherHistory | undefined> {
  const { enterprise = '', voucher: id = '' } = c.req.param() as Record<string, string>
  const found = await findVoucher(c.env, { enterprise, id }, c.var.now)
  if (!found || !covers(bureauOf(c).region, found.voucher.region)) return undefined
  return found.redemptions.length > 0 ? found : undefined
}

/** The mirror may still show what was decided a moment ago: each row is read from its ledger. */
async function stillWaiting(c: Ctx, rows: readonly Pair[]): Promise<Pair[]> {
  const vouchers = rows.map((row) => row.voucher)
  const pairs = await refreshed(c.env, vouchers, c.var.now)
  return pairs.filter(({ redemption }) => redemption?.state === 'in_review')
}

/** Region → the bureau that decides there. */
async function desksOf(c: Ctx, pairs: readonly Pair[]): Promise<Map<string, string>> {
  const regions = pairs.map(({ voucher }) => voucher.region)
  const desks = await bureausFor(dbOf(c.env), regions)
  return new Map([...desks].map(([region, desk]) => [region, desk.region]))
}
