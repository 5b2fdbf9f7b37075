/**
 * 「提议改期」: the carrier proposes another day, of an instrument its hours too, which are kept for the
 * enterprise until it answers (SPEC B2). A newer proposal takes the place of the last one.
 */
import { Hono } from 'hono'
import { findCarrier, findInstrument } from '../catalogue/client.ts'
import type { Carrier, Instrument } from '../catalogue/rules.ts'
import { dayOf } from '../kernel/clock.ts'
import type { Refusal } from '../kernel/outcome.ts'
import type { App, Ctx } from '../platform/bindings.ts'
import { dbOf } from '../platform/db.ts'
import { readForm } from '../platform/form.ts'
import type { Errors } from '../platform/form.ts'
import { allow } from '../platform/guard.ts'
import { words } from '../platform/language.ts'
import { page, seeOther } from '../platform/respond.tsx'
import { Layout } from '../ui/layout.tsx'
import { Crumbs } from '../ui/notice.tsx'
import { findOwn } from './carrier.tsx'
import { strings } from './carrier-strings.ts'
import { moveOf } from './client.ts'
import { CARRIER_BOOKINGS } from './desk-view.tsx'
import { ANY_HOUR, refuseDay } from './form-rules.ts'
import { strings as formStrings } from './form-strings.ts'
import { dayWords } from './form-view.tsx'
import { freeDays, hoursOf } from './ground.ts'
import { chooseHours, firstWeek } from './hour-rules.ts'
import { CALENDAR_DAYS } from './hour-view.tsx'
import type { Calendar } from './hour-view.tsx'
import { ProposalForm } from './move-view.tsx'
import { MOVES } from './rules.ts'
import type { BookingRecord } from './store.ts'

export const door = new Hono<App>()

const guard = allow({ role: 'carrier', scope: 'own', action: 'booking.propose' })

door.get('/bookings/:id/proposal', guard, async (c) => {
  const booking = await findOwn(c, c.req.param('id'))
  if (!booking) return c.notFound()
  if (!MOVES.propose[booking.state]) return seeOther(c, donePath(booking))
  return proposalPage(c, booking, { day: c.req.query('day') ?? '', note: '', ticked: [] })
})

/** The hours of the day that was typed, for a page without scripts. */
door.post('/bookings/:id/proposal/hours', guard, async (c) => {
  const booking = await findOwn(c, c.req.param('id'))
  if (!booking) return c.notFound()
  const { typed, many } = await readForm(c)
  return proposalPage(c, booking, {
    day: typed['day'] ?? '',
    note: typed['note'] ?? '',
    ticked: many['hour'] ?? [],
  })
})

door.post('/bookings/:id/proposal', guard, async (c) => {
  const booking = await findOwn(c, c.req.param('id'))
  if (!booking) return c.notFound()
  const { typed, many } = await readForm(c)
  const [day, note, ticked] = [typed['day'] ?? '', (typed['note'] ?? '').trim(), many['hour'] ?? []]
  const state = { day, note, ticked }
  const { carrier, instrument } = await partsOf(c, booking)
  if (!carrier) return c.notFound()
  const hours = await hoursOf(dbOf(c.env), { carrier, instrument }, asked(c, booking, day))
  const open = instrument ? hours.open : ANY_HOUR
  const wrong = refuseDay(day, { today: dayOf(c.var.now), open })
  if (wrong) return proposalPage(c, booking, state, { day: dayWords(c, wrong) })
  const chosen = instrument ? chooseHours(ticked, day, hours.free) : undefined
  if (chosen && !chosen.ok) {
    const field = chosen.code === 'day_full' ? 'day' : 'hour'
    return proposalPage(c, booking, state, {
      [field]: words(c, formStrings).errors[chosen.code],
    })
  }
  const slot = { day, hours: chosen?.value ?? [] }
  const moved = await moveOf(c, booking.id, { kind: 'propose', slot, note })
  const errors = moved.ok ? undefined : errorsOf(c, moved)
  return errors ? proposalPage(c, booking, state, errors) : seeOther(c, donePath(booking))
})

/** What can be put right on the form; a booking that moved on is shown as it stands. */
function errorsOf(c: Ctx, { code, facts }: Refusal): Errors | undefined {
  const t = words(c, strings)
  if (code === 'hours_taken') return { hour: t.hours_taken }
  if (code === 'same_slot') return { day: t.same_slot }
  return code === 'reason_too_long' ? { note: t.too_long(Number(facts['max'])) } : undefined
}

function donePath({ id }: BookingRecord): string {
  return `${CARRIER_BOOKINGS}/${id}?did=propose`
}

/** Its own hours are free for its own proposal. */
function asked(c: Ctx, { id }: BookingRecord, day: string) {
  return { day, at: c.var.now, except: id }
}

type Parts = { carrier: Carrier | undefined; instrument: Instrument | undefined }

async function partsOf(c: Ctx, booking: BookingRecord): Promise<Parts> {
  const db = dbOf(c.env)
  const [carrier, instrument] = await Promise.all([
    findCarrier(db, booking.carrier),
    booking.instrument ? findInstrument(db, booking.instrument) : undefined,
  ])
  return { carrier, instrument }
}

type State = { day: string; note: string; ticked: readonly string[] }

async function proposalPage(
  c: Ctx,
  booking: BookingRecord,
  state: State,
  errors?: Errors,
): Promise<Response> {
  const t = words(c, strings)
  const { carrier, instrument } = await partsOf(c, booking)
  if (!carrier) return c.notFound()
  const hours = instrument
    ? await hoursOf(dbOf(c.env), { carrier, instrument }, asked(c, booking, state.day))
    : null
  return page(
    c,
    <Layout c={c} title={t.propose_title} error={errors !== undefined}>
      <Crumbs items={[{ label: t.back, href: CARRIER_BOOKINGS }]} />
      <h1 class="govuk-heading-l">{t.propose_title}</h1>
      <ProposalForm
        c={c}
        booking={booking}
        {...state}
        hours={hours}
        calendar={instrument ? await calendarOf(c, booking, { carrier, instrument }, state) : null}
        errors={errors ?? {}}
      />
    </Layout>,
    errors ? 422 : 200,
  )
}

async function calendarOf(
  c: Ctx,
  booking: BookingRecord,
  of: { carrier: Carrier; instrument: Instrument },
  { day }: State,
): Promise<Calendar> {
  const today = dayOf(c.var.now)
  const from = firstWeek({ today, from: c.req.query('from') ?? '', day })
  const days = { from, count: CALENDAR_DAYS, at: c.var.now, except: booking.id }
  return {
    from,
    today,
    chosen: day,
    free: await freeDays(dbOf(c.env), of, days),
    to: (query) =>
      `${CARRIER_BOOKINGS}/${booking.id}/proposal?${new URLSearchParams(query).toString()}`,
  }
}
