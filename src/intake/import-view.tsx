/** One import: how far it is, what was found, what can be decided, and what came of it. */
import type { PropsWithChildren } from 'hono/jsx'
import type { Ctx } from '../platform/bindings.ts'
import type { Errors } from '../platform/form.ts'
import { words } from '../platform/language.ts'
import { sizeText } from '../ui/choice.tsx'
import { ErrorSummary, LinkButton } from '../ui/form.tsx'
import { Layout } from '../ui/layout.tsx'
import { SummaryList, Timeline } from '../ui/list.tsx'
import { Crumbs, Figure, Figures, Notice } from '../ui/notice.tsx'
import type { KeptRow, Progress, Verdict } from './client.ts'
import { Abandon, Decision, Review } from './decide-view.tsx'
import { Download, Found, FoundRows } from './found-view.tsx'
import { Moving } from './progress-view.tsx'
import { faultText } from './rows-view.tsx'
import { countsOf, faultOf, isMoving, madeOf, nextOf, reasonOf } from './rules.ts'
import type { Import } from './rules.ts'
import { importStrings } from './import-strings.ts'
import { strings } from './strings.ts'
import { byWhom, HOMES, pathOf, StateBadge } from './views.tsx'
import type { Desk } from './views.tsx'

export type Seen = {
  c: Ctx
  desk: Desk
  one: Import
  progress: Progress | undefined
  /** The first of them; undefined where the job does not answer. */
  bad: readonly KeptRow[] | undefined
  good: readonly KeptRow[] | undefined
  /** Whether there are good rows behind those. */
  more: boolean
  names: ReadonlyMap<string, string>
  /** The bureau that reviews a carrier's import; '' for a bureau's own. */
  bureau: string
  /** `duty` is false for those of a bureau who only look. */
  may: { duty: boolean; decide: boolean; review: boolean }
  errors: Errors
  /** What was typed as the reason. */
  reason: string
}

/** Seconds between two looks without scripts; with them it is asked for twice as often. */
const REFRESH_SECONDS = 4

export function ImportPage(seen: Seen) {
  const { c, desk, one, errors } = seen
  const t = words(c, importStrings)
  const { states } = words(c, strings)
  const moving = isMoving(one.state)
  const path = pathOf(desk, one.id)
  const poll = {
    'hx-get': path,
    'hx-trigger': `every ${REFRESH_SECONDS / 2}s`,
    'hx-select': '#import',
    'hx-select-oob': '#import-state:innerHTML',
    'hx-swap': 'outerHTML',
  }
  const refresh = (
    <noscript>
      <meta http-equiv="refresh" content={String(REFRESH_SECONDS)} />
    </noscript>
  )
  return (
    <Layout
      c={c}
      title={one.file_name}
      wide
      error={Object.keys(errors).length > 0}
      head={moving ? refresh : null}
    >
      <Crumbs items={[{ label: t.back, href: pathOf(desk) }]} />
      <ErrorSummary c={c} errors={errors} labels={{ reason: t.reason }} />
      {c.req.query('gone') ? <Notice tone="warning">{t.not_kept}</Notice> : null}
      <h1>{one.file_name}</h1>
      <p class="hidden" id="import-state" role="status">
        {states[one.state]}
      </p>
      <div id="import" {...(moving ? poll : {})}>
        <Facts {...seen} />
        <State {...seen} />
        <History {...seen} />
      </div>
    </Layout>
  )
}

function Facts({ c, one, names }: Seen) {
  const t = words(c, importStrings)
  const { columns, kind, kinds } = words(c, strings)
  return (
    <SummaryList
      rows={[
        { label: columns.state, value: <StateBadge c={c} state={one.state} /> },
        { label: kind, value: kinds[one.kind] },
        { label: columns.by, value: byWhom(one, names) },
        { label: t.size, value: sizeText(one.file_size) },
      ]}
    />
  )
}

