/** 「创新地图」 over HTTP: what everybody finds, in which order, and what stays hidden. */
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import { rateOrganisation } from '../../src/atlas/client.ts'
import { yearOf } from '../../src/kernel/clock.ts'
import { newId } from '../../src/kernel/id.ts'
import { commit, dbOf } from '../../src/platform/db.ts'
import { insertPolicy } from '../../src/policy/client.ts'
import { carrierIdOf } from '../demo/seed-catalogue.ts'
import { get, openCounties } from '../quota/fixture.ts'
import { signInAs } from '../support/sign-in.ts'
import { AT, find, openMap } from './fixture.ts'

const db = dbOf(env)
const PERSON = { account: 'xihu-review', name: '何审' }

beforeAll(openMap)

/** The names of the cards in their order. */
function namesIn(html: string): string[] {
  return [...html.matchAll(/<article[^>]*aria-label="([^"]*)"/g)].map(([, name]) => name ?? '')
}

test('anybody sees all organisations, twenty on a page', async () => {
  const shown = await get(null, '/map')
  expect(shown.status).toBe(200)
  expect(shown.text).toContain('找到 304 家服务机构')
  expect(namesIn(shown.html)).toHaveLength(20)
  expect(shown.text).toContain('第 1 页，共 16 页')
  const last = await find({ page: '16' })
  expect(namesIn(last.html)).toHaveLength(4)
})

test('a page behind the last one leads to the last', async () => {
  const shown = await find({ page: '17', word: '检测' })
  expect(shown.text).toContain('没有这一页')
  expect(shown.text).not.toContain('上一页')
  expect(shown.html).toMatch(/href="\/map\?word=[^"]*&amp;page=\d+">查看最后一页/)
})

describe('a search', () => {
  const cases: [string, Record<string, string>, string, string][] = [
    ['by organisation', { word: '演示智能制造检测研究院' }, '找到 1 家服务机构', '浙江演示智能制'],
    ['by the initials of an organisation', { word: 'wzyszn' }, '找到 1 家', '温州演示智能'],
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
    ['in traditional letters', { word: '機器人整機', kind: 'service' }, '找到 1 个', '机器人整机'],
  ]
  test.each(cases)('%s', async (_name, query, count, name) => {
    const shown = await find(query)
    expect(shown.status).toBe(200)
    expect(shown.text).toContain(count)
    expect(shown.text).toContain(name)
  })

  test('in a view of the map finds what stands there, and the view can be lifted', async () => {
    const shown = await find({ box: '121.4,29.7,121.7,30.0' })
    const names = namesIn(shown.html).join(' ')
    expect(names).toContain('宁波')
    expect(names).not.toContain('温州')
    expect(shown.html).toContain('aria-label="取消：地图当前范围"')
    expect(shown.html).toContain('<input type="hidden" name="box" value="121.4,29.7,121.7,30"')
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
      /宁波演示电子可靠性实验室 检验检测 [^·]{0,30}服务项目 5 个，仪器设备 2 台/,
    )
    expect(shown.text).toMatch(/相关：演示静电/)
  })

  test('tells how many of each kind the same words find', async () => {
    const shown = await find({ word: '电镜' })
    expect(shown.html).toMatch(
      /href="\/map\?word=[^"]*&amp;kind=service"[^>]*>服务项目<\/a><span class="count">\d+</,
    )
  })

  const odd: [string, string][] = [
    ['a wildcard', '%'],
    ['a quote', "' OR 1=1 --"],
    ['a double quote of the full text', '"电镜" NEAR x*'],
    ['an emoji', '🔬'],
    ['half an emoji', '\ud83d'],
    ['four hundred characters', '检测'.repeat(200)],
    ['ten thousand', '测'.repeat(10_000)],
    ['nothing but blanks', '   '],
    ['a control character', 'a\u0000b'],
    ['one character', '光'],
  ]
  test.each(odd)('for %s behaves', async (_name, word) => {
    for (const kind of ['organisation', 'service', 'instrument'])
      expect((await find({ word, kind })).status).toBe(200)
  })

  test('a form that sends empty fields comes to the address to share', async () => {
    const word = encodeURIComponent('电镜')
    const sent = await get(null, `/map?word=${word}&region=&category=&accepts=&near=`)
    expect(sent).toMatchObject({ status: 303, location: `/map?word=${word}` })
  })
})

