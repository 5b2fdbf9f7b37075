/**
 * `npm run sim`: the product's ledgers and budgets in a simulated world of faults, seed by seed.
 * `-- --seeds 2000` plays so many, `-- --seed 1234 --trace` one with every line of it.
 * `-- --mutants` plants one mistake after another and tells which check caught it, `-- --mutant
 * NAME` just one.
 */
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { underOwnNode } from '../demo/first.mjs'

await underOwnNode(fileURLToPath(import.meta.url))
const { bundle } = await import('./bundle.mjs')
const { play } = await import('./crew.mjs')
const { MUTANTS } = await import('./mutants.mjs')

const STEPS = 500
const MUTANT_SEEDS = 600
/** So many seeds are played a second time, to see that they repeat. */
const AGAIN = 4

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '2000' },
    seed: { type: 'string' },
    steps: { type: 'string', default: String(STEPS) },
    from: { type: 'string', default: '1' },
    trace: { type: 'boolean', default: false },
    mutants: { type: 'boolean', default: false },
    mutant: { type: 'string' },
  },
})
const steps = Number(values.steps)
if (values.mutants) await runMutants(MUTANTS)
else if (values.mutant && !values.seed) await runMutants([find(values.mutant)])
else await runSeeds()

async function runSeeds() {
  const mutant = values.mutant && find(values.mutant)
  const module = await bundle(mutant?.name, mutant?.edits)
  const from = Number(values.seed ?? values.from)
  const count = values.seed ? 1 : Number(values.seeds)
  const started = performance.now()
  const total = { seeds: 0, steps: 0, acknowledged: 0, counts: {} }
  const failures = []
  const first = []
  await play({ module, from, count, steps, trace: values.trace }, (result) => {
    total.seeds += 1
    total.steps += result.steps
    total.acknowledged += result.acknowledged
    for (const [name, times] of Object.entries(result.counts))
      total.counts[name] = (total.counts[name] ?? 0) + times
    if (result.failure) failures.push(result)
    if (result.seed < from + AGAIN) first.push(result)
    if (values.seed) console.log(`seed ${result.seed} comes to ${result.hash}`)
    return failures.length < 5
  })
  if (!values.seed) await playAgain(module, first, failures)
  failures.sort((one, other) => one.seed - other.seed).forEach(tellFailure)
  tellTotal(total, failures.length, (performance.now() - started) / 1000)
  process.exitCode = failures.length > 0 ? 1 : 0
}

/** The same seed comes to the same trace, whatever was played before it. */
async function playAgain(module, first, failures) {
  const known = new Map(first.map(({ seed, hash }) => [seed, hash]))
  const from = Math.min(...known.keys())
  await play({ module, from, count: known.size, steps }, (result) => {
    if (!known.has(result.seed) || known.get(result.seed) === result.hash) return
    const message = `another trace than before: ${known.get(result.seed)}, now ${result.hash}`
    failures.push({ ...result, failure: { check: 'same', message, step: steps, lines: [] } })
  })
}

function tellFailure({ seed, failure: { check, message, step, lines } }) {
  console.log(`\n✗ seed ${seed}, step ${step} of ${steps}: ${check}: ${message}`)
  for (const line of lines) console.log(`    ${line}`)
  const length = steps === STEPS ? '' : ` --steps ${steps}`
  const planted = values.mutant ? ` --mutant ${values.mutant}` : ''
  console.log(`  again: npm run sim -- --seed ${seed}${length}${planted} --trace`)
}

function tellTotal({ seeds, steps, acknowledged, counts }, failed, seconds) {
  const rows = Object.entries(counts).sort(([one], [other]) => (one < other ? -1 : 1))
  for (const [name, times] of rows) console.log(`${String(times).padStart(10)} ${name}`)
  const rate = (seeds / seconds).toFixed(1)
  console.log(`${seeds} seeds, ${steps} steps, ${acknowledged} commands acknowledged`)
  console.log(`${seconds.toFixed(0)} s, ${rate} seeds a second; ${failed} seeds failed`)
}

/** Every mutant must be caught within so many seeds. */
async function runMutants(mutants) {
  const started = performance.now()
  let missed = 0
  for (const { name, edits, what } of mutants) {
    const module = await bundle(name, edits)
    let caught
    let played = 0
    await play({ module, from: 1, count: MUTANT_SEEDS, steps }, (result) => {
      played += 1
      if (result.failure && (!caught || result.seed < caught.seed)) caught = result
      return !caught
    })
    if (!caught) missed += 1
    const by = caught ? `${caught.failure.check}, seed ${caught.seed}` : `nothing in ${played}`
    console.log(`${caught ? '✓' : '✗'} ${name.padEnd(32)} ${by.padEnd(24)} ${what}`)
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(0)
  console.log(`${mutants.length - missed} mutants caught, ${missed} missed, ${seconds} s`)
  process.exitCode = missed > 0 ? 1 : 0
}

function find(name) {
  const found = MUTANTS.find((mutant) => mutant.name === name)
  if (found) return found
  throw new Error(`No mutant is called ${name}: ${MUTANTS.map((one) => one.name).join(' ')}`)
}
