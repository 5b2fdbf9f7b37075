/** One import: how far it is, what was found, what can be decided, and what came of it. */
import type { Ctx } from '../platform/bindings.ts'
import type { Errors } from '../platform/form.ts'
import { words } from '../platform/language.ts'
import { sizeText } from '../ui/choice.tsx'
import { ErrorSummary, LinkButton } from '../ui/form.tsx'
import { Layout } from '../ui/layout.tsx'
import { SummaryList, Timeline } from '../ui/list.tsx'
import { Crumbs, Figure, Figures, Notice } from '../ui/notice.tsx'
import type { KeptRow, Progress } from './client.ts'
import { Decision, Review } from './decide-view.tsx'
import { Download, Found, FoundRows } from './found-view.tsx'
import { Moving } from './progress-view.tsx'
import { faultText } from './rows-view.tsx'
import { countsOf, faultOf, isMoving, madeOf, reasonOf } from './rules.ts'
import type { Import } from './rules.ts'
import { importStrings } from './import-strings.ts'
import { strings } from './strings.ts'
import { byWhom, pathOf, StateBadge } from './views.tsx'
import type { Desk } from './views.tsx'

export type Seen = {
  c: Ctx
  desk: Desk
  one: Import
  progress: Progress | undefined
  bad: readonly KeptRow[]
  good: readonly KeptRow[]
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
  const { c, desk, one, may } = seen
  const t = words(c, importStrings)
  const fault = faultOf(one)
  if (one.state === 'reading') return <Moving {...seen} />
  if (one.state === 'applying')
    return (
      <>
        <Moving {...seen} />
        <Found {...seen} />
      </>
    )
  if (one.state === 'unreadable' && fault)
    return (
      <Notice tone="warning" title={t.unreadable}>
        <p>{faultText(c.var.lang, fault)}</p>
        <LinkButton href={pathOf(desk)} tone="secondary">
          {t.again}
        </LinkButton>
      </Notice>
    )
  if (one.state === 'done') return <Done {...seen} />
  if (one.state === 'abandoned') return <Notice tone="info">{t.abandoned}</Notice>
  if (one.state === 'returned')
    return (
      <Notice tone="warning" title={t.returned}>
        <p>{reasonOf(one)}</p>
      </Notice>
    )
  return (
    <>
      <Found {...seen} />
      {one.state === 'preview' && may.decide ? <Decision {...seen} /> : null}
      {one.state === 'in_review' ? <Review {...seen} /> : null}
      <FoundRows {...seen} />
    </>
  )
}

function Done(seen: Seen) {
  const { c, desk, one } = seen
  const t = words(c, importStrings)
  const { made = 0, passed = 0 } = madeOf(one) ?? {}
  const counts = countsOf(one)
  const see = desk === 'carrier' ? '/carrier/services' : '/bureau/carriers'
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
          <a href={see}>{t.see[desk]}</a>
          {'　'}
          <a href={one.carrier === null ? '/map' : `/map/organisations/${one.carrier}`}>
            {t.on_map}
          </a>
        </p>
      </Notice>
      {counts && counts.bad > 0 ? (
        <p>
          <Download {...seen} verdict="bad" label={t.download_bad} />
        </p>
      ) : null}
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
