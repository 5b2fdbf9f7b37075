/**
 * Commands on one enterprise and over two thousand, mirrors included, beside bare one-row writes,
 * and how long D1 trails behind at sixty commands a second. Over two thousand twice: from ledgers
 * that the runtime has put away, which it must open first, and going on with those awake.
 */
import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { load, median, percentile } from './load.mjs'
import { heading, row, verdict } from './table.mjs'

const ENTERPRISES = 2000
/** How many of them a smaller round goes over. */
const FEW = 200
const OPENING_SECONDS_MAX = 80
const CONNECTIONS = 32
const ROUNDS = 3
/** A runtime puts an object away after ten idle seconds, which the next subject must not pay. */
const ASLEEP_MS = 12_000
const PACE_PER_SECOND = 60
const PACED_SECONDS = 12
/** Every so many enterprises one is proved afterwards. */
const PROVE_EVERY = 20

/** Rates are medians of the rounds; ratios are taken within a round, because rounds differ. */
export async function measureThroughput({ bare, ledger }) {
  const started = performance.now()
  const enterprises = await open(ledger)
  const opened_s = ((performance.now() - started) / 1000).toFixed(0)
  const count = enterprises.length.toLocaleString('en')
  console.log(`\n${count} ledgers opened in ${opened_s} s by a first command each.`)
  const names = endless(enterprises)
  const few = endless(enterprises.slice(0, FEW))
  const rounds = []
  for (let round = 0; round < ROUNDS; round += 1)
    rounds.push(await measureRound({ bare, ledger }, names, few))
  const of = (subject) => ({
    latencies: rounds.flatMap((round) => round[subject].latencies),
    rates: rounds.map((round) => round[subject].per_second),
  })
  const over = (one, other) =>
    median(rounds.map((round) => round[one].per_second / round[other].per_second))
  heading(`${CONNECTIONS} at once`)
  row('bare writes, one object', of('bare'))
  row('commands, one enterprise', of('hot'), of('bare'))
  row(`bare writes, ${count} objects`, of('wide'))
  row(`commands, ${FEW} enterprises`, of('few'), of('wide'))
  row(`${count} enterprises, asleep`, of('asleep'), of('wide'))
  row(`${count} enterprises, going on`, of('spread'), of('wide'))
  const lags = await measureLag(ledger, names)
  heading(`${PACE_PER_SECOND} a second`)
  row('from sending to D1', { latencies: lags, rates: [lags.length / PACED_SECONDS] })
  console.log('')
  verdict('commands ÷ bare writes, one enterprise', over('hot', 'bare'), { goal: 0.6 })
  verdict(`commands, ${count} ÷ one`, over('spread', 'hot'), { goal: 0.5, floor: 0.25 })
  verdict('the same, ledgers asleep before', over('asleep', 'hot'), { goal: 0.5, floor: 0.25 })
  verdict('mirror lag, p99, seconds', percentile(lags, 0.99) / 1000, { goal: 2, most: true })
  await prove(
    ledger,
    enterprises.filter((_, index) => index % PROVE_EVERY === 0),
  )
}

function endless(names) {
  let turn = 0
  return () => names[turn++ % names.length]
}

/** A ledger's first command makes its tables, once in its life. Fewer where the disk is slow. */
async function open(url) {
  const until = performance.now() + OPENING_SECONDS_MAX * 1000
  const opened = []
  let begun = 0
  const work = async () => {
    while (begun < ENTERPRISES && performance.now() < until) {
      begun += 1
      const name = randomUUID()
      await claim(url, name)
      opened.push(name)
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, work))
  return opened
}

async function measureRound({ bare, ledger }, names, few) {
  const run = (url, path, seconds) =>
    load({
      url,
      target: () => ({ method: 'POST', path: path() }),
      expected: 200,
      connections: CONNECTIONS,
      seconds,
    })
  const hot = randomUUID()
  await wait(ASLEEP_MS)
  return {
    bare: await run(bare, () => `/write/${hot}`, 2),
    wide: await run(bare, () => `/write/${names()}`, 3),
    hot: await mirrored(ledger, () => run(ledger, () => `/claim/${hot}`, 6)),
    few: await mirrored(ledger, () => run(ledger, () => `/claim/${few()}`, 4)),
    asleep: await mirrored(ledger, () => run(ledger, () => `/claim/${names()}`, 8)),
    spread: await mirrored(ledger, () => run(ledger, () => `/claim/${names()}`, 8)),
  }
}

/** The clock stops when D1 has every event. */
async function mirrored(ledger, run) {
  await drained(ledger, 0)
  const before = await countMirrored(ledger)
  const started = performance.now()
  const result = await run()
  await drained(ledger, before + result.count)
  return { ...result, per_second: (result.count * 1000) / (performance.now() - started) }
}

/** Until D1 holds so many events, and no more have come for half a second where none are due. */
async function drained(ledger, events) {
  if (events > 0) {
    while ((await countMirrored(ledger)) < events) await wait(25)
    return
  }
  for (let last = -1, now = await countMirrored(ledger); now !== last;) {
    await wait(500)
    last = now
    now = await countMirrored(ledger)
  }
}

/** A command each 1/60 s, whatever the others do; answers ms from sending to the row in D1. */
async function measureLag(ledger, names) {
  await drained(ledger, 0)
  const sent_at = new Map()
  const lags = []
  let { after } = await (await fetch(new URL('/seen?after=-1', ledger))).json()
  const look = async () => {
    const { rows, after: last } = await (
      await fetch(new URL(`/seen?after=${after}`, ledger))
    ).json()
    const now = performance.now()
    after = last
    for (const name of rows) if (sent_at.has(name)) lags.push(now - sent_at.get(name))
  }
  const count = PACE_PER_SECOND * PACED_SECONDS
  const started = performance.now()
  const claims = []
  while (lags.length < count) {
    const due = Math.floor(((performance.now() - started) / 1000) * PACE_PER_SECOND)
    for (; claims.length < Math.min(due, count);) {
      const name = names()
      sent_at.set(name, performance.now())
      claims.push(claim(ledger, name))
    }
    await look()
    await wait(10)
  }
  await Promise.all(claims)
  return lags
}

async function claim(url, name) {
  const answer = await fetch(new URL(`/claim/${name}`, url), { method: 'POST' })
  if (!answer.ok) throw new Error(`claim: ${answer.status} ${await answer.text()}`)
  await answer.arrayBuffer()
}

async function countMirrored(url) {
  const { events } = await (await fetch(new URL('/mirrored', url))).json()
  return events
}

async function prove(url, enterprises) {
  const body = JSON.stringify(enterprises)
  const { broken } = await (await fetch(new URL('/proof', url), { method: 'POST', body })).json()
  if (broken.length > 0) throw new Error(`broken: ${JSON.stringify(broken.slice(0, 3))}`)
  console.log(`${enterprises.length} of the ledgers proved afterwards, D1 agrees with each.`)
}
