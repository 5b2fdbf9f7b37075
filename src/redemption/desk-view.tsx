/** 「兑付审核」: the bureau's list of redemptions, those that waited longest first (SPEC D4, K1). */
import { minuteOf, yearOf } from '../kernel/clock.ts'
import { VoucherBadge } from '../ledger/badge-view.tsx'
import type { RedemptionState } from '../ledger/rules.ts'
import { redemptionWords } from '../ledger/strings.ts'
import { LiveRows } from '../live/page.tsx'
import type { Ctx } from '../platform/bindings.ts'
import { words } from '../platform/language.ts'
import { Badge, Money } from '../ui/badge.tsx'
import type { Tone } from '../ui/badge.tsx'
import { Button, Buttons, Form, SelectField, TextField } from '../ui/form.tsx'
import { Fragment } from '../ui/layout.tsx'
import { Empty, Filters, Pagination, Row, Table } from '../ui/list.tsx'
import type { Column, TableRow } from '../ui/list.tsx'
import { useFormOf } from '../voucher/client.ts'
import { daysSince } from './rules.ts'
import type { Filter, Pair } from './store.ts'
import { refText } from './submission-rules.ts'
import { reviewStrings } from './review-strings.ts'

export const DESK = '/bureau/redemptions'
export const CHOSEN = `${DESK}/chosen`

export function reviewPath({ enterprise, id }: { enterprise: string; id: string }): string {
  return `${DESK}/${enterprise}/${id}`
}

const STATES: readonly RedemptionState[] = ['in_review', 'approved', 'returned', 'rejected']
const TONES: Readonly<Record<RedemptionState, Tone>> = {
  in_review: 'waiting',
  approved: 'good',
  returned: 'info',
  rejected: 'bad',
  withdrawn: 'neutral',
}
/** Older than this many days, and the wait is marked. */
const LONG_DAYS = 10
const PAGE_ROWS = 20
const WORD_MAX = 40

export type DeskFilter = Filter<RedemptionState> & { state: RedemptionState }

export function deskFilterOf(c: Ctx): DeskFilter {
  const { state, year, word, page } = c.req.query()
  return {
    state: STATES.find((one) => one === state) ?? 'in_review',
    year: /^\d{4}$/.test(year ?? '') ? Number(year) : undefined,
    word: word?.trim().slice(0, WORD_MAX) || undefined,
    page: /^[1-9]\d{0,3}$/.test(page ?? '') ? Number(page) : 1,
    size: PAGE_ROWS,
  }
}

function columnsOf(c: Ctx, state: RedemptionState): Column[] {
  const {
    voucher,
    payee,
    amount,
    age,
    state: stands,
    decided,
    action,
  } = words(c, reviewStrings).columns
  return [
    { label: voucher },
    { label: payee },
    { label: amount, align: 'right' },
    { label: state === 'in_review' ? age : decided },
    { label: stands },
    { label: action },
  ]
}

type Desk = {
  c: Ctx
  filter: DeskFilter
  pairs: readonly Pair[]
  total: number
  cursor: number
  /** True where this reader decides, so that a box makes sense. */
  decides: (pair: Pair) => boolean
  /** True for a reviewer, whose list may get rows to choose from while it is open. */
  reviews: boolean
}

function rowOf(
  { c, filter, decides }: Pick<Desk, 'c' | 'filter' | 'decides'>,
  pair: Pair,
): TableRow {
  const t = words(c, reviewStrings)
  const { voucher, redemption } = pair
  const form = useFormOf(voucher)
  const waits = filter.state === 'in_review'
  const box = waits && decides(pair)
  return {
    id: voucher.id,
    name: voucher.number,
    cells: [
      <>
        <a href={reviewPath(voucher)}>{voucher.number}</a>
        <p class="hint">
          {t.yearOf(voucher.year)} · {form.service_name}
        </p>
      </>,
      <>
        {voucher.payee === 'enterprise' ? form.enterprise_name : form.carrier_name}
        <p class="hint">{t.payees[voucher.payee]}</p>
      </>,
      <Money fen={voucher.amount_fen} />,
      waits ? <Age c={c} at={redemption?.submitted_at} /> : minuteOf(redemption?.decided_at ?? 0),
      <Stands c={c} pair={pair} />,
      <>
        <a href={reviewPath(voucher)}>{box ? t.review : t.see}</a>
        {box ? <Box c={c} pair={pair} /> : null}
      </>,
    ],
  }
}

