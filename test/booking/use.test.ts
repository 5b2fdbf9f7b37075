/** A voucher takes a booking and gives it back: who hears, what is written, and the nightly run. */
import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { auditEntries } from '../../src/audit/tables.ts'
import { insertBooking, releaseBooking, takeBooking } from '../../src/booking/client.ts'
import { releaseEnded, tellExpired } from '../../src/booking/nightly.ts'
import { PENDING_MS } from '../../src/booking/rules.ts'
import { listTurns } from '../../src/booking/store.ts'
import { findUse } from '../../src/booking/use-store.ts'
import { dayAfter } from '../../src/booking/hour-rules.ts'
import { newId } from '../../src/kernel/id.ts'
import { vouchers } from '../../src/ledger/tables.ts'
import { cursorOf, recentHints } from '../../src/live/client.ts'
import { commit, dbOf } from '../../src/platform/db.ts'
import { use } from '../demo/seed-vouchers.ts'
import { get } from '../quota/fixture.ts'
import {
  KEKAO,
  NOW,
  SERVICE,
  TODAY,
  ZHIJIAN,
  book,
  press,
  read,
  setUp,
  usingOf,
} from './fixture.ts'
import type { People } from './fixture.ts'

const db = dbOf(env)
let people: People
beforeAll(async () => {
  people = await setUp()
})

async function accepted(): Promise<string> {
  const { id } = await book(people.lin)
  await press(people.wu, `/carrier/bookings/${id}/acceptance`)
  return id
}

const kindsOf = async (id: string) => (await listTurns(db, id)).map(({ kind }) => kind)
const auditedOf = (id: string) =>
  db
    .select()
    .from(auditEntries)
    .where(eq(auditEntries.subject, `booking:${id}`))

/** How often both sides were told of a booking while something was done. */
async function told(id: string, carrier: string, what: () => Promise<unknown>) {
  const channels = [`enterprise:${people.lin.enterprise}`, `carrier:${carrier}`]
  for (const channel of channels) await cursorOf(env, channel)
  const since = Date.now()
  await what()
  const heard = await Promise.all(channels.map((channel) => recentHints(env, channel, since)))
  return heard.map(
    (hints) => hints.filter((one) => one.topic === 'booking' && one.id === id).length,
  )
}

/** A row as the ledger's mirror would write it. */
async function mirror(id: string, state: 'unconfirmed' | 'refused'): Promise<void> {
  const { enterprise } = people.lin
  const money = { region: '330106', year: 2026, amount_fen: 100, carrier: ZHIJIAN, version: 1 }
  const row = { id, state, number: id, enterprise, payee: 'carrier' as const, form: '{}' }
  await commit(db, [db.insert(vouchers).values({ ...row, ...money, issued_at: NOW })])
}

