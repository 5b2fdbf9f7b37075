/**
 * 「创新券查询」 for bureau staff: the list from the mirror within their region, each voucher's page
 * from its ledger, and 「终止」 for reviewers of the bureau that answers for it (SPEC V3).
 */
import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { findFile, serveFile } from '../attachment/client.ts'
import { auditOnce } from '../audit/client.ts'
import { auditBy } from '../booking/client.ts'
import type { BureauActor } from '../kernel/actor.ts'
import { covers } from '../kernel/region.ts'
import { post } from '../ledger/client.ts'
import type { Voucher } from '../ledger/rules.ts'
import { refusalText } from '../ledger/strings.ts'
import type { App, Ctx } from '../platform/bindings.ts'
import { commit, dbOf } from '../platform/db.ts'
import { readForm } from '../platform/form.ts'
import type { Errors } from '../platform/form.ts'
import { allow, bureauOf } from '../platform/guard.ts'
import { words } from '../platform/language.ts'
import { page, seeOther, statusOf } from '../platform/respond.tsx'
import { bureauFor } from '../policy/client.ts'
import { ErrorSummary } from '../ui/form.tsx'
import { Layout } from '../ui/layout.tsx'
import { Crumbs, Notice } from '../ui/notice.tsx'
import { findVoucher, freeBookings, invoiceOf, papersOf, qrLinks } from './client.ts'
import { Face, FormFacts, History } from './detail-view.tsx'
import { Papers } from './paper-view.tsx'
import { REASON_MAX } from './rules.ts'
import { readSearch } from './search-rules.ts'
import { strings } from './search-strings.ts'
import { FoundVouchers, SearchFilters, Termination } from './search-view.tsx'
import { searchVouchers } from './store.ts'

export const door = new Hono<App>()

const read = allow({ role: 'bureau', scope: 'region', action: 'voucher.read' })
const review = allow({
  role: 'bureau',
  scope: 'region',
  action: 'voucher.terminate',
  staff: ['review'],
})

door.get('/vouchers', read, async (c) => {
  const t = words(c, strings)
  const search = readSearch(c.req.query(), bureauOf(c).region)
  const found = await searchVouchers(dbOf(c.env), search)
  return page(
    c,
    <Layout c={c} title={t.title} wide>
      <h1 class="govuk-heading-l">{t.title}</h1>
      <p class="hint">{t.lead}</p>
      <SearchFilters c={c} />
      <FoundVouchers c={c} {...found} page={search.page} />
    </Layout>,
  )
})

door.get('/vouchers/:enterprise/:voucher', read, (c) => detailPage(c))

door.post('/vouchers/:enterprise/:voucher/terminations', review, async (c) => {
  const t = words(c, strings)
  const actor = bureauOf(c)
  const { typed } = await readForm(c)
  const found = await findInScope(c)
  if (!found) return c.notFound()
  const { voucher } = found
  if (!(await answersFor(c, actor, voucher)))
    throw new HTTPException(403, { message: 'wrong_role' })
  const reason = (typed['reason'] ?? '').trim()
  if (reason === '') return detailPage(c, { reason, errors: { reason: t.reasonMissing } })
  if ([...reason].length > REASON_MAX) {
    return detailPage(c, { reason, errors: { reason: t.reasonLong(REASON_MAX) } })
  }
  const answer = await post(c.env, voucher.enterprise, {
    key: typed['key'] ?? '',
    actor,
    at: c.var.now,
    command: { kind: 'terminate', voucher: voucher.id, reason, acting_for: voucher.region },
  })
  if (!answer.ok) {
    const errors = { form: refusalText(c.var.lang, answer) }
    return detailPage(c, { reason, errors, status: statusOf(answer) })
  }
  await commit(dbOf(c.env), [
    auditOnce(c, {
      at: answer.value.at,
      action: 'voucher.terminate',
      subject: `voucher:${voucher.id}`,
      region: voucher.region,
      after: { reason },
    }),
  ])
  await freeBookings(c.env, [answer.value.voucher], { actor, ...auditBy(c) })
  return seeOther(c, `/bureau/vouchers/${voucher.enterprise}/${voucher.id}?done=1`)
})

door.get('/vouchers/:enterprise/:voucher/papers/:file', read, async (c) => {
  const found = await findInScope(c)
  const papers = found ? await papersOf(dbOf(c.env), found.voucher) : []
  const paper = papers.find((one) => one.file === c.req.param('file'))
  const file = paper && (await findFile(dbOf(c.env), paper.file))
  return file ? serveFile(c.env, file, { headers: c.req.raw.headers }) : c.notFound()
})

/** The voucher of the address with its history, where the bureau's region covers it. */
async function findInScope(c: Ctx) {
  const { enterprise = '', voucher: id = '' } = c.req.param()
  const found = await findVoucher(c.env, { enterprise, id }, c.var.now)
  return found && covers(bureauOf(c).region, found.voucher.region) ? found : undefined
}

/** True for the county's own bureau, or the one above that stands in where it has none. */
async function answersFor(c: Ctx, actor: BureauActor, voucher: Voucher): Promise<boolean> {
  return (await bureauFor(dbOf(c.env), voucher.region)).region === actor.region
}

type Refused = { reason: string; errors: Errors; status?: 409 | 422 | 503 }

async function detailPage(c: Ctx, refused?: Refused): Promise<Response> {
  const t = words(c, strings)
  const found = await findInScope(c)
  if (!found) return c.notFound()
  const { voucher, events } = found
  const db = dbOf(c.env)
  const actor = bureauOf(c)
  const [papers, invoice, qr, answers] = await Promise.all([
    papersOf(db, voucher),
    invoiceOf(db, voucher),
    qrLinks(c.env, [voucher], c.var.now),
    answersFor(c, actor, voucher),
  ])
  const may = answers && actor.staff.includes('review') && voucher.state === 'confirmed'
  return page(
    c,
    <Layout c={c} title={voucher.number} error={refused !== undefined}>
      <Crumbs items={[{ label: t.backLabel, href: '/bureau/vouchers' }]} />
      <h1 class="govuk-heading-l">{voucher.number}</h1>
      <ErrorSummary c={c} errors={refused?.errors ?? {}} />
      {c.req.query('done') && voucher.state === 'terminated' ? (
        <Notice tone="good" title={t.done}>
          <p>{t.doneNote}</p>
        </Notice>
      ) : null}
      <Face c={c} voucher={voucher} qr={qr.get(voucher.id) ?? ''} />
      <FormFacts c={c} voucher={voucher} />
      <Papers
        c={c}
        papers={papers}
        invoice={invoice}
        base={`/bureau/vouchers/${voucher.enterprise}/${voucher.id}`}
      />
      <History c={c} events={events} />
      {may ? (
        <Termination
          c={c}
          voucher={voucher}
          reason={refused?.reason ?? ''}
          errors={refused?.errors ?? {}}
        />
      ) : null}
    </Layout>,
    refused ? (refused.status ?? 422) : 200,
  )
}
