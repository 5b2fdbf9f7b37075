/**
 * 「兑付列表」 of a carrier (SPEC D1–D3): confirmed vouchers of many enterprises that it redeems. The
 * list comes from the mirror, each row from its ledger. Refuses vouchers that enterprises redeem.
 */
import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { auditOf } from '../audit/client.ts'
import { yearOf } from '../kernel/clock.ts'
import { isId } from '../kernel/id.ts'
import { post, readVoucher } from '../ledger/client.ts'
import { refusalText } from '../ledger/strings.ts'
import { channelOf, cursorOf } from '../live/client.ts'
import type { App, Ctx } from '../platform/bindings.ts'
import { commit, dbOf } from '../platform/db.ts'
import { readForm } from '../platform/form.ts'
import { allow, carrierOf } from '../platform/guard.ts'
import { words } from '../platform/language.ts'
import { seeOther, statusOf } from '../platform/respond.tsx'
import { catchUp, submitOnce } from './client.ts'
import { filterOf, listPage, readyOf, readyPage } from './payee-view.tsx'
import type { Ready, Told } from './payee-view.tsx'
import { resultPage } from './result-view.tsx'
import { LIST, rowPage } from './row-view.tsx'
import { isPayee } from './rules.ts'
import {
  PAYEE_STATES,
  countForEnterprises,
  findSubmission,
  itemsOf,
  listForCarrier,
  pairOf,
  refreshed,
} from './store.ts'
import type { Pair } from './store.ts'
import { strings } from './strings.ts'
import { ROWS_MAX, readRef } from './submission-rules.ts'
import type { Ref } from './submission-rules.ts'

export const door = new Hono<App>()

const read = allow({ role: 'carrier', scope: 'own', action: 'redemption.read' })
const submit = allow({ role: 'carrier', scope: 'own', action: 'redemption.submit' })

door.get('/redemptions', read, (c) => list(c))

door.post('/redemptions', submit, async (c) => {
  const t = words(c, strings)
  const actor = carrierOf(c)
  const { typed, many } = await readForm(c)
  const key = typed['key'] ?? ''
  if (!isId(key)) throw new HTTPException(400, { message: 'no_key' })
  const party = `carrier:${actor.carrier}`
  if (await findSubmission(dbOf(c.env), party, key)) return seeOther(c, sentPath(key))

  const all = typed['do'] === 'all'
  const chosen = [...new Set(many['voucher'] ?? [])]
  if (!all && chosen.length === 0) return list(c, { message: t.noneChosen, status: 422 })
  if (chosen.length > ROWS_MAX) return list(c, { message: t.tooMany(ROWS_MAX), status: 422 })
  const pairs = await pairsFor(c, all ? 'all' : chosen)
  if (!pairs) return c.notFound()

  const items = await itemsOf(c.env, pairs, c.var.now)
  const after = { vouchers: pairs.map(({ voucher }) => voucher.id) }
  const audit = auditOf(c, 'redemption.submit', party, { after })
  const sent = await submitOnce(c.env, items, { actor, key, at: c.var.now, party, audit })
  return sent.kept ? seeOther(c, sentPath(key)) : resultPage(c, 'carrier', sent, 503)
})

door.get('/redemptions/submissions/:id', read, async (c) => {
  const party = `carrier:${carrierOf(c).carrier}`
  const submission = await findSubmission(dbOf(c.env), party, c.req.param('id'))
  return submission ? resultPage(c, 'carrier', submission) : c.notFound()
})

door.get('/redemptions/rows/:enterprise/:voucher', read, async (c) => {
  const pair = await findOwn(c, c.req.param())
  if (!pair || !PAYEE_STATES.includes(pair.voucher.state)) return c.body(null, 204)
  return rowPage(c, 'carrier', await itemsOf(c.env, [pair], c.var.now))
})

door.get('/redemptions/ready', read, async (c) => readyPage(c, await readyNow(c)))

door.post('/redemptions/:enterprise/:voucher/withdrawals', submit, async (c) => {
  const actor = carrierOf(c)
  const pair = await findOwn(c, c.req.param())
  if (!pair?.redemption) return c.notFound()
  const { id: redemption } = pair.redemption
  const { id, enterprise, region, number } = pair.voucher
  const answer = await post(c.env, enterprise, {
    key: `${redemption}/withdraw/${actor.account}`,
    actor,
    at: c.var.now,
    command: { kind: 'withdraw', redemption },
  })
  if (!answer.ok)
    return list(c, { message: refusalText(c.var.lang, answer), status: statusOf(answer) })
  await commit(dbOf(c.env), [auditOf(c, 'redemption.withdraw', `voucher:${id}`, { region })])
  return seeOther(c, `${LIST.carrier}?withdrawn=${encodeURIComponent(number)}`)
})

function sentPath(key: string): string {
  return `${LIST.carrier}/submissions/${key}`
}

async function list(c: Ctx, told?: Told): Promise<Response> {
  const filter = filterOf(c)
  const actor = carrierOf(c)
  const db = dbOf(c.env)
  // Before the rows: what changes in between is told again.
  const cursor = await cursorOf(c.env, channelOf(actor))
  await catchUp(c.env, channelOf(actor), c.var.now)
  const [{ rows, total }, others, ready] = await Promise.all([
    listForCarrier(db, actor.carrier, filter),
    countForEnterprises(db, actor.carrier),
    readyNow(c),
  ])
  const items = await itemsOf(c.env, await refreshed(c.env, rows, c.var.now), c.var.now)
  const year = yearOf(c.var.now)
  const years = [year, year - 1, year - 2]
  const shown = { side: 'carrier', items, others, total, filter, years, ready, cursor } as const
  return listPage(c, shown, told)
}

const ALL_OPEN = { state: 'confirmed', page: 1, size: ROWS_MAX } as const

/**
 * From the mirror alone: the sums of a list may trail, what is submitted is read from the ledgers.
 */
async function readyNow(c: Ctx): Promise<Ready> {
  const { rows } = await listForCarrier(dbOf(c.env), carrierOf(c).carrier, ALL_OPEN)
  const pairs = rows.map((voucher) => ({ voucher, redemption: null }))
  return readyOf(await itemsOf(c.env, pairs, c.var.now))
}

/** The ticked vouchers, or all that are confirmed; undefined where one is not this carrier's. */
async function pairsFor(c: Ctx, chosen: readonly string[] | 'all'): Promise<Pair[] | undefined> {
  const { carrier } = carrierOf(c)
  if (chosen === 'all') {
    await catchUp(c.env, channelOf(carrierOf(c)), c.var.now)
    const { rows } = await listForCarrier(dbOf(c.env), carrier, ALL_OPEN)
    const pairs = await refreshed(c.env, rows, c.var.now)
    return pairs.filter(({ voucher }) => voucher.state === 'confirmed')
  }
  const pairs = await Promise.all(chosen.map((text) => findOwn(c, readRef(text))))
  const found = pairs.filter((pair) => pair !== undefined)
  return found.length === chosen.length ? found : undefined
}

async function findOwn(c: Ctx, ref?: Ref): Promise<Pair | undefined> {
  const { enterprise = '', voucher = '' } = ref ?? {}
  if (!isId(enterprise) || !isId(voucher)) return undefined
  const found = await readVoucher(c.env, enterprise, voucher, c.var.now)
  return found && isPayee(found.voucher, carrierOf(c)) ? pairOf(found) : undefined
}
