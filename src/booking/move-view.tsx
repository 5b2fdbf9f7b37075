/** What a carrier is asked before it proposes another day or leaves a booking. */
import { dayOf } from '../kernel/clock.ts'
import type { Ctx } from '../platform/bindings.ts'
import type { Errors } from '../platform/form.ts'
import { words } from '../platform/language.ts'
import {
  Button,
  Buttons,
  DateField,
  ErrorSummary,
  Form,
  LinkButton,
  TextArea,
} from '../ui/form.tsx'
import { SummaryList } from '../ui/list.tsx'
import { strings } from './carrier-strings.ts'
import { CARRIER_BOOKINGS } from './desk-view.tsx'
import { DAYS_AHEAD_MAX } from './form-rules.ts'
import { strings as formStrings } from './form-strings.ts'
import type { DayHours } from './ground.ts'
import { dayAfter } from './hour-rules.ts'
import { DayCalendar, Hours } from './hour-view.tsx'
import type { Calendar } from './hour-view.tsx'
import { bookingNumber } from './rules.ts'
import { When } from './state-view.tsx'
import type { BookingRecord } from './store.ts'
import { itemName, strings as terms } from './strings.ts'

type Of = { c: Ctx; booking: BookingRecord }

function Facts({ c, booking }: Of) {
  const w = words(c, terms)
  return (
    <SummaryList
      rows={[
        { label: w.number, value: bookingNumber(booking.id) },
        { label: w.enterprise, value: booking.enterprise_name },
        { label: w.item, value: itemName(c.var.lang, booking) },
        { label: w.day, value: <When c={c} booking={booking} /> },
        { label: w.need, value: <span class="typed">{booking.need}</span> },
      ]}
    />
  )
}

type ProposalProps = Of & {
  day: string
  note: string
  ticked: readonly string[]
  /** Of an instrument. */
  hours: DayHours | null
  calendar: Calendar | null
  errors: Errors
}

export function ProposalForm(props: ProposalProps) {
  const { c, booking, day, note, ticked, hours, calendar, errors } = props
  const [t, f] = [words(c, strings), words(c, formStrings)]
  const today = dayOf(c.var.now)
  const own = `${CARRIER_BOOKINGS}/${booking.id}`
  return (
    <>
      <ErrorSummary c={c} errors={errors} labels={{ day: '', hour: '', note: '' }} />
      <p>{t.propose_lead}</p>
      <Facts c={c} booking={booking} />
      {calendar ? <DayCalendar c={c} calendar={calendar} /> : null}
      <Form c={c} action={`${own}/proposal`} label={t.propose_title}>
        <DateField
          name="day"
          label={t.propose_day}
          value={day}
          error={errors['day']}
          min={today}
          max={dayAfter(today, DAYS_AHEAD_MAX)}
          required
        />
        {hours ? (
          <>
            <Hours c={c} hours={hours} ticked={ticked} error={errors['hour']} />
            <Button tone="secondary" formaction={`${own}/proposal/hours`}>
              {f.hours_show}
            </Button>
          </>
        ) : null}
        <TextArea
          name="note"
          label={t.propose_note}
          value={note}
          hint={t.propose_note_hint}
          error={errors['note']}
          rows={2}
        />
        <Buttons>
          <Button>{t.propose_submit}</Button>
          <LinkButton href={own} tone="secondary">
            {words(c, terms).leave}
          </LinkButton>
        </Buttons>
      </Form>
    </>
  )
}

type CancellationProps = Of & { reason: string | undefined; error: string | undefined }

export function CancellationForm({ c, booking, reason, error }: CancellationProps) {
  const t = words(c, strings)
  const own = `${CARRIER_BOOKINGS}/${booking.id}`
  return (
    <>
      <ErrorSummary c={c} errors={error ? { reason: error } : {}} />
      <p>{t.cancel_lead}</p>
      <Facts c={c} booking={booking} />
      <Form c={c} action={`${own}/cancellation`} label={t.cancel_title}>
        <TextArea
          name="reason"
          label={t.reason}
          value={reason}
          hint={t.reason_hint}
          error={error}
          required
        />
        <Buttons>
          <Button tone="warning">{t.cancel_submit}</Button>
          <LinkButton href={own} tone="secondary">
            {words(c, terms).leave}
          </LinkButton>
        </Buttons>
      </Form>
    </>
  )
}
