/**
 * The names that people and programs find things by: each once in its page or part, with scripts
 * and without; every page accessible on a screen and on a phone, also where it refuses a form.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { button, field, heading, link, openClaim, register } from './parts.mjs'
import { expectAccessible, signIn, startDemo } from './support.mjs'
import { LABELS, REFUSED } from './tables.mjs'

const PEOPLE = [...new Set(LABELS.map(([who]) => who))]
const SCREEN = { width: 1280, height: 900 }
const PHONE = { width: 390, height: 844 }

let demo
/** Account → cookies, so that each signs in once. */
const cookies = {}
/** Name in the tables → address, or number of a voucher. */
const found = {}

beforeAll(async () => {
  demo = await startDemo()
  const pages = {}
  for (const who of [...PEOPLE, 'qihang'].filter(Boolean)) {
    pages[who] = await demo.newRole()
    await signIn(pages[who], who)
  }
  await prepare(pages)
  for (const [who, page] of Object.entries(pages)) {
    cookies[who] = await page.context().storageState()
    await page.context().close()
  }
})

afterAll(() => demo?.stop())

/** Brings every form within reach: a claim, a registration and a redemption that wait. */
async function prepare({ yunshan, qihang, weiguang, kekao, ...bureaus }) {
  await yunshan.goto('/enterprise')
  const service = await openClaim(yunshan)
  await field(service, '申领金额').fill('20000')
  await button(service, '提交申领').click()
  await heading(service, '申领成功').waitFor()
  await yunshan.goto('/enterprise/use')
  await button(yunshan, '选择服务机构').click()
  await field(yunshan, '关键词').fill('演示电磁兼容检测')
  await button(yunshan, '搜索').click()
  await yunshan.waitForURL(/word=/)
  found.picker = yunshan.url()
  await qihang.goto('/enterprise')
  await register(qihang, { city: '杭州市', county: '西湖区' })
  await findVouchers(weiguang)
  await kekao.goto('/carrier/desk')
  found.refusal = await addressOf(kekao, '拒绝')
  await makeBooking(weiguang, kekao)
  await findOfBureaus(bureaus)
}

async function findVouchers(page) {
  await page.goto('/enterprise/vouchers')
  const cards = page.getByRole('article')
  const numberOf = (text) => cards.filter({ hasText: text }).getAttribute('aria-label')
  found.unconfirmed = await numberOf('￥6,000.00')
  found.confirmed = await numberOf('￥8,000.00')
  found.submitted = await numberOf('￥5,000.00')
  found.voucher = await addressOf(page, found.unconfirmed)
  await page.goto(found.voucher)
  found.check = await addressOf(page, '打开核验页')
  await page.goto('/enterprise/evaluations')
  found.evaluation = await addressOf(page, '评价服务', found.confirmed)
  await page.goto('/enterprise/redemptions')
  found.papers = await addressOf(page, '查看', found.confirmed)
  await page
    .getByRole('row', { name: found.submitted })
    .getByRole('checkbox', { name: '选择', exact: true })
    .check()
  await button(page, '提交所选').click()
  await heading(page, '1 张已提交').waitFor()
}

/** 周予安 books an instrument, and the carrier has it on its desk. */
async function makeBooking(page, kekao) {
  await page.goto('/enterprise/bookings')
  const row = page.getByRole('row', { name: /演示静电放电测试/ })
  await page.goto(await link(row, '宁波演示电子可靠性实验室').getAttribute('href'))
  const gun = page.getByRole('main').locator('a[href*="&instrument="]').first()
  await page.goto(await gun.getAttribute('href'))
  const days = page.getByRole('region', { name: '可约日期' }).getByRole('link', { name: /时段$/ })
  found.form = await days.nth(9).getAttribute('href')
  await days.nth(10).click()
  await field(page, '服务需求').fill('样品两件')
  await button(page, '提交预约').click()
  await heading(page, '预约已提交').waitFor()
  found.own = await addressOf(page, '查看预约')
  found.booking = /YY-\w{4}-\w{4}/.exec(await page.getByRole('main').innerText())[0]
  await kekao.goto('/carrier/desk')
  found.proposal = await addressOf(kekao, '提议改期')
}

async function findOfBureaus(pages) {
  await pages['haishu-review'].goto('/bureau/redemptions')
  await pages['haishu-review'].getByRole('row', { name: found.submitted }).waitFor()
  found.review = await addressOf(pages['haishu-review'], found.submitted)
  await pages['haishu-review'].goto('/bureau/vouchers')
  found.terminate = await addressOf(pages['haishu-review'], found.confirmed)
  await pages['xihu-review'].goto('/bureau/registrations')
  found.registration = await addressOf(pages['xihu-review'], '杭州演示启航机器人有限公司')
}

