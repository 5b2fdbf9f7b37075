/** 「服务与仪器」: what the carrier publishes, as the map shows it. Reads only its own rows. */
import { Hono } from 'hono'
import type { App, Ctx } from '../platform/bindings.ts'
import { dbOf } from '../platform/db.ts'
import { allow, carrierOf } from '../platform/guard.ts'
import { words } from '../platform/language.ts'
import { page } from '../platform/respond.tsx'
import { Layout } from '../ui/layout.tsx'
import { Empty, Table } from '../ui/list.tsx'
import { categoryWord, priceWords } from './client.ts'
import type { Instrument, Service } from './rules.ts'
import { findCarrier, listInstruments, listServices } from './store.ts'
import { strings } from './strings.ts'

export const door = new Hono<App>()

door.get(
  '/services',
  allow({ role: 'carrier', scope: 'own', action: 'catalogue.read' }),
  async (c) => {
    const t = words(c, strings)
    const db = dbOf(c.env)
    const { carrier: id } = carrierOf(c)
    const [carrier, services, instruments] = await Promise.all([
      findCarrier(db, id),
      listServices(db, id),
      listInstruments(db, id),
    ])
    if (!carrier) return c.notFound()
    return page(
      c,
      <Layout c={c} title={t.title}>
        <h1 class="govuk-heading-l">{t.title}</h1>
        <p class="govuk-body">{t.lead}</p>
        <p class="govuk-body">
          <a class="govuk-link" href={`/map/organisations/${carrier.id}`}>
            {t.on_map}
          </a>
        </p>
        <h2 class="govuk-heading-m">{t.services}</h2>
        <Services c={c} services={services} />
        <h2 class="govuk-heading-m">{t.instruments}</h2>
        <Instruments c={c} instruments={instruments} />
        <p class="govuk-body hint">{t.ask_bureau}</p>
      </Layout>,
    )
  },
)

function Services({ c, services }: { c: Ctx; services: readonly Service[] }) {
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

function Instruments({ c, instruments }: { c: Ctx; instruments: readonly Instrument[] }) {
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
