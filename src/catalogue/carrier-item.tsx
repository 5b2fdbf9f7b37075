/**
 * One service or instrument of the carrier: 「新增服务」, 「新增仪器」, changing, taking down and up
 * again. What needs a review waits while the published version stays; the rest is public at once.
 * Refuses a form that was rendered before somebody else's change.
 */
import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { touchAtlas } from '../atlas/client.ts'
import { auditOf } from '../audit/client.ts'
import { isId, newId } from '../kernel/id.ts'
import { announce } from '../live/client.ts'
import type { App, Ctx } from '../platform/bindings.ts'
import { commitOnce, dbOf } from '../platform/db.ts'
import type { Statement } from '../platform/db.ts'
import { readForm } from '../platform/form.ts'
import { allow, carrierOf } from '../platform/guard.ts'
import { page, seeOther } from '../platform/respond.tsx'
import { bureauFor } from '../policy/client.ts'
import { readInstrument, readService } from './form-rules.ts'
import type { Reading, Typed } from './form-rules.ts'
import { errorsOf } from './form-view.tsx'
import type { Told } from './form-view.tsx'
import { findItem, insertable, itemStatements, rowWith } from './item-store.ts'
import type { Item } from './item-store.ts'
import { PATHS } from './list-view.tsx'
import { ItemPage, NewItemPage } from './offer-view.tsx'
import type { Own } from './offer-view.tsx'
import { listPictures } from './picture-store.ts'
import { contentOf, planEdit, seenOf } from './proposal-rules.ts'
import type { Content, Plan, Proposal } from './proposal-rules.ts'
import { insertProposal, insertVerdict, listProposalsOf } from './proposal-store.ts'
import type { Carrier, Kind } from './rules.ts'
import { findCarrier } from './store.ts'

export const door = new Hono<App>()

/** Instruments first: their addresses lie below the services'. */
const KINDS: readonly Kind[] = ['instrument', 'service']
const read = allow({ role: 'carrier', scope: 'own', action: 'catalogue.read' })
const write = allow({ role: 'carrier', scope: 'own', action: 'catalogue.write' })

for (const kind of KINDS) {
  const at = PATHS[kind].replace('/carrier', '')
  door.get(`${at}/new`, write, (c) => newPage(c, kind, newId()))
  door.post(at, write, (c) => create(c, kind))
  door.get(`${at}/:id`, read, async (c) => {
    const own = await findOwn(c, kind)
    return own ? itemPage(c, own) : c.notFound()
  })
  door.post(`${at}/:id`, write, async (c) => {
    const own = await findOwn(c, kind)
    return own ? change(c, own) : c.notFound()
  })
  door.post(`${at}/:id/withdrawal`, write, async (c) => {
    const own = await findOwn(c, kind)
    return own ? list(c, own, 'withdraw') : c.notFound()
  })
  door.post(`${at}/:id/relisting`, write, async (c) => {
    const own = await findOwn(c, kind)
    return own ? list(c, own, 'relist') : c.notFound()
  })
  door.post(`${at}/:id/taking-back`, write, async (c) => {
    const own = await findOwn(c, kind)
    return own ? takeBack(c, own) : c.notFound()
  })
}

async function findOwn(c: Ctx, kind: Kind): Promise<Own | undefined> {
  const id = c.req.param('id') ?? ''
  const db = dbOf(c.env)
  const carrier = await ownCarrier(c)
  if (!isId(id)) return undefined
  const [item, all] = await Promise.all([findItem(db, kind, id), listProposalsOf(db, id)])
  const proposals = all.filter((one) => one.carrier === carrier.id && one.kind === kind)
  const owned = item ? item.row.carrier === carrier.id : proposals.length > 0
  return owned ? { kind, id, carrier, item, proposals } : undefined
}

async function ownCarrier(c: Ctx): Promise<Carrier> {
  const carrier = await findCarrier(dbOf(c.env), carrierOf(c).carrier)
  if (!carrier) throw new Error('a carrier actor without its carrier')
  return carrier
}

function readContent(kind: Kind, typed: Typed, carrier: Carrier): Reading<Content> {
  return kind === 'service' ? readService(typed, carrier) : readInstrument(typed)
}

async function newPage(c: Ctx, kind: Kind, key: string, told?: Told): Promise<Response> {
  const carrier = await ownCarrier(c)
  const status = told ? 422 : 200
  return page(c, <NewItemPage {...{ c, kind, carrier, once: key, told }} />, status)
}

/** The form's key becomes the item's id, so that a second press finds what the first made. */
async function create(c: Ctx, kind: Kind): Promise<Response> {
  const db = dbOf(c.env)
  const { typed, many } = await readForm(c)
  const id = typed['key'] ?? ''
  if (!isId(id)) throw new HTTPException(400, { message: 'no_key' })
  const carrier = await ownCarrier(c)
  const reading = readContent(kind, typed, carrier)
  if (!reading.ok) return newPage(c, kind, id, { typed, many, errors: errorsOf(c, reading.faults) })

  const there = `${PATHS[kind]}/${id}?done=sent`
  if (!(await insertable(db, id))) return seeOther(c, there)
  const own = { kind, id, carrier, item: undefined, proposals: [] }
  const made = await commitOnce(db, propose(c, own, reading.value, null))
  if (made) await tell(c, carrier, id)
  return seeOther(c, there)
}