function State(seen: Seen) {
  const { c, one, may } = seen
  const t = words(c, importStrings)
  const fault = faultOf(one)
  switch (one.state) {
    case 'reading':
    case 'applying':
      return (
        <>
          <Moving {...seen} />
          {one.state === 'applying' ? <Found {...seen} /> : null}
          {one.state === 'reading' && may.decide ? <Abandon {...seen} /> : null}
        </>
      )
    case 'unreadable':
      return (
        <Over {...seen} tone="warning" title={t.unreadable}>
          {fault ? <p>{faultText(c.var.lang, fault)}</p> : null}
        </Over>
      )
    case 'returned':
      return (
        <>
          <Over {...seen} tone="warning" title={t.returned}>
            <p>{t.because(reasonOf(one))}</p>
            <p>{t.returned_note}</p>
          </Over>
          <Kept {...seen} verdicts={['good', 'bad']} />
        </>
      )
    case 'abandoned':
      return <Over {...seen} tone="info" title={t.abandoned} />
    case 'done':
      return <Done {...seen} />
    case 'preview':
    case 'in_review':
      return (
        <>
          <Found {...seen} />
          {one.state === 'in_review' ? <Review {...seen} /> : <Decision {...seen} />}
          <FoundRows {...seen} />
        </>
      )
  }
}

type OverProps = PropsWithChildren<Seen & { tone: 'info' | 'warning'; title: string }>

/** How it ended without anything published, and how whoever began it begins again. */
function Over({ c, desk, one, may, tone, title, children }: OverProps) {
  const t = words(c, importStrings)
  return (
    <Notice tone={tone} title={title}>
      {children}
      {nextOf(one, may) === 'again' ? (
        <p>
          <LinkButton href={`${pathOf(desk)}?kind=${one.kind}`} tone="secondary">
            {t.again}
          </LinkButton>
        </p>
      ) : null}
    </Notice>
  )
}

/** The rows of an import that is over, as files, for as long as they are kept. */
function Kept(seen: Seen & { verdicts: readonly Verdict[] }) {
  const { c, one, progress, verdicts } = seen
  const t = words(c, importStrings)
  const counts = countsOf(one)
  const some = verdicts.filter((verdict) => (counts?.[verdict] ?? 0) > 0)
  if (some.length === 0) return null
  if (progress && !progress.kept) return <p class="hint">{t.not_kept}</p>
  return (
    <>
      <ul class="govuk-list">
        {some.map((verdict) => (
          <li>
            <Download {...seen} verdict={verdict} />
          </li>
        ))}
      </ul>
      <p class="hint">{t.kept}</p>
    </>
  )
}

function Done(seen: Seen) {
  const { c, desk, one, may } = seen
  const t = words(c, importStrings)
  const { made = 0, passed = 0 } = madeOf(one) ?? {}
  const counts = countsOf(one)
  return (
    <>
      <Notice tone="good" title={t.done}>
        <Figures>
          <Figure label={t.made} value={t.rows(made.toLocaleString('en'))} />
          <Figure
            label={t.passed}
            value={t.rows((passed + (counts?.published ?? 0)).toLocaleString('en'))}
          />
          <Figure label={t.counts.bad} value={t.rows((counts?.bad ?? 0).toLocaleString('en'))} />
        </Figures>
        {passed > 0 ? <p>{t.passed_note}</p> : null}
        <p>
          <a href={HOMES[desk]}>{t.see[desk]}</a>
          {'　'}
          <a href={one.carrier === null ? '/map' : `/map/organisations/${one.carrier}`}>
            {t.on_map}
          </a>
        </p>
      </Notice>
      {counts && counts.bad > 0 && may.decide ? (
        <p>
          {t.done_bad} <a href={`${pathOf(desk)}?kind=${one.kind}`}>{t.again}</a>
        </p>
      ) : null}
      <Kept {...seen} verdicts={['bad']} />
    </>
  )
}

function History({ c, one }: Seen) {
  const t = words(c, importStrings)
  const begin = { at: one.at, title: t.moves.begin, by: one.by_name }
  const steps = one.steps.map(({ move, at, by_name, facts }) => ({
    at,
    title: t.moves[move],
    by: by_name,
    ...(typeof facts['reason'] === 'string' ? { note: facts['reason'] } : {}),
  }))
  return (
    <>
      <h2>{t.history}</h2>
      <Timeline items={[begin, ...steps]} />
    </>
  )
}
