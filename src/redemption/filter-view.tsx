/** What the desk 「兑付审核」 shows of all redemptions: the filter in the address, and its form. */
import { yearOf } from '../kernel/clock.ts'
import type { RedemptionState } from '../ledger/rules.ts'
import { redemptionWords } from '../ledger/strings.ts'
import type { Ctx } from '../platform/bindings.ts'
import { words } from '../platform/language.ts'
import { SelectField, TextField } from '../ui/form.tsx'
import { Filters } from '../ui/list.tsx'
import { reviewStrings } from './review-strings.ts'
import type { Filter } from './store.ts'

export const DESK = '/bureau/redemptions'

const STATES: readonly RedemptionState[] = ['in_review', 'approved', 'returned', 'rejected']
const PAGE_ROWS = 20
const WORD_MAX = 40

export type DeskFilter = Filter<RedemptionState> & { state: RedemptionState }

/** What waits, from the beginning. */
export const FIRST: DeskFilter = { state: 'in_review', page: 1, size: PAGE_ROWS }

/** The filter in the address; what is not understood is left out. */
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

type Tab = { href: string; text: string; current: boolean }

/** Views of one list beside each other, each an address of its own. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly Tab[] }) {
  return (
    <nav class="tabs" aria-label={label}>
      <ul>
        {tabs.map(({ href, text, current }) => (
          <li>
            <a href={href} aria-current={current ? 'page' : undefined}>
              {text}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** With so few rows a filter is only in the way. */
const UNFILTERED_MAX = 8

type FiltersProps = { c: Ctx; filter: DeskFilter; total: number }

export function DeskFilters({ c, filter, total }: FiltersProps) {
  const t = words(c, reviewStrings)
  const states = words(c, redemptionWords)
  const tabs = STATES.map((state) => ({
    href: state === 'in_review' ? DESK : `${DESK}?state=${state}`,
    text: states[state],
    current: state === filter.state,
  }))
  const wanted = total > UNFILTERED_MAX || !!(filter.year ?? filter.word)
  return (
    <>
      <Tabs label={t.filters.state} tabs={tabs} />
      {wanted ? <YearAndWord c={c} filter={filter} /> : null}
    </>
  )
}

function YearAndWord({ c, filter }: Omit<FiltersProps, 'total'>) {
  const t = words(c, reviewStrings)
  const year = yearOf(c.var.now)
  const years = [year, year - 1, year - 2]
  return (
    <Filters c={c} action={DESK}>
      <input type="hidden" name="state" value={filter.state} />
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
