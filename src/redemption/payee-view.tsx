/** 「兑付列表」 of the payee: what can be submitted, what is under review, what was decided. */
import { minuteOf } from '../kernel/clock.ts'
import { newId } from '../kernel/id.ts'
import type { VoucherState } from '../ledger/rules.ts'
import { stateWords } from '../ledger/strings.ts'
import { LiveBlock, LiveRows } from '../live/page.tsx'
import type { Ctx } from '../platform/bindings.ts'
import { words } from '../platform/language.ts'
import { page } from '../platform/respond.tsx'
import { Money } from '../ui/badge.tsx'
import {
  Button,
  Buttons,
  ErrorSummary,
  Form,
  LinkButton,
  SelectField,
  TextField,
} from '../ui/form.tsx'
import { Empty, Filters, Pagination, Table } from '../ui/list.tsx'
import { Fragment, Layout } from '../ui/layout.tsx'
import { Consequence, Notice } from '../ui/notice.tsx'
import { isVoucherNumber } from '../voucher/rules.ts'
import { LIST, SUBMIT, columnsOf, rowOf } from './row-view.tsx'
import type { Side } from './row-view.tsx'
import type { Item } from './rules.ts'
import { PAYEE_STATES } from './store.ts'
import type { Filter } from './store.ts'
import { strings } from './strings.ts'

/** Rows of a page. */
const PAGE_ROWS = 20
const WORD_MAX = 40

/** The filter in the address; what is not understood is left out. */
export function filterOf(c: Ctx): Filter<VoucherState> {
  const { state, year, word, page: number } = c.req.query()
  return {
    state: PAYEE_STATES.find((one) => one === state),
    year: /^\d{4}$/.test(year ?? '') ? Number(year) : undefined,
    word: word?.trim().slice(0, WORD_MAX) || undefined,
    page: /^[1-9]\d{0,3}$/.test(number ?? '') ? Number(number) : 1,
    size: PAGE_ROWS,
  }
}

/** Why nothing was done, above the list. */
export type Told = { message: string; status: 409 | 422 | 503 }

export async function listPage(
  c: Ctx,
  props: Omit<ListProps, 'c' | 'submission'>,
  told?: Told,
): Promise<Response> {
  const t = words(c, strings)
  const { withdrawn = '' } = c.req.query()
  return page(
    c,
    <Layout c={c} title={t.title} error={told !== undefined} wide script={['live']}>
      {told ? <ErrorSummary c={c} errors={{ form: told.message }} /> : null}
      <h1>{t.title}</h1>
      {!told && isVoucherNumber(withdrawn) ? (
        <Notice tone="good">{t.withdrawn(withdrawn)}</Notice>
      ) : null}
      <PayeeList c={c} {...props} submission={newId()} />
    </Layout>,
    told?.status ?? 200,
  )
}

type ListProps = {
  c: Ctx
  side: Side
  items: readonly Item[]
  /** Vouchers that the other party redeems. */
  others: number
  total: number
  filter: Filter<VoucherState>
  years: readonly number[]
  ready: Ready
  cursor: number
  submission: string
}

/** With so few rows a filter is only in the way. */
const UNFILTERED_MAX = 8

function PayeeList(props: ListProps) {
  const { c, side, items, others, total, filter, cursor } = props
  const t = words(c, strings)
  const filtered = !!(filter.state ?? filter.year ?? filter.word)
  const nothing = items.length === 0 && !filtered
  return (
    <>
      {nothing ? null : <p>{t.lead}</p>}
      {filtered || total > UNFILTERED_MAX ? <ListFilters {...props} /> : null}
      {others > 0 && !nothing ? <Notice>{t.others[side](others)}</Notice> : null}
      <Table
        caption={t.title}
        columns={columnsOf(c)}
        rows={items.map((item) => rowOf(c, side, item))}
        empty={<Nothing c={c} side={side} others={others} filtered={filtered} />}
        bodyId="redemption-rows"
      />
      <Pagination c={c} page={filter.page} pages={Math.ceil(total / filter.size)} />
      <SubmitForm {...props} />
      {side === 'carrier' ? (
        <p class="hint">
          {t.trails(minuteOf(c.var.now))} <a href={LIST.carrier}>{t.refresh}</a>
        </p>
      ) : null}
      {filtered || filter.page > 1 ? null : (
        <LiveRows
          topic="voucher"
          row={`${LIST[side]}/rows/{enterprise}/{id}`}
          into="#redemption-rows"
          cursor={cursor}
          said={t.newRow}
        />
      )}
    </>
  )
}

