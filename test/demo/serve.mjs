/**
 * `npm run serve`: the product alone on workerd, without portal and demonstration. Its addresses
 * come from the environment (ORIGIN, OIDC_ISSUER, …; BIND, PORT, STATE_DIR), its secrets from there
 * or from .dev.vars. Terminate TLS in front of it.
 */
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { underOwnNode } from './first.mjs'

await underOwnNode(fileURLToPath(import.meta.url))
const { build } = await import('./build.mjs')
const { buildWorker, migrate, secretsOf, startClock, startWorker, STATE, VARS } =
  await import('./runtime.mjs')

const { BIND: host = '127.0.0.1', PORT: port = '8787', STATE_DIR: folder = STATE } = process.env
const state = resolve(folder)
const given = Object.entries(process.env).filter(([name]) => VARS.includes(name))
const vars = { ...secretsOf(), ...Object.fromEntries(given) }

await build()
const script = await buildWorker('src/index.ts')
await migrate(state)
const worker = await startWorker({ script, vars, state, host, port: Number(port) })
startClock(worker)
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => void worker.dispose().then(() => process.exit(0)))
console.log(`Serving on http://${host}:${port}, state in ${state}`)
