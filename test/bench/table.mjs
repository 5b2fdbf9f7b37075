/** One table for every measurement: a line a subject, beside the bare one of its kind. */
import { median, percentile } from './load.mjs'

const COLUMNS = ['median', 'p95', 'p99', 'a second', 'time ×', 'rate ×']
const NAME_WIDTH = 32
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

/** One figure beside what is asked of it; `most` where less is better. */
export function verdict(name, value, { goal, floor, most = false }) {
  const holds = (bound) => (most ? value <= bound : value >= bound)
  const sign = most ? '≤' : '≥'
  const asked = `goal ${sign} ${goal}${floor === undefined ? '' : `, floor ${sign} ${floor}`}`
  const missed = floor !== undefined && holds(floor) ? 'floor held, goal missed' : 'miss'
  const said = holds(goal) ? 'pass' : missed
  console.log(`  ${name.padEnd(42)}${value.toFixed(2).padStart(7)}   ${asked.padEnd(26)} ${said}`)
}
