/** The ledger without pages: one claim of one fen a request, and what D1 and the proofs say. */
import { Hono } from 'hono'
import { newId } from '../../src/kernel/id.ts'
import { post, verifyAll } from '../../src/ledger/client.ts'
import type { Bindings } from '../../src/platform/bindings.ts'

/** The product's classes, whatever their number. */
export * from '../../src/index.ts'

const FREE = { fen_max: null, set_by: null }

const app = new Hono<{ Bindings: Bindings }>()

app.post('/claim/:enterprise', async (c) => {
  const enterprise = c.req.param('enterprise')
  const id = newId()
  const answer = await post(c.env, enterprise, {
    key: id,
    actor: { role: 'enterprise', account: enterprise, name: '林知远', enterprise },
    at: Date.now(),
    command: {
      kind: 'claim',
      claim: id,
      region: '330106',
      amount_fen: 1,
      caps: { total: FREE, single: FREE, holding: FREE },
    },
  })
  return c.json(answer, answer.ok ? 200 : 500)
})

/** How many events have reached D1. */
app.get('/mirrored', async (c) => {
  const row = await c.env.DB.prepare('SELECT coalesce(sum(seq), 0) AS events FROM heads').first()
  return c.json(row)
})

app.get('/proof', async (c) => {
  const proofs = await verifyAll(c.env)
  const broken = proofs.filter(({ problems }) => problems.length > 0)
  return c.json({ ledgers: proofs.length, broken })
})

export default app
