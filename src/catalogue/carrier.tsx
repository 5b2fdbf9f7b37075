/**
 * 「服务与仪器」 (SPEC N2): what the carrier offers, published, waiting, returned or withdrawn.
 * Reads only its own.
 */
import { Hono } from 'hono'
import { channelOf, cursorOf } from '../live/client.ts'
import { LiveBlock } from '../live/page.tsx'
import type { App, Ctx } from '../platform/bindings.ts'
import { dbOf } from '../platform/db.ts'
import { allow, carrierOf } from '../platform/guard.ts'
import { words } from '../platform/language.ts'
import { page } from '../platform/respond.tsx'
import { FORMATS, formatOf } from '../platform/sheet.ts'
import { Buttons, LinkButton } from '../ui/form.tsx'
import { Fragment, Layout } from '../ui/layout.tsx'
import { Crumbs, Notice } from '../ui/notice.tsx'
import { accountOf } from './client.ts'
import { answerItems } from './export.ts'
import { listItems } from './item-store.ts'
import { Items, LIST, OneKind, Organisation, PATHS, SHOWN_MAX } from './list-view.tsx'
import type { ListFilter, Listing } from './list-view.tsx'
import { listOpenProposals } from './proposal-store.ts'
import { wordsOf } from './rules.ts'
import type { Kind } from './rules.ts'
import { findCarrier, findSuspension } from './store.ts'
import { strings } from './strings.ts'

export const door = new Hono<App>()

const KINDS: readonly Kind[] = ['service', 'instrument']
const read = allow({ role: 'carrier', scope: 'own', action: 'catalogue.read' })

door.get('/services', read, async (c) => {
  const asked = c.req.query('kind')
  const kind = KINDS.find((one) => one === asked)
  return kind ? oneKind(c, kind) : overview(c)
})

/** The two tables, for a page that hears of a verdict. */
door.get('/services/rows', read, async (c) => {
  c.header('Cache-Control', 'no-store')
  return c.html(
    <Fragment c={c}>
      <Tables c={c} listings={await readBoth(c)} />
    </Fragment>,
  )
})

/** `kind` is service or instrument, `format` csv or xlsx. */
door.get('/services/export', read, (c) => {
  const { kind: asked, format } = c.req.query()
  const kind = KINDS.find((one) => one === asked) ?? 'service'
  return answerItems(c, kind, { carrier: carrierOf(c).carrier }, formatOf(format))
})

async function overview(c: Ctx): Promise<Response> {
  const t = words(c, strings)
  const db = dbOf(c.env)
  const actor = carrierOf(c)
  const cursor = await cursorOf(c.env, channelOf(actor))
  const [carrier, suspension, account, listings] = await Promise.all([
    findCarrier(db, actor.carrier),
    findSuspension(db, actor.carrier),
    accountOf(c.env, actor.carrier),
    readBoth(c),
  ])
  if (!carrier) return c.notFound()
  return page(
    c,
    <Layout c={c} title={t.title} wide script={['live']}>
      <h1>{t.title}</h1>
      <Done c={c} />
      {suspension ? (
        <Notice tone="warning" title={t.suspended}>
          <p>{t.suspended_note(suspension.reason)}</p>
        </Notice>
      ) : null}
      <p>{t.lead}</p>
      {suspension ? null : (
        <p>
          <a href={`/map/organisations/${carrier.id}`}>{t.on_map}</a>
        </p>
      )}
      <LiveBlock topic="catalogue" get={`${LIST}/rows`} cursor={cursor}>
        <Tables c={c} listings={listings} />
      </LiveBlock>
      <Organisation c={c} carrier={carrier} account={account} />
    </Layout>,
  )
}

function Tables({ c, listings }: { c: Ctx; listings: readonly Listing[] }) {
  return (
    <>
      {listings.map((listing) => (
        <Section c={c} listing={listing} />
      ))}
    </>
  )
}

function Section({ c, listing }: { c: Ctx; listing: Listing }) {
  const t = words(c, strings)
  const { kind, count } = listing
  return (
    <section aria-label={t.kinds[kind]}>
      <h2 class="govuk-heading-m">{t.kinds[kind]}</h2>
      <Buttons>
        <LinkButton href={`${PATHS[kind]}/new`}>{t.add[kind]}</LinkButton>
        <LinkButton href={`/carrier/imports?kind=${kind}`} tone="secondary">
          {t.import}
        </LinkButton>
      </Buttons>
      <Items c={c} listing={listing} />
      {count > 0 ? (
        <Buttons>
          {count > SHOWN_MAX ? <a href={`${LIST}?kind=${kind}`}>{t.all[kind]}</a> : null}
          {FORMATS.map((format) => (
            <a href={`${LIST}/export?kind=${kind}&format=${format}`}>
              {t.export_as(t.kinds[kind], format.toUpperCase())}
            </a>
          ))}
        </Buttons>
      ) : null}
    </section>
  )
}

/** What was just done, as the address says after a change. */
function Done({ c }: { c: Ctx }) {
  const t = words(c, strings)
  return c.req.query('done') === 'saved' ? <Notice tone="good">{t.saved}</Notice> : null
}

async function oneKind(c: Ctx, kind: Kind): Promise<Response> {
  const t = words(c, strings)
  const filter = filterOf(c)
  const listing = await readKind(c, kind, filter)
  return page(
    c,
    <Layout c={c} title={t.all[kind]} wide>
      <Crumbs items={[{ label: t.title, href: LIST }]} />
      <h1>{t.all[kind]}</h1>
      <OneKind c={c} listing={listing} filter={filter} />
    </Layout>,
  )
}

function filterOf(c: Ctx): ListFilter {
  const { word = '', state, page: asked = '1' } = c.req.query()
  const number = Number(asked)
  return {
    word: word.trim().slice(0, 100),
    state: state === 'offered' || state === 'withdrawn' ? state : null,
    page: Number.isSafeInteger(number) && number > 0 ? number : 1,
  }
}

function readBoth(c: Ctx): Promise<Listing[]> {
  const first: ListFilter = { word: '', state: null, page: 1 }
  return Promise.all(KINDS.map((kind) => readKind(c, kind, first)))
}

async function readKind(c: Ctx, kind: Kind, filter: ListFilter): Promise<Listing> {
  const db = dbOf(c.env)
  const { carrier } = carrierOf(c)
  const [open, found] = await Promise.all([
    listOpenProposals(db, carrier, kind),
    listItems(db, kind, {
      carrier,
      word: wordsOf(filter.word),
      state: filter.state,
      limit: SHOWN_MAX,
      offset: (filter.page - 1) * SHOWN_MAX,
    }),
  ])
  const plain = filter.word === '' && filter.state === null && filter.page === 1
  return {
    kind,
    ...found,
    open: new Map(open.map(({ proposal }) => [proposal.subject, proposal])),
    fresh: plain ? open.filter((one) => !one.published).map(({ proposal }) => proposal) : [],
  }
}
