/**
 * Approving several redemptions in full (SPEC D4, K1): a page that shows what it pays, one press,
 * and a result for each. Refuses one that another bureau decides, or that has been decided, by
 * name.
 */
import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { auditOnce } from '../audit/client.ts'
import { isId, newId } from '../kernel/id.ts'
import { covers } from '../kernel/region.ts'
import type { App, Ctx } from '../platform/bindings.ts'
import { commitOnce, dbOf } from '../platform/db.ts'
import { readForm } from '../platform/form.ts'
import { allow, bureauOf } from '../platform/guard.ts'
import { words } from '../platform/language.ts'
import { page, seeOther } from '../platform/respond.tsx'
import { bureauFor } from '../policy/client.ts'
import { Layout } from '../ui/layout.tsx'
import { findVoucher } from '../voucher/client.ts'
import { bulkStrings } from './bulk-strings.ts'
import { listChecks } from './check-store.ts'
import { Chosen, ChosenResult } from './chosen-view.tsx'
import { decideRedemption } from './client.ts'
import { CHOSEN } from './desk-view.tsx'
import { DESK } from './filter-view.tsx'
import { reviewStrings } from './review-strings.ts'
import { findSubmission, fullOf, insertSubmission, pairOf } from './store.ts'
import type { Pair } from './store.ts'
import { readRef } from './submission-rules.ts'
import type { Submission, SubmissionRow } from './submission-rules.ts'

export const door = new Hono<App>()

/** Each is checked and decided by itself, so a press carries a page of the desk at most. */
const CHOICES_MAX = 20

const decide = allow({
  role: 'bureau',
  scope: 'region',
  action: 'redemption.decide',
  staff: ['review'],
})

door.get('/redemptions/chosen', decide, async (c) => {
  const pairs = await pairsFor(c, c.req.queries('voucher') ?? [])
  if (!pairs) return c.notFound()
  const waiting = pairs.filter(({ redemption }) => redemption?.state === 'in_review')
  if (waiting.length === 0) return seeOther(c, DESK)
  const choices = await Promise.all(
    waiting.map(async (pair) => {
      const full = await fullOf(c.env, pair, c.var.now)
      const checks = await listChecks(c.env, full, c.var.now)
      return { pair, ok: checks.every((check) => check.ok) }
    }),
  )
  return page(
    c,
    <Layout c={c} title={words(c, reviewStrings).chosenTitle} wide>
      <Chosen c={c} choices={choices} submission={newId()} />
    </Layout>,
  )
})

door.post('/redemptions/chosen', decide, async (c) => {
  const actor = bureauOf(c)
  const { typed, many } = await readForm(c)
  const key = typed['key'] ?? ''
  if (!isId(key)) throw new HTTPException(400, { message: 'no_key' })
  const party = `bureau:${actor.region}`
  const db = dbOf(c.env)
  if (await findSubmission(db, party, key)) return seeOther(c, `${CHOSEN}/${key}/result`)
  const pairs = await pairsFor(c, many['voucher'] ?? [])
  if (!pairs) return c.notFound()

  const rows: SubmissionRow[] = []
  for (const pair of pairs) rows.push(await approveWhole(c, pair, key))
  const submission = { id: key, party, by: actor.name, at: c.var.now, rows }
  if (rows.some((row) => row.refusal?.code === 'unavailable')) return result(c, submission, 503)
  await commitOnce(db, [insertSubmission(db, submission)])
  return seeOther(c, `${CHOSEN}/${key}/result`)
})

door.get('/redemptions/chosen/:id/result', decide, async (c) => {
  const party = `bureau:${bureauOf(c).region}`
  const submission = await findSubmission(dbOf(c.env), party, c.req.param('id'))
  return submission ? result(c, submission) : c.notFound()
})

/** 予以兑付 of the voucher's whole amount. */
async function approveWhole(c: Ctx, pair: Pair, key: string): Promise<SubmissionRow> {
  const { voucher } = pair
  const { id, enterprise, number, amount_fen, region } = voucher
  const action = 'redemption.approve'
  const answer = await decideRedemption(
    c.env,
    { voucher, redemption: pair.redemption?.id ?? '' },
    { kind: 'approve', paid_fen: amount_fen, reason: null },
    { actor: bureauOf(c), key: `${key}/${enterprise}/${id}`, at: c.var.now },
    (after, done) => auditOnce(c, { at: done, action, subject: `voucher:${id}`, region, after }),
  )
  const refusal = answer.ok ? null : { code: answer.code, facts: answer.facts }
  return { enterprise, voucher: id, number, amount_fen, refusal }
}

/** Undefined where one is not this bureau's to decide, or there are none, or too many. */
async function pairsFor(c: Ctx, chosen: readonly string[]): Promise<Pair[] | undefined> {
  const texts = [...new Set(chosen)].slice(0, CHOICES_MAX + 1)
  if (texts.length > CHOICES_MAX) return undefined
  const pairs = await Promise.all(texts.map((text) => findOwn(c, text)))
  const found = pairs.filter((pair) => pair !== undefined)
  return found.length === texts.length ? found : undefined
}

async function findOwn(c: Ctx, text: string): Promise<Pair | undefined> {
  const { enterprise = '', voucher: id = '' } = readRef(text) ?? {}
  const found = await findVoucher(c.env, { enterprise, id }, c.var.now)
  const { region } = bureauOf(c)
  if (!found || !covers(region, found.voucher.region)) return undefined
  const desk = await bureauFor(dbOf(c.env), found.voucher.region)
  return desk.region === region ? pairOf(found) : undefined
}

async function result(c: Ctx, submission: Submission, status: 200 | 503 = 200): Promise<Response> {
  return page(
    c,
    <Layout c={c} title={words(c, bulkStrings).resultTitle}>
      <ChosenResult c={c} submission={submission} />
    </Layout>,
    status,
  )
}
