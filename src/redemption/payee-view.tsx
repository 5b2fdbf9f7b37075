/** 「兑付列表」 of the payee: what can be submitted, what is under review, what was decided. */
import { minuteOf } from '../kernel/clock.ts'
import { newId } from '../kernel/id.ts'
import type { VoucherState } from '../ledger/rules.ts'
import { stateWords } from '../ledger/strings.ts'
import { LiveRows } from '../live/page.tsx'
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
import { Layout } from '../ui/layout.tsx'
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
  cursor: number
  submission: string
}

function PayeeList(props: ListProps) {
  const { c, side, items, others, total, filter, cursor } = props
  const t = words(c, strings)
  const filtered = !!(filter.state ?? filter.year ?? filter.word)
  const nothing = items.length === 0 && !filtered
  return (
    <>
      <p>{t.lead}</p>
      {nothing ? null : <ListFilters {...props} />}
      {others > 0 && !nothing ? <Notice>{t.others[side](others)}</Notice> : null}
      <Table
        caption={t.title}
        columns={columnsOf(c)}
        rows={items.map((item) => rowOf(c, side, item))}
        empty={<Nothing c={c} side={side} others={others} filtered={filtered} />}
        bodyId="redemption-rows"
      />
      <Pagination c={c} page={filter.page} pages={Math.ceil(total / filter.size)} />
      {nothing ? null : <SubmitForm {...props} />}
      {side === 'carrier' ? (
        <p class="hint">
          {t.trails(minuteOf(c.var.now))} <a href={LIST.carrier}>{t.refresh}</a>
        </p>
      ) : null}
      <LiveRows
        topic="voucher"
        row={`${LIST[side]}/rows/{enterprise}/{id}`}
        into="#redemption-rows"
        cursor={cursor}
        said={t.newRow}
      />
    </>
  )
}

function SubmitForm({ c, side, items, submission }: ListProps) {
  const t = words(c, strings)
  const ready = items.filter(
    ({ voucher, missing }) => voucher.state === 'confirmed' && !missing.length,
  )
  const sum_fen = ready.reduce((sum, { voucher }) => sum + voucher.amount_fen, 0)
  return (
    <Form c={c} id={SUBMIT} action={LIST[side]} once={submission}>
      <Consequence
        title={t.ready}
        rows={[
          { label: t.readyCount, value: t.vouchers(ready.length) },
          { label: t.readySum, value: <Money fen={sum_fen} />, strong: true },
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
    </Form>
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
