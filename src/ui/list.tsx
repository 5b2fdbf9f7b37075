/** Lists: tables that become cards on a phone, summaries, timelines, filters and page links. */
import type { Child, PropsWithChildren } from 'hono/jsx'
import { minuteOf } from '../kernel/clock.ts'
import type { Ctx } from '../platform/bindings.ts'
import { Reader, useWords } from './reader.ts'

export type Column = { label: string; align?: 'right'; hidden?: boolean }
/** `id` becomes `row-{id}`; `name` is the row's accessible name, a voucher number for instance. */
export type TableRow = {
  id?: string
  name: string
  cells: readonly Child[]
  attrs?: Readonly<Record<string, string>>
}

type TableProps = {
  caption: string
  /** Shows the caption; otherwise only screen readers are told. */
  captioned?: boolean
  columns: readonly Column[]
  rows: readonly TableRow[]
  empty?: Child
  /** The id of tbody, for rows that arrive live: the table then stands even when it is empty. */
  bodyId?: string
}

/** A real table. Below 640 px each row becomes a card that repeats the column labels. */
export function Table({ caption, captioned, columns, rows, empty, bodyId }: TableProps) {
  if (rows.length === 0 && !bodyId) return <>{empty ?? null}</>
  return (
    <div class="list">
      <table class="govuk-table table" role="table">
        <caption class={captioned ? 'govuk-table__caption' : 'hidden'}>{caption}</caption>
        <thead class="govuk-table__head" role="rowgroup">
          <tr role="row">
            {columns.map((column) => (
              <th scope="col" role="columnheader" class={cellClass(column, 'header')}>
                {column.hidden ? <span class="hidden">{column.label}</span> : column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody class="govuk-table__body" role="rowgroup" id={bodyId}>
          {rows.map((row) => (
            <Row columns={columns} {...row} />
          ))}
        </tbody>
      </table>
      {bodyId ? <div class="list-empty">{empty}</div> : null}
    </div>
  )
}

/** One row by itself: what a live update of the table fetches. */
export function Row({ id, name, cells, attrs, columns }: TableRow & RowProps) {
  return (
    <tr
      class="govuk-table__row"
      role="row"
      id={id ? `row-${id}` : undefined}
      aria-label={name}
      {...attrs}
    >
      {cells.map((cell, at) => (
        <td role="cell" class={cellClass(columns[at], 'cell')} data-label={labelOf(columns[at])}>
          {cell}
        </td>
      ))}
    </tr>
  )
}
type RowProps = { columns: readonly Column[] }

function cellClass(column: Column | undefined, part: 'header' | 'cell'): string {
  const numeric = column?.align === 'right' ? ` govuk-table__${part}--numeric` : ''
  return `govuk-table__${part}${numeric}${column?.hidden ? ' table-plain' : ''}`
}

function labelOf(column: Column | undefined): string | undefined {
  return column && !column.hidden ? column.label : undefined
}

export type SummaryRow = { label: string; value: Child; action?: Child }

export function SummaryList({ rows }: { rows: readonly SummaryRow[] }) {
  return (
    <dl class="govuk-summary-list">
      {rows.map((row) => (
        <div
          class={
            row.action
              ? 'govuk-summary-list__row'
              : 'govuk-summary-list__row govuk-summary-list__row--no-actions'
          }
        >
          <dt class="govuk-summary-list__key">{row.label}</dt>
          <dd class="govuk-summary-list__value">{row.value}</dd>
          {row.action ? <dd class="govuk-summary-list__actions">{row.action}</dd> : null}
        </div>
      ))}
    </dl>
  )
}

/** Nothing to list: says why and what to do next. */
export function Empty({ title, children }: PropsWithChildren<{ title: string }>) {
  return (
    <div class="empty">
      <p class="empty-title">{title}</p>
      {children}
    </div>
  )
}

type PaginationProps = {
  c: Ctx
  page: number
  pages: number
  /** The part of the address that holds the number, where a page has several lists. */
  name?: string
}

/** Links through the pages of a list; the other parts of the address stay. */
export function Pagination({ c, page, pages, name = 'page' }: PaginationProps) {
  const t = useWords()
  if (pages < 2) return null
  const to = (number: number) => {
    const url = new URL(c.req.url)
    url.searchParams.set(name, String(number))
    return url.pathname + url.search
  }
  return (
    <nav class="pages" aria-label={t.pages}>
      {page > 1 ? (
        <a rel="prev" href={to(page - 1)}>
          {t.previous}
        </a>
      ) : null}
      <span>{t.pageOf(page, pages)}</span>
      {page < pages ? (
        <a rel="next" href={to(page + 1)}>
          {t.next}
        </a>
      ) : null}
    </nav>
  )
}

export type TimelineItem = { at: number; title: Child; by?: string; note?: Child }

/** What happened, in the order given; `at` is epoch ms, shown in Asia/Shanghai. */
export function Timeline({ items }: { items: readonly TimelineItem[] }) {
  return (
    <ol class="timeline">
      {items.map((item) => (
        <li>
          <p class="timeline-title">{item.title}</p>
          <p class="timeline-meta">
            <time datetime={new Date(item.at).toISOString()}>{minuteOf(item.at)}</time>
            {item.by ? <span>{item.by}</span> : null}
          </p>
          {item.note ? <div class="timeline-note">{item.note}</div> : null}
        </li>
      ))}
    </ol>
  )
}

type FiltersProps = PropsWithChildren<{ c: Ctx; action?: string; submit?: string; label?: string }>

/** A GET form above a list, so that the choice lives in the address. Brings its own button. */
export function Filters({ c, action, submit, label, children }: FiltersProps) {
  return (
    <Reader.Provider value={c.var.lang}>
      <FiltersForm action={action ?? c.req.path} {...labels(submit, label)}>
        {children}
      </FiltersForm>
    </Reader.Provider>
  )
}

type FiltersFormProps = PropsWithChildren<{ action: string; submit?: string; label?: string }>

function FiltersForm({ action, submit, label, children }: FiltersFormProps) {
  const t = useWords()
  return (
    <form method="get" action={action} class="filters" role="search" aria-label={label ?? t.filter}>
      {children}
      <button type="submit" class="govuk-button govuk-button--secondary">
        {submit ?? t.filter}
      </button>
    </form>
  )
}

function labels(submit: string | undefined, label: string | undefined) {
  return { ...(submit ? { submit } : {}), ...(label ? { label } : {}) }
}
