/** What an organisation offers, line by line, each with its own 「立即预约」. */
import type { PropsWithChildren } from 'hono/jsx'
import { categoryWord, priceWords } from '../catalogue/client.ts'
import type { Offers } from '../catalogue/client.ts'
import type { Availability, Instrument, Service } from '../catalogue/rules.ts'
import type { Ctx } from '../platform/bindings.ts'
import { words } from '../platform/language.ts'
import { Badge } from '../ui/badge.tsx'
import type { Tone } from '../ui/badge.tsx'
import { TextField } from '../ui/field.tsx'
import { LinkButton } from '../ui/form.tsx'
import { Empty, Filters, Pagination, Table } from '../ui/list.tsx'
import { OFFERS_SHOWN, offerPages } from './offer-rules.ts'
import type { OffersAsked } from './offer-rules.ts'
import { bookingOf } from './rules.ts'
import type { Shown } from './store.ts'
import { strings } from './strings.ts'

/** Pictures by the id of what they show. */
export type ShownBy = ReadonlyMap<string, readonly Shown[]>

const TONES: Readonly<Record<Availability, Tone>> = {
  available: 'good',
  maintenance: 'waiting',
  reserved: 'neutral',
}

export function AvailabilityBadge({ c, availability }: { c: Ctx; availability: Availability }) {
  const t = words(c, strings)
  return <Badge word={t.availability[availability]} tone={TONES[availability]} />
}

type FilterProps = {
  c: Ctx
  asked: OffersAsked
  services: Offers<Service>
  instruments: Offers<Instrument>
}

/** A word to find offers by, where there are more than a page holds; what to do where none fit. */
export function OfferFilter({ c, asked, services, instruments }: FilterProps) {
  const t = words(c, strings)
  const none = services.count + instruments.count === 0
  if (none && asked.typed === '') return <Empty title={t.no_offers} />
  const long = services.count > OFFERS_SHOWN || instruments.count > OFFERS_SHOWN
  if (!long && asked.typed === '') return null
  return (
    <>
      <Filters c={c} submit={t.search} label={t.search_offers}>
        <TextField
          name="word"
          label={t.search_offers}
          value={asked.typed}
          type="search"
          width={20}
        />
      </Filters>
      {none ? (
        <Empty title={t.none_title}>
          <p>{t.none_text}</p>
        </Empty>
      ) : null}
      {asked.typed === '' ? null : (
        <p>
          <LinkButton href={c.req.path} tone="secondary">
            {t.all_offers}
          </LinkButton>
        </p>
      )}
    </>
  )
}

type PagesProps = { c: Ctx; name: 'services' | 'instruments'; page: number; count: number }

/** How many there are where a page does not hold them, and the way to the others. */
export function OfferPages({ c, name, page, count }: PagesProps) {
  const t = words(c, strings)
  if (count <= OFFERS_SHOWN) return null
  return (
    <>
      <p class="hint">{t.found[name === 'services' ? 'service' : 'instrument'](String(count))}</p>
      <Pagination c={c} page={page} pages={offerPages(count)} name={name} />
    </>
  )
}

type ServiceProps = PropsWithChildren<{ c: Ctx; services: readonly Service[]; shown: ShownBy }>

/** `children` stand below the lines. */
export function ServiceTable({ c, services, shown, children }: ServiceProps) {
  const t = words(c, strings)
  const told = services.some(({ turnaround_days }) => turnaround_days !== null)
  return (
    <div class="offers">
      <Table
        caption={t.services}
        captioned
        columns={[
          { label: t.name },
          { label: t.category },
          ...(told ? [{ label: t.turnaround }] : []),
          { label: t.price, align: 'right' },
          { label: t.booking, hidden: true },
        ]}
        rows={services.map((service) => ({
          id: service.id,
          name: service.name,
          cells: [
            <Named one={service} pictures={shown.get(service.id)} />,
            categoryWord(service.category, c.var.lang),
            ...(told ? [turnaroundWords(c, service)] : []),
            priceWords(service, c.var.lang),
            <Book c={c} kind="service" one={service} />,
          ],
        }))}
      />
      {children}
    </div>
  )
}

function turnaroundWords(c: Ctx, { turnaround_days: days }: Service): string {
  const t = words(c, strings)
  return days === null ? t.by_case : t.working_days(days)
}

export function InstrumentTable({ c, instruments, shown, children }: InstrumentProps) {
  const t = words(c, strings)
  return (
    <div class="offers">
      <Table
        caption={t.instruments}
        captioned
        columns={[
          { label: t.name },
          { label: t.model },
          { label: t.state },
          { label: t.price, align: 'right' },
          { label: t.booking, hidden: true },
        ]}
        rows={instruments.map((one) => ({
          id: one.id,
          name: one.name,
          cells: [
            <Named one={one} pictures={shown.get(one.id)} />,
            [one.model, one.maker, one.place].filter(Boolean).join(' · '),
            <AvailabilityBadge c={c} availability={one.availability} />,
            priceWords(one, c.var.lang),
            one.availability === 'available' ? (
              <Book c={c} kind="instrument" one={one} />
            ) : (
              t.not_now
            ),
          ],
        }))}
      />
      {children}
    </div>
  )
}
type InstrumentProps = PropsWithChildren<{
  c: Ctx
  instruments: readonly Instrument[]
  shown: ShownBy
}>

type NamedProps = { one: Service | Instrument; pictures: readonly Shown[] | undefined }

function Named({ one, pictures = [] }: NamedProps) {
  return (
    <>
      <strong>{one.name}</strong>
      {one.qualifications.map((mark) => (
        <>
          {' '}
          <span class="tag tag-strong">{mark}</span>
        </>
      ))}
      {one.summary ? <p class="hint">{one.summary}</p> : null}
      <Gallery pictures={pictures} small />
    </>
  )
}

/** Pictures side by side, each opening by itself. */
export function Gallery({ pictures, small }: { pictures: readonly Shown[]; small?: boolean }) {
  if (pictures.length === 0) return null
  return (
    <ul class={small ? 'gallery gallery-small' : 'gallery'}>
      {pictures.map(({ id, alt }) => (
        <li>
          <a href={`/pictures/${id}`}>
            <img src={`/pictures/${id}`} alt={alt} loading="lazy" />
          </a>
        </li>
      ))}
    </ul>
  )
}

type BookProps = { c: Ctx; kind: 'service' | 'instrument'; one: { id: string; carrier: string } }

function Book({ c, kind, one }: BookProps) {
  const t = words(c, strings)
  const subject = { kind, subject: one.id, organisation: one.carrier }
  return (
    <a class="row-link" href={bookingOf(subject)}>
      {t.book}
    </a>
  )
}
