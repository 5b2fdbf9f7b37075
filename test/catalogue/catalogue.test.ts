/** Carriers with services and instruments: searched by word, region and category, or suspended. */
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  categoryWord,
  findCarrier,
  findCarrierByUscc,
  findService,
  insertCarriers,
  listInstruments,
  listServices,
  priceWords,
  resumeCarrier,
  searchCarriers,
  suspendCarrier,
} from '../../src/catalogue/client.ts'
import { SEARCH_WORDS_MAX, isCategory, wordsOf } from '../../src/catalogue/rules.ts'
import { commit, commitOnce, dbOf } from '../../src/platform/db.ts'
import { carrierIdOf, seedCast, serviceIdOf } from '../demo/seed-catalogue.ts'
import { send } from '../support/routes.ts'
import { signInAs } from '../support/sign-in.ts'

const db = dbOf(env)
const AT = Date.UTC(2026, 0, 1)

beforeAll(async () => {
  await commit(db, seedCast(db, AT))
})

async function found(query: Omit<Parameters<typeof searchCarriers>[1], 'limit'>) {
  return (await searchCarriers(db, { limit: 20, ...query })).map((one) => one.name)
}

const ZHIJIAN = '浙江演示智能制造检测研究院'
const CAILIAO = '杭州演示材料分析测试中心'
const KEKAO = '宁波演示电子可靠性实验室'
const RUIAN = '温州演示智能电气工程中心'

test('a carrier is found by id and by credit code, and says that it is active', async () => {
  const carrier = await findCarrier(db, carrierIdOf('zhijian'))
  expect(carrier).toMatchObject({ name: ZHIJIAN, county: '330106', state: 'active' })
  expect(await findCarrierByUscc(db, '12330203470001032B')).toMatchObject({ name: KEKAO })
  expect(await findCarrier(db, carrierIdOf('nobody'))).toBeUndefined()
})

describe('a search finds active carriers', () => {
  const cases: [string, Parameters<typeof found>[0], string[]][] = [
    ['all of them, by name', {}, [KEKAO, CAILIAO, ZHIJIAN, RUIAN]],
    ['by part of the name', { word: wordsOf('材料分析') }, [CAILIAO]],
    ['by a service', { word: wordsOf('断路器') }, [RUIAN]],
    ['by an instrument', { word: wordsOf('电镜') }, [CAILIAO]],
    ['by two words that both must occur', { word: wordsOf('杭州 电镜') }, [CAILIAO]],
    ['by words that never meet', { word: wordsOf('温州 电镜') }, []],
    ['in a county', { region: '330106' }, [CAILIAO, ZHIJIAN]],
    ['in a city', { region: '330200' }, [KEKAO]],
    ['in the province', { region: '330000' }, [KEKAO, CAILIAO, ZHIJIAN, RUIAN]],
    ['by category', { category: '仪器共享' }, [KEKAO, CAILIAO, RUIAN]],
    ['by what no wildcard opens', { word: wordsOf('%') }, []],
  ]
  test.each(cases)('%s', async (_name, query, names) => {
    expect((await found(query)).toSorted()).toEqual(names.toSorted())
  })
})

test('typed text becomes words: folded, lower case, without repeats, and never too many', () => {
  expect(wordsOf('  ＳＥＭ　电镜，SEM ')).toEqual(['sem', '电镜'])
  expect(wordsOf('（杭州）')).toEqual(['（杭州）'])
  expect(wordsOf('')).toEqual([])
  expect(wordsOf('a b c d e f g h')).toHaveLength(SEARCH_WORDS_MAX)
  expect(wordsOf('检'.repeat(500))[0]).toHaveLength(100)
  expect(wordsOf('a\u0000b')).toEqual(['a', 'b'])
})

test('services and instruments name their carrier, category and price', async () => {
  const { rows } = await listServices(db, carrierIdOf('ruian'), { limit: 100 })
  expect(rows).toHaveLength(5)
  expect(rows.every((one) => isCategory(one.category))).toBe(true)
  const service = await findService(db, serviceIdOf('ruian', '演示断路器设计'))
  expect(service).toMatchObject({ carrier: carrierIdOf('ruian'), category: '研发设计' })
  expect(await listInstruments(db, carrierIdOf('ruian'), { limit: 1 })).toMatchObject({ count: 2 })
  expect(priceWords({ price_fen: 120_000, unit: '项' }, 'zh')).toBe('￥1,200.00 / 项')
  expect(priceWords({ price_fen: 60_000, unit: '小时' }, 'en')).toBe('￥600.00 per hour')
  expect(priceWords({ price_fen: null, unit: '项' }, 'zh')).toBe('面议')
  expect(categoryWord('仪器共享', 'en')).toBe('Instrument sharing')
})

test('a suspended carrier is not offered, is told apart, and comes back', async () => {
  const carrier = carrierIdOf('ruian')
  const suspension = { carrier, at: AT, by: 'province-admin', reason: '资质到期' }
  expect(await commitOnce(db, [suspendCarrier(db, suspension)])).toBe(true)
  expect(await commitOnce(db, [suspendCarrier(db, suspension)])).toBe(false)
  expect(await found({ word: wordsOf('断路器') })).toEqual([])
  expect((await findCarrier(db, carrier))?.state).toBe('suspended')
  await commit(db, [resumeCarrier(db, carrier)])
  expect(await found({ word: wordsOf('断路器') })).toEqual([RUIAN])
})

test('a credit code is admitted once', async () => {
  const carrier = await findCarrier(db, carrierIdOf('kekao'))
  if (!carrier) throw new Error('kekao is not admitted')
  const { state: _state, ...row } = carrier
  expect(await commitOnce(db, [insertCarriers(db, [{ ...row, id: 'another' }])])).toBe(false)
})

test('吴检 reads what the institute publishes, and nobody else’s', async () => {
  const wu = await signInAs(env, 'wu')
  const page = await send('GET', '/carrier/services', { cookie: wu.cookie })
  const html = await page.text()
  expect(page.status).toBe(200)
  expect(html).toContain('演示机器人整机测评')
  expect(html).toContain('演示十米法电波暗室')
  expect(html).not.toContain('演示断路器设计')
  const lin = await signInAs(env, 'lin')
  const refused = await send('GET', '/carrier/services', { cookie: lin.cookie })
  expect(refused.status).toBe(403)
})
