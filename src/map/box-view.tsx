/** The box that opens on the map: an organisation in brief, with what it offers and 「立即预约」. */
import { metresBetween } from '../atlas/place-rules.ts'
import { openingOf, openingWords, priceWords } from '../catalogue/client.ts'
import { regionName } from '../kernel/region.ts'
import type { Ctx } from '../platform/bindings.ts'
import { words } from '../platform/language.ts'
import { LinkButton } from '../ui/form.tsx'
import { Fragment } from '../ui/layout.tsx'
import { distanceWords, Stars } from './hit-view.tsx'
import { Categories, wholeOf } from './organisation-view.tsx'
import type { Told } from './organisation-view.tsx'
import { bookingOf } from './rules.ts'
import type { Near } from './rules.ts'
import { strings } from './strings.ts'

/** More are on the page. */
const SERVICES_MAX = 5

export function Box({ c, near, ...told }: Told & { c: Ctx; near: Near | null }) {
  const { carrier, services, instruments, categories, rating } = told
  const t = words(c, strings)
  const page = `/map/organisations/${carrier.id}`
  const where = regionName(carrier.county, c.var.lang)
  const search = { near, sort: 'distance', region: null } as const
  return (
    <Fragment c={c}>
      <section
        class="place"
        aria-label={carrier.name}
        data-lng={carrier.lng}
        data-lat={carrier.lat}
      >
        <h2 class="place-name">
          <a href={page}>{carrier.name}</a>
        </h2>
        <ul class="hit-tags">
          <Categories c={c} categories={categories} />
          <li>
            <Stars c={c} average={rating?.average ?? 0} count={rating?.count ?? 0} />
          </li>
        </ul>
        <p class="hit-fact">{t.offers(services.count, instruments.count)}</p>
        <Offers c={c} services={services} page={page} />
        <p class="hit-where">
          {carrier.address.startsWith(where) ? null : <span>{where}</span>}
          <span>{carrier.address}</span>
          {near ? <strong>{distanceWords(c, search, metresBetween(near, carrier))}</strong> : null}
          <a href={`tel:${carrier.phone}`}>{carrier.phone}</a>
          <span>{openingWords(openingOf(carrier), c.var.lang)}</span>
        </p>
        <p class="place-book">
          <LinkButton href={bookingOf(wholeOf(carrier))}>{t.book}</LinkButton>
          <a href={page}>{t.whole_page}</a>
        </p>
      </section>
    </Fragment>
  )
}

function Offers({ c, services, page }: Pick<Told, 'services'> & { c: Ctx; page: string }) {
  const t = words(c, strings)
  const { rows, count } = services
  if (rows.length === 0) return null
  return (
    <ul class="place-offers">
      {rows.slice(0, SERVICES_MAX).map((service) => (
        <li>
          <span>{service.name}</span> <span>{priceWords(service, c.var.lang)}</span>
        </li>
      ))}
      {count > SERVICES_MAX ? (
        <li>
          <a href={page}>{t.more_services(count)}</a>
        </li>
      ) : null}
    </ul>
  )
}
