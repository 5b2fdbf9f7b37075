/** 「服务评价」: what enterprises said of a carrier's services, and its average as the map shows it. */
import { Hono } from 'hono'
import { dayOf } from '../kernel/clock.ts'
import type { App, Ctx } from '../platform/bindings.ts'
import { dbOf } from '../platform/db.ts'
import { allow, carrierOf } from '../platform/guard.ts'
import { words } from '../platform/language.ts'
import { page } from '../platform/respond.tsx'
import { Layout } from '../ui/layout.tsx'
import { Empty, Pagination, Table } from '../ui/list.tsx'
import type { TableRow } from '../ui/list.tsx'
import { Figure, Figures } from '../ui/notice.tsx'
import { useFormOf } from '../voucher/client.ts'
import { evaluationState } from './rules.ts'
import { countReceived, listReceived } from './store.ts'
import type { Received } from './store.ts'
import { strings } from './strings.ts'
import { EvaluationBadge, tagText } from './views.tsx'

export const door = new Hono<App>()

const PAGE_SIZE = 50

door.get(
  '/evaluations',
  allow({ role: 'carrier', scope: 'own', action: 'evaluation.read' }),
  async (c) => {
    const t = words(c, strings)
    const { carrier } = carrierOf(c)
    const counts = await countReceived(dbOf(c.env), carrier)
    const pages = Math.max(1, Math.ceil((counts.given + counts.defaults) / PAGE_SIZE))
    const asked = Number(c.req.query('page') ?? '1')
    const at = Number.isInteger(asked) ? Math.min(Math.max(1, asked), pages) : 1
    const window = { offset: (at - 1) * PAGE_SIZE, limit: PAGE_SIZE }
    const received = await listReceived(dbOf(c.env), carrier, window)
    const average = counts.average === null ? t.noAverage : t.averageOf(counts.average.toFixed(1))
    return page(
      c,
      <Layout c={c} title={t.received} wide>
        <h1 class="govuk-heading-l">{t.received}</h1>
        <p>{t.receivedLead}</p>
        <Figures>
          <Figure label={t.average} value={average} />
          <Figure label={t.given} value={t.times(counts.given)} />
          <Figure label={t.defaults} value={t.times(counts.defaults)} />
        </Figures>
        <ReceivedTable c={c} received={received} />
        <Pagination c={c} page={at} pages={pages} />
      </Layout>,
    )
  },
)

function ReceivedTable({ c, received }: { c: Ctx; received: readonly Received[] }) {
  const t = words(c, strings)
  return (
    <Table
      caption={t.received}
      columns={[
        { label: t.service },
        { label: t.enterprise },
        { label: t.score },
        { label: t.comment },
        { label: t.state },
        { label: t.at },
      ]}
      rows={received.map((one) => receivedRow(c, one))}
      empty={
        <Empty title={t.receivedNone}>
          <p>{t.receivedNoneHint}</p>
        </Empty>
      }
    />
  )
}

function receivedRow(c: Ctx, one: Received): TableRow {
  const t = words(c, strings)
  const form = useFormOf(one)
  return {
    name: [form.service_name, one.number, form.enterprise_name].join(' '),
    cells: [
      form.service_name,
      form.enterprise_name,
      t.stars(one.stars),
      [one.comment, tagText(c, one.tags)].filter(Boolean).join(' · '),
      <EvaluationBadge c={c} state={evaluationState(one)} />,
      dayOf(one.at),
    ],
  }
}
