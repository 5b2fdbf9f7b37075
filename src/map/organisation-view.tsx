/** An organisation as everybody sees it: its data, what it offers, how it is rated, how to book. */
import { categoryWord, openingOf, openingWords } from '../catalogue/client.ts'
import type { Offers } from '../catalogue/client.ts'
import type { Carrier, Category, Instrument, Service } from '../catalogue/rules.ts'
import { dayOf } from '../kernel/clock.ts'
import { regionName } from '../kernel/region.ts'
import type { Ctx } from '../platform/bindings.ts'
import { words } from '../platform/language.ts'
import { Badge } from '../ui/badge.tsx'
import { LinkButton } from '../ui/form.tsx'
import { SummaryList } from '../ui/list.tsx'
import { Crumbs } from '../ui/notice.tsx'
import type { Remark } from './client.ts'
import { Stars } from './hit-view.tsx'
import type { OffersAsked } from './offer-rules.ts'
import { Gallery, InstrumentTable, OfferFilter, OfferPages, ServiceTable } from './offer-view.tsx'
import type { ShownBy } from './offer-view.tsx'
import { bookingOf } from './rules.ts'
import type { Rating } from './rules.ts'
import { strings } from './strings.ts'

export type Told = {
  carrier: Carrier
  /** As much of each as a page holds. */
  services: Offers<Service>
  instruments: Offers<Instrument>
  /** Of all that is offered. */
  categories: readonly Category[]
  rating: Rating | null
}

type OrganisationProps = Told & {
  c: Ctx
  asked: OffersAsked
  remarks: readonly Remark[]
  shown: ShownBy
  /** The address of the search that led here. */
  back: string
}

export function Organisation(props: OrganisationProps) {
  const { c, carrier, asked, services, instruments, remarks, shown } = props
  const t = words(c, strings)
  return (
    <>
      <Crumbs items={[{ label: t.title, href: props.back }]} />
      <Head {...props} />
      <SummaryList rows={rowsOf(c, carrier)} />
      <Gallery pictures={shown.get(carrier.id) ?? []} />
      <Around c={c} carrier={carrier} />
      <OfferFilter c={c} asked={asked} services={services} instruments={instruments} />
      {services.count > 0 ? (
        <ServiceTable c={c} services={services.rows} shown={shown}>
          <OfferPages c={c} name="services" page={asked.services} count={services.count} />
        </ServiceTable>
      ) : null}
      {instruments.count > 0 ? (
        <InstrumentTable c={c} instruments={instruments.rows} shown={shown}>
          <OfferPages c={c} name="instruments" page={asked.instruments} count={instruments.count} />
        </InstrumentTable>
      ) : null}
      <Remarks c={c} remarks={remarks} />
    </>
  )
}

/** The organisation as a whole: who it is, how it is rated, and 「立即预约」. */
function Head({ c, carrier, categories, rating }: OrganisationProps) {
  const t = words(c, strings)
  return (
    <section class="organisation" aria-label={carrier.name}>
      <h1 class="govuk-heading-l">{carrier.name}</h1>
      <ul class="hit-tags">
        <Categories c={c} categories={categories} />
        <li>
          <Stars c={c} average={rating?.average ?? 0} count={rating?.count ?? 0} />
        </li>
      </ul>
      {carrier.intro ? <p class="organisation-intro">{carrier.intro}</p> : null}
      <p class="organisation-book">
        <LinkButton href={bookingOf(wholeOf(carrier))}>{t.book}</LinkButton>
        <span class="hint">{t.book_by_phone}</span>
      </p>
    </section>
  )
}

export function wholeOf({ id }: Pick<Carrier, 'id'>) {
  return { kind: 'organisation', subject: id, organisation: id } as const
}

/** The scheme's categories of what is offered, each once. */
export function Categories({ c, categories }: Pick<Told, 'categories'> & { c: Ctx }) {
  return (
    <>
      {categories.map((category) => (
        <li class="tag">{categoryWord(category, c.var.lang)}</li>
      ))}
    </>
  )
}

function rowsOf(c: Ctx, carrier: Carrier) {
  const t = words(c, strings)
  const phone = <a href={`tel:${carrier.phone}`}>{carrier.phone}</a>
  const website = isWeb(carrier.website) ? (
    <a href={carrier.website} rel="noopener nofollow">
      {carrier.website}
    </a>
  ) : null
  return [
    { label: t.where, value: regionName(carrier.county, c.var.lang) },
    { label: t.address, value: carrier.address },
    { label: t.opening, value: openingWords(openingOf(carrier), c.var.lang) },
    { label: t.contact, value: carrier.contact },
    { label: t.phone, value: phone },
    { label: t.website, value: website },
    { label: t.uscc, value: carrier.uscc },
  ].filter(({ value }) => value !== '' && value !== null)
}

/** Only what a browser opens as a page becomes a link. */
function isWeb(address: string | null): address is string {
  return address !== null && /^https?:\/\//.test(address)
}

/** Onwards: the same place on the map, and who else is near. */
function Around({ c, carrier }: { c: Ctx; carrier: Carrier }) {
  const t = words(c, strings)
  const place = `${carrier.lng.toFixed(4)},${carrier.lat.toFixed(4)}`
  return (
    <ul class="onwards">
      <li>
        <a href={`/map?word=${encodeURIComponent(carrier.name)}`}>{t.on_map}</a>
      </li>
      <li>
        <a href={`/map?sort=distance&near=${place}`}>{t.nearby}</a>
      </li>
    </ul>
  )
}

function Remarks({ c, remarks }: { c: Ctx; remarks: readonly Remark[] }) {
  const t = words(c, strings)
  if (remarks.length === 0) return null
  return (
    <section aria-labelledby="remarks">
      <h2 id="remarks">{t.said}</h2>
      <ul class="remarks">
        {remarks.map((remark) => (
          <li>
            <p class="remark-head">
              <Badge word={t.stars(String(remark.stars))} tone="info" /> {remark.service}{' '}
              <time datetime={dayOf(remark.at)}>{dayOf(remark.at)}</time>
            </p>
            <p>{remark.comment}</p>
          </li>
        ))}
      </ul>
    </section>
  )
}
