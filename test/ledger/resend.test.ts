/** Sending a ledger anew while its pages are under way: whatever overtakes what, D1 has it all. */
import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import { newId } from '../../src/kernel/id.ts'
import { compareMirror, nudge, reconcileLedger, resend } from '../../src/ledger/client.ts'
import { PAGE_EVENTS_MAX } from '../../src/ledger/mirror.ts'
import { newDesk, withDb } from './desk.ts'
import type { Desk } from './desk.ts'
import { TODAY, claim, yuan } from './fixture.ts'

type Batch = D1Database['batch']
const real: Batch = env.DB.batch.bind(env.DB)

/** A ledger of two pages, all of which D1 has. */
async function twoPages(): Promise<Desk> {
  const desk = newDesk()
  for (let count = 0; count <= PAGE_EVENTS_MAX; count += 1) await desk.must(claim(1))
  while (!(await nudge(env, desk.enterprise)));
  return desk
}

test('a page acknowledged after the removal does not count as sent', async () => {
  const desk = await twoPages()
  await desk.rows('UPDATE mirror SET sent_seq = 0')
  const late = Promise.withResolvers<void>()
  const under_way = Promise.withResolvers<void>()
  let calls = 0
  const batch = (async (statements: D1PreparedStatement[]) => {
    calls += 1
    const call = calls
    const answers = await real(statements)
    // The second page is in D1, and its answer is slow; the removal's answer is lost.
    if (call === 2) {
      under_way.resolve()
      await late.promise
    }
    if (call === 3) throw new Error('D1_ERROR: the answer was lost')
    return answers
  }) as Batch
  await withDb(desk, { batch })
  await runInDurableObject(desk.stub, async (ledger) => {
    const slow = ledger.nudge()
    await under_way.promise
    expect(await ledger.resend()).toBe(false)
    late.resolve()
    await slow
    await ledger.nudge()
  })
  expect(await compareMirror(env, desk.enterprise)).toEqual([])
})

test('a page that the removal took out again is sent again', async () => {
  const desk = await twoPages()
  await runInDurableObject(desk.stub, async (ledger) => {
    let calls = 0
    const batch = (async (statements: D1PreparedStatement[]) => {
      calls += 1
      // Everything is sent and marked between the decision to remove and the removal.
      if (calls === 1) await ledger.nudge()
      return real(statements)
    }) as Batch
    const DB = { prepare: env.DB.prepare.bind(env.DB), batch }
    Reflect.set(ledger, 'env', { ...env, DB })
    expect(await ledger.resend()).toBe(true)
  })
  expect(await compareMirror(env, desk.enterprise)).toEqual([])
})

test('twice at once ends in the same rows', async () => {
  const desk = await twoPages()
  await Promise.all([resend(env, desk.enterprise), resend(env, desk.enterprise)])
  await nudge(env, desk.enterprise)
  expect(await compareMirror(env, desk.enterprise)).toEqual([])
})

test('a command between the look at D1 and the look at the ledger is no drift', async () => {
  const desk = newDesk()
  await desk.must(claim(yuan(10)))
  await nudge(env, desk.enterprise)
  await runInDurableObject(desk.stub, (ledger) => {
    let calls = 0
    const batch = (async (statements: D1PreparedStatement[]) => {
      calls += 1
      const answers = await real(statements)
      if (calls === 1)
        ledger.command({ key: newId(), actor: desk.lin, at: TODAY, command: claim(1) })
      return answers
    }) as Batch
    const DB = { prepare: env.DB.prepare.bind(env.DB), batch }
    Reflect.set(ledger, 'env', { ...env, DB })
  })
  const found = await reconcileLedger(env, desk.enterprise, '2026-11-24', null)
  expect(found).toMatchObject({ drift: [], compared: true, repaired: false })
})
