/** A command and its alarm are one transaction: where either fails, neither is there. */
import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import { newId } from '../../src/kernel/id.ts'
import type { Bell } from '../../src/ledger/bell.ts'
import { compareMirror, nudge, verifyLedger } from '../../src/ledger/client.ts'
import { mirrorOf, newDesk } from './desk.ts'
import type { Desk } from './desk.ts'
import { NEXT_YEAR, TODAY, claim, yuan } from './fixture.ts'

/** Sends a claim whose transaction fails right before or right after its alarm is set. */
async function failing(desk: Desk, when: 'before' | 'after'): Promise<string> {
  return runInDurableObject(desk.stub, (ledger) => {
    const bell = Reflect.get(ledger, 'bell') as Bell
    Reflect.set(bell, 'armUnlessArmed', () => {
      Reflect.deleteProperty(bell, 'armUnlessArmed')
      if (when === 'after') bell.armUnlessArmed()
      throw new Error('the disk is full')
    })
    const envelope = { key: newId(), actor: desk.lin, at: TODAY, command: claim(yuan(5)) }
    try {
      return ledger.command(envelope)
    } catch (error) {
      return String(error)
    }
  })
}

describe.each(['before', 'after'] as const)('a write that fails %s the alarm is set', (when) => {
  test('leaves no event, and the alarm as it was: none', async () => {
    const desk = newDesk()
    expect(await failing(desk, when)).toBe('Error: the disk is full')
    expect(await desk.rows('SELECT * FROM events')).toEqual([])
    expect(await mirrorOf(desk)).toMatchObject({ due_at: null, alarm: null })
  })

  test('leaves the alarm as it was: that of New Year', async () => {
    const desk = newDesk()
    await desk.must(claim(yuan(1)))
    await nudge(env, desk.enterprise)
    const before = await mirrorOf(desk)
    expect(Number(before.alarm)).toBeGreaterThanOrEqual(NEXT_YEAR)
    expect(await failing(desk, when)).toBe('Error: the disk is full')
    expect(await mirrorOf(desk)).toEqual(before)
  })

  test('does not keep the next command from D1', async () => {
    const desk = newDesk()
    await failing(desk, when)
    await desk.must(claim(yuan(1)))
    await expect.poll(() => compareMirror(env, desk.enterprise), { timeout: 3_000 }).toEqual([])
    expect(await verifyLedger(env, desk.enterprise)).toMatchObject({ seq: 1, problems: [] })
  })
})
