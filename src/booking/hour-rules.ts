/**
 * Hours of an instrument's calendar. An hour is held by one booking at most; which ones are free is
 * what the carrier opens, less what is held and what has begun.
 */
import { DAY_MS, dayStartsAt } from '../kernel/clock.ts'
import { accept, refuse } from '../kernel/outcome.ts'
import type { Outcome } from '../kernel/outcome.ts'

const HOUR_MS = 3_600_000

/** YYYY-MM-DDTHH in Asia/Shanghai, as a row of the calendar names its hour. */
export function hourKey(day: string, hour: number): string {
  return `${day}T${String(hour).padStart(2, '0')}`
}

/** The day and hour of such a name; undefined for anything else. */
export function readHour(key: string): { day: string; hour: number } | undefined {
  const [day = '', hour = ''] = key.split('T')
  if (dayStartsAt(day) === undefined || !/^([01]\d|2[0-3])$/.test(hour)) return undefined
  return { day, hour: Number(hour) }
}

/** When an hour of a day begins, epoch ms. The day must be one. */
export function hourStartsAt(day: string, hour: number): number {
  return (dayStartsAt(day) ?? 0) + hour * HOUR_MS
}

/** The day that lies `days` later, before where negative. The day must be one. */
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00.000Z`) + days * DAY_MS).toISOString().slice(0, 10)
}

/** The Monday of the week of a day. */
export function weekOf(day: string): string {
  const weekday = (new Date(`${day}T00:00:00.000Z`).getUTCDay() + 6) % 7
  return dayAfter(day, -weekday)
}

/** Hours that may be booked: open, held by nobody, and not begun at `now`, epoch ms. */
export function freeHours(calendar: {
  day: string
  open: readonly number[]
  held: ReadonlySet<string>
  now: number
}): number[] {
  const { day, open, held, now } = calendar
  return open.filter((hour) => !held.has(hourKey(day, hour)) && hourStartsAt(day, hour) > now)
}

export type HourRefusal = 'hours_of_another_day' | 'day_full' | 'hours_taken'

/** The hours meant by what was ticked: none ticked means every free hour of the day. */
export function chooseHours(
  ticked: readonly string[],
  day: string,
  free: readonly number[],
): Outcome<number[], HourRefusal> {
  const asked = ticked.map(readHour)
  if (asked.some((one) => one?.day !== day)) return refuse('hours_of_another_day')
  if (free.length === 0) return refuse('day_full')
  if (asked.length === 0) return accept([...free])
  const hours = [...new Set(asked.flatMap((one) => (one ? [one.hour] : [])))]
  if (hours.some((hour) => !free.includes(hour))) return refuse('hours_taken')
  return accept(hours.toSorted((one, other) => one - other))
}

/** Hours in a row as one span: [9, 10, 13] is 09:00–11:00 and 13:00–14:00. */
export function spansOf(hours: readonly number[]): { from: number; until: number }[] {
  const spans: { from: number; until: number }[] = []
  for (const hour of hours.toSorted((one, other) => one - other)) {
    const last = spans.at(-1)
    if (last?.until === hour) last.until = hour + 1
    else spans.push({ from: hour, until: hour + 1 })
  }
  return spans
}

/** 09:00–11:00, 13:00–14:00. */
export function hoursText(hours: readonly number[]): string {
  return spansOf(hours).map(spanText).join(', ')
}

/** 09:00–11:00. */
export function spanText({ from, until }: { from: number; until: number }): string {
  const clock = (hour: number) => `${String(hour).padStart(2, '0')}:00`
  return `${clock(from)}–${clock(until)}`
}

/** A day with its hours where there are any: 2026-12-01 09:00–11:00. */
export function slotText({ day, hours }: { day: string; hours: readonly number[] }): string {
  return hours.length > 0 ? `${day} ${hoursText(hours)}` : day
}

/** The Monday a calendar starts at: of the week asked for, or of the day chosen, or of today. */
export function firstWeek(asked: { today: string; from: string; day: string }): string {
  const { today, from, day } = asked
  const wanted = dayStartsAt(from) === undefined ? day : from
  return weekOf(wanted > today ? wanted : today)
}
