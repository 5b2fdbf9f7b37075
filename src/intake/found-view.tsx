/** What was found in a file: counts, the first bad rows, and the good ones a page at a time. */
import type { Ctx } from '../platform/bindings.ts'
import { words } from '../platform/language.ts'
import { Figure, Figures, Notice } from '../ui/notice.tsx'
import type { Verdict } from './client.ts'
import type { Seen } from './import-view.tsx'
import { Problems, Rows } from './rows-view.tsx'
import { countsOf } from './rules.ts'
import type { Counts } from './rules.ts'
import { importStrings } from './import-strings.ts'
import { pathOf } from './views.tsx'

const number = (count: number) => count.toLocaleString('en')

/** Counts, and what is not used of the file. */
export function Found(seen: Seen) {
  const { c, one, progress } = seen
  const t = words(c, importStrings)
  const counts = countsOf(one)
  if (!counts) return null
  const unknown = progress?.unknown ?? []
  return (
    <>
      <h2>{t.found}</h2>
      <Counted c={c} counts={counts} />
      {unknown.length > 0 ? <p class="hint">{t.unknown(unknown.join('、'))}</p> : null}
      {counts.published > 0 ? (
        <p>
          {t.skipped(number(counts.published))} <Download {...seen} verdict="published" />
        </p>
      ) : null}
    </>
  )
}

/** The first bad rows, and the good ones as far as they are shown. */
export function FoundRows(seen: Seen) {
  const { c, one, bad } = seen
  const t = words(c, importStrings)
  const counts = countsOf(one)
  if (!counts) return null
  if (!bad || !seen.good) return <Notice tone="warning">{t.unreachable_rows}</Notice>
  const problems = bad.reduce((sum, row) => sum + row.problems.length, 0)
  return (
    <>
      {counts.bad > 0 ? (
        <>
          <h2>{t.bad_rows}</h2>
          <p>
            {bad.length < counts.bad
              ? t.first(String(bad.length), number(counts.bad))
              : t.problems(number(counts.bad), String(problems))}{' '}
            <Download {...seen} verdict="bad" />
          </p>
          <Problems c={c} one={one} rows={bad} caption={t.bad_rows} />
        </>
      ) : null}
      {counts.good > 0 ? <Good {...seen} /> : null}
    </>
  )
}

function Counted({ c, counts }: { c: Ctx; counts: Counts }) {
  const t = words(c, importStrings)
  return (
    <Figures>
      {(['rows', 'good', 'bad', 'published'] as const).map((name) => (
        <Figure label={t.counts[name]} value={t.rows(number(counts[name]))} />
      ))}
    </Figures>
  )
}

function Good(seen: Seen) {
  const { c, desk, one, good = [], more } = seen
  const t = words(c, importStrings)
  const last = good.at(-1)?.line
  const path = pathOf(desk, one.id)
  return (
    <>
      <h2>{t.good_rows}</h2>
      <p>
        {t.sample(String(good.length), number(countsOf(one)?.good ?? 0))}{' '}
        <Download {...seen} verdict="good" />
      </p>
      <Rows c={c} one={one} rows={good} caption={t.good_rows} />
      <p class="pages">
        {c.req.query('after') ? <a href={path}>{t.first_rows}</a> : null}{' '}
        {last && more ? <a href={`${path}?after=${last}`}>{t.more_rows}</a> : null}
      </p>
    </>
  )
}

/** A list of all rows of a verdict, where they are kept. */
export function Download({ c, desk, one, progress, verdict }: Seen & { verdict: Verdict }) {
  const t = words(c, importStrings)
  if (progress && !progress.kept) return null
  const label = t.download[verdict](one.file_type.toUpperCase())
  return <a href={`${pathOf(desk, one.id)}/rows?verdict=${verdict}`}>{label}</a>
}
