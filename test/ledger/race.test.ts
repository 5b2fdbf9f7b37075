/**
 * Races for one budget with faults at every step between the enterprises and their region: objects
 * die before and after the lease, answers are lost, half of those who failed never come back. No
 * instant finds more than the budget used, and once everybody's alarm has rung all agree.
 */
import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import { readSums } from '../../src/budget/client.ts'
import type { RegionBudget } from '../../src/budget/object.ts'
import { usedOf } from '../../src/budget/rules.ts'
import { compareBudget, post } from '../../src/ledger/client.ts'
import type { Envelope } from '../../src/ledger/client.ts'
import { YEAR, asked, budgetOf, later, newCounty, ring, sound, under } from './county.ts'
import { newDesk } from './desk.ts'
import type { Desk } from './desk.ts'
import { TODAY, yuan } from './fixture.ts'

const ROUNDS = 4
const ENTERPRISES = 40
/** Yuan: each asks for 1,000, together for 1.6 times the budget. */
const BUDGET = 25_000
const FAULTS = ['none', 'none', 'dies before', 'dies after', 'answer lost', 'region dies'] as const
type Fault = (typeof FAULTS)[number]

/** Numbers that follow from a seed, 0 up to 1. */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32
    return state / 2 ** 32
  }
}

type Lease = RegionBudget['lease']

/** The way of one lease with a fault on it. */
function way(county: string, fault: Fault, state: DurableObjectState) {
  return async (...ask: Parameters<Lease>): Promise<unknown> => {
    if (fault === 'dies before') state.abort('the object died')
    const answer = await budgetOf(county).lease(...ask)
    if (fault === 'dies after') state.abort('the object died')
    if (fault === 'region dies')
      await runInDurableObject(budgetOf(county), (_object, region) =>
        region.abort('the region died'),
      ).catch(() => undefined)
    if (fault === 'answer lost') throw new Error('the answer was lost')
    return answer
  }
}

/** Asks once over a faulty way; true where the answer says what became of the claim. */
async function tryOnce(desk: Desk, county: string, envelope: Envelope, fault: Fault) {
  try {
    const answer = await runInDurableObject(desk.stub, async (ledger, state) => {
      const lease = way(county, fault, state)
      if (fault !== 'none')
        Reflect.set(ledger, 'env', { ...env, BUDGET: { getByName: () => ({ lease }) } })
      const said = await ledger.claim(envelope)
      Reflect.set(ledger, 'env', env)
      return said
    })
    return (JSON.parse(answer) as { code?: string }).code !== 'unavailable'
  } catch {
    return false
  }
}

/** Everybody asks at once; half of those who heard nothing ask again. Answers who they were. */
async function race(county: string, random: () => number): Promise<Desk[]> {
  const desks = Array.from({ length: ENTERPRISES }, () => newDesk())
  await Promise.all(
    desks.map(async (desk) => {
      const envelope = asked(desk, under(county, BUDGET, 1_000))
      const fault = FAULTS[Math.floor(random() * FAULTS.length)] ?? 'none'
      const returns = random() < 0.5
      const heard = await tryOnce(desk, county, envelope, fault)
      const { leased_fen, spent_fen } = (await readSums(env, { region: county, year: YEAR })) ?? {}
      expect((leased_fen ?? 0) + (spent_fen ?? 0)).toBeLessThanOrEqual(yuan(BUDGET))
      if (!heard && returns) await post(env, desk.enterprise, envelope)
    }),
  )
  return desks.map(({ enterprise }) => newDesk(enterprise))
}

test(`${ROUNDS} races of ${ENTERPRISES} grant what there is and strand nothing`, async () => {
  for (let round = 1; round <= ROUNDS; round += 1) {
    const county = newCounty()
    const desks = await race(county, randomOf(round))
    // Some time later the region asks about what was never settled, and the ledgers tell.
    await later(county)
    for (const desk of desks) {
      await desk.rows(`UPDATE reservations SET reserved_at = 0 WHERE state = 'reserving'`)
      await ring(desk)
    }
    const sums = await budgetOf(county).state()
    if (!sums) throw new Error('the region does not know')
    const granted = await Promise.all(
      desks.map(async (desk) => (await desk.rows('SELECT * FROM claims')).length),
    )
    const granted_fen = granted.reduce((fen, claims) => fen + claims * yuan(1_000), 0)
    expect(sums).toMatchObject({ leased_fen: 0, spent_fen: granted_fen })
    expect(usedOf(sums)).toBeLessThanOrEqual(yuan(BUDGET))
    expect(granted_fen).toBeGreaterThan(yuan(BUDGET / 2))
    // What was freed may be claimed again, to the last fen.
    for (let left = BUDGET - granted_fen / 100; left > 0; left -= 1_000)
      expect(await newDesk().tell(under(county, BUDGET, 1_000))).toMatchObject({ ok: true })
    expect(await newDesk().tell(under(county, BUDGET, 1_000))).toMatchObject({
      code: 'exceeds_budget',
    })
    expect(await compareBudget(env, { region: county, year: YEAR }, TODAY)).toEqual([])
    for (const desk of desks.slice(0, 5)) expect(await sound(desk, county)).toEqual([])
  }
}, 60_000)
