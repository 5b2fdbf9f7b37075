/** How a booking stands, the same on every page: its word, its day, what a press has done to it. */
import type { Ctx } from '../platform/bindings.ts'
import { words } from '../platform/language.ts'
import { FORMATS } from '../platform/sheet.ts'
import { Badge } from '../ui/badge.tsx'
import type { Tone } from '../ui/badge.tsx'
import { SelectField } from '../ui/form.tsx'
import { Filters } from '../ui/list.tsx'
import { Notice } from '../ui/notice.tsx'
import { spanText, spansOf } from './hour-rules.ts'
import { BOOKING_STATES, bookingNumber } from './rules.ts'
import type { BookingState, Slot } from './rules.ts'
import type { BookingRecord } from './store.ts'
import { itemName, stateWords, strings } from './strings.ts'

type Of = { c: Ctx; booking: BookingRecord }

const TONES: Readonly<Record<BookingState, Tone>> = {
  waiting: 'waiting',
  proposed: 'waiting',
  accepted: 'good',
  declined: 'bad',
  cancelled: 'neutral',
  expired: 'neutral',
  used: 'info',
}

/** The state's word, with the reason where somebody turned it away. */
export function BookingBadge({ c, booking }: Of) {
  const t = words(c, strings)
  const { state, reason } = booking
  const told = state === 'declined' || state === 'cancelled'
  return (
    <>
      <Badge word={words(c, stateWords)[state]} tone={TONES[state]} />
      {told && reason ? <p class="hint">{t.reason(reason)}</p> : null}
    </>
  )
}

/** A number to call from a phone, without its extension; it does not break inside. */
export function Phone({ phone }: { phone: string }) {
  const [dialled = ''] = phone.split(/[转#*]/)
  return (
    <a class="number" href={`tel:${dialled.replace(/\D/g, '')}`}>
      {phone}
    </a>
  )
}

/** Day and hours, and those proposed instead while the enterprise has not answered. */
export function When({ c, booking }: Of) {
  const t = words(c, strings)
  const { state, proposal } = booking
  return (
    <>
      <SlotText slot={booking} />
      {state === 'proposed' && proposal ? (
        <>
          <p>
            {t.proposed}{' '}
            <strong>
              <SlotText slot={proposal} />
            </strong>
          </p>
          {proposal.note ? <p class="hint">{t.note(proposal.note)}</p> : null}
        </>
      ) : null}
    </>
  )
}

/** The day, and its hours where there are any; neither breaks inside. */
function SlotText({ slot }: { slot: Slot }) {
  return (
    <>
      <span class="number">{slot.day}</span>{' '}
      {spansOf(slot.hours).map((span) => (
        <>
          <span class="number">{spanText(span)}</span>{' '}
        </>
      ))}
    </>
  )
}

/** A row's accessible name: the service, the other side, the day and the number. */
export function nameOf(c: Ctx, booking: BookingRecord, other: string): string {
  return [itemName(c.var.lang, booking), other, booking.day, bookingNumber(booking.id)].join(' ')
}

/** What a press was meant to lead to. */
export const DID = {
  take: 'accepted',
  cancel: 'cancelled',
  accept: 'accepted',
  decline: 'declined',
  propose: 'proposed',
} as const satisfies Readonly<Record<string, BookingState>>
export type Did = keyof typeof DID

export function isDid(text: string | undefined): text is Did {
  return text !== undefined && Object.hasOwn(DID, text)
}

type ResultsProps = {
  c: Ctx
  did: Did
  bookings: readonly BookingRecord[]
  /** The page of one of them. */
  to: (id: string) => string
}

/** What became of each booking of a press, as it stands now. */
export function BookingResults({ c, did, bookings, to }: ResultsProps) {
  const t = words(c, strings)
  if (bookings.length === 0) return null
  const all = bookings.every((one) => one.state === DID[did])
  return (
    <Notice tone={all ? 'good' : 'warning'} title={t.results}>
      <ul class="results" aria-label={t.results}>
        {bookings.map((one) => (
          <li aria-label={bookingNumber(one.id)}>
            <a class="number" href={to(one.id)}>
              {bookingNumber(one.id)}
            </a>{' '}
            {itemName(c.var.lang, one)} {one.day}{' '}
            {one.state === DID[did] ? t.did[did] : t.not[one.state]}{' '}
            <Badge word={words(c, stateWords)[one.state]} tone={TONES[one.state]} />
          </li>
        ))}
      </ul>
    </Notice>
  )
}

/** The state that the address asks for. */
export function stateAsked(c: Ctx): BookingState | undefined {
  return BOOKING_STATES.find((state) => state === c.req.query('state'))
}

/** The page of a list that the address asks for, from 1. */
export function pageAsked(c: Ctx): number {
  return Math.max(1, Math.trunc(Number(c.req.query('page')) || 1))
}

export function StateFilter({ c, state }: { c: Ctx; state: BookingState | undefined }) {
  const t = words(c, strings)
  const options = BOOKING_STATES.map((one) => ({ value: one, text: words(c, stateWords)[one] }))
  return (
    <Filters c={c}>
      <SelectField name="state" label={t.state} value={state} empty={t.all} options={options} />
    </Filters>
  )
}

/** The list as a file, with the state that is asked for; `base` is the list's address. */
export function ExportLinks({ c, base, count }: { c: Ctx; base: string; count: number }) {
  const t = words(c, strings)
  const state = stateAsked(c)
  if (count === 0) return null
  const filter = state ? `&state=${state}` : ''
  return (
    <p class="calendar-ways">
      {FORMATS.map((format) => (
        <a href={`${base}/export?format=${format}${filter}`}>{t.export_as(format.toUpperCase())}</a>
      ))}
    </p>
  )
}
