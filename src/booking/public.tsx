/**
 * A carrier's bookings as a calendar, for whoever holds its secret address: what, when, for which
 * enterprise and how it stands. Calendars copy what they read, so who the contact is and what is
 * needed stay on the page that each event links to. Times are UTC, shown as Asia/Shanghai.
 */
import { Hono } from 'hono'
import { createEvents } from 'ics'
import type { EventAttributes } from 'ics'
import { findCarrier } from '../catalogue/client.ts'
import { dayOf } from '../kernel/clock.ts'
import type { App, Ctx } from '../platform/bindings.ts'
import { dbOf } from '../platform/db.ts'
import { allow } from '../platform/guard.ts'
import { hashOf } from '../platform/token.ts'
import { strings } from './carrier-strings.ts'
import { findFeedByToken } from './feed-store.ts'
import { dayAfter, hourStartsAt, spansOf } from './hour-rules.ts'
import { bookingNumber, slotNow } from './rules.ts'
import { listFiltered } from './list-store.ts'
import type { BookingRecord } from './store.ts'
import { itemName, stateWords } from './strings.ts'

export const door = new Hono<App>()

const DAYS_BACK = 31
const DAYS_AHEAD = 366
const EVENTS_MAX = 1000

door.get(
  '/calendar/:token/bookings.ics',
  allow({ role: 'public', scope: 'any', action: 'booking.calendar' }),
  async (c) => {
    const db = dbOf(c.env)
    const feed = await findFeedByToken(db, c.req.param('token'))
    const carrier = feed && (await findCarrier(db, feed.carrier))
    if (!carrier) return c.notFound()
    const today = dayOf(c.var.now)
    const filter = {
      carrier: carrier.id,
      states: ['waiting', 'proposed', 'accepted', 'used'],
      days: { from: dayAfter(today, -DAYS_BACK), until: dayAfter(today, DAYS_AHEAD) },
    } as const
    const some = { limit: EVENTS_MAX, byDay: true }
    const bookings = await listFiltered(db, filter, c.var.now, some)
    const { error, value } = createEvents(
      bookings.flatMap((booking) => eventsOf(c, booking)),
      { productId: 'voucher/bookings', calName: strings.zh.feed_name(carrier.name) },
    )
    if (error || value === null) throw error ?? new Error('no calendar')
    const etag = `"${hashOf(value).slice(0, 32)}"`
    const headers = { ETag: etag, 'Cache-Control': 'private, no-cache', 'X-Robots-Tag': 'noindex' }
    if (c.req.header('If-None-Match') === etag) return c.body(null, 304, headers)
    return c.body(value, 200, { ...headers, 'Content-Type': 'text/calendar; charset=utf-8' })
  },
)

/** One event for each span of hours, or the whole day where no hours were booked. */
function eventsOf(c: Ctx, booking: BookingRecord): EventAttributes[] {
  const { day, hours } = slotNow(booking)
  const certain = booking.state === 'accepted' || booking.state === 'used'
  const state = stateWords.zh[booking.state]
  const common = {
    title: `【${state}】${itemName('zh', booking)} ${booking.enterprise_name}`,
    description: bookingNumber(booking.id),
    url: `${c.env.ORIGIN}/carrier/bookings/${booking.id}`,
    status: certain ? ('CONFIRMED' as const) : ('TENTATIVE' as const),
    // Fixed, so that the same bookings are the same bytes and the ETag holds.
    timestamp: booking.at,
    sequence: booking.turn,
  }
  if (hours.length === 0) {
    const end = dateOf(dayAfter(day, 1))
    return [{ ...common, uid: `${booking.id}@bookings`, start: dateOf(day), end }]
  }
  return spansOf(hours).map(({ from, until }) => ({
    ...common,
    uid: `${booking.id}-${from}@bookings`,
    start: hourStartsAt(day, from),
    end: hourStartsAt(day, until),
  }))
}

function dateOf(day: string): [number, number, number] {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return [year, month, date]
}
