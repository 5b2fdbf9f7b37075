/**
 * `npm run bench:weight`: what the first visit of 「创新地图」 costs on a bad line: bytes as they
 * travel, requests, and the time until base map, markers and list are there and the page answers.
 * Chromium with slow 4G and a four times slower processor, an empty cache each time.
 */
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findChromium, HOW } from '../demo/chromium.mjs'
import { underOwnNode } from '../demo/first.mjs'

await underOwnNode(fileURLToPath(import.meta.url))
const { chromium } = await import('playwright-core')
const { buildAll, makeState, varsFor } = await import('../demo/instance.mjs')
const { freePort, NIGHTLY, secretsOf, startWorker } = await import('../demo/runtime.mjs')

const VISITS = 5
const BYTES_MAX = 150 * 1024
const REQUESTS_MAX = 12
const INTERACTIVE_MS_MAX = 3_000
/** Slow 4G: milliseconds there and back, bytes a second. */
const LINE = {
  offline: false,
  latency: 562,
  downloadThroughput: 1_440_000 / 8,
  uploadThroughput: 675_000 / 8,
}
const PROCESSOR = 4
const VIEWS = { desk: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } }

const folder = await mkdtemp(join(tmpdir(), 'voucher-weight-'))
try {
  await main()
} finally {
  await rm(folder, { recursive: true, force: true })
}

async function main() {
  const executablePath = findChromium()
  if (!executablePath) throw new Error(HOW)
  const port = await freePort()
  const secrets = secretsOf(join(folder, 'secrets'))
  const vars = varsFor({ port, portalPort: await freePort(), secrets })
  const script = await buildAll()
  const state = process.env.STATE_DIR ? await copied(process.env.STATE_DIR) : join(folder, 'state')
  if (!process.env.STATE_DIR) await makeState(state, vars)
  const worker = await startWorker({ script, vars, state, port })
  // The map's index as a night would have left it.
  const { scheduled } = await worker.getWorker()
  await scheduled({ scheduledTime: new Date(), cron: NIGHTLY })
  const args = ['--no-sandbox', '--disable-dev-shm-usage', '--no-proxy-server']
  const browser = await chromium.launch({ executablePath, args })
  try {
    for (const [name, viewport] of Object.entries(VIEWS))
      await measure(browser, vars, name, viewport)
  } finally {
    await browser.close()
    await worker.dispose()
  }
}

async function copied(from) {
  const to = join(folder, 'state')
  await cp(from, to, { recursive: true })
  return to
}

async function measure(browser, { ORIGIN }, name, viewport) {
  const visits = []
  // The first fills the caches of the Worker, as a visitor before would have.
  for (let visit = 0; visit <= VISITS; visit += 1) {
    const context = await browser.newContext({ viewport, baseURL: ORIGIN })
    visits.push(await visitMap(await context.newPage()))
    await context.close()
  }
  const counted = visits.slice(1)
  const bytes = Math.max(...counted.map((one) => one.bytes))
  const requests = Math.max(...counted.map((one) => one.requests.length))
  const times = counted.map((one) => one.interactive)
  const interactive = median(times)
  console.log(`${name} ${viewport.width} × ${viewport.height}`)
  for (const one of counted.at(-1).requests)
    console.log(`  ${kib(one.bytes).padStart(6)} KB  ${one.url.replace(ORIGIN, '')}`)
  tell('KB in all', kib(bytes), kib(BYTES_MAX), bytes <= BYTES_MAX)
  tell('requests', requests, REQUESTS_MAX, requests <= REQUESTS_MAX)
  const spread = `${Math.min(...times)}–${Math.max(...times)}`
  tell(
    `ms until interactive (${spread})`,
    interactive,
    INTERACTIVE_MS_MAX,
    interactive <= INTERACTIVE_MS_MAX,
  )
}

/** What travelled until the page rested, and when it could be used. */
async function visitMap(page) {
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  await session.send('Network.emulateNetworkConditions', LINE)
  await session.send('Emulation.setCPUThrottlingRate', { rate: PROCESSOR })
  const requests = new Map()
  session.on('Network.requestWillBeSent', ({ requestId, request: { url } }) =>
    requests.set(requestId, { url, bytes: 0 }),
  )
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const request = requests.get(requestId)
    if (request) request.bytes = encodedDataLength
  })
  await page.addInitScript(watchTasks)
  await page.goto('/map')
  await page.waitForFunction(() => performance.getEntriesByName('map-ready').length > 0)
  await page.waitForTimeout(1500)
  const interactive = await page.evaluate(() => {
    const [ready] = performance.getEntriesByName('map-ready')
    // A task that runs across the mark, or after it, still holds the page.
    const busy = globalThis.tasks.filter(({ end }) => end > ready.startTime)
    return Math.round(Math.max(ready.startTime, ...busy.map(({ end }) => end)))
  })
  const shown = await page.locator('.spot').count()
  if (shown === 0) throw new Error('There are no markers on the map.')
  const all = [...requests.values()].filter(({ url }) => url.startsWith('http'))
  return { requests: all, bytes: all.reduce((sum, one) => sum + one.bytes, 0), interactive }
}

/** Runs in the page: keeps when its long tasks ended. */
function watchTasks() {
  globalThis.tasks = []
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries())
      globalThis.tasks.push({ end: startTime + duration })
  }).observe({ type: 'longtask', buffered: true })
}

function tell(what, value, limit, kept) {
  console.log(`  ${kept ? '✓' : '✗'} ${value} ${what}, at most ${limit}`)
  if (!kept) process.exitCode = 1
}

function kib(bytes) {
  return (bytes / 1024).toFixed(1)
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]
}
