/** Where a benchmark plays: a folder and Workers that end with it, whatever happens. */
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Runs `play(stage)` and leaves nothing behind, whatever happens; stage = { folder, running }. */
export async function onStage(name, time_ms_max, play) {
  const stage = { folder: await mkdtemp(join(tmpdir(), `voucher-${name}-`)), running: [] }
  const timer = setTimeout(() => void end(new Error('took too long')), time_ms_max)
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void end())
  try {
    await play(stage)
    await end()
  } catch (error) {
    await end(error)
  }

  async function end(failure) {
    clearTimeout(timer)
    await Promise.allSettled(stage.running.map((one) => one.dispose()))
    await rm(stage.folder, { recursive: true, force: true })
    if (failure) console.error(`The benchmark stopped: ${failure.message}`)
    process.exit(failure ? 1 : process.exitCode)
  }
}

/** As long as the product asks for, and never used again. */
export function secrets() {
  const names = [
    'SESSION_KEY',
    'OIDC_LEGAL_SECRET',
    'OIDC_STAFF_SECRET',
    'SMS_TOKEN',
    'REGISTRY_TOKEN',
  ]
  return Object.fromEntries(names.map((name) => [name, randomUUID() + randomUUID()]))
}

/** ms that work takes. */
export async function clock(work) {
  const started = performance.now()
  await work()
  return performance.now() - started
}
