/**
 * `npm test`: every check in one list, each with ✓ or ✗ and its seconds; the output of what failed
 * follows it. `npm test -- --only types,tidy` runs single ones.
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { HOW, installChromium } from './chromium.mjs'
import { ROOT, underOwnNode } from './first.mjs'

await underOwnNode(fileURLToPath(import.meta.url))
const RESULTS = join(ROOT, 'test/results')

/** Name and command lines; the tests of a vitest step count one by one, other steps as one. */
const STEPS = {
  format: [['prettier', '--check', '--log-level', 'warn', '.']],
  lint: [['oxlint', '--type-aware', 'src', 'test']],
  types: [
    ['tsc', '--noEmit', '-p', '.'],
    ['tsc', '--noEmit', '-p', 'test/tsconfig.browser.json'],
  ],
  build: [
    ['node', 'test/demo/build.mjs'],
    ['wrangler', 'deploy', '--dry-run', '--outdir', 'dist/worker'],
  ],
  tidy: [vitest('tidy', '--project', 'node', 'test/tidy.test.ts')],
  portal: [vitest('portal', '--project', 'node', '.node.test.')],
  core: [
    vitest('core', '--config', 'test/core/vitest.config.ts', '--coverage'),
    ['node', 'test/core/mutant.mjs'],
  ],
  workers: [vitest('workers', '--project', 'workers')],
  sim: [['node', 'test/sim/main.mjs', '--seeds', '200']],
  chaos: [['node', 'test/chaos/main.mjs', '--kills', '10']],
  journeys: [vitest('journeys', '--project', 'journeys')],
}

function vitest(name, ...words) {
  const reporters = ['--reporter=default', '--reporter=json']
  const file = `--outputFile.json=test/results/${name}.json`
  const config = words.includes('--config') ? [] : ['--config', 'test/vitest.config.ts']
  return ['vitest', 'run', ...config, ...reporters, file, ...words]
}

const at = process.argv.indexOf('--only')
const only = at > 0 ? (process.argv[at + 1] ?? '').split(',') : Object.keys(STEPS)
const env = { ...process.env, NO_COLOR: '1' }
const total = { passed: 0, failed: 0 }
const started = Date.now()

rmSync(RESULTS, { recursive: true, force: true })
mkdirSync(RESULTS, { recursive: true })
if (at < 0) tell('install', true, Number(process.env.VOUCHER_INSTALL_MS ?? 0))
for (const name of only) await step(name, STEPS[name])
console.log(`\n${Math.round((Date.now() - started) / 1000)} s in all`)
console.log(`${total.passed} passed, ${total.failed} failed`)
process.exitCode = total.failed > 0 ? 1 : 0

async function step(name, commands) {
  if (!commands) throw new Error(`No step is called ${name}: ${Object.keys(STEPS).join(' ')}`)
  const began = Date.now()
  const lacking = name === 'journeys' && !installChromium()
  const output = lacking ? { ok: false, text: HOW } : await runAll(commands)
  count(name, output.ok)
  tell(name, output.ok, Date.now() - began)
  if (!output.ok) console.log(output.text)
}

/** Runs command lines until one fails, and keeps what they print. */
async function runAll(commands) {
  let text = ''
  for (const [command, ...words] of commands) {
    const code = await new Promise((resolve) => {
      const child = spawn(command, words, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] })
      for (const stream of [child.stdout, child.stderr])
        stream.setEncoding('utf8').on('data', (piece) => (text += piece))
      child.on('error', () => resolve(1))
      child.on('close', resolve)
    })
    if (code !== 0) return { ok: false, text }
  }
  return { ok: true, text }
}

/** A step that failed without a failed test counts as one, so that nothing fails in silence. */
function count(name, ok) {
  const file = join(RESULTS, `${name}.json`)
  const tests = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
  const failed = tests?.numFailedTests ?? 0
  total.passed += tests ? tests.numPassedTests : Number(ok)
  total.failed += ok ? failed : Math.max(failed, 1)
}

function tell(name, ok, ms) {
  console.log(`${ok ? '✓' : '✗'} ${name.padEnd(10)}${(ms / 1000).toFixed(1).padStart(7)} s`)
}
