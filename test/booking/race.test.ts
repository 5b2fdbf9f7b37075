/** Moves in the same moment: one of them stands, and everybody is told how it is. */
import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { auditEntries } from '../../src/audit/tables.ts'
import { takeBooking } from '../../src/booking/client.ts'
import { listTurns } from '../../src/booking/store.ts'
import { newId } from '../../src/kernel/id.ts'
import { dbOf } from '../../src/platform/db.ts'
import { book, press, read, setUp, usingOf } from './fixture.ts'
import type { People } from './fixture.ts'

const db = dbOf(env)
const DESK = '/carrier/desk'
let people: People
beforeAll(async () => {
  people = await setUp()
})

const rowOf = (id: string) => `booking:${id}`
const own = (id: string) => `/carrier/bookings/${id}`
const theirs = (id: string) => `/enterprise/bookings/${id}`

describe('two at once', () => {
  test('twenty decisions leave one, and everybody is told how it stands', async () => {
    const booking = await book(people.lin)
    const row = rowOf(booking.id)
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_none, place) =>
        place % 2 === 0
          ? press(people.wu, `${DESK}/confirmations`, { only: row })
          : press(people.wu, `${DESK}/refusals`, { row, reason: '排满' }),
      ),
    )
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(303))
    expect(['accepted', 'declined']).toContain((await read(booking.id)).state)
    expect(await listTurns(db, booking.id)).toHaveLength(1)
    const rows = await db
      .select()
      .from(auditEntries)
      .where(eq(auditEntries.subject, `booking:${booking.id}`))
    expect(rows.map(({ action }) => action)).toHaveLength(2)
  })

  test('accepted and cancelled in the same moment ends cancelled', async () => {
    const booking = await book(people.lin)
    await Promise.all([
      press(people.wu, `${own(booking.id)}/acceptance`),
      press(people.lin, `${theirs(booking.id)}/cancellation`),
    ])
    expect((await read(booking.id)).state).toBe('cancelled')
    const kinds = (await listTurns(db, booking.id)).map(({ kind }) => kind)
    expect([['cancel'], ['accept', 'cancel']]).toContainEqual(kinds)
  })

  test('used and cancelled in the same moment is one of the two', async () => {
    for (let round = 0; round < 5; round++) {
      const booking = await book(people.lin)
      await press(people.wu, `${own(booking.id)}/acceptance`)
      const voucher = newId()
      const [taken] = await Promise.all([
        takeBooking(env, usingOf(people.lin, booking.id, voucher, Date.now())),
        press(people.wu, `${own(booking.id)}/cancellation`, { reason: '设备故障' }),
      ])
      const after = await read(booking.id)
      expect(after.state).toBe(taken ? 'used' : 'cancelled')
      const kinds = (await listTurns(db, booking.id)).map(({ kind }) => kind)
      expect(kinds).toEqual(['accept', taken ? 'use' : 'cancel'])
    }
  })
})
