/** D1's mirror made anew: after random histories, wiped or spoilt, it is what it was. */
import { env } from 'cloudflare:workers'
import * as fc from 'fast-check'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../src/kernel/id.ts'
import { nudge, verifyAll } from '../../src/ledger/client.ts'
import { COMPARED, digestMirror } from '../../src/ledger/digest.ts'
import { countMirror, rebuildPage } from '../../src/ledger/rebuild.ts'
import { newDesk, stubOf, withDb } from './desk.ts'
import type { Desk } from './desk.ts'
import { APRIL, YUNSHAN, claim } from './fixture.ts'
import { anyStep, later, newNaive, tryOn } from './steps.ts'

/** Past everything in the histories, so that no cap of theirs is in the way. */
const FAR = Date.parse('2036-01-01T10:00:00+08:00')

const TABLES = COMPARED.map(({ name }) => name)
const desks = Array.from({ length: 12 }, () => newDesk())
const ids = desks.map(({ enterprise }) => enterprise).sort()
let before: Awaited<ReturnType<typeof digests>>

/** What identity would answer: the enterprises that the product knows. */
const known = (after: string) => Promise.resolve(ids.filter((id) => id > after))

function digests() {
  return Promise.all(ids.map((id) => digestMirror(env.DB, id)))
}

async function run(...queries: string[]): Promise<void> {
  await env.DB.batch(queries.map((query) => env.DB.prepare(query)))
}

const wipe = () => run(...TABLES.map((name) => `DELETE FROM ${name}`))

async function rebuildAll(): Promise<number> {
  let rebuilt = 0
  for (let after: string | null = ''; after !== null;) {
    const page: Awaited<ReturnType<typeof rebuildPage>> = await rebuildPage(env, known, after)
    rebuilt += page.rebuilt
    after = page.after
  }
  return rebuilt
}

/** A history of up to sixty steps, most of which pass. */
async function live(desk: Desk, seed: number): Promise<void> {
  const naive = newNaive(desk.enterprise)
  const redemptions = new Map<string, number>()
  let at = APRIL
  for (const step of fc.sample(anyStep, { numRuns: 60, seed })) {
    at = Math.max(at, later(at, step.days))
    const own = 'enterprise' in step.who && step.who.enterprise === YUNSHAN
    const twin = tryOn(naive, redemptions, own ? { ...step, who: desk.lin } : step, at)
    if (!twin) continue
    const { command, actor } = twin
    await stubOf(desk.enterprise).command({ key: newId(), actor, at, command })
  }
  await nudge(env, desk.enterprise)
}

beforeAll(async () => {
  await Promise.all(desks.map(live))
  // One with more events than a page holds, and more than one page.
  for (let count = 0; count < 100; count += 1) await desks[0]?.must(claim(1))
  await Promise.all(ids.map((id) => nudge(env, id)))
  before = await digests()
})

afterEach(async () => {
  expect(await digests()).toEqual(before)
  const proofs = await verifyAll(env)
  expect(proofs.map(({ enterprise }) => enterprise)).toEqual(ids)
  expect(proofs.flatMap(({ problems }) => problems)).toEqual([])
})

describe('a mirror that', () => {
  test('was wiped is made anew to the byte', async () => {
    const counts = await countMirror(env)
    expect(counts['events']).toBeGreaterThan(300)
    await wipe()
    expect(Object.values(await countMirror(env))).toEqual(TABLES.map(() => 0))
    expect(await rebuildAll()).toBe(12)
    expect(await countMirror(env)).toEqual(counts)
  })

  test('is right stays as it is', async () => {
    expect(await rebuildAll()).toBe(12)
  })

  test('was spoilt all over is set right, and what nobody stands behind is taken out', async () => {
    await run(
      `UPDATE books SET version = version + 5000, lapsed = 7`,
      `UPDATE events SET hash = prev`,
      `DELETE FROM vouchers WHERE rowid % 3 = 0`,
      `UPDATE claims SET enterprise = 'nobody' WHERE rowid % 2 = 0`,
      `INSERT INTO heads VALUES ('00000000-strange', 9, 'hash', 1)`,
    )
    expect(await rebuildAll()).toBe(14)
  })

  test('was half made when the run was cut is made by the next', async () => {
    await wipe()
    await rebuildPage(env, (after) => Promise.resolve(after === '' ? ids.slice(0, 3) : []), '')
    expect(await rebuildAll()).toBe(12)
  })

  test('cannot be reached says so, and nothing of the ledger is lost', async () => {
    const [, ill] = desks
    if (!ill) return
    await withDb(ill, { batch: () => Promise.reject(new Error('D1_ERROR: out of reach')) })
    await expect(rebuildAll()).rejects.toThrow('could not be mirrored')
    await withDb(ill, { batch: env.DB.batch.bind(env.DB) })
    expect(await rebuildAll()).toBe(12)
  })

  test('is made while commands go on misses nothing', async () => {
    await wipe()
    const traffic = async (desk: Desk) => {
      for (let count = 0; count < 20; count += 1) await desk.must(claim(1), desk.lin, FAR)
    }
    const [rebuilt] = await Promise.all([rebuildAll(), ...desks.map(traffic)])
    expect(rebuilt).toBe(12)
    await Promise.all(ids.map((id) => nudge(env, id)))
    before = await digests()
  })
})
