/** 「对账报告」: a line for each night, and what one night found, enterprise by enterprise. */
import type { Child } from 'hono/jsx'
import { formatFen } from '../kernel/amount.ts'
import { minuteOf } from '../kernel/clock.ts'
import { regionName } from '../kernel/region.ts'
import type { Ctx } from '../platform/bindings.ts'
import { words } from '../platform/language.ts'
import { Badge } from '../ui/badge.tsx'
import type { Tone } from '../ui/badge.tsx'
import { Empty, SummaryList, Table } from '../ui/list.tsx'
import { Crumbs } from '../ui/notice.tsx'
import type { Drift } from './drift.ts'
import { FINDINGS_SHOWN, budgetOf } from './report.ts'
import type { FindingRow, Report } from './report.ts'
import { reportStrings } from './report-strings.ts'
import { rootKeyOf } from './root.ts'

const REPORTS = '/bureau/reconciliations'
const COUNTS = ['enterprises', 'unsound', 'drifted', 'repaired', 'unseen', 'archived'] as const

export function ReportList({ c, reports }: { c: Ctx; reports: readonly Report[] }) {
  const t = words(c, reportStrings)
  return (
    <>
      <h1>{t.title}</h1>
      <p>{t.lead}</p>
      <Table
        caption={t.reports}
        columns={[
          { label: t.day },
          { label: t.result },
          ...COUNTS.map((name) => ({ label: t[name], align: 'right' as const })),
        ]}
        rows={reports.map((report) => ({
          name: report.day,
          cells: [
            <a href={`${REPORTS}/${report.day}`}>{report.day}</a>,
            <Result c={c} report={report} />,
            ...COUNTS.map((name) => String(report[name])),
          ],
        }))}
        empty={
          <Empty title={t.none}>
            <p>{t.noneText}</p>
          </Empty>
        }
      />
    </>
  )
}

type ReportBodyProps = { c: Ctx; report: Report; findings: readonly FindingRow[] }

export function ReportBody({ c, report, findings }: ReportBodyProps) {
  const t = words(c, reportStrings)
  const { day, started_at, finished_at, root } = report
  return (
    <>
      <Crumbs items={[{ label: t.back, href: REPORTS }]} />
      <h1>{t.detailTitle(day)}</h1>
      <SummaryList
        rows={[
          { label: t.result, value: <Result c={c} report={report} /> },
          { label: t.started, value: minuteOf(started_at) },
          {
            label: t.finished,
            value: finished_at === null ? t.running : minuteOf(finished_at),
          },
          ...COUNTS.map((name) => ({ label: t[name], value: String(report[name]) })),
          ...(root === null
            ? []
            : [{ label: t.root, value: <Root c={c} day={day} root={root} /> }]),
        ]}
      />
      <h2>{t.findings}</h2>
      {findings.length === FINDINGS_SHOWN ? <p>{t.first(String(FINDINGS_SHOWN))}</p> : null}
      <Table
        caption={t.findings}
        columns={[{ label: t.enterprise }, { label: t.result }, { label: t.what }]}
        rows={findings.map((finding) => ({
          name: finding.enterprise,
          cells: [
            <Subject c={c} finding={finding} />,
            <State c={c} finding={finding} />,
            <What c={c} finding={finding} />,
          ],
        }))}
        empty={
          <Empty title={t.findingsNone}>
            <p>{t.findingsNoneText}</p>
          </Empty>
        }
      />
    </>
  )
}

function Root({ c, day, root }: { c: Ctx; day: string; root: string }) {
  const t = words(c, reportStrings)
  return (
    <>
      <code>{root}</code>
      <br />
      <span class="hint">{t.rootNote(rootKeyOf(day))}</span>
    </>
  )
}

type Outcome = 'running' | 'fine' | 'repaired' | 'open'
const TONES: Readonly<Record<Outcome, Tone>> = {
  running: 'waiting',
  fine: 'good',
  repaired: 'info',
  open: 'bad',
}

function Result({ c, report }: { c: Ctx; report: Report }) {
  const outcome = outcomeOf(report)
  return <Badge word={words(c, reportStrings).results[outcome]} tone={TONES[outcome]} />
}

/** A problem shows at once; that all agree is said only when all were seen. */
function outcomeOf(report: Report): Outcome {
  const { unsound, unseen, drifted, repaired, finished_at } = report
  if (unsound > 0 || unseen > 0 || drifted > repaired) return 'open'
  if (finished_at === null) return 'running'
  return drifted > 0 ? 'repaired' : 'fine'
}

function Subject({ c, finding }: { c: Ctx; finding: FindingRow }) {
  const budget = budgetOf(finding)
  if (!budget) return <code>{finding.enterprise}</code>
  const t = words(c, reportStrings)
  return <>{t.budget(regionName(budget.region, c.var.lang), String(budget.year))}</>
}

function State({ c, finding }: { c: Ctx; finding: FindingRow }) {
  const t = words(c, reportStrings)
  const { problems, compared, repaired } = finding
  if (budgetOf(finding)) return <Badge word={t.states.budget} tone="bad" />
  if (problems.length > 0) return <Badge word={t.states.unsound} tone="bad" />
  if (!compared) return <Badge word={t.states.unseen} tone="waiting" />
  return repaired ? (
    <Badge word={t.states.repaired} tone="info" />
  ) : (
    <Badge word={t.states.open} tone="bad" />
  )
}

function What({ c, finding }: { c: Ctx; finding: FindingRow }) {
  const t = words(c, reportStrings)
  const { problems, drift } = finding
  return (
    <>
      {drift.length > 0 ? (
        <ul>
          {drift.map((one) => (
            <li>{driftText(c, one)}</li>
          ))}
        </ul>
      ) : null}
      {problems.length > 0 ? <p>{budgetOf(finding) ? t.budgetProblems : t.problems}</p> : null}
      {problems.length > 0 ? (
        <ul lang="en">
          {problems.map((problem) => (
            <li>{problem}</li>
          ))}
        </ul>
      ) : null}
    </>
  )
}

function driftText(c: Ctx, drift: Drift): Child {
  const t = words(c, reportStrings)
  const table = t.tables[drift.table as keyof typeof t.tables] ?? drift.table
  const { missing, extra, changed, ledger, mirror, rows } = drift
  const counts = t.drift(table, String(missing), String(extra), String(changed))
  const sums =
    ledger.fen === mirror.fen ? [] : [t.sums(formatFen(ledger.fen), formatFen(mirror.fen))]
  const lines = [counts, ...sums, ...(rows.length > 0 ? [t.rows(rows.join(' · '))] : [])]
  return lines.map((line, index) => (
    <>
      {index > 0 ? <br /> : null}
      {line}
    </>
  ))
}
