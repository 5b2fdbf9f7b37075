/**
 * The product's objects behind a plain face: commands with actor and policy passed in, and what D1,
 * the ledgers and the budgets say of themselves. The load and the checks of `npm run chaos` use it.
 */
import { Hono } from 'hono'
import type { RegionBudget } from '../../src/budget/object.ts'
import { post, readLedger, verifyLedger } from '../../src/ledger/client.ts'
import type { Envelope } from '../../src/ledger/client.ts'
import { digestMirror } from '../../src/ledger/digest.ts'
import type { EnterpriseLedger } from '../../src/ledger/object.ts'
import type { Bindings } from '../../src/platform/bindings.ts'

/** The product's classes, whatever their number. */
export * from '../../src/index.ts'

const app = new Hono<{ Bindings: Bindings }>()

app.post('/post/:enterprise', async (c) => {
  const envelope = await c.req.json<Envelope>()
  return c.json(await post(c.env, c.req.param('enterprise'), envelope))
})

/** How many events have reached D1. Wakes no ledger. */
app.get('/mirrored', async (c) => {
  const row = await c.env.DB.prepare('SELECT coalesce(sum(seq), 0) AS events FROM heads').first()
  return c.json(row)
})

/** What D1 holds of these enterprises: digests and the events. Wakes no ledger. */
app.post('/mirrors', async (c) => {
  const enterprises = await c.req.json<string[]>()
  const events = `SELECT seq, kind, voucher, payload FROM events WHERE enterprise = ? ORDER BY seq`
  const mirrors = enterprises.map(async (enterprise) => ({
    digest: await digestMirror(c.env.DB, enterprise),
    events: (await c.env.DB.prepare(events).bind(enterprise).all()).results,
  }))
  return c.json(await Promise.all(mirrors))
})

/** What these ledgers are: their proofs, digests and rows. */
app.post('/ledgers', async (c) => {
  const enterprises = await c.req.json<string[]>()
  const namespace = c.env.LEDGER as DurableObjectNamespace<EnterpriseLedger>
  const ledgers = enterprises.map(async (enterprise) => ({
    digest: JSON.parse(await namespace.getByName(`ent:${enterprise}`).digest()),
    proof: await verifyLedger(c.env, enterprise),
    ledger: await readLedger(c.env, enterprise, Date.now()),
  }))
  return c.json(await Promise.all(ledgers))
})

/** What stands against a county's budget. */
app.get('/budgets/:region/:year', async (c) => {
  const { region, year } = c.req.param()
  const budgets = c.env.BUDGET as DurableObjectNamespace<RegionBudget>
  return c.json(await budgets.getByName(`budget:${region}:${year}`).prove())
})

export default app
