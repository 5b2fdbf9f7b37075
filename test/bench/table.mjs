/** One table for every measurement: a line a subject, beside the bare one of its kind. */
import { median, percentile } from './load.mjs'

const COLUMNS = ['median', 'p95', 'p99', 'a second', 'time ×', 'rate ×']
const NAME_WIDTH = 30
const WIDTH = 11

export function heading(title) {
  console.log(title.padEnd(NAME_WIDTH) + COLUMNS.map((name) => name.padStart(WIDTH)).join(''))
}

/** `bare` is the subject to compare with; ratios are left out for itself. */
export function row(name, { latencies, rates }, bare) {
  const ratios =
    bare && bare.latencies !== latencies
      ? [median(latencies) / median(bare.latencies), median(rates) / median(bare.rates)]
      : []
  const cells = [
    ...[0.5, 0.95, 0.99].map((share) => `${percentile(latencies, share).toFixed(2)} ms`),
    Math.round(median(rates)).toLocaleString('en'),
    ...ratios.map((ratio) => ratio.toFixed(2)),
  ]
  console.log(`  ${name}`.padEnd(NAME_WIDTH) + cells.map((cell) => cell.padStart(WIDTH)).join(''))
}
