/** Bookings: that each is used once, and 「服务预约记录」 over HTTP. */
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  acceptedBookings,
  findBooking,
  insertAnswer,
  insertBooking,
  offlineUseAllowed,
  releaseBooking,
  takeBooking,
} from '../../src/booking/client.ts'
import { PENDING_MS } from '../../src/booking/rules.ts'
import { insertCancellation } from '../../src/booking/store.ts'
import { DAY_MS, dayOf } from '../../src/kernel/clock.ts'
import { newId } from '../../src/kernel/id.ts'
import type { VoucherState } from '../../src/ledger/rules.ts'
import { vouchers } from '../../src/ledger/tables.ts'
import { commit, commitOnce, dbOf } from '../../src/platform/db.ts'
import { carrierIdOf, seedCast, serviceIdOf } from '../demo/seed-catalogue.ts'
import { get, openCounties } from '../quota/fixture.ts'
import { signInAs } from '../support/sign-in.ts'
import { usingOf } from './fixture.ts'
import type { SignedIn } from '../support/sign-in.ts'

const db = dbOf(env)
const NOW = Date.now()
const TODAY = dayOf(NOW)
let zhou: SignedIn
let lin: SignedIn

beforeAll(async () => {
  await openCounties()
  await commit(db, seedCast(db, NOW - DAY_MS))
  zhou = await signInAs(env, 'zhou')
  lin = await signInAs(env, 'lin')
})

const answer = (accepted: boolean) => ({ accepted, reason: null, at: 0, by: '孙可' })
const cancelled = { reason: null, at: 0, by: '周予安' }
test('a use without a booking is open unless the bureau requires one', () => {
  expect(offlineUseAllowed({ online_booking_required: false })).toBe(true)
  expect(offlineUseAllowed({ online_booking_required: true })).toBe(false)
})

async function book(who: SignedIn, verdict: boolean | null = true): Promise<string> {
  const id = newId()
  await commit(db, [
    insertBooking(db, {
      id,
      enterprise: who.enterprise,
      carrier: carrierIdOf('kekao'),
      service: serviceIdOf('kekao', '演示静电放电测试'),
      instrument: null,
      day: TODAY,
      contact: '周予安',
      phone: '13900000002',
      need: '样机两台',
      at: NOW,
      by: who.account,
    }),
    ...(verdict === null
      ? []
      : [insertAnswer(db, { booking: id, ...answer(verdict), reason: verdict ? null : '排满' })]),
  ])
  return id
}

describe('a booking is used once', () => {
  test('by the voucher that takes it first, again by the same one, never by another', async () => {
    const booking = await book(lin)
    const [first, second] = [newId(), newId()]
    expect(await takeBooking(env, usingOf(lin, booking, first))).toBe(true)
    expect(await takeBooking(env, usingOf(lin, booking, first, NOW + 1))).toBe(true)
    expect(await takeBooking(env, usingOf(lin, booking, second))).toBe(false)
    expect(await takeBooking(env, usingOf(zhou, await book(lin), second))).toBe(false)
    expect(await findBooking(db, booking, NOW)).toMatchObject({ state: 'used', voucher: first })
  })

  test('by exactly one of ten at once', async () => {
    const booking = await book(lin)
    const takes = Array.from({ length: 10 }, () => takeBooking(env, usingOf(lin, booking, newId())))
    expect((await Promise.all(takes)).filter(Boolean)).toHaveLength(1)
  })

  test('and is free again where the voucher was never made', async () => {
    const booking = await book(lin)
    const [first, second] = [newId(), newId()]
    await takeBooking(env, usingOf(lin, booking, first))
    const later = NOW + PENDING_MS
    expect((await findBooking(db, booking, later))?.state).toBe('accepted')
    expect(await takeBooking(env, usingOf(lin, booking, second, later))).toBe(true)
    await releaseBooking(env, usingOf(lin, booking, second, later))
    expect((await findBooking(db, booking, later))?.state).toBe('accepted')
  })

  const fates: [VoucherState, boolean][] = [
    ['unconfirmed', false],
    ['confirmed', false],
    ['in_review', false],
    ['redeemed', false],
    ['refused', true],
    ['voided', true],
    ['expired', true],
    ['terminated', true],
    ['rejected', true],
  ]
  test.each(fates)('a voucher that is %s gives its booking back: %s', async (state, free) => {
    const booking = await book(lin)
    const voucher = newId()
    await takeBooking(env, usingOf(lin, booking, voucher))
    await mirror(voucher, state)
    const shown = await findBooking(db, booking, NOW + PENDING_MS)
    expect(shown?.state).toBe(free ? 'accepted' : 'used')
    const taken = await takeBooking(env, usingOf(lin, booking, newId(), NOW + PENDING_MS))
    expect(taken).toBe(free)
  })
})

