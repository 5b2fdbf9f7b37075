/** Days and hours of an instrument to choose from; each day is a link, each hour a box. */
import type { Ctx } from '../platform/bindings.ts'
import { words } from '../platform/language.ts'
import { strings } from './form-strings.ts'
import type { DayHours } from './ground.ts'
import { dayAfter, hourKey, hoursText } from './hour-rules.ts'

/** Four weeks from a Monday, and how many hours are free on each of their days. */
export type Calendar = {
  from: string
  today: string
  /** '' for none. */
  chosen: string
  /** Day → free hours; a day that is missing is shut, one with none is full. */
  free: ReadonlyMap<string, number>
  /** The page with this day chosen, or with another first week. */
  to: (query: { day: string } | { from: string }) => string
}

export const CALENDAR_DAYS = 28

type HoursProps = {
  c: Ctx
  hours: DayHours | null
  ticked: readonly string[]
  error?: string | undefined
}

/** 「预约时段」: the open hours of the day as boxes; what is held cannot be ticked. */
export function Hours({ c, hours, ticked, error }: HoursProps) {
  const t = words(c, strings)
  if (!hours) return null
  if (hours.day === '') return <p class="hint">{t.hours_pick}</p>
  if (hours.free.length === 0) return <p class="hint">{t.hours_none}</p>
  const [first] = hours.free
  return (
    <div class={error ? 'govuk-form-group govuk-form-group--error' : 'govuk-form-group'}>
      <fieldset
        class="govuk-fieldset"
        aria-describedby={error ? 'hours-hint hours-error' : 'hours-hint'}
      >
        <legend class="govuk-fieldset__legend">{t.hours}</legend>
        <div class="govuk-hint" id="hours-hint">
          {t.hours_hint(hours.day)}
        </div>
        {error ? (
          <p class="govuk-error-message" id="hours-error">
            {error}
          </p>
        ) : null}
        <div class="govuk-checkboxes govuk-checkboxes--small hours">
          {hours.open.map((hour) => (
            <HourBox
              c={c}
              value={hourKey(hours.day, hour)}
              hour={hour}
              free={hours.free.includes(hour)}
              checked={ticked.includes(hourKey(hours.day, hour))}
              id={hour === first ? 'field-hour' : `field-hour-${hour}`}
            />
          ))}
        </div>
      </fieldset>
    </div>
  )
}

type BoxProps = {
  c: Ctx
  value: string
  hour: number
  free: boolean
  checked: boolean
  id: string
}

function HourBox({ c, value, hour, free, checked, id }: BoxProps) {
  const t = words(c, strings)
  return (
    <div class="govuk-checkboxes__item">
      <input
        class="govuk-checkboxes__input"
        type="checkbox"
        id={id}
        name="hour"
        value={value}
        checked={checked && free}
        disabled={!free}
        aria-describedby={free ? undefined : `${id}-held`}
      />
      <label class="govuk-label govuk-checkboxes__label" for={id}>
        {hoursText([hour])}
      </label>
      {free ? null : (
        <span class="hint" id={`${id}-held`}>
          {t.hours_held}
        </span>
      )}
    </div>
  )
}

/** Four weeks with what is free on each day. */
export function DayCalendar({ c, calendar }: { c: Ctx; calendar: Calendar }) {
  const t = words(c, strings)
  const { from, today, to } = calendar
  const until = dayAfter(from, CALENDAR_DAYS - 1)
  const starts = Array.from({ length: CALENDAR_DAYS / 7 }, (_none, week) =>
    dayAfter(from, week * 7),
  )
  return (
    <section class="calendar" aria-label={t.calendar}>
      <h2 class="govuk-heading-m">{t.calendar}</h2>
      <table class="calendar-weeks">
        <caption class="hint">{t.calendar_month(from, until)}</caption>
        <thead>
          <tr>
            {t.weekdays.map((name) => (
              <th scope="col">{name}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {starts.map((start) => (
            <tr>
              {t.weekdays.map((_name, weekday) => (
                <Day c={c} calendar={calendar} day={dayAfter(start, weekday)} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p class="calendar-ways">
        {from > today ? (
          <a href={to({ from: dayAfter(from, -CALENDAR_DAYS) })}>{t.calendar_before}</a>
        ) : null}{' '}
        <a href={to({ from: dayAfter(from, CALENDAR_DAYS) })}>{t.calendar_after}</a>
      </p>
    </section>
  )
}

function Day({ c, calendar, day }: { c: Ctx; calendar: Calendar; day: string }) {
  const t = words(c, strings)
  const shown = day.slice(5).replace('-', '/')
  const free = calendar.free.get(day)
  if (day < calendar.today) return <td class="calendar-off">{shown}</td>
  if (free === undefined) {
    return (
      <td class="calendar-off">
        {shown} <span>{t.calendar_shut}</span>
      </td>
    )
  }
  if (free === 0) {
    return (
      <td class="calendar-off">
        {shown} <span>{t.calendar_full}</span>
      </td>
    )
  }
  const chosen = day === calendar.chosen
  return (
    <td class={chosen ? 'calendar-chosen' : undefined}>
      <a href={calendar.to({ day })} aria-current={chosen ? 'date' : undefined}>
        {shown} <span>{t.calendar_free(free)}</span>
      </a>
    </td>
  )
}
