/** How far a job is that reads or publishes. */
import { words } from '../platform/language.ts'
import type { Seen } from './import-view.tsx'
import { countsOf } from './rules.ts'
import { importStrings } from './import-strings.ts'
import { strings } from './strings.ts'
import { pathOf } from './views.tsx'

/** The bar and the figures, which the page asks for again by itself. */
export function Moving({ c, desk, one, progress }: Seen) {
  const t = words(c, importStrings)
  const { states } = words(c, strings)
  const counts = countsOf(one)
  const number = (count: number) => count.toLocaleString('en')
  const applying = one.state === 'applying'
  const all = counts?.good ?? 0
  const applied = progress?.applied ?? 0
  const value = applying ? (all === 0 ? 100 : (applied * 100) / all) : progress?.read_percent
  const said = !progress
    ? t.unreachable
    : progress.failures > 2
      ? t.stalled
      : applying
        ? t.applying(number(applied), number(all))
        : progress.phase === 'new'
          ? t.waiting
          : progress.phase === 'unpack'
            ? t.unpacking
            : t.reading(number(progress.rows), String(progress.read_percent))
  return (
    <section aria-label={states[one.state]}>
      <h2>{states[one.state]}</h2>
      <p>
        <progress max={100} value={value} aria-label={states[one.state]}></progress>
      </p>
      <p>{said}</p>
      <p class="hint">
        {t.refreshes} <a href={pathOf(desk, one.id)}>{t.refresh}</a>
      </p>
    </section>
  )
}
