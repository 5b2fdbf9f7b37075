/** Lists of bookings: their pages, a carrier with many, bookings of an organisation alone. */
import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { DESK_MAX } from '../../src/booking/rules.ts'
import { listPage } from '../../src/booking/list-store.ts'
import { insertBooking } from '../../src/booking/store.ts'
import { tellOwed } from '../../src/booking/message.ts'
import { dayAfter, weekOf } from '../../src/booking/hour-rules.ts'
import { namedId, newId } from '../../src/kernel/id.ts'
import { accept } from '../../src/kernel/outcome.ts'
import { commit, dbOf } from '../../src/platform/db.ts'
import type { sendSms } from '../../src/platform/sms.ts'
import { services } from '../../src/catalogue/tables.ts'
import { carrierIdOf } from '../demo/seed-catalogue.ts'
import { get } from '../quota/fixture.ts'
import { send } from '../support/routes.ts'
import { KEKAO, NOW, TODAY, ZHIJIAN, book, press, setUp } from './fixture.ts'
import type { People } from './fixture.ts'

const db = dbOf(env)
const RUIAN = carrierIdOf('ruian')
const GUN = namedId('demo:instrument:kekao:演示静电枪')
const WHOLE = ['机构整体服务', 'The organisation as a whole'] as const
let people: People
beforeAll(async () => {
  people = await setUp()
})

/** Bookings of 方若水 that wait, the first asked for soonest and its day last. */
async function ask(count: number, carrier: string): Promise<string[]> {
  const ids = Array.from({ length: count }, () => newId())
  const rows = ids.map((id, place) =>
    insertBooking(db, {
      id,
      enterprise: people.fang.enterprise,
      enterprise_name: '方若水',
      carrier,
      service: null,
      instrument: null,
      day: dayAfter(TODAY, count - place),
      contact: '方若水',
      phone: '13900000003',
      need: '样机两台',
      at: NOW - count + place,
      by: people.fang.account,
    }),
  )
  await commit(db, rows)
  return ids
}

/** Numbers of the rows in the order of a page. */
const rowsOf = (html: string) => [...html.matchAll(/id="row-([\w-]{36})"/g)].map(([, id]) => id)

describe('many bookings', () => {
  test('are listed page by page, and past the last page is the last', async () => {
    const ids = await ask(45, RUIAN)
    const newest = ids.toReversed()
    const page = (number: number | string) =>
      get(people.fang, `/enterprise/bookings?page=${number}`)
    expect(rowsOf((await page(1)).html)).toEqual(newest.slice(0, 20))
    expect(rowsOf((await page(3)).html)).toEqual(newest.slice(40))
    for (const beyond of [4, 900, '1e400']) {
      const last = await page(beyond)
      expect(rowsOf(last.html)).toEqual(newest.slice(40))
      expect(last.text).toMatch(/第 3 页/)
    }
    for (const odd of [0, -3, 'x']) expect(rowsOf((await page(odd)).html)).toHaveLength(20)
    const none = await get(people.fang, '/enterprise/bookings?state=used&page=7')
    expect(none.text).toContain('没有这种状态的预约')
    const listed = await listPage(db, { carrier: RUIAN }, NOW, { page: 9, size: 20 })
    expect(listed).toMatchObject({ count: 45, page: 3, pages: 3 })
  })

  test('stand on the desk by their day, and a link leads to those it does not hold', async () => {
    const ids = await ask(DESK_MAX + 4, ZHIJIAN)
    const soonest = ids.toReversed()
    const desk = await get(people.wu, '/carrier/desk')
    expect(rowsOf(desk.html)).toEqual(soonest.slice(0, DESK_MAX))
    expect(desk.html).toContain('<a href="/carrier/bookings?state=waiting">全部待确认的预约</a>')
    const third = await get(people.wu, '/carrier/bookings?state=waiting&page=3')
    expect(rowsOf(third.html)).toEqual(soonest.slice(40))
    const english = await get(people.wu, '/carrier/desk?lang=en')
    expect(english.html).toContain('>all bookings to answer</a>')
  })

  test('of which few wait lead nowhere else', async () => {
    expect((await get(people.sun, '/carrier/desk')).html).not.toContain('state=waiting')
  })
})

