/** The carriers of the cast, and three hundred made-up organisations on the counties' land. */
import { admitCarriers, publishInstruments, publishServices } from '../../src/catalogue/client.ts'
import { putAccount } from '../../src/catalogue/account-store.ts'
import { insertProposal } from '../../src/catalogue/proposal-store.ts'
import { CATEGORIES, isCategory } from '../../src/catalogue/rules.ts'
import type { Category, NewCarrier, NewInstrument, NewService } from '../../src/catalogue/rules.ts'
import { namedId } from '../../src/kernel/id.ts'
import { findRegion, regionName } from '../../src/kernel/region.ts'
import type { Db, Statement } from '../../src/platform/db.ts'
import cast from './cast.json'
import made from './organisations.json'
import { INSTRUMENTS, OPENINGS, PROPOSED, SERVICES } from './seed-offers.ts'
import { madeInstrument, madeOpening, madeService } from './seed-offers.ts'

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

/** Whatever day somebody tries in a demonstration can be booked. */
const OPENING = { days: [1, 2, 3, 4, 5, 6, 7], from: '09:00', to: '17:00' }

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
      opening: OPENING,
      categories: categoriesOf(one.services.map(({ category }) => category)),
      ...(OPENINGS[one.key] ? { opening: OPENINGS[one.key] } : {}),
    }
  })
  const services: NewService[] = cast.carriers.flatMap(({ key, services }) =>
    services.map(({ name, category }) => castService(key, name, category)),
  )
  const instruments: NewInstrument[] = cast.carriers.flatMap(({ key, instruments }) =>
    instruments.map((name) => castInstrument(key, name)),
  )
  return [
    ...admitCarriers(db, carriers, admitted_at),
    ...publishServices(db, services, admitted_at),
    ...publishInstruments(db, instruments, admitted_at),
  ]
}

function castService(key: string, name: string, category: string): NewService {
  const told = SERVICES[name]
  if (!told) throw new Error(`the cast says nothing of ${name}`)
  const { yuan, unit, days, marks, summary } = told
  return {
    ...serviceOf(key, name, category, { price_fen: yuan && yuan * 100, unit }),
    turnaround_days: days,
    qualifications: marks,
    summary,
  }
}

function castInstrument(key: string, name: string): NewInstrument {
  const told = INSTRUMENTS[name]
  if (!told) throw new Error(`the cast says nothing of ${name}`)
  const { yuan, model, ...rest } = told
  return { ...instrumentOf(key, name, model, yuan * 100), ...rest }
}

/** One of 吴检's services waits for the bureau of 西湖区. */
export function seedProposal(db: Db, at: number): Statement[] {
  const wu = cast.carriers.find(({ key }) => key === 'zhijian')
  if (!wu) throw new Error('the cast lacks zhijian')
  const subject = serviceIdOf(wu.key, PROPOSED.name)
  const proposal = {
    id: namedId(`demo:proposal:${PROPOSED.name}`),
    kind: 'service',
    subject,
  } as const
  const by = { carrier: carrierIdOf(wu.key), at, by: wu.account, by_name: wu.agent }
  return [insertProposal(db, { ...proposal, number: 1, content: PROPOSED, ...by })]
}

/** 钱析's centre, which the bureau of 柯桥区 pays, has named its account; `key` seals it. */
export function seedAccount(db: Db, key: string, at: number): Statement[] {
  const account = { bank: '演示银行西湖支行', bank_account: '3300000000000012' }
  const row = { carrier: carrierIdOf('cailiao'), account, at, by: 'cailiao', seen: 0 }
  return [putAccount(db, key, row)]
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
  const carriers = made.map((one, at) => ({
    ...madeCarrier(one, admitted_at),
    opening: madeOpening(at),
  }))
  const services = made.flatMap(({ uscc, services }) =>
    (services as ServiceTuple[]).map(([name, category, yuan, unit], at) => ({
      ...serviceOf(uscc, name, category, { price_fen: yuan && yuan * 100, unit }),
      ...madeService(category, at),
    })),
  )
  const instruments = made.flatMap(({ uscc, instruments }) =>
    (instruments as InstrumentTuple[]).map(([name, model, yuan], at) => ({
      ...instrumentOf(uscc, name, model, yuan * 100),
      ...madeInstrument(at + name.length),
    })),
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
  price: { price_fen: number | null; unit: string },
): NewService {
  if (!isCategory(category)) throw new Error(`${name} is of no category`)
  return { id: serviceIdOf(key, name), carrier: carrierIdOf(key), name, category, ...price }
}

function instrumentOf(key: string, name: string, model: string, price_fen: number): NewInstrument {
  const id = instrumentIdOf(key, name)
  const carrier = carrierIdOf(key)
  return { id, carrier, name, model, maker: '演示仪器厂', price_fen, unit: '小时' }
}
