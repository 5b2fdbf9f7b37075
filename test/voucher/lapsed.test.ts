/**
 * Many vouchers lapse in one night: the money of each comes back first, whatever becomes of their
 * bookings, and no run does more with bookings than it may ask of D1.
 */
import { env } from 'cloudflare:workers'
import { eq, inArray } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { auditEntry, type AuditEntry } from '../../src/audit/client.ts'
import { takeBooking } from '../../src/booking/client.ts'
import { releaseEnded } from '../../src/booking/nightly.ts'
import { booking_turns, booking_uses } from '../../src/booking/tables.ts'
import { newId } from '../../src/kernel/id.ts'
import { nudge, post, readLedger } from '../../src/ledger/client.ts'
import { dbOf } from '../../src/platform/db.ts'
import { expireOverdue } from '../../src/voucher/nightly.ts'
import { NOW, YUNSHAN, ZHIJIAN, book, setUp } from './fixture.ts'

const db = dbOf(env)
const MANY = 70
const made: { voucher: string; booking: string }[] = []

const actor = { role: 'enterprise', enterprise: YUNSHAN, account: 'lin', name: '林知远' } as const
const audit = (action: string, subject: string, more: Partial<AuditEntry>) =>
  auditEntry(db, { at: NOW, actor, action, subject, ...more })

/** A voucher of ￥1.00 made from a booking, overdue from now on. */
async function overdue(): Promise<{ voucher: string; booking: string }> {
  const [voucher, booking] = [newId(), await book('yunshan')]
  await takeBooking(env, { booking, voucher, actor, at: NOW, audit })
  const form = { booking, confirm_by: NOW, papers: [] }
  const what = { region: '330106', amount_fen: 100, carrier: ZHIJIAN, payee: 'carrier' } as const
  const command = { kind: 'issue', voucher, number: voucher, form, ...what } as const
  const answer = await post(env, YUNSHAN, { key: newId(), actor, at: NOW, command })
  if (!answer.ok) throw new Error(answer.code)
  return { voucher, booking }
}

beforeAll(async () => {
  await setUp()
  for (let count = 0; count < MANY; count += 1) made.push(await overdue())
  await nudge(env, YUNSHAN)
})

const statesOf = async () => {
  const { vouchers } = await readLedger(env, YUNSHAN, NOW)
  return new Set(vouchers.map(({ state }) => state))
}

/** A real fault of the database at one row, in the middle of the run. */
async function spoil(booking: string): Promise<void> {
  const broken = `BEGIN SELECT json('{') WHERE old.booking = '${booking}'; END`
  await env.DB.prepare(`CREATE TRIGGER spoilt BEFORE DELETE ON booking_uses ${broken}`).run()
}

test('one booking that will not go keeps no voucher from lapsing', async () => {
  await spoil(made[0]?.booking ?? '')
  let asked = 0
  const DB = new Proxy(env.DB, {
    get: (real, name) =>
      name === 'prepare'
        ? (query: string) => {
            asked += 1
            return real.prepare(query)
          }
        : real.batch.bind(real),
  })
  expect(await expireOverdue({ ...env, DB }, NOW + 1).catch(() => 0)).toBe(MANY)
  expect(await statesOf()).toEqual(new Set(['expired']))
  expect(asked).toBeLessThan(400)
  const uses = await db.$count(booking_uses)
  expect(uses).toBeGreaterThan(0)
  expect(uses).toBeLessThan(MANY)
})

test('and what is left, later runs give back', async () => {
  await nudge(env, YUNSHAN)
  await releaseEnded(env, NOW + 1)
  await releaseEnded(env, NOW + 1)
  const spoilt = made[0]?.booking ?? ''
  expect(await db.select().from(booking_uses)).toMatchObject([{ booking: spoilt }])
  await env.DB.prepare('DROP TRIGGER spoilt').run()
  expect(await releaseEnded(env, NOW + 1)).toBe(1)
  const { booking, kind } = booking_turns
  const bookings = made.map((one) => one.booking)
  const released = await db.select({ booking }).from(booking_turns).where(eq(kind, 'release'))
  expect(released).toHaveLength(MANY)
  expect(await db.$count(booking_uses, inArray(booking_uses.booking, bookings.slice(0, 90)))).toBe(
    0,
  )
})
