/**
 * 「批量导入」 of a carrier (SPEC K4): its own services and instruments from a sheet. What it confirms
 * waits for its bureau; another carrier's import is as absent as what never was.
 */
import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { findCarrier } from '../catalogue/client.ts'
import { isId } from '../kernel/id.ts'
import type { App, Ctx } from '../platform/bindings.ts'
import { dbOf } from '../platform/db.ts'
import { allow, carrierOf } from '../platform/guard.ts'
import { abandon, decide, listPage, receive, rows, showImport, template } from './flow.tsx'
import { isOwn } from './rules.ts'
import type { Import } from './rules.ts'
import { findImport } from './store.ts'

export const door = new Hono<App>()

const read = allow({ role: 'carrier', scope: 'own', action: 'import.read' })
const begin = allow({ role: 'carrier', scope: 'own', action: 'import.begin' })
const settle = allow({ role: 'carrier', scope: 'own', action: 'import.decide' })

const MAY = { duty: true, decide: true, review: false }

door.get('/imports', read, (c) =>
  listPage(c, 'carrier', { carrier: carrierOf(c).carrier, may_upload: true }),
)

door.post('/imports', begin, async (c) => {
  const { carrier: id } = carrierOf(c)
  const carrier = await findCarrier(dbOf(c.env), id)
  if (!carrier) throw new HTTPException(403, { message: 'wrong_role' })
  return receive(c, 'carrier', { carrier: id, region: carrier.county, may_upload: true })
})

door.get('/imports/template', read, (c) => template(c, 'carrier'))

door.get('/imports/:id', read, async (c) => {
  const one = await findOwn(c)
  return one ? showImport(c, 'carrier', one, MAY) : c.notFound()
})

door.get('/imports/:id/rows', read, async (c) => {
  const one = await findOwn(c)
  return one ? rows(c, 'carrier', one) : c.notFound()
})

door.post('/imports/:id/decision', settle, async (c) => {
  const one = await findOwn(c)
  return one ? decide(c, 'carrier', one, MAY) : c.notFound()
})

door.post('/imports/:id/abandonment', settle, async (c) => {
  const one = await findOwn(c)
  return one ? abandon(c, 'carrier', one, MAY) : c.notFound()
})

async function findOwn(c: Ctx): Promise<Import | undefined> {
  const id = c.req.param('id') ?? ''
  const one = isId(id) ? await findImport(dbOf(c.env), id) : undefined
  return one && isOwn(one, carrierOf(c)) ? one : undefined
}
