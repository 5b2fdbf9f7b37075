/** A carrier with five thousand services and instruments: every page holds some, none all. */
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  listInstruments,
  listOfferedCategories,
  listServices,
  publishInstruments,
  publishServices,
} from '../../src/catalogue/client.ts'
import { CATEGORIES, wordsOf } from '../../src/catalogue/rules.ts'
import { DAY_MS } from '../../src/kernel/clock.ts'
import { namedId, newId } from '../../src/kernel/id.ts'
import { commit, dbOf } from '../../src/platform/db.ts'
import { carrierIdOf, seedCast } from '../demo/seed-catalogue.ts'
import { claim } from '../demo/seed-vouchers.ts'
import { press } from '../booking/fixture.ts'
import { get, openCounties } from '../quota/fixture.ts'
import { signInAs } from '../support/sign-in.ts'

const db = dbOf(env)
const KEKAO = carrierIdOf('kekao')
const COUNT = 5000
const PAGE_BYTES_MAX = 100_000
const place = `/map/organisations/${KEKAO}`
const booking = `/enterprise/bookings/new?carrier=${KEKAO}`

/** Those of the demonstration stand beside them. */
const number = (n: number) => String(n).padStart(4, '0')
const common = { carrier: KEKAO, price_fen: 10_000, unit: '次' }
const services = Array.from({ length: COUNT }, (_none, n) => ({
  id: namedId(`crowd service ${n}`),
  name: `演示众多试验 ${number(n)}`,
  category: '技术咨询' as const,
  ...common,
}))
const instruments = Array.from({ length: COUNT }, (_none, n) => ({
  id: namedId(`crowd instrument ${n}`),
  name: `演示众多仪器 ${number(n)}`,
  model: `ZD-${n}`,
  maker: '演示厂',
  ...common,
}))

beforeAll(async () => {
  const now = Date.now()
  await openCounties()
  await commit(db, seedCast(db, now - 30 * DAY_MS))
  await claim(env, 'weiguang', 5_000_000, now - 1000)
  for (let from = 0; from < COUNT; from += 1000) {
    await commit(db, publishServices(db, services.slice(from, from + 1000), 1))
    await commit(db, publishInstruments(db, instruments.slice(from, from + 1000), 1))
  }
})

describe('what it offers', () => {
  test('comes in portions, with how much there is', async () => {
    const found = await listServices(db, KEKAO, { limit: 20, offset: 20 })
    expect(found.rows).toHaveLength(20)
    expect(found.count).toBeGreaterThan(COUNT)
    const word = wordsOf('仪器 zd-4321')
    const named = await listInstruments(db, KEKAO, { word, limit: 20 })
    expect(named).toMatchObject({ count: 1, rows: [{ name: '演示众多仪器 4321' }] })
  })

  test('is of categories that count whatever is shown', async () => {
    expect(await listOfferedCategories(db, KEKAO)).toEqual(CATEGORIES)
  })
})

describe('its page', () => {
  test('shows a page of each, and leads to the others', async () => {
    const shown = await get(null, place)
    expect(shown.html.length).toBeLessThan(PAGE_BYTES_MAX)
    expect(shown.text).toMatch(/找到 500\d 个服务项目/)
    expect(shown.text).toMatch(/找到 500\d 台仪器设备/)
    expect(shown.html).toContain(`href="${place}?services=2"`)
    const later = await get(null, `${place}?services=2&instruments=100`)
    expect(later.text).toContain('第 2 页')
    expect(later.text).toContain('第 100 页')
    expect(later.html).toContain(`href="${place}?services=3&amp;instruments=100"`)
    expect(later.text).toContain('演示众多仪器 19')
  })

  test('finds each by a word, and says where none fits', async () => {
    const found = await get(null, `${place}?word=${encodeURIComponent('试验 3456')}`)
    expect(found.text).toContain('演示众多试验 3456')
    expect(found.html).toContain(`service=${services[3456]?.id ?? ''}`)
    expect(found.text).not.toContain('演示众多试验 0001')
    const none = await get(null, `${place}?word=${encodeURIComponent('潜水艇')}`)
    expect(none.text).toContain('没有找到')
    expect(none.html).toContain(`href="${place}"`)
  })

  test('is a small box on the map, with the whole number', async () => {
    const box = await get(null, `${place}?box=1`)
    expect(box.html.length).toBeLessThan(5_000)
    expect(box.text).toMatch(/服务项目 500\d 个，仪器设备 500\d 台/)
    expect(box.text).toMatch(/共 500\d 个服务项目/)
  })
})

describe('周予安 books it', () => {
  test('choosing from the first of many, or finding any other, without scripts', async () => {
    const zhou = await signInAs(env, 'zhou')
    const form = await get(zhou, booking)
    expect(form.html.length).toBeLessThan(PAGE_BYTES_MAX)
    expect(form.text).toMatch(/列出前 100 项，共 100\d\d 项/)
    expect(form.html).not.toContain('演示众多试验 4999')
    const chosen = `instrument:${instruments[0]?.id ?? ''}`
    const find = async (word: string) => {
      const typed = { carrier: KEKAO, item: chosen, find: word, need: '先写好了需求' }
      const answer = await press(zhou, '/enterprise/bookings/hours', { ...typed, key: newId() })
      return answer.text()
    }
    const found = await find('试验 4999')
    expect(found).toContain(`value="service:${services[4999]?.id ?? ''}"`)
    expect(found).toContain('名称含“试验 4999”的共 1 项')
    expect(found).toContain(`<option value="${chosen}" selected`)
    expect(found).toContain('先写好了需求')
    expect(await find('潜水艇')).toContain('没有名称含“潜水艇”的服务或仪器')
  })
})
