/**
 * `node test/chaos/imports.mjs [rows] [kills]`: an import whose runtime is killed again and again,
 * while it reads and while it publishes. At the end every row must stand, once.
 */
import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { ROOT, underOwnNode } from '../demo/first.mjs'

await underOwnNode(fileURLToPath(import.meta.url))
const { varsFor } = await import('../demo/instance.mjs')
const { buildWorker, freePort, migrate, startWorker } = await import('../demo/runtime.mjs')

const ROWS = Number(process.argv[2] ?? 30_000)
const KILLS = Number(process.argv[3] ?? 12)
const ANSWER_MS_MAX = 60_000

const folder = await mkdtemp(join(tmpdir(), 'voucher-imports-'))
let failed = true
try {
  failed = !(await main())
} finally {
  await rm(folder, { recursive: true, force: true })
}
process.exit(failed ? 1 : 0)

async function main() {
  const port = await freePort()
  const vars = varsFor({ port, portalPort: 0, secrets: secrets() })
  await migrate(folder)
  const out = join(ROOT, 'dist/chaos/imports')
  const script = await buildWorker('test/bench/intake-worker.ts', out)
  const mf = await startWorker({ script, vars, state: folder, port })
  const url = (path) => `http://127.0.0.1:${port}/${path}`
  await fetch(url('carrier'), { method: 'POST' })
  const sent = await fetch(url('imports/csv'), { method: 'POST', body: csv() })
  const address = url(`imports/${await sent.text()}`)
  const reading = Math.ceil(KILLS / 4)
  const read = await killWhile('reading', address, reading)
  await fetch(`${address}/approval`, { method: 'POST' })
  const done = await killWhile('applying', address, KILLS - reading)
  const stands = await (await fetch(url('services'))).json()
  await mf.dispose()
  console.log(`${read.kills} kills while reading, ${done.kills} while publishing`)
  console.log(`found ${JSON.stringify(read.facts)}, made ${JSON.stringify(done.facts)}`)
  console.log(`${stands.rows} rows stand under ${stands.names} names, ${ROWS} were sent`)
  return stands.rows === ROWS && stands.names === ROWS && done.facts.made === ROWS
}

/** Kills at odd moments as long as the import is in this state; answers what came of it. */
async function killWhile(state, address, kills_max) {
  let kills = 0
  for (;;) {
    const now = await ask(address)
    if (now.state !== state) return { ...now, kills }
    await wait(200 + Math.random() * 900)
    if (kills === kills_max) continue
    for (const pid of runtimes()) process.kill(pid, 'SIGKILL')
    kills += 1
    await wait(300)
  }
}

/** The runtime is started again by itself; until then nobody answers. */
async function ask(address) {
  const until = Date.now() + ANSWER_MS_MAX
  while (Date.now() < until) {
    const answer = await fetch(address).catch(() => undefined)
    if (answer?.ok) return answer.json()
    await wait(200)
  }
  throw new Error('The runtime did not come back.')
}

/** The processes of workerd that this process has started, and no others. */
function runtimes() {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const [, name, rest] = /\((.*)\) (.*)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))
        return name.startsWith('workerd') && Number(rest.split(' ')[1]) === process.pid
      } catch {
        return false
      }
    })
    .map(Number)
}

function csv() {
  const rows = Array.from({ length: ROWS }, (_none, at) => `振动试验 ${at},检验检测,次`)
  return ['服务名称,服务类别,计价单位', ...rows].join('\n')
}

function secrets() {
  const names = ['SESSION_KEY', 'OIDC_LEGAL_SECRET', 'OIDC_STAFF_SECRET', 'SMS_TOKEN']
  const all = [...names, 'REGISTRY_TOKEN']
  return Object.fromEntries(all.map((name) => [name, randomUUID().repeat(2)]))
}
