/**
 * 「预约」 (SPEC B2, N2): all bookings with a carrier, as a list or by the days of a week, live, and
 * each one's own page with its history. Another carrier's booking is not found.
 */
import { Hono } from 'hono'
import { dayOf, dayStartsAt, minuteOf } from '../kernel/clock.ts'
import { isId } from '../kernel/id.ts'
import { channelOf, cursorOf } from '../live/client.ts'
import { LiveBlock, LiveRows } from '../live/page.tsx'
import type { App, Ctx } from '../platform/bindings.ts'
import { dbOf } from '../platform/db.ts'
import { allow, carrierOf } from '../platform/guard.ts'
import { words } from '../platform/language.ts'
import { page, seeOther } from '../platform/respond.tsx'
import { Buttons, Form } from '../ui/form.tsx'
import { Fragment, Layout } from '../ui/layout.tsx'
import { Pagination } from '../ui/list.tsx'
import { Crumbs } from '../ui/notice.tsx'
import { CarrierViews, WeekList } from './calendar-view.tsx'
import { strings } from './carrier-strings.ts'
import { moveOf } from './client.ts'
import {
  CARRIER_BOOKINGS,
  CarrierActions,
  CarrierRow,
  CarrierTable,
  DeskBookingRow,
  LIST_BODY,
} from './desk-view.tsx'
import { BookingFacts, BookingHistory } from './detail-view.tsx'
import { answerBookings } from './export.ts'
import { dayAfter, weekOf } from './hour-rules.ts'
import { phoneOf } from './phone.ts'
import { bookingNumber } from './rules.ts'
import type { Turn } from './rules.ts'
import {
  BookingResults,
  ExportLinks,
  StateFilter,
  isDid,
  pageAsked,
  stateAsked,
} from './state-view.tsx'
import { listFiltered, listPage } from './list-store.ts'
import { findBooking, listTurns } from './store.ts'
import type { BookingRecord } from './store.ts'
import { strings as terms } from './strings.ts'

export const door = new Hono<App>()

const read = allow({ role: 'carrier', scope: 'own', action: 'booking.read' })
const decide = allow({ role: 'carrier', scope: 'own', action: 'booking.decide' })

const PAGE_SIZE = 20
/** Bookings shown of one week; the list has the others. */
const WEEK_MAX = 300

door.get('/bookings', read, (c) =>
  c.req.query('view') === 'calendar' ? calendarPage(c) : tablePage(c),
)

async function tablePage(c: Ctx): Promise<Response> {
  const [t, w] = [words(c, strings), words(c, terms)]
  const { carrier } = carrierOf(c)
  const state = stateAsked(c)
  const cursor = await cursorOf(c.env, channelOf(carrierOf(c)))
  const filter = { carrier, ...(state ? { states: [state] } : {}) }
  const shown = state ? `?state=${state}` : ''
  // What must be answered goes by its day, as it does on the desk.
  const asked = { page: pageAsked(c), size: PAGE_SIZE, byDay: state === 'waiting' }
  const listed = await listPage(dbOf(c.env), filter, c.var.now, asked)
  return page(
    c,
    <Layout c={c} title={t.title} wide script={['live']}>
      <h1 class="govuk-heading-l">{t.title}</h1>
      <p>{t.lead}</p>
      <CarrierViews c={c} view="list" />
      <StateFilter c={c} state={state} />
      <p class="hint">
        {w.refreshed(minuteOf(c.var.now))} <a href={CARRIER_BOOKINGS + shown}>{w.refresh}</a>
      </p>
      {listed.page === 1 ? (
        <LiveRows
          topic="booking"
          row={`${CARRIER_BOOKINGS}/rows/{id}${shown}`}
          into={`#${LIST_BODY}`}
          cursor={cursor}
          said={w.live}
        />
      ) : null}
      <Form c={c} action={CARRIER_BOOKINGS} label={t.title}>
        <CarrierTable c={c} bookings={listed.bookings} filtered={state !== undefined} />
      </Form>
      <Pagination c={c} page={listed.page} pages={listed.pages} />
      <ExportLinks c={c} base={CARRIER_BOOKINGS} count={listed.count} />
    </Layout>,
  )
}

/** The Monday of the week that the address asks for, or of this week. */
function weekAsked(c: Ctx): string {
  const asked = c.req.query('week') ?? ''
  return weekOf(dayStartsAt(asked) === undefined ? dayOf(c.var.now) : asked)
}

