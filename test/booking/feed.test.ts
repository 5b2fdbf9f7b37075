/** 吴检 subscribes to the calendar of the institute; the address is a secret that can be changed. */
import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import { hourKey } from '../../src/booking/hour-rules.ts'
import { booking_feeds } from '../../src/booking/tables.ts'
import { dbOf } from '../../src/platform/db.ts'
import { get } from '../quota/fixture.ts'
import { send } from '../support/routes.ts'
import { CHAMBER, book, fieldsOf, nextDay, press, setUp } from './fixture.ts'
import type { People } from './fixture.ts'

const FEED = '/carrier/bookings/feed'
let people: People
beforeAll(async () => {
  people = await setUp()
})

async function addressOf(): Promise<string> {
  const page = await get(people.wu, FEED)
  const path = /\/calendar\/[\w-]{22}\/bookings\.ics/.exec(page.html)?.[0]
  if (!path) throw new Error('no address')
  return path
}

test('there is no address before one is made', async () => {
  const page = await get(people.wu, FEED)
  expect(page.text).toContain('还没有订阅地址')
  expect(page.html).toMatch(/>\s*生成订阅地址\s*</)
})

test('the calendar holds hours and days, in UTC, and neither who calls nor for what', async () => {
  await press(people.wu, FEED)
  const day = nextDay()
  const fields = fieldsOf({ item: `instrument:${CHAMBER}`, day })
  const hour = [hourKey(day, 9), hourKey(day, 10), hourKey(day, 14)]
  await press(people.lin, '/enterprise/bookings/new', { ...fields, hour })
  const service = await book(people.lin, { need: '样机两台，\n按企业标准；加急' })
  const answer = await send('GET', await addressOf())
  expect(answer.status).toBe(200)
  expect(answer.headers.get('Content-Type')).toBe('text/calendar; charset=utf-8')
  const text = await answer.text()
  const unfolded = text.replace(/\r\n[ \t]/g, '')
  const plain = day.replaceAll('-', '')
  expect(unfolded).toContain(`DTSTART:${plain}T010000Z`)
  expect(unfolded).toContain(`DTEND:${plain}T030000Z`)
  expect(unfolded).toContain(`DTSTART:${plain}T060000Z`)
  expect(unfolded).toContain(`DTSTART;VALUE=DATE:${service.day.replaceAll('-', '')}`)
  expect(unfolded).toContain('STATUS:TENTATIVE')
  expect(unfolded).toContain('【待确认】演示电磁兼容检测 杭州演示云杉传感科技有限公司')
  expect(unfolded).toContain('X-WR-CALNAME:浙江演示智能制造检测研究院的预约')
  expect(unfolded).toContain(`/carrier/bookings/${service.id}`)
  for (const secret of ['1390', '林知远', '样机两台', '按企业标准']) {
    expect(unfolded).not.toContain(secret)
  }
  expect(text.split('\r\n').every((line) => line.length <= 76)).toBe(true)
})

test('an unchanged calendar is not sent twice', async () => {
  const path = await addressOf()
  const first = await send('GET', path)
  const etag = first.headers.get('ETag') ?? ''
  const again = await send('GET', path, { headers: { 'If-None-Match': etag } })
  expect(again.status).toBe(304)
  await book(people.lin)
  const changed = await send('GET', path, { headers: { 'If-None-Match': etag } })
  expect(changed.status).toBe(200)
})

test('a replaced or ended address finds nothing, and the table holds no secret', async () => {
  const old = await addressOf()
  await press(people.wu, FEED)
  const fresh = await addressOf()
  expect(fresh).not.toBe(old)
  expect((await send('GET', old)).status).toBe(404)
  expect((await send('GET', fresh)).status).toBe(200)
  const rows = JSON.stringify(await dbOf(env).select().from(booking_feeds))
  expect(rows).not.toContain(fresh.split('/')[2])
  await press(people.wu, `${FEED}/end`)
  expect((await send('GET', fresh)).status).toBe(404)
  expect((await send('GET', '/calendar/x/bookings.ics')).status).toBe(404)
})
