/** The carriers of the cast, and three hundred made-up organisations on the counties' land. */
import { admitCarriers, publishInstruments, publishServices } from '../../src/catalogue/client.ts'
import { CATEGORIES, isCategory } from '../../src/catalogue/rules.ts'
import type { Category, NewCarrier, NewInstrument, NewService } from '../../src/catalogue/rules.ts'
import { namedId } from '../../src/kernel/id.ts'
import { findRegion, regionName } from '../../src/kernel/region.ts'
import type { Db, Statement } from '../../src/platform/db.ts'
import cast from './cast.json'
import made from './organisations.json'

export type CarrierKey = 'zhijian' | 'cailiao' | 'kekao' | 'ruian'

/** What the cast leaves open: where exactly, who answers the telephone, who represents. */
const MORE: Readonly<
  Record<string, { at: [number, number]; phone: string; head: string; intro: string }>
> = {
  zhijian: {
    at: [0.021, 0.008],
    phone: '0571-80000011',
    head: '顾正明',
    intro: '面向智能装备和机器人企业，提供电磁兼容、可靠性和整机测评。',
  },
  cailiao: {
    at: [-0.014, 0.017],
    phone: '0571-80000012',
    head: '温如衡',
    intro: '材料成分、结构和力学性能分析测试，电镜和质谱对外开放机时。',
  },
  kekao: {
    at: [0.012, -0.009],
    phone: '0574-80000013',
    head: '严守一',
    intro: '电子产品环境与可靠性试验，静电防护和寿命评估。',
  },
  ruian: {
    at: [0.01, 0.012],
    phone: '0577-80000014',
    head: '阮安平',
    intro: '低压电器型式试验和短路试验，断路器设计与标准咨询。',
  },
}

const PRICES: Readonly<Record<string, { price_fen: number | null; unit: string }>> = {
  检验检测: { price_fen: 120_000, unit: '项' },
  研发设计: { price_fen: null, unit: '项' },
  技术咨询: { price_fen: null, unit: '次' },
  仪器共享: { price_fen: 60_000, unit: '小时' },
}

export function carrierIdOf(key: string): string {
  return namedId(`demo:carrier:${key}`)
}

export function serviceIdOf(key: string, name: string): string {
  return namedId(`demo:service:${key}:${name}`)
}

export function instrumentIdOf(key: string, name: string): string {
  return namedId(`demo:instrument:${key}:${name}`)
}

export function seedCast(db: Db, admitted_at: number): Statement[] {
  const carriers: NewCarrier[] = cast.carriers.map((one) => {
    const more = MORE[one.key]
    const county = findRegion(one.county)
    if (!more || !county) throw new Error(`the cast lacks ${one.key}`)
    return {
      id: carrierIdOf(one.key),
      uscc: one.uscc,
      name: one.name,
      county: one.county,
      address: `${regionName(one.county)}演示路1号`,
      lng: county.seat[0] + more.at[0],
      lat: county.seat[1] + more.at[1],
      contact: one.agent,
      phone: more.phone,
      legal_representative: more.head,
      intro: more.intro,
      admitted_at,
      categories: categoriesOf(one.services.map(({ category }) => category)),
    }
  })
  const services: NewService[] = cast.carriers.flatMap(({ key, services }) =>
    services.map(({ name, category }) => serviceOf(key, name, category, PRICES[category])),
  )
  const instruments: NewInstrument[] = cast.carriers.flatMap(({ key, instruments }) =>
    instruments.map((name) => instrumentOf(key, name, '演示一型', 60_000)),
  )
  return [
    ...admitCarriers(db, carriers, admitted_at),
    ...publishServices(db, services, admitted_at),
    ...publishInstruments(db, instruments, admitted_at),
  ]
}

/** What a carrier is recognised for: the categories of what it offers. */
function categoriesOf(categories: readonly string[]): Category[] {
  return CATEGORIES.filter((category) => categories.includes(category))
}

/** Each line of organisations.json, whose services and instruments are short tuples. */
type Made = (typeof made)[number]
type ServiceTuple = [name: string, category: string, price_yuan: number | null, unit: string]
type InstrumentTuple = [name: string, model: string, price_yuan: number]

export function seedOrganisations(db: Db, admitted_at: number): Statement[] {
  const carriers = made.map((one) => madeCarrier(one, admitted_at))
  const services = made.flatMap(({ uscc, services }) =>
    (services as ServiceTuple[]).map(([name, category, yuan, unit]) =>
      serviceOf(uscc, name, category, { price_fen: yuan && yuan * 100, unit }),
    ),
  )
  const instruments = made.flatMap(({ uscc, instruments }) =>
    (instruments as InstrumentTuple[]).map(([name, model, yuan]) =>
      instrumentOf(uscc, name, model, yuan * 100),
    ),
  )
  return [
    ...admitCarriers(db, carriers, admitted_at),
    ...publishServices(db, services, admitted_at),
    ...publishInstruments(db, instruments, admitted_at),
  ]
}

function madeCarrier(one: Made, admitted_at: number): NewCarrier {
  const { trade, services, instruments: _instruments, ...row } = one
  const intro = `演示单位，面向${trade}企业提供检测、研发和咨询服务。`
  const categories = categoriesOf((services as ServiceTuple[]).map(([, category]) => category))
  return { id: carrierIdOf(one.uscc), ...row, intro, admitted_at, categories }
}

function serviceOf(
  key: string,
  name: string,
  category: string,
  price: { price_fen: number | null; unit: string } | undefined,
): NewService {
  if (!isCategory(category) || !price) throw new Error(`${name} is of no category`)
  return { id: serviceIdOf(key, name), carrier: carrierIdOf(key), name, category, ...price }
}

function instrumentOf(key: string, name: string, model: string, price_fen: number): NewInstrument {
  const id = instrumentIdOf(key, name)
  const carrier = carrierIdOf(key)
  return { id, carrier, name, model, maker: '演示仪器厂', price_fen, unit: '小时' }
}
