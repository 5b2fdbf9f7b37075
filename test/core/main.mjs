/**
 * `npm run model -- --sequences 20000 --seed 7`: random histories of the pure core against the
 * naive ledger, on all cores. Prints what was done and refused, and fails where one never came.
 */
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { underOwnNode } from '../demo/first.mjs'

const script = fileURLToPath(import.meta.url)

if (isMainThread) {
  await underOwnNode(script)
  await main()
} else {
  const { module, sequences, seed } = workerData
  const { runModel } = await import(module)
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker's port has none
  parentPort.postMessage(runModel(sequences, seed))
}

async function main() {
  const { values } = parseArgs({
    options: {
      sequences: { type: 'string', default: '2000' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
    },
  })
  const seed = Number(values.seed)
  const started = Date.now()
  const { bundleModel } = await import('./bundle.mjs')
  const module = await bundleModel()
  const threads = Math.max(1, availableParallelism())
  const each = Math.ceil(Number(values.sequences) / threads)
  const parts = Array.from({ length: threads }, (_, n) => part(module, each, seed + n))
  const tallies = await Promise.all(parts).catch((error) => error)
  const seconds = ((Date.now() - started) / 1000).toFixed(1)
  const failed = tallies instanceof Error ? tallies.message : tell(tallies, seconds, seed)
  if (failed)
    console.log(`✗ ${failed}\n  again with --seed ${seed} --sequences ${values.sequences}`)
  process.exitCode = failed ? 1 : 0
}

function part(module, sequences, seed) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(script, { workerData: { module, sequences, seed } })
    worker.on('message', resolve)
    worker.on('error', reject)
  })
}

/** Prints the sums and answers what is missing, if anything. */
function tell(tallies, seconds, seed) {
  const sums = (name) => {
    const all = {}
    for (const tally of tallies)
      for (const [one, times] of Object.entries(tally[name])) all[one] = (all[one] ?? 0) + times
    return all
  }
  const count = (name) => tallies.reduce((sum, tally) => sum + tally[name], 0)
  const list = (all) =>
    Object.entries(all)
      .sort(([, one], [, other]) => other - one)
      .map(([name, times]) => `    ${name.padEnd(28)}${String(times).padStart(9)}`)
      .join('\n')
  const refused = sums('refused')
  console.log(`done\n${list(sums('done'))}\nrefused\n${list(refused)}`)
  const never = tallies[0].refusals.filter((code) => !refused[code])
  const what = `${count('sequences')} sequences, ${count('commands')} commands, ${seconds} s`
  if (never.length > 0) return `never refused: ${never.join(', ')}`
  console.log(`✓ ${what}, seed ${seed}: every answer and balance agrees with the model`)
  return undefined
}
