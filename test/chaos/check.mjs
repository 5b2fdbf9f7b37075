/**
 * What must hold when the load is over: nothing acknowledged is lost, nothing is done twice, chains
 * have no gap, books sum to zero, budgets are not passed, and D1 has come up by itself. Everything
 * is reckoned anew here, from the events.
 */
import { setTimeout as wait } from 'node:timers/promises'
import { nameOf, YEAR } from './enterprise.mjs'

const AT_A_TIME = 25
/** How long D1 may take to have everything, without anybody asking. */
const MIRROR_MS_MAX = 30_000
/** What is the time's and the county's doing, and no client's. */
const OWN = new Set(['close_year', 'reserve', 'abandon'])
const ACCOUNTS = ['available', 'unconfirmed', 'confirmed', 'in_review', 'paid', 'lapsed']
const STATES = { issue: 'unconfirmed', confirm: 'confirmed', submit: 'in_review' }

/**
 * Waits without traffic until `claims_ms` after the start for claims that are still reserving.
 * Takes what D1 holds after thirty seconds at most, and only then wakes the ledgers to compare.
 */
export async function check(url, enterprises, counties, claims_ms) {
  const started = performance.now()
  await settled(url)
  const lag_s = (performance.now() - started) / 1000
  const free = enterprises.filter(({ caps }) => !caps.budget)
  const budgeted = enterprises.filter(({ caps }) => caps.budget)
  const early = await inParts(url, '/mirrors', free)
  await wait(Math.max(0, claims_ms - (performance.now() - started)))
  const mirrors = [...early, ...(await inParts(url, '/mirrors', budgeted))]
  const ledgers = await inParts(url, '/ledgers', [...free, ...budgeted])
  const findings = [...free, ...budgeted].flatMap((enterprise, index) =>
    compare(enterprise, mirrors[index], ledgers[index]).map((what) => `${enterprise.id}: ${what}`),
  )
  const claimed = claimedByCounty(budgeted, ledgers.slice(free.length))
  for (const county of counties.filter(({ budget_fen }) => budget_fen !== null))
    findings.push(...(await checkBudget(url, county, claimed[county.region] ?? 0)))
  const events = mirrors.reduce((sum, mirror) => sum + mirror.events.length, 0)
  return { findings, lag_s, events }
}

/** Until D1 has got nothing new for two seconds, thirty at most. */
async function settled(url) {
  const until = performance.now() + MIRROR_MS_MAX
  for (let before = -1, still = 0; still < 4 && performance.now() < until;) {
    const { events } = await ask(url, '/mirrored')
    still = events === before ? still + 1 : 0
    before = events
    await wait(500)
  }
}

function compare(enterprise, mirror, { digest, proof, ledger }) {
  const findings = [...proof.problems]
  for (const [table, { rows, hash }] of Object.entries(digest)) {
    const there = mirror.digest[table]
    if (there?.hash !== hash)
      findings.push(`D1 holds ${there?.rows ?? 0} ${table}, the ledger ${rows}`)
  }
  const reserving = ledger.ungranted.filter(({ state }) => state === 'reserving')
  if (reserving.length > 0) findings.push(`${reserving.length} claims are reserving still`)
  const events = mirror.events.map((event) => ({ ...event, payload: JSON.parse(event.payload) }))
  return [...findings, ...compareEvents(enterprise, events), ...compareBooks(events, ledger.books)]
}

/** Every acknowledged success stands once, every refusal never, and nothing else was done. */
function compareEvents({ asked }, events) {
  const findings = []
  const done = new Map()
  for (const [index, { seq, kind, voucher, payload }] of events.entries()) {
    if (seq !== index + 1) findings.push(`event ${index + 1} is numbered ${seq}`)
    if (OWN.has(kind)) continue
    const name = nameOf(kind, { voucher, ...payload })
    if (done.has(name)) findings.push(`done twice: ${name}`)
    if (!asked.has(name)) findings.push(`nobody asked for: ${name}`)
    done.set(name, seq)
  }
  for (const [name, text] of asked) {
    const { ok, value } = text ? JSON.parse(text) : {}
    if (ok === true && done.get(name) !== value.seq) findings.push(`lost: ${name} ${text}`)
    if (ok === false && done.has(name)) findings.push(`refused and yet done: ${name} ${text}`)
  }
  return findings
}