/** A row as the ledger's mirror would write it. */
async function mirror(id: string, state: VoucherState): Promise<void> {
  await commit(db, [
    db.insert(vouchers).values({
      id,
      state,
      number: id,
      enterprise: lin.enterprise,
      region: '330106',
      year: 2026,
      amount_fen: 100,
      carrier: carrierIdOf('kekao'),
      payee: 'carrier',
      version: 1,
      issued_at: NOW,
      form: '{}',
    }),
  ])
}

test('a booking is answered once and cancelled once', async () => {
  const booking = await book(lin, null)
  const verdict = () => insertAnswer(db, { booking, ...answer(true) })
  expect(await commitOnce(db, [verdict()])).toBe(true)
  expect(await commitOnce(db, [verdict()])).toBe(false)
  const end = () => insertCancellation(db, { booking, ...cancelled })
  expect(await commitOnce(db, [end()])).toBe(true)
  expect(await commitOnce(db, [end()])).toBe(false)
})

test('周予安 of 海曙区, where booking is required, uses a voucher by booking only', async () => {
  const before = await get(zhou, '/enterprise/bookings')
  expect(before.status).toBe(200)
  expect(before.text).toContain('还没有预约记录')
  expect(before.html).toMatch(/<a [^>]*href="\/map"[^>]*>在线预约服务<\/a>/)
  expect(before.html).not.toContain('线下使用创新券')
  expect(before.text).toContain('海曙区科学技术局要求先在线预约')

  const [accepted, declined] = [await book(zhou), await book(zhou, false)]
  await book(zhou, null)
  const shown = await get(zhou, '/enterprise/bookings')
  expect(shown.html).toContain(`href="/enterprise/use?booking=${accepted}"`)
  expect(shown.html.match(/申请使用创新券<\/a>/g)).toHaveLength(1)
  expect(shown.text).toContain('已拒绝 理由：排满')
  expect(shown.text).toContain('待确认 没有答复时可致电 0574-80000013')
  const usable = await acceptedBookings(db, zhou.enterprise, NOW)
  expect(usable.map((one) => one.id)).toEqual([accepted])
  expect(usable.map((one) => one.id)).not.toContain(declined)
})

test('林知远 of 西湖区 may use one without booking, and sees no booking of 周予安', async () => {
  const shown = await get(lin, '/enterprise/bookings')
  expect(shown.html).toMatch(/<a [^>]*href="\/enterprise\/use"[^>]*>线下使用创新券<\/a>/)
  expect(shown.text).not.toContain('没有答复时可致电')
})

test('方若水, not registered, is told what comes first', async () => {
  const fang = await signInAs(env, 'fang')
  const shown = await get(fang, '/enterprise/bookings')
  expect(shown.text).toContain('实名注册审核通过后，才可以使用创新券')
  expect(shown.html).not.toContain('线下使用创新券')
})

test('a carrier has no business on an enterprise’s page', async () => {
  const sun = await signInAs(env, 'sun')
  expect((await get(sun, '/enterprise/bookings')).status).toBe(403)
  expect((await get(null, '/enterprise/bookings')).status).toBe(303)
})
