/** What the product is measured against: a page with one word, and an object with one table. */
import { DurableObject } from 'cloudflare:workers'
import { Hono } from 'hono'

/** Stands under the product's binding and writes one row a call, nothing else. */
export class EnterpriseLedger extends DurableObject {
  constructor(ctx: DurableObjectState, env: Cloudflare.Env) {
    super(ctx, env)
    ctx.storage.sql.exec('CREATE TABLE IF NOT EXISTS rows (id INTEGER PRIMARY KEY, at INTEGER)')
  }

  write(at: number): void {
    this.ctx.storage.sql.exec('INSERT INTO rows (at) VALUES (?)', at)
  }
}

export class Channel extends DurableObject {}
export class RegionBudget extends DurableObject {}
export class MirrorHub extends DurableObject {}
export class AtlasBuilder extends DurableObject {}
export class IntakeJob extends DurableObject {}

type Env = { LEDGER: DurableObjectNamespace<EnterpriseLedger> }

const app = new Hono<{ Bindings: Env }>()

app.get('/', (c) => c.html('<!doctype html><title>bare</title><p>bare</p>'))
app.get('/json', (c) => c.json({ total: 0, clusters: [] }))
app.post('/write/:name', async (c) => {
  await c.env.LEDGER.getByName(c.req.param('name')).write(Date.now())
  return c.text('written')
})

export default app