test('where only the organisation was booked, every list says so in both languages', async () => {
  const { id } = await book(people.lin, { item: '', fixed: '' })
  await press(people.wu, '/carrier/bookings/feed')
  const feed = /\/calendar\/[\w-]{22}\/bookings\.ics/.exec(
    (await get(people.wu, '/carrier/bookings/feed')).html,
  )
  const [zh, en] = WHOLE
  for (const [lang, word] of [
    ['zh', zh],
    ['en', en],
  ] as const) {
    for (const [who, path] of [
      [people.lin, '/enterprise/bookings'],
      [people.lin, `/enterprise/bookings/${id}`],
      [people.lin, `/enterprise/bookings/${id}/made`],
      [people.wu, `/carrier/bookings/${id}`],
      [people.wu, `/carrier/bookings/${id}/proposal`],
      [people.wu, '/carrier/bookings/export?format=csv'],
    ] as const) {
      const query = path.includes('?') ? '&' : '?'
      const shown = await get(who, `${path}${query}lang=${lang}`)
      expect({ path, named: shown.html.includes(word) }).toEqual({ path, named: true })
    }
  }
  expect(await (await send('GET', feed?.[0] ?? '')).text()).toContain(zh)
  await press(people.wu, `/carrier/bookings/${id}/acceptance`)
  const sent: string[] = []
  const gateway: typeof sendSms = async (_env, _phone, text) => {
    sent.push(text)
    return accept(true)
  }
  await press(people.wu, `/carrier/bookings/${id}/cancellation`, { reason: '设备故障' })
  await tellOwed(env, Date.now(), { bookings: [id], send: gateway })
  expect(sent).toEqual([`您在浙江演示智能制造检测研究院的预约（${zh}）已取消。理由：设备故障`])
})

test('a week is read anew by itself as bookings move, each side its own', async () => {
  const { id, day } = await book(people.lin, { carrier: ZHIJIAN })
  const path = `/carrier/bookings/week?week=${day}`
  const calendar = await get(people.wu, `/carrier/bookings?view=calendar&week=${day}`)
  const monday = /data-get="\/carrier\/bookings\/week\?week=([\d-]+)"/.exec(calendar.html)?.[1]
  expect(monday).toBe(weekOf(day))
  const part = await get(people.wu, path)
  expect(part.html).not.toContain('<html')
  expect(part.html).toContain(`/carrier/bookings/${id}`)
  expect((await get(people.sun, path)).html).not.toContain(id)
  await press(people.lin, `/enterprise/bookings/${id}/cancellation`)
  expect((await get(people.wu, path)).html).not.toContain(id)
})

test('of a carrier without services an instrument is chosen, and its hours', async () => {
  const withdrawn = { withdrawn_at: NOW }
  await commit(db, [db.update(services).set(withdrawn).where(eq(services.carrier, KEKAO))])
  const page = await get(people.lin, `/enterprise/bookings/new?carrier=${KEKAO}`)
  expect(page.html).toContain(`value="instrument:${GUN}"`)
  expect(page.html).not.toContain('<optgroup label="服务项目">')
  expect(page.html).toContain('查看可约时段')
  const item = { carrier: KEKAO, item: `instrument:${GUN}`, fixed: '' }
  const booked = await book(people.lin, item)
  expect(booked).toMatchObject({ instrument: GUN, item_name: '演示静电枪' })
  expect(booked.hours.length).toBeGreaterThan(0)
})

test('the page after 提交预约 gives way to how the booking stands once it was answered', async () => {
  const { id } = await book(people.lin)
  const made = `/enterprise/bookings/${id}/made`
  expect((await get(people.lin, made)).text).toContain('预约已提交')
  await press(people.wu, `/carrier/bookings/${id}/acceptance`)
  expect(await get(people.lin, made)).toMatchObject({
    status: 303,
    location: `/enterprise/bookings/${id}`,
  })
})
