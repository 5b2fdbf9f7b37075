/** Policy resolves county → city → province, 不限 included, and names who set what. */
import { describe, expect, test } from 'vitest'
import { bureauOfChain, claimCaps, resolvePolicy } from '../../src/policy/rules.ts'
import type { PolicyParams, PolicyRow } from '../../src/policy/rules.ts'

const XIHU = '330106'
const HANGZHOU = '330100'
const ZHEJIANG = '330000'

const NAMES: Readonly<Record<string, string>> = {
  [XIHU]: '西湖区科学技术局',
  [HANGZHOU]: '杭州市科学技术局',
  [ZHEJIANG]: '浙江省科学技术厅',
}

function row(region: string, params: PolicyParams): PolicyRow {
  return { region, bureau: NAMES[region] ?? region, version: 1, params }
}

function xihuPolicy(...rows: readonly PolicyRow[]) {
  return resolvePolicy(XIHU, 2026, rows, (text) => `v-${text.length}`)
}

describe('the total cap of Xihu', () => {
  const county = row(XIHU, { claim_total_fen: 20_000_000 })
  const city = row(HANGZHOU, { claim_total_fen: 15_000_000 })
  const province = row(ZHEJIANG, { claim_total_fen: 10_000_000 })
  const county_unlimited = row(XIHU, { claim_total_fen: 'unlimited' })
  const county_silent = row(XIHU, { holding_fen: 1 })

  test.each([
    ['set by the county', [province, city, county], 20_000_000, XIHU],
    ['inherited from the city', [province, city], 15_000_000, HANGZHOU],
    ['inherited past a silent county', [county_silent, city], 15_000_000, HANGZHOU],
    ['inherited from the province', [province], 10_000_000, ZHEJIANG],
    ['不限 by the county, whatever the province says', [province, county_unlimited], null, XIHU],
    ['unset everywhere does not limit', [], null, null],
    ['what Haishu sets is not for Xihu', [row('330203', { claim_total_fen: 1 })], null, null],
  ] as const)('%s', (_, rows, fen_max, set_by) => {
    expect(xihuPolicy(...rows).claim_total).toEqual({ fen_max, set_by })
  })
})

test('each parameter is inherited by itself, and says from whom', () => {
  const policy = xihuPolicy(
    row(XIHU, { claim_total_fen: 20_000_000 }),
    row(HANGZHOU, { holding_fen: 5_000_000 }),
    row(ZHEJIANG, { claim_single_fen: 'unlimited', ratio_percent: 50 }),
  )
  expect(claimCaps(policy)).toEqual({
    total: { fen_max: 20_000_000, set_by: XIHU },
    single: { fen_max: null, set_by: ZHEJIANG },
    holding: { fen_max: 5_000_000, set_by: HANGZHOU },
  })
  expect(policy.ratio_percent).toEqual({ value: 50, set_by: ZHEJIANG })
  expect(policy.origins.holding_fen).toEqual({
    region: HANGZHOU,
    bureau: '杭州市科学技术局',
    version: 1,
  })
  expect(policy.origins.budget_fen).toBeNull()
})

test('nothing set anywhere limits nothing and asks for nothing', () => {
  const policy = xihuPolicy()
  expect(policy).toMatchObject({
    budget: { fen_max: null, set_by: null },
    contract: { fen_max: null, set_by: null },
    ratio_percent: { value: null, set_by: null },
    payees: ['carrier', 'enterprise'],
    online_booking_required: false,
    papers_at_use: [],
    papers_at_redemption: [],
    confirm_days: null,
    categories: ['检验检测', '研发设计', '技术咨询', '仪器共享'],
    commitment: { text: '', version: '' },
  })
})

test('a county that allows fewer categories and one payee is obeyed', () => {
  const policy = xihuPolicy(
    row(ZHEJIANG, { categories: 'unlimited', payees: ['carrier', 'enterprise'], confirm_days: 30 }),
    row(XIHU, { categories: ['检验检测'], payees: ['enterprise'], confirm_days: 'unlimited' }),
  )
  expect(policy).toMatchObject({
    categories: ['检验检测'],
    payees: ['enterprise'],
    confirm_days: null,
  })
})

test('false and an empty list are values, not silence', () => {
  const policy = xihuPolicy(
    row(ZHEJIANG, { online_booking_required: true, papers_at_use: ['contract'] }),
    row(XIHU, { online_booking_required: false, papers_at_use: [] }),
  )
  expect(policy).toMatchObject({ online_booking_required: false, papers_at_use: [] })
})

test('the commitment carries the version of its text', () => {
  const policy = xihuPolicy(row(ZHEJIANG, { commitment: '本单位承诺' }))
  expect(policy.commitment).toEqual({ text: '本单位承诺', version: 'v-5' })
})

describe('the bureau that answers for Xihu', () => {
  test.each([
    ['its own', [ZHEJIANG, HANGZHOU, XIHU], XIHU],
    ['else its city’s', [ZHEJIANG, HANGZHOU], HANGZHOU],
    ['else the province’s', [ZHEJIANG], ZHEJIANG],
    ['else none', [], undefined],
  ])('%s', (_, regions, region) => {
    const bureaus = regions.map((code) => ({ region: code, name: NAMES[code] ?? code }))
    expect(bureauOfChain(XIHU, bureaus)?.region).toBe(region)
  })
})
