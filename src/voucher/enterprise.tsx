/**
 * 「我的创新券」 and each voucher's own page, for the enterprise: read from its ledger, so that they
 * never trail. Another's voucher is not found.
 */
import { Hono } from 'hono'
import { findFile, serveFile } from '../attachment/client.ts'
import { findCarrier } from '../catalogue/client.ts'
import { isId } from '../kernel/id.ts'
import { readLedger, readVoucher } from '../ledger/client.ts'
import { channelOf, cursorOf } from '../live/client.ts'
import { LiveBlock } from '../live/page.tsx'
import type { App, Ctx } from '../platform/bindings.ts'
import { dbOf } from '../platform/db.ts'
import type { Errors } from '../platform/form.ts'
import { allow, enterpriseOf } from '../platform/guard.ts'
import { words } from '../platform/language.ts'
import { page } from '../platform/respond.tsx'
import { quotaOf } from '../quota/client.ts'
import { registrationOf } from '../registration/client.ts'
import { ErrorSummary } from '../ui/form.tsx'
import { Fragment, Layout } from '../ui/layout.tsx'
import { Crumbs } from '../ui/notice.tsx'
import { invoiceOf, papersOf, qrLinks } from './client.ts'
import { strings } from './mine-strings.ts'
import { Choosing, Deck, MineFigures, MineFilters, MineLinks, Unregistered } from './mine-view.tsx'
import type { Shown } from './mine-view.tsx'
import { Made } from './made-view.tsx'
import { OwnVoucher } from './own-view.tsx'
import { pageOf } from './mine-rules.ts'

export const door = new Hono<App>()

const read = allow({ role: 'enterprise', scope: 'own', action: 'voucher.read' })

door.get('/vouchers', read, (c) => minePage(c))

/** The cards alone, fetched by the open page whenever a voucher changes. */
door.get('/vouchers/cards', read, async (c) => {
  const shown = await shownOf(c)
  return c.html(
    <Fragment c={c}>
      <Deck c={c} {...shown} />
    </Fragment>,
  )
})

/** The figures alone, fetched whenever the book changes. */
door.get('/vouchers/figures', read, async (c) => {
  const quota = await ownQuota(c)
  if (!quota) return c.body(null, 204)
  return c.html(
    <Fragment c={c}>
      <MineFigures c={c} quota={quota} />
    </Fragment>,
  )
})

/** The list as the address asks for it; with `void=1` to choose from. */
export async function minePage(c: Ctx, errors?: Errors): Promise<Response> {
  const t = words(c, strings)
  const choosing = c.req.query('void') === '1' || errors !== undefined
  const cursor = await cursorOf(c.env, channelOf(enterpriseOf(c)))
  const [shown, quota] = await Promise.all([shownOf(c), ownQuota(c)])
  const { search } = new URL(c.req.url)
  return page(
    c,
    <Layout c={c} title={t.title} error={errors !== undefined} script={['live']}>
      <h1 class="govuk-heading-l">{t.title}</h1>
      <ErrorSummary c={c} errors={errors ?? {}} />
      {quota ? (
        <LiveBlock topic="book" get="/enterprise/vouchers/figures" cursor={cursor}>
          <MineFigures c={c} quota={quota} />
        </LiveBlock>
      ) : (
        <Unregistered c={c} />
      )}
      <MineFilters c={c} shown={shown} />
      {choosing ? (
        <Choosing c={c} shown={shown} />
      ) : (
        <>
          <MineLinks c={c} shown={shown} />
          <LiveBlock
            topic="voucher"
            get={`/enterprise/vouchers/cards${search}`}
            cursor={cursor}
            said={t.live}
          >
            <Deck c={c} {...shown} />
          </LiveBlock>
        </>
      )}
    </Layout>,
    errors ? 422 : 200,
  )
}

async function ownQuota(c: Ctx) {
  const { enterprise } = enterpriseOf(c)
  const { state, approved } = await registrationOf(dbOf(c.env), enterprise)
  if (state !== 'approved' || !approved) return undefined
  return quotaOf(c.env, enterprise, approved.county, c.var.now)
}

/** The vouchers the address asks for, with what their cards show. */
async function shownOf(c: Ctx): Promise<Shown> {
  const { enterprise } = enterpriseOf(c)
  const { vouchers } = await readLedger(c.env, enterprise, c.var.now)
  const paged = pageOf(vouchers, c.req.query())
  const waiting = paged.vouchers.filter((one) => one.state === 'unconfirmed')
  const ids = [...new Set(waiting.map((one) => one.carrier))]
  const [qr, carriers] = await Promise.all([
    qrLinks(c.env, paged.vouchers, c.var.now),
    Promise.all(ids.map((id) => findCarrier(dbOf(c.env), id))),
  ])
  return { ...paged, all: vouchers, qr, carriers: carriers.filter((one) => one !== undefined) }
}

door.get('/vouchers/:id', read, async (c) => {
  const t = words(c, strings)
  const cursor = await cursorOf(c.env, channelOf(enterpriseOf(c)))
  const own = await ownVoucher(c)
  if (!own) return c.notFound()
  const { number, id } = own.voucher
  return page(
    c,
    <Layout c={c} title={number} script={['live']}>
      <Crumbs items={[{ label: t.title, href: '/enterprise/vouchers' }]} />
      <h1 class="govuk-heading-l">{number}</h1>
      <LiveBlock
        topic="voucher"
        get={`/enterprise/vouchers/${id}/body`}
        cursor={cursor}
        said={t.live}
      >
        <OwnVoucher c={c} {...own} />
      </LiveBlock>
    </Layout>,
  )
})

door.get('/vouchers/:id/body', read, async (c) => {
  const own = await ownVoucher(c)
  if (!own) return c.notFound()
  return c.html(
    <Fragment c={c}>
      <OwnVoucher c={c} {...own} />
    </Fragment>,
  )
})

/** What submitting the form made, and what happens next. */
door.get('/vouchers/:id/made', read, async (c) => {
  const own = await ownVoucher(c)
  return own ? page(c, <Made c={c} {...own} again={c.req.query('again') === '1'} />) : c.notFound()
})

door.get('/vouchers/:id/papers/:file', read, async (c) => {
  const own = await ownVoucher(c)
  const paper = own?.papers.find((one) => one.file === c.req.param('file'))
  const file = paper && (await findFile(dbOf(c.env), paper.file))
  return file ? serveFile(c.env, file, { headers: c.req.raw.headers }) : c.notFound()
})

async function ownVoucher(c: Ctx) {
  const { enterprise } = enterpriseOf(c)
  const id = c.req.param('id') ?? ''
  const found = isId(id) ? await readVoucher(c.env, enterprise, id, c.var.now) : null
  if (!found) return undefined
  const db = dbOf(c.env)
  const [papers, invoice, carrier, qr] = await Promise.all([
    papersOf(db, found.voucher),
    invoiceOf(db, found.voucher),
    findCarrier(db, found.voucher.carrier),
    qrLinks(c.env, [found.voucher], c.var.now),
  ])
  return { ...found, papers, invoice, carrier, qr: qr.get(id) ?? '' }
}
