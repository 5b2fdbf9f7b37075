/**
 * The claim page of the service: 「受理地区」, 「申领金额」, 「提交申领」 and the receipt. The ledger
 * grants or refuses; the page's key is the claim's id, so that nothing counts twice (SPEC Q2–Q5).
 */
import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { auditOf } from '../audit/client.ts'
import { parseFen } from '../kernel/amount.ts'
import { isId, newId } from '../kernel/id.ts'
import type { Outcome } from '../kernel/outcome.ts'
import { regionName } from '../kernel/region.ts'
import { post, readBook, readLedger } from '../ledger/client.ts'
import type { Claim } from '../ledger/rules.ts'
import { findBureau } from '../policy/client.ts'
import type { App, Ctx } from '../platform/bindings.ts'
import { commit, dbOf } from '../platform/db.ts'
import { readForm } from '../platform/form.ts'
import { allow, enterpriseOf } from '../platform/guard.ts'
import { words } from '../platform/language.ts'
import { page, seeOther, statusOf } from '../platform/respond.tsx'
import { Fragment, Layout } from '../ui/layout.tsx'
import { strings } from './claim-strings.ts'
import { ClaimPage, Receipt } from './claim-view.tsx'
import { ClaimEffect } from './effect-view.tsx'
import { checkClaim, keyAfter, nextClaimId, placed } from './rules.ts'
import type { Quota, Refusals, Typed } from './rules.ts'
import { entitlementOf, recordsOf } from './store.ts'
import { NotRegistered } from './views.tsx'

export const door = new Hono<App>()

door.get('/quota/claim', allow({ role: 'enterprise', scope: 'own', action: 'quota.read' }), (c) =>
  claimPage(c),
)

/** What the amount typed so far would change, fetched while it is typed. */
door.get(
  '/quota/claim/effect',
  allow({ role: 'enterprise', scope: 'own', action: 'quota.read' }),
  async (c) => {
    const { quota } = await entitlementOf(c.env, enterpriseOf(c).enterprise, c.var.now)
    if (!quota) return c.body(null, 204)
    return c.html(
      <Fragment c={c}>
        <ClaimEffect c={c} quota={quota} typed={c.req.query('amount') ?? ''} />
      </Fragment>,
    )
  },
)

door.post(
  '/quota/claim',
  allow({ role: 'enterprise', scope: 'own', action: 'quota.claim' }),
  async (c) => {
    const { typed } = await readForm(c)
    const key = typed['key'] ?? ''
    if (!isId(key)) throw new HTTPException(400, { message: 'no_key' })
    const refusals = await claim(c, key, typed)
    if (refusals && !(await isMade(c, key, typed))) return claimPage(c, { refusals, key, typed })
    return seeOther(c, `/enterprise/quota/claims/${key}`)
  },
)

door.get(
  '/quota/claims/:id',
  allow({ role: 'enterprise', scope: 'own', action: 'quota.read' }),
  async (c) => {
    const actor = enterpriseOf(c)
    const made = await findClaim(c, c.req.param('id'))
    if (!made) return c.notFound()
    const book = await readBook(c.env, actor.enterprise, made.region, c.var.now)
    return page(
      c,
      <Layout c={c} title={words(c, strings).done}>
        <Receipt c={c} claim={made} book={book} own={made.by === actor.name} />
      </Layout>,
    )
  },
)

/** Claims once under this key; undefined when granted, now or before. */
async function claim(c: Ctx, key: string, typed: Typed): Promise<Refusals | undefined> {
  const { enterprise } = enterpriseOf(c)
  const { state, quota } = await entitlementOf(c.env, enterprise, c.var.now)
  if (!quota) return { form: { ok: false, code: 'not_registered', facts: { state } } }
  const checked = checkClaim(quota, typed)
  if (!checked.ok) return checked.refusals
  const answer = await send(c, quota, key, checked.amount_fen)
  return answer.ok ? undefined : placed(answer)
}

async function send(
  c: Ctx,
  quota: Quota,
  key: string,
  amount_fen: number,
): Promise<Outcome<unknown>> {
  const actor = enterpriseOf(c)
  const { region, total, single, holding, budget } = quota
  const answer = await post(c.env, actor.enterprise, {
    // The claim's id makes it once. A key of its own would keep a refusal after it stopped holding.
    key: newId(),
    actor,
    at: c.var.now,
    command: {
      kind: 'claim',
      claim: key,
      region,
      amount_fen,
      caps: { total, single, holding, budget },
    },
  })
  if (!answer.ok) return answer
  const after = { claim: key, region, amount_fen }
  const subject = `enterprise:${actor.enterprise}`
  await commit(dbOf(c.env), [auditOf(c, 'quota.claim', subject, { region, after })])
  return answer
}

/** True where a claim of this id and amount stands: a retry, or the other agent was first. */
async function isMade(c: Ctx, key: string, typed: Typed): Promise<boolean> {
  const made = await findClaim(c, key)
  return made !== undefined && made.amount_fen === parseFen(typed['amount'] ?? '')
}

async function findClaim(c: Ctx, id: string): Promise<Claim | undefined> {
  if (!isId(id)) return undefined
  const { claims } = await readLedger(c.env, enterpriseOf(c).enterprise, c.var.now)
  return claims.find((one) => one.id === id)
}

type Refused = { refusals: Refusals; key: string; typed: Typed }

async function claimPage(c: Ctx, refused?: Refused): Promise<Response> {
  const t = words(c, strings)
  const { enterprise } = enterpriseOf(c)
  const { state, quota } = await entitlementOf(c.env, enterprise, c.var.now)
  const [refusal] = Object.values(refused?.refusals ?? {})
  const status = refusal ? statusOf(refusal) : 200
  if (!quota) {
    return page(
      c,
      <Layout c={c} title={t.title}>
        <NotRegistered c={c} state={state} title={t.title} />
      </Layout>,
      status,
    )
  }
  const { claims, given_up } = await recordsOf(c.env, enterprise, c.var.now)
  const next = nextClaimId(enterprise, quota, [...claims, ...given_up])
  return page(
    c,
    <Layout c={c} title={t.title} error={refusal !== undefined}>
      <ClaimPage
        c={c}
        quota={quota}
        submission={keyAfter(refusal, refused?.key ?? next, next)}
        typed={refused?.typed ?? {}}
        refusals={refused?.refusals ?? {}}
        bureau={await limiter(c, refused?.refusals)}
      />
    </Layout>,
    status,
  )
}

/** The name of the bureau that set the limit which was broken. */
async function limiter(c: Ctx, refusals: Refusals | undefined): Promise<string> {
  const set_by = refusals?.amount?.facts['set_by']
  if (typeof set_by !== 'string') return ''
  return (
    (await findBureau(dbOf(c.env), set_by))?.name ??
    words(c, strings).bureau(regionName(set_by, c.var.lang))
  )
}
