/**
 * What enterprise and carrier do alike as payees (SPEC D1–D3): submit what is ticked or all, read
 * what became of it, withdraw, and add papers. Their doors say which vouchers, and show the list.
 */
import { HTTPException } from 'hono/http-exception'
import { serveFile } from '../attachment/client.ts'
import { auditOf, auditOnce } from '../audit/client.ts'
import type { CarrierActor, EnterpriseActor } from '../kernel/actor.ts'
import { isId } from '../kernel/id.ts'
import { post } from '../ledger/client.ts'
import { refusalText } from '../ledger/strings.ts'
import type { Ctx } from '../platform/bindings.ts'
import { commit, dbOf } from '../platform/db.ts'
import { readForm } from '../platform/form.ts'
import { carrierOf, enterpriseOf } from '../platform/guard.ts'
import { words } from '../platform/language.ts'
import { seeOther, statusOf } from '../platform/respond.tsx'
import { findVoucher } from '../voucher/client.ts'
import { savePapers } from './client.ts'
import { kindsOf, papersErrors, papersPage } from './papers-view.tsx'
import type { Told } from './payee-view.tsx'
import { resultPage } from './result-view.tsx'
import { LIST, placeOf, rowPage } from './row-view.tsx'
import { isPayee, takesPapers } from './rules.ts'
import { PAYEE_STATES, findPaper, findSubmission, fullOf, itemsOf, pairOf } from './store.ts'
import type { Full, Pair } from './store.ts'
import { strings } from './strings.ts'
import { submitOnce } from './submission.ts'
import { ROWS_MAX } from './submission-rules.ts'
import type { Ref } from './submission-rules.ts'

type Payee = EnterpriseActor | CarrierActor

function payeeOf(c: Ctx): Payee {
  return c.var.actor?.role === 'carrier' ? carrierOf(c) : enterpriseOf(c)
}

/** Under which its presses are kept. */
function partyOf(actor: Payee): string {
  return `${actor.role}:${actor.role === 'carrier' ? actor.carrier : actor.enterprise}`
}

/** A voucher that this payee redeems. An enterprise has one ledger, whatever `enterprise` says. */
export async function findRedeemed(c: Ctx, named: Ref): Promise<Pair | undefined> {
  const actor = payeeOf(c)
  const enterprise = actor.role === 'enterprise' ? actor.enterprise : named.enterprise
  const found = await findVoucher(c.env, { enterprise, id: named.voucher }, c.var.now)
  return found && isPayee(found.voucher, actor) ? pairOf(found) : undefined
}

/** The one of the address. */
function findAsked(c: Ctx): Promise<Pair | undefined> {
  const { enterprise = '', voucher = '' } = c.req.param() as Record<string, string>
  return findRedeemed(c, { enterprise, voucher })
}

/** The list once more, with why nothing was done. */
type List = (c: Ctx, told: Told) => Promise<Response>
/** The ticked vouchers, or all that are confirmed; undefined where one is not this payee's. */
type PairsFor = (c: Ctx, ticked: readonly string[] | 'all') => Promise<Pair[] | undefined>

/** 「提交所选」 and 「全部提交」. */
export async function submitPress(c: Ctx, pairsFor: PairsFor, list: List): Promise<Response> {
  const t = words(c, strings)
  const actor = payeeOf(c)
  const { typed, many } = await readForm(c)
  const key = typed['key'] ?? ''
  if (!isId(key)) throw new HTTPException(400, { message: 'no_key' })
  const party = partyOf(actor)
  const sentPath = `${LIST[actor.role]}/submissions/${key}`
  if (await findSubmission(dbOf(c.env), party, key)) return seeOther(c, sentPath)

  const all = typed['do'] === 'all'
  const ticked = [...new Set(many['voucher'] ?? [])]
  const tooMany = { message: t.tooMany(ROWS_MAX), status: 422 } as const
  if (!all && ticked.length === 0) return list(c, { message: t.noneChosen, status: 422 })
  if (!all && ticked.length > ROWS_MAX) return list(c, tooMany)
  const pairs = await pairsFor(c, all ? 'all' : ticked)
  if (!pairs) return c.notFound()
  if (pairs.length > ROWS_MAX) return list(c, tooMany)

  const items = await itemsOf(c.env, pairs, c.var.now)
  const after = { vouchers: pairs.map(({ voucher }) => voucher.id) }
  const audit = auditOf(c, 'redemption.submit', party, { after })
  const sent = await submitOnce(c.env, items, { actor, key, at: c.var.now, party, audit })
  return sent.kept ? seeOther(c, sentPath) : resultPage(c, actor.role, sent, 503)
}

/** What became of one press. */
export async function sentPage(c: Ctx): Promise<Response> {
  const actor = payeeOf(c)
  const submission = await findSubmission(dbOf(c.env), partyOf(actor), c.req.param('id') ?? '')
  return submission ? resultPage(c, actor.role, submission) : c.notFound()
}

/** One row of the list, or nothing where it is in the list no more. */
export async function liveRow(c: Ctx): Promise<Response> {
  const pair = await findAsked(c)
  if (!pair || !PAYEE_STATES.includes(pair.voucher.state)) return c.body(null, 204)
  return rowPage(c, payeeOf(c).role, await itemsOf(c.env, [pair], c.var.now))
}

/** 「撤回」 of the voucher of the address. */
export async function withdraw(c: Ctx, list: List): Promise<Response> {
  const actor = payeeOf(c)
  const pair = await findAsked(c)
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
  const done = { at: answer.value.at, action: 'redemption.withdraw', subject: `voucher:${id}` }
  await commit(dbOf(c.env), [auditOnce(c, { ...done, region })])
  return seeOther(c, `${LIST[actor.role]}?withdrawn=${encodeURIComponent(number)}`)
}

/** 「附件」 of the voucher of the address. */
export async function showPapers(c: Ctx): Promise<Response> {
  const full = await findFull(c)
  if (!full) return c.notFound()
  const saved = c.req.query('saved') === '1'
  return papersPage(c, { side: payeeOf(c).role, ...full, saved })
}

/** 「保存」 on that page: what can be taken is kept, the rest is said beside its field. */
export async function takePapers(c: Ctx): Promise<Response> {
  const { role: side, account: by } = payeeOf(c)
  const full = await findFull(c)
  if (!full) return c.notFound()
  const { voucher } = full.item
  if (!takesPapers(voucher)) return papersPage(c, { side, ...full, status: 409 })
  const posted = await readForm(c)
  const { id, region } = voucher
  const saving = { ...full, voucher, kinds: kindsOf(full), posted, by, at: c.var.now }
  const refused = await savePapers(c.env, saving, (after) =>
    auditOf(c, 'redemption.papers', `voucher:${id}`, { region, after }),
  )
  if (Object.keys(refused).length === 0)
    return seeOther(c, `${placeOf(side, voucher)}/papers?saved=1`)
  const now = (await findFull(c)) ?? full
  const { typed } = posted
  return papersPage(c, { side, ...now, typed, errors: papersErrors(c, refused) })
}

/** One file of it. */
export async function sendPaper(c: Ctx): Promise<Response> {
  const full = await findFull(c)
  const file = full && (await findPaper(c.env, full, c.req.param('file') ?? ''))
  if (!file) return c.notFound()
  const inline = c.req.query('inline') === '1'
  return serveFile(c.env, file, { headers: c.req.raw.headers, inline })
}

async function findFull(c: Ctx): Promise<Full | undefined> {
  const pair = await findAsked(c)
  return pair && fullOf(c.env, pair, c.var.now)
}
