/** Who acts in a run, where, and under which limits; drawn anew from every seed. */
import { CLOCK } from '../../src/kernel/actor.ts'
import type { AnyActor, BureauActor } from '../../src/kernel/actor.ts'
import type { Cap } from '../../src/ledger/rules.ts'
import type { Random } from './random.ts'

/** 西湖, 上城 and 海曙, and the first two's city. */
export const COUNTIES = ['330106', '330102', '330203'] as const
export const CITY = '330100'
export const CARRIERS = ['zhijian', 'kekao', 'cexing'] as const

export type Cast = {
  enterprises: readonly string[]
  /** Spoken to until every answer is in; the others fall silent at the first lost one. */
  chatty: ReadonlySet<string>
  counties: readonly string[]
  /** Fen, by county; one without is not limited. */
  budgets: ReadonlyMap<string, number>
  caps: { total: Cap; single: Cap; holding: Cap }
  starts_at: number
}

const NEW_YEAR = Date.parse('2027-01-01T00:00:00+08:00')
const HOUR_MS = 3_600_000

export function drawCast(random: Random): Cast {
  const enterprises = Array.from({ length: random.whole(2, 6) }, (_, index) => `firm-${index + 1}`)
  const counties = COUNTIES.slice(0, random.whole(1, 3))
  const budgeted = counties.filter(() => random.chance(0.6))
  const cap = (low: number, high: number): Cap =>
    random.chance(0.3)
      ? { fen_max: null, set_by: null }
      : { fen_max: random.whole(low, high), set_by: CITY }
  return {
    enterprises,
    chatty: new Set(enterprises.filter(() => random.chance(0.65))),
    counties,
    budgets: new Map(budgeted.map((county) => [county, random.whole(200_000, 4_000_000)])),
    caps: {
      total: cap(500_000, 3_000_000),
      single: cap(100_000, 900_000),
      holding: cap(300_000, 2_000_000),
    },
    starts_at: random.pick([
      NEW_YEAR - random.whole(1, 120_000),
      NEW_YEAR - random.whole(0, 3 * HOUR_MS),
      NEW_YEAR - 9 * HOUR_MS,
      NEW_YEAR - 40 * 24 * HOUR_MS,
    ]),
  }
}

/** The next New Year in Asia/Shanghai, from this one on; epoch ms. */
export function nextNewYear(at: number): number {
  let year_starts = NEW_YEAR
  for (let year = 2028; year_starts <= at; year += 1)
    year_starts = Date.parse(`${year}-01-01T00:00:00+08:00`)
  return year_starts
}

export function agentOf(enterprise: string, agent = 1): AnyActor {
  return { role: 'enterprise', account: `${enterprise}-${agent}`, name: '林知远', enterprise }
}

export function carrierOf(carrier: string): AnyActor {
  return { role: 'carrier', account: `${carrier}-desk`, name: '吴检', carrier }
}

export function reviewerOf(region: string): BureauActor {
  return { role: 'bureau', account: `${region}-review`, name: '王评', region, staff: ['review'] }
}

/** Anybody who may be the wrong one. */
export function anyone(random: Random, { enterprises }: Cast): AnyActor {
  const county = random.pick(COUNTIES)
  return random.pick<AnyActor>([
    agentOf(random.pick(enterprises)),
    carrierOf(random.pick(CARRIERS)),
    reviewerOf(county),
    reviewerOf(CITY),
    { ...reviewerOf(county), account: `${county}-finance`, staff: ['finance'] },
    CLOCK,
  ])
}
