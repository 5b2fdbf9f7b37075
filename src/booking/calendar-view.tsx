/** The ways to look at a carrier's bookings, and a week of them, day by day. */
import type { Ctx } from '../platform/bindings.ts'
import { words } from '../platform/language.ts'
import { strings } from './carrier-strings.ts'
import { CARRIER_BOOKINGS } from './desk-view.tsx'
import { dayAfter, hoursText } from './hour-rules.ts'
import { bookingNumber, slotNow } from './rules.ts'
import { BookingBadge, When } from './state-view.tsx'
import type { BookingRecord } from './store.ts'
import { itemName } from './strings.ts'

export function CarrierViews({ c, view }: { c: Ctx; view: 'list' | 'calendar' }) {
  const t = words(c, strings)
  const current = (one: typeof view) => (one === view ? 'page' : undefined)
  return (
    <nav class="tabs" aria-label={t.views}>
      <ul>
        <li>
          <a href={CARRIER_BOOKINGS} aria-current={current('list')}>
            {t.as_list}
          </a>
        </li>
        <li>
          <a href={`${CARRIER_BOOKINGS}?view=calendar`} aria-current={current('calendar')}>
            {t.as_calendar}
          </a>
        </li>
        <li>
          <a href={`${CARRIER_BOOKINGS}/feed`}>{t.subscribe}</a>
        </li>
      </ul>
    </nav>
  )
}

type WeekProps = { c: Ctx; from: string; bookings: readonly BookingRecord[] }

/** `from` is a Monday; a booking stands on its day, or on the one that is proposed for it. */
export function WeekList({ c, from, bookings }: WeekProps) {
  const t = words(c, strings)
  const to = (days: number) => `${CARRIER_BOOKINGS}?view=calendar&week=${dayAfter(from, days)}`
  const days = Map.groupBy(bookings.toSorted(earlier), (booking) => slotNow(booking).day)
  return (
    <>
      <h2 class="govuk-heading-m">{t.week_of(from, dayAfter(from, 6))}</h2>
      <p class="calendar-ways">
        <a href={to(-7)}>{t.week_before}</a> <a href={to(7)}>{t.week_after}</a>
      </p>
      {bookings.length === 0 ? <p>{t.week_none}</p> : null}
      {t.weekdays.map((weekday, place) => {
        const day = dayAfter(from, place)
        const found = days.get(day) ?? []
        return found.length === 0 ? null : (
          <section aria-label={t.day_title(day, weekday)}>
            <h3 class="govuk-heading-s">{t.day_title(day, weekday)}</h3>
            <ul class="week-day">
              {found.map((booking) => (
                <WeekItem c={c} booking={booking} />
              ))}
            </ul>
          </section>
        )
      })}
    </>
  )
}

/** By the hours of a day, whole days first. */
function earlier(one: BookingRecord, other: BookingRecord): number {
  return (slotNow(one).hours[0] ?? 0) - (slotNow(other).hours[0] ?? 0)
}

function WeekItem({ c, booking }: { c: Ctx; booking: BookingRecord }) {
  const number = bookingNumber(booking.id)
  const { hours } = slotNow(booking)
  return (
    <li aria-label={number}>
      {hours.length > 0 ? <span class="number">{hoursText(hours)} </span> : null}
      <a class="number" href={`${CARRIER_BOOKINGS}/${booking.id}`}>
        {number}
      </a>{' '}
      {itemName(c.var.lang, booking)} · {booking.enterprise_name}{' '}
      <BookingBadge c={c} booking={booking} />
      {booking.state === 'proposed' ? <When c={c} booking={booking} /> : null}
    </li>
  )
}
