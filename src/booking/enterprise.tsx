/**
 * 「服务预约记录」 (SPEC B1 to B3): the enterprise's bookings, live, the way to book, and the way to use
 * a voucher without a booking, which is open only where the bureau does not require one.
 */
import { Hono } from 'hono'
import { minuteOf, yearOf } from '../kernel/clock.ts'
import { channelOf, cursorOf } from '../live/client.ts'
import { LiveRows } from '../live/page.tsx'
import { policyOf } from '../policy/client.ts'
import type { App, Ctx } from '../platform/bindings.ts'
import { dbOf } from '../platform/db.ts'
import { allow, enterpriseOf } from '../platform/guard.ts'
import { words } from '../platform/language.ts'
import { page } from '../platform/respond.tsx'
import { registrationOf } from '../registration/client.ts'
import { Fragment, Layout } from '../ui/layout.tsx'
import { Pagination } from '../ui/list.tsx'
import { findOwn } from './enterprise-own.tsx'
import { answerBookings } from './export.ts'
import { offlineUseAllowed } from './rules.ts'
import {
  BookingResults,
  ExportLinks,
  StateFilter,
  isDid,
  pageAsked,
  stateAsked,
} from './state-view.tsx'
import { listPage } from './list-store.ts'
import { strings } from './strings.ts'
import { BOOKINGS, BookingRow, BookingTable, Ways } from './views.tsx'
import type { Closed } from './views.tsx'

export const door = new Hono<App>()

const read = allow({ role: 'enterprise', scope: 'own', action: 'booking.read' })

const PAGE_SIZE = 20

door.get('/bookings', read, async (c) => {
  const t = words(c, strings)
  const { enterprise } = enterpriseOf(c)
  const { did, booking: done = '' } = c.req.query()
  const state = stateAsked(c)
  const cursor = await cursorOf(c.env, channelOf(enterpriseOf(c)))
  const filter = { enterprise, ...(state ? { states: [state] } : {}) }
  const shown = state ? `?state=${state}` : ''
  const asked = { page: pageAsked(c), size: PAGE_SIZE }
  const [closed, listed, result] = await Promise.all([
    whyClosed(c, enterprise),
    listPage(dbOf(c.env), filter, c.var.now, asked),
    findOwn(c, done),
  ])
  return page(
    c,
    <Layout c={c} title={t.title} wide script={['live']}>
      <h1 class="govuk-heading-l">{t.title}</h1>
      {result && isDid(did) ? (
        <BookingResults c={c} did={did} bookings={[result]} to={(id) => `${BOOKINGS}/${id}`} />
      ) : null}
      <Ways c={c} closed={closed} />
      <StateFilter c={c} state={state} />
      <p class="hint">
        {t.refreshed(minuteOf(c.var.now))} <a href={BOOKINGS + shown}>{t.refresh}</a>
      </p>
      {listed.page === 1 ? (
        <LiveRows
          topic="booking"
          row={`${BOOKINGS}/rows/{id}${shown}`}
          into="#booking-rows"
          cursor={cursor}
          said={t.live}
        />
      ) : null}
      <BookingTable c={c} bookings={listed.bookings} filtered={state !== undefined} />
      <Pagination c={c} page={listed.page} pages={listed.pages} />
      <ExportLinks c={c} base={BOOKINGS} count={listed.count} />
    </Layout>,
  )
})

door.get('/bookings/export', read, (c) =>
  answerBookings(c, { enterprise: enterpriseOf(c).enterprise }),
)

/** One row, or nothing where it does not belong in the list that is shown. */
door.get('/bookings/rows/:id', read, async (c) => {
  const booking = await findOwn(c, c.req.param('id'))
  const state = stateAsked(c)
  if (!booking || (state && booking.state !== state)) return c.body(null, 204)
  return c.html(
    <Fragment c={c}>
      <BookingRow c={c} booking={booking} />
    </Fragment>,
  )
})

async function whyClosed(c: Ctx, enterprise: string): Promise<Closed | null> {
  const db = dbOf(c.env)
  const { state, approved } = await registrationOf(db, enterprise)
  if (state !== 'approved' || !approved) return { why: 'unregistered' }
  const policy = await policyOf(db, approved.county, yearOf(c.var.now), c.var.now)
  if (offlineUseAllowed(policy)) return null
  const bureau = policy.origins.online_booking_required?.bureau ?? null
  return { why: 'booking_required', bureau }
}
