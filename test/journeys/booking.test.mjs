/**
 * The life of a booking in two browsers: 周予安 books an instrument's hours, 孙可 answers at the desk
 * and proposes another date, and a voucher is applied for; with scripts all arrives by itself.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { button, field, heading, link } from './parts.mjs'
import { signIn, startDemo } from './support.mjs'

const DAY_MS = 86_400_000
const dayAhead = (days) =>
  new Date(Date.now() + days * DAY_MS + DAY_MS / 3).toISOString().slice(0, 10)

let demo
const cookies = {}

beforeAll(async () => {
  demo = await startDemo()
  for (const who of ['weiguang', 'kekao']) {
    const page = await demo.newRole()
    await signIn(page, who)
    cookies[who] = await page.context().storageState()
    await page.context().close()
  }
})

afterAll(() => demo?.stop())

const WAYS = [
  ['on a screen', { width: 1280 }, 2],
  ['on a phone', { width: 390 }, 12],
  ['on a phone without scripts', { width: 390, js: false }, 22],
]

test.each(WAYS)(
  'a booking is made, moved, taken, used and cancelled %s',
  async (_way, how, from) => {
    const live = how.js !== false
    const open = (who) => demo.newRole({ ...how, storageState: cookies[who] })
    const [zhou, sun] = [await open('weiguang'), await open('kekao')]
    const fresh = (page) => (live ? undefined : page.reload())
    await sun.goto('/carrier/desk')

    const number = await book(zhou, { live, day: dayAhead(from) })
    await fresh(sun)
    const waiting = sun.getByRole('row', { name: number })
    await waiting.getByText('09:00–11:00').waitFor()
    await zhou.goto('/enterprise/bookings')
    const mine = zhou.getByRole('row', { name: number })
    await mine.getByText('待确认', { exact: true }).waitFor()

    await link(waiting, '提议改期').click()
    await field(sun, '提议日期').fill(dayAhead(from + 1))
    await field(sun, '说明').fill('当天设备检修')
    await button(sun, '提交提议').click()
    await sun.getByText('已提议新日期').waitFor()
    await fresh(zhou)
    await mine.getByText('待企业确认', { exact: true }).waitFor()
    await button(mine, '接受新日期').click()
    await zhou.getByText('已接受新日期').waitFor()
    await mine.getByText('已确认', { exact: true }).waitFor()

    await zhou.goto('/enterprise/use')
    const usable = zhou.getByRole('row', { name: dayAhead(from + 1) })
    await link(usable, '申请使用创新券').click()
    expect(await field(zhou, '服务机构').inputValue()).toBe('宁波演示电子可靠性实验室')
    expect(await field(zhou, '服务内容').inputValue()).toBe('演示静电枪')
    expect(await field(zhou, '联系人').inputValue()).toBe('周予安')

    await sun.goto('/carrier/bookings')
    await link(sun.getByRole('row', { name: number }), '取消预约').click()
    await field(sun, '理由').fill('设备故障')
    await button(sun, '提交取消').click()
    await sun.getByText('预约已取消').waitFor()
    await zhou.goto('/enterprise/bookings')
    await mine.getByText('理由：设备故障').waitFor()
    for (const page of [zhou, sun]) await page.context().close()
  },
)

/** Two hours of the static gun; answers the booking's number. */
async function book(page, { live, day }) {
  await page.goto('/enterprise/bookings')
  const used = page.getByRole('row', { name: /演示静电放电测试/ })
  await page.goto(await link(used, '宁波演示电子可靠性实验室').getAttribute('href'))
  const gun = page.getByRole('main').locator('a[href*="&instrument="]')
  for (const href of await gun.evaluateAll((links) => links.map((one) => one.href))) {
    await page.goto(href)
    if ((await page.getByText('演示静电枪').count()) > 0) break
  }
  await field(page, '预约日期').fill(day)
  if (!live) await button(page, '查看可约时段').click()
  await field(page, '09:00–10:00').check()
  await field(page, '10:00–11:00').check()
  await field(page, '服务需求').fill('样品两件')
  await button(page, '提交预约').click()
  await heading(page, '预约已提交').waitFor()
  return /YY-\w{4}-\w{4}/.exec(await page.getByRole('main').innerText())[0]
}

test('an enterprise without quota is led to it from the form', async () => {
  const page = await demo.newRole()
  await signIn(page, 'yunshan')
  await page.goto('/map')
  await page.goto(await link(page.getByRole('main'), '立即预约').first().getAttribute('href'))
  await link(page, '前往申领额度').click()
  await heading(page, '申领额度').waitFor()
  await page.context().close()
})

test('the bureau suspends a carrier, and the enterprise sees its booking end', async () => {
  const zhou = await demo.newRole({ storageState: cookies.weiguang })
  const number = await book(zhou, { live: true, day: dayAhead(30) })
  await zhou.goto('/enterprise/bookings')
  const feng = await demo.newRole()
  await signIn(feng, 'haishu-review')
  await feng.goto('/bureau/carriers')
  await link(feng.getByRole('main'), '宁波演示电子可靠性实验室').click()
  await field(feng, '理由').fill('资质到期')
  await button(feng, '暂停').click()
  const mine = zhou.getByRole('row', { name: number })
  await mine.getByText('理由：服务机构已暂停').waitFor()
  for (const page of [zhou, feng]) await page.context().close()
})
