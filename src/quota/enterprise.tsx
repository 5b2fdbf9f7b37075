/**
 * 「申领额度」: what may still be claimed, what is available, this year's record, and 「退回额度」.
 * Claiming itself happens on the service's own page, in a window of its own (SPEC Q1, Q4, Q6).
 */
import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { auditOnce } from '../audit/client.ts'
import { isId, namedId } from '../kernel/id.ts'
import { refuse } from '../kernel/outcome.ts'
import { post, readBook, readLedger } from '../ledger/client.ts'
import { channelOf, cursorOf } from '../live/client.ts'
import type { App, Ctx } from '../platform/bindings.ts'
import { commit, dbOf } from '../platform/db.ts'
import { readForm } from '../platform/form.ts'
import { allow, enterpriseOf } from '../platform/guard.ts'
import { words } from '../platform/language.ts'
import { page, seeOther, statusOf } from '../platform/respond.tsx'
import { Fragment, Layout } from '../ui/layout.tsx'
import { HandBackEffect } from './effect-view.tsx'
import { keyAfter, nextHandBackKey, placed, readAmount } from './rules.ts'
import type { Quota, Refusals, Typed } from './rules.ts'
import { entitlementOf, recordsOf } from './store.ts'
import { strings } from './strings.ts'
import { Balance, HandedBack, NotRegistered, Overview } from './views.tsx'

export const door = new Hono<App>()

door.get('/quota', allow({ role: 'enterprise', scope: 'own', action: 'quota.read' }), (c) =>
  overview(c),
)

/** The figures alone, fetched by the open page whenever the book changes. */
door.get(
  '/quota/balance',
  allow({ role: 'enterprise', scope: 'own', action: 'quota.read' }),
  async (c) => {
    const { quota } = await entitlementOf(c.env, enterpriseOf(c).enterprise, c.var.now)
    if (!quota) return c.body(null, 204)
    return c.html(
      <Fragment c={c}>
        <Balance c={c} quota={quota} />
      </Fragment>,
    )
  },
)

/** What the amount typed so far would change, fetched while it is typed. */
door.get(
  '/quota/hand-backs/effect',
  allow({ role: 'enterprise', scope: 'own', action: 'quota.read' }),
  async (c) => {
    const { quota } = await entitlementOf(c.env, enterpriseOf(c).enterprise, c.var.now)
    if (!quota) return c.body(null, 204)
    return c.html(
      <Fragment c={c}>
        <HandBackEffect c={c} quota={quota} typed={c.req.query('amount') ?? ''} />
      </Fragment>,
    )
  },
)

door.post(
  '/quota/hand-backs',
  allow({ role: 'enterprise', scope: 'own', action: 'quota.hand_back' }),
  async (c) => {
    const { typed } = await readForm(c)
    const key = typed['key'] ?? ''
    if (!isId(key)) throw new HTTPException(400, { message: 'no_key' })
    const { quota } = await entitlementOf(c.env, enterpriseOf(c).enterprise, c.var.now)
    if (!quota) return overview(c, { refusals: { form: refuse('not_registered') }, key, typed })
    const answer = await handBack(c, quota, key, typed)
    if (!answer.ok) return overview(c, { refusals: placed(answer), key, typed })
    return seeOther(c, `/enterprise/quota/hand-backs/${answer.value.seq}`)
  },
)

door.get(
  '/quota/hand-backs/:seq',
  allow({ role: 'enterprise', scope: 'own', action: 'quota.read' }),
  async (c) => {
    const { enterprise } = enterpriseOf(c)
    const { hand_backs } = await readLedger(c.env, enterprise, c.var.now)
    const made = hand_backs.find((one) => String(one.seq) === c.req.param('seq'))
    if (!made) return c.notFound()
    const book = await readBook(c.env, enterprise, made.region, c.var.now)
    return page(
      c,
      <Layout c={c} title={words(c, strings).handed_title}>
        <HandedBack c={c} made={made} book={book} />
      </Layout>,
    )
  },
)

async function handBack(c: Ctx, quota: Quota, key: string, typed: Typed) {
  const actor = enterpriseOf(c)
  const amount = readAmount(typed['amount'] ?? '')
  if (!amount.ok) return amount
  const { region } = quota
  const year = Number(typed['year'])
  const answer = await post(c.env, actor.enterprise, {
    // A key keeps its answer, a refusal too: another amount from the same form is asked anew.
    key: namedId(`${key}:${amount.value}`),
    actor,
    at: c.var.now,
    command: {
      kind: 'hand_back',
      region,
      year,
      amount_fen: amount.value,
      caps: { budget: quota.budget },
    },
  })
  if (!answer.ok) return answer
  const { seq, at } = answer.value
  const after = { seq, region, year, amount_fen: amount.value }
  const done = { at, action: 'quota.hand_back', subject: `enterprise:${actor.enterprise}` }
  await commit(dbOf(c.env), [auditOnce(c, { ...done, region, after })])
  return answer
}

type Refused = { refusals: Refusals; key: string; typed: Typed }

async function overview(c: Ctx, refused?: Refused): Promise<Response> {
  const t = words(c, strings)
  const { enterprise } = enterpriseOf(c)
  // Before the figures: what changes in between is told again.
  const cursor = await cursorOf(c.env, channelOf(enterpriseOf(c)))
  const { state, quota } = await entitlementOf(c.env, enterprise, c.var.now)
  const records = await recordsOf(c.env, enterprise, c.var.now)
  const [refusal] = Object.values(refused?.refusals ?? {})
  const next = quota ? nextHandBackKey(enterprise, quota, records.hand_backs) : ''
  return page(
    c,
    <Layout c={c} title={t.title} error={refusal !== undefined} script={['live']}>
      {quota ? (
        <Overview
          c={c}
          quota={quota}
          records={records}
          cursor={cursor}
          submission={keyAfter(refusal, refused?.key ?? next, next)}
          typed={refused?.typed ?? {}}
          refusals={refused?.refusals ?? {}}
        />
      ) : (
        <NotRegistered c={c} state={state} title={t.title} />
      )}
    </Layout>,
    refusal ? statusOf(refusal) : 200,
  )
}
