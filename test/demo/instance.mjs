/** A demonstration instance: the portal stand-in, seeded state, and the Worker in front of it. */
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { startPortal } from '../portal/portal.mjs'
import { build } from './build.mjs'
import { buildWorker, migrate, ROOT, secretsOf, STATE, startWorker } from './runtime.mjs'

const SEED = 'test/demo/seed-worker.ts'

/** The addresses of an instance on these ports, as the Worker and the portal are told of them. */
export function varsFor({ port, portalPort, secrets = secretsOf() }) {
  const issuer = process.env.OIDC_ISSUER ?? `http://127.0.0.1:${portalPort}`
  return {
    ...secrets,
    ORIGIN: process.env.ORIGIN ?? `http://127.0.0.1:${port}`,
    OIDC_ISSUER: issuer,
    OIDC_LEGAL_CLIENT: 'voucher-legal',
    OIDC_STAFF_CLIENT: 'voucher-staff',
    SMS_URL: process.env.SMS_URL ?? `${issuer}/sms`,
    REGISTRY_URL: process.env.REGISTRY_URL ?? `${issuer}/registry`,
    DEMO: '1',
  }
}

/** Builds stylesheet, browser scripts and the Worker; answers the path of its module. */
export async function buildAll() {
  await build()
  return buildWorker('src/index.ts')
}

/**
 * Makes a state folder with the demonstration in it, through the product's own commands. Works in
 * a folder beside it first, so that one that was interrupted never counts as made.
 */
export async function makeState(state, vars) {
  const draft = `${state}.draft`
  await rm(draft, { recursive: true, force: true })
  await mkdir(dirname(state), { recursive: true })
  const [script] = await Promise.all([buildWorker(SEED, join(ROOT, 'dist/seed')), migrate(draft)])
  const mf = await startWorker({ script, vars, state: draft })
  try {
    const answer = await mf.dispatchFetch('http://seed.invalid/', { method: 'POST' })
    if (!answer.ok) throw new Error(`The seed failed: ${answer.status} ${await answer.text()}`)
  } finally {
    await mf.dispose()
  }
  await rm(state, { recursive: true, force: true })
  await rename(draft, state)
}

/** Brings the state of this machine up to date, or makes it; `reset` begins anew. */
export async function readyState(vars, { state = STATE, reset = false } = {}) {
  if (reset || !existsSync(state)) await makeState(state, vars)
  else await migrate(state)
}

/** Portal and Worker on these ports; `stop` ends both and frees the ports. */
export async function startInstance({ script, port, portalPort, vars, state }) {
  const portal = await startPortal({
    port: portalPort,
    cast: JSON.parse(await readFile(new URL('cast.json', import.meta.url), 'utf8')),
    clients: ['legal', 'staff'].map((kind) => clientOf(kind, vars)),
    tokens: { sms: vars.SMS_TOKEN, registry: vars.REGISTRY_TOKEN },
  })
  try {
    const worker = await startWorker({ script, vars, state, port, triggers: true })
    const stop = () => Promise.all([portal.close(), worker.dispose()])
    return { portal, worker, stop }
  } catch (error) {
    await portal.close()
    throw error
  }
}

function clientOf(kind, vars) {
  const name = kind.toUpperCase()
  const secret = vars[`OIDC_${name}_SECRET`]
  return { kind, id: vars[`OIDC_${name}_CLIENT`], secret, origin: vars.ORIGIN }
}
