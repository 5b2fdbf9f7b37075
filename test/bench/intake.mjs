/**
 * `node test/bench/intake.mjs [rows]`: how long a sheet of 100,000 services takes to be read and to
 * be published on workerd, as CSV and as XLSX, and how much memory and processor that takes.
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
// A Worker has 128 MB. What needs more than this of JavaScript's share dies here.
process.env.MINIFLARE_WORKERD_V8_FLAGS ??= '--max-heap-size=64'
const { varsFor } = await import('../demo/instance.mjs')
const { buildWorker, migrate, startWorker } = await import('../demo/runtime.mjs')
const { default: writeXlsxFile } = await import('write-excel-file/universal')

const ROWS = Number(process.argv[2] ?? 100_000)
const HEAD = ['服务名称', '服务类别', '参考价格（元）', '计价单位', '服务周期', '资质', '简介']
const folder = await mkdtemp(join(tmpdir(), 'voucher-intake-'))
try {
  await main()
} finally {
  await rm(folder, { recursive: true, force: true })
}
process.exit()

async function main() {
  const vars = varsFor({ port: 0, portalPort: 0, secrets: secrets() })
  await migrate(folder)
  const script = await buildWorker('test/bench/intake-worker.ts', join(ROOT, 'dist/bench/intake'))
  const mf = await startWorker({ script, vars, state: folder })
  const url = (await mf.ready).href
  await fetch(new URL('carrier', url), { method: 'POST' })
  const { MINIFLARE_WORKERD_V8_FLAGS: flags } = process.env
  console.log(`${ROWS} rows; ${flags}; workerd before: ${megabytes(usage().rss)} MB`)
  for (const type of ['csv', 'xlsx']) await measure(url, type)
  await mf.dispose()
}

async function measure(url, type) {
  const content = type === 'csv' ? csv(type) : await xlsx(type)
  const size = (content.size / 1e6).toFixed(1)
  console.log(`\n${type.toUpperCase()}, ${size} MB`)
  const to = (path) => new URL(path, url)
  const started = performance.now()
  const sent = await fetch(to(`imports/${type}`), { method: 'POST', body: content })
  const id = await sent.text()
  tell('received', { ms: performance.now() - started })
  const read = await follow(to(`imports/${id}`), 'reading')
  tell(`read: ${JSON.stringify(read.facts)}`, read)
  await fetch(to(`imports/${id}/approval`), { method: 'POST' })
  const done = await follow(to(`imports/${id}`), 'applying')
  tell(`published: ${JSON.stringify(done.facts)}`, done)
}

/** Asks until the state is another; the highest memory meanwhile, and the processor's time. */
async function follow(address, state) {
  const started = performance.now()
  const before = usage()
  let rss = before.rss
  for (;;) {
    const now = await (await fetch(address)).json()
    rss = Math.max(rss, usage().rss)
    const ms = performance.now() - started
    const cpu_s = usage().cpu_s - before.cpu_s
    if (now.state !== state) return { ms, rss, cpu_s, facts: now.facts }
    await wait(200)
  }
}

function tell(what, { ms, rss, cpu_s }) {
  const memory = rss
    ? `, workerd at most ${megabytes(rss)} MB, processor ${cpu_s.toFixed(1)} s`
    : ''
  console.log(`  ${what} in ${(ms / 1000).toFixed(1)} s${memory}`)
}

/** Memory in bytes and processor time in seconds of the workerd that this process started. */
function usage() {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      const [, name, rest] = /\((.*)\) (.*)/s.exec(stat)
      const fields = rest.split(' ')
      if (!name.startsWith('workerd') || Number(fields[1]) !== process.pid) continue
      const cpu_s = (Number(fields[11]) + Number(fields[12])) / 100
      return { rss: Number(fields[21]) * 4096, cpu_s }
    } catch {
      // It has ended meanwhile.
    }
  }
  return { rss: 0, cpu_s: 0 }
}

function rowsOf(mark) {
  const trades = ['振动试验', '盐雾试验', '电磁兼容测试', '材料成分分析', '可靠性评估']
  return Array.from({ length: ROWS }, (_none, at) => [
    `${trades[at % trades.length]} ${mark} ${at + 1}`,
    '检验检测',
    800 + (at % 500),
    '次',
    (at % 30) + 1,
    'CMA、CNAS',
    `按 GB/T 2423.${(at % 60) + 1} 试验，适用于电子产品和部件，样品 ${at} 号`,
  ])
}

function csv(mark) {
  return new Blob([[HEAD, ...rowsOf(mark)].map((row) => row.join(',')).join('\r\n')])
}

function xlsx(mark) {
  const cells = [HEAD, ...rowsOf(mark)].map((row) => row.map((value) => ({ value })))
  return writeXlsxFile(cells).toBlob()
}

function megabytes(bytes) {
  return Math.round(bytes / 1e6)
}

function secrets() {
  const names = ['SESSION_KEY', 'OIDC_LEGAL_SECRET', 'OIDC_STAFF_SECRET', 'SMS_TOKEN']
  return Object.fromEntries(
    [...names, 'REGISTRY_TOKEN'].map((name) => [name, randomUUID().repeat(2)]),
  )
}
