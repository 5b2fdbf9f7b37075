/**
 * One carrier of a bureau's region: admitted, corrected, seen whole. Refuses a wrong credit code,
 * one that is a carrier's already, a county out of reach, a place outside of it, and a stale form.
 */
import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { touchAtlas } from '../atlas/client.ts'
import { auditOf } from '../audit/client.ts'
import { enterpriseForUscc } from '../identity/client.ts'
import { isId, newId } from '../kernel/id.ts'
import { covers } from '../kernel/region.ts'
import { normalUscc } from '../kernel/uscc.ts'
import type { App, Ctx } from '../platform/bindings.ts'
import { commitOnce, dbOf } from '../platform/db.ts'
import { readForm } from '../platform/form.ts'
import { allow, bureauOf } from '../platform/guard.ts'
import { page, seeOther } from '../platform/respond.tsx'
import { approvedRegistration } from '../registration/client.ts'
import { Fragment } from '../ui/layout.tsx'
import { AdmitPage, AsEnterprise, EditPage } from './admission-view.tsx'
import { readAdmission } from './carrier-rules.ts'
import type { Admission } from './carrier-rules.ts'
import { CarrierPage } from './carrier-view.tsx'
import type { Offers } from './carrier-view.tsx'
import { accountOf, admitCarriers, carrierStatements, toWgs84 } from './client.ts'
import { DESK } from './desk-view.tsx'
import type { Fault, Reading } from './form-rules.ts'
import { errorsOf } from './form-view.tsx'
import type { Told } from './form-view.tsx'
import { listItems } from './item-store.ts'
import { SHOWN_MAX } from './list-view.tsx'
import { listPictures } from './picture-store.ts'
import { listWaiting } from './proposal-store.ts'
import type { Carrier, Kind } from './rules.ts'
import { findCarrier, findCarrierByUscc, findSuspension } from './store.ts'

export const door = new Hono<App>()

const KINDS: readonly Kind[] = ['service', 'instrument']
const read = allow({
  role: 'bureau',
  scope: 'region',
  action: 'carrier.read',
  staff: ['review', 'admin', 'audit'],
})
const write = allow({
  role: 'bureau',
  scope: 'region',
  action: 'carrier.admit',
  staff: ['review', 'admin'],
})

door.get('/carriers/new', write, (c) => admitPage(c, newId()))

/** Whose the code in the form is, as a page with scripts asks while it is typed. */
door.get('/carriers/code', write, async (c) => {
  const enterprise = await enterpriseOf(c, c.req.query('uscc'))
  c.header('Cache-Control', 'no-store')
  return c.html(
    <Fragment c={c}>
      <AsEnterprise c={c} enterprise={enterprise} />
    </Fragment>,
  )
})

/** The form's key becomes the carrier's id, so that a second press finds what the first made. */
door.post('/carriers', write, async (c) => {
  const db = dbOf(c.env)
  const { typed, many } = await readForm(c)
  const id = typed['key'] ?? ''
  if (!isId(id)) throw new HTTPException(400, { message: 'no_key' })
  const refused = (faults: readonly Fault[]) =>
    admitPage(c, id, { typed, many, errors: errorsOf(c, faults) })
  if (await findInScope(c, id)) return seeOther(c, `${DESK}/${id}?done=admitted`)
  const reading = withinReach(c, readAdmission(typed, many, toWgs84))
  if (!reading.ok) return refused(reading.faults)

  const { value } = reading
  const made = await commitOnce(db, [
    ...admitCarriers(db, [{ id, ...value, admitted_at: c.var.now }], c.var.now),
    auditOf(c, 'carrier.admit', `carrier:${id}`, { region: value.county, after: auditedOf(value) }),
  ])
  const taken = made ? [] : await takenBy(c, value.uscc, id)
  if (taken.length > 0) return refused(taken)
  await touchAtlas(c.env)
  return seeOther(c, `${DESK}/${id}?done=admitted`)
})

door.get('/carriers/:id', read, async (c) => {
  const carrier = await findInScope(c, c.req.param('id'))
  return carrier ? carrierPage(c, carrier) : c.notFound()
})

door.get('/carriers/:id/edit', write, async (c) => {
  const carrier = await findInScope(c, c.req.param('id'))
  if (!carrier) return c.notFound()
  return editPage(c, carrier)
})

