/** Bookings as a list, and the two ways to use a voucher: by booking, or without where allowed. */
import type { Ctx } from '../platform/bindings.ts'
import { words } from '../platform/language.ts'
import { Badge } from '../ui/badge.tsx'
import type { Tone } from '../ui/badge.tsx'
import { LinkButton } from '../ui/form.tsx'
import { Empty, Table } from '../ui/list.tsx'
import { Notice } from '../ui/notice.tsx'
import type { BookingState } from './rules.ts'
import type { BookingRecord } from './store.ts'
import { stateWords, strings } from './strings.ts'

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

export function BookingTable({ c, bookings }: { c: Ctx; bookings: readonly BookingRecord[] }) {
  const t = words(c, strings)
  return (
    <Table
      caption={t.title}
      columns={[
        { label: t.organisation },
        { label: t.item },
        { label: t.day },
        { label: t.contact },
        { label: t.state },
        { label: t.actions, hidden: true },
      ]}
      rows={bookings.map((booking) => ({
        id: booking.id,
        name: [booking.item_name ?? t.whole, booking.carrier_name, booking.day].join(' '),
        cells: [
          <a class="govuk-link" href={`/map/organisations/${booking.carrier}`}>
            {booking.carrier_name}
          </a>,
          booking.item_name ?? t.whole,
          booking.day,
          booking.contact,
          <State c={c} booking={booking} />,
          <Actions c={c} booking={booking} />,
        ],
      }))}
      empty={
        <Empty title={t.none_title}>
          <p>{t.none_text}</p>
        </Empty>
      }
    />
  )
}

const TONES: Readonly<Record<BookingState, Tone>> = {
  waiting: 'waiting',
  proposed: 'waiting',
  accepted: 'good',
  declined: 'bad',
  cancelled: 'neutral',
  expired: 'neutral',
  used: 'info',
}

function State({ c, booking }: { c: Ctx; booking: BookingRecord }) {
  const t = words(c, strings)
  const { state, reason } = booking
  const told = state === 'declined' || state === 'cancelled'
  return (
    <>
      <Badge word={words(c, stateWords)[state]} tone={TONES[state]} />
      {told && reason ? <p class="hint">{t.reason(reason)}</p> : null}
      {state === 'waiting' ? <p class="hint">{t.call(booking.carrier_phone)}</p> : null}
    </>
  )
}

function Actions({ c, booking }: { c: Ctx; booking: BookingRecord }) {
  const t = words(c, strings)
  if (booking.state === 'accepted')
    return <LinkButton href={`/enterprise/use?booking=${booking.id}`}>{t.use}</LinkButton>
  if (!booking.voucher) return null
  return (
    <a class="govuk-link" href={`/enterprise/vouchers/${booking.voucher}`}>
      {t.voucher}
    </a>
  )
}
