/**
 * Random histories through the real object, with replays, evictions and a D1 that fails now and
 * then. After each command its answer and all balances agree with the naive ledger; at the end the
 * proof holds and D1 agrees.
 */
import { evictDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { newId } from '../../src/kernel/id.ts'
import { compareMirror, nudge, readLedger, verifyLedger } from '../../src/ledger/client.ts'
import type { Envelope, Ledger } from '../../src/ledger/client.ts'
import { newDesk, stubOf, withDb } from './desk.ts'
import type { Desk } from './desk.ts'
import { APRIL, YUNSHAN } from './fixture.ts'
import type { NaiveLedger } from './model.ts'
import { anyStep, later, newNaive, tryOn } from './steps.ts'

const SEQUENCES = 60

const anyFault = fc.oneof(
  { weight: 12, arbitrary: fc.constant('none') },
  { weight: 2, arbitrary: fc.constantFrom('replay', 'evict', 'mirror', 'mirror fails') },
)

async function meddle(fault: string, desk: Desk, envelope: Envelope, answer: string) {
  if (fault === 'replay') expect(await desk.stub.command(envelope)).toBe(answer)
  if (fault === 'evict') await evictDurableObject(stubOf(desk.enterprise))
  if (fault === 'mirror') await nudge(env, desk.enterprise)
  if (fault === 'mirror fails') {
    await withDb(desk, { batch: () => Promise.reject(new Error('D1_ERROR: out of reach')) })
    expect(await nudge(env, desk.enterprise)).toBe(!(await isPending(desk)))
    await withDb(desk, { batch: env.DB.batch.bind(env.DB) })
  }
}

async function isPending(desk: Desk): Promise<boolean> {
  const [row] = await desk.rows<{ pending: number }>(
    `SELECT (SELECT coalesce(max(seq), 0) FROM events) > sent_seq AS pending FROM mirror`,
  )
  return row?.pending === 1
}

function expectBalances({ books }: Ledger, naive: NaiveLedger, now: number): void {
  for (const { region, year, accounts, claimed_fen } of books) {
    expect(accounts).toEqual(naive.balances(region, year, now))
    expect(claimed_fen).toBe(naive.claimed(region, year))
  }
}

test(`in ${SEQUENCES} histories through the object every answer and balance agrees`, async () => {
  let commands = 0
  const step = fc.record({ step: anyStep, fault: anyFault })
  const history = fc.array(step, { minLength: 15, maxLength: 40 })
  await fc.assert(
    fc.asyncProperty(history, async (steps) => {
      const desk = newDesk()
      const naive = newNaive(desk.enterprise)
      const redemptions = new Map<string, number>()
      let at = APRIL
      let now = at
      for (const { step: one, fault } of steps) {
        at = later(at, one.days)
        now = Math.max(at, now)
        const twin = tryOn(naive, redemptions, own(one, desk), now)
        if (!twin) continue
        commands += 1
        const envelope = { key: newId(), actor: twin.actor, at, command: twin.command }
        const answer = await stubOf(desk.enterprise).command(envelope)
        expect(JSON.parse(answer)).toMatchObject({ ok: twin.did })
        expectBalances(await readLedger(env, desk.enterprise, at), naive, now)
        await meddle(fault, newDesk(desk.enterprise), envelope, answer)
      }
      expect(await nudge(env, desk.enterprise)).toBe(true)
      expect((await verifyLedger(env, desk.enterprise)).problems).toEqual([])
      expect(await compareMirror(env, desk.enterprise)).toEqual([])
    }),
    { numRuns: SEQUENCES, seed: 20261124 },
  )
  expect(commands).toBeGreaterThan(1_000)
}, 60_000)

/** The step with this desk's agent where the cast's own enterprise would act. */
function own<Step extends { who: Desk['lin'] | { role: string } }>(step: Step, desk: Desk): Step {
  const { who } = step
  return 'enterprise' in who && who.enterprise === YUNSHAN ? { ...step, who: desk.lin } : step
}
