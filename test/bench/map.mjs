/**
 * `npm run bench:map`: the map's index at full size inside workerd beside PostgreSQL with PostGIS
 * and pg_trgm on the same documents, whole map moves beside a bare JSON answer, and two hundred
 * random searches against a scan of everything. On this machine's loopback alone.
 */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { ROOT, underOwnNode } from '../demo/first.mjs'
import { FULL, LoadCorpus } from './corpus.mjs'
import { load, median } from './load.mjs'
import { ask, compare, measureIndex, measurePeer } from './map-peers.mjs'
import { mixedQueries } from './map-queries.mjs'
import { expectPostgres } from './postgres.mjs'
import { randomQueries, Scan } from './naive.mjs'
import { onStage, secrets } from './stage.mjs'
import { verdict } from './table.mjs'

await underOwnNode(fileURLToPath(import.meta.url))
const { varsFor } = await import('../demo/instance.mjs')
const { build } = await import('../demo/build.mjs')
const { buildWorker, freePort, migrate, startWorker } = await import('../demo/runtime.mjs')

/** A share of the full size, for a quick look: `--share 0.1`. */
const { values } = parseArgs({ options: { share: { type: 'string', default: '1' } } })
const share = Number(values.share)
const TIME_MS_MAX = 1_500_000
/** Documents of one request. */
const CHUNK = 5_000
const RANDOM_SEARCHES = 200

await onStage('bench-map', TIME_MS_MAX, main)

async function main(stage) {
  expectPostgres()
  const corpus = makeCorpus()
  const workers = await prepare(stage)
  const queries = mixedQueries(corpus)
  await fillIndex(workers.index, corpus)
  await equalToScan(workers.index, corpus)
  const ours = await measureIndex(workers.index, queries)
  const peer = await measurePeer(join(stage.folder, 'pg'), corpus, queries)
  compare(queries, ours, peer)
  await measureMoves(stage, workers, corpus)
}

function makeCorpus() {
  const size = Object.fromEntries(
    Object.entries(FULL).map(([name, count]) => [name, Math.round(count * share)]),
  )
  const corpus = timed('drawn', () => new LoadCorpus(size))
  const items = [...corpus.services(), ...corpus.instruments()]
  console.log(`${size.organisations} organisations, ${items.length} items\n`)
  return { organisations: corpus.organisations, items }
}

/** The index and the product share one state; the bare Worker has nothing. */
async function prepare({ folder, running }) {
  const port = await freePort()
  const vars = varsFor({ port, portalPort: await freePort(), secrets: secrets() })
  const state = join(folder, 'state')
  const builds = [
    buildWorker('test/bench/map-worker.ts', join(ROOT, 'dist/bench/map')),
    buildWorker('src/index.ts', join(ROOT, 'dist/bench/product')),
    buildWorker('test/bench/bare-worker.ts', join(ROOT, 'dist/bench/bare')),
    migrate(state),
    build(),
  ]
  await Promise.allSettled(builds)
  const [index, product, bare] = await Promise.all(builds)
  const started = await startWorker({ script: index, vars, state })
  running.push(started)
  return {
    index: started,
    vars,
    port,
    state,
    product,
    bare,
  }
}

async function fillIndex(index, { organisations, items }) {
  const plain = organisations.map(documentOf)
  const [filled] = await timedAsync(async () => {
    for (const part of chunks(plain)) await ask(index, '/fill', { organisations: part })
    for (const part of chunks(items)) await ask(index, '/fill', { items: part })
  })
  const [built] = await timedAsync(() => ask(index, '/build', {}))
  const shards = await shardsOf(index)
  const bytes = shards.reduce((sum, { size }) => sum + size, 0)
  console.log(`D1 filled in ${filled.toFixed(1)} s, ${shards.length} shards built in`)
  console.log(`${built.toFixed(1)} s, ${(bytes / 1e6).toFixed(1)} MB as they lie in memory\n`)
  verdict('megabytes of all shards', bytes / 2 ** 20, { goal: 60, most: true })
}

/** What the corpus keeps for its own drawing is no part of a document. */
function documentOf(organisation) {
  const doc = { ...organisation }
  for (const own of ['owns', 'services', 'instruments']) delete doc[own]
  return doc
}

async function shardsOf(index) {
  const bucket = await index.getR2Bucket('FILES')
  const { objects } = await bucket.list({ prefix: 'atlas/' })
  return objects.filter(({ size, key }) => size > 0 && !key.endsWith('.json'))
}

async function equalToScan(index, corpus) {
  const scan = new Scan(corpus)
  let apart = 0
  for (const query of randomQueries(corpus, RANDOM_SEARCHES)) {
    const run = { ask: 'search', query }
    const answer = await ask(index, '/run', { times: 1, run })
    const said = { total: answer.total, hits: answer.hits.map(({ subject }) => subject) }
    const wanted = scan.search(query)
    if (JSON.stringify(said) === JSON.stringify(wanted)) continue
    apart += 1
    if (apart < 4) console.log(JSON.stringify({ query, said, wanted }))
  }
  verdict(`of ${RANDOM_SEARCHES} searches other than the scan`, apart, { goal: 0, most: true })
  if (apart > 0) process.exitCode = 1
}

/** A move of the map: its clusters through the whole product, by turns with bare JSON. */
async function measureMoves(stage, workers, { organisations }) {
  const { index, vars, port, state, product, bare } = workers
  const { folder, running } = stage
  await index.dispose()
  const started = await startWorker({ script: product, vars, state, port })
  running.push(started)
  const other = await startWorker({ script: bare, vars, state: join(folder, 'bare') })
  running.push(other)
  const [url, bareUrl] = [(await started.ready).href, (await other.ready).href]
  const views = organisations.slice(0, 40).map(({ lng, lat }) => moveTo(lng, lat))
  let turn = 0
  const move = () => ({ path: views[(turn += 1) % views.length] })
  const rates = { move: [], bare: [] }
  for (let round = 0; round < 5; round += 1) {
    const one = { connections: 16, seconds: 2, expected: 200 }
    rates.bare.push(
      (await load({ ...one, url: bareUrl, target: () => ({ path: '/json' }) })).per_second,
    )
    rates.move.push((await load({ ...one, url, target: move })).per_second)
  }
  const [moves, bares] = [median(rates.move), median(rates.bare)]
  console.log(`\n${Math.round(moves)} map moves a second, ${Math.round(bares)} bare JSON answers\n`)
  verdict('map moves ÷ bare JSON answers', moves / bares, { goal: 0.5 })
}

function moveTo(lng, lat) {
  const edges = [lng - 0.45, lat - 0.3, lng + 0.45, lat + 0.3].map((edge) => edge.toFixed(4))
  return `/api/map/clusters?kind=instrument&box=${edges.join()}&zoom=10`
}

function* chunks(list) {
  for (let at = 0; at < list.length; at += CHUNK) yield list.slice(at, at + CHUNK)
}

async function timedAsync(work) {
  const started = performance.now()
  const answer = await work()
  return [(performance.now() - started) / 1000, answer]
}

function timed(name, work) {
  const started = performance.now()
  const answer = work()
  console.log(`${name} in ${((performance.now() - started) / 1000).toFixed(1)} s`)
  return answer
}
