/**
 * The demonstration in its stated state: bureaus and policies, carriers, three hundred
 * organisations, and the cast's enterprises with the money they claimed, used and were paid.
 */
import { buildAtlas } from '../../src/atlas/client.ts'
import { countCarriers, findCarrier } from '../../src/catalogue/client.ts'
import { DAY_MS, dayOf, dayStartsAt, yearOf, yearStartsAt } from '../../src/kernel/clock.ts'
import { nudge } from '../../src/ledger/client.ts'
import type { Bindings } from '../../src/platform/bindings.ts'
import { commit, dbOf } from '../../src/platform/db.ts'
import { seedBureaus } from './seed-bureaus.ts'
import { carrierIdOf, seedAccount, seedCast } from './seed-catalogue.ts'
import { seedOrganisations, seedProposal } from './seed-catalogue.ts'
import { enterpriseIdOf, register } from './seed-enterprises.ts'
import { claim, redeem, use } from './seed-vouchers.ts'

const HOUR_MS = 3_600_000

export type Summary = { seeded: boolean; carriers: number; enterprises: number }

/**
 * Seeds an empty instance; one that is seeded is left as it is. `now` is epoch ms: this year is the
 * year of `now`, everything happened before it, last year's commands in last year.
 */
export async function seedDemo(env: Bindings, now: number): Promise<Summary> {
  const db = dbOf(env)
  const seeded = (await findCarrier(db, carrierIdOf('zhijian'))) === undefined
  if (seeded) {
    const admitted_at = yearStartsAt(yearOf(now) - 1)
    await commit(db, [
      ...seedBureaus(db, now),
      ...seedCast(db, admitted_at),
      ...seedOrganisations(db, admitted_at),
      ...seedProposal(db, during(yearOf(now), now, 0.99)),
      ...seedAccount(db, env.SESSION_KEY, admitted_at),
    ])
    await Promise.all([yunshan(env, now), weiguang(env, now), zhixin(env, now)])
    for (const key of ['weiguang', 'zhixin']) await mirrored(env, enterpriseIdOf(key))
    await buildAtlas(env)
  }
  return { seeded, carriers: await countCarriers(db), enterprises: 3 }
}

async function mirrored(env: Bindings, enterprise: string): Promise<void> {
  if (!(await nudge(env, enterprise))) throw new Error(`${enterprise} is not in D1 yet`)
}

/** Nine in the morning of the day that lies at this share of the year, up to today. */
function during(year: number, now: number, share: number): number {
  const ends = Math.min(yearStartsAt(year + 1) - DAY_MS, dayStartsAt(dayOf(now)) ?? now)
  const starts = yearStartsAt(year)
  const day = starts + Math.floor(((ends - starts) * share) / DAY_MS) * DAY_MS
  return Math.min(day + 9 * HOUR_MS, now)
}

/** Registered in 西湖区, nothing claimed yet. */
async function yunshan(env: Bindings, now: number): Promise<void> {
  const here = (share: number) => during(yearOf(now), now, share)
  const [at, approved_at] = [here(0.5), here(0.51)]
  await register(env, { key: 'yunshan', reviewer: 'xihu-review', at, approved_at, bound: true })
}

async function weiguang(env: Bindings, now: number): Promise<void> {
  await weiguangLastYear(env, now)
  await weiguangThisYear(env, now)
}

/** 海曙区 pays enterprises and asks for bookings; every voucher is 宁波演示电子可靠性实验室's. */
const KEKAO = {
  enterprise: 'weiguang',
  carrier: 'kekao',
  payee: 'enterprise',
  booked: true,
  papers: ['contract', 'invoice', 'result'],
} as const

async function weiguangLastYear(env: Bindings, now: number): Promise<void> {
  const last = (share: number) => during(yearOf(now) - 1, now, share)
  await register(env, {
    key: 'weiguang',
    reviewer: 'haishu-review',
    at: last(0.1),
    approved_at: last(0.11),
    bound: true,
  })
  await claim(env, 'weiguang', 2_000_000, last(0.3))
  await use(env, {
    ...KEKAO,
    service: '演示寿命评估',
    amount_fen: 500_000,
    contract_fen: 1_200_000,
    at: last(0.8),
    invoice: '25332000000000010501',
    confirmed_at: last(0.82),
  })
}

async function weiguangThisYear(env: Bindings, now: number): Promise<void> {
  const here = (share: number) => during(yearOf(now), now, share)
  await claim(env, 'weiguang', 5_000_000, here(0.2))
  const paid = await use(env, {
    ...KEKAO,
    service: '演示高低温试验',
    amount_fen: 1_000_000,
    contract_fen: 2_400_000,
    at: here(0.4),
    invoice: '26332000000000010801',
    confirmed_at: here(0.41),
  })
  await redeem(
    env,
    paid,
    { key: 'weiguang', reviewer: 'haishu-review', finance: 'haishu-finance' },
    { submitted_at: here(0.6), decided_at: here(0.62), paid_at: here(0.64) },
  )
  await claim(env, 'weiguang', 3_000_000, here(0.7))
  await use(env, {
    ...KEKAO,
    service: '演示静电放电测试',
    amount_fen: 800_000,
    contract_fen: 1_800_000,
    at: here(0.94),
    invoice: null,
    confirmed_at: here(0.96),
  })
  await use(env, {
    ...KEKAO,
    service: '演示环境箱机时',
    amount_fen: 600_000,
    contract_fen: 1_500_000,
    at: here(0.995),
    invoice: null,
    papers: ['contract'],
    confirmed_at: null,
  })
}

/** 柯桥区 pays carriers; the legal person has not been bound to this old enterprise yet. */
async function zhixin(env: Bindings, now: number): Promise<void> {
  const last = (share: number) => during(yearOf(now) - 1, now, share)
  const cailiao = {
    enterprise: 'zhixin',
    carrier: 'cailiao',
    payee: 'carrier',
    booked: false,
    papers: ['contract', 'invoice', 'result'],
  } as const
  await register(env, {
    key: 'zhixin',
    reviewer: 'keqiao-review',
    at: last(0.1),
    approved_at: last(0.11),
    bound: false,
  })
  await claim(env, 'zhixin', 3_000_000, last(0.3))
  await use(env, {
    ...cailiao,
    service: '演示成分分析',
    amount_fen: 900_000,
    contract_fen: 2_000_000,
    at: last(0.6),
    invoice: '25332000000000020901',
    confirmed_at: last(0.62),
  })
  await use(env, {
    ...cailiao,
    service: '演示力学性能测试',
    amount_fen: 400_000,
    contract_fen: 1_000_000,
    at: last(0.9),
    invoice: null,
    papers: ['contract'],
    confirmed_at: null,
  })
}
