/**
 * 「批量导入」 of a bureau (SPEC K4): carriers, services and instruments of its region from a sheet,
 * and the review of what carriers of its region import. Colleagues see what each of them began.
 */
import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { isId } from '../kernel/id.ts'
import { covers } from '../kernel/region.ts'
import type { App, Ctx } from '../platform/bindings.ts'
import { dbOf } from '../platform/db.ts'
import { readForm } from '../platform/form.ts'
import { allow, bureauOf } from '../platform/guard.ts'
import { words } from '../platform/language.ts'
import { bureauFor } from '../policy/client.ts'
import {
  abandon,
  act,
  decide,
  listPage,
  receive,
  refuse,
  rows,
  showImport,
  template,
} from './flow.tsx'
import type { May } from './flow.tsx'
import { decideReview, isOwn } from './rules.ts'
import type { Import } from './rules.ts'
import { findImport } from './store.ts'
import { strings } from './strings.ts'

export const door = new Hono<App>()

const DUTIES = ['review', 'admin'] as const
const grant = { role: 'bureau', scope: 'region' } as const
const read = allow({ ...grant, action: 'import.read', staff: [...DUTIES, 'audit'] })
const begin = allow({ ...grant, action: 'import.begin', staff: DUTIES })
const settle = allow({ ...grant, action: 'import.decide', staff: DUTIES })
const review = allow({ ...grant, action: 'import.review', staff: DUTIES })

door.get('/imports', read, (c) => listPage(c, 'bureau', { ...whose(c), may_upload: mayAct(c) }))

door.post('/imports', begin, (c) =>
  receive(c, 'bureau', { ...whose(c), carrier: null, may_upload: true }),
)

door.get('/imports/template', read, (c) => template(c, 'bureau'))

door.get('/imports/:id', read, async (c) => {
  const one = await findSeen(c)
  return one ? showImport(c, 'bureau', one, await mayOf(c, one)) : c.notFound()
})

door.get('/imports/:id/rows', read, async (c) => {
  const one = await findSeen(c)
  return one ? rows(c, 'bureau', one) : c.notFound()
})

door.post('/imports/:id/decision', settle, async (c) => {
  const one = await findSeen(c)
  if (!one) return c.notFound()
  const may = await mayOf(c, one)
  if (!may.decide) throw new HTTPException(403, { message: 'wrong_role' })
  return decide(c, 'bureau', one, may)
})

door.post('/imports/:id/abandonment', settle, async (c) => {
  const one = await findSeen(c)
  if (!one) return c.notFound()
  const may = await mayOf(c, one)
  if (!may.decide) throw new HTTPException(403, { message: 'wrong_role' })
  return abandon(c, 'bureau', one, may)
})

door.post('/imports/:id/review', review, async (c) => {
  const one = await findSeen(c)
  if (!one) return c.notFound()
  const may = await mayOf(c, one)
  if (!may.review) throw new HTTPException(403, { message: 'wrong_role' })
  const { typed } = await readForm(c)
  const verdict = (['approve', 'return'] as const).find((some) => some === typed['verdict'])
  const reason = typed['reason'] ?? ''
  if (!verdict) {
    const errors = { form: words(c, strings).errors.verdict }
    return showImport(c, 'bureau', one, may, { errors, reason }, 422)
  }
  const decision = decideReview(one, { verdict, reason })
  if (!decision.ok) return refuse(c, 'bureau', one, may, decision, reason)
  return act(c, 'bureau', one, may, verdict, { ...decision.value })
})

function whose(c: Ctx): { region: string } {
  return { region: bureauOf(c).region }
}

function mayAct(c: Ctx): boolean {
  return DUTIES.some((duty) => bureauOf(c).staff.includes(duty))
}

/** Its own imports, and those of carriers in its region. */
async function findSeen(c: Ctx): Promise<Import | undefined> {
  const id = c.req.param('id') ?? ''
  const one = isId(id) ? await findImport(dbOf(c.env), id) : undefined
  if (!one) return undefined
  const actor = bureauOf(c)
  const below = one.carrier !== null && covers(actor.region, one.region)
  return below || isOwn(one, actor) ? one : undefined
}

/** What it began it decides; a carrier's import is reviewed by the bureau that answers for it. */
async function mayOf(c: Ctx, one: Import): Promise<May> {
  const actor = bureauOf(c)
  if (!mayAct(c)) return { duty: false, decide: false, review: false }
  if (isOwn(one, actor)) return { duty: true, decide: true, review: false }
  const { region } = await bureauFor(dbOf(c.env), one.region)
  return { duty: true, decide: false, review: region === actor.region }
}
