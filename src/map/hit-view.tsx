/** One found line: an organisation, or a service or instrument with who offers it. */
import type { Child } from 'hono/jsx'
import type { Hit } from '../atlas/rules.ts'
import { categoryWord, priceWords } from '../catalogue/client.ts'
import { isCategory } from '../catalogue/rules.ts'
import { findRegion, regionName } from '../kernel/region.ts'
import type { Ctx } from '../platform/bindings.ts'
import { words } from '../platform/language.ts'
import { AvailabilityBadge } from './offer-view.tsx'
import { bookingOf, nearOf } from './rules.ts'
import type { Search } from './rules.ts'
import type { Extra } from './store.ts'
import { strings } from './strings.ts'

type HitProps = {
  c: Ctx
  asked: Search
  hit: Hit
  extra: Extra | undefined
}

export function HitCard({ c, asked, hit, extra = {} }: HitProps) {
  const whole = hit.kind === 'organisation'
  const title = [hit.name, hit.model].filter(Boolean).join(' ')
  const place = `/map/organisations/${hit.organisation}`
  return (
    <article
      class="hit"
      aria-label={whole ? hit.name : `${title} ${hit.organisation_name}`}
      data-organisation={hit.organisation}
      data-lng={hit.lng}
      data-lat={hit.lat}
    >
      <div class="hit-head">
        <h3 class="hit-name">
          {whole ? (
            <a href={place}>{hit.name}</a>
          ) : (
            <a href={`${place}#row-${hit.subject}`}>{title}</a>
          )}
        </h3>
        {whole ? null : <p class="hit-price">{priceWords(hit, c.var.lang)}</p>}
      </div>
      {whole ? null : (
        <p class="hit-owner">
          <a href={place}>{hit.organisation_name}</a>
        </p>
      )}
      <Tags c={c} hit={hit} extra={extra} />
      <Facts c={c} hit={hit} />
      <div class="hit-foot">
        <p class="hit-where">
          <Where c={c} asked={asked} hit={hit} />
        </p>
        <Book c={c} hit={hit} extra={extra} />
      </div>
    </article>
  )
}

type ExtraProps = { c: Ctx; hit: Hit; extra: Extra }

/** Its categories, then its certificates. */
function Tags({ c, hit, extra }: ExtraProps) {
  const categories = hit.category ? [hit.category] : (extra.categories ?? [])
  const qualifications = extra.qualifications ?? []
  if (categories.length + qualifications.length === 0) return null
  return (
    <ul class="hit-tags">
      {categories.map((category) => (
        <li class="tag">{isCategory(category) ? categoryWord(category, c.var.lang) : category}</li>
      ))}
      {qualifications.map((one) => (
        <li class="tag tag-strong">{one}</li>
      ))}
    </ul>
  )
}

/** The way to book, or why there is none now. */
function Book({ c, hit, extra: { availability = 'available' } }: ExtraProps) {
  const t = words(c, strings)
  if (availability !== 'available') return <AvailabilityBadge c={c} availability={availability} />
  return (
    <a class="govuk-button govuk-button--secondary" href={bookingOf(hit)}>
      {t.book}
    </a>
  )
}

function Facts({ c, hit }: { c: Ctx; hit: Hit }) {
  const t = words(c, strings)
  const whole = hit.kind === 'organisation'
  const offers = whole ? t.offers(hit.services, hit.instruments) : hit.maker
  return (
    <>
      <p class="hit-fact">
        {offers ? <span>{offers}</span> : null}
        <Stars c={c} average={hit.rating_percent / 100} count={hit.rating_count} />
      </p>
      {hit.matched.length > 0 ? (
        <p class="hit-fact">{t.matched(hit.matched.join(t.comma))}</p>
      ) : null}
    </>
  )
}

/** County, distance and telephone, each in one piece. */
function Where({ c, asked, hit }: { c: Ctx; asked: Search; hit: Hit }) {
  const away = hit.distance_m === null ? null : distanceWords(c, asked, hit.distance_m)
  const parts: Child[] = [
    regionName(hit.county, c.var.lang),
    ...(away ? [<strong>{away}</strong>] : []),
    <a href={`tel:${hit.phone}`}>{hit.phone}</a>,
  ]
  return (
    <>
      {parts.map((part) => (
        <span>{part}</span>
      ))}
    </>
  )
}

/** 距西湖区中心 3.2 公里, or 距起点 850 米 from a place without a name. */
export function distanceWords(c: Ctx, asked: Pick<Search, 'near' | 'sort' | 'region'>, m: number) {
  const t = words(c, strings)
  const number = new Intl.NumberFormat('en', { maximumFractionDigits: m < 10_000 ? 1 : 0 })
  const length =
    m < 1000 ? t.metres(String(Math.round(m / 10) * 10)) : t.kilometres(number.format(m / 1000))
  const region = findRegion(nearOf(asked)?.region ?? '')
  if (!region) return t.away(length)
  return t.away_from(c.var.lang === 'zh' ? region.name : regionName(region.code, 'en'), length)
}

export function Stars({ c, average, count }: { c: Ctx; average: number; count: number }) {
  const t = words(c, strings)
  if (count === 0) return <span class="stars-none">{t.unrated}</span>
  return (
    <span class="stars">
      <span aria-hidden="true">★</span> {t.rated(average.toFixed(1), count)}
    </span>
  )
}
