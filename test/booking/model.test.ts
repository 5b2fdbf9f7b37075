/**
 * Long lives of bookings, at random: after every move the store says what the state table says, and
 * an hour is held exactly by the bookings that still want it.
 */
import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { auditEntry } from '../../src/audit/client.ts'
import { auditEntries } from '../../src/audit/tables.ts'
import { takeBooking } from '../../src/booking/client.ts'
import { moveBooking } from '../../src/booking/move.ts'
import type { Move } from '../../src/booking/move.ts'
import { dayAfter, hourKey } from '../../src/booking/hour-rules.ts'
import { holdHours } from '../../src/booking/hour-store.ts'
import { decideBooking } from '../../src/booking/rules.ts'
import { findBooking, insertBooking, listTurns } from '../../src/booking/store.ts'
import type { BookingRecord } from '../../src/booking/store.ts'
import { booking_hours } from '../../src/booking/tables.ts'
import { CLOCK } from '../../src/kernel/actor.ts'
import type { AnyActor } from '../../src/kernel/actor.ts'
import { dayOf } from '../../src/kernel/clock.ts'
import { newId } from '../../src/kernel/id.ts'
import { commit, dbOf } from '../../src/platform/db.ts'
import { usingOf } from './fixture.ts'

const db = dbOf(env)
const NOW = Date.now()
const DAYS = [1, 2, 3].map((days) => dayAfter(dayOf(NOW), days))

const zhou = (enterprise: string): AnyActor => ({
  role: 'enterprise',
  account: 'zhou',
  name: '周予安',
  enterprise,
})
const sun: AnyActor = { role: 'carrier', account: 'sun', name: '孙可', carrier: 'c' }
const actors = fc.constantFrom<AnyActor>(zhou('e'), zhou('other'), sun, CLOCK)
const slots = fc.record({
  day: fc.constantFrom(...DAYS),
  hours: fc.constantFrom([9], [9, 10], [11]),
})
const reason = fc.constantFrom('', '设备检修')
const commands: fc.Arbitrary<Move['command'] | Use> = fc.oneof(
  fc.constant({ kind: 'accept' } as const),
  reason.map((said) => ({ kind: 'decline' as const, reason: said })),
  slots.map((slot) => ({ kind: 'propose' as const, slot, note: '' })),
  fc.integer({ min: 0, max: 3 }).map((turn) => ({ kind: 'take' as const, turn })),
  reason.map((said) => ({ kind: 'cancel' as const, reason: said })),
  fc.constant({ kind: 'use', voucher: '' } as const),
)
type Use = { kind: 'use'; voucher: string }
const steps = fc.array(fc.record({ who: fc.nat({ max: 1 }), actor: actors, command: commands }), {
  minLength: 4,
  maxLength: 14,
})

const HELD = ['waiting', 'proposed', 'accepted', 'used']

async function make(instrument: string, day: string): Promise<string> {
  const id = newId()
  const slot = { day, hours: [9] }
  await commit(db, [
    insertBooking(db, {
      id,
      enterprise: 'e',
      carrier: 'c',
      service: null,
      instrument,
      ...slot,
      contact: '周予安',
      phone: '',
      need: '',
      at: NOW,
      by: 'zhou',
    }),
    holdHours(db, { instrument, booking: id, slot }),
  ])
  return id
}

async function read(id: string): Promise<BookingRecord> {
  const found = await findBooking(db, id, NOW)
  if (!found) throw new Error(`no booking ${id}`)
  return found
}

/** The hours a booking should hold as it stands. */
function wanted({ state, day, hours, proposal }: BookingRecord): string[] {
  const slot = state === 'proposed' && proposal ? proposal : { day, hours }
  return HELD.includes(state) ? slot.hours.map((hour) => hourKey(slot.day, hour)) : []
}

test('two bookings of one instrument never lose their way', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (lives) => {
      const instrument = newId()
      const ids = [await make(instrument, DAYS[0] ?? ''), await make(instrument, DAYS[1] ?? '')]
      const made = new Map(ids.map((id) => [id, 0]))
      for (const { who, actor, command } of lives) {
        const id = ids[who] ?? ''
        const before = await read(id)
        const done = await step(id, actor, command)
        const after = await read(id)
        const decided = decideBooking(before, command, actor)
        if (done) made.set(id, (made.get(id) ?? 0) + 1)
        expect(after.state).toBe(done && decided.ok ? decided.value : before.state)
        // Only hours that the other holds keep an allowed move from being made.
        if (decided.ok && !done) expect(command.kind).toBe('propose')
        if (!decided.ok) expect(done).toBe(false)
      }
      for (const id of ids) await expectWhole(id, made.get(id) ?? 0)
    }),
    { numRuns: 40 },
  )
})

async function step(id: string, actor: AnyActor, command: Move['command'] | Use): Promise<boolean> {
  if (command.kind === 'use') {
    if (actor.role !== 'enterprise' || actor.enterprise !== 'e') return false
    return takeBooking(env, usingOf(actor, id, newId()))
  }
  const audit: Move['audit'] = (action, subject) =>
    auditEntry(db, { at: NOW, actor, action, subject })
  return (await moveBooking(env, { booking: id, command, actor, at: NOW, audit })).ok
}

async function expectWhole(id: string, moves: number): Promise<void> {
  const booking = await read(id)
  const held = await db.select().from(booking_hours).where(eq(booking_hours.booking, id))
  expect(held.map(({ hour }) => hour).toSorted()).toEqual(wanted(booking).toSorted())
  const turns = await listTurns(db, id)
  expect(turns.map(({ turn }) => turn)).toEqual(Array.from({ length: moves }, (_n, at) => at + 1))
  const audited = await db
    .select()
    .from(auditEntries)
    .where(eq(auditEntries.subject, `booking:${id}`))
  expect(audited.map(({ action }) => action)).toEqual(turns.map(({ kind }) => `booking.${kind}`))
}
