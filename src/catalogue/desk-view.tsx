/** 「载体管理」 as a list: filters, carriers with what they offer, and the files of it. */
import { CITIES, countiesOf, findRegion, regionName } from '../kernel/region.ts'
import type { Region } from '../kernel/region.ts'
import type { Ctx } from '../platform/bindings.ts'
import { bureauOf } from '../platform/guard.ts'
import { words } from '../platform/language.ts'
import { FORMATS } from '../platform/sheet.ts'
import { Badge } from '../ui/badge.tsx'
import { SelectField, TextField } from '../ui/field.tsx'
import { LinkButton } from '../ui/form.tsx'
import { Empty, Filters, Pagination, Table } from '../ui/list.tsx'
import type { TableRow } from '../ui/list.tsx'
import { categoryWord } from './client.ts'
import { DESK_STATES } from './desk-store.ts'
import type { DeskRow, DeskState } from './desk-store.ts'
import { deskStrings } from './desk-strings.ts'
import type { Carrier, Category } from './rules.ts'

export const DESK = '/bureau/carriers'
export const REVIEWS = `${DESK}/proposals`
export const PAGE_SIZE = 20

export const WHATS = ['carriers', 'services', 'instruments'] as const
export type What = (typeof WHATS)[number]

export type DeskFilter = { word: string; state: DeskState | null; county: string; page: number }

/** The filter as the address holds it; a county outside of the region finds nothing. */
export function filterOf(c: Ctx): DeskFilter {
  const { word = '', state, county = '', page: asked = '1' } = c.req.query()
  const number = Number(asked)
  return {
    word: word.normalize('NFKC').trim().slice(0, 100),
    state: DESK_STATES.find((one) => one === state) ?? null,
    county: findRegion(county)?.level === 3 ? county : '',
    page: Number.isSafeInteger(number) && number > 0 ? number : 1,
  }
}

/** Auditors read; admitting, changing and reviewing is for others. */
export function mayAct(c: Ctx): boolean {
  return bureauOf(c).staff.some((one) => one === 'review' || one === 'admin')
}

/** A county sees its own alone, and need not be told where they are. */
function isCounty(c: Ctx): boolean {
  return findRegion(bureauOf(c).region)?.level === 3
}

/** The counties of a region under their cities; one alone for a county's own bureau. */
export function countyOptions(c: Ctx, region: string) {
  const own = findRegion(region)
  const counties = own ? countiesWithin(own) : []
  return counties.map((county) => ({
    value: county.code,
    text: regionName(county.code, c.var.lang),
    group: county.parent ? regionName(county.parent, c.var.lang) : '',
  }))
}

function countiesWithin(region: Region): readonly Region[] {
  if (region.level === 3) return [region]
  if (region.level === 2) return countiesOf(region.code)
  return CITIES.flatMap((city) => countiesOf(city.code))
}

type DeskProps = {
  c: Ctx
  filter: DeskFilter
  rows: readonly DeskRow[]
  count: number
}

export function Desk({ c, filter, rows, count }: DeskProps) {
  const t = words(c, deskStrings)
  const { name, county, categories, services, instruments, waiting, state } = t.columns
  return (
    <>
      <DeskFilters c={c} filter={filter} />
      {count > 0 ? <p>{t.count(count)}</p> : null}
      <Table
        caption={t.caption}
        columns={[
          { label: name },
          ...(isCounty(c) ? [] : [{ label: county }]),
          { label: categories },
          { label: services, align: 'right' },
          { label: instruments, align: 'right' },
          { label: waiting, align: 'right' },
          { label: state },
        ]}
        rows={rows.map((row) => rowOf(c, row))}
        empty={
          <Empty title={t.empty}>
            <p>{t.empty_note}</p>
            <LinkButton href={DESK} tone="secondary">
              {t.clear}
            </LinkButton>
          </Empty>
        }
      />
      <Pagination c={c} page={filter.page} pages={Math.ceil(count / PAGE_SIZE)} />
      {count > 0 ? <Exports c={c} filter={filter} /> : null}
    </>
  )
}

function DeskFilters({ c, filter }: { c: Ctx; filter: DeskFilter }) {
  const t = words(c, deskStrings)
  const counties = countyOptions(c, bureauOf(c).region)
  return (
    <Filters c={c} action={DESK} submit={t.filter} label={t.filter}>
      <TextField name="word" label={t.word} value={filter.word} type="search" hint={t.word_hint} />
      <SelectField
        name="state"
        label={t.state}
        value={filter.state ?? ''}
        empty={t.all}
        options={DESK_STATES.map((state) => ({ value: state, text: t.states[state] }))}
      />
      {counties.length > 1 ? (
        <SelectField
          name="county"
          label={t.county}
          value={filter.county}
          empty={t.all}
          options={counties}
        />
      ) : null}
    </Filters>
  )
}

function rowOf(c: Ctx, { carrier, services, instruments, waiting }: DeskRow): TableRow {
  const t = words(c, deskStrings)
  return {
    id: carrier.id,
    name: carrier.name,
    cells: [
      <>
        <a href={`${DESK}/${carrier.id}`}>{carrier.name}</a>
        <div class="hint">{carrier.uscc}</div>
      </>,
      ...(isCounty(c) ? [] : [regionName(carrier.county, c.var.lang)]),
      <CategoryWords c={c} categories={carrier.categories} />,
      String(services),
      String(instruments),
      waiting > 0 ? <a href={`${DESK}/${carrier.id}#proposals`}>{t.items(waiting)}</a> : '',
      <CarrierBadge c={c} carrier={carrier} />,
    ],
  }
}

/** Each in one piece, however narrow the column. */
function CategoryWords({ c, categories }: { c: Ctx; categories: readonly Category[] }) {
  return (
    <>
      {categories.map((one, at) => (
        <>
          <span class="number">
            {categoryWord(one, c.var.lang)}
            {at < categories.length - 1 ? ' ·' : ''}
          </span>{' '}
        </>
      ))}
    </>
  )
}

export function CarrierBadge({ c, carrier }: { c: Ctx; carrier: Pick<Carrier, 'state'> }) {
  const t = words(c, deskStrings)
  const active = carrier.state === 'active'
  return <Badge word={t.states[carrier.state]} tone={active ? 'good' : 'bad'} />
}

/** The files of the carriers that fit. */
function Exports({ c, filter }: { c: Ctx; filter: DeskFilter }) {
  const t = words(c, deskStrings)
  const { word, county } = filter
  const query = new URLSearchParams({ word, county, state: filter.state ?? '' })
  return (
    <section aria-label={t.exports}>
      <h2 class="govuk-heading-m">{t.exports}</h2>
      <p class="hint">{t.exports_note}</p>
      <ul class="govuk-list">
        {WHATS.map((what) => (
          <li>
            {FORMATS.map((format) => (
              <>
                <a href={`${DESK}/export?what=${what}&format=${format}&${query.toString()}`}>
                  {t.export_as(t.whats[what], format.toUpperCase())}
                </a>
                {'　'}
              </>
            ))}
          </li>
        ))}
      </ul>
    </section>
  )
}
