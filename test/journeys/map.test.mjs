/**
 * A visitor finds a laboratory on 「创新地图」: by words, by the map, by the keyboard and on a phone
 * (SPEC B1). List, map and address say the same, and the search can be shared.
 */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { button, field, heading, link } from './parts.mjs'
import { expectAccessible, startDemo } from './support.mjs'

const LAB = '浙江演示智能制造检测研究院'

let demo, page

beforeAll(async () => {
  demo = await startDemo()
  // The map's index as a night would have left it.
  const { scheduled } = await demo.worker.getWorker()
  await scheduled({ scheduledTime: new Date(), cron: '0 18 * * *' })
})

afterAll(() => demo?.stop())
afterEach(() => page?.context().close())

const map = () => page.getByRole('region', { name: '地图', exact: true })
const markers = () => map().locator('.spot')
const box = () => page.getByRole('dialog')
const found = async () => page.locator('#results h2').first().innerText()
const focused = () => page.evaluate(() => document.activeElement?.ariaLabel ?? '')

async function open(address = '/map', how = {}) {
  page = await demo.newRole(how)
  await page.goto(address)
  await page.waitForFunction(() => performance.getEntriesByName('map-ready').length > 0)
  await heading(page, '创新地图').waitFor()
}

describe.each([1280, 390])('at %i px', (width) => {
  test('words find the laboratory in the list and on the map', async () => {
    await open('/map', { width })
    expect(await markers().count()).toBeGreaterThan(0)
    await expectAccessible(page)
    const before = await found()
    await field(page, '关键词').fill(LAB.slice(2))
    await button(page, '搜索').click()
    await page.waitForFunction((old) => !document.body.textContent.includes(old), before)
    await link(page, LAB).click()
    await link(box(), '立即预约').waitFor()
    expect(await box().getAttribute('aria-label')).toBe(LAB)
    expect(new URL(page.url()).pathname).toBe('/map')
    expect(await map().locator('.spot-chosen:visible').getAttribute('aria-label')).toContain(LAB)
    await expectAccessible(page)
    await page.keyboard.press('Escape')
    expect(await box().isVisible()).toBe(false)
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(LAB)
  })

  test('a moved map narrows list and address, and the address shows it again', async () => {
    await open('/map', { width })
    const whole = await found()
    for (const _ of [1, 2]) {
      await button(map(), '放大').click()
      await page.waitForTimeout(400)
    }
    await page.waitForURL(/box=/)
    await page.waitForFunction((old) => !document.body.textContent.includes(old), whole)
    const narrowed = await found()
    const shared = page.url().replace(demo.origin, '')
    await page.context().close()
    await open(shared, { width })
    expect(await found()).toBe(narrowed)
  })
})

test('the keyboard steps through the map and past it', async () => {
  await open()
  await button(page, '搜索').focus()
  const seen = []
  for (let step = 0; step < 12 && !seen.includes('跳过地图'); step += 1) {
    await page.keyboard.press('Tab')
    seen.push(await page.evaluate(() => document.activeElement?.textContent.trim()))
  }
  expect(seen).toContain('跳过地图')
  await page.keyboard.press('Tab')
  expect(await focused()).toBe('地图，方向键移动，加号和减号缩放')
  const address = page.url()
  await page.keyboard.press('Tab')
  const first = await focused()
  expect(first).not.toBe('')
  expect(page.url()).toBe(address)
  const one = map().locator('.spot-one').first()
  const name = await one.getAttribute('aria-label')
  await one.focus()
  await page.keyboard.press('Enter')
  await link(box(), '立即预约').waitFor()
  await page.keyboard.press('Escape')
  expect(await focused()).toBe(name)
})

test('skipping the map leads into the list, which stays as it is', async () => {
  await open('/map?word=检测')
  const asked = []
  page.on('request', (request) => /map/.test(request.url()) && asked.push(request.url()))
  await link(page, '跳过地图').focus()
  await page.keyboard.press('Enter')
  await page.waitForURL(/#results$/)
  await page.keyboard.press('Tab')
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('kind-organisation')
  await page.waitForTimeout(300)
  expect(asked).toEqual([])
})

test('typing brings suggestions that lead to the laboratory', async () => {
  await open()
  const word = page.getByRole('combobox', { name: '关键词', exact: true })
  await word.pressSequentially('智能制造')
  const line = page.getByRole('option', { name: LAB })
  await line.waitFor()
  for (let step = 0; step < 12; step += 1) {
    await page.keyboard.press('ArrowDown')
    if ((await line.getAttribute('aria-selected')) === 'true') break
  }
  await page.keyboard.press('Enter')
  await link(box(), '立即预约').waitFor()
  expect(await box().getAttribute('aria-label')).toBe(LAB)
})

test('an input method composes without a word being sent', async () => {
  await open()
  const asked = []
  page.on('request', (request) => request.url().includes('/suggest') && asked.push(request.url()))
  const session = await page.context().newCDPSession(page)
  await field(page, '关键词').focus()
  for (const text of ['z', 'zh', 'zhi', 'zhi neng']) {
    const selection = { selectionStart: text.length, selectionEnd: text.length }
    await session.send('Input.imeSetComposition', { text, ...selection })
    await page.waitForTimeout(250)
  }
  expect(asked).toEqual([])
  await session.send('Input.insertText', { text: '智能' })
  await page.getByRole('option').first().waitFor()
  expect(asked.map((address) => new URL(address).searchParams.get('word'))).toEqual(['智能'])
})

test('without scripts there is the list alone', async () => {
  page = await demo.newRole({ js: false })
  await page.goto('/map?kind=instrument')
  expect(await page.locator('#map').isVisible()).toBe(false)
  await field(page, '关键词').fill('检测')
  await button(page, '搜索').click()
  await page.waitForURL(/word=/)
  expect(await page.locator('#results article').count()).toBeGreaterThan(0)
})

test('「我的位置」 brings what is near to the top, and going back takes it away', async () => {
  await open()
  await page.context().grantPermissions(['geolocation'])
  await page.context().setGeolocation({ longitude: 120.123456, latitude: 30.267891 })
  await button(map(), '我的位置').click()
  await page.waitForURL(/near=/)
  const { searchParams } = new URL(page.url())
  expect(searchParams.get('near')).toBe('120.123,30.268')
  expect(searchParams.get('sort')).toBe('distance')
  await map().getByRole('img', { name: '您的位置', exact: true }).waitFor()
  await page.goBack()
  await page.waitForURL((url) => !url.searchParams.has('near'))
  await map().locator('.spot-here').waitFor({ state: 'detached' })
})
