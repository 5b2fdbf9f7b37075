/**
 * Imports without pages: takes a file as the desk of a bureau would, and tells how its job is
 * doing. `node test/bench/intake.mjs` measures with it, `node test/chaos/imports.mjs` kills it.
 */
import { DurableObject } from 'cloudflare:workers'
import { Hono } from 'hono'
import { admitCarriers } from '../../src/catalogue/client.ts'
import { progressOf, wakeJob } from '../../src/intake/client.ts'
import type { FileType, Move } from '../../src/intake/rules.ts'
import { findImport, insertImport, insertMove } from '../../src/intake/store.ts'
import { newId } from '../../src/kernel/id.ts'
import type { Bindings } from '../../src/platform/bindings.ts'
import { commit, dbOf } from '../../src/platform/db.ts'

/** The product's classes, whatever their number. */
export * from '../../src/index.ts'

/** The map's index is built elsewhere: what that needs is measured by itself. */
export class AtlasBuilder extends DurableObject {
  touch(): void {}
}

const CARRIER = '01900000-0000-7000-8000-00000000c001'
const app = new Hono<{ Bindings: Bindings }>()

app.post('/carrier', async (c) => {
  const place = { county: '330106', address: '文三路 1 号', lng: 120.13, lat: 30.27 }
  const people = { contact: '吴检', phone: '0571-80000011', legal_representative: '孟代表' }
  const name = { name: '浙江演示智能制造检测研究院', uscc: '123300004700010160', intro: '' }
  const row = { id: CARRIER, ...name, ...place, ...people, admitted_at: 0 }
  await commit(dbOf(c.env), admitCarriers(dbOf(c.env), [row], 0))
  return c.text('admitted')
})

app.post('/imports/:type', async (c) => {
  const db = dbOf(c.env)
  const file_type = c.req.param('type') as FileType
  const content = await c.req.arrayBuffer()
  const id = newId()
  const key = `intake/${id}/file`
  await c.env.FILES.put(key, content)
  const file = { file_name: `表.${file_type}`, file_size: content.byteLength, file_type }
  const by = { at: Date.now(), by: 'wu', by_name: '吴检', sha256: '', key }
  const whose = { kind: 'service', carrier: CARRIER, region: '330106' } as const
  await commit(db, [insertImport(db, { id, ...whose, ...file, ...by })])
  await wakeJob(c.env, id)
  return c.text(id)
})

app.get('/imports/:id', async (c) => {
  const id = c.req.param('id')
  const one = await findImport(dbOf(c.env), id)
  const facts = one?.steps.at(-1)?.facts
  return c.json({ state: one?.state, facts, progress: await progressOf(c.env, id) })
})

app.post('/imports/:id/approval', async (c) => {
  const db = dbOf(c.env)
  for (const move of ['send', 'approve'] satisfies Move[]) {
    const one = await findImport(db, c.req.param('id'))
    if (!one) return c.notFound()
    const step = { move, at: Date.now(), by: 'wu', by_name: '吴检', facts: {} }
    await commit(db, [insertMove(db, one, step)])
  }
  await wakeJob(c.env, c.req.param('id'))
  return c.text('approved')
})

/** What is published: rows, and names among them. */
app.get('/services', async (c) => {
  const query = 'SELECT count(*) AS rows, count(DISTINCT name) AS names FROM services'
  return c.json(await c.env.DB.prepare(query).first())
})

export default app
