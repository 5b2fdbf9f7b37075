/**
 * 「实名注册审核」 (SPEC G2): a bureau reads what its region covers and decides what was sent to it.
 * Refuses a second decision, a return or rejection without a reason, and a credit code twice.
 */
import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { Child } from 'hono/jsx'
import { auditOf } from '../audit/client.ts'
import { minuteOf } from '../kernel/clock.ts'
import { isId } from '../kernel/id.ts'
import { covers } from '../kernel/region.ts'
import { announce, cursorOf } from '../live/client.ts'
import { LiveRows } from '../live/page.tsx'
import type { App, Ctx } from '../platform/bindings.ts'
import { commitOnce, dbOf } from '../platform/db.ts'
import { readForm } from '../platform/form.ts'
import type { Errors } from '../platform/form.ts'
import { allow, bureauOf } from '../platform/guard.ts'
import { words } from '../platform/language.ts'
import { fetchRegistryEntry } from '../platform/registry.ts'
import { page, seeOther } from '../platform/respond.tsx'
import { Fragment, Layout } from '../ui/layout.tsx'
import { Notice } from '../ui/notice.tsx'
import { listBureauNames } from './client.ts'
import { filterOf, PAGE_SIZE, Queue, QUEUE, QueueFilters, QueueRow } from './queue-view.tsx'
import { reviewStrings } from './review-strings.ts'
import { ReviewPage } from './review-view.tsx'
import { REASON_MAX, decideReview, readVerdict } from './rules.ts'
import type { RegistrationVersion, ReviewRefusal, Verdict } from './rules.ts'
import * as store from './store.ts'
import { strings } from './strings.ts'

export const door = new Hono<App>()

const read = allow({
  role: 'bureau',
  scope: 'region',
  action: 'registration.list',
  staff: ['review', 'audit', 'admin'],
})
const decide = allow({
  role: 'bureau',
  scope: 'region',
  action: 'registration.review',
  staff: ['review'],
})

door.get('/registrations', read, async (c) => {
  const t = words(c, reviewStrings)
  const db = dbOf(c.env)
  const { region } = bureauOf(c)
  const filter = filterOf(c)
  const cursor = await cursorOf(c.env, `bureau:${region}`)
  const offset = (filter.page - 1) * PAGE_SIZE
  const found = await store.listQueue(db, { ...filter, region, limit: PAGE_SIZE, offset })
  const names = await listBureauNames(db, found.versions)
  const live = filter.state === 'waiting' && filter.word === '' && filter.page === 1
  return page(
    c,
    <Layout c={c} title={t.title} wide script={live ? ['live'] : []}>
      <h1>{t.title}</h1>
      <QueueFilters c={c} filter={filter} />
      <Queue c={c} filter={filter} names={names} {...found} />
      {live ? (
        <LiveRows
          topic="registration"
          row={`${QUEUE}/{id}/row`}
          into="#registration-rows"
          cursor={cursor}
          said={t.liveNew}
        />
      ) : null}
    </Layout>,
  )
})

door.get('/registrations/:id/row', read, async (c) => {
  const version = await findSubmitted(c)
  if (version?.state !== 'waiting') return c.body(null, 204)
  const names = await listBureauNames(dbOf(c.env), [version])
  c.header('Cache-Control', 'no-store')
  return c.html(
    <Fragment c={c}>
      <QueueRow c={c} version={version} names={names} />
    </Fragment>,
  )
})

door.get('/registrations/:id', read, async (c) => {
  const version = await findSubmitted(c)
  if (!version) return c.notFound()
  return page(c, await reviewPage(c, version, {}))
})

door.post('/registrations/:id', decide, async (c) => {
  const t = words(c, reviewStrings)
  const db = dbOf(c.env)
  const actor = bureauOf(c)
  const version = await findSubmitted(c)
  if (!version) return c.notFound()
  const { typed } = await readForm(c)
  const reason = (typed['reason'] ?? '').trim()
  const verdict = readVerdict(typed['verdict'])
  if (!verdict) return refused(c, version, reason, { form: t.errors.verdict })
  if (reason.length > REASON_MAX)
    return refused(c, version, reason, { reason: t.errors.reason_too_long(REASON_MAX) })

  const holder = await store.findOtherHolder(db, version.uscc, version.enterprise)
  const asked = { verdict, reason, region: actor.region, holder: holder !== undefined }
  const decision = decideReview(version, asked)
  if (!decision.ok) return answerRefusal(c, version, reason, verdict, decision.code)

  if (!(await writeReview(c, version, verdict, reason))) return tooLate(c, version.id)
  const hint = { topic: 'registration', enterprise: version.enterprise, id: version.id } as const
  await announce(c.env, [`enterprise:${version.enterprise}`, `bureau:${actor.region}`], hint)
  return seeOther(c, `${QUEUE}/${version.id}?decided=1`)
})

