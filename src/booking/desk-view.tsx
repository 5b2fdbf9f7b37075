/** Bookings on the carrier's side: rows of the desk 「待确认」 and of the list, and what each allows. */
import { minuteOf } from '../kernel/clock.ts'
import { isId } from '../kernel/id.ts'
import type { Ctx } from '../platform/bindings.ts'
import { words } from '../platform/language.ts'
import { Button, LinkButton } from '../ui/form.tsx'
import { Empty, Row, Table } from '../ui/list.tsx'
import type { Column, TableRow } from '../ui/list.tsx'
import type { ConsequenceRow } from '../ui/notice.tsx'
import { strings } from './carrier-strings.ts'
import { DESK_MAX, bookingNumber } from './rules.ts'
import { BookingBadge, When, nameOf } from './state-view.tsx'
import type { BookingRecord } from './store.ts'
import { itemName, strings as terms } from './strings.ts'

export const CARRIER_BOOKINGS = '/carrier/bookings'
const DESK = '/carrier/desk'
/** The rows of the desk, for what arrives live. */
export const DESK_BODY = 'desk-bookings'
export const LIST_BODY = 'booking-rows'

type Of = { c: Ctx; booking: BookingRecord }
type Many = { c: Ctx; bookings: readonly BookingRecord[] }

const PREFIX = 'booking:'

/** How a desk's form names a booking among its rows. */
export function deskRowOf({ id }: Pick<BookingRecord, 'id'>): string {
  return PREFIX + id
}

/** The booking that such a row names; undefined for any other row. */
export function bookingOfRow(row: string): string | undefined {
  const id = row.slice(PREFIX.length)
  return row.startsWith(PREFIX) && isId(id) ? id : undefined
}

/**
 * The bookings that wait, inside the form of the desk: each row can be ticked or pressed. Past
 * DESK_MAX a link leads to all of them.
 */
export function DeskBookings({ c, bookings }: Many) {
  const t = words(c, strings)
  return (
    <>
      <Table
        caption={t.desk}
        captioned
        columns={deskColumns(c)}
        rows={bookings.slice(0, DESK_MAX).map((booking) => deskRow(c, booking))}
        bodyId={DESK_BODY}
        empty={
          <Empty title={t.desk_none}>
            <p>{t.desk_none_text}</p>
          </Empty>
        }
      />
      {bookings.length > DESK_MAX ? (
        <p>
          {t.desk_more(DESK_MAX)} <a href={`${CARRIER_BOOKINGS}?state=waiting`}>{t.desk_all}</a>
        </p>
      ) : null}
    </>
  )
}

/** What declining each of them does, for the page that asks for the reason. */
export function refusedBookings(c: Ctx, bookings: readonly BookingRecord[]): ConsequenceRow[] {
  return bookings.map((booking) => ({
    label: `${bookingNumber(booking.id)} ${booking.enterprise_name}`,
    value: words(c, strings).frees,
  }))
}

/** One of those rows by itself, as a live page fetches it. */
export function DeskBookingRow({ c, booking }: Of) {
  return <Row columns={deskColumns(c)} {...deskRow(c, booking)} />
}

function deskColumns(c: Ctx): Column[] {
  const [t, w] = [words(c, strings), words(c, terms)]
  return [
    { label: t.pick, hidden: true },
    { label: w.number },
    { label: w.enterprise },
    { label: w.item },
    { label: w.day },
    { label: w.actions, hidden: true },
  ]
}

function deskRow(c: Ctx, booking: BookingRecord): TableRow {
  const t = words(c, strings)
  const row = deskRowOf(booking)
  return {
    id: booking.id,
    name: nameOf(c, booking, booking.enterprise_name),
    cells: [
      <label class="pick">
        <input type="checkbox" name="row" value={row} />
        {t.pick}
      </label>,
      <>
        <NumberLink booking={booking} />
        <p class="hint">{words(c, terms).asked(minuteOf(booking.at))}</p>
      </>,
      booking.enterprise_name,
      itemName(c.var.lang, booking),
      <When c={c} booking={booking} />,
      <span class="row-actions row-actions-many">
        <Button name="only" value={row}>
          {t.accept}
        </Button>
        <Turns c={c} booking={booking} />
      </span>,
    ],
  }
}

function NumberLink({ booking }: { booking: BookingRecord }) {
  return (
    <a class="number" href={`${CARRIER_BOOKINGS}/${booking.id}`}>
      {bookingNumber(booking.id)}
    </a>
  )
}

/** The links beside 「确认」, and those of a booking that is further on. */
function Turns({ c, booking }: Of) {
  const t = words(c, strings)
  const own = `${CARRIER_BOOKINGS}/${booking.id}`
  const { state } = booking
  return (
    <>
      {state === 'waiting' ? (
        <LinkButton
          href={`${DESK}/refusals?row=${encodeURIComponent(deskRowOf(booking))}`}
          tone="secondary"
        >
          {t.decline}
        </LinkButton>
      ) : null}
      {state === 'waiting' || state === 'proposed' ? (
        <LinkButton href={`${own}/proposal`} tone="secondary">
          {t.propose}
        </LinkButton>
      ) : null}
      {state === 'proposed' || state === 'accepted' ? (
        <LinkButton href={`${own}/cancellation`} tone="secondary">
          {t.cancel}
        </LinkButton>
      ) : null}
    </>
  )
}

/** All bookings of the carrier, or those of one state. */
export function CarrierTable({ c, bookings, filtered }: Many & { filtered: boolean }) {
  const t = words(c, strings)
  return (
    <Table
      caption={t.title}
      columns={listColumns(c)}
      rows={bookings.map((booking) => listRow(c, booking))}
      bodyId={LIST_BODY}
      empty={
        <Empty title={filtered ? t.none_filtered : t.none}>
          {filtered ? null : <p>{t.none_text}</p>}
        </Empty>
      }
    />
  )
}

export function CarrierRow({ c, booking }: Of) {
  return <Row columns={listColumns(c)} {...listRow(c, booking)} />
}

function listColumns(c: Ctx): Column[] {
  const w = words(c, terms)
  return [
    { label: w.number },
    { label: w.enterprise },
    { label: w.item },
    { label: w.day },
    { label: w.state },
    { label: w.actions, hidden: true },
  ]
}

function listRow(c: Ctx, booking: BookingRecord): TableRow {
  return {
    id: booking.id,
    name: nameOf(c, booking, booking.enterprise_name),
    cells: [
      <NumberLink booking={booking} />,
      <>
        {booking.enterprise_name} <p class="hint">{booking.contact}</p>
      </>,
      itemName(c.var.lang, booking),
      <When c={c} booking={booking} />,
      <BookingBadge c={c} booking={booking} />,
      <CarrierActions c={c} booking={booking} />,
    ],
  }
}

/** What the carrier can do with a booking: 「确认」 is pressed, the rest asks for more first. */
export function CarrierActions({ c, booking }: Of) {
  const t = words(c, strings)
  return (
    <span class="row-actions row-actions-many">
      {booking.state === 'waiting' ? (
        <Button formaction={`${CARRIER_BOOKINGS}/${booking.id}/acceptance`}>{t.accept}</Button>
      ) : null}
      <Turns c={c} booking={booking} />
    </span>
  )
}
