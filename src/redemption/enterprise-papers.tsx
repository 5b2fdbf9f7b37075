/** 「附件」 of a voucher that the enterprise redeems (SPEC D2): what is missing is added here. */
import { Hono } from 'hono'
import { auditOf } from '../audit/client.ts'
import { serveFile } from '../attachment/client.ts'
import { isId } from '../kernel/id.ts'
import { readVoucher } from '../ledger/client.ts'
import type { App, Ctx } from '../platform/bindings.ts'
import { readForm } from '../platform/form.ts'
import { allow, enterpriseOf } from '../platform/guard.ts'
import { seeOther } from '../platform/respond.tsx'
import { savePapers } from './client.ts'
import { kindsOf, papersErrors, papersPage } from './papers-view.tsx'
import { placeOf } from './row-view.tsx'
import { isPayee, takesPapers } from './rules.ts'
import { findPaper, fullOf, pairOf } from './store.ts'
import type { Full } from './store.ts'

export const door = new Hono<App>()

const read = allow({ role: 'enterprise', scope: 'own', action: 'redemption.papers.read' })
const write = allow({ role: 'enterprise', scope: 'own', action: 'redemption.papers' })

door.get('/redemptions/:voucher/papers', read, async (c) => {
  const full = await findOwn(c)
  if (!full) return c.notFound()
  return papersPage(c, { side: 'enterprise', ...full, saved: c.req.query('saved') === '1' })
})

door.post('/redemptions/:voucher/papers', write, async (c) => {
  const full = await findOwn(c)
  if (!full) return c.notFound()
  const { voucher } = full.item
  if (!takesPapers(voucher)) return papersPage(c, { side: 'enterprise', ...full, status: 409 })
  const posted = await readForm(c)
  const { id, region } = voucher
  const refused = await savePapers(
    c.env,
    {
      ...full,
      voucher,
      kinds: kindsOf(full),
      posted,
      by: enterpriseOf(c).account,
      at: c.var.now,
    },
    (after) => auditOf(c, 'redemption.papers', `voucher:${id}`, { region, after }),
  )
  if (Object.keys(refused).length === 0)
    return seeOther(c, `${placeOf('enterprise', voucher)}/papers?saved=1`)
  const now = await findOwn(c)
  const { typed } = posted
  return papersPage(c, {
    side: 'enterprise',
    ...(now ?? full),
    typed,
    errors: papersErrors(c, refused),
  })
})

door.get('/redemptions/:voucher/papers/:file', read, async (c) => {
  const full = await findOwn(c)
  const file = full && (await findPaper(c.env, full, c.req.param('file')))
  if (!file) return c.notFound()
  return serveFile(c.env, file, {
    headers: c.req.raw.headers,
    inline: c.req.query('inline') === '1',
  })
})

/** The voucher with its papers where this enterprise redeems it. */
async function findOwn(c: Ctx): Promise<Full | undefined> {
  const actor = enterpriseOf(c)
  const id = c.req.param('voucher') ?? ''
  const found = isId(id) ? await readVoucher(c.env, actor.enterprise, id, c.var.now) : null
  if (!found || !isPayee(found.voucher, actor)) return undefined
  return fullOf(c.env, pairOf(found), c.var.now)
}
