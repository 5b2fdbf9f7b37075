/** The ledger without pages: one claim of one fen a request, and what D1 and the proofs say. */
import { Hono } from 'hono'
import { newId } from '../../src/kernel/id.ts'
import { compareMirror, nudge, post, verifyLedger } from '../../src/ledger/client.ts'
import type { Bindings } from '../../src/platform/bindings.ts'

/** The product's classes, whatever their number. */
export * from '../../src/index.ts'

type Seen = { row: number; enterprise: string }

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

/** Whose events have reached D1 since row `after`, oldest first; -1 asks for the last row alone. */
app.get('/seen', async (c) => {
  const after = Number(c.req.query('after'))
  const query =
    after < 0
      ? `SELECT max(rowid) AS row, '' AS enterprise FROM events`
      : 'SELECT rowid AS row, enterprise FROM events WHERE rowid > ? ORDER BY rowid'
  const asked = c.env.DB.prepare(query)
  const found = await (after < 0 ? asked : asked.bind(after)).all<Seen>()
  const rows = after < 0 ? [] : found.results.map(({ enterprise }) => enterprise)
  return c.json({ rows, after: found.results.at(-1)?.row ?? after })
})

/** What is wrong with these ledgers, or with what D1 holds of them. */
app.post('/proof', async (c) => {
  const broken: string[] = []
  for (const enterprise of await c.req.json<string[]>()) {
    await nudge(c.env, enterprise)
    const { problems } = await verifyLedger(c.env, enterprise)
    broken.push(...problems, ...(await compareMirror(c.env, enterprise)))
  }
  return c.json({ broken })
})

export default app