async function calendarPage(c: Ctx): Promise<Response> {
  const [t, w] = [words(c, strings), words(c, terms)]
  const cursor = await cursorOf(c.env, channelOf(carrierOf(c)))
  const week = `${CARRIER_BOOKINGS}/week?week=${weekAsked(c)}`
  return page(
    c,
    <Layout c={c} title={t.title} wide script={['live']}>
      <h1 class="govuk-heading-l">{t.title}</h1>
      <CarrierViews c={c} view="calendar" />
      <LiveBlock topic="booking" get={week} cursor={cursor} said={w.live}>
        {await weekPart(c)}
      </LiveBlock>
    </Layout>,
  )
}

/** The week by itself, as a live page fetches it. */
door.get('/bookings/week', read, async (c) =>
  c.html(<Fragment c={c}>{await weekPart(c)}</Fragment>),
)

async function weekPart(c: Ctx) {
  const t = words(c, strings)
  const from = weekAsked(c)
  const filter = {
    carrier: carrierOf(c).carrier,
    states: ['waiting', 'proposed', 'accepted', 'used'],
    days: { from, until: dayAfter(from, 7) },
  } as const
  const some = { limit: WEEK_MAX + 1, byDay: true }
  const bookings = await listFiltered(dbOf(c.env), filter, c.var.now, some)
  return (
    <>
      <WeekList c={c} from={from} bookings={bookings.slice(0, WEEK_MAX)} />
      {bookings.length > WEEK_MAX ? <p>{t.week_more(WEEK_MAX)}</p> : null}
    </>
  )
}

door.get('/bookings/export', read, (c) => answerBookings(c, { carrier: carrierOf(c).carrier }))

/** One row of the list, or nothing where it does not belong in what is shown. */
door.get('/bookings/rows/:id', read, async (c) => {
  const booking = await findOwn(c, c.req.param('id'))
  const state = stateAsked(c)
  if (!booking || (state && booking.state !== state)) return c.body(null, 204)
  return c.html(
    <Fragment c={c}>
      <CarrierRow c={c} booking={booking} />
    </Fragment>,
  )
})

/** One row of the desk 「待确认」, or nothing once it waits no more. */
door.get('/bookings/waiting/rows/:id', read, async (c) => {
  const booking = await findOwn(c, c.req.param('id'))
  if (booking?.state !== 'waiting') return c.body(null, 204)
  return c.html(
    <Fragment c={c}>
      <DeskBookingRow c={c} booking={booking} />
    </Fragment>,
  )
})

door.get('/bookings/:id', read, async (c) => {
  const [t, w] = [words(c, strings), words(c, terms)]
  const booking = await findOwn(c, c.req.param('id'))
  if (!booking) return c.notFound()
  const cursor = await cursorOf(c.env, channelOf(carrierOf(c)))
  const { did } = c.req.query()
  const own = `${CARRIER_BOOKINGS}/${booking.id}`
  return page(
    c,
    <Layout c={c} title={w.details} script={['live']}>
      <Crumbs items={[{ label: t.back, href: CARRIER_BOOKINGS }]} />
      <h1 class="govuk-heading-l">
        {w.details} {bookingNumber(booking.id)}
      </h1>
      {isDid(did) ? <BookingResults c={c} did={did} bookings={[booking]} to={() => own} /> : null}
      <Form c={c} action={own} label={w.details}>
        <LiveBlock topic="booking" get={`${own}/state`} cursor={cursor} said={w.live}>
          <Standing c={c} booking={booking} turns={await listTurns(dbOf(c.env), booking.id)} />
        </LiveBlock>
      </Form>
    </Layout>,
  )
})

/** What of a booking's own page changes by itself. */
door.get('/bookings/:id/state', read, async (c) => {
  const booking = await findOwn(c, c.req.param('id'))
  if (!booking) return c.notFound()
  return c.html(
    <Fragment c={c}>
      <Standing c={c} booking={booking} turns={await listTurns(dbOf(c.env), booking.id)} />
    </Fragment>,
  )
})

door.post('/bookings/:id/acceptance', decide, async (c) => {
  const booking = await findOwn(c, c.req.param('id'))
  if (!booking) return c.notFound()
  await moveOf(c, booking.id, { kind: 'accept' })
  return seeOther(c, `${CARRIER_BOOKINGS}/${booking.id}?did=accept`)
})

/** A booking of this carrier. */
export async function findOwn(c: Ctx, id: string): Promise<BookingRecord | undefined> {
  const found = isId(id) ? await findBooking(dbOf(c.env), id, c.var.now) : undefined
  return found?.carrier === carrierOf(c).carrier ? found : undefined
}

type StandingProps = { c: Ctx; booking: BookingRecord; turns: readonly Turn[] }

function Standing({ c, booking, turns }: StandingProps) {
  return (
    <>
      <BookingFacts c={c} booking={booking} phone={phoneOf(c.env, booking)} />
      <Buttons>
        <CarrierActions c={c} booking={booking} />
      </Buttons>
      <BookingHistory c={c} booking={booking} turns={turns} />
    </>
  )
}
