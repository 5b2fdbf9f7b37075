/** 吴检 answers bookings at the desk and on their pages; two decisions at once, and who hears. */
import { env } from 'cloudflare:workers'
import { and, eq } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { auditEntries } from '../../src/audit/tables.ts'
import { hourKey } from '../../src/booking/hour-rules.ts'
import { bookingNumber } from '../../src/booking/rules.ts'
import { findBooking } from '../../src/booking/store.ts'
import { booking_hours } from '../../src/booking/tables.ts'
import { newId } from '../../src/kernel/id.ts'
import { cursorOf, recentHints } from '../../src/live/client.ts'
import { dbOf } from '../../src/platform/db.ts'
import { get } from '../quota/fixture.ts'
import { CHAMBER, ZHIJIAN, book, mainOf, nextDay, press, read, setUp } from './fixture.ts'
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
const heldBy = (id: string) => db.select().from(booking_hours).where(eq(booking_hours.booking, id))
const audited = (id: string, action: string) =>
  db
    .select()
    .from(auditEntries)
    .where(and(eq(auditEntries.subject, `booking:${id}`), eq(auditEntries.action, action)))

describe('the desk 「待确认」', () => {
  test('shows a booking that waits, with its three ways, to its carrier alone', async () => {
    const booking = await book(people.lin)
    const desk = await get(people.wu, DESK)
    expect(desk.html).toContain(`id="row-${booking.id}"`)
    expect(desk.html).toContain(`name="only" value="${rowOf(booking.id)}"`)
    expect(desk.html).toMatch(new RegExp(`href="${own(booking.id)}/proposal"[^>]*>\\s*提议改期`))
    expect(desk.html).toContain('data-row="/carrier/bookings/waiting/rows/{id}"')
    expect(desk.html.match(/>\s*确认所选\s*</g)).toHaveLength(1)
    expect((await get(people.sun, DESK)).html).not.toContain(booking.id)
    const row = await get(people.wu, `/carrier/bookings/waiting/rows/${booking.id}`)
    expect(row.html.trim()).toMatch(/^<tr[^>]*id="row-/)
    expect((await get(people.sun, `/carrier/bookings/waiting/rows/${booking.id}`)).status).toBe(204)
  })

  test('确认 accepts it, and the enterprise may use a voucher for it', async () => {
    const booking = await book(people.lin)
    const answer = await press(people.wu, `${DESK}/confirmations`, { only: rowOf(booking.id) })
    expect(answer.status).toBe(303)
    const after = await get(people.wu, answer.headers.get('Location') ?? '')
    expect(after.text).toContain('已确认，企业可以据此申请使用创新券')
    expect((await read(booking.id)).state).toBe('accepted')
    expect((await get(people.wu, `/carrier/bookings/waiting/rows/${booking.id}`)).status).toBe(204)
    const list = await get(people.lin, '/enterprise/bookings')
    expect(list.html).toContain(`href="/enterprise/use?booking=${booking.id}"`)
    expect(await audited(booking.id, 'booking.accept')).toHaveLength(1)
  })

  test('确认所选 takes bookings that are ticked and tells of each', async () => {
    const [one, other] = [await book(people.lin), await book(people.zhou)]
    await press(people.zhou, `${theirs(other.id)}/cancellation`)
    const row = [rowOf(one.id), rowOf(other.id)]
    const answer = await press(people.wu, `${DESK}/confirmations`, { row })
    const after = await get(people.wu, answer.headers.get('Location') ?? '')
    expect(after.text).toContain('已确认，企业可以据此申请使用创新券')
    expect(after.text).toContain('没有办理：预约已先被取消')
  })

  test('拒绝 asks for the reason first and tells it', async () => {
    const booking = await book(people.lin)
    const form = await get(
      people.wu,
      `${DESK}/refusals?row=${encodeURIComponent(rowOf(booking.id))}`,
    )
    expect(form.html).toMatch(/<label[^>]*>\s*理由\s*<\/label>/)
    const row = rowOf(booking.id)
    const empty = await press(people.wu, `${DESK}/refusals`, { row, reason: ' ' })
    expect(empty.status).toBe(422)
    expect(mainOf(await empty.text())).toContain('请填写理由')
    await press(people.wu, `${DESK}/refusals`, { row, reason: '设备检修' })
    expect(await read(booking.id)).toMatchObject({ state: 'declined', reason: '设备检修' })
    expect((await get(people.lin, theirs(booking.id))).text).toContain('理由：设备检修')
  })

  test('of another carrier decides nothing and finds nothing', async () => {
    const booking = await book(people.lin)
    const row = rowOf(booking.id)
    for (const [path, fields] of [
      [`${DESK}/confirmations`, { only: row }],
      [`${DESK}/refusals`, { row, reason: '不是我的' }],
      [`${own(booking.id)}/acceptance`, {}],
      [`${own(booking.id)}/proposal`, { day: nextDay() }],
      [`${own(booking.id)}/cancellation`, { reason: '不是我的' }],
    ] as const) {
      expect((await press(people.sun, path, fields)).status).toBe(404)
    }
    expect((await get(people.sun, own(booking.id))).status).toBe(404)
    expect((await get(people.zhou, theirs(booking.id))).status).toBe(404)
    expect((await press(people.zhou, `${theirs(booking.id)}/cancellation`)).status).toBe(404)
    expect((await read(booking.id)).state).toBe('waiting')
  })
})

test('an accepted booking fills the use form, and the first page inside tells of it', async () => {
  const booking = await book(people.lin, { contact: '沈工' })
  await press(people.wu, `${own(booking.id)}/acceptance`)
  expect((await get(people.lin, '/enterprise')).text).toMatch(/\d+ 个预约已确认，可以申请使用/)
  const form = await get(people.lin, `/enterprise/use?booking=${booking.id}`)
  for (const value of ['浙江演示智能制造检测研究院', '演示电磁兼容检测', '沈工']) {
    expect(form.html).toContain(`value="${value}"`)
  }
  expect(form.html).toMatch(/<option value="检验检测" selected/)
  const part = await get(people.lin, '/enterprise/overview/bookings')
  expect(part.html).toContain('href="/enterprise/bookings?state=accepted"')
  expect((await get(people.fang, '/enterprise')).text).not.toContain('个预约')
})

describe('another date', () => {
  test('is proposed, seen by the enterprise and taken; its hours move along', async () => {
    const item = `instrument:${CHAMBER}`
    const booking = await book(people.lin, { item })
    const day = nextDay()
    const hour = [hourKey(day, 13), hourKey(day, 14)]
    const fields = { day, hour, note: '当天设备检修' }
    const answer = await press(people.wu, `${own(booking.id)}/proposal`, fields)
    expect(answer.status).toBe(303)
    const proposed = await read(booking.id)
    expect(proposed).toMatchObject({ state: 'proposed', day: booking.day })
    expect(proposed.proposal).toMatchObject({ day, hours: [13, 14] })
    expect((await heldBy(booking.id)).map((row) => row.hour)).toEqual(hour)
    const list = await get(people.lin, '/enterprise/bookings')
    expect(list.text).toContain(`提议改为 ${day} 13:00–15:00`)
    expect(list.text).toContain('待企业确认')
    const taken = await press(people.lin, `${theirs(booking.id)}/acceptance`, {
      turn: String(proposed.turn),
    })
    const after = await get(people.lin, taken.headers.get('Location') ?? '')
    expect(after.text).toContain('已接受新日期，预约已确认')
    expect(await read(booking.id)).toMatchObject({ state: 'accepted', day, hours: [13, 14] })
  })

  test('that was changed meanwhile is not taken unseen', async () => {
    const booking = await book(people.lin)
    await press(people.wu, `${own(booking.id)}/proposal`, { day: nextDay() })
    const seen = await read(booking.id)
    const last = nextDay()
    await press(people.wu, `${own(booking.id)}/proposal`, { day: last })
    const turn = String(seen.turn)
    const answer = await press(people.lin, `${theirs(booking.id)}/acceptance`, { turn })
    const after = await get(people.lin, answer.headers.get('Location') ?? '')
    expect(after.text).toContain('提议的日期刚刚变更')
    expect(await read(booking.id)).toMatchObject({ state: 'proposed', proposal: { day: last } })
  })

  test('is refused beside its field', async () => {
    const booking = await book(people.lin)
    const path = `${own(booking.id)}/proposal`
    const told = async (fields: Record<string, string>) =>
      mainOf(await (await press(people.wu, path, fields)).text())
    expect(await told({ day: '' })).toContain('请选择预约日期')
    expect(await told({ day: '2020-01-01' })).toContain('不能早于今天')
    expect(await told({ day: booking.day })).toContain('与目前的相同')
    expect(await told({ day: nextDay(), note: '长'.repeat(501) })).toContain('不能超过 500 个字')
    expect((await read(booking.id)).state).toBe('waiting')
  })

  test('is not proposed on hours that another booking has', async () => {
    const item = `instrument:${CHAMBER}`
    const [held, booking] = [await book(people.zhou, { item }), await book(people.lin, { item })]
    const hour = hourKey(held.day, 9)
    const answer = await press(people.wu, `${own(booking.id)}/proposal`, { day: held.day, hour })
    expect(answer.status).toBe(422)
    expect(await heldBy(booking.id)).toHaveLength(8)
  })
})

describe('cancelling', () => {
  test('by the enterprise frees the hours and needs no word', async () => {
    const booking = await book(people.lin, { item: `instrument:${CHAMBER}` })
    const answer = await press(people.lin, `${theirs(booking.id)}/cancellation`)
    expect((await get(people.lin, answer.headers.get('Location') ?? '')).text).toContain(
      '预约已取消',
    )
    expect((await read(booking.id)).state).toBe('cancelled')
    expect(await heldBy(booking.id)).toEqual([])
    const again = await press(people.zhou, '/enterprise/bookings/new', {
      key: newId(),
      carrier: ZHIJIAN,
      item: `instrument:${CHAMBER}`,
      day: booking.day,
      contact: '周予安',
      phone: '13900000002',
      need: '同一天',
    })
    expect(again.status).toBe(303)
  })

  test('by the carrier of what it accepted needs a reason', async () => {
    const booking = await book(people.lin)
    await press(people.wu, `${own(booking.id)}/acceptance`)
    const empty = await press(people.wu, `${own(booking.id)}/cancellation`, { reason: '' })
    expect(empty.status).toBe(422)
    await press(people.wu, `${own(booking.id)}/cancellation`, { reason: '设备故障' })
    expect(await read(booking.id)).toMatchObject({ state: 'cancelled', reason: '设备故障' })
    const page = await get(people.lin, theirs(booking.id))
    expect(page.text).toContain('理由：设备故障')
    expect(page.html).not.toContain('申请使用创新券')
  })
})

test('both sides’ open pages hear of every move', async () => {
  const booking = await book(people.lin)
  const channels = [`carrier:${ZHIJIAN}`, `enterprise:${people.lin.enterprise}`]
  for (const channel of channels) await cursorOf(env, channel)
  const since = Date.now()
  await press(people.wu, `${own(booking.id)}/acceptance`)
  const hint = { topic: 'booking', enterprise: people.lin.enterprise, id: booking.id }
  for (const channel of channels) {
    expect(await recentHints(env, channel, since)).toContainEqual(hint)
  }
})

test('all bookings, those of a state, and those of a week are listed', async () => {
  const booking = await book(people.lin, { item: `instrument:${CHAMBER}` })
  const list = await get(people.wu, '/carrier/bookings')
  expect(list.html).toContain(`id="row-${booking.id}"`)
  expect((await get(people.wu, '/carrier/bookings?state=used')).html).not.toContain(booking.id)
  const week = await get(people.wu, `/carrier/bookings?view=calendar&week=${booking.day}`)
  expect(week.html).toContain(own(booking.id))
  expect(week.text).toContain('09:00–17:00')
  expect((await get(people.wu, own(booking.id))).text).toContain('13900000001')
  expect((await findBooking(db, booking.id, Date.now()))?.phone).not.toContain('1390')
})

test('a side takes its own list away as a file, with the telephones it may see', async () => {
  const booking = await book(people.zhou, { need: '=1+1', contact: '周予安' })
  const file = await get(people.wu, '/carrier/bookings/export?format=csv&state=waiting')
  const number = bookingNumber(booking.id)
  const line = file.html.split('\n').find((one) => one.startsWith(number)) ?? ''
  expect(line).toContain('宁波演示微光电子有限公司,浙江演示智能制造检测研究院,演示电磁')
  expect(line).toContain("13900000001,'=1+1,待确认")
  expect((await get(people.sun, '/carrier/bookings/export')).html).not.toContain(number)
  expect((await get(people.lin, '/enterprise/bookings/export')).html).not.toContain(number)
  expect((await get(people.zhou, '/enterprise/bookings/export')).html).toContain(number)
  const used = await get(people.wu, '/carrier/bookings/export?format=csv&state=used')
  expect(used.html).not.toContain(number)
})
