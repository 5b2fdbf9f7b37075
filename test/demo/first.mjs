/**
 * What a command does before its first step, on whatever Node is there (20 or later): installs
 * what the lockfile names, then runs under the lockfile's own Node. Imports nothing installed.
 */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..')
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP']

/**
 * Returns at once under the lockfile's Node. Under any other it installs, runs the script again
 * with the same arguments under the right one, and exits with its code.
 */
export async function underOwnNode(script) {
  if (process.env.VOUCHER_TOOLS === ROOT) return
  const started = Date.now()
  install()
  const child = spawn('node', [script, ...process.argv.slice(2)], {
    cwd: ROOT,
    env: { ...environment(), VOUCHER_INSTALL_MS: String(Date.now() - started) },
    stdio: 'inherit',
  })
  // npm passes a signal to this process alone; without this the tree would stay and keep its port.
  for (const signal of SIGNALS) process.on(signal, () => child.kill(signal))
  // A signal that npm does not know ends npm alone: notice that it is gone.
  const parent = process.ppid
  const orphaned = () => process.ppid !== parent && child.kill()
  if (process.env.npm_lifecycle_event) setInterval(orphaned, 1000).unref()
  const code = await new Promise((resolve) => {
    child.on('exit', (status, signal) => resolve(status ?? (signal ? 130 : 1)))
  })
  process.exit(code)
}

/** Installs where what is installed is not what the lockfile names. Exits when npm fails. */
function install() {
  if (isInstalled()) return
  console.log('Installing what the lockfile names (once, about a minute) …')
  const words = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
  const { status } = spawnSync('npm', words, {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  if (status !== 0) process.exit(status ?? 1)
}

/** Compares the lockfile with npm's own record; parts for other machines may be absent. */
function isInstalled() {
  const record = join(ROOT, 'node_modules/.package-lock.json')
  if (!existsSync(record)) return false
  const { packages: wanted } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'))
  const { packages: there } = JSON.parse(readFileSync(record, 'utf8'))
  return Object.entries(wanted).every(([path, { version, optional }]) => {
    if (path === '') return true
    return path in there ? there[path].version === version : optional === true
  })
}

/** The environment of every child: the lockfile's Node and tools first, nobody asked. */
function environment() {
  const own = ['x64', 'arm64']
    .map((arch) => join(ROOT, `node_modules/node-linux-${arch}/bin`))
    .filter((folder) => existsSync(folder))
  return {
    ...process.env,
    PATH: [...own, join(ROOT, 'node_modules/.bin'), process.env.PATH].join(delimiter),
    VOUCHER_TOOLS: ROOT,
    CI: '1',
    WRANGLER_SEND_METRICS: 'false',
    CLOUDFLARE_CF_FETCH_ENABLED: 'false',
  }
}
