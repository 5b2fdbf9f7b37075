/** What both sides of 实名注册 show: a state, the fields of a version, and the history. */
import type { Child } from 'hono/jsx'
import { DAY_MS } from '../kernel/clock.ts'
import { findRegion, regionName } from '../kernel/region.ts'
import type { Language } from '../kernel/text.ts'
import type { Ctx } from '../platform/bindings.ts'
import { words } from '../platform/language.ts'
import { Badge } from '../ui/badge.tsx'
import { SummaryList, Timeline } from '../ui/list.tsx'
import type { SummaryRow, TimelineItem } from '../ui/list.tsx'
import { formStrings } from './form-strings.ts'
import { FIELDS, REQUIRED } from './rules.ts'
import type { Field, RegistrationForm, RegistrationState, RegistrationVersion } from './rules.ts'
import { strings, TONES } from './strings.ts'

/** Names of bureaus by region; a bureau that is not set up goes by its region. */
export type BureauNames = ReadonlyMap<string, string>

export function StateBadge({ c, state }: { c: Ctx; state: RegistrationState }) {
  return <Badge word={words(c, strings).states[state]} tone={TONES[state]} />
}

/** The heading of a page with the state beside it. */
export function TitleRow({ c, title, state }: { c: Ctx; title: string; state: RegistrationState }) {
  return (
    <div class="title-row">
      <h1>{title}</h1>
      <StateBadge c={c} state={state} />
    </div>
  )
}

/** What a field holds as people read it: regions by name, '' for what is empty. */
export function fieldText(form: RegistrationForm, field: Field, lang: Language): string {
  const text = form[field]
  if (text === '' || (field !== 'city' && field !== 'county')) return text
  const region = findRegion(text)
  if (!region) return text
  return lang === 'zh' ? region.name : (regionName(text, 'en').split(', ')[0] ?? text)
}

/** The fields of a form: the required ones always, the others where they say something. */
export function FormSummary({ c, form }: { c: Ctx; form: RegistrationForm }) {
  const t = words(c, formStrings)
  const shown = FIELDS.filter((field) => REQUIRED.includes(field) || form[field] !== '')
  const rows: SummaryRow[] = shown.map((field) => ({
    label: t.fields[field],
    value: fieldText(form, field, c.var.lang) || <span class="hint">{t.empty}</span>,
  }))
  return <SummaryList rows={rows} />
}

export function bureauName(names: BureauNames, region: string | null): string {
  return (region && (names.get(region) ?? regionName(region))) ?? ''
}

type HistoryProps = {
  c: Ctx
  versions: readonly RegistrationVersion[]
  names: BureauNames
  /** Where a version can be read; null where it cannot. */
  href: (version: RegistrationVersion) => string | null
  /** Drafts are the enterprise's own business. */
  drafts?: boolean
}

/** 版本记录: every version with what happened to it, newest first. */
export function History({ c, versions, names, href, drafts = true }: HistoryProps) {
  const t = words(c, strings)
  const items = versions.flatMap((version) => eventsOf(c, version, names, href(version), drafts))
  if (items.length === 0) return null
  return (
    <>
      <h2>{t.history}</h2>
      <Timeline items={items} />
    </>
  )
}

function eventsOf(
  c: Ctx,
  version: RegistrationVersion,
  names: BureauNames,
  href: string | null,
  drafts: boolean,
): TimelineItem[] {
  const t = words(c, strings)
  const bureau = bureauName(names, version.bureau)
  const titled = (text: string): Child => (
    <>
      {t.version(version.number)} {text}
    </>
  )
  const items: TimelineItem[] = []
  if (version.decided_at !== null && version.decided_by && version.state in VERDICTS) {
    items.push({
      at: version.decided_at,
      title: titled(t.states[version.state]),
      by: `${bureau} ${version.decided_by.name}`,
      note: version.reason ? `${t.reason}${t.colon}${version.reason}` : null,
    })
  }
  if (version.submitted_at !== null) {
    items.push({
      at: version.submitted_at,
      title: titled(t.events.submitted(bureau)),
      by: version.submitted_by?.name ?? '',
      note: href && <a href={href}>{t.viewVersion(version.number)}</a>,
    })
  } else if (drafts) {
    items.push({
      at: version.saved_at,
      title: titled(t.events.saved),
      by: version.saved_by.name,
    })
  }
  return items
}

const VERDICTS = { approved: true, returned: true, rejected: true }

/** How long a bureau took for its recent reviews, or undefined where there is no record. */
export function usualText(c: Ctx, average_ms: number | null): string | undefined {
  if (average_ms === null) return undefined
  const t = words(c, strings)
  const days = Math.round(average_ms / DAY_MS)
  return t.usual(average_ms < DAY_MS ? t.underDay : t.aboutDays(Math.max(1, days)))
}
