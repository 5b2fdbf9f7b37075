/**
 * 「服务记录」: an enterprise's services and their evaluations (SPEC E1). Evaluating once is the key
 * of a row; what was terminated or not paid is not evaluated.
 */
import { Hono } from 'hono'
import { auditOf } from '../audit/client.ts'
import { isId } from '../kernel/id.ts'
import { readLedger, readVoucher } from '../ledger/client.ts'
import type { Voucher } from '../ledger/rules.ts'
import type { App, Ctx } from '../platform/bindings.ts'
import { commitOnce, dbOf } from '../platform/db.ts'
import { readForm } from '../platform/form.ts'
import type { Errors } from '../platform/form.ts'
import { allow, enterpriseOf } from '../platform/guard.ts'
import { words } from '../platform/language.ts'
import { page, seeOther } from '../platform/respond.tsx'
import { Layout } from '../ui/layout.tsx'
import { Crumbs, Notice } from '../ui/notice.tsx'
import { useFormOf } from '../voucher/client.ts'
import { tellRating } from './client.ts'
import { COMMENT_MAX, isService, readStars, readTags } from './rules.ts'
import { findEvaluation, insertEvaluation, listOf } from './store.ts'
import { strings } from './strings.ts'
import { EvaluationForm, Given, ServiceFacts, Services } from './views.tsx'
import type { Typed } from './views.tsx'

export const door = new Hono<App>()

const read = allow({ role: 'enterprise', scope: 'own', action: 'evaluation.read' })
const give = allow({ role: 'enterprise', scope: 'own', action: 'evaluation.give' })

const EMPTY: Typed = { stars: '', comment: '', tags: [] }

door.get('/evaluations', read, async (c) => {
  const t = words(c, strings)
  const { enterprise } = enterpriseOf(c)
  const [{ vouchers }, given] = await Promise.all([
    readLedger(c.env, enterprise, c.var.now),
    listOf(dbOf(c.env), enterprise),
  ])
  const rows = vouchers.filter(isService).map((voucher) => ({
    voucher,
    given: given.find((one) => one.voucher === voucher.id),
  }))
  return page(
    c,
    <Layout c={c} title={t.title} wide>
      <h1 class="govuk-heading-l">{t.title}</h1>
      <p>{t.lead}</p>
      <Services c={c} rows={rows} />
    </Layout>,
  )
})

door.get('/evaluations/:voucher', read, async (c) => {
  const voucher = await ownVoucher(c)
  return voucher ? servicePage(c, voucher) : c.notFound()
})

door.post('/evaluations/:voucher', give, async (c) => {
  const t = words(c, strings)
  const { typed, many } = await readForm(c)
  const voucher = await ownVoucher(c)
  if (!voucher) return c.notFound()
  const comment = (typed['comment'] ?? '').trim()
  const sent = { stars: typed['stars'] ?? '', comment, tags: many['tag'] ?? [] }
  const stars = readStars(sent.stars)
  const errors: Record<string, string> = {}
  if (stars === undefined) errors['stars'] = t.scoreMissing
  if ([...comment].length > COMMENT_MAX) errors['comment'] = t.commentLong(COMMENT_MAX)
  if (!isService(voucher)) errors['form'] = t.closed
  if (stars === undefined || Object.keys(errors).length > 0) {
    return servicePage(c, voucher, { sent, errors })
  }
  const path = `/enterprise/evaluations/${voucher.id}`
  const first = await giveOnce(c, voucher, { stars, comment, tags: readTags(sent.tags) })
  return seeOther(c, `${path}?${first ? 'done' : 'already'}=1`)
})

/** False where the service was evaluated already. */
async function giveOnce(
  c: Ctx,
  voucher: Voucher,
  given: { stars: number; comment: string; tags: readonly string[] },
): Promise<boolean> {
  const { enterprise, account } = enterpriseOf(c)
  const db = dbOf(c.env)
  const { service } = useFormOf(voucher)
  const { id, carrier, region } = voucher
  const row = { ...given, enterprise, voucher: id, carrier, service }
  const first = await commitOnce(db, [
    insertEvaluation(db, { ...row, is_default: false, by: account, at: c.var.now }),
    auditOf(c, 'evaluation.give', `voucher:${id}`, { region, after: { stars: given.stars } }),
  ])
  if (first) await tellRating(c.env, carrier, c.var.now)
  return first
}

async function ownVoucher(c: Ctx): Promise<Voucher | undefined> {
  const id = c.req.param('voucher') ?? ''
  if (!isId(id)) return undefined
  const found = await readVoucher(c.env, enterpriseOf(c).enterprise, id, c.var.now)
  // Before the carrier has confirmed there is no service to speak of.
  return found && found.voucher.confirmed_at !== null ? found.voucher : undefined
}

async function servicePage(
  c: Ctx,
  voucher: Voucher,
  refused?: { sent: Typed; errors: Errors },
): Promise<Response> {
  const t = words(c, strings)
  const given = await findEvaluation(dbOf(c.env), voucher.enterprise, voucher.id)
  const title = given ? t.result : t.evaluate
  const errors = given ? {} : (refused?.errors ?? {})
  const told = c.req.query('done') ? t.done : given && c.req.method === 'POST' ? t.already : ''
  return page(
    c,
    <Layout c={c} title={title} error={Object.keys(errors).length > 0}>
      <Crumbs items={[{ label: t.backLabel, href: '/enterprise/evaluations' }]} />
      <h1 class="govuk-heading-l">{title}</h1>
      {told || c.req.query('already') ? (
        <Notice tone={told === t.done ? 'good' : 'warning'} title={told || t.already} />
      ) : null}
      <ServiceFacts c={c} voucher={voucher} />
      {given ? (
        <Given c={c} given={given} />
      ) : isService(voucher) ? (
        <EvaluationForm c={c} voucher={voucher} typed={refused?.sent ?? EMPTY} errors={errors} />
      ) : (
        <Notice tone="warning" title={t.closed} />
      )}
    </Layout>,
    refused ? (given ? 409 : 422) : 200,
  )
}
