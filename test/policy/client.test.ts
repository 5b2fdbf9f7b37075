/** Policies and bureaus as D1 keeps them: versions, days of effect, years. */
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../src/kernel/id.ts'
import { yearStartsAt } from '../../src/kernel/clock.ts'
import { CITIES, countiesOf } from '../../src/kernel/region.ts'
import { commit, commitOnce, dbOf } from '../../src/platform/db.ts'
import {
  bureauFor,
  bureausFor,
  decidedAt,
  findBureau,
  findCommitmentText,
  insertBureau,
  insertPolicy,
  policyOf,
} from '../../src/policy/client.ts'
import type { PolicyParams } from '../../src/policy/rules.ts'

const db = dbOf(env)
const JANUARY = yearStartsAt(2026)
const JULY = Date.UTC(2026, 6, 1)

function policy(region: string, version: number, effective_from: number, params: PolicyParams) {
  return {
    id: newId(),
    region,
    year: 2026,
    version,
    params,
    effective_from,
    author: { account: 'xihu-policy', name: '郑策' },
    approver: { account: 'xihu-policy2', name: '陶策' },
    at: effective_from,
  }
}

beforeAll(async () => {
  await commit(db, [
    insertBureau(db, { region: '330000', name: '浙江省科学技术厅' }),
    insertBureau(db, { region: '330100', name: '杭州市科学技术局' }),
    insertBureau(db, { region: '330106', name: '西湖区科学技术局' }),
    insertPolicy(db, policy('330106', 1, JANUARY, { claim_total_fen: 10_000_000 })),
    insertPolicy(db, policy('330106', 2, JULY, { claim_total_fen: 20_000_000 })),
    insertPolicy(db, policy('330000', 1, JANUARY, { commitment: '本单位承诺真实。' })),
  ])
})

describe('the policy of Xihu', () => {
  test.each([
    ['before the year begins nothing holds', JANUARY - 1, null],
    ['in spring the first version', JULY - 1, 10_000_000],
    ['from July the second', JULY, 20_000_000],
  ])('%s', async (_, at, fen_max) => {
    expect((await policyOf(db, '330106', 2026, at)).claim_total.fen_max).toBe(fen_max)
  })

  test('of another year is another policy', async () => {
    expect((await policyOf(db, '330106', 2025, JULY)).claim_total.fen_max).toBeNull()
  })

  test('names the bureau that set a parameter', async () => {
    const { origins } = await policyOf(db, '330106', 2026, JULY)
    expect(origins.claim_total_fen).toEqual({
      region: '330106',
      bureau: '西湖区科学技术局',
      version: 2,
    })
    expect(origins.commitment?.bureau).toBe('浙江省科学技术厅')
  })

  test('keeps every text an enterprise has ever promised', async () => {
    const { commitment } = await policyOf(db, '330106', 2026, JULY)
    expect(commitment.text).toBe('本单位承诺真实。')
    expect(await findCommitmentText(db, commitment.version)).toBe('本单位承诺真实。')
    expect(await findCommitmentText(db, 'unknown')).toBeUndefined()
  })

  test('takes a version of a year once', async () => {
    expect(await commitOnce(db, [insertPolicy(db, policy('330106', 2, JULY, {}))])).toBe(false)
  })
})

test.each([
  ['Xihu has its own bureau', '330106', '西湖区科学技术局'],
  ['Binjiang goes to Hangzhou', '330108', '杭州市科学技术局'],
  ['Haishu goes to the province', '330203', '浙江省科学技术厅'],
])('%s', async (_, county, name) => {
  expect((await bureauFor(db, county)).name).toBe(name)
})

test('a bureau is found by its own region alone', async () => {
  expect(await findBureau(db, '330106')).toEqual({ region: '330106', name: '西湖区科学技术局' })
  expect(await findBureau(db, '330108')).toBeUndefined()
})

describe('all ninety counties at once', () => {
  const codes = CITIES.flatMap((city) => countiesOf(city.code)).map(({ code }) => code)

  test('are told their bureaus in one query', async () => {
    let asked = 0
    const prepare = (query: string) => {
      asked += 1
      return env.DB.prepare(query)
    }
    const found = await bureausFor(dbOf({ DB: { prepare } as D1Database }), codes)
    expect(asked).toBe(1)
    expect(found.size).toBe(90)
    for (const county of ['330106', '330108', '330203'])
      expect(found.get(county)).toEqual(await bureauFor(db, county))
  })

  test.each([
    ['330106', 1],
    ['330100', 12],
    ['330000', 77],
    ['330203', 1],
  ])('%s decides for %i', async (bureau, count) => {
    expect((await decidedAt(db, bureau, codes)).size).toBe(count)
  })
})

test('nobody is asked where nothing waits', async () => {
  expect(await bureausFor(db, [])).toEqual(new Map())
  expect(await decidedAt(db, '330106', [])).toEqual(new Set())
})