async function change(c: Ctx, own: Own): Promise<Response> {
  const { kind, id, carrier, item, proposals } = own
  const { typed, many } = await readForm(c)
  const reading = readContent(kind, typed, carrier)
  const told = { typed, many, errors: reading.ok ? {} : errorsOf(c, reading.faults) }
  if (!reading.ok) return itemPage(c, own, { told })
  if (typed['seen'] !== seenOf(item?.row, proposals[0])) return stale(c, own, told)

  const waiting = proposals[0]?.verdict === null ? proposals[0] : undefined
  const now = item && contentOf(kind, item.row)
  const plan = planEdit(kind, now, waiting?.content, reading.value)
  const statements = statementsOf(c, own, plan)
  if (statements.length === 0) return seeOther(c, `${PATHS[kind]}/${id}?done=nothing`)
  if (!(await commitOnce(dbOf(c.env), statements))) return stale(c, own, told)
  await tell(c, carrier, id)
  return seeOther(c, `${PATHS[kind]}/${id}?done=${plan.propose ? 'sent' : 'at_once'}`)
}

function statementsOf(c: Ctx, own: Own, plan: Plan): Statement[] {
  const { kind, id, carrier, item, proposals } = own
  const db = dbOf(c.env)
  const subject = `${kind}:${id}`
  const statements: Statement[] = []
  if (plan.publish && item) {
    const next = rowWith(item, plan.publish, c.var.now)
    const [before, after] = [contentOf(kind, item.row), plan.publish]
    statements.push(
      ...itemStatements(db, next, item.row.updated_at),
      auditOf(c, 'catalogue.change', subject, { region: carrier.county, before, after }),
    )
  }
  const waiting = proposals[0]?.verdict === null ? proposals[0] : undefined
  if (plan.propose) statements.push(...propose(c, own, plan.propose, waiting ?? null))
  else if (plan.end === 'withdrawn' && waiting)
    statements.push(
      endOf(c, waiting, 'withdrawn'),
      auditOf(c, 'catalogue.take_back', subject, { region: carrier.county }),
    )
  return statements
}

/** A proposal with its audit row, in place of the one that waits. */
function propose(c: Ctx, own: Own, content: Content, waiting: Proposal | null): Statement[] {
  const { kind, id, carrier, item, proposals } = own
  const db = dbOf(c.env)
  const { account, name } = carrierOf(c)
  const number = (proposals[0]?.number ?? 0) + 1
  const proposal = { id: newId(), kind, subject: id, number, carrier: carrier.id, content }
  const before = item && contentOf(kind, item.row)
  return [
    ...(waiting ? [endOf(c, waiting, 'replaced')] : []),
    insertProposal(db, { ...proposal, at: c.var.now, by: account, by_name: name }),
    auditOf(c, 'catalogue.propose', `${kind}:${id}`, {
      region: carrier.county,
      before,
      after: content,
    }),
  ]
}

function endOf(c: Ctx, waiting: Proposal, decision: 'replaced' | 'withdrawn'): Statement {
  const { account, name } = carrierOf(c)
  const by = { at: c.var.now, by: account, by_name: name }
  return insertVerdict(dbOf(c.env), { proposal: waiting.id, decision, reason: null, ...by })
}

/** 下架 and 重新上架: a second press of either changes nothing. */
async function list(c: Ctx, own: Own, move: 'withdraw' | 'relist'): Promise<Response> {
  const { kind, id, carrier, item } = own
  if (!item) return c.notFound()
  const there = `${PATHS[kind]}/${id}`
  const withdrawn = item.row.withdrawn_at !== null
  if (withdrawn === (move === 'withdraw')) return seeOther(c, there)
  const withdrawn_at = move === 'withdraw' ? c.var.now : null
  const next = { kind, row: { ...item.row, withdrawn_at, updated_at: c.var.now } } as Item
  const made = await commitOnce(dbOf(c.env), [
    ...itemStatements(dbOf(c.env), next, item.row.updated_at),
    auditOf(c, `catalogue.${move}`, `${kind}:${id}`, { region: carrier.county }),
  ])
  if (!made) return stale(c, own)
  await tell(c, carrier, id)
  return seeOther(c, `${there}?done=${move}`)
}

/** 撤回: nothing is asked of the bureau any more. Too late where it has decided. */
async function takeBack(c: Ctx, own: Own): Promise<Response> {
  const { kind, id, carrier, proposals } = own
  const [latest] = proposals
  if (!latest || latest.verdict) return stale(c, own)
  const made = await commitOnce(dbOf(c.env), [
    endOf(c, latest, 'withdrawn'),
    auditOf(c, 'catalogue.take_back', `${kind}:${id}`, { region: carrier.county }),
  ])
  if (!made) return stale(c, own)
  await tell(c, carrier, id)
  return seeOther(c, `${PATHS[kind]}/${id}?done=taken_back`)
}

/** The map, the carrier's other pages and the bureau's list hear of it. */
async function tell(c: Ctx, carrier: Carrier, id: string): Promise<void> {
  await touchAtlas(c.env)
  const desk = await bureauFor(dbOf(c.env), carrier.county)
  const hint = { topic: 'catalogue', enterprise: '', id } as const
  await announce(c.env, [`carrier:${carrier.id}`, `bureau:${desk.region}`], hint)
}

/** 409: the page as it stands now, with what was typed. */
async function stale(c: Ctx, { kind, id }: Own, told?: Told): Promise<Response> {
  const own = await findOwn(c, kind)
  return own ? itemPage(c, own, { told, stale: true }) : seeOther(c, `${PATHS[kind]}/${id}`)
}

type More = { told?: Told | undefined; stale?: boolean }

async function itemPage(c: Ctx, own: Own, { told, stale = false }: More = {}): Promise<Response> {
  const db = dbOf(c.env)
  const [pictures, desk] = await Promise.all([
    listPictures(db, own.id),
    bureauFor(db, own.carrier.county),
  ])
  const status = stale ? 409 : told ? 422 : 200
  const view = { c, own, pictures, bureau: desk.name, told, stale }
  return page(c, <ItemPage {...view} />, status)
}
