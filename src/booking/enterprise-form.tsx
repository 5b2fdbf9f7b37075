/**
 * 「立即预约」: the form of a booking (SPEC B1, B2), or what is missing before one may be made. Hours
 * come with scripts and without; what was typed never stands in an address.
 */
import { Hono } from 'hono'
import { listInstruments, listServices } from '../catalogue/client.ts'
import { SEARCH_CHARACTERS_MAX, wordsOf } from '../catalogue/rules.ts'
import { dayOf } from '../kernel/clock.ts'
import { isId, newId } from '../kernel/id.ts'
import type { App, Ctx } from '../platform/bindings.ts'
import { dbOf } from '../platform/db.ts'
import { readForm } from '../platform/form.ts'
import { allow, enterpriseOf } from '../platform/guard.ts'
import { words } from '../platform/language.ts'
import { page } from '../platform/respond.tsx'
import { LinkButton } from '../ui/form.tsx'
import { Fragment, Layout } from '../ui/layout.tsx'
import { Notice } from '../ui/notice.tsx'
import { strings } from './form-strings.ts'
import type { FormRefusal, TypedBooking } from './form-rules.ts'
import { BookingForm, NEW, NeedsFirst, errorsOf } from './form-view.tsx'
import { findAsked, freeDays, hoursOf, standingOf, subjectOf } from './ground.ts'
import type { Asked } from './ground.ts'
import { firstWeek } from './hour-rules.ts'
import { CALENDAR_DAYS, DayCalendar, Hours } from './hour-view.tsx'
import type { Calendar } from './hour-view.tsx'
import { CHOICES_MAX } from './item-view.tsx'
import type { Choice } from './item-view.tsx'

export const door = new Hono<App>()

const guard = allow({ role: 'enterprise', scope: 'own', action: 'booking.make' })

door.get('/bookings/new', guard, async (c) => {
  const { carrier = '', service = '', instrument = '', day = '' } = c.req.query()
  const item = service ? `service:${service}` : instrument ? `instrument:${instrument}` : ''
  const typed = { carrier, item, day, fixed: item ? '1' : '' }
  const asked = await findAsked(dbOf(c.env), typed)
  if (!asked) return c.notFound()
  return formPage(c, asked, { id: newId(), typed, ticked: [] })
})

/** The hours of a day and the weeks around it, as a page with scripts fetches them. */
door.get('/bookings/hours', guard, async (c) => {
  const asked = await findAsked(dbOf(c.env), c.req.query())
  if (!asked) return c.notFound()
  const { hours, calendar } = await timesOf(c, asked, c.req.query())
  return c.html(
    <Fragment c={c}>
      <Hours c={c} hours={hours} ticked={[]} />
      <div id="calendar">{calendar ? <DayCalendar c={c} calendar={calendar} /> : null}</div>
    </Fragment>,
  )
})

/** The same without scripts, and what a word finds, with everything typed so far. */
door.post('/bookings/hours', guard, async (c) => {
  const { typed, many } = await readForm(c)
  const id = typed['key'] ?? ''
  const asked = isId(id) ? await findAsked(dbOf(c.env), typed) : undefined
  if (!asked) return c.notFound()
  return formPage(c, asked, { id, typed, ticked: many['hour'] ?? [] })
})

type FormState = {
  id: string
  typed: TypedBooking
  ticked: readonly string[]
  /** Absent where nothing was submitted. */
  refusals?: readonly FormRefusal[]
}

/** The form, or what is missing before it; 422 where something was submitted. */
export async function formPage(c: Ctx, asked: Asked, state: FormState): Promise<Response> {
  const t = words(c, strings)
  const { registration, needs } = await standingOf(c.env, enterpriseOf(c).enterprise, c.var.now)
  const closed = closedWords(c, asked, state.typed)
  const preset = { contact: registration?.agent ?? '', phone: registration?.agent_phone ?? '' }
  const refused = state.refusals !== undefined
  // The address stays the one that says what is booked: loading it anew shows the form again.
  if (c.req.method === 'POST') c.header('HX-Push-Url', 'false')
  return page(
    c,
    <Layout c={c} title={t.title} error={refused}>
      <h1 class="govuk-heading-l">{t.title}</h1>
      {needs.length > 0 ? <NeedsFirst c={c} needs={needs} /> : null}
      {needs.length === 0 && closed ? (
        <Notice tone="warning" title={t.closed}>
          <p>{closed}</p>
          <LinkButton href="/map">{t.to_map}</LinkButton>
        </Notice>
      ) : null}
      {needs.length === 0 && !closed ? (
        <BookingForm
          c={c}
          id={state.id}
          asked={asked}
          offers={state.typed['fixed'] ? null : await offersOf(c, asked, state.typed)}
          typed={{ ...preset, ...state.typed }}
          ticked={state.ticked}
          errors={errorsOf(c, state.refusals ?? [])}
          {...await timesOf(c, asked, state.typed)}
        />
      ) : null}
    </Layout>,
    refused ? 422 : 200,
  )
}

/** Why nothing can be booked here at all; what was chosen in the form can be chosen anew. */
function closedWords(c: Ctx, asked: Asked, typed: TypedBooking): string | undefined {
  const t = words(c, strings)
  const { carrier, service, instrument } = subjectOf(asked)
  if (carrier.state !== 'active') return t.errors.carrier_not_active
  if (!typed['fixed']) return undefined
  if (service === 'gone') return t.errors.item_not_offered
  return instrument === 'unavailable' ? t.errors.instrument_not_available : undefined
}

async function offersOf(c: Ctx, { carrier }: Asked, typed: TypedBooking): Promise<Choice> {
  const db = dbOf(c.env)
  const find = (typed['find'] ?? '').trim().slice(0, SEARCH_CHARACTERS_MAX)
  const portion = { word: wordsOf(find), limit: CHOICES_MAX }
  const [services, instruments] = await Promise.all([
    listServices(db, carrier.id, portion),
    listInstruments(db, carrier.id, portion),
  ])
  return { find, services, instruments }
}

/** The hours of the chosen day, and the weeks around it with what is free; null for a service. */
async function timesOf(c: Ctx, asked: Asked, typed: TypedBooking) {
  const { carrier, instrument } = asked
  if (!instrument) return { hours: null, calendar: null }
  const db = dbOf(c.env)
  const today = dayOf(c.var.now)
  const hours = await hoursOf(db, asked, { day: typed['day'] ?? '', at: c.var.now })
  const from = firstWeek({ today, from: c.req.query('from') ?? '', day: hours.day })
  const days = { from, count: CALENDAR_DAYS, at: c.var.now }
  const calendar: Calendar = {
    from,
    today,
    chosen: hours.day,
    free: await freeDays(db, { carrier, instrument }, days),
    to: (query) => {
      const known = { carrier: carrier.id, instrument: instrument.id }
      return `${NEW}?${new URLSearchParams({ ...known, ...query }).toString()}`
    },
  }
  return { hours, calendar }
}