describe('a list sorted', () => {
  test('by price begins with the lowest and ends with what is agreed', async () => {
    const shown = await find({ kind: 'service', sort: 'price', word: '测试', region: '330203' })
    const prices = [...shown.html.matchAll(/￥([\d,]+)\.00/g)].map(([, yuan]) =>
      Number(yuan?.replace(',', '')),
    )
    expect(prices.length).toBeGreaterThan(1)
    expect(prices).toEqual(prices.toSorted((one, other) => one - other))
  })

  test('by distance counts from the seat of a region and says so', async () => {
    const shown = await find({ sort: 'distance', region: '330203' })
    const lengths = [...shown.text.matchAll(/距海曙区中心 ([\d.]+) (公里|米)/g)].map(
      ([, number, unit]) => Number(number) * (unit === '米' ? 1 : 1000),
    )
    expect(lengths.length).toBeGreaterThan(1)
    expect(lengths).toEqual(lengths.toSorted((one, other) => one - other))
  })

  test('by distance from nowhere says what is missing', async () => {
    expect((await find({ sort: 'distance' })).text).toContain('按距离排序需要一个起点')
  })

  test('by evaluation begins with the best rated', async () => {
    const best = carrierIdOf('kekao')
    await commit(
      db,
      rateOrganisation(db, { subject: best, rating_percent: 460, rating_count: 5 }, AT),
    )
    const shown = await find({ sort: 'evaluation' })
    expect(namesIn(shown.html)[0]).toBe('宁波演示电子可靠性实验室')
    expect(shown.text).toContain('4.6 星（5 条评价）')
  })
})

describe('what vouchers of a county may be used for', () => {
  beforeAll(async () => {
    await openCounties()
    const params = { categories: ['研发设计'] }
    const rule = {
      region: '330106',
      year: yearOf(Date.now()),
      params,
      effective_from: Date.now() - 1000,
      version: 9,
      at: AT,
    }
    await commit(db, [insertPolicy(db, { ...rule, id: newId(), author: PERSON, approver: PERSON })])
  })

  test('narrows the list to its categories of this year', async () => {
    const all = await find({ kind: 'service' })
    const some = await find({ kind: 'service', accepts: '330106' })
    expect(countOf(some.text)).toBeLessThan(countOf(all.text))
    expect(some.html).not.toContain('<li class="tag">检验检测</li>')
    expect(some.html).toContain('<li class="tag">研发设计</li>')
    expect(some.html).toContain('aria-label="取消：杭州市西湖区创新券可用"')
  })

  test('is one press away for an enterprise of the county, and for nobody else', async () => {
    const own = await get(await signInAs(env, 'lin'), '/map?kind=service')
    expect(own.html).toContain('href="/map?kind=service&amp;accepts=330106"')
    expect((await get(null, '/map?kind=service')).html).not.toContain('class="mine"')
  })

  function countOf(text: string): number {
    return Number(/找到 ([\d,]+) 个服务项目/.exec(text)?.[1]?.replace(',', ''))
  }
})

describe('a search that finds nothing', () => {
  test('says what to do', async () => {
    const shown = await find({ word: '绝无此物' })
    expect(shown.text).toContain('没有找到')
    expect(shown.html).toContain('查看全部服务机构')
  })

  test('leads to where something is, with how much', async () => {
    const shown = await find({ word: '断路器', region: '330106', kind: 'service' })
    expect(shown.text).toContain('没有找到')
    expect(shown.text).toMatch(/在全省查找 1 条/)
  })

  test('leads to the other kinds', async () => {
    const shown = await find({ word: '演示静电放电测试', kind: 'instrument' })
    expect(shown.html).toMatch(/&amp;kind=service">查看服务项目<\/a> <span class="hint">1 条/)
  })

  test('leads to a shorter word', async () => {
    const shown = await find({ word: '静电甲乙丙丁', kind: 'service' })
    expect(shown.html).toMatch(/只查“静电”<\/a> <span class="hint">\d+ 条/)
  })
})

test('the page tells search engines what it is, and hides views and places from them', async () => {
  const shown = await find({ word: '电镜', region: '330106', kind: 'instrument' })
  expect(shown.html).toContain('<title>电镜 杭州市西湖区 仪器设备 - 创新地图')
  expect(shown.html).toMatch(/<meta name="description" content="[^"]*电镜/)
  expect(shown.html).toMatch(/<link rel="canonical" href="http[^"]*\/map\?word=/)
  expect(shown.html).not.toContain('noindex')
  expect((await find({ near: '120.1,30.2' })).html).toContain('noindex')
})

test('the map stands in English', async () => {
  const shown = await find({ lang: 'en', kind: 'service', word: '演示静电放电测试' })
  expect(shown.text).toContain('1 service found')
  expect(shown.text).toContain('Testing and inspection')
  const matched = await find({ lang: 'en', word: '静电' })
  expect(matched.text).toMatch(/Relevant: 演示静电/)
  expect(matched.text).not.toMatch(/\b1 (services|instruments|evaluations)\b|、/)
  expect(shown.text).toContain('Book now')
})