describe('a booking that is used', () => {
  test('is told to both sides and audited, and so is giving it back', async () => {
    const id = await accepted()
    const using = usingOf(people.lin, id, newId(), Date.now())
    expect(await told(id, ZHIJIAN, () => takeBooking(env, using))).toEqual([1, 1])
    expect((await read(id)).state).toBe('used')
    expect(await told(id, ZHIJIAN, () => releaseBooking(env, using))).toEqual([1, 1])
    expect((await read(id)).state).toBe('accepted')
    expect(await kindsOf(id)).toEqual(['accept', 'use', 'release'])
    const rows = await auditedOf(id)
    expect(rows.map(({ action }) => action).slice(-2)).toEqual(['booking.use', 'booking.release'])
    expect(rows.at(-1)).toMatchObject({ role: 'enterprise', region: '330106' })
    expect(rows.at(-1)?.after).toContain(using.voucher)
    const page = await get(people.lin, `/enterprise/bookings/${id}`)
    expect(page.text).toContain('企业据此申请使用创新券')
    expect(page.text).toContain('预约可以再次使用')
    expect(page.html).toContain(`href="/enterprise/use?booking=${id}"`)
  })

  test('is not given back by another voucher, nor twice', async () => {
    const id = await accepted()
    const [first, second] = [usingOf(people.lin, id, newId()), usingOf(people.lin, id, newId())]
    await takeBooking(env, first)
    expect(await told(id, ZHIJIAN, () => releaseBooking(env, second))).toEqual([0, 0])
    expect((await findUse(db, id))?.voucher).toBe(first.voucher)
    await Promise.all([releaseBooking(env, first), releaseBooking(env, first)])
    expect(await kindsOf(id)).toEqual(['accept', 'use', 'release'])
  })

  test('and cancelled after its voucher ended, stays cancelled', async () => {
    const id = await accepted()
    const using = usingOf(people.lin, id, newId(), Date.now())
    await takeBooking(env, using)
    await mirror(using.voucher, 'refused')
    await press(people.lin, `/enterprise/bookings/${id}/cancellation`)
    await releaseBooking(env, using)
    expect((await read(id)).state).toBe('cancelled')
    expect(await kindsOf(id)).toEqual(['accept', 'use', 'cancel'])
    expect(await findUse(db, id)).toBeUndefined()
  })
})

describe('the nightly run gives back', () => {
  test('what a dead voucher has, by nobody’s hand', async () => {
    const id = await accepted()
    const using = usingOf(people.lin, id, newId(), Date.now())
    await takeBooking(env, using)
    await mirror(using.voucher, 'refused')
    expect(await told(id, ZHIJIAN, () => releaseEnded(env, Date.now()))).toEqual([1, 1])
    expect(await kindsOf(id)).toEqual(['accept', 'use', 'release'])
    expect((await auditedOf(id)).at(-1)).toMatchObject({ role: 'clock', name: '系统' })
    expect(await releaseEnded(env, Date.now())).toBe(0)
  })

  test('what a voucher took that was never made, after a while', async () => {
    const id = await accepted()
    await takeBooking(env, usingOf(people.lin, id, newId(), Date.now()))
    expect(await releaseEnded(env, Date.now())).toBe(0)
    expect(await releaseEnded(env, Date.now() + PENDING_MS)).toBe(1)
    expect(await findUse(db, id)).toBeUndefined()
  })

  test('nothing of a voucher that lives, in the mirror or only in its ledger', async () => {
    const id = await accepted()
    const using = usingOf(people.lin, id, newId(), Date.now())
    await takeBooking(env, using)
    await mirror(using.voucher, 'unconfirmed')
    const made = await use(env, {
      enterprise: 'yunshan',
      carrier: 'zhijian',
      service: '演示电磁兼容检测',
      amount_fen: 100_000,
      contract_fen: 1_000_000,
      payee: 'carrier',
      at: NOW - 2 * PENDING_MS,
      booked: true,
      papers: [],
      invoice: null,
      confirmed_at: null,
    })
    await db.delete(vouchers).where(eq(vouchers.id, made.id))
    expect(await releaseEnded(env, Date.now() + 2 * PENDING_MS)).toBe(0)
    expect((await findUse(db, id))?.voucher).toBe(using.voucher)
  })
})

test('both sides’ open pages hear that a booking expired', async () => {
  const id = newId()
  await commit(db, [
    insertBooking(db, {
      id,
      enterprise: people.lin.enterprise,
      carrier: KEKAO,
      service: SERVICE,
      instrument: null,
      day: TODAY,
      contact: '林知远',
      phone: '13900000001',
      need: '样机两台',
      at: NOW,
      by: people.lin.account,
    }),
  ])
  expect(await told(id, KEKAO, () => tellExpired(env, NOW))).toEqual([0, 0])
  const tomorrow = Date.parse(`${dayAfter(TODAY, 1)}T02:00:00+08:00`)
  expect(await told(id, KEKAO, () => tellExpired(env, tomorrow))).toEqual([1, 1])
})
