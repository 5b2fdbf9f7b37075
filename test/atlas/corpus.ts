/**
 * A few hundred made-up documents and searches, drawn so that words, places and prices meet often
 * and equals are many. The same seed draws the same.
 */
import { openItems } from '../../src/atlas/item-rules.ts'
import { KINDS, SORTS } from '../../src/atlas/rules.ts'
import type { ItemDoc, Query } from '../../src/atlas/rules.ts'
import { buildOrganisationShard, openOrganisations } from '../../src/atlas/shard-rules.ts'
import type { StockedOrganisation } from '../../src/atlas/shard-rules.ts'
import type { Shards } from '../../src/atlas/shelf-rules.ts'
import { startItemShard } from '../../src/atlas/stock-rules.ts'
import { wordsOf } from '../../src/atlas/word-rules.ts'

const PLACES = ['330106', '330108', '330110', '330203', '330212', '330302', '331102']
const CATEGORIES = ['检验检测', '研发设计', '技术咨询', '仪器共享']
const TOWNS = ['杭州', '宁波', '温州', '丽水', '浙江', 'SGS']
const TRADES = ['精密仪器', '材料分析', '光谱', '生物醫藥', '环境监测', '电子电器', '']
const KINDS_OF_HOUSE = ['检测技术有限公司', '研究院', '檢驗中心', '大学实验室', '']
const THINGS = [
  '气相色谱仪',
  '气相色谱质谱联用仪',
  '光谱仪',
  '光谱',
  '光',
  'X射线衍射仪',
  '荧光定量PCR仪',
  '三坐标测量机',
  '𠮷田光谱仪',
]
const MODELS = ['GC-2010', 'GC/MS 2020', 'gc2010plus', 'XRD-6', '7890B', 'ＬＣ－２０', '', '型号A']
const MAKERS = ['岛津', 'Agilent', '安捷伦', '上海仪电', '', 'Thermo Fisher']
const TYPED = [
  '光谱|气相|光|仪|检测|研究院|杭州 光谱|gc|GC-2010|2010|gc 2010|气相色谱质谱联用仪|色谱仪 岛津',
  'agilent|x射线|pcr 荧光|𠮷田|sgs|仪器共享|hangzhou|hzjm|jingmi|guangpu|大学 光谱|||||%|"光谱"|🙂',
  '不存在|氣相色譜儀|光谱 光谱仪 光|检验检测|醫藥|fisher|ms|温州 岛津 gc|h|型号',
].flatMap((line) => line.split('|'))

/** mulberry32. */
export function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

export class Corpus {
  readonly #random: () => number

  constructor(seed: number) {
    this.#random = randomOf(seed)
  }

  pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.#random() * list.length)] as T
  }

  chance(share: number): boolean {
    return this.#random() < share
  }

  id(): string {
    const hex = () => Math.floor(this.#random() * 16).toString(16)
    return 'xxxxxxxx-xxxx-7xxx-8xxx-xxxxxxxxxxxx'.replaceAll('x', hex)
  }

  organisation(subject = this.id()): StockedOrganisation {
    const degrees = (from: number) => from + Math.floor(this.#random() * 40) / 20
    return {
      subject,
      name: this.pick(TOWNS) + this.pick(TRADES) + this.pick(KINDS_OF_HOUSE),
      county: this.pick(PLACES),
      address: `演示路${Math.floor(this.#random() * 99)}号`,
      phone: '0571-80000000',
      lng: degrees(119),
      lat: degrees(28),
      intro: this.chance(0.3) ? `提供${this.pick(THINGS)}与${this.pick(TRADES)}服务` : '',
      categories: CATEGORIES.filter(() => this.chance(0.4)),
      rating_percent: this.pick([0, 0, 0, 420, 500]),
      rating_count: this.pick([0, 1, 3]),
      hidden: this.chance(0.1),
      services: 0,
      instruments: 0,
    }
  }

  item(organisation: string, subject = this.id()): ItemDoc {
    const kind = this.chance(0.3) ? 'service' : 'instrument'
    const instrument = kind === 'instrument'
    return {
      kind,
      subject,
      organisation,
      name: instrument ? this.pick(THINGS) : `${this.pick(THINGS)}${this.pick(['测试', '分析'])}`,
      model: instrument ? this.pick(MODELS) : '',
      maker: instrument ? this.pick(MAKERS) : '',
      category: instrument ? '仪器共享' : this.pick(CATEGORIES),
      price_fen: this.pick([null, 0, 10_000, 10_000, 25_050]),
      unit: this.pick(['小时', '次']),
      hidden: this.chance(0.1),
    }
  }

  query(): Query {
    const [west, south] = [119 + this.#random() * 1.5, 28 + this.#random() * 1.5]
    const [width, height] = [this.#random() * 1.5, this.#random() * 1.5]
    const near = { lng: 119 + Math.floor(this.#random() * 4) / 2, lat: 28.5 }
    return {
      kind: this.pick(KINDS),
      words: wordsOf(this.pick(TYPED)),
      region: this.pick([null, null, '330000', '330100', '330200', '330106', '331102', 'nowhere']),
      categories: this.pick([null, null, ['检验检测'], ['仪器共享', '技术咨询'], []]),
      box: this.chance(0.4) ? { west, south, east: west + width, north: south + height } : null,
      near: this.chance(0.7) ? near : null,
      sort: this.pick(SORTS),
      offset: this.pick([0, 0, 0, 5, 40]),
      limit: this.pick([20, 20, 3, 0, 200]),
    }
  }
}

/** As the catalogue would count them. */
export function stocked(
  organisations: readonly StockedOrganisation[],
  items: readonly ItemDoc[],
): StockedOrganisation[] {
  return organisations.map((one) => {
    const mine = items.filter((item) => item.organisation === one.subject && !item.hidden)
    const services = mine.filter(({ kind }) => kind === 'service').length
    return { ...one, services, instruments: mine.length - services }
  })
}

function itemShard(items: readonly ItemDoc[]) {
  const build = startItemShard()
  build.add(items.slice(0, 100))
  build.add(items.slice(100))
  return openItems(build.finish().buffer as ArrayBuffer)
}

type Drawn = { organisations: readonly StockedOrganisation[]; items: readonly ItemDoc[] }

/** One shard of services, instruments by city. */
export function shardsOf({ organisations, items }: Drawn): Shards {
  const cityOf = new Map(organisations.map((one) => [one.subject, one.county.slice(0, 4)]))
  const instruments = items.filter(({ kind }) => kind === 'instrument')
  const cities = [...new Set(cityOf.values())]
  return {
    organisations: openOrganisations(buildOrganisationShard(organisations).buffer as ArrayBuffer),
    services: [itemShard(items.filter(({ kind }) => kind === 'service'))],
    instruments: cities.map((city) =>
      itemShard(instruments.filter((item) => cityOf.get(item.organisation) === city)),
    ),
  }
}
