/**
 * The first page inside for an enterprise (SPEC N1). It is read from the ledger itself and follows
 * what happens without reloading; without scripts a reload shows the same.
 */
import { Hono } from 'hono'
import { countBookings } from '../booking/client.ts'
import { yearOf } from '../kernel/clock.ts'
import { readLedger } from '../ledger/client.ts'
import { channelOf, cursorOf } from '../live/client.ts'
import { LiveBlock } from '../live/page.tsx'
import type { App, Ctx } from '../platform/bindings.ts'
import { dbOf } from '../platform/db.ts'
import { allow, enterpriseOf } from '../platform/guard.ts'
import { words } from '../platform/language.ts'
import { page } from '../platform/respond.tsx'
import { quotaOf } from '../quota/client.ts'
import { registrationOf } from '../registration/client.ts'
import { Fragment, Layout } from '../ui/layout.tsx'
import { BookedNotice, OverviewBody } from './overview-view.tsx'
import type { Overview } from './overview-view.tsx'
import { stepStrings } from './step-strings.ts'

const BODY = '/enterprise/overview/body'
const WHOLE = '/enterprise/overview'
const BOOKED = '/enterprise/overview/bookings'

export const door = new Hono<App>()

const read = allow({ role: 'enterprise', scope: 'own', action: 'overview.read' })

door.get('/', read, async (c) => {
  const t = words(c, stepStrings)
  const cursor = await cursorOf(c.env, channelOf(enterpriseOf(c)))
  const overview = await readOverview(c)
  return page(
    c,
    <Layout c={c} title={t.title} script={['live']}>
      <h1>{overview.registration.approved?.name ?? c.var.account?.unit ?? t.title}</h1>
      <LiveBlock topic="booking" get={BOOKED} cursor={cursor}>
        <BookedNotice c={c} {...await countOwn(c)} />
      </LiveBlock>
      <LiveBlock topic="book" get={WHOLE} cursor={cursor} said={t.changed}>
        <Registered c={c} cursor={cursor} overview={overview} />
      </LiveBlock>
    </Layout>,
  )
})

/** What a hint about the money fetches: everything, with the mark for the registration in it. */
door.get('/overview', read, async (c) => {
  const cursor = await cursorOf(c.env, channelOf(enterpriseOf(c)))
  const overview = await readOverview(c)
  return c.html(
    <Fragment c={c}>
      <Registered c={c} cursor={cursor} overview={overview} />
    </Fragment>,
  )
})

/** What a hint about the registration fetches. */
door.get('/overview/body', read, async (c) => {
  const overview = await readOverview(c)
  return c.html(
    <Fragment c={c}>
      <OverviewBody c={c} overview={overview} />
    </Fragment>,
  )
})

/** What a hint about a booking fetches. */
door.get('/overview/bookings', read, async (c) => {
  return c.html(
    <Fragment c={c}>
      <BookedNotice c={c} {...await countOwn(c)} />
    </Fragment>,
  )
})

function countOwn(c: Ctx) {
  return countBookings(dbOf(c.env), enterpriseOf(c).enterprise, c.var.now)
}

type RegisteredProps = { c: Ctx; cursor: number; overview: Overview }

function Registered({ c, cursor, overview }: RegisteredProps) {
  return (
    <LiveBlock topic="registration" get={BODY} cursor={cursor}>
      <OverviewBody c={c} overview={overview} />
    </LiveBlock>
  )
}

async function readOverview(c: Ctx): Promise<Overview> {
  const { enterprise } = enterpriseOf(c)
  const at = c.var.now
  const [registration, ledger] = await Promise.all([
    registrationOf(dbOf(c.env), enterprise),
    readLedger(c.env, enterprise, at),
  ])
  const { state, approved } = registration
  const county = state === 'approved' ? approved?.county : undefined
  if (!county) return { registration, quota: null, book: null, vouchers: ledger.vouchers }
  const quota = await quotaOf(c.env, enterprise, county, at)
  const book = ledger.books.find((one) => one.region === county && one.year === yearOf(at))
  return { registration, quota, book: book ?? null, vouchers: ledger.vouchers }
}
