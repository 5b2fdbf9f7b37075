/** The enterprise's bookings as a list, and the ways to use a voucher: by booking, or without. */
import type { Ctx } from '../platform/bindings.ts'
import { words } from '../platform/language.ts'
import { Button, Form, LinkButton } from '../ui/form.tsx'
import { Empty, Row, Table } from '../ui/list.tsx'
import type { Column, TableRow } from '../ui/list.tsx'
import { Notice } from '../ui/notice.tsx'
import { bookingNumber } from './rules.ts'
import { BookingBadge, Phone, When, nameOf } from './state-view.tsx'
import type { BookingRecord } from './store.ts'
import { itemName, strings } from './strings.ts'

export const BOOKINGS = '/enterprise/bookings'

/** Why a use without booking is closed; null where it is open. */
export type Closed = { why: 'unregistered' } | { why: 'booking_required'; bureau: string | null }

export function Ways({ c, closed }: { c: Ctx; closed: Closed | null }) {
  const t = words(c, strings)
  return (
    <>
      <p class="govuk-body">{t.lead}</p>
      <div class="govuk-button-group">
        <LinkButton href="/map">{t.online}</LinkButton>
        {closed ? null : (
          <LinkButton href="/enterprise/use" tone="secondary">
            {t.offline}
          </LinkButton>
        )}
      </div>
      {closed ? <WhyClosed c={c} closed={closed} /> : <p class="hint">{t.offline_hint}</p>}
    </>
  )
}

function WhyClosed({ c, closed }: { c: Ctx; closed: Closed }) {
  const t = words(c, strings)
  if (closed.why === 'booking_required')
    return <Notice>{t.offline_closed(closed.bureau ?? t.the_bureau)}</Notice>
  return (
    <Notice tone="warning">
      {t.offline_unregistered}{' '}
      <a class="govuk-link" href="/enterprise/registration">
        {t.to_registration}
      </a>
    </Notice>
  )
}

type TableProps = { c: Ctx; bookings: readonly BookingRecord[]; filtered: boolean }

export function BookingTable({ c, bookings, filtered }: TableProps) {
  const t = words(c, strings)
  return (
    <Table
      caption={t.title}
      columns={columnsOf(c)}
      rows={bookings.map((booking) => rowOf(c, booking))}
      bodyId="booking-rows"
      empty={
        <Empty title={filtered ? t.none_filtered : t.none_title}>
          {filtered ? null : <p>{t.none_text}</p>}
        </Empty>
      }
    />
  )
}

/** One row by itself, as a live page fetches it. */
export function BookingRow({ c, booking }: { c: Ctx; booking: BookingRecord }) {
  return <Row columns={columnsOf(c)} {...rowOf(c, booking)} />
}

function columnsOf(c: Ctx): Column[] {
  const t = words(c, strings)
  return [
    { label: t.number },
    { label: t.organisation },
    { label: t.item },
    { label: t.day },
    { label: t.state },
    { label: t.actions, hidden: true },
  ]
}

function rowOf(c: Ctx, booking: BookingRecord): TableRow {
  const t = words(c, strings)
  return {
    id: booking.id,
    name: nameOf(c, booking, booking.carrier_name),
    cells: [
      <a class="number" href={`${BOOKINGS}/${booking.id}`}>
        {bookingNumber(booking.id)}
      </a>,
      <a class="govuk-link" href={`/map/organisations/${booking.carrier}`}>
        {booking.carrier_name}
      </a>,
      itemName(c.var.lang, booking),
      <When c={c} booking={booking} />,
      <>
        <BookingBadge c={c} booking={booking} />
        {booking.state === 'waiting' ? (
          <p class="hint">
            {t.call} <Phone phone={booking.carrier_phone} />
          </p>
        ) : null}
      </>,
      <Actions c={c} booking={booking} />,
    ],
  }
}

type ActionsProps = { c: Ctx; booking: BookingRecord; own?: boolean }

/** What the enterprise can do with a booking; its `own` page asks for a word before it leaves. */
export function Actions({ c, booking, own = false }: ActionsProps) {
  const t = words(c, strings)
  const { id, state, turn, voucher } = booking
  if (voucher) {
    return (
      <a class="govuk-link" href={`/enterprise/vouchers/${voucher}`}>
        {t.voucher}
      </a>
    )
  }
  const leave = own ? null : <CancelButton c={c} id={id} />
  if (state === 'waiting') return leave
  if (state === 'accepted') {
    return (
      <span class="row-actions">
        <LinkButton href={`/enterprise/use?booking=${id}`}>{t.use}</LinkButton>
        {leave}
      </span>
    )
  }
  if (state !== 'proposed') return <a href={againPath(booking)}>{t.again}</a>
  return (
    <span class="row-actions">
      <Form c={c} action={`${BOOKINGS}/${id}/acceptance`}>
        <input type="hidden" name="turn" value={turn} />
        <Button>{t.take}</Button>
      </Form>
      {leave}
    </span>
  )
}

function CancelButton({ c, id }: { c: Ctx; id: string }) {
  const t = words(c, strings)
  return (
    <Form c={c} action={`${BOOKINGS}/${id}/cancellation`}>
      <Button tone="secondary">{t.cancel}</Button>
    </Form>
  )
}

function againPath({ carrier, service, instrument }: BookingRecord): string {
  const item = service ? { service } : instrument ? { instrument } : {}
  return `${BOOKINGS}/new?${new URLSearchParams({ carrier, ...item }).toString()}`
}