function addressOf(page, name, row) {
  const part = row ? page.getByRole('row', { name: row }) : page.getByRole('main')
  return link(part, name).getAttribute('href')
}

const nameOf = (name) => found[name] ?? name

function partOf(page, where) {
  if (where === 'page') return page
  if (where === 'main') return page.getByRole('main')
  const [role, name] = where.split(':')
  return page.getByRole(role, { name: nameOf(name) })
}

const FINDERS = {
  label: (part, name) => part.getByLabel(name, { exact: true }),
  text: (part, name) => part.getByText(name, { exact: true }),
  term: (part, name) => part.getByRole('term').filter({ hasText: new RegExp(`^${name}$`) }),
}

/** What is not found exactly once, told as page, part, kind, name and count. */
async function missing(page, [, , where, names]) {
  const part = partOf(page, where)
  const wrong = []
  if ((await part.count?.()) > 1) wrong.push(`${page.url()} ${where} is there several times`)
  for (const [kind, list] of Object.entries(names))
    for (const name of list.split(' ').map(nameOf)) {
      const finder = FINDERS[kind] ?? ((on) => on.getByRole(kind, { name, exact: true }))
      const count = await finder(part, name).count()
      if (count !== 1) wrong.push(`${page.url()} ${where} ${kind} ${name}: ${count}`)
    }
  return wrong
}

/** Opens every page of a person's rows once, in their order. */
async function eachPage(page, who, then) {
  const rows = LABELS.filter(([one]) => one === who)
  for (const address of new Set(rows.map(([, one]) => one))) {
    await page.goto(nameOf(address))
    await then(rows.filter(([, one]) => one === address))
  }
}

async function expectFitting(page) {
  for (const size of [SCREEN, PHONE]) {
    await page.setViewportSize(size)
    await expectAccessible(page)
  }
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(over, `${page.url()} is wider than a phone`).toBeLessThanOrEqual(0)
  await page.setViewportSize(SCREEN)
}

describe.each(PEOPLE)('the pages of %s', (who) => {
  test('name everything once without scripts', async () => {
    const page = await demo.newRole({ js: false, storageState: cookies[who] })
    const wrong = []
    await eachPage(page, who, async (rows) => {
      for (const row of rows) wrong.push(...(await missing(page, row)))
    })
    await page.context().close()
    expect(wrong).toEqual([])
  })

  test('name everything once with scripts and are accessible on screen and phone', async () => {
    const page = await demo.newRole({ storageState: cookies[who] })
    const wrong = []
    await eachPage(page, who, async (rows) => {
      for (const row of rows) wrong.push(...(await missing(page, row)))
      await expectFitting(page)
    })
    await page.context().close()
    expect(wrong).toEqual([])
  })
})

/** The page that refuses a form takes the focus to its errors, and those lead to their fields. */
async function expectRefused(page) {
  await page.getByRole('alert').waitFor()
  expect(await page.title()).toMatch(/^错误：/)
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('error-summary')
  const targets = await page
    .locator('#error-summary a')
    .evaluateAll((links) => links.map((one) => document.querySelector(one.hash)?.tagName ?? ''))
  expect(targets).not.toContain('')
  await expectFitting(page)
}

test.each(REFUSED)('%s on %s: %s says what is wrong', async (who, at, name, typed) => {
  const page = await demo.newRole({ storageState: cookies[who] })
  await page.goto(nameOf(at))
  if (typed) await field(page, typed).fill('1')
  await button(page, name).click()
  await expectRefused(page)
  await page.context().close()
})

test('what is approved waits on 拨付, and a failure asks for its reason', async () => {
  const review = await demo.newRole({ storageState: cookies['haishu-review'] })
  await review.goto(found.review)
  await button(review, '予以兑付').click()
  await heading(review, '已予以兑付').waitFor()
  await expectFitting(review)
  const page = await demo.newRole({ storageState: cookies['haishu-finance'] })
  await page.goto('/bureau/payments')
  const waiting = page.getByRole('row', { name: found.submitted })
  expect(await button(waiting, '已拨付').count()).toBe(1)
  expect(await waiting.getByText('待拨付', { exact: true }).count()).toBe(1)
  await expectFitting(page)
  await link(waiting, '拨付失败').click()
  await field(page, '理由').waitFor()
  await button(page, '提交拨付失败').click()
  await expectRefused(page)
})

test('a service cannot be used offline where the bureau asks for a booking', async () => {
  const page = await demo.newRole({ storageState: cookies.weiguang })
  await page.goto('/enterprise/bookings')
  expect(await link(page, '线下使用创新券').count()).toBe(0)
  await page.goto('/enterprise/use')
  expect(await button(page, '提交申请').count()).toBe(0)
  await page.context().close()
})
