/** The form of a booking: who is booked, what, when and for what; or what is missing first. */
import { openingOf, openingWords, priceWords } from '../catalogue/client.ts'
import { dayOf } from '../kernel/clock.ts'
import type { Facts } from '../kernel/outcome.ts'
import type { Ctx } from '../platform/bindings.ts'
import type { Errors } from '../platform/form.ts'
import { words } from '../platform/language.ts'
import { Button, Buttons, DateField, ErrorSummary, Form, TextArea, TextField } from '../ui/form.tsx'
import { SummaryList } from '../ui/list.tsx'
import { Notice } from '../ui/notice.tsx'
import { DAYS_AHEAD_MAX } from './form-rules.ts'
import type { BookingNeed, DayCode, FormRefusal, TypedBooking } from './form-rules.ts'
import { strings } from './form-strings.ts'
import type { Asked, DayHours } from './ground.ts'
import { dayAfter } from './hour-rules.ts'
import { DayCalendar, Hours } from './hour-view.tsx'
import type { Calendar } from './hour-view.tsx'
import { ItemField, ItemFilter } from './item-view.tsx'
import type { Choice } from './item-view.tsx'

export const NEW = '/enterprise/bookings/new'

export type FormPart = {
  c: Ctx
  id: string
  asked: Asked
  /** What the carrier offers, to choose from; null where the choice was made beforehand. */
  offers: Choice | null
  typed: TypedBooking
  ticked: readonly string[]
  errors: Errors
  /** Of an instrument. */
  hours: DayHours | null
  calendar: Calendar | null
}

const FIELDS = { item: '', day: '', hour: '', contact: '', phone: '', need: '' }

export function BookingForm(props: FormPart) {
  const { c, asked, offers, id, typed, errors, calendar } = props
  const t = words(c, strings)
  return (
    <>
      <p>{t.lead}</p>
      <ErrorSummary c={c} errors={errors} labels={FIELDS} />
      <Booked c={c} asked={asked} fixed={offers === null} />
      <div id="calendar">{calendar ? <DayCalendar c={c} calendar={calendar} /> : null}</div>
      <Form c={c} action={NEW} once={id} id="booking-form" label={t.title}>
        <input type="hidden" name="carrier" value={asked.carrier.id} />
        <When {...props} />
        <TextField
          name="contact"
          label={t.contact}
          value={typed['contact']}
          error={errors['contact']}
          autocomplete="name"
          width={20}
          required
        />
        <TextField
          name="phone"
          label={t.phone}
          value={typed['phone']}
          error={errors['phone']}
          hint={t.phone_hint}
          type="tel"
          autocomplete="tel"
          width={20}
          required
        />
        <TextArea
          name="need"
          label={t.need}
          value={typed['need']}
          error={errors['need']}
          hint={t.need_hint}
          required
        />
        <Buttons>
          <Button>{t.submit}</Button>
        </Buttons>
      </Form>
    </>
  )
}

/** What is chosen, which day, and its hours; scripts fetch the hours as soon as the day is set. */
function When({ c, asked, offers, typed, ticked, errors, hours }: FormPart) {
  const t = words(c, strings)
  const today = dayOf(c.var.now)
  const last = dayAfter(today, DAYS_AHEAD_MAX)
  const slots = asked.instrument !== undefined || (offers?.instruments.rows.length ?? 0) > 0
  const live = slots && {
    'hx-get': '/enterprise/bookings/hours',
    'hx-trigger': 'change',
    'hx-include': '#booking-form [name=carrier], #booking-form [name=item], #field-day',
    'hx-target': '#hours',
    'hx-select-oob': '#calendar',
    'hx-swap': 'innerHTML',
    'hx-sync': 'this:replace',
  }
  return (
    <>
      {offers ? <ItemFilter c={c} choice={offers} /> : null}
      <div {...live}>
        {offers ? (
          <ItemField c={c} asked={asked} choice={offers} error={errors['item']} />
        ) : (
          <>
            <input type="hidden" name="item" value={asked.item} />
            <input type="hidden" name="fixed" value="1" />
          </>
        )}
        <DateField
          name="day"
          label={t.day}
          value={typed['day']}
          error={errors['day']}
          hint={t.day_hint(last)}
          min={today}
          max={last}
          required
        />
      </div>
      {slots ? (
        <>
          <div id="hours">
            <Hours c={c} hours={hours} ticked={ticked} error={errors['hour']} />
          </div>
          <Button tone="secondary" formaction="/enterprise/bookings/hours">
            {t.hours_show}
          </Button>
        </>
      ) : null}
    </>
  )
}

/** Who and what is booked, so that nobody books the wrong one. */
function Booked({ c, asked, fixed }: { c: Ctx; asked: Asked; fixed: boolean }) {
  const t = words(c, strings)
  const { carrier } = asked
  const item = asked.service ?? asked.instrument
  return (
    <SummaryList
      rows={[
        {
          label: t.organisation,
          value: <a href={`/map/organisations/${carrier.id}`}>{carrier.name}</a>,
        },
        ...(item && fixed
          ? [
              { label: t.item, value: item.name },
              { label: t.price, value: priceWords(item, c.var.lang) },
            ]
          : []),
        { label: t.opening, value: openingWords(openingOf(carrier), c.var.lang) },
      ]}
    />
  )
}

const WAYS = { registration: '/enterprise/registration', quota: '/enterprise/quota' } as const

/** SPEC B1: what has to be there first, each with the way to it. */
export function NeedsFirst({ c, needs }: { c: Ctx; needs: readonly BookingNeed[] }) {
  const t = words(c, strings)
  return (
    <Notice tone="warning" title={t.missing}>
      {needs.map((need) => (
        <p>
          {t.needs[need]} <a href={WAYS[need]}>{t.ways[need]}</a>
        </p>
      ))}
    </Notice>
  )
}

/** Refusals beside their fields, the first of each. */
export function errorsOf(c: Ctx, refusals: readonly FormRefusal[]): Errors {
  const t = words(c, strings)
  const errors: Record<string, string> = {}
  for (const refusal of refusals) errors[refusal.field] ??= messageOf(t, refusal)
  return errors
}

/** Why a day cannot be booked. */
export function dayWords(c: Ctx, { code, facts }: { code: DayCode; facts: Facts }): string {
  const { errors } = words(c, strings)
  return code === 'day_too_far' ? errors.day_too_far(String(facts['last'])) : errors[code]
}

function messageOf(t: (typeof strings)['zh'], { field, code, facts }: FormRefusal): string {
  const label = field === 'contact' ? t.contact : t.need
  if (code === 'text_too_long') return t.errors.too_long(label, Number(facts['max']))
  if (code === 'day_too_far') return t.errors.day_too_far(String(facts['last']))
  if (code !== 'text_missing') return t.errors[code]
  if (field === 'contact') return t.errors.contact_missing
  return field === 'phone' ? t.errors.phone_missing : t.errors.need_missing
}
