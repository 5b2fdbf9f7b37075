/** A side's bookings as a file, newest first, with the filter of the list. */
import { dayOf, minuteOf } from '../kernel/clock.ts'
import type { Ctx } from '../platform/bindings.ts'
import { dbOf } from '../platform/db.ts'
import { words } from '../platform/language.ts'
import { answerSheet, formatOf } from '../platform/sheet.ts'
import type { Row } from '../platform/sheet.ts'
import { hoursText } from './hour-rules.ts'
import { phoneOf } from './phone.ts'
import { bookingNumber } from './rules.ts'
import { stateAsked } from './state-view.tsx'
import { listFiltered } from './list-store.ts'
import type { BookingRecord } from './store.ts'
import { itemName, stateWords, strings } from './strings.ts'

/** Bookings read at once. */
const PORTION = 200

/** The bookings of one enterprise or one carrier; the address says format and state. */
export function answerBookings(
  c: Ctx,
  whose: { enterprise: string } | { carrier: string },
): Response {
  const t = words(c, strings)
  const { number, enterprise, organisation, item, day, hours, contact, phone, need } = t
  const columns = [number, enterprise, organisation, item, day, hours, contact, phone, need]
  return answerSheet(
    c,
    {
      name: `${t.title} ${dayOf(c.var.now)}`,
      columns: [...columns, t.state, t.reason_label, t.asked_at],
      rows: portionsOf(c, whose),
    },
    formatOf(c.req.query('format')),
  )
}

async function* portionsOf(
  c: Ctx,
  whose: { enterprise: string } | { carrier: string },
): AsyncGenerator<Row[]> {
  const state = stateAsked(c)
  const filter = { ...whose, ...(state ? { states: [state] } : {}) }
  for (let offset = 0; ; offset += PORTION) {
    const some = { limit: PORTION, offset }
    const bookings = await listFiltered(dbOf(c.env), filter, c.var.now, some)
    if (bookings.length > 0) yield bookings.map((booking) => rowOf(c, booking))
    if (bookings.length < PORTION) return
  }
}

function rowOf(c: Ctx, booking: BookingRecord): Row {
  return [
    bookingNumber(booking.id),
    booking.enterprise_name,
    booking.carrier_name,
    itemName(c.var.lang, booking),
    booking.day,
    hoursText(booking.hours),
    booking.contact,
    phoneOf(c.env, booking),
    booking.need,
    words(c, stateWords)[booking.state],
    booking.reason,
    minuteOf(booking.at),
  ]
}
