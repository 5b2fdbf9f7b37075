/**
 * Suspending and resuming a carrier (SPEC K4): it leaves the map at once, its open bookings are
 * cancelled and their hours go free, and each enterprise is told. What is too much for one request
 * goes on every ten minutes. Vouchers that are out go on.
 */
import { Hono } from 'hono'
import { hideOrganisation, touchAtlas } from '../atlas/client.ts'
import { auditOf } from '../audit/client.ts'
import { findCarrier, resumeCarrier, suspendCarrier } from '../catalogue/client.ts'
import type { Carrier } from '../catalogue/rules.ts'
import { isId } from '../kernel/id.ts'
import { covers } from '../kernel/region.ts'
import type { App, Ctx } from '../platform/bindings.ts'
import { commitOnce, dbOf } from '../platform/db.ts'
import { readForm } from '../platform/form.ts'
import { allow, bureauOf } from '../platform/guard.ts'
import { words } from '../platform/language.ts'
import { page, seeOther } from '../platform/respond.tsx'
import { ErrorSummary } from '../ui/form.tsx'
import { Layout } from '../ui/layout.tsx'
import { Crumbs } from '../ui/notice.tsx'
import { auditBy, tellSoon } from './client.ts'
import { cancelOpen } from './nightly.ts'
import { REASON_MAX } from './rules.ts'
import { countFiltered } from './list-store.ts'
import { strings } from './suspension-strings.ts'
import { SuspensionForm } from './suspension-view.tsx'

export const door = new Hono<App>()

const guard = allow({
  role: 'bureau',
  scope: 'region',
  action: 'carrier.suspend',
  staff: ['review', 'admin'],
})

/** Told at once; the others are told by later runs. */
const TOLD_MAX = 20

/** The reason is asked for beside what suspending does. */
door.get('/carriers/:id/suspension', guard, async (c) => {
  const carrier = await findOwn(c)
  if (!carrier) return c.notFound()
  return carrier.state === 'active' ? suspensionPage(c, carrier) : seeOther(c, donePath(carrier))
})

door.post('/carriers/:id/suspension', guard, async (c) => {
  const t = words(c, strings)
  const carrier = await findOwn(c)
  if (!carrier) return c.notFound()
  const reason = ((await readForm(c)).typed['reason'] ?? '').trim()
  if (reason === '') return suspensionPage(c, carrier, { reason, error: t.reason_missing })
  if ([...reason].length > REASON_MAX) {
    return suspensionPage(c, carrier, { reason, error: t.reason_long(REASON_MAX) })
  }
  const db = dbOf(c.env)
  const { id, county: region } = carrier
  const row = { carrier: id, at: c.var.now, by: bureauOf(c).account, reason }
  // Suspended already: the first reason stands, and what is open is released all the same.
  await commitOnce(db, [
    suspendCarrier(db, row),
    ...hideOrganisation(db, id, true, c.var.now),
    auditOf(c, 'carrier.suspend', `carrier:${id}`, { region, after: { reason } }),
  ])
  await touchAtlas(c.env)
  const by = { actor: bureauOf(c), ...auditBy(c) }
  const released = await cancelOpen(c.env, { carrier: id }, by)
  await tellSoon(c, released.slice(0, TOLD_MAX))
  return seeOther(c, donePath(carrier))
})

door.post('/carriers/:id/resumption', guard, async (c) => {
  const carrier = await findOwn(c)
  if (!carrier) return c.notFound()
  const db = dbOf(c.env)
  const { id, county: region } = carrier
  if (carrier.state === 'suspended') {
    await commitOnce(db, [
      resumeCarrier(db, id),
      ...hideOrganisation(db, id, false, c.var.now),
      auditOf(c, 'carrier.resume', `carrier:${id}`, { region }),
    ])
    await touchAtlas(c.env)
  }
  return seeOther(c, donePath(carrier))
})

function donePath({ id }: Carrier): string {
  return `/bureau/carriers/${id}`
}

/** A carrier of the bureau's region: a county's, a city's counties', the province's. */
async function findOwn(c: Ctx): Promise<Carrier | undefined> {
  const id = c.req.param('id') ?? ''
  const found = isId(id) ? await findCarrier(dbOf(c.env), id) : undefined
  return found && covers(bureauOf(c).region, found.county) ? found : undefined
}

type Wrong = { reason: string; error: string }

async function suspensionPage(c: Ctx, carrier: Carrier, wrong?: Wrong): Promise<Response> {
  const t = words(c, strings)
  const filter = { carrier: carrier.id, states: ['waiting', 'proposed', 'accepted'] } as const
  const open = await countFiltered(dbOf(c.env), filter, c.var.now)
  return page(
    c,
    <Layout c={c} title={t.title} error={wrong !== undefined}>
      <Crumbs items={[{ label: carrier.name, href: donePath(carrier) }]} />
      <h1 class="govuk-heading-l">{t.title}</h1>
      <ErrorSummary c={c} errors={wrong ? { reason: wrong.error } : {}} />
      <SuspensionForm
        c={c}
        carrier={carrier}
        open={open}
        reason={wrong?.reason}
        error={wrong?.error}
      />
    </Layout>,
    wrong ? 422 : 200,
  )
}
