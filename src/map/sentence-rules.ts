/** Sentences that the page brought in its own language, filled in by the browser. */
import type { Cluster, Kind } from '../atlas/rules.ts'

type Sentences = Readonly<Record<Kind, string>>

/** Fills each `{name}`. */
export function filled(
  sentence: string,
  values: Readonly<Record<string, string | number>>,
): string {
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''))
}

/** What a marker is called; `place` is where it stands, '' at sea or beyond the province. */
export function markerWords(
  labels: { near: string; one: Sentences; cluster: Sentences },
  kind: Kind,
  { one, organisations, items }: Pick<Cluster, 'one' | 'organisations' | 'items'>,
  place: string,
): string {
  if (one) return filled(labels.one[kind], { name: one.name, items })
  const near = place === '' ? '' : filled(labels.near, { place })
  return filled(labels.cluster[kind], { near, organisations, items })
}
