/**
 * 「兑付列表」 of an enterprise (SPEC D1–D3): its confirmed vouchers that it redeems itself. Refuses
 * vouchers whose payee is the carrier, and those whose papers are not complete, each by name.
 */
import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { auditOf } from '../audit/client.ts'
import { yearOf } from '../kernel/clock.ts'
import { isId } from '../kernel/id.ts'
import { post, readLedger, readVoucher } from '../ledger/client.ts'
import type { Voucher } from '../ledger/rules.ts'
import { refusalText } from '../ledger/strings.ts'
import { channelOf, cursorOf } from '../live/client.ts'
import type { App, Ctx } from '../platform/bindings.ts'
import { commit, dbOf } from '../platform/db.ts'
import { readForm } from '../platform/form.ts'
import { allow, enterpriseOf } from '../platform/guard.ts'
import { words } from '../platform/language.ts'
import { seeOther, statusOf } from '../platform/respond.tsx'
import { submitOnce } from './client.ts'
import { filterOf, listPage, readyOf, readyPage } from './payee-view.tsx'
import type { Ready, Told } from './payee-view.tsx'
import { resultPage } from './result-view.tsx'
import { LIST, rowPage } from './row-view.tsx'
import { isPayee } from './rules.ts'
import { PAYEE_STATES, findSubmission, itemsOf, pairOf } from './store.ts'
import type { Pair } from './store.ts'
import { strings } from './strings.ts'
import { ROWS_MAX, readRef } from './submission-rules.ts'

export const door = new Hono<App>()

const read = allow({ role: 'enterprise', scope: 'own', action: 'redemption.read' })
const submit = allow({ role: 'enterprise', scope: 'own', action: 'redemption.submit' })

door.get('/redemptions', read, (c) => list(c))

door.post('/redemptions', submit, async (c) => {
  const t = words(c, strings)
  const actor = enterpriseOf(c)
  const { typed, many } = await readForm(c)
  const key = typed['key'] ?? ''
  if (!isId(key)) throw new HTTPException(400, { message: 'no_key' })
  const party = `enterprise:${actor.enterprise}`
  if (await findSubmission(dbOf(c.env), party, key)) return seeOther(c, sentPath(key))

  const all = typed['do'] === 'all'
  const chosen = new Set((many['voucher'] ?? []).map((text) => readRef(text)?.voucher))
  if (!all && chosen.size === 0) return list(c, { message: t.noneChosen, status: 422 })
  const { own } = await ownPairs(c)
  const pairs = own.filter(({ voucher }) =>
    all ? voucher.state === 'confirmed' : chosen.has(voucher.id),
  )
  if (!all && pairs.length !== chosen.size) return c.notFound()
  if (pairs.length > ROWS_MAX) return list(c, { message: t.tooMany(ROWS_MAX), status: 422 })

  const items = await itemsOf(c.env, pairs, c.var.now)
  const after = { vouchers: pairs.map(({ voucher }) => voucher.id) }
  const audit = auditOf(c, 'redemption.submit', party, { after })
  const sent = await submitOnce(c.env, items, { actor, key, at: c.var.now, party, audit })
  return sent.kept ? seeOther(c, sentPath(key)) : resultPage(c, 'enterprise', sent, 503)
})

door.get('/redemptions/submissions/:id', read, async (c) => {
  const party = `enterprise:${enterpriseOf(c).enterprise}`
  const submission = await findSubmission(dbOf(c.env), party, c.req.param('id'))
  return submission ? resultPage(c, 'enterprise', submission) : c.notFound()
})

door.get('/redemptions/rows/:enterprise/:voucher', read, async (c) => {
  const pair = await findOwn(c)
  if (!pair || !PAYEE_STATES.includes(pair.voucher.state)) return c.body(null, 204)
  return rowPage(c, 'enterprise', await itemsOf(c.env, [pair], c.var.now))
})

door.get('/redemptions/ready', read, async (c) =>
  readyPage(c, await readyNow(c, await ownPairs(c))),
)

door.post('/redemptions/:voucher/withdrawals', submit, async (c) => {
  const actor = enterpriseOf(c)
  const pair = await findOwn(c)
  if (!pair?.redemption) return c.notFound()
  const { id: redemption } = pair.redemption
  const { id, region, number } = pair.voucher
  const answer = await post(c.env, actor.enterprise, {
    key: `${redemption}/withdraw/${actor.account}`,
    actor,
    at: c.var.now,
    command: { kind: 'withdraw', redemption },
  })
  if (!answer.ok)
    return list(c, { message: refusalText(c.var.lang, answer), status: statusOf(answer) })
  await commit(dbOf(c.env), [auditOf(c, 'redemption.withdraw', `voucher:${id}`, { region })])
  return seeOther(c, `${LIST.enterprise}?withdrawn=${encodeURIComponent(number)}`)
})

function sentPath(key: string): string {
  return `${LIST.enterprise}/submissions/${key}`
}

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

async function findOwn(c: Ctx): Promise<Pair | undefined> {
  const actor = enterpriseOf(c)
  const id = c.req.param('voucher') ?? ''
  const read = isId(id) ? await readVoucher(c.env, actor.enterprise, id, c.var.now) : null
  return read && isPayee(read.voucher, actor) ? pairOf(read) : undefined
}
