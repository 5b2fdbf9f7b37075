/** 「创新地图」 as a list: anybody searches organisations, services and instruments (SPEC B1). */
import { Hono } from 'hono'
import { findCarrier, listInstruments, listServices } from '../catalogue/client.ts'
import { isId } from '../kernel/id.ts'
import type { App } from '../platform/bindings.ts'
import { dbOf } from '../platform/db.ts'
import { allow } from '../platform/guard.ts'
import { words } from '../platform/language.ts'
import { page } from '../platform/respond.tsx'
import { Layout } from '../ui/layout.tsx'
import { findRating } from './client.ts'
import { Organisation } from './organisation-view.tsx'
import { readSearch } from './rules.ts'
import { countHits, search } from './store.ts'
import { strings } from './strings.ts'
import { Results, SearchForm } from './views.tsx'

export const door = new Hono<App>()

door.get('/map', allow({ role: 'public', scope: 'any', action: 'map.search' }), async (c) => {
  const t = words(c, strings)
  const asked = readSearch(c.req.query())
  const db = dbOf(c.env)
  const [counts, hits] = await Promise.all([countHits(db, asked), search(db, asked)])
  return page(
    c,
    <Layout c={c} title={t.title} wide>
      <h1 class="govuk-heading-l">{t.title}</h1>
      <p class="govuk-body">{t.lead}</p>
      <SearchForm c={c} asked={asked} />
      <Results c={c} asked={asked} counts={counts} hits={hits} />
    </Layout>,
  )
})

door.get(
  '/map/organisations/:id',
  allow({ role: 'public', scope: 'any', action: 'map.read' }),
  async (c) => {
    const id = c.req.param('id')
    const db = dbOf(c.env)
    const carrier = isId(id) ? await findCarrier(db, id) : undefined
    if (carrier?.state !== 'active') return c.notFound()
    const [services, instruments, rating] = await Promise.all([
      listServices(db, id),
      listInstruments(db, id),
      findRating(db, id),
    ])
    return page(
      c,
      <Layout c={c} title={carrier.name}>
        <Organisation
          c={c}
          carrier={carrier}
          services={services}
          instruments={instruments}
          rating={rating}
        />
      </Layout>,
    )
  },
)
