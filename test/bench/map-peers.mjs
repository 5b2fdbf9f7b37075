/** The map's queries on the index inside workerd and on PostgreSQL, their times side by side. */
import { median, percentile } from './load.mjs'
import { startPostgres } from './postgres.mjs'
import { clock } from './stage.mjs'
import { verdict } from './table.mjs'

/** Of each query: samples, each the mean of so many repeats; PostgreSQL's are shorter. */
const SAMPLES = 20
const REPEATS = 50
const PEER_REPEATS = 5

/** What the Worker under measurement answers. */
export async function ask(worker, path, body) {
  const answer = await worker.dispatchFetch(`http://bench.invalid${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
  })
  if (!answer.ok)
    throw new Error(`${path}: ${answer.status} ${(await answer.text()).slice(0, 500)}`)
  return answer.json()
}

/** ms a query, by query: samples with the way to the Worker and back taken off. */
export async function measureIndex(index, queries) {
  const bare = []
  const nothing = { ask: 'nothing', query: queries[0].query }
  for (let sample = 0; sample < 3 * SAMPLES; sample += 1)
    bare.push(await clock(() => ask(index, '/run', { times: REPEATS, run: nothing })))
  const results = []
  for (const { ask: kind, query, zoom } of queries) {
    const run = { ask: kind, query, zoom }
    const answer = await ask(index, '/run', { times: REPEATS, run })
    const samples = []
    for (let sample = 0; sample < SAMPLES; sample += 1) {
      const took = await clock(() => ask(index, '/run', { times: REPEATS, run }))
      samples.push(Math.max(0.001, (took - median(bare)) / REPEATS))
    }
    results.push({ samples, total: answer.total })
  }
  return results
}

export async function measurePeer(folder, corpus, queries) {
  const peer = await startPostgres(folder, rowsOf(corpus))
  console.log(`\nPostgreSQL loaded and indexed in ${peer.seconds.toFixed(1)} s,`)
  console.log(`${(peer.bytes / 1e6).toFixed(0)} MB\n`)
  try {
    return await repeatPeer(peer.client, queries)
  } finally {
    await peer.stop()
  }
}

/** The same documents as rows: what is hidden is left out, as a search would. */
function rowsOf({ organisations, items }) {
  const ordinals = new Map(organisations.map((one, at) => [one.subject, at]))
  const visible = organisations.filter(({ hidden }) => !hidden)
  return {
    organisations: visible.map(
      ({ subject, name, county, rating_percent, instruments, lng, lat }) => [
        ordinals.get(subject),
        name,
        county,
        rating_percent,
        instruments,
        lng,
        lat,
      ],
    ),
    instruments: items.flatMap((item, at) => {
      const house = organisations[ordinals.get(item.organisation)]
      if (item.kind !== 'instrument' || house.hidden) return []
      const { county, rating_percent, lng, lat } = house
      const words = [item.name, item.model, item.maker, item.category, house.name]
      const text = words.join(' ').toLowerCase()
      return [[at, ordinals.get(item.organisation), text, county, rating_percent, lng, lat]]
    }),
  }
}

/**
 * `pages`: the page of a search alone; `samples`: with the number of all, as the index answers, by
 * one statement or by two, whichever is quicker.
 */
async function repeatPeer(client, queries) {
  const results = []
  for (const [at, { sql, count, both }] of queries.entries()) {
    const page = await sampleOf(client, { name: `page ${at}`, ...sql })
    if (!count) {
      results.push({ ...page, pages: page.samples })
      continue
    }
    const whole = await sampleOf(client, { name: `count ${at}`, ...count })
    const apart = page.samples.map((took, place) => took + whole.samples[place])
    const { samples: together } = await sampleOf(client, { name: `both ${at}`, ...both })
    const samples = median(apart) < median(together) ? apart : together
    results.push({ samples, pages: page.samples, total: whole.total })
  }
  return results
}

async function sampleOf(client, prepared) {
  for (let warm = 0; warm < 10; warm += 1) await client.query(prepared)
  const { rows } = await client.query(prepared)
  const samples = []
  for (let sample = 0; sample < SAMPLES; sample += 1) {
    const took = await clock(async () => {
      for (let repeat = 0; repeat < PEER_REPEATS; repeat += 1) await client.query(prepared)
    })
    samples.push(took / PEER_REPEATS)
  }
  return { samples, total: rows[0]?.count === undefined ? null : Number(rows[0].count) }
}

/** Times of each kind side by side; what both count must be the same. */
export function compare(queries, ours, peer) {
  const kinds = [...new Set(queries.map(({ name }) => name))]
  const heads = ['index p50', 'p95', 'PostgreSQL p50', 'p95', 'page alone p50']
  console.log('ms a query'.padEnd(40) + heads.map((head) => head.padStart(16)).join(''))
  const ratios = kinds.map((kind) => {
    const of = (results, part) =>
      results.filter((_, at) => queries[at].name === kind).flatMap((one) => one[part])
    const [mine, theirs] = [of(ours, 'samples'), of(peer, 'samples')]
    const cells = [mine, theirs].flatMap((all) => [median(all), percentile(all, 0.95)])
    const shown = [...cells, median(of(peer, 'pages'))]
    console.log(kind.padEnd(40) + shown.map((ms) => ms.toFixed(3).padStart(16)).join(''))
    return { kind, middle: cells[2] / cells[0], late: cells[3] / cells[1] }
  })
  for (const { kind, middle, late } of ratios) {
    verdict(`${kind}, ×`, middle, { goal: 5 })
    verdict('  the same at p95', late, { goal: 3 })
  }
  verdict('the median kind, × faster', median(ratios.map(({ middle }) => middle)), { goal: 10 })
  const apart = queries.filter(({ ask: kind }, at) => {
    return kind !== 'clusters' && ours[at].total !== peer[at].total
  })
  verdict('totals other than PostgreSQL’s', apart.length, { goal: 0, most: true })
}
