/** An organisation as everybody sees it: its data, what it offers, how it is rated. */
import { categoryWord, priceWords } from '../catalogue/client.ts'
import type { Carrier, Instrument, Service } from '../catalogue/rules.ts'
import { regionName } from '../kernel/region.ts'
import type { Ctx } from '../platform/bindings.ts'
import { words } from '../platform/language.ts'
import { Empty, SummaryList, Table } from '../ui/list.tsx'
import { Crumbs, Notice } from '../ui/notice.tsx'
import type { Rating } from './rules.ts'
import { strings } from './strings.ts'

type OrganisationProps = {
  c: Ctx
  carrier: Carrier
  services: readonly Service[]
  instruments: readonly Instrument[]
  rating: Rating | null
}

export function Organisation(props: OrganisationProps) {
  const { c, carrier, rating } = props
  const t = words(c, strings)
  return (
    <>
      <Crumbs items={[{ label: t.title, href: '/map' }]} />
      <h1 class="govuk-heading-l">{carrier.name}</h1>
      <SummaryList
        rows={[
          { label: t.where, value: regionName(carrier.county, c.var.lang) },
          { label: t.address, value: carrier.address },
          { label: t.contact, value: carrier.contact },
          {
            label: t.phone,
            value: (
              <a class="govuk-link" href={`tel:${carrier.phone}`}>
                {carrier.phone}
              </a>
            ),
          },
          { label: t.uscc, value: carrier.uscc },
          {
            label: t.rating,
            value: rating ? t.rated(rating.average.toFixed(1), rating.count) : t.unrated,
          },
          { label: t.intro, value: carrier.intro },
        ].filter((row) => row.value !== '')}
      />
      <Notice>{t.book_by_phone}</Notice>
      <h2 class="govuk-heading-m">{t.services}</h2>
      <Services {...props} />
      <h2 class="govuk-heading-m">{t.instruments}</h2>
      <Instruments {...props} />
    </>
  )
}

function Services({ c, services }: OrganisationProps) {
  const t = words(c, strings)
  return (
    <Table
      caption={t.services}
      columns={[{ label: t.name }, { label: t.category }, { label: t.price, align: 'right' }]}
      rows={services.map((service) => ({
        name: service.name,
        cells: [
          service.name,
          categoryWord(service.category, c.var.lang),
          priceWords(service, c.var.lang),
        ],
      }))}
      empty={<Empty title={t.no_services} />}
    />
  )
}

function Instruments({ c, instruments }: OrganisationProps) {
  const t = words(c, strings)
  return (
    <Table
      caption={t.instruments}
      columns={[
        { label: t.name },
        { label: t.model },
        { label: t.maker },
        { label: t.price, align: 'right' },
      ]}
      rows={instruments.map((one) => ({
        name: one.name,
        cells: [one.name, one.model, one.maker, priceWords(one, c.var.lang)],
      }))}
      empty={<Empty title={t.no_instruments} />}
    />
  )
}
