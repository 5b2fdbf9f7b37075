/**
 * `npm run mutants`: applies each named mistake to the pure core in memory and prints which suite
 * caught it and by which check. Fails where a suite that should catch one does not.
 */
import { fileURLToPath } from 'node:url'
import { underOwnNode } from '../demo/first.mjs'
import { checkMutants, mutantForEsbuild } from '../support/mutants.mjs'
import { MUTANTS } from './mutants.mjs'

await underOwnNode(fileURLToPath(import.meta.url))
const { bundleModel, bundleTables } = await import('./bundle.mjs')
const SEQUENCES = 2_000
const SEED = 20261124
const started = Date.now()

checkMutants(MUTANTS)
await expectSound()
let missed = 0
for (const [index, mutant] of MUTANTS.entries()) {
  const found = await suitesAgainst(mutant, index)
  const lacking = mutant.suites.filter((suite) => !found[suite])
  missed += Number(lacking.length > 0)
  const names = Object.keys(found).filter((suite) => found[suite])
  const check = found.tables ?? found.model ?? `uncaught by ${lacking.join(', ')}`
  const sign = lacking.length > 0 ? '✗' : '✓'
  console.log(`${sign} ${mutant.name.padEnd(41)} ${names.join(' ').padEnd(13)} ${check}`)
}
const seconds = ((Date.now() - started) / 1000).toFixed(1)
console.log(`${MUTANTS.length - missed} of ${MUTANTS.length} mutants caught in ${seconds} s`)
process.exitCode = missed > 0 ? 1 : 0

/** Without a mutant nothing fails, or what is caught would prove nothing. */
async function expectSound() {
  const { tables } = await suitesAgainst(undefined, 'none')
  if (tables) throw new Error(`without a mutant the tables fail: ${tables}`)
}

/** The first failing check of each suite, shortened; undefined where it passes. */
async function suitesAgainst(mutant, index) {
  const plugins = mutant ? [mutantForEsbuild(mutant)] : []
  const asked = mutant?.suites ?? ['tables']
  const [tables, model] = await Promise.all([
    bundleTables(`tables-${index}`, plugins),
    asked.includes('model') ? bundleModel(`model-${index}`, plugins) : undefined,
  ])
  return { model: model && (await failingOf(model)), tables: await firstOf(tables) }
}

async function firstOf(path) {
  try {
    const { firstFailing } = await import(path)
    return (await firstFailing())?.name.slice(0, 110)
  } catch (error) {
    // Some tables stand on a ledger that the mutant does not let them open.
    return `no ledger opens: ${error.message}`
  }
}

async function failingOf(path) {
  const { runModel } = await import(path)
  try {
    runModel(SEQUENCES, SEED, true)
    return undefined
  } catch (error) {
    return error.message.split('\n')[0].slice(0, 110)
  }
}
