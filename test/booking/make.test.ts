/** 「提交预约」 over HTTP: what is needed first, the form, its hours, and twenty presses at once. */
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import { suspendCarrier } from '../../src/catalogue/client.ts'
import { DEFAULT_OPENING } from '../../src/catalogue/rules.ts'
import { carriers, instruments } from '../../src/catalogue/tables.ts'
import { eq } from 'drizzle-orm'
import { dayAfter, hourKey } from '../../src/booking/hour-rules.ts'
import { booking_hours, bookings } from '../../src/booking/tables.ts'
import { newId } from '../../src/kernel/id.ts'
import { commit, dbOf } from '../../src/platform/db.ts'
import { carrierIdOf, serviceIdOf } from '../demo/seed-catalogue.ts'
import { get } from '../quota/fixture.ts'
import {
  CHAMBER,
  KEKAO,
  SERVICE,
  ZHIJIAN,
  book,
  fieldsOf,
  mainOf,
  nextDay,
  press,
  read,
  setUp,
} from './fixture.ts'
import type { People } from './fixture.ts'

const db = dbOf(env)
const NEW = '/enterprise/bookings/new'
let people: People
beforeAll(async () => {
  people = await setUp()
})

describe('who may book', () => {
  test('方若水, not registered, is led to what is missing, and refused by the server', async () => {
    const page = await get(people.fang, `${NEW}?carrier=${ZHIJIAN}&service=${SERVICE}`)
    expect(page.status).toBe(200)
    expect(page.html).toMatch(/<a href="\/enterprise\/registration">前往实名注册<\/a>/)
    expect(page.html).toMatch(/<a href="\/enterprise\/quota">前往申领额度<\/a>/)
    expect(page.html).not.toContain('提交预约')
    const fields = fieldsOf()
    const answer = await press(people.fang, NEW, fields)
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain('现在还不能预约')
    await expect(read(fields['key'] ?? '')).rejects.toThrow('no booking')
  })

  test('a stranger signs in and comes back; a carrier has no business here', async () => {
    const asked = await get(null, `${NEW}?carrier=${ZHIJIAN}`)
    expect(asked.location).toBe(
      `/login/legal?return=${encodeURIComponent(`${NEW}?carrier=${ZHIJIAN}`)}`,
    )
    expect((await get(people.wu, `${NEW}?carrier=${ZHIJIAN}`)).status).toBe(403)
  })

  test('nobody is booked who does not exist', async () => {
    for (const query of ['', '?carrier=x', `?carrier=${newId()}`, `?service=${newId()}`]) {
      expect((await get(people.lin, NEW + query)).status).toBe(404)
    }
  })
})

