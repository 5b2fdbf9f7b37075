/** What stands around the form of a use: what is missing before it, drafts, and the picker. */
import type { Carrier, Service } from '../catalogue/rules.ts'
import { categoryWord, priceWords } from '../catalogue/client.ts'
import type { Offers } from '../catalogue/client.ts'
import { itemName } from '../booking/client.ts'
import type { BookingRecord } from '../booking/client.ts'
import { minuteOf } from '../kernel/clock.ts'
import { CITIES, countiesOf, regionName } from '../kernel/region.ts'
import type { Ctx } from '../platform/bindings.ts'
import { words } from '../platform/language.ts'
import { Button, Form, LinkButton, SelectField, TextField } from '../ui/form.tsx'
import { Empty, Filters, Table } from '../ui/list.tsx'
import { Notice } from '../ui/notice.tsx'
import { DRAFTS } from './paper-view.tsx'
import type { Draft } from './store.ts'
import { strings as terms } from './strings.ts'
import { strings } from './use-strings.ts'

export type Missing = 'registration' | 'quota' | 'booking'

const WAYS = {
  registration: ['registrationMissing', 'toRegistration', '/enterprise/registration'],
  quota: ['quotaMissing', 'toQuota', '/enterprise/quota'],
  booking: ['bookingMissing', 'toBookings', '/enterprise/bookings'],
} as const

type MissingProps = { c: Ctx; missing: readonly Missing[]; bookings: readonly BookingRecord[] }

/** Names what has to be done first and leads there; only to choose a booking is no hindrance. */
export function MissingFirst({ c, missing, bookings }: MissingProps) {
  const t = words(c, strings)
  const hindered = bookings.length === 0 || missing.some((one) => one !== 'booking')
  return (
    <Notice tone={hindered ? 'warning' : 'info'} title={hindered ? t.missing : t.bookingFirst}>
      {missing.map((one) => {
        const [why, label, href] = WAYS[one]
        return (
          <p>
            {t[why]} <a href={href}>{t[label]}</a>
          </p>
        )
      })}
    </Notice>
  )
}

/** Accepted bookings, each of which a voucher can be used for (SPEC B3). */
export function BookingChoice({ c, bookings }: { c: Ctx; bookings: readonly BookingRecord[] }) {
  const [t, w] = [words(c, strings), words(c, terms)]
  return (
    <Table
      caption={t.bookingsTitle}
      captioned
      columns={[
        { label: w.carrier },
        { label: w.service },
        { label: t.bookingDay },
        { label: t.bookingUse, hidden: true },
      ]}
      rows={bookings.map((booking) => ({
        name: [booking.carrier_name, itemName(c.var.lang, booking), booking.day].join(' '),
        cells: [
          booking.carrier_name,
          itemName(c.var.lang, booking),
          booking.day,
          <LinkButton href={`/enterprise/use?booking=${booking.id}`}>{t.bookingUse}</LinkButton>,
        ],
      }))}
      empty={<Empty title={t.bookingsNone} />}
    />
  )
}

/** Unfinished forms, to go on with or to drop. */
export function Drafts({ c, drafts }: { c: Ctx; drafts: readonly Draft[] }) {
  const [t, w] = [words(c, strings), words(c, terms)]
  if (drafts.length === 0) return null
  return (
    <Table
      caption={t.drafts}
      captioned
      columns={[
        { label: w.contract_name },
        { label: t.draftAt },
        { label: t.discard, hidden: true },
      ]}
      rows={drafts.map((draft) => {
        const name = draft.fields['contract_name'] || t.draftUnnamed
        return {
          name: t.draftOf(name, minuteOf(draft.updated_at)),
          cells: [
            name,
            minuteOf(draft.updated_at),
            <>
              <LinkButton href={`/enterprise/use?draft=${draft.id}`} tone="secondary">
                {t.resume}
              </LinkButton>{' '}
              <Form c={c} action={`${DRAFTS}/${draft.id}/delete`}>
                <Button tone="secondary">{t.discard}</Button>
              </Form>
            </>,
          ],
        }
      })}
    />
  )
}

export type Found = { carrier: Carrier; services: Offers<Service> }
type PickerProps = {
  c: Ctx
  draft: string
  word: string
  region: string
  found: readonly Found[]
  most: number
}

/** Active carriers with their services; a press on one takes it back to the form. */
export function Picker({ c, draft, word, region, found, most }: PickerProps) {
  const t = words(c, strings)
  return (
    <>
      <Filters c={c} submit={t.search} label={t.search}>
        <input type="hidden" name="draft" value={draft} />
        <TextField
          name="word"
          label={t.keyword}
          value={word}
          hint={t.keywordHint}
          type="search"
          width={20}
        />
        <SelectField
          name="region"
          label={t.region}
          value={region}
          options={regionOptions(c)}
          empty={t.allRegions}
        />
      </Filters>
      <p role="status">{found.length < most ? t.found(found.length) : t.foundMost(most)}</p>
      {found.length === 0 ? (
        <Empty title={t.foundNone}>
          <p>{t.foundNoneHint}</p>
        </Empty>
      ) : null}
      <Form c={c} action="/enterprise/use/carriers" once={draft} label={t.picker}>
        {found.map((one) => (
          <FoundCarrier c={c} {...one} />
        ))}
      </Form>
    </>
  )
}

function FoundCarrier({ c, carrier, services }: Found & { c: Ctx }) {
  const [t, w] = [words(c, strings), words(c, terms)]
  const county = regionName(carrier.county, c.var.lang)
  return (
    <section class="found" aria-label={carrier.name}>
      <h2 class="govuk-heading-m">{carrier.name}</h2>
      <p class="hint">
        {carrier.address.startsWith(county) ? carrier.address : `${county} · ${carrier.address}`}
      </p>
      <Table
        caption={carrier.name}
        columns={[
          { label: w.service },
          { label: w.category },
          { label: t.price },
          { label: t.choose, hidden: true },
        ]}
        rows={services.rows.map((service) => ({
          name: service.name,
          cells: [
            service.name,
            categoryWord(service.category, c.var.lang),
            priceWords(service, c.var.lang),
            <Button tone="secondary" name="service" value={service.id}>
              {t.choose}
            </Button>,
          ],
        }))}
        empty={<p>{t.noServices}</p>}
      />
      {services.count > services.rows.length ? (
        <p class="hint">{t.servicesMost(services.rows.length, services.count)}</p>
      ) : null}
    </section>
  )
}

function regionOptions(c: Ctx) {
  return CITIES.flatMap((city) => {
    const group = regionName(city.code, c.var.lang)
    return [city, ...countiesOf(city.code)].map((region) => ({
      value: region.code,
      text: regionName(region.code, c.var.lang),
      group,
    }))
  })
}
