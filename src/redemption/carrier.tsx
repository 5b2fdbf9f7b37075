/**
 * 「兑付列表」 of a carrier (SPEC D1–D3): confirmed vouchers of many enterprises that it redeems. The
 * list comes from the mirror, each row from its ledger. Refuses vouchers that enterprises redeem.
 */
import { Hono } from 'hono'
import { yearOf } from '../kernel/clock.ts'
import { channelOf, cursorOf } from '../live/client.ts'
import type { App, Ctx } from '../platform/bindings.ts'
import { dbOf } from '../platform/db.ts'
import { allow, carrierOf } from '../platform/guard.ts'
import { catchUp } from './client.ts'
import { filterOf, listPage, readyOf, readyPage } from './payee-view.tsx'
import type { Ready, Told } from './payee-view.tsx'
import { findRedeemed, liveRow, sendPaper, sentPage, showPapers } from './payee.tsx'
import { submitPress, takePapers, withdraw } from './payee.tsx'
import type { Item } from './rules.ts'
import { countForEnterprises, itemsOf, listForCarrier, refreshed } from './store.ts'
import type { Pair } from './store.ts'
import { ROWS_MAX, readRef } from './submission-rules.ts'

export const door = new Hono<App>()

const read = allow({ role: 'carrier', scope: 'own', action: 'redemption.read' })
const submit = allow({ role: 'carrier', scope: 'own', action: 'redemption.submit' })
const readPapers = allow({ role: 'carrier', scope: 'own', action: 'redemption.papers.read' })
const writePapers = allow({ role: 'carrier', scope: 'own', action: 'redemption.papers' })

door.get('/redemptions', read, (c) => list(c))

door.post('/redemptions', submit, (c) => submitPress(c, pairsFor, list))
door.get('/redemptions/submissions/:id', read, (c) => sentPage(c))
door.get('/redemptions/rows/:enterprise/:voucher', read, (c) => liveRow(c))
door.get('/redemptions/ready', read, async (c) => readyPage(c, await readyNow(c)))
door.post('/redemptions/:enterprise/:voucher/withdrawals', submit, (c) => withdraw(c, list))

const PAPERS = '/redemptions/:enterprise/:voucher/papers'
door.get(PAPERS, readPapers, (c) => showPapers(c))
door.post(PAPERS, writePapers, (c) => takePapers(c))
door.get(`${PAPERS}/:file`, readPapers, (c) => sendPaper(c))

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

/** Confirmed vouchers that are looked at, of which ROWS_MAX go at one press. */
const OPEN_MAX = 400
const ALL_OPEN = { state: 'confirmed', page: 1, size: OPEN_MAX } as const

/**
 * What one press of 「全部提交」 sends: those that are 符合 before those that lack something. From the
 * mirror alone: the sums of a list may trail, what is submitted is read from the ledgers.
 */
async function openFirst(c: Ctx): Promise<Item[]> {
  const { rows } = await listForCarrier(dbOf(c.env), carrierOf(c).carrier, ALL_OPEN)
  const pairs = rows.map((voucher) => ({ voucher, redemption: null }))
  const items = await itemsOf(c.env, pairs, c.var.now)
  const lacks = ({ missing }: Item) => Number(missing.length > 0)
  return items.toSorted((one, other) => lacks(one) - lacks(other)).slice(0, ROWS_MAX)
}

async function readyNow(c: Ctx): Promise<Ready> {
  return readyOf(await openFirst(c))
}

/** The vouchers of the boxes, or all that are confirmed; undefined where one is not its own. */
async function pairsFor(c: Ctx, ticked: readonly string[] | 'all'): Promise<Pair[] | undefined> {
  if (ticked === 'all') {
    await catchUp(c.env, channelOf(carrierOf(c)), c.var.now)
    const open = (await openFirst(c)).map(({ voucher }) => voucher)
    const pairs = await refreshed(c.env, open, c.var.now)
    return pairs.filter(({ voucher }) => voucher.state === 'confirmed')
  }
  const refs = ticked.flatMap((text) => readRef(text) ?? [])
  const pairs = await Promise.all(refs.map((ref) => findRedeemed(c, ref)))
  const found = pairs.filter((pair) => pair !== undefined)
  return found.length === ticked.length ? found : undefined
}
