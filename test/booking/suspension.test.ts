/** 冯评 suspends 电子可靠性实验室 with bookings open; what time does; and messages by SMS. */
import { env } from 'cloudflare:workers'
import { and, eq, isNull } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { auditEntries } from '../../src/audit/tables.ts'
import { insertAnswer, insertBooking, takeBooking } from '../../src/booking/client.ts'
import { hourKey } from '../../src/booking/hour-rules.ts'
import { holdHours } from '../../src/booking/hour-store.ts'
import { tellOwed } from '../../src/booking/message.ts'
import { freePast, releaseSuspended, tellLater } from '../../src/booking/nightly.ts'
import type { BookingState } from '../../src/booking/rules.ts'
import { putProposal } from '../../src/booking/store.ts'
import { booking_hours, booking_turns } from '../../src/booking/tables.ts'
import { findCarrier, resumeCarrier } from '../../src/catalogue/client.ts'
import { DAY_MS, dayOf, dayStartsAt } from '../../src/kernel/clock.ts'
import { namedId, newId } from '../../src/kernel/id.ts'
import { cursorOf, recentHints } from '../../src/live/client.ts'
import { accept, refuse } from '../../src/kernel/outcome.ts'
import { commit, dbOf } from '../../src/platform/db.ts'
import type { sendSms } from '../../src/platform/sms.ts'
import { serviceIdOf } from '../demo/seed-catalogue.ts'
import { get } from '../quota/fixture.ts'
import { signInAs } from '../support/sign-in.ts'
import type { SignedIn } from '../support/sign-in.ts'
import { KEKAO, NOW, TODAY, mainOf, nextDay, press, read, setUp, usingOf } from './fixture.ts'
import type { People } from './fixture.ts'

const db = dbOf(env)
const GUN = namedId('demo:instrument:kekao:演示静电枪')
const PATH = `/bureau/carriers/${KEKAO}`
let people: People
let feng: SignedIn
beforeAll(async () => {
  people = await setUp()
  feng = await signInAs(env, 'haishu-review')
})

/** A booking of 周予安 that stands so, without the pages. */
async function standing(state: BookingState, day = nextDay(), instrument = false) {
  const id = newId()
  const slot = { day, hours: instrument ? [9] : [] }
  const by = { booking: id, at: NOW, by: 'sun' }
  const answer = { ...by, accepted: state !== 'declined', reason: null }
  await commit(db, [
    insertBooking(db, {
      id,
      enterprise: people.zhou.enterprise,
      enterprise_name: '宁波演示微光电子有限公司',
      carrier: KEKAO,
      service: instrument ? null : serviceIdOf('kekao', '演示静电放电测试'),
      instrument: instrument ? GUN : null,
      ...slot,
      contact: '周予安',
      phone: '13900000002',
      need: '样机两台',
      at: NOW,
      by: 'zhou',
    }),
    ...(instrument ? [holdHours(db, { instrument: GUN, booking: id, slot })] : []),
    ...(state === 'proposed' ? [putProposal(db, { ...by, ...slot, note: '', turn: 1 })] : []),
    ...(['accepted', 'declined', 'used'].includes(state) ? [insertAnswer(db, answer)] : []),
  ])
  if (state === 'used') await takeBooking(env, usingOf(people.zhou, id, newId()))
  expect((await read(id)).state).toBe(state)
  return id
}

const resume = () => commit(db, [resumeCarrier(db, KEKAO)])
const suspend = () => press(feng, `${PATH}/suspension`, { reason: '资质到期' })
const stateOf = async (id: string) => (await read(id)).state

describe('暂停', () => {
  test('says what it does, and asks for the reason', async () => {
    await standing('waiting')
    const page = await get(feng, `${PATH}/suspension`)
    expect(page.text).toMatch(/\d+ 个预约将取消/)
    const answer = await press(feng, `${PATH}/suspension`, { reason: ' ' })
    expect(answer.status).toBe(422)
    expect(mainOf(await answer.text())).toContain('请填写理由')
    expect((await findCarrier(db, KEKAO))?.state).toBe('active')
  })

  test('cancels what is open, frees its hours, tells both sides, and leaves the rest', async () => {
    const open = [
      await standing('waiting'),
      await standing('proposed'),
      await standing('accepted'),
      await standing('waiting', nextDay(), true),
    ]
    const [used, declined] = [await standing('used'), await standing('declined')]
    const channel = `enterprise:${people.zhou.enterprise}`
    await cursorOf(env, channel)
    const since = Date.now()
    expect((await suspend()).headers.get('Location')).toBe(PATH)
    for (const id of open) {
      expect(await read(id)).toMatchObject({ state: 'cancelled', reason: '服务机构已暂停' })
      const held = await db.select().from(booking_hours).where(eq(booking_hours.booking, id))
      expect(held).toEqual([])
    }
    expect([await stateOf(used), await stateOf(declined)]).toEqual(['used', 'declined'])
    const told = (await recentHints(env, channel, since)).map(({ id }) => id)
    expect(told).toEqual(expect.arrayContaining(open))
    const rows = await db
      .select()
      .from(auditEntries)
      .where(eq(auditEntries.action, 'booking.cancel'))
    const subjects = rows.filter(({ name }) => name === '冯评').map(({ subject }) => subject)
    expect(subjects).toEqual(expect.arrayContaining(open.map((id) => `booking:${id}`)))
    const page = await get(people.zhou, '/enterprise/bookings')
    expect(page.text).toContain('理由：服务机构已暂停')
  })

  test('ends forty-five in pieces, and resuming brings the carrier back without them', async () => {
    await resume()
    const open: string[] = []
    for (let count = 0; count < 45; count++) open.push(await standing('waiting'))
    await suspend()
    const states = await Promise.all(open.map(stateOf))
    expect(new Set(states)).toEqual(new Set(['cancelled']))
    await press(feng, `${PATH}/resumption`)
    expect((await findCarrier(db, KEKAO))?.state).toBe('active')
    expect(await stateOf(open[0] ?? '')).toBe('cancelled')
  })

  test('that missed a booking is made good by the next run', async () => {
    await suspend()
    const late = await standing('waiting')
    expect(await releaseSuspended(env, Date.now())).toBeGreaterThanOrEqual(1)
    expect(await stateOf(late)).toBe('cancelled')
    expect(await releaseSuspended(env, Date.now())).toBe(0)
    await resume()
  })

  test('is for the bureau of its region, and for who reviews', async () => {
    const wang = await signInAs(env, 'xihu-review')
    for (const path of [`${PATH}/suspension`, `${PATH}/resumption`]) {
      expect((await press(wang, path, { reason: '不归我管' })).status).toBe(404)
      expect((await press(await signInAs(env, 'haishu-policy'), path)).status).toBe(403)
    }
    expect((await get(wang, `${PATH}/suspension`)).status).toBe(404)
    const jiang = await signInAs(env, 'province-admin')
    expect((await get(jiang, `${PATH}/suspension`)).status).toBe(200)
  })
})

