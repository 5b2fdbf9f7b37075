/**
 * The bureau's review of services and instruments (SPEC K4): one beside what is published, or
 * several with a report row by row. Refuses a second decision and a refusal without a reason.
 */
import { Hono } from 'hono'
import { touchAtlas } from '../atlas/client.ts'
import { isId } from '../kernel/id.ts'
import { covers } from '../kernel/region.ts'
import type { App, Ctx } from '../platform/bindings.ts'
import { dbOf } from '../platform/db.ts'
import { readForm } from '../platform/form.ts'
import type { Errors } from '../platform/form.ts'
import { allow, bureauOf } from '../platform/guard.ts'
import { words } from '../platform/language.ts'
import { page, seeOther, statusOf } from '../platform/respond.tsx'
import { PAGE_SIZE, REVIEWS } from './desk-view.tsx'
import { findItem, listPublished } from './item-store.ts'
import { listPictures } from './picture-store.ts'
import { REASON_MAX } from './proposal-rules.ts'
import type { Proposal } from './proposal-rules.ts'
import { countWaiting, findProposal, listProposalsOf, listWaiting } from './proposal-store.ts'
import { proposalStrings } from './proposal-strings.ts'
import { ResultPage, ReviewList, ReviewPage } from './proposal-view.tsx'
import type { Carrier } from './rules.ts'
import { findCarrier } from './store.ts'
import { decide, tellCarriers } from './verdict.ts'
import type { Asked, DecideRefusal } from './verdict.ts'

export const door = new Hono<App>()

const read = allow({
  role: 'bureau',
  scope: 'region',
  action: 'catalogue.read',
  staff: ['review', 'admin', 'audit'],
})
const review = allow({
  role: 'bureau',
  scope: 'region',
  action: 'catalogue.review',
  staff: ['review', 'admin'],
})

door.get('/carriers/proposals', read, (c) => list(c))

/** Each of the chosen is decided by itself; one that cannot be does not keep the others. */
door.post('/carriers/proposals', review, async (c) => {
  const t = words(c, proposalStrings)
  const { typed, many } = await readForm(c)
  const asked = askedOf(typed)
  const chosen = [...new Set(many['proposal'] ?? [])]
  if (chosen.length === 0) return list(c, { chosen, ...asked, errors: { form: t.none_chosen } })
  if (chosen.length > PAGE_SIZE)
    return list(c, { chosen: [], ...asked, errors: { form: t.too_many(PAGE_SIZE) } })
  if (!asked.decision) return list(c, { chosen, ...asked, errors: { form: t.errors.verdict } })
  const found = await Promise.all(chosen.map((id) => findInScope(c, id)))
  const all = found.filter((one) => one !== undefined)
  if (all.length < chosen.length) return c.notFound()

  const told: Carrier[] = []
  for (const { proposal, carrier } of all) {
    const answer = await decide(c, proposal, carrier, { ...asked, decision: asked.decision })
    if (answer.ok) told.push(carrier)
    else if (answer.code.startsWith('reason_'))
      return list(c, { chosen, ...asked, errors: { reason: refusalWords(c, answer.code) } })
  }
  await tellCarriers(c, told, all)
  await touchAtlas(c.env)
  const query = new URLSearchParams(chosen.map((id) => ['proposal', id]))
  query.set('at', String(c.var.now))
  return seeOther(c, `${REVIEWS}/decided?${query.toString()}`)
})

/** What became of the chosen: `at` is the instant of the press, epoch ms. */
door.get('/carriers/proposals/decided', read, async (c) => {
  const ids = (c.req.queries('proposal') ?? []).slice(0, PAGE_SIZE)
  const found = await Promise.all(ids.map((id) => findInScope(c, id)))
  const proposals = found.flatMap((one) => (one ? [one.proposal] : []))
  if (proposals.length === 0) return seeOther(c, REVIEWS)
  const at = Number(c.req.query('at'))
  const { name } = bureauOf(c)
  const isDone = ({ verdict }: Proposal) => verdict?.at === at && verdict.by_name === name
  return page(c, <ResultPage {...{ c, proposals, isDone }} />)
})