door.post('/carriers/:id', write, async (c) => {
  const db = dbOf(c.env)
  const carrier = await findInScope(c, c.req.param('id'))
  if (!carrier) return c.notFound()
  const { typed, many } = await readForm(c)
  const reading = withinReach(c, readAdmission(typed, many, toWgs84))
  const refused = (faults: readonly Fault[]) =>
    editPage(c, carrier, { typed, many, errors: errorsOf(c, faults) })
  if (!reading.ok) return refused(reading.faults)

  const { value } = reading
  const seen = Number(typed['seen'])
  const made = await commitOnce(db, [
    ...(await carrierStatements(db, carrier, value, { seen, at: c.var.now })),
    auditOf(c, 'carrier.change', `carrier:${carrier.id}`, {
      region: value.county,
      before: auditedOf(carrier),
      after: auditedOf(value),
    }),
  ])
  if (!made) {
    const taken = await takenBy(c, value.uscc, carrier.id)
    return taken.length > 0 ? refused(taken) : stale(c, carrier, { typed, many, errors: {} })
  }
  await touchAtlas(c.env)
  return seeOther(c, `${DESK}/${carrier.id}?done=saved`)
})

/** A carrier outside the bureau's region is as absent as one that never was. */
async function findInScope(c: Ctx, id: string): Promise<Carrier | undefined> {
  const carrier = isId(id) ? await findCarrier(dbOf(c.env), id) : undefined
  return carrier && covers(bureauOf(c).region, carrier.county) ? carrier : undefined
}

function withinReach(c: Ctx, reading: Reading<Admission>): Reading<Admission> {
  if (!reading.ok || covers(bureauOf(c).region, reading.value.county)) return reading
  return { ok: false, faults: [{ field: 'county', code: 'county_out_of_reach', facts: {} }] }
}

/** What an audit row keeps: everything but the phone number. */
function auditedOf(carrier: Admission): Partial<Admission> {
  const { name, uscc, legal_representative, county, address, lng, lat } = carrier
  const { contact, categories, intro, opening, website } = carrier
  const who = { name, uscc, legal_representative, contact, categories }
  return { ...who, county, address, lng, lat, intro, opening, website }
}

/** The fault of a credit code that is another carrier's; none where it is not. */
async function takenBy(c: Ctx, uscc: string, id: string): Promise<Fault[]> {
  const holder = await findCarrierByUscc(dbOf(c.env), uscc)
  if (!holder || holder.id === id) return []
  return [{ field: 'uscc', code: 'uscc_taken', facts: { name: holder.name } }]
}

/** 409: the carrier has changed since; what was typed stays. */
async function stale(c: Ctx, { id }: Carrier, told: Told): Promise<Response> {
  const carrier = await findInScope(c, id)
  if (!carrier) return c.notFound()
  return editPage(c, carrier, told, true)
}

async function admitPage(c: Ctx, once: string, told?: Told): Promise<Response> {
  const enterprise = await enterpriseOf(c, told?.typed['uscc'])
  return page(c, <AdmitPage {...{ c, once, told, enterprise }} />, told ? 422 : 200)
}

async function editPage(c: Ctx, carrier: Carrier, told?: Told, stale = false): Promise<Response> {
  const enterprise = await enterpriseOf(c, told?.typed['uscc'] ?? carrier.uscc)
  const status = stale ? 409 : told ? 422 : 200
  return page(c, <EditPage {...{ c, carrier, told, stale, enterprise }} />, status)
}

/** The registered enterprise that has this credit code, by its name; undefined where none has. */
async function enterpriseOf(c: Ctx, typed = ''): Promise<string | undefined> {
  const db = dbOf(c.env)
  const enterprise = await enterpriseForUscc(db, normalUscc(typed))
  return enterprise && (await approvedRegistration(db, enterprise))?.name
}

async function carrierPage(c: Ctx, carrier: Carrier): Promise<Response> {
  const db = dbOf(c.env)
  const { region } = bureauOf(c)
  const [account, enterprise, suspension, waiting, pictures, ...offers] = await Promise.all([
    accountOf(c.env, carrier.id),
    enterpriseOf(c, carrier.uscc),
    findSuspension(db, carrier.id),
    listWaiting(db, { region, carrier: carrier.id, limit: SHOWN_MAX, offset: 0 }),
    listPictures(db, carrier.id),
    ...KINDS.map((kind) => offersOf(c, carrier.id, kind)),
  ])
  return page(
    c,
    <CarrierPage {...{ c, carrier, account, enterprise, suspension, waiting, pictures, offers }} />,
  )
}

async function offersOf(c: Ctx, carrier: string, kind: Kind): Promise<Offers> {
  const asked = Number(c.req.query(`${kind}s`) ?? '1')
  const number = Number.isSafeInteger(asked) && asked > 0 ? asked : 1
  const offset = (number - 1) * SHOWN_MAX
  const query = { carrier, word: [], state: null, limit: SHOWN_MAX, offset }
  return { kind, page: number, ...(await listItems(dbOf(c.env), kind, query)) }
}
