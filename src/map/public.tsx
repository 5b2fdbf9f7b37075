/**
 * 「创新地图」: anybody searches organisations, services and instruments, as a list that stands by
 * itself beside the map (SPEC B1). An organisation is a page, or a box for the map to open.
 */
import { Hono } from 'hono'
import {
  findCarrier,
  listInstruments,
  listOfferedCategories,
  listServices,
} from '../catalogue/client.ts'
import { isId } from '../kernel/id.ts'
import { regionName } from '../kernel/region.ts'
import type { App, Ctx } from '../platform/bindings.ts'
import { dbOf } from '../platform/db.ts'
import { allow } from '../platform/guard.ts'
import { words } from '../platform/language.ts'
import { page } from '../platform/respond.tsx'
import { approvedRegistration } from '../registration/client.ts'
import { Layout } from '../ui/layout.tsx'
import { Box } from './box-view.tsx'
import { findRating, listRemarks } from './client.ts'
import { SearchForm } from './form-view.tsx'
import { MapHead, MapPane } from './map-view.tsx'
import { Organisation } from './organisation-view.tsx'
import type { Told } from './organisation-view.tsx'
import { OFFERS_SHOWN, readOffers } from './offer-rules.ts'
import type { OffersAsked } from './offer-rules.ts'
import { addressOf, readNear, readSearch } from './rules.ts'
import type { Search } from './rules.ts'
import { countKinds, findAccepted, listExtras, listShown, listWaysOut, search } from './store.ts'
import { strings } from './strings.ts'
import { Results } from './views.tsx'
import type { Found } from './views.tsx'

export const door = new Hono<App>()

const REMARKS_MAX = 5

door.get('/map', allow({ role: 'public', scope: 'any', action: 'map.search' }), async (c) => {
  const asked = readSearch(c.req.query())
  const address = addressOf(asked, { page: asked.page })
  // A form sends its empty fields too: the address that stays is the one to share.
  if (Object.values(c.req.query()).includes('')) return c.redirect(address, 303)
  const t = words(c, strings)
  const [found, county] = await Promise.all([findAll(c, asked), findOwnCounty(c)])
  return page(
    c,
    <Layout
      c={c}
      title={titleOf(c, asked)}
      wide
      script={['map']}
      head={<Head c={c} asked={asked} />}
    >
      <h1 class="govuk-heading-l">{t.title}</h1>
      <SearchForm c={c} asked={asked} />
      <div class="map-split">
        <MapPane c={c} asked={asked} />
        <Results c={c} asked={asked} found={found} county={county} />
      </div>
    </Layout>,
  )
})

async function findAll(c: Ctx, asked: Search): Promise<Found> {
  const accepted = await findAccepted(c.env, asked, c.var.now)
  const [answer, counts] = await Promise.all([
    search(c.env, asked, accepted),
    countKinds(c.env, asked, accepted),
  ])
  const [extras, open] = await Promise.all([
    listExtras(c.env, answer.hits),
    answer.total === 0 ? listWaysOut(c.env, asked, accepted) : [],
  ])
  return { answer, counts, extras, open }
}

/** The county whose vouchers a signed-in enterprise has. */
async function findOwnCounty(c: Ctx): Promise<string | null> {
  const { actor } = c.var
  if (actor?.role !== 'enterprise') return null
  const approved = await approvedRegistration(dbOf(c.env), actor.enterprise)
  return approved?.county ?? null
}

/** 光谱 杭州市西湖区 仪器设备 - 创新地图, as far as asked for. */
function titleOf(c: Ctx, asked: Search): string {
  const t = words(c, strings)
  const what = subjectOf(c, asked)
  return what === '' ? t.title : `${what} - ${t.title}`
}

function subjectOf(c: Ctx, { typed, region, kind }: Search): string {
  const t = words(c, strings)
  const where = region ? regionName(region, c.var.lang) : ''
  const named = kind === 'organisation' && !typed && !where ? '' : t.kinds[kind]
  return [typed, where, named].filter(Boolean).join(' ')
}

/** What search engines are told: places and views of the map are no pages of their own. */
function Head({ c, asked }: { c: Ctx; asked: Search }) {
  const t = words(c, strings)
  const plain = addressOf({ ...asked, near: null, box: null, sort: 'relevance' })
  return (
    <>
      <meta name="description" content={t.about(subjectOf(c, asked) || t.whole_subject)} />
      <link rel="canonical" href={`${c.env.ORIGIN}${plain}`} />
      {asked.near || asked.box ? <meta name="robots" content="noindex" /> : null}
      <MapHead asked={asked} />
    </>
  )
}

door.get(
  '/map/organisations/:id',
  allow({ role: 'public', scope: 'any', action: 'map.read' }),
  async (c) => {
    const asked = readOffers(c.req.query())
    const told = await findTold(c, c.req.param('id'), asked)
    if (!told) return c.notFound()
    if (asksForBox(c)) return box(c, told)
    const { carrier, services, instruments } = told
    const db = dbOf(c.env)
    const subjects = [carrier, ...services.rows, ...instruments.rows].map(({ id }) => id)
    const [remarks, shown] = await Promise.all([
      listRemarks(db, carrier.id, REMARKS_MAX),
      listShown(db, subjects),
    ])
    return page(
      c,
      <Layout
        c={c}
        title={carrier.name}
        head={<meta name="description" content={aboutOf(c, told)} />}
      >
        <Organisation c={c} {...told} {...{ asked, remarks, shown }} back={backOf(c)} />
      </Layout>,
    )
  },
)

/** The search that led here, if one did. */
function backOf(c: Ctx): string {
  const from = URL.parse(c.req.header('Referer') ?? '')
  const here = new URL(c.req.url)
  return from?.origin === here.origin && from.pathname === '/map' ? `/map${from.search}` : '/map'
}

async function findTold(c: Ctx, id: string, asked: OffersAsked): Promise<Told | undefined> {
  const db = dbOf(c.env)
  const carrier = isId(id) ? await findCarrier(db, id) : undefined
  if (carrier?.state !== 'active') return undefined
  const portion = (page: number) => ({
    word: asked.words,
    limit: OFFERS_SHOWN,
    offset: (page - 1) * OFFERS_SHOWN,
  })
  const [services, instruments, categories, rating] = await Promise.all([
    listServices(db, id, portion(asked.services)),
    listInstruments(db, id, portion(asked.instruments)),
    listOfferedCategories(db, id),
    findRating(db, id),
  ])
  return { carrier, services, instruments, categories, rating }
}

/** The map asks by itself; a link that htmx follows wants the page. */
function asksForBox(c: Ctx): boolean {
  if (c.req.query('box') === '1') return true
  return c.req.header('HX-Request') !== undefined && c.req.header('HX-Boosted') === undefined
}

/** The same address answers two things, which no cache may mix up. */
function box(c: Ctx, told: Told): Response | Promise<Response> {
  c.header('Vary', 'HX-Request')
  c.header('Cache-Control', 'no-store')
  return c.html(<Box c={c} {...told} near={readNear(c.req.query('near'))} />)
}

function aboutOf(c: Ctx, { carrier, services }: Told): string {
  const t = words(c, strings)
  const some = services.rows.slice(0, 5).map(({ name }) => name)
  const where = regionName(carrier.county, c.var.lang)
  return [carrier.name, where, carrier.intro, some.join(t.comma)].filter(Boolean).join(t.stop)
}