door.get('/carriers/proposals/:id', read, async (c) => {
  const found = await findInScope(c, c.req.param('id'))
  return found ? reviewPage(c, found) : c.notFound()
})

door.post('/carriers/proposals/:id', review, async (c) => {
  const found = await findInScope(c, c.req.param('id'))
  if (!found) return c.notFound()
  const { typed } = await readForm(c)
  const { reason, decision } = askedOf(typed)
  const { errors } = words(c, proposalStrings)
  if (!decision) return reviewPage(c, found, { reason, errors: { form: errors.verdict } }, 422)
  const answer = await decide(c, found.proposal, found.carrier, { reason, decision })
  if (answer.ok) {
    await tellCarriers(c, [found.carrier], [found])
    await touchAtlas(c.env)
    return seeOther(c, `${REVIEWS}/${found.proposal.id}?done=1`)
  }
  if (answer.code === 'already_decided') {
    const now = await findInScope(c, found.proposal.id)
    return now ? reviewPage(c, now, {}, 409) : c.notFound()
  }
  const field = answer.code.startsWith('reason_') ? 'reason' : 'form'
  const told = { reason, errors: { [field]: refusalWords(c, answer.code) } }
  return reviewPage(c, found, told, statusOf(answer))
})

function askedOf(typed: Readonly<Record<string, string>>): {
  reason: string
  decision: Asked['decision'] | undefined
} {
  const decision = (['approved', 'returned'] as const).find((one) => one === typed['decision'])
  return { reason: (typed['reason'] ?? '').trim(), decision }
}

function refusalWords(c: Ctx, code: DecideRefusal): string {
  const { errors } = words(c, proposalStrings)
  if (code === 'reason_too_long') return errors.reason_too_long(REASON_MAX)
  return code === 'reason_required' ? errors.reason_required : errors.id_taken
}

type Found = { proposal: Proposal; carrier: Carrier }

/** A proposal of a carrier outside the bureau's region is as absent as one that never was. */
async function findInScope(c: Ctx, id: string): Promise<Found | undefined> {
  const db = dbOf(c.env)
  const proposal = isId(id) ? await findProposal(db, id) : undefined
  const carrier = proposal && (await findCarrier(db, proposal.carrier))
  if (!proposal || !carrier) return undefined
  return covers(bureauOf(c).region, carrier.county) ? { proposal, carrier } : undefined
}

type Told = { chosen: readonly string[]; reason: string; errors: Errors }

async function list(c: Ctx, told?: Told): Promise<Response> {
  const db = dbOf(c.env)
  const { region } = bureauOf(c)
  const asked = Number(c.req.query('page') ?? '1')
  const number = Number.isSafeInteger(asked) && asked > 0 ? asked : 1
  const [waiting, count] = await Promise.all([
    listWaiting(db, { region, limit: PAGE_SIZE, offset: (number - 1) * PAGE_SIZE }),
    countWaiting(db, region),
  ])
  const published = await listPublished(
    db,
    waiting.map(({ proposal }) => proposal.subject),
  )
  const { chosen, reason, errors } = told ?? { chosen: [], reason: '', errors: {} }
  const view = { c, waiting, published, count, page: number, chosen, reason, errors }
  return page(c, <ReviewList {...view} />, told ? 422 : 200)
}

async function reviewPage(
  c: Ctx,
  { proposal, carrier }: Found,
  { reason = '', errors = {} }: { reason?: string; errors?: Errors } = {},
  status: 200 | 409 | 422 | 503 = 200,
): Promise<Response> {
  const db = dbOf(c.env)
  const { region } = bureauOf(c)
  const [item, all, pictures, queue] = await Promise.all([
    findItem(db, proposal.kind, proposal.subject),
    listProposalsOf(db, proposal.subject),
    listPictures(db, proposal.subject),
    listWaiting(db, { region, limit: 2, offset: 0 }),
  ])
  const earlier = all.filter(({ id, verdict }) => id !== proposal.id && verdict !== null)
  const next = queue.find((one) => one.proposal.id !== proposal.id)?.proposal.id
  const view = { c, proposal, carrier, item, earlier, pictures, next, reason, errors }
  return page(c, <ReviewPage {...view} />, status)
}