function Box({ c, pair: { voucher } }: { c: Ctx; pair: Pair }) {
  const value = refText({ enterprise: voucher.enterprise, voucher: voucher.id })
  return (
    <label class="pick">
      <input type="checkbox" name="voucher" value={value} form="chosen" />
      {words(c, reviewStrings).choose}
    </label>
  )
}

function Age({ c, at }: { c: Ctx; at: number | undefined }) {
  const days = daysSince(at ?? c.var.now, c.var.now)
  const text = words(c, reviewStrings).days(days)
  return days >= LONG_DAYS ? <Badge word={text} tone="bad" /> : <>{text}</>
}

function Stands({ c, pair: { voucher, redemption } }: { c: Ctx; pair: Pair }) {
  const state = redemption?.state
  if (!state || state === 'in_review') return <VoucherBadge c={c} state={voucher.state} />
  return (
    <>
      <Badge word={words(c, redemptionWords)[state]} tone={TONES[state]} />
      {redemption.paid_fen === null ? null : (
        <p>
          <Money fen={redemption.paid_fen} />
        </p>
      )}
    </>
  )
}

/** One row by itself, for a desk that is open. */
export function deskRow(c: Ctx, pair: Pair, decides: boolean): Response | Promise<Response> {
  const filter: DeskFilter = { state: 'in_review', page: 1, size: PAGE_ROWS }
  const row = rowOf({ c, filter, decides: () => decides }, pair)
  c.header('Cache-Control', 'no-store')
  return c.html(
    <Fragment c={c}>
      <Row columns={columnsOf(c, 'in_review')} {...row} />
    </Fragment>,
  )
}

export function DeskList(props: Desk) {
  const { c, filter, pairs, total, cursor } = props
  const t = words(c, reviewStrings)
  const filtered = !!(filter.year ?? filter.word) || filter.state !== 'in_review'
  const live = !filtered && filter.page === 1
  return (
    <>
      <DeskFilters c={c} filter={filter} />
      <Table
        caption={t.title}
        columns={columnsOf(c, filter.state)}
        rows={pairs.map((pair) => rowOf(props, pair))}
        empty={
          <Empty title={filtered ? t.emptyFilter : t.emptyTitle}>
            {filtered ? null : <p>{t.emptyNext}</p>}
          </Empty>
        }
        bodyId="review-rows"
      />
      <Pagination c={c} page={filter.page} pages={Math.ceil(total / filter.size)} />
      {props.reviews && filter.state === 'in_review' ? <ChosenForm c={c} /> : null}
      <p class="hint">
        {t.trails(minuteOf(c.var.now))} <a href={DESK}>{t.refresh}</a>
      </p>
      {live ? (
        <LiveRows
          topic="redemption"
          row={`${DESK}/rows/{enterprise}/{id}`}
          into="#review-rows"
          cursor={cursor}
          said={t.newRow}
        />
      ) : null}
    </>
  )
}

/** Leads to the page that shows what approving all of them would pay. */
function ChosenForm({ c }: { c: Ctx }) {
  return (
    <Form c={c} id="chosen" action={CHOSEN} method="get" live={false}>
      <Buttons>
        <Button tone="secondary">{words(c, reviewStrings).reviewChosen}</Button>
      </Buttons>
    </Form>
  )
}

function DeskFilters({ c, filter }: { c: Ctx; filter: DeskFilter }) {
  const t = words(c, reviewStrings)
  const states = words(c, redemptionWords)
  const year = yearOf(c.var.now)
  const years = [year, year - 1, year - 2]
  return (
    <Filters c={c} action={DESK}>
      <SelectField
        name="state"
        label={t.filters.state}
        value={filter.state}
        empty={null}
        options={STATES.map((state) => ({ value: state, text: states[state] }))}
      />
      <SelectField
        name="year"
        label={t.filters.year}
        value={filter.year === undefined ? undefined : String(filter.year)}
        empty={t.filters.all}
        options={years.map((one) => ({ value: String(one), text: t.yearOf(one) }))}
      />
      <TextField
        name="word"
        label={t.filters.word}
        value={filter.word}
        hint={t.filters.wordHint}
        type="search"
        width={20}
      />
    </Filters>
  )
}