test('hours of days that are over are forgotten, later ones stay', async () => {
  const yesterday = dayOf(NOW - DAY_MS)
  const held = (hour: string) => ({ instrument: newId(), hour, booking: newId() })
  const [past, today] = [held(hourKey(yesterday, 9)), held(hourKey(TODAY, 9))]
  await db.insert(booking_hours).values([past, today])
  expect(await freePast(env, NOW)).toBe(1)
  const left = await db.select().from(booking_hours)
  expect(left.map(({ booking }) => booking)).toContain(today.booking)
})

describe('messages', () => {
  const untold = () => db.select().from(booking_turns).where(isNull(booking_turns.told_at))
  const sent: [phone: string, text: string][] = []
  const gateway: typeof sendSms = async (_env, phone, text) => {
    sent.push([phone, text])
    return accept(true)
  }
  const broken: typeof sendSms = async () => refuse('sms_unavailable')

  async function decline(): Promise<string> {
    const booking = await standing('waiting')
    await db.update(booking_turns).set({ told_at: 1 })
    await db.insert(booking_turns).values({
      booking,
      turn: 1,
      kind: 'decline',
      party: 'carrier',
      at: NOW,
      by: 'sun',
      told_at: null,
    })
    await commit(db, [
      insertAnswer(db, { booking, accepted: false, reason: '排满', at: NOW, by: '' }),
    ])
    return booking
  }

  test('go to the agent of the registration, once', async () => {
    await decline()
    const runs = [tellOwed(env, NOW, { send: gateway }), tellOwed(env, NOW, { send: gateway })]
    const [one = 0, other = 0] = await Promise.all(runs)
    expect(one + other).toBe(1)
    const text = '宁波演示电子可靠性实验室未接受您的预约：演示静电放电测试。理由：排满'
    expect(sent).toEqual([['13900000002', text]])
    expect(await untold()).toEqual([])
  })

  test('that fail are sent later, while people are up, and given up after days', async () => {
    const booking = await decline()
    expect(await tellOwed(env, NOW, { send: broken })).toBe(0)
    expect((await untold()).map((turn) => turn.booking)).toEqual([booking])
    const night = (dayStartsAt(TODAY) ?? 0) + DAY_MS + 2 * 3_600_000
    expect(await tellLater(env, night, gateway)).toBe(0)
    expect(await tellOwed(env, NOW + 4 * DAY_MS, { send: gateway })).toBe(0)
    expect(await tellLater(env, night + 8 * 3_600_000, gateway)).toBe(1)
  })

  test('tell of the newest move alone, and of none that the enterprise has answered', async () => {
    const [moved, taken] = [await standing('proposed'), await standing('proposed')]
    await db.update(booking_turns).set({ told_at: 1 })
    const turn = { kind: 'propose', party: 'carrier', at: NOW, by: 'sun', told_at: null } as const
    await db
      .insert(booking_turns)
      .values([
        ...[1, 2, 3].map((place) => ({ ...turn, booking: moved, turn: place })),
        { ...turn, booking: taken, turn: 1 },
        { ...turn, booking: taken, turn: 2, kind: 'take', party: 'enterprise', told_at: NOW },
      ])
    sent.length = 0
    expect(await tellOwed(env, NOW, { send: gateway })).toBe(1)
    const { proposal } = await read(moved)
    expect(sent.map(([, text]) => text)).toEqual([expect.stringContaining(proposal?.day ?? '-')])
    expect(await untold()).toEqual([])
  })

  test('are not owed for what the enterprise does itself', async () => {
    const booking = await standing('waiting')
    await press(people.zhou, `/enterprise/bookings/${booking}/cancellation`)
    const own = and(eq(booking_turns.booking, booking), isNull(booking_turns.told_at))
    expect(await db.select().from(booking_turns).where(own)).toEqual([])
  })
})
