/** A voucher's page for the carrier named on it: all it says, its papers, and confirming it. */
import { Hono } from 'hono'
import { findFile, serveFile } from '../attachment/client.ts'
import { channelOf, cursorOf } from '../live/client.ts'
import { LiveBlock } from '../live/page.tsx'
import type { App, Ctx } from '../platform/bindings.ts'
import { dbOf } from '../platform/db.ts'
import { allow, carrierOf } from '../platform/guard.ts'
import { words } from '../platform/language.ts'
import { page } from '../platform/respond.tsx'
import { Fragment, Layout } from '../ui/layout.tsx'
import { Crumbs } from '../ui/notice.tsx'
import { findVoucher, invoiceOf, papersOf, qrLinks } from './client.ts'
import { strings } from './desk-strings.ts'
import { ConfirmBox, DESK } from './desk-view.tsx'
import { Face, FormFacts, History } from './detail-view.tsx'
import { Papers } from './paper-view.tsx'

export const door = new Hono<App>()

const read = allow({ role: 'carrier', scope: 'own', action: 'voucher.read' })

door.get('/vouchers/:enterprise/:voucher', read, async (c) => {
  const t = words(c, strings)
  const cursor = await cursorOf(c.env, channelOf(carrierOf(c)))
  const named = await namedVoucher(c)
  if (!named) return c.notFound()
  const { number } = named.voucher
  return page(
    c,
    <Layout c={c} title={number} script={['live']}>
      <Crumbs items={[{ label: t.backLabel, href: DESK }]} />
      <h1 class="govuk-heading-l">{number}</h1>
      <LiveBlock topic="voucher" get={`${c.req.path}/body`} cursor={cursor} said={t.live}>
        <NamedVoucher c={c} {...named} />
      </LiveBlock>
    </Layout>,
  )
})

door.get('/vouchers/:enterprise/:voucher/body', read, async (c) => {
  const named = await namedVoucher(c)
  if (!named) return c.notFound()
  return c.html(
    <Fragment c={c}>
      <NamedVoucher c={c} {...named} />
    </Fragment>,
  )
})

door.get('/vouchers/:enterprise/:voucher/papers/:file', read, async (c) => {
  const named = await namedVoucher(c)
  const paper = named?.papers.find((one) => one.file === c.req.param('file'))
  const file = paper && (await findFile(dbOf(c.env), paper.file))
  return file ? serveFile(c.env, file, { headers: c.req.raw.headers }) : c.notFound()
})

/** The voucher of the address where it names this carrier. */
async function namedVoucher(c: Ctx) {
  const { enterprise = '', voucher: id = '' } = c.req.param()
  const found = await findVoucher(c.env, { enterprise, id }, c.var.now)
  if (found?.voucher.carrier !== carrierOf(c).carrier) return undefined
  const db = dbOf(c.env)
  const [papers, invoice, qr] = await Promise.all([
    papersOf(db, found.voucher),
    invoiceOf(db, found.voucher),
    qrLinks(c.env, [found.voucher], c.var.now),
  ])
  return { ...found, papers, invoice, qr: qr.get(id) ?? '' }
}

type Named = NonNullable<Awaited<ReturnType<typeof namedVoucher>>>

function NamedVoucher({ c, voucher, events, papers, invoice, qr }: Named & { c: Ctx }) {
  const base = `/carrier/vouchers/${voucher.enterprise}/${voucher.id}`
  return (
    <>
      <Face c={c} voucher={voucher} qr={qr} />
      {voucher.state === 'unconfirmed' ? <ConfirmBox c={c} voucher={voucher} /> : null}
      <FormFacts c={c} voucher={voucher} />
      <Papers c={c} papers={papers} invoice={invoice} base={base} />
      <History c={c} events={events} />
    </>
  )
}
