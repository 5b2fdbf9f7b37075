/**
 * 「兑付列表」 of an enterprise (SPEC D1–D3): its confirmed vouchers that it redeems itself. Refuses
 * vouchers whose payee is the carrier, and those whose papers are not complete, each by name.
 */
import { Hono } from 'hono'
import { yearOf } from '../kernel/clock.ts'
import { readLedger } from '../ledger/client.ts'
import type { Voucher } from '../ledger/rules.ts'
import { channelOf, cursorOf } from '../live/client.ts'
import type { App, Ctx } from '../platform/bindings.ts'
import { allow, enterpriseOf } from '../platform/guard.ts'
import { filterOf, listPage, readyOf, readyPage } from './payee-view.tsx'
import type { Ready, Told } from './payee-view.tsx'
import { liveRow, sendPaper, sentPage, showPapers } from './payee.tsx'
import { submitPress, takePapers, withdraw } from './payee.tsx'
import { isPayee } from './rules.ts'
import { PAYEE_STATES, itemsOf } from './store.ts'
import type { Pair } from './store.ts'
import { readRef } from './submission-rules.ts'

export const door = new Hono<App>()

const read = allow({ role: 'enterprise', scope: 'own', action: 'redemption.read' })
const submit = allow({ role: 'enterprise', scope: 'own', action: 'redemption.submit' })
const readPapers = allow({ role: 'enterprise', scope: 'own', action: 'redemption.papers.read' })
const writePapers = allow({ role: 'enterprise', scope: 'own', action: 'redemption.papers' })

door.get('/redemptions', read, (c) => list(c))

door.post('/redemptions', submit, (c) => submitPress(c, pairsFor, list))
door.get('/redemptions/submissions/:id', read, (c) => sentPage(c))
door.get('/redemptions/rows/:enterprise/:voucher', read, (c) => liveRow(c))
door.get('/redemptions/ready', read, async (c) =>
  readyPage(c, await readyNow(c, await ownPairs(c))),
)
door.post('/redemptions/:voucher/withdrawals', submit, (c) => withdraw(c, list))

const PAPERS = '/redemptions/:voucher/papers'
door.get(PAPERS, readPapers, (c) => showPapers(c))
door.post(PAPERS, writePapers, (c) => takePapers(c))
door.get(`${PAPERS}/:file`, readPapers, (c) => sendPaper(c))

async function list(c: Ctx, told?: Told): Promise<Response> {
  const filter = filterOf(c)
  // Before the rows: what changes in between is told again.
  const cursor = await cursorOf(c.env, channelOf(enterpriseOf(c)))
  const pairs = await ownPairs(c)
  const { own, others } = pairs
  const matching = own.filter(
    ({ voucher }) =>
      (!filter.state || voucher.state === filter.state) &&
      (!filter.year || voucher.year === filter.year) &&
      (!filter.word || JSON.stringify([voucher.number, voucher.form]).includes(filter.word)),
  )
  const from = (filter.page - 1) * filter.size
  const items = await itemsOf(c.env, matching.slice(from, from + filter.size), c.var.now)
  const years = [...new Set([yearOf(c.var.now), ...own.map(({ voucher }) => voucher.year)])]
  const [total, ready] = [matching.length, await readyNow(c, pairs)]
  const shown = { side: 'enterprise', items, others, total, filter, years, ready, cursor } as const
  return listPage(c, shown, told)
}

async function readyNow(c: Ctx, { own }: { own: readonly Pair[] }): Promise<Ready> {
  const open = own.filter(({ voucher }) => voucher.state === 'confirmed')
  return readyOf(await itemsOf(c.env, open, c.var.now))
}

/** The vouchers this enterprise redeems, those to submit first; and how many carriers redeem. */
async function ownPairs(c: Ctx): Promise<{ own: Pair[]; others: number }> {
  const actor = enterpriseOf(c)
  const { vouchers, redemptions } = await readLedger(c.env, actor.enterprise, c.var.now)
  const shown = vouchers.filter((voucher) => PAYEE_STATES.includes(voucher.state))
  const own = shown.filter((voucher) => isPayee(voucher, actor))
  const rank = ({ state }: Voucher) => PAYEE_STATES.slice(0, 2).indexOf(state) + 1 || 3
  return {
    own: own
      .toSorted((one, other) => rank(one) - rank(other))
      .map((voucher) => ({
        voucher,
        redemption: redemptions.find((one) => one.id === voucher.redemption) ?? null,
      })),
    others: shown.length - own.length,
  }
}

/** The vouchers of the boxes, or all that are confirmed; undefined where one is not its own. */
async function pairsFor(c: Ctx, ticked: readonly string[] | 'all'): Promise<Pair[] | undefined> {
  const { own } = await ownPairs(c)
  if (ticked === 'all') return own.filter(({ voucher }) => voucher.state === 'confirmed')
  const chosen = new Set(ticked.map((text) => readRef(text)?.voucher))
  const pairs = own.filter(({ voucher }) => chosen.has(voucher.id))
  return pairs.length === chosen.size ? pairs : undefined
}
