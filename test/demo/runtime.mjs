/**
 * The built Worker on workerd with its state on disk: what `npm start`, `npm run serve`, the
 * journeys and the benchmarks run on. It is several times faster than `wrangler dev` and shares the
 * folder of its state, so either may be used on the same data, one at a time.
 */
import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { parseEnv, promisify } from 'node:util'
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from 'miniflare'
import { unstable_getMiniflareWorkerOptions as optionsOf } from 'wrangler'
import { ROOT } from './first.mjs'
import { definitions } from './static.mjs'

export { ROOT }
export const CONFIG = join(ROOT, 'wrangler.toml')
export const STATE = join(ROOT, '.wrangler/state')
export const NIGHTLY = '0 18 * * *'
const OFTEN = '*/10 * * * *'
const OFTEN_MS = 600_000
const SECRETS = join(ROOT, '.dev.vars')
const SECRET_NAMES = [
  'SESSION_KEY',
  'OIDC_LEGAL_SECRET',
  'OIDC_STAFF_SECRET',
  'SMS_TOKEN',
  'REGISTRY_TOKEN',
]
/** The variables of wrangler.toml and the secrets: what an environment may set. */
export const VARS = [
  ...SECRET_NAMES,
  'ORIGIN',
  'OIDC_ISSUER',
  'OIDC_LEGAL_CLIENT',
  'OIDC_STAFF_CLIENT',
  'SMS_URL',
  'REGISTRY_URL',
  'DEMO',
  'SITE_OWNER',
  'SITE_PHONE',
  'MAP_TILES',
  'TIANDITU_KEY',
  'MAP_ATTRIBUTION',
  'MAP_APPROVAL_NO',
]
const execute = promisify(execFile)

/** Runs one of our tools and fails with what it said. */
async function run(command, words) {
  await execute(command, words, { cwd: ROOT }).catch(({ stdout, stderr }) => {
    throw new Error(`${command} ${words.join(' ')} failed:\n${stdout}${stderr}`)
  })
}

/** The secrets of this machine, made at random the first time and never committed. */
export function secretsOf(file = SECRETS) {
  const kept = existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {}
  const missing = SECRET_NAMES.filter((name) => !kept[name])
  for (const name of missing) kept[name] = randomBytes(32).toString('base64url')
  const lines = Object.entries(kept).map(([name, value]) => `${name}="${value}"\n`)
  if (missing.length > 0) writeFileSync(file, lines.join(''), { mode: 0o600 })
  return kept
}

/** Bundles an entry as `wrangler deploy` would and answers the path of the one module. */
export async function buildWorker(entry, out = join(ROOT, 'dist/worker')) {
  await run('wrangler', ['deploy', entry, '--dry-run', '--outdir', out, ...definitions()])
  return join(out, `${entry.replace(/^.*\//, '').replace(/\.ts$/, '')}.js`)
}

/** Brings the local D1 to the current schema; starts wrangler only where a migration is new. */
export async function migrate(state = STATE) {
  const applied = join(state, 'applied.txt')
  const wanted = readdirSync(join(ROOT, 'migrations/d1')).join('\n')
  if (existsSync(applied) && readFileSync(applied, 'utf8') === wanted) return
  await run('wrangler', ['d1', 'migrations', 'apply', 'DB', '--local', '--persist-to', state])
  writeFileSync(applied, wanted)
}

/**
 * Starts a built Worker and answers miniflare. `vars` lie over those of wrangler.toml; `triggers`
 * opens /cdn-cgi/local/scheduled, which a real instance never does.
 */
export async function startWorker({ script, vars, state = STATE, host, port, triggers = false }) {
  // Wrangler looks for the secrets here and would warn of each; it has nothing else to say.
  Object.assign(process.env, { WRANGLER_LOG: 'error' }, vars)
  const { workerOptions } = optionsOf(CONFIG)
  const { modulesRules: _, ...options } = workerOptions
  const mf = new Miniflare(
    convertV4MiniflareOptions({
      host: host ?? '127.0.0.1',
      port: port ?? 0,
      cf: false,
      resourcePersistencePath: join(state, 'v3'),
      unsafeTriggerHandlers: triggers,
      log: new Log(LogLevel.WARN),
      handleStructuredLogs: tellErrors,
      workers: [
        {
          ...options,
          name: 'innovation-voucher',
          modules: modulesOf(script),
          modulesRoot: dirname(script),
          bindings: { ...options.bindings, ...vars },
        },
      ],
    }),
  )
  await mf.ready
  return mf
}

/** The bundle, and beside it the texts it imports: the schema inside the ledger's objects. */
function modulesOf(script) {
  const folder = dirname(script)
  const texts = readdirSync(folder).filter((name) => name.endsWith('.sql'))
  return [
    { type: 'ESModule', path: script },
    ...texts.map((name) => ({ type: 'Text', path: join(folder, name) })),
  ]
}

/** A request's own line is for Workers Logs; a person at a terminal wants to see what failed. */
function tellErrors({ level, message }) {
  if (level === 'error' || level === 'warn') console.error(message)
}

/**
 * Runs the nightly tasks at 02:00 in Asia/Shanghai and the frequent ones every ten minutes; local
 * runtimes fire no cron of their own.
 */
export function startClock(mf) {
  strikeAt(mf, NIGHTLY, nextNight)
  strikeAt(mf, OFTEN, () => new Date(Math.ceil((Date.now() + 1) / OFTEN_MS) * OFTEN_MS))
}

function nextNight() {
  const next = new Date()
  next.setUTCHours(18, 0, 0, 0)
  if (next <= new Date()) next.setUTCDate(next.getUTCDate() + 1)
  return next
}

function strikeAt(mf, cron, nextOf) {
  const scheduledTime = nextOf()
  const strike = async () => {
    strikeAt(mf, cron, nextOf)
    const worker = await mf.getWorker()
    await worker.scheduled({ scheduledTime, cron })
  }
  setTimeout(() => void strike(), scheduledTime - Date.now()).unref()
}

/** A port nobody listens on now. */
export async function freePort() {
  return claimPort(0)
}

/** Fails in plain words where one of these ports is taken. */
export async function expectFree(ports) {
  for (const [name, port] of Object.entries(ports)) {
    const free = await claimPort(port).catch(() => undefined)
    if (free === undefined) throw new Error(`Port ${port} is taken; set ${name} to move.`)
  }
}

function claimPort(wish) {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(wish, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}
