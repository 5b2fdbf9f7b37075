/** A booking's own page: what was asked for, how it stands, and all that happened to it. */
import { DAY_MS, dayStartsAt, minuteOf } from '../kernel/clock.ts'
import type { Ctx } from '../platform/bindings.ts'
import { words } from '../platform/language.ts'
import { Button, Buttons, Form, LinkButton, TextArea } from '../ui/form.tsx'
import { SummaryList, Timeline } from '../ui/list.tsx'
import type { TimelineItem } from '../ui/list.tsx'
import { Notice, Panel } from '../ui/notice.tsx'
import { strings as formStrings } from './form-strings.ts'
import { slotText } from './hour-rules.ts'
import { bookingNumber } from './rules.ts'
import type { Turn } from './rules.ts'
import { BookingBadge, Phone, When } from './state-view.tsx'
import type { BookingRecord } from './store.ts'
import { itemName, strings } from './strings.ts'
import { BOOKINGS } from './views.tsx'

type Of = { c: Ctx; booking: BookingRecord }

/** What both sides see; `phone` is the contact's, opened for them. */
export function BookingFacts({ c, booking, phone }: Of & { phone: string }) {
  const t = words(c, strings)
  return (
    <SummaryList
      rows={[
        { label: t.number, value: bookingNumber(booking.id) },
        { label: t.state, value: <BookingBadge c={c} booking={booking} /> },
        ...(booking.enterprise_name
          ? [{ label: t.enterprise, value: booking.enterprise_name }]
          : []),
        {
          label: t.organisation,
          value: (
            <>
              {booking.carrier_name} <Phone phone={booking.carrier_phone} />
            </>
          ),
        },
        { label: t.item, value: itemName(c.var.lang, booking) },
        { label: t.day, value: <When c={c} booking={booking} /> },
        { label: t.contact, value: booking.contact },
        { label: t.phone, value: <Phone phone={phone} /> },
        { label: t.need, value: <span class="typed">{booking.need}</span> },
        { label: t.asked_at, value: minuteOf(booking.at) },
      ]}
    />
  )
}

/** Newest first. Bookings made before moves were counted know only how they ended. */
export function BookingHistory({ c, booking, turns }: Of & { turns: readonly Turn[] }) {
  const t = words(c, strings)
  const items: TimelineItem[] = turns.map((turn) => itemOf(c, booking, turn))
  if (booking.state === 'expired') {
    const day = booking.proposal?.day ?? booking.day
    items.push({
      at: (dayStartsAt(day) ?? 0) + DAY_MS,
      title: t.expired,
      by: t.parties.clock,
    })
  }
  const first = { at: booking.at, title: t.turns.make, note: slotText(booking.asked) }
  return (
    <section aria-label={t.history}>
      <h2 class="govuk-heading-m">{t.history}</h2>
      <Timeline items={[first, ...items].toReversed()} />
    </section>
  )
}

function itemOf(c: Ctx, booking: BookingRecord, { kind, party, at, turn }: Turn): TimelineItem {
  const t = words(c, strings)
  const item = { at, title: t.turns[kind], by: t.parties[party] }
  const { proposal, reason } = booking
  if (kind === 'propose' && proposal?.turn === turn) {
    return { ...item, note: `${slotText(proposal)} ${proposal.note}` }
  }
  const told = kind === 'decline' || kind === 'cancel'
  return told && reason ? { ...item, note: t.reason(reason) } : item
}

/** On the enterprise's page: leaving with a word, while it may still leave. */
export function CancelBox({ c, booking, typed, error }: Of & CancelProps) {
  const t = words(c, strings)
  return (
    <section aria-label={t.cancel_title}>
      <h2 class="govuk-heading-m">{t.cancel_title}</h2>
      <p>{t.cancel_lead}</p>
      <Form c={c} action={`${BOOKINGS}/${booking.id}/cancellation`} label={t.cancel_title}>
        <TextArea
          name="reason"
          label={t.reason_label}
          value={typed}
          hint={t.cancel_hint}
          error={error}
          rows={2}
        />
        <Buttons>
          <Button tone="warning">{t.cancel}</Button>
        </Buttons>
      </Form>
    </section>
  )
}

type CancelProps = { typed: string | undefined; error: string | undefined }

/** The confirmation after 「提交预约」: the number, and what happens next, by whom and until when. */
export function BookingMade({ c, booking, again }: Of & { again: boolean }) {
  const t = words(c, formStrings)
  const w = words(c, strings)
  return (
    <>
      {again ? (
        <Notice>
          <p>{t.made_again}</p>
        </Notice>
      ) : null}
      <Panel title={t.made} reference={bookingNumber(booking.id)}>
        <p>
          {booking.carrier_name} · {itemName(c.var.lang, booking)} · {slotText(booking)}
        </p>
      </Panel>
      <h2 class="govuk-heading-m">{t.made_next}</h2>
      <ol class="govuk-list govuk-list--number">
        <li>
          {t.made_answer(booking.carrier_name, booking.carrier_phone)} {t.made_until(booking.day)}
        </li>
        <li>{t.made_use}</li>
        <li>{t.made_cancel}</li>
      </ol>
      <div class="govuk-button-group">
        <LinkButton href={`${BOOKINGS}/${booking.id}`}>{t.view}</LinkButton>
        <LinkButton href={BOOKINGS} tone="secondary">
          {w.title}
        </LinkButton>
      </div>
    </>
  )
}
