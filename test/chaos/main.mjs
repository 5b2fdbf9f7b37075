/**
 * `npm run chaos -- --kills 200`: the built Worker on workerd under load, its whole process group
 * killed at random moments and started again on the same state; half of the kills in a chatty mode,
 * half in a quiet one. `--mutant NAME` (or `all`) builds a fault in and must find it.
 */
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { ROOT, underOwnNode } from '../demo/first.mjs'

await underOwnNode(fileURLToPath(import.meta.url))
const { build } = await import('esbuild')
const { buildWorker, migrate, VARS } = await import('../demo/runtime.mjs')
const { checkMutants, mutantForEsbuild } = await import('../support/mutants.mjs')
const { check, checkBudgets } = await import('./check.mjs')
const { Instance } = await import('./instance.mjs')
const { COUNTIES, Load } = await import('./load.mjs')
const { HURRY, MUTANTS } = await import('./mutants.mjs')

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '10' },
    mode: { type: 'string', default: 'chatty,quiet' },
    mutant: { type: 'string' },
  },
})
const KILLS = Number(values.kills)
const MODES = values.mode.split(',')
/** A short run does not wait for the minutes after which claims and leases are settled. */
const HURRIED = KILLS < 50 || values.mutant !== undefined
const CLAIMS_MS = HURRIED ? 9_000 : 75_000
const KILL_MS = [300, 1500]
const REPLAYED_AT_END = 500
const FINDINGS_SHOWN = 12
const PROGRESS_KILLS = 20

// A mutant that no longer fits the sources would never be hunted: every run says so.
checkMutants(MUTANTS)
const folder = await mkdtemp(join(tmpdir(), 'voucher-chaos-'))
const running = new Set()
const TIME_MS_MAX = 180_000 + KILLS * 12_000 * (values.mutant === 'all' ? MUTANTS.length : 1)
const timer = setTimeout(() => void end(new Error('took too long')), TIME_MS_MAX)
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => void end(new Error(signal)))
try {
  await end(undefined, values.mutant ? await hunt(values.mutant) : await storm())
} catch (error) {
  await end(error)
}

/** True where nothing was found. */
async function storm() {
  const script = HURRIED
    ? await bundle({ name: 'hurried', changes: HURRY })
    : await buildWorker('test/chaos/worker.ts', join(ROOT, 'dist/chaos'))
  console.log(`${KILLS} kills, ${HURRIED ? 'clocks of claims and leases hurried' : 'as built'}`)
  return (await playAll(script)).every(({ findings }) => findings.length === 0)
}

/** True where every one of the mutants was caught. */
async function hunt(wanted) {
  const mutants = MUTANTS.filter(({ name }) => wanted === 'all' || name === wanted)
  if (mutants.length === 0)
    throw new Error(`mutants: ${MUTANTS.map(({ name }) => name).join(', ')}`)
  let alive = 0
  for (const { name, changes } of mutants) {
    const script = await bundle({ name, changes: [...HURRY, ...changes] })
    const played = await playAll(script)
    const caught = played.filter(({ findings }) => findings.length > 0).map(({ mode }) => mode)
    console.log(
      `${caught.length > 0 ? `✓ caught (${caught.join(', ')})` : '✗ not caught'}: ${name}`,
    )
    if (caught.length === 0) alive += 1
  }
  return alive === 0
}

/** The same bundle with replacements in the sources. */
async function bundle(mutant) {
  const out = join(folder, mutant.name.replaceAll(' ', '-'), 'worker.js')
  await build({
    absWorkingDir: ROOT,
    entryPoints: ['test/chaos/worker.ts'],
    outfile: out,
    bundle: true,
    format: 'esm',
    target: 'es2024',
    conditions: ['workerd', 'worker', 'browser'],
    external: ['cloudflare:*', 'node:*'],
    loader: { '.sql': 'text' },
    logLevel: 'error',
    plugins: [mutantForEsbuild(mutant)],
  })
  return out
}

/** Nothing of this machine's own: everything here is thrown away. */
function secrets() {
  return Object.fromEntries(VARS.slice(0, 5).map((name) => [name, randomUUID() + randomUUID()]))
}

/** A short run plays both modes at once, as it waits most of the time. */
async function playAll(script) {
  if (HURRIED) return Promise.all(MODES.map((mode) => play(script, mode)))
  const played = []
  for (const mode of MODES) played.push(await play(script, mode))
  return played
}

/** One mode from an empty state to the last check; answers what was found. */
async function play(script, mode) {
  const began = performance.now()
  const state = await mkdtemp(join(folder, 'state-'))
  await migrate(state)
  const instance = new Instance({ script, state, vars: secrets() })
  running.add(instance)
  await instance.start()
  const load = new Load(instance, mode)
  const worked = load.run()
  const kills = Math.ceil(KILLS / MODES.length)
  for (let kill = 0; kill < kills; kill += 1) {
    await wait(KILL_MS[0] + Math.random() * (KILL_MS[1] - KILL_MS[0]))
    await instance.restart()
    load.findings.push(...(await checkBudgets(await instance.url(), COUNTIES)))
    if ((kill + 1) % PROGRESS_KILLS === 0)
      console.log(`  ${mode}: ${kill + 1} kills, ${seconds(began)} s, ${load.all.length} ledgers`)
  }
  load.over = true
  await worked
  if (!HURRIED) console.log(`  ${mode}: no more load after ${seconds(began)} s`)
  const checked = await check(await instance.url(), load.all, COUNTIES, CLAIMS_MS)
  await replaySome(load)
  await instance.kill()
  running.delete(instance)
  await rm(state, { recursive: true, force: true })
  const findings = [...load.findings, ...checked.findings]
  tell(mode, { instance, load, checked, findings, began })
  return { mode, findings }
}

function seconds(since) {
  return ((performance.now() - since) / 1000).toFixed(0)
}

/** After the check, as it wakes ledgers: a share of all that was acknowledged, once more. */
async function replaySome(load) {
  const all = load.all
    .filter(({ silent }) => !silent)
    .flatMap((enterprise) => enterprise.acknowledged.map((one) => [enterprise, one]))
  const share = Math.min(1, REPLAYED_AT_END / all.length)
  for (const [enterprise, one] of all) if (Math.random() < share) await load.replay(enterprise, one)
}

function tell(mode, { instance, load, checked, findings, began }) {
  const starts = instance.starts.slice(1).toSorted((one, other) => one - other)
  const middle = starts[Math.floor(starts.length / 2)] ?? 0
  const unknown = load.all.filter(({ silent }) => silent).length
  console.log(`${mode}: ${starts.length} kills in ${seconds(began)} s
  acknowledged ${load.acknowledged}, retried ${load.retries}, replays ${load.replays}
  ledgers ${load.all.length}, events ${checked.events}, left alone unanswered ${unknown}
  restarts ${middle.toFixed(2)} s (median), ${(starts.at(-1) ?? 0).toFixed(2)} s (longest)
  D1 had everything ${checked.lag_s.toFixed(1)} s after the load (two seconds of them to see it)
  findings ${findings.length}`)
  for (const finding of findings.slice(0, FINDINGS_SHOWN)) console.log(`    ${finding}`)
  if (findings.length > 0) console.log(instance.log.slice(-5).join('\n').slice(0, 2000))
}

async function end(failure, sound = false) {
  clearTimeout(timer)
  for (const instance of running) await instance.kill()
  await rm(folder, { recursive: true, force: true })
  if (failure) console.error(`Chaos stopped: ${failure.stack}`)
  process.exit(failure || !sound ? 1 : 0)
}
