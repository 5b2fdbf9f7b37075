/**
 * `npm run bench`: what pages and commands cost beside a bare page and a bare write, all built as
 * for production and run on workerd, on this machine's loopback alone, in some four minutes.
 */
import { randomUUID } from 'node:crypto'
import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ROOT, underOwnNode } from '../demo/first.mjs'
import { load } from './load.mjs'
import { onStage, secrets } from './stage.mjs'
import { heading, row } from './table.mjs'
import { measureThroughput } from './throughput.mjs'

await underOwnNode(fileURLToPath(import.meta.url))
const { varsFor } = await import('../demo/instance.mjs')
const { build } = await import('../demo/build.mjs')
const { buildWorker, freePort, migrate, startWorker } = await import('../demo/runtime.mjs')

const TIME_MS_MAX = 420_000
const ROUNDS = 3
const SECONDS = 1.5
const CONNECTIONS = 16

await onStage('bench', TIME_MS_MAX, main)

async function main(stage) {
  const started = performance.now()
  const workers = await prepare(stage)
  console.log(`Built, seeded and started in ${seconds(started)} s; medians of ${ROUNDS} rounds.\n`)
  await measurePages(workers)
  await measureWrites(workers)
  await measureThroughput(workers)
  console.log(`\nDone in ${seconds(started)} s.`)
}

/** Builds the four Workers, makes their state, and starts the three that are measured. */
async function prepare(stage) {
  const port = await freePort()
  const vars = varsFor({ port, portalPort: await freePort(), secrets: secrets() })
  const state = (name) => join(stage.folder, name)
  const builds = [
    buildWorker('src/index.ts', join(ROOT, 'dist/bench/product')),
    buildWorker('test/bench/bare-worker.ts', join(ROOT, 'dist/bench/bare')),
    buildWorker('test/bench/ledger-worker.ts', join(ROOT, 'dist/bench/ledger')),
    buildWorker('test/bench/prepare-worker.ts', join(ROOT, 'dist/bench/prepare')),
    migrate(state('ledger')),
    build(),
  ]
  // All of them first: one that still wrote after another's failure would leave its folder.
  await Promise.allSettled(builds)
  const [product, bare, ledger, prepared] = await Promise.all(builds)
  await cp(state('ledger'), state('product'), { recursive: true })
  const cookies = await seed(prepared, vars, state('product'))
  return {
    cookies,
    product: await start(stage, product, { ...vars, DEMO: '0' }, state('product'), port),
    bare: await start(stage, bare, vars, state('bare')),
    ledger: await start(stage, ledger, vars, state('ledger')),
  }
}

async function seed(script, vars, state) {
  const mf = await startWorker({ script, vars, state })
  try {
    const answer = await mf.dispatchFetch('http://prepare.invalid/')
    if (!answer.ok) throw new Error(`Seeding failed: ${answer.status} ${await answer.text()}`)
    return await answer.json()
  } finally {
    await mf.dispose()
  }
}

async function start({ running }, script, vars, state, port) {
  const mf = await startWorker({ script, vars, state, port })
  running.push(mf)
  return (await mf.ready).href
}

/** Each subject alone and under sixteen connections, round after round, so that all share luck. */
async function compare(subjects) {
  const results = subjects.map(() => ({ latencies: [], rates: [] }))
  for (const subject of subjects) await load({ ...subject, connections: 1, seconds: 0.5 })
  for (let round = 0; round < ROUNDS; round += 1)
    for (const [index, subject] of subjects.entries()) {
      const alone = await load({ ...subject, connections: 1, seconds: SECONDS })
      const together = await load({ ...subject, connections: CONNECTIONS, seconds: SECONDS })
      results[index].latencies.push(...alone.latencies)
      results[index].rates.push(together.per_second)
    }
  const [bare] = results
  for (const [index, { name }] of subjects.entries()) row(name, results[index], bare)
}

async function measurePages({ product, bare, cookies }) {
  heading('Pages')
  const page = (path, cookie) => () => ({ path, headers: cookie ? { cookie } : {} })
  await compare([
    { name: 'bare Hono page', url: bare, target: page('/'), expected: 200 },
    { name: 'home page', url: product, target: page('/'), expected: 200 },
    {
      name: 'my vouchers, signed in',
      url: product,
      target: page('/enterprise/vouchers', cookies.weiguang),
      expected: 200,
    },
  ])
}

async function measureWrites({ product, bare, ledger, cookies }) {
  heading('Writes to one object')
  const post = (path) => () => ({ method: 'POST', path })
  const fields = await hiddenFields(new URL('/enterprise/quota/claim', product), cookies.yunshan)
  await compare([
    { name: 'bare one-row write', url: bare, target: post('/write/one'), expected: 200 },
    {
      name: 'command, no page',
      url: ledger,
      target: post(`/claim/${randomUUID()}`),
      expected: 200,
    },
    {
      name: 'claim through its page',
      url: product,
      target: claim(cookies.yunshan, fields),
      expected: 303,
    },
  ])
}

/** What the form of a page carries beside what is typed. */
async function hiddenFields(page, cookie) {
  const text = await (await fetch(page, { headers: { cookie } })).text()
  const inputs = text.match(/<input[^>]*type="hidden"[^>]*>/g) ?? []
  const read = (input, name) => new RegExp(` ${name}="([^"]*)"`).exec(input)?.[1] ?? ''
  return Object.fromEntries(inputs.map((input) => [read(input, 'name'), read(input, 'value')]))
}

/** 「提交申领」 over one fen, each with a key of its own, as a browser sends it. */
function claim(cookie, fields) {
  const headers = {
    cookie,
    'content-type': 'application/x-www-form-urlencoded',
    'sec-fetch-site': 'same-origin',
  }
  const typed = { ...fields, region: '330106', amount: '0.01' }
  return () => ({
    method: 'POST',
    path: '/enterprise/quota/claim',
    headers,
    body: new URLSearchParams({ ...typed, key: randomUUID() }).toString(),
  })
}

function seconds(since) {
  return ((performance.now() - since) / 1000).toFixed(0)
}