/** What may be submitted now, of the whole list and not of this page alone. */
export type Ready = { open: number; count: number; sum_fen: number }

export function readyOf(items: readonly Item[]): Ready {
  const open = items.filter(({ voucher }) => voucher.state === 'confirmed')
  const ready = open.filter(({ missing }) => missing.length === 0)
  const sum_fen = ready.reduce((sum, { voucher }) => sum + voucher.amount_fen, 0)
  return { open: open.length, count: ready.length, sum_fen }
}

/** The part of the form that changes with the list, by itself for an open page. */
export function readyPage(c: Ctx, ready: Ready): Response | Promise<Response> {
  c.header('Cache-Control', 'no-store')
  return c.html(
    <Fragment c={c}>
      <Submit c={c} ready={ready} />
    </Fragment>,
  )
}

/** The form stands even when nothing can be submitted: a row may arrive while the page is open. */
function SubmitForm({ c, side, ready, cursor, submission }: ListProps) {
  return (
    <Form c={c} id={SUBMIT} action={LIST[side]} once={submission}>
      <LiveBlock
        topic="voucher"
        get={`${LIST[side]}/ready`}
        cursor={cursor}
        said={words(c, strings).newRow}
      >
        <Submit c={c} ready={ready} />
      </LiveBlock>
    </Form>
  )
}

function Submit({ c, ready }: { c: Ctx; ready: Ready }) {
  const t = words(c, strings)
  if (ready.open === 0) return null
  return (
    <>
      <Consequence
        title={t.ready}
        rows={[
          { label: t.readyCount, value: t.vouchers(ready.count) },
          { label: t.readySum, value: <Money fen={ready.sum_fen} />, strong: true },
        ]}
      >
        <p class="hint">{t.readyNote}</p>
      </Consequence>
      <Buttons>
        <Button name="do" value="chosen">
          {t.submitChosen}
        </Button>
        <Button name="do" value="all" tone="secondary">
          {t.submitAll}
        </Button>
      </Buttons>
    </>
  )
}

function ListFilters({ c, filter, years }: ListProps) {
  const t = words(c, strings)
  const states = words(c, stateWords)
  return (
    <Filters c={c}>
      <SelectField
        name="state"
        label={t.filters.state}
        value={filter.state}
        empty={t.filters.all}
        options={PAYEE_STATES.map((state) => ({ value: state, text: states[state] }))}
      />
      <SelectField
        name="year"
        label={t.filters.year}
        value={filter.year === undefined ? undefined : String(filter.year)}
        empty={t.filters.all}
        options={years.map((year) => ({ value: String(year), text: t.yearOf(year) }))}
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

type NothingProps = { c: Ctx; side: Side; others: number; filtered: boolean }

function Nothing({ c, side, others, filtered }: NothingProps) {
  const t = words(c, strings)
  if (filtered) return <Empty title={t.emptyFilter} />
  return (
    <Empty title={t.emptyTitle}>
      <p>{others > 0 ? t.emptyOthers[side](others) : t.emptyNext[side]}</p>
      <p>
        <LinkButton href={side === 'carrier' ? '/carrier/desk' : '/enterprise/vouchers'}>
          {t.emptyLink[side]}
        </LinkButton>
      </p>
    </Empty>
  )
}
