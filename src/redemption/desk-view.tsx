/** 「兑付审核」: the bureau's list of redemptions, those that waited longest first (SPEC D4, K1). */
import { daysSince, minuteOf } from '../kernel/clock.ts'
import { regionName } from '../kernel/region.ts'
import { VoucherBadge } from '../ledger/badge-view.tsx'
import type { RedemptionState } from '../ledger/rules.ts'
import { redemptionWords } from '../ledger/strings.ts'
import { LiveBlock, LiveRows } from '../live/page.tsx'
import type { Ctx } from '../platform/bindings.ts'
import { words } from '../platform/language.ts'
import { Badge, Money } from '../ui/badge.tsx'
import type { Tone } from '../ui/badge.tsx'
import { Button, Buttons, Form } from '../ui/form.tsx'
import { Fragment } from '../ui/layout.tsx'
import { Empty, Pagination, Row, Table } from '../ui/list.tsx'
import type { Column, TableRow } from '../ui/list.tsx'
import { useFormOf } from '../voucher/client.ts'
import { DESK, DeskFilters, FIRST } from './filter-view.tsx'
import type { DeskFilter } from './filter-view.tsx'
import type { Pair } from './store.ts'
import { refText } from './submission-rules.ts'
import { reviewStrings } from './review-strings.ts'

export const CHOSEN = `${DESK}/chosen`

export function reviewPath({ enterprise, id }: { enterprise: string; id: string }): string {
  return `${DESK}/${enterprise}/${id}`
}

const TONES: Readonly<Record<RedemptionState, Tone>> = {
  in_review: 'waiting',
  approved: 'good',
  returned: 'info',
  rejected: 'bad',
  withdrawn: 'neutral',
}
/** Older than this many days, and the wait is marked. */
const LONG_DAYS = 10

function columnsOf(c: Ctx, state: RedemptionState): Column[] {
  const {
    voucher,
    payee,
    amount,
    age,
    state: stands,
    region,
    decided,
    action,
  } = words(c, reviewStrings).columns
  return [
    { label: voucher },
    { label: payee },
    { label: amount, align: 'right' },
    { label: state === 'in_review' ? age : decided },
    { label: state === 'in_review' ? region : stands },
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
  const payee = voucher.payee === 'enterprise' ? form.enterprise_name : form.carrier_name
  return {
    id: voucher.id,
    name: [voucher.number, form.service_name, payee].join(' '),
    cells: [
      <>
        <a class="number" href={reviewPath(voucher)}>
          {voucher.number}
        </a>
        <p class="hint">
          {t.yearOf(voucher.year)} · {form.service_name}
        </p>
      </>,
      <>
        {payee}
        <p class="hint">{t.payees[voucher.payee]}</p>
      </>,
      <Money fen={voucher.amount_fen} />,
      waits ? <Age c={c} at={redemption?.submitted_at} /> : minuteOf(redemption?.decided_at ?? 0),
      waits ? regionName(voucher.region, c.var.lang) : <Stands c={c} pair={pair} />,
      <div class="row-actions">
        <a class={box ? 'row-link' : undefined} href={reviewPath(voucher)}>
          {box ? t.review : t.see}
        </a>
        {box ? <Box c={c} pair={pair} /> : null}
      </div>,
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
  const row = rowOf({ c, filter: FIRST, decides: () => decides }, pair)
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
      <DeskFilters c={c} filter={filter} total={total} />
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
      {props.reviews && filter.state === 'in_review' ? <ChosenForm {...props} /> : null}
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
function ChosenForm({ c, pairs, cursor }: Pick<Desk, 'c' | 'pairs' | 'cursor'>) {
  return (
    <Form c={c} id="chosen" action={CHOSEN} method="get" live={false}>
      <LiveBlock
        topic="redemption"
        get={`${DESK}/choice`}
        cursor={cursor}
        said={words(c, reviewStrings).newRow}
      >
        {pairs.length > 0 ? <Choose c={c} /> : null}
      </LiveBlock>
    </Form>
  )
}

function Choose({ c }: { c: Ctx }) {
  return (
    <Buttons>
      <Button tone="secondary">{words(c, reviewStrings).reviewChosen}</Button>
    </Buttons>
  )
}

/** The button by itself, for a desk that was empty when it was opened. */
export function choicePage(c: Ctx): Response | Promise<Response> {
  c.header('Cache-Control', 'no-store')
  return c.html(
    <Fragment c={c}>
      <Choose c={c} />
    </Fragment>,
  )
}
