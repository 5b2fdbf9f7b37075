/**
 * D1 fails for ten minutes by the objects' clock: commands, called with actor and policy passed in,
 * are answered all the same, and what they left undone in D1 is made good afterwards.
 */
import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, expect, test, vi } from 'vitest'
import { newId } from '../../src/kernel/id.ts'
import { compareMirror, verifyLedger } from '../../src/ledger/client.ts'
import { BACKOFF_MS_MAX, hasPending } from '../../src/ledger/mirror.ts'
import { budgetOf, under } from '../ledger/county.ts'
import { hubOver, newDesk, stubOf } from '../ledger/desk.ts'
import type { Desk } from '../ledger/desk.ts'
import { HAISHU, TODAY, XIHU, claim, issue, wu, yuan } from '../ledger/fixture.ts'
import { illDb } from './d1.ts'

const OUTAGE_S = 600
const ENTERPRISES = 12
const COMMANDS_A_SECOND = 2

let ill = false
const DB = illDb(env.DB, () => (ill ? 'before' : 'none'))

afterEach(() => {
  vi.useRealTimers()
})

/** Binds the failing D1 and rings the alarm if it is due: these objects' clock runs ahead. */
async function tick({ enterprise }: Desk): Promise<boolean> {
  return runInDurableObject(stubOf(enterprise), async (ledger, { storage }) => {
    Reflect.set(ledger, 'env', { ...env, DB, HUB: hubOver(DB) })
    const alarm_at = await storage.getAlarm()
    if (alarm_at !== null && alarm_at <= Date.now()) {
      await storage.deleteAlarm()
      await ledger.alarm()
    }
    return hasPending(storage.sql)
  })
}

/** Claims, uses and confirmations, a third of the enterprises under their county's budget. */
async function command(desk: Desk, index: number, turn: number): Promise<boolean> {
  const at = TODAY + turn * 1000
  const region = index % 3 === 0 ? HAISHU : XIHU
  const claiming = index % 3 === 0 ? under(HAISHU, 1_000_000, 10) : claim(yuan(10))
  if (turn % 3 === 0) return (await desk.tell(claiming, desk.lin, at)).ok
  const made = issue(yuan(1), { region, voucher: newId() })
  const issued = await desk.tell(made, desk.lin, at)
  if (turn % 3 === 1) return issued.ok
  const confirmed = await desk.tell({ kind: 'confirm', voucher: made.voucher }, wu, at)
  return issued.ok && confirmed.ok
}

test('D1 is away for ten minutes: commands are answered, and D1 catches up', async () => {
  const desks = Array.from({ length: ENTERPRISES }, () => newDesk())
  for (const [index, desk] of desks.entries()) {
    expect(await command(desk, index, 0)).toBe(true)
    await tick(desk)
  }
  await runInDurableObject(budgetOf(HAISHU), (budget) => {
    Reflect.set(budget, 'env', { ...env, DB })
  })

  ill = true
  const began_at = Date.now()
  let [asked, answered] = [0, 0]
  const turns: number[] = []
  for (let second = 1; second <= OUTAGE_S; second += 1) {
    vi.setSystemTime(began_at + second * 1000)
    for (let one = 0; one < COMMANDS_A_SECOND; one += 1) {
      const index = (second * COMMANDS_A_SECOND + one) % ENTERPRISES
      const desk = desks[index]
      if (!desk) throw new Error('nobody is there')
      asked += 1
      if (await command(desk, index, (turns[index] = (turns[index] ?? 0) + 1))) answered += 1
    }
    if (second % 5 === 0) for (const desk of desks) await tick(desk)
  }
  expect(asked).toBe(OUTAGE_S * COMMANDS_A_SECOND)
  expect(answered / asked).toBeGreaterThanOrEqual(0.999)

  ill = false
  let drained_s = 0
  for (let pending = true; pending; drained_s += 1) {
    vi.setSystemTime(began_at + (OUTAGE_S + drained_s) * 1000)
    const left = []
    for (const desk of desks) left.push(await tick(desk))
    pending = left.includes(true)
    expect(drained_s).toBeLessThan(BACKOFF_MS_MAX / 1000 + 5)
  }
  console.log(
    `${answered} of ${asked} answered; D1 had everything ${drained_s} s after it was back`,
  )
  for (const { enterprise } of desks) {
    expect((await verifyLedger(env, enterprise)).problems).toEqual([])
    expect(await compareMirror(env, enterprise)).toEqual([])
  }
  expect((await budgetOf(HAISHU).prove()).problems).toEqual([])
}, 120_000)