describe('the form', () => {
  test('names whom and what, and is filled with the agent of the registration', async () => {
    const page = await get(people.lin, `${NEW}?carrier=${ZHIJIAN}&service=${SERVICE}`)
    expect(page.text).toContain('浙江演示智能制造检测研究院')
    expect(page.text).toContain('演示电磁兼容检测')
    expect(page.html).toMatch(/name="contact"[^>]*value="林知远"/)
    expect(page.html).toMatch(/name="phone"[^>]*value="13900000001"/)
    for (const label of ['预约人', '联系电话', '预约日期', '服务需求']) {
      expect(page.html).toMatch(new RegExp(`<label[^>]*>\\s*${label}\\s*</label>`))
    }
    expect(page.html).not.toContain('预约时段')
  })

  test('of an organisation lets one choose what it offers, or nothing', async () => {
    const page = await get(people.lin, `${NEW}?carrier=${ZHIJIAN}`)
    expect(page.html).toContain(`<option value="service:${SERVICE}">演示电磁兼容检测</option>`)
    expect(page.html).toContain(`value="instrument:${CHAMBER}"`)
    const booked = await book(people.lin, { item: '', fixed: '' })
    expect(booked).toMatchObject({ service: null, instrument: null, state: 'waiting' })
  })

  test('tells all that is wrong beside its fields and keeps what was typed', async () => {
    const fields = fieldsOf({ day: '2020-01-01', phone: '打给我', need: '' })
    const answer = await press(people.lin, NEW, fields)
    expect(answer.status).toBe(422)
    const html = await answer.text()
    expect(html).toContain('<title>错误：')
    expect(html).toMatch(/<a href="#field-day">预约日期不能早于今天<\/a>/)
    expect(html).toMatch(/<a href="#field-phone">联系电话应为/)
    expect(html).toMatch(/<a href="#field-need">请填写服务需求<\/a>/)
    expect(html).toMatch(/name="phone"[^>]*value="打给我"/)
    expect(html).toContain(`name="key" value="${fields['key']}"`)
  })

  test('a service of another carrier, or none any more, is not booked', async () => {
    const foreign = serviceIdOf('kekao', '演示静电放电测试')
    const answer = await press(people.lin, NEW, fieldsOf({ item: `service:${foreign}` }))
    expect(answer.status).toBe(422)
    expect(mainOf(await answer.text())).toContain('该服务内容已下架')
  })

  test('an instrument in repair says so', async () => {
    const gun = (await db.select().from(instruments).where(eq(instruments.carrier, KEKAO)))[0]
    if (!gun) throw new Error('no instrument')
    await commit(db, [
      db.update(instruments).set({ availability: 'maintenance' }).where(eq(instruments.id, gun.id)),
    ])
    const page = await get(people.lin, `${NEW}?instrument=${gun.id}`)
    expect(page.text).toContain('该仪器目前不对外预约')
    expect(page.html).not.toContain('提交预约')
  })
})

describe('a booking that is made', () => {
  test('waits, with its number and what happens next, and its telephone sealed', async () => {
    const fields = fieldsOf()
    const answer = await press(people.lin, NEW, fields)
    expect(answer.status).toBe(303)
    const made = await get(people.lin, answer.headers.get('Location') ?? '')
    expect(made.text).toContain('预约已提交')
    expect(made.text).toMatch(/YY-[0-9A-Z]{4}-[0-9A-Z]{4}/)
    expect(made.text).toContain('0571-80000011')
    const booking = await read(fields['key'] ?? '')
    expect(booking).toMatchObject({ state: 'waiting', need: '样机两台，按企业标准试验', turn: 0 })
    expect(booking.enterprise_name).toBe('杭州演示云杉传感科技有限公司')
    expect(booking.phone).not.toContain('1390')
    const own = await get(people.lin, `/enterprise/bookings/${booking.id}`)
    expect(own.text).toContain('13900000001')
    const list = await get(people.lin, '/enterprise/bookings')
    expect(list.html).toContain(`id="row-${booking.id}"`)
  })

  test('is made once, however often the form is sent', async () => {
    const fields = fieldsOf()
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => press(people.lin, NEW, fields)),
    )
    expect(answers.map(({ status }) => status)).toEqual([303, 303, 303, 303, 303])
    const again = await press(people.lin, NEW, { ...fields, need: '别的' })
    expect(again.headers.get('Location')).toContain('again=1')
    const rows = await db
      .select()
      .from(bookings)
      .where(eq(bookings.id, fields['key'] ?? ''))
    expect(rows.map(({ need }) => need)).toEqual(['样机两台，按企业标准试验'])
  })

  test('under the key of somebody else’s booking is not found', async () => {
    const { id } = await book(people.lin)
    expect((await press(people.zhou, NEW, fieldsOf({ key: id }))).status).toBe(404)
  })
})

