/**
 * `npm run proof`: every proof of the ledger at full size, one after the other, a line each with
 * its seconds and its last words; the whole output of each lies in dist/proof. `npm run proof --
 * --only model,mutants` runs single ones.
 */
import { spawn } from 'node:child_process'
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ROOT, underOwnNode } from './first.mjs'

/** Name and command line, in the order from the core outwards. */
const PROOFS = {
  mutants: ['test/core/mutant.mjs'],
  mutate: ['test/core/mutate.mjs'],
  model: ['test/core/main.mjs', '--sequences', '20000'],
  sim: ['test/sim/main.mjs', '--seeds', '2000'],
  'sim mutants': ['test/sim/main.mjs', '--mutants'],
  faults: ['test/fault/main.mjs', '--sequences', '300'],
  chaos: ['test/chaos/main.mjs', '--kills', '200'],
}
const OUT = join(ROOT, 'dist/proof')

await underOwnNode(fileURLToPath(import.meta.url))
const at = process.argv.indexOf('--only')
const names = at > 0 ? (process.argv[at + 1] ?? '').split(',') : Object.keys(PROOFS)
mkdirSync(OUT, { recursive: true })
let failed = 0
for (const name of names) if (!(await prove(name))) failed += 1
console.log(`\n${names.length - failed} of ${names.length} proofs hold`)
process.exitCode = failed > 0 ? 1 : 0

/** Runs one and prints its line; true where it holds. */
async function prove(name) {
  const words = PROOFS[name]
  if (!words) throw new Error(`No proof is called ${name}: ${Object.keys(PROOFS).join(', ')}`)
  const started = Date.now()
  const file = join(OUT, `${name.replaceAll(' ', '-')}.txt`)
  const code = await run(words, file)
  const seconds = ((Date.now() - started) / 1000).toFixed(1)
  const sign = code === 0 ? '✓' : '✗'
  console.log(`${sign} ${name.padEnd(12)}${seconds.padStart(8)} s  ${lastWords(file)}`)
  return code === 0
}

function run(words, file) {
  const output = createWriteStream(file)
  return new Promise((resolve) => {
    const env = { ...process.env, NO_COLOR: '1' }
    const child = spawn('node', words, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] })
    for (const stream of [child.stdout, child.stderr]) stream.pipe(output, { end: false })
    child.on('error', () => output.end(() => resolve(1)))
    child.on('close', (status) => output.end(() => resolve(status ?? 1)))
  })
}

/** What a proof says in the end; Stryker adds two lines of its own after the score. */
function lastWords(file) {
  const lines = readFileSync(file, 'utf8').trim().split('\n')
  const score = lines.findLast((line) => line.includes('mutation score of'))
  return (score ?? lines.at(-1) ?? '').replace(/^.*(Final mutation)/, '$1')
}
