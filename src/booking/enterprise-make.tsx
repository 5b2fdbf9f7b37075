/**
 * 「提交预约」 (SPEC B2): everything is checked again, then the booking and its hours stand together or
 * not at all. The form's key is the booking's id, so that a double click makes one.
 */
import { Hono } from 'hono'
import { auditOf } from '../audit/client.ts'
import { findCarrier } from '../catalogue/client.ts'
import { dayOf } from '../kernel/clock.ts'
import { isId } from '../kernel/id.ts'
import type { App, Ctx } from '../platform/bindings.ts'
import { commitOnce, dbOf } from '../platform/db.ts'
import { readForm } from '../platform/form.ts'
import { allow, enterpriseOf } from '../platform/guard.ts'
import { seeOther } from '../platform/respond.tsx'
import type { RegistrationVersion } from '../registration/rules.ts'
import { announceBooking, tellSoon } from './client.ts'
import { formPage } from './enterprise-form.tsx'
import { decideForm, readPhone } from './form-rules.ts'
import type { FormRefusal, TypedBooking } from './form-rules.ts'
import { findAsked, hoursOf, standingOf, subjectOf } from './ground.ts'
import type { Asked } from './ground.ts'
import { holdHours } from './hour-store.ts'
import { byClock } from './move.ts'
import { cancelOpen } from './nightly.ts'
import { sealPhone } from './phone.ts'
import type { Slot } from './rules.ts'
import { countFiltered } from './list-store.ts'
import { findBooking, insertBooking } from './store.ts'

export const door = new Hono<App>()

const guard = allow({ role: 'enterprise', scope: 'own', action: 'booking.make' })

door.post('/bookings/new', guard, async (c) => {
  const { typed, many } = await readForm(c)
  const [id, ticked] = [typed['key'] ?? '', many['hour'] ?? []]
  const db = dbOf(c.env)
  if (!isId(id)) return c.notFound()
  const before = await madeBefore(c, id)
  if (before) return before
  const asked = await findAsked(db, typed)
  if (!asked) return c.notFound()
  const { enterprise } = enterpriseOf(c)
  const { registration, needs } = await standingOf(c.env, enterprise, c.var.now)
  if (needs.length > 0 || !registration) {
    return formPage(c, asked, { id, typed, ticked, refusals: [] })
  }
  const hours = await hoursOf(db, asked, { day: typed['day'] ?? '', at: c.var.now })
  const { refusals, slot } = decideForm(typed, ticked, {
    subject: subjectOf(asked),
    calendar: { today: dayOf(c.var.now), ...hours },
    waiting: await countWaiting(c, asked.carrier.id),
  })
  if (refusals.length > 0) return formPage(c, asked, { id, typed, ticked, refusals })
  if (await insert(c, asked, { id, typed, slot, registration })) {
    return seeOther(c, `/enterprise/bookings/${id}/made`)
  }
  // The other press of this form was faster, or another booking that has one of the hours.
  const pressed = await madeBefore(c, id)
  if (pressed) return pressed
  const taken: FormRefusal = { field: 'hour', code: 'hours_taken', facts: {} }
  return formPage(c, asked, { id, typed, ticked: [], refusals: [taken] })
})

/** Where this very form has made its booking already; another's id names nothing. */
async function madeBefore(c: Ctx, id: string): Promise<Response | undefined> {
  const made = await findBooking(dbOf(c.env), id, c.var.now)
  if (!made) return undefined
  if (made.enterprise !== enterpriseOf(c).enterprise) return c.notFound()
  return seeOther(c, `/enterprise/bookings/${id}/made?again=1`)
}

async function countWaiting(c: Ctx, carrier: string): Promise<number> {
  const filter = { enterprise: enterpriseOf(c).enterprise, carrier, states: ['waiting'] } as const
  return countFiltered(dbOf(c.env), filter, c.var.now)
}

type Wish = { id: string; typed: TypedBooking; slot: Slot; registration: RegistrationVersion }

/** The booking with its hours, or nothing: false where one of them is taken. */
async function insert(c: Ctx, asked: Asked, wish: Wish): Promise<boolean> {
  const db = dbOf(c.env)
  const { enterprise, account } = enterpriseOf(c)
  const { id, typed, slot, registration } = wish
  const { carrier, service, instrument, item } = asked
  const text = (name: string) => (typed[name] ?? '').trim()
  const booking = {
    id,
    enterprise,
    enterprise_name: registration.name,
    carrier: carrier.id,
    service: service?.id ?? null,
    instrument: instrument?.id ?? null,
    ...slot,
    contact: text('contact'),
    phone: sealPhone(c.env, readPhone(text('phone')) ?? ''),
    need: text('need'),
    at: c.var.now,
    by: account,
  }
  const after = { carrier: carrier.id, item, ...slot }
  const done = await commitOnce(db, [
    insertBooking(db, booking),
    ...(instrument ? [holdHours(db, { instrument: instrument.id, booking: id, slot })] : []),
    auditOf(c, 'booking.make', `booking:${id}`, { region: carrier.county, after }),
  ])
  if (!done) return false
  await announceBooking(c.env, booking)
  await sweepSuspended(c, carrier.id)
  return true
}

/** A suspension in this very moment may not have seen the booking: it is cancelled here then. */
async function sweepSuspended(c: Ctx, carrier: string): Promise<void> {
  const now = await findCarrier(dbOf(c.env), carrier)
  if (now?.state === 'active') return
  await tellSoon(c, await cancelOpen(c.env, { carrier }, byClock(c.env, c.var.now)))
}