describe('an instrument', () => {
  const item = `instrument:${CHAMBER}`
  const held = (id: string) => db.select().from(booking_hours).where(eq(booking_hours.booking, id))

  test('is held for the ticked hours, which nobody else is offered', async () => {
    const day = nextDay()
    const hour = [hourKey(day, 9), hourKey(day, 10)]
    const fields = fieldsOf({ item, day })
    const answer = await press(people.lin, NEW, { ...fields, hour })
    expect(answer.status).toBe(303)
    expect((await held(fields['key'] ?? '')).map((row) => row.hour).sort()).toEqual(hour)
    const page = await get(people.zhou, `${NEW}?instrument=${CHAMBER}&day=${day}`)
    expect(page.html).toMatch(new RegExp(`value="${day}T09"[^>]*disabled`))
    expect(page.html).not.toMatch(new RegExp(`value="${day}T11"[^>]*disabled`))
    expect(page.text).toContain('6 时段')
    const second = await press(people.zhou, NEW, { ...fieldsOf({ item, day }), hour })
    expect(second.status).toBe(422)
    expect(await second.text()).toContain('所选时段刚刚被预约')
  })

  test('without a tick is held for every free hour of the day', async () => {
    const booking = await book(people.lin, { item })
    expect(booking.hours).toEqual([9, 10, 11, 12, 13, 14, 15, 16])
    expect(await held(booking.id)).toHaveLength(8)
    const full = await press(people.zhou, NEW, fieldsOf({ item, day: booking.day }))
    expect(full.status).toBe(422)
    expect(await full.text()).toContain('当天没有可约的时段')
  })

  test('goes to exactly one of twenty who want the same hour at once', async () => {
    const day = nextDay()
    const wishes = Array.from({ length: 20 }, (_none, place) => ({
      who: place % 2 === 0 ? people.lin : people.zhou,
      fields: {
        ...fieldsOf({ item, day }),
        hour: [hourKey(day, 9 + (place % 3)), hourKey(day, 11)],
      },
    }))
    const answers = await Promise.all(wishes.map(({ who, fields }) => press(who, NEW, fields)))
    const statuses = answers.map(({ status }) => status)
    expect(statuses.filter((status) => status === 303)).toHaveLength(1)
    expect(statuses.filter((status) => status === 422)).toHaveLength(19)
    const rows = await db
      .select()
      .from(booking_hours)
      .where(eq(booking_hours.hour, hourKey(day, 11)))
    expect(rows).toHaveLength(1)
    const made = await db.select().from(bookings).where(eq(bookings.day, day))
    expect(made.map(({ id }) => id)).toEqual(rows.map(({ booking }) => booking))
  })

  test('shows the hours of another day without scripts, keeping what was typed', async () => {
    const day = nextDay()
    const fields = fieldsOf({ item, day, need: '先看看时段' })
    const answer = await press(people.lin, '/enterprise/bookings/hours', fields)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('HX-Push-Url')).toBe('false')
    const html = await answer.text()
    expect(html).toContain(`value="${day}T16"`)
    expect(html).toContain('先看看时段')
    const wrong = { ...fieldsOf({ item, day: nextDay() }), hour: hourKey(day, 9) }
    const refused = await press(people.lin, NEW, wrong)
    expect(await refused.text()).toContain('勾选的时段不在预约日期当天')
    const query = new URLSearchParams({ carrier: ZHIJIAN, item, day })
    const part = await get(people.lin, `/enterprise/bookings/hours?${query.toString()}`)
    expect(part.html).not.toContain('<html')
    expect(part.html).toContain(`value="${day}T16"`)
    expect(part.html).toMatch(new RegExp(`id="calendar">[^]*day=${day}[^]*aria-current="date"`))
  })

  test('is shut on days its carrier does not open', async () => {
    await commit(db, [
      db.update(carriers).set({ opening: DEFAULT_OPENING }).where(eq(carriers.id, ZHIJIAN)),
    ])
    // Four days after a Wednesday.
    const sunday = dayAfter(nextDay(), 4)
    const answer = await press(people.lin, NEW, fieldsOf({ item, day: sunday }))
    expect(await answer.text()).toContain('服务机构当天不开放')
  })
})

test('a carrier that is suspended is not booked', async () => {
  const carrier = carrierIdOf('ruian')
  await commit(db, [suspendCarrier(db, { carrier, at: Date.now(), by: '蒋管', reason: '核查' })])
  const page = await get(people.lin, `${NEW}?carrier=${carrier}`)
  expect(page.text).toContain('该服务机构已暂停，不能预约')
  const answer = await press(people.lin, NEW, fieldsOf({ carrier, item: '', fixed: '' }))
  expect(answer.status).toBe(422)
})
