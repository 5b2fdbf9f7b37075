/** 「创新地图」 over HTTP: what everybody finds, how it is cut into pages, and what stays hidden. */
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import { suspendCarrier } from '../../src/catalogue/client.ts'
import { newId } from '../../src/kernel/id.ts'
import { addressOf, pagesOf, readSearch } from '../../src/map/rules.ts'
import { commit, dbOf } from '../../src/platform/db.ts'
import { carrierIdOf, seedCast, seedOrganisations } from '../demo/seed-catalogue.ts'
import { get } from '../quota/fixture.ts'

const db = dbOf(env)
const AT = Date.UTC(2026, 0, 1)

beforeAll(async () => {
  await commit(db, [...seedCast(db, AT), ...seedOrganisations(db, AT)])
})

const find = (query: Record<string, string>) =>
  get(null, `/map?${new URLSearchParams(query).toString()}`)

test('anybody sees all organisations, twenty on a page', async () => {
  const shown = await get(null, '/map')
  expect(shown.status).toBe(200)
  expect(shown.text).toContain('找到 304 家服务机构')
  expect(shown.html.match(/<article/g)).toHaveLength(20)
  expect(shown.text).toContain('第 1 页，共 16 页')
  const last = await find({ page: '16' })
  expect(last.html.match(/<article/g)).toHaveLength(4)
})

describe('a search', () => {
  const cases: [string, Record<string, string>, string, string][] = [
    ['by organisation', { word: '演示智能制造检测研究院' }, '找到 1 家服务机构', '浙江演示智能制'],
    [
      'by service',
      { word: '机器人整机', kind: 'service' },
      '找到 1 个服务项目',
      '演示机器人整机测评',
    ],
    ['by instrument', { word: '电波暗室', kind: 'instrument' }, '找到 1 台仪器设备', '演示十米法'],
    [
      'by service in a county',
      { word: '短路', region: '330302', kind: 'service' },
      '找到 1 个服务项目',
      '演示短路试验',
    ],
    ['by category', { category: '仪器共享', word: '演示材料' }, '找到 1 家', '杭州演示材料'],
    ['by a model, whatever its case', { word: 'gcms', kind: 'instrument' }, '台仪器设备', 'GCMS'],
  ]
  test.each(cases)('%s', async (_name, query, count, name) => {
    const shown = await find(query)
    expect(shown.status).toBe(200)
    expect(shown.text).toContain(count)
    expect(shown.text).toContain(name)
  })

  test('keeps what was asked in its fields', async () => {
    const shown = await find({ word: '"><b>电镜', region: '330100', category: '仪器共享' })
    expect(shown.html).toContain('value="&quot;&gt;&lt;b&gt;电镜"')
    expect(shown.html).toContain('<option value="330100" selected="">杭州市（全市）</option>')
    expect(shown.html).not.toContain('<b>电镜')
  })

  test('says what an organisation was found for', async () => {
    const shown = await find({ word: '静电' })
    expect(shown.text).toMatch(
      /宁波演示电子可靠性实验室 服务项目 5 个，仪器设备 2 台 相关：演示静电/,
    )
  })

  test('tells what the same words find of the other kinds', async () => {
    const shown = await find({ word: '电镜' })
    expect(shown.html).toMatch(/href="\/map\?word=[^"]*&amp;kind=service"/)
  })

  const odd: [string, string][] = [
    ['a wildcard', '%'],
    ['a quote', "' OR 1=1 --"],
    ['an emoji', '🔬'],
    ['four hundred characters', '检测'.repeat(200)],
    ['nothing but blanks', '   '],
    ['a control character', 'a\u0000b'],
  ]
  test.each(odd)('for %s behaves', async (_name, word) => {
    for (const kind of ['organisation', 'service', 'instrument'])
      expect((await find({ word, kind })).status).toBe(200)
  })

  test('that finds nothing says what to do', async () => {
    const shown = await find({ word: '绝无此物' })
    expect(shown.text).toContain('没有找到')
    expect(shown.html).toContain('查看全部服务机构')
  })
})

test('what the address does not say rightly is left out', () => {
  const asked = { kind: 'organisation', region: null, category: null, page: 1 }
  const odd = { kind: 'x', region: '999999', category: '其他', page: '-3' }
  expect(readSearch(odd)).toMatchObject(asked)
  expect(readSearch({ region: '330000', page: '1e9' })).toMatchObject(asked)
  expect(readSearch({ page: '3' }).page).toBe(3)
  expect(pagesOf(0)).toBe(1)
  expect(pagesOf(41)).toBe(3)
})

test('the address of a search leaves its defaults and its page out', () => {
  const asked = readSearch({ word: '光谱', kind: 'service', region: '330106', page: '4' })
  const word = encodeURIComponent('光谱')
  expect(addressOf(asked)).toBe(`/map?word=${word}&kind=service&region=330106`)
  expect(addressOf(asked, { kind: 'organisation', region: null })).toBe(`/map?word=${word}`)
  expect(addressOf(readSearch({}))).toBe('/map')
})

test('an organisation shows its data, services, instruments and telephone', async () => {
  const shown = await get(null, `/map/organisations/${carrierIdOf('kekao')}`)
  expect(shown.status).toBe(200)
  for (const words of ['宁波演示电子可靠性实验室', '宁波市海曙区', '孙可', '演示静电枪', '面议'])
    expect(shown.text).toContain(words)
  expect(shown.html).toContain('href="tel:0574-80000013"')
  expect(shown.text).toContain('还没有评价')
})

test('an unknown or suspended organisation is not found, nor is what it offers', async () => {
  expect((await get(null, `/map/organisations/${newId()}`)).status).toBe(404)
  expect((await get(null, '/map/organisations/kekao')).status).toBe(404)
  const carrier = carrierIdOf('ruian')
  await commit(db, [suspendCarrier(db, { carrier, at: AT, by: 'x', reason: '资质到期' })])
  expect((await get(null, `/map/organisations/${carrier}`)).status).toBe(404)
  expect((await find({ word: '演示断路器设计', kind: 'service' })).text).toContain('没有找到')
  expect((await find({ word: '演示短路试验站', kind: 'instrument' })).text).toContain('没有找到')
  expect((await get(null, '/map')).text).toContain('找到 303 家服务机构')
})

test('the map stands in English', async () => {
  const shown = await find({ lang: 'en', kind: 'service', word: '演示静电放电测试' })
  expect(shown.text).toContain('1 service found')
  expect(shown.text).toContain('Testing and inspection')
})
