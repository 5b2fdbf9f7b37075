/**
 * What must hold once everything has healed and nobody has asked for anything: read straight from
 * the storages, so that looking wakes nobody.
 */
import type { Auditor } from './auditor.ts'
import { sorted } from './events.ts'
import type { Ledger } from './events.ts'
import type { Host } from './host.ts'
import type { Network } from './network.ts'
import type { World } from './world.ts'

/** The mirror's tables and the columns that name a row beside its enterprise. */
const MIRRORED = {
  events: 'seq',
  books: 'region, year',
  claims: 'id',
  vouchers: 'id',
  redemptions: 'id',
}
type Table = keyof typeof MIRRORED

export function checkRest(world: World, network: Network, auditor: Auditor): void {
  for (const [enterprise, ledger] of auditor.ledgers) {
    const host = network.hosts.get(`ent:${enterprise}`)
    // One that crashed before its first commit has nothing, and nobody was told otherwise.
    if (!host?.storage.isMade()) continue
    checkMirror(world, network, host, enterprise)
    checkReserving(world, host)
    checkHistory(world, host, ledger)
    checkRows(world, host, ledger)
    checkSums(world, host)
  }
}

/** Row by row and column by column as D1 has them. */
function checkMirror(world: World, network: Network, host: Host, enterprise: string): void {
  for (const table of Object.keys(MIRRORED) as Table[]) {
    const query = `SELECT * FROM ${table}`
    const order = `ORDER BY ${MIRRORED[table]}`
    const there = network.mirror.database.all(`${query} WHERE enterprise = ? ${order}`, [
      enterprise,
    ])
    const here = host.storage.database.all(`${query} ${order}`)
    world.check(here.length === there.length, 'I12', () => {
      return `${enterprise} has ${here.length} ${table}, D1 ${there.length}`
    })
    for (const [index, row] of there.entries()) {
      const { enterprise: _enterprise, ...columns } = row
      const own = here[index] ?? {}
      const names = Object.keys(columns)
      const same = names.every((name) => own[name] === columns[name])
      world.check(same, 'I12', () => {
        return `${enterprise} ${table}: ${sorted(own)}, in D1 ${sorted(row)}`
      })
    }
  }
}

function checkReserving(world: World, { name, storage }: Host): void {
  const query = `SELECT claim FROM reservations WHERE state = 'reserving'`
  const claims = storage.database.all(query)
  world.check(claims.length === 0, 'reserving', () => `${name} still reserves ${sorted(claims)}`)
  const errands = storage.database.all('SELECT seq FROM errands WHERE done_at IS NULL')
  world.check(errands.length === 0, 'errand', () => `${name} has not told ${sorted(errands)}`)
}

/** Events and answers are those that were seen when they were written. */
function checkHistory(world: World, { name, storage }: Host, ledger: Ledger): void {
  const hashes = storage.database.all('SELECT hash FROM events ORDER BY seq')
  const same = sorted(hashes.map(({ hash }) => hash ?? null)) === sorted(ledger.hashes)
  world.check(same, 'I7', () => `${name}: events have changed since they were written`)
  const answers = storage.database.all('SELECT key, answer FROM answers')
  const kept = new Map(answers.map(({ key, answer }) => [key, answer]))
  for (const [key, { answer }] of ledger.settled)
    world.check(kept.get(key) === answer, 'I9', () => `${name}: the answer to ${key} is gone`)
}

/** Every voucher, redemption and claim is what its history came to. */
function checkRows(world: World, { name, storage }: Host, { twin }: Ledger): void {
  const vouchers = storage.database.all(`SELECT id, number, region AS county, year,
    amount_fen AS fen, carrier, payee, state, redemption, coalesce(paid_fen, 0) AS paid
    FROM vouchers ORDER BY id`)
  const papers = [...twin.papers.values()]
    .map(({ stage: _stage, lost: _lost, ...paper }) => paper)
    .sort(byId)
  const same = sorted(vouchers) === sorted(papers)
  world.check(same, 'I7', () => `${name}: ${sorted(vouchers)}, not ${sorted(papers)}`)
  const rows = storage.database.all('SELECT id, voucher, state FROM redemptions ORDER BY id')
  const redemptions = [...twin.redemptions]
    .map(([id, redemption]) => ({ id, ...redemption }))
    .sort(byId)
  world.check(sorted(rows) === sorted(redemptions), 'I15', () => `${name}: ${sorted(rows)}`)
  const live = rows.filter(({ state }) => state === 'in_review').map(({ voucher }) => voucher)
  world.check(new Set(live).size === live.length, 'I15', () => `${name}: two live redemptions`)
}

/** The books sum to zero with their contra, by the legs alone. */
function checkSums(world: World, { name, storage }: Host): void {
  const sums = storage.database.all(`SELECT region, year, sum(amount_fen) AS fen FROM legs
    GROUP BY region, year HAVING fen <> 0`)
  world.check(sums.length === 0, 'I1', () => `${name}: ${sorted(sums)}`)
}

function byId(one: { id: string }, other: { id: string }): number {
  return one.id < other.id ? -1 : 1
}
