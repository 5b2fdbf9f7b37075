/** The carrier's desk 「待确认」: vouchers and bookings that wait, results, refusing with a reason. */
import { formatFen } from '../kernel/amount.ts'
import { minuteOf } from '../kernel/clock.ts'
import { newId } from '../kernel/id.ts'
import type { BookingRecord } from '../booking/client.ts'
import { DeskBookings, deskRowOf, refusedBookings } from '../booking/desk-view.tsx'
import { VoucherBadge } from '../ledger/badge-view.tsx'
import type { Voucher, VoucherState } from '../ledger/rules.ts'
import type { Ctx } from '../platform/bindings.ts'
import type { Errors } from '../platform/form.ts'
import { words } from '../platform/language.ts'
import { Money } from '../ui/badge.tsx'
import { Button, Buttons, ErrorSummary, Form, LinkButton, TextArea } from '../ui/form.tsx'
import { Empty, Row, Table } from '../ui/list.tsx'
import type { Column, TableRow } from '../ui/list.tsx'
import { Consequence, Notice } from '../ui/notice.tsx'
import { isPast } from './card-view.tsx'
import { keyOf, useFormOf } from './client.ts'
import { strings } from './desk-strings.ts'
import type { Did } from './rules.ts'
import { strings as terms } from './strings.ts'

const BODY = 'desk-rows'
export const DESK = '/carrier/desk'

type DeskProps = { c: Ctx; vouchers: readonly Voucher[]; bookings: readonly BookingRecord[] }

/**
 * One form around both tables: single presses name their row, the others take what is ticked.
 * `more` is how many vouchers there are at most where others wait beside them, else 0.
 */
export function Desk({ c, vouchers, more, bookings }: DeskProps & { more: number }) {
  const t = words(c, strings)
  return (
    <Form c={c} action={`${DESK}/confirmations`} once={newId()} label={t.title}>
      {/* Enter on a box would press the first button there is, a row's: this one does nothing. */}
      <button type="submit" hidden disabled />
      <Table
        caption={t.vouchers}
        captioned
        columns={columnsOf(c)}
        rows={vouchers.map((voucher) => rowOf(c, voucher))}
        bodyId={BODY}
        empty={
          <Empty title={t.none}>
            <p>{t.noneHint}</p>
          </Empty>
        }
      />
      {more > 0 ? <p>{t.more(more)}</p> : null}
      <DeskBookings c={c} bookings={bookings} />
      <Buttons>
        <Button>{t.confirmPicked}</Button>
        <Button tone="secondary" formaction={`${DESK}/refusals/new`}>
          {t.refusePicked}
        </Button>
      </Buttons>
    </Form>
  )
}

/** One row by itself, as a live page fetches it. */
export function DeskRow({ c, voucher }: { c: Ctx; voucher: Voucher }) {
  return <Row columns={columnsOf(c)} {...rowOf(c, voucher)} />
}

function columnsOf(c: Ctx): Column[] {
  const [t, w] = [words(c, strings), words(c, terms)]
  return [
    { label: t.pick, hidden: true },
    { label: w.number },
    { label: w.enterprise },
    { label: w.service },
    { label: w.amount, align: 'right' },
    { label: w.issued_at },
    { label: t.actions, hidden: true },
  ]
}

function rowOf(c: Ctx, voucher: Voucher): TableRow {
  const t = words(c, strings)
  const form = useFormOf(voucher)
  const row = keyOf(voucher)
  const [day, clock] = minuteOf(voucher.issued_at).split(' ')
  return {
    id: voucher.id,
    name: `${voucher.number} ${form.service_name} ${form.enterprise_name}`,
    cells: [
      <label class="pick">
        <input type="checkbox" name="row" value={row} />
        {t.pick}
      </label>,
      <a class="number" href={`/carrier/vouchers/${row}`}>
        {voucher.number}
      </a>,
      form.enterprise_name,
      form.service_name,
      <Money fen={voucher.amount_fen} />,
      <>
        <span class="number">{day}</span> {clock}
        {form.confirm_by ? <p class="hint">{t.until(minuteOf(form.confirm_by))}</p> : null}
      </>,
      <span class="row-actions">
        <Button name="only" value={row}>
          {t.confirm}
        </Button>
        <LinkButton href={`${DESK}/refusals?row=${encodeURIComponent(row)}`} tone="secondary">
          {t.refuse}
        </LinkButton>
      </span>,
    ],
  }
}

