/** 「实名注册审核」 as a list: what waits for whom and for how long. */
import { DAY_MS, minuteOf } from '../kernel/clock.ts'
import { findRegion } from '../kernel/region.ts'
import type { Ctx } from '../platform/bindings.ts'
import { bureauOf } from '../platform/guard.ts'
import { words } from '../platform/language.ts'
import { SelectField, TextField } from '../ui/field.tsx'
import { LinkButton } from '../ui/form.tsx'
import { Empty, Filters, Pagination, Row, Table } from '../ui/list.tsx'
import type { Column, TableRow } from '../ui/list.tsx'
import { formStrings } from './form-strings.ts'
import { referenceOf } from './rules.ts'
import type { RegistrationVersion, VersionState } from './rules.ts'
import { reviewStrings } from './review-strings.ts'
import { strings } from './strings.ts'
import { bureauName, fieldText, StateBadge } from './views.tsx'
import type { BureauNames } from './views.tsx'

export const QUEUE = '/bureau/registrations'
export const PAGE_SIZE = 20

/** States a bureau can list; drafts are the enterprise's own business. */
export const LISTED: readonly VersionState[] = ['waiting', 'approved', 'returned', 'rejected']

export type Filter = { state: VersionState | null; word: string; page: number }

/** The filter as the address holds it: 待审核 unless it says otherwise. */
export function filterOf(c: Ctx): Filter {
  const state = c.req.query('state') ?? 'waiting'
  const number = Number(c.req.query('page') ?? '1')
  return {
    state: LISTED.find((one) => one === state) ?? (state === 'all' ? null : 'waiting'),
    word: (c.req.query('word') ?? '').normalize('NFKC').trim().slice(0, 100),
    page: Number.isSafeInteger(number) && number > 0 ? number : 1,
  }
}

export function QueueFilters({ c, filter }: { c: Ctx; filter: Filter }) {
  const t = words(c, reviewStrings)
  const { states } = words(c, strings)
  return (
    <Filters c={c} action={QUEUE} submit={t.filter} label={t.filter}>
      <SelectField
        name="state"
        label={t.state}
        value={filter.state ?? 'all'}
        empty={null}
        options={[
          ...LISTED.map((state) => ({ value: state, text: states[state] })),
          { value: 'all', text: t.all },
        ]}
      />
      <TextField name="word" label={t.word} value={filter.word} type="search" hint={t.wordHint} />
    </Filters>
  )
}

type QueueProps = {
  c: Ctx
  filter: Filter
  versions: readonly RegistrationVersion[]
  count: number
  names: BureauNames
}

export function Queue({ c, filter, versions, count, names }: QueueProps) {
  const t = words(c, reviewStrings)
  return (
    <>
      {count > 0 ? <p>{t.count(count)}</p> : null}
      <Table
        caption={t.caption}
        bodyId="registration-rows"
        columns={columnsOf(c)}
        rows={versions.map((version) => rowOf(c, version, names))}
        empty={<NothingListed c={c} filter={filter} />}
      />
      <Pagination c={c} page={filter.page} pages={Math.ceil(count / PAGE_SIZE)} />
    </>
  )
}

function NothingListed({ c, filter }: { c: Ctx; filter: Filter }) {
  const t = words(c, reviewStrings)
  if (filter.word === '' && filter.state === 'waiting') {
    return (
      <Empty title={t.emptyWaiting}>
        <p>{t.emptyWaitingNote}</p>
      </Empty>
    )
  }
  return (
    <Empty title={t.emptyFound}>
      <p>{t.emptyFoundNote}</p>
      <LinkButton href={QUEUE} tone="secondary">
        {t.clear}
      </LinkButton>
    </Empty>
  )
}

/** One row by itself, for a page that hears of it. */
export function QueueRow({ c, version, names }: RowProps) {
  return <Row columns={columnsOf(c)} {...rowOf(c, version, names)} />
}
type RowProps = { c: Ctx; version: RegistrationVersion; names: BureauNames }

function columnsOf(c: Ctx): readonly Column[] {
  const { columns } = words(c, reviewStrings)
  return [
    { label: columns.name },
    { label: columns.uscc },
    ...(isCounty(c) ? [] : [{ label: columns.county }, { label: columns.bureau }]),
    { label: columns.version },
    { label: columns.submitted },
    { label: columns.age },
    { label: columns.state },
  ]
}

/** A county sees its own alone, and need not be told whose they are. */
function isCounty(c: Ctx): boolean {
  return findRegion(bureauOf(c).region)?.level === 3
}

function rowOf(c: Ctx, version: RegistrationVersion, names: BureauNames): TableRow {
  const t = words(c, reviewStrings)
  const { bureau } = version
  return {
    id: version.id,
    name: version.name,
    cells: [
      <>
        <a href={`${QUEUE}/${version.id}`}>{version.name || words(c, formStrings).empty}</a>
        <div class="hint">{referenceOf(version)}</div>
      </>,
      version.uscc,
      ...(isCounty(c) ? [] : [fieldText(version, 'county', c.var.lang), bureauName(names, bureau)]),
      t.version(version.number),
      version.submitted_at === null ? '' : minuteOf(version.submitted_at),
      ageText(c, version),
      <StateBadge c={c} state={version.state} />,
    ],
  }
}

/** How long it has waited, or how long it took. */
function ageText(c: Ctx, { submitted_at, decided_at }: RegistrationVersion): string {
  if (submitted_at === null) return ''
  const t = words(c, reviewStrings)
  const ms = Math.max(0, (decided_at ?? c.var.now) - submitted_at)
  const age =
    ms < 3_600_000
      ? t.minutes(Math.ceil((ms + 1) / 60_000))
      : ms < DAY_MS
        ? t.hours(Math.floor(ms / 3_600_000))
        : t.days(Math.floor(ms / DAY_MS))
  return decided_at === null ? age : t.decidedIn(age)
}