/** Drafts and what lies outside the bureau's region are as absent as what never was. */
async function findSubmitted(c: Ctx): Promise<RegistrationVersion | undefined> {
  const id = c.req.param('id') ?? ''
  const version = isId(id) ? await store.findVersion(dbOf(c.env), id) : undefined
  if (!version || version.submitted_at === null) return undefined
  return covers(bureauOf(c).region, version.county) ? version : undefined
}

type Told = { reason?: string; errors?: Errors; notice?: Child }

/** The page of one version: everything is read anew, the registry included. */
async function reviewPage(c: Ctx, version: RegistrationVersion, told: Told) {
  const db = dbOf(c.env)
  const { region } = bureauOf(c)
  const [registry, versions, holder, queue] = await Promise.all([
    fetchRegistryEntry(c.env, version.uscc),
    store.listVersions(db, version.enterprise),
    store.findOtherHolder(db, version.uscc, version.enterprise),
    store.listQueue(db, { region, state: 'waiting', word: '', limit: 2, offset: 0 }),
  ])
  const sent = versions.filter(({ state }) => state !== 'draft')
  const names = await listBureauNames(db, sent)
  const next = queue.versions.find(({ id, bureau }) => id !== version.id && bureau === region)
  return <ReviewPage {...{ c, version, registry, holder, names, next }} versions={sent} {...told} />
}

/** The verdict and its audit row in one batch; false where one stands already. */
function writeReview(
  c: Ctx,
  version: RegistrationVersion,
  verdict: Verdict,
  reason: string,
): Promise<boolean> {
  const db = dbOf(c.env)
  const { account, name, region } = bureauOf(c)
  return commitOnce(db, [
    store.insertReview(db, {
      version: version.id,
      enterprise: version.enterprise,
      verdict,
      reason: reason === '' ? null : reason,
      uscc: version.uscc,
      bureau: region,
      at: c.var.now,
      by: { account, name },
    }),
    auditOf(c, `registration.${verdict}`, `registration:${version.id}`, {
      region,
      before: { state: 'waiting' },
      after: { state: verdict, reason },
    }),
  ])
}

async function answerRefusal(
  c: Ctx,
  version: RegistrationVersion,
  reason: string,
  verdict: Verdict,
  code: ReviewRefusal,
): Promise<Response> {
  const { errors } = words(c, reviewStrings)
  if (code === 'not_this_bureau') throw new HTTPException(403, { message: 'wrong_role' })
  if (code === 'reason_required' && verdict !== 'approved')
    return refused(c, version, reason, { reason: errors.reason_required[verdict] })
  if (code === 'uscc_held_by_another')
    return refused(c, version, reason, { form: errors.uscc_held_by_another })
  return tooLate(c, version.id)
}

/** 422: the same page with the message beside the field and what was typed. */
async function refused(
  c: Ctx,
  version: RegistrationVersion,
  reason: string,
  errors: Errors,
): Promise<Response> {
  return page(c, await reviewPage(c, version, { reason, errors }), 422)
}

/** 409: who decided, what and when. Where nobody did, another approval took the credit code. */
async function tooLate(c: Ctx, id: string): Promise<Response> {
  const t = words(c, reviewStrings)
  const version = await store.findVersion(dbOf(c.env), id)
  if (!version) return c.notFound()
  if (version.state === 'waiting')
    return refused(c, version, '', { form: t.errors.uscc_held_by_another })
  const state = words(c, strings).states[version.state]
  const notice = (
    <Notice tone="warning" title={t.late(version.decided_by?.name ?? '', state)}>
      {t.lateNote(minuteOf(version.decided_at ?? 0), version.reason ?? words(c, strings).noReason)}
    </Notice>
  )
  return page(c, await reviewPage(c, version, { notice }), 409)
}