type ResultsProps = { c: Ctx; did: Did; vouchers: readonly Voucher[] }

/** What became of each voucher of a press, as it stands now. */
export function Results({ c, did, vouchers }: ResultsProps) {
  const [t, w] = [words(c, strings), words(c, terms)]
  if (vouchers.length === 0) return null
  const wanted = did === 'confirm' ? 'confirmed' : 'refused'
  const all = vouchers.every((one) => one.state === wanted)
  return (
    <Notice tone={all ? 'good' : 'warning'} title={t.results}>
      <ul class="results" aria-label={t.results}>
        {vouchers.map((one) => (
          <li aria-label={one.number}>
            <a class="number" href={`/carrier/vouchers/${keyOf(one)}`}>
              {one.number}
            </a>{' '}
            {useFormOf(one).enterprise_name} {formatFen(one.amount_fen)}
            {w.comma}
            {one.state === wanted ? t[wanted] : notDone(c, one)}{' '}
            <VoucherBadge c={c} state={one.state} />
          </li>
        ))}
      </ul>
    </Notice>
  )
}

function notDone(c: Ctx, { state }: Voucher): string {
  const { not } = words(c, strings)
  const told: Partial<Record<VoucherState, string>> = not
  return told[state] ?? not.other
}

type RefusalProps = DeskProps & { reason: string; errors: Errors }

/** The reason is asked for on a page of its own, beside what refusing does. */
export function Refusal({ c, vouchers, bookings, reason, errors }: RefusalProps) {
  const [t, w] = [words(c, strings), words(c, terms)]
  return (
    <>
      <ErrorSummary c={c} errors={errors} />
      <p>{t.refuseLead}</p>
      <Form c={c} action={`${DESK}/refusals`} once={newId()} label={t.refuseTitle}>
        {[...vouchers.map(keyOf), ...bookings.map(deskRowOf)].map((row) => (
          <input type="hidden" name="row" value={row} />
        ))}
        <TextArea
          name="reason"
          label={w.reason}
          value={reason}
          hint={t.reasonHint}
          error={errors['reason']}
          required
        />
        <Consequence
          title={t.consequence}
          rows={[
            ...vouchers.map((one) => ({
              label: `${one.number} ${useFormOf(one).enterprise_name}`,
              value: freed(c, one),
            })),
            ...refusedBookings(c, bookings),
          ]}
        />
        <Buttons>
          <Button tone="warning">{t.submitRefuse}</Button>
          <LinkButton href={DESK} tone="secondary">
            {t.back}
          </LinkButton>
        </Buttons>
      </Form>
    </>
  )
}

function freed(c: Ctx, voucher: Voucher): string {
  const t = words(c, strings)
  const amount = formatFen(voucher.amount_fen)
  return isPast(c, voucher) ? t.lost(amount, voucher.year) : t.returns(amount, voucher.year)
}

/** On the voucher's own page: confirm it there, or go to refuse it. */
export function ConfirmBox({ c, voucher }: { c: Ctx; voucher: Voucher }) {
  const t = words(c, strings)
  const row = keyOf(voucher)
  return (
    <Notice tone="warning" title={t.waiting}>
      <p>{t.waitingHint}</p>
      <Form c={c} action={`${DESK}/confirmations`} once={newId()} label={t.title}>
        <Buttons>
          <Button name="only" value={row}>
            {t.confirm}
          </Button>
          <LinkButton href={`${DESK}/refusals?row=${encodeURIComponent(row)}`} tone="secondary">
            {t.refuse}
          </LinkButton>
        </Buttons>
      </Form>
    </Notice>
  )
}