/** All balances from nothing but what happened to each voucher. */
function compareBooks(events, books) {
  if (events.length === 0) return []
  const fen = Object.fromEntries(ACCOUNTS.map((account) => [account, 0]))
  let claimed = 0
  const vouchers = new Map()
  const redemptions = new Map()
  for (const { kind, voucher: id, payload } of events) {
    if (kind === 'claim') claimed += payload.amount_fen
    if (kind === 'hand_back') claimed -= payload.amount_fen
    if (kind === 'issue') vouchers.set(id, { face: payload.amount_fen, paid: 0 })
    if (kind === 'submit') redemptions.set(payload.redemption, id)
    const voucher = vouchers.get(id ?? redemptions.get(payload.redemption))
    if (!voucher) continue
    const back = kind === 'withdraw' || kind === 'return'
    voucher.state = back ? 'confirmed' : STATES[kind]
    if (kind === 'approve') voucher.paid = payload.paid_fen
  }
  for (const { state, face, paid } of vouchers.values()) {
    if (state) fen[state] += face
    fen.paid += paid
  }
  const held = Object.values(fen).reduce((sum, one) => sum + one, 0)
  fen.available = claimed - held
  if (books.length === 0) return claimed === 0 ? [] : ['no book']
  const [{ accounts, claimed_fen }] = books
  const wrong = ACCOUNTS.filter((account) => accounts[account] !== fen[account])
  const findings = wrong.map((name) => `${name} is ${accounts[name]}, events say ${fen[name]}`)
  if (claimed_fen !== claimed) findings.push(`claimed is ${claimed_fen}, events say ${claimed}`)
  const sum = ACCOUNTS.reduce((all, account) => all + accounts[account], 0)
  if (sum !== claimed_fen) findings.push(`the book sums to ${sum - claimed_fen}`)
  return findings
}

function claimedByCounty(enterprises, ledgers) {
  const claimed = {}
  for (const [index, { region }] of enterprises.entries())
    for (const { claimed_fen } of ledgers[index].ledger.books)
      claimed[region] = (claimed[region] ?? 0) + claimed_fen
  return claimed
}

/** At rest nothing is leased, and what the budget counts is what its ledgers hold. */
async function checkBudget(url, { region, budget_fen }, claimed_fen) {
  const { sums, problems } = await ask(url, `/budgets/${region}/${YEAR}`)
  const { unleased_fen, leased_fen, spent_fen, returned_fen } = sums
  const used_fen = unleased_fen + leased_fen + spent_fen - returned_fen
  const findings = [...problems]
  if (leased_fen !== 0) findings.push(`${leased_fen} fen are leased to nobody`)
  if (used_fen > budget_fen) findings.push(`${used_fen} of ${budget_fen} fen are used`)
  if (used_fen !== claimed_fen)
    findings.push(`${used_fen} fen are used, the ledgers claimed ${claimed_fen}`)
  return findings.map((what) => `budget of ${region}: ${what}`)
}

/** Between two lives: what stands against each budget never passes it. */
export async function checkBudgets(url, counties) {
  const findings = []
  for (const { region, budget_fen } of counties) {
    if (budget_fen === null) continue
    const { sums } = await ask(url, `/budgets/${region}/${YEAR}`)
    const used_fen = sums.unleased_fen + sums.leased_fen + sums.spent_fen - sums.returned_fen
    if (used_fen > budget_fen) findings.push(`budget of ${region}: ${used_fen} of ${budget_fen}`)
  }
  return findings
}

async function inParts(url, path, enterprises) {
  const answers = []
  for (let from = 0; from < enterprises.length; from += AT_A_TIME) {
    const ids = enterprises.slice(from, from + AT_A_TIME).map(({ id }) => id)
    answers.push(...(await ask(url, path, ids)))
  }
  return answers
}

async function ask(url, path, body) {
  const sent = body && { method: 'POST', body: JSON.stringify(body) }
  const answer = await fetch(new URL(path, url), sent)
  if (!answer.ok)
    throw new Error(`${path}: ${answer.status} ${(await answer.text()).slice(0, 500)}`)
  return answer.json()
}
