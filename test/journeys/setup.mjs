/** Once before all journeys: builds, and makes the seeded state that each of them copies. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildAll, makeState, varsFor } from '../demo/instance.mjs'
import { freePort, secretsOf } from '../demo/runtime.mjs'

/** Ports and secrets are the same for all journeys, because the seeded accounts name the issuer. */
export default async function setup(project) {
  const folder = await mkdtemp(join(tmpdir(), 'voucher-journeys-'))
  const [port, portalPort] = [await freePort(), await freePort()]
  const vars = varsFor({ port, portalPort, secrets: secretsOf(join(folder, 'secrets')) })
  const state = join(folder, 'seeded')
  const [script] = await Promise.all([buildAll(), makeState(state, vars)])
  project.provide('demo', { folder, script, state, port, portalPort, vars })
  return () => rm(folder, { recursive: true, force: true })
}
