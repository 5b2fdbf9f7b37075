/** A budget of Xihu: how much of it is left, who used it up, and 「预算」 for its bureau. */
import { env } from 'cloudflare:workers'
import { runInDurableObject } from 'cloudflare:test'
import { beforeAll, describe, expect, test } from 'vitest'
import { yearOf, yearStartsAt } from '../../src/kernel/clock.ts'
import { newId } from '../../src/kernel/id.ts'
import { nudge } from '../../src/ledger/client.ts'
import { commit, dbOf } from '../../src/platform/db.ts'
import { insertPolicy } from '../../src/policy/client.ts'
import { quotaOf } from '../../src/quota/client.ts'
import { compareBudgets } from '../../src/quota/nightly.ts'
import { countiesUnder, inOrder } from '../../src/quota/budget-rules.ts'
import { signInAs } from '../support/sign-in.ts'
import type { SignedIn } from '../support/sign-in.ts'
import { claim, get, hidden, openCounties, post } from './fixture.ts'

const XIHU = '330106'
const YEAR = yearOf(Date.now())
let lin: SignedIn

/** Xihu sets a budget of so many fen from now on. */
async function setBudget(budget_fen: number, version: number): Promise<void> {
  const db = dbOf(env)
  const by = { account: 'xihu-policy', name: '郑策' }
  const policy = insertPolicy(db, {
    id: newId(),
    region: XIHU,
    year: YEAR,
    version,
    params: { budget_fen },
    effective_from: yearStartsAt(YEAR) + version,
    author: by,
    approver: { ...by, account: 'xihu-policy2' },
    at: Date.now(),
  })
  await commit(db, [policy])
}

/** The enterprise's alarm: what its region does not know yet is told. */
async function ring({ enterprise }: SignedIn): Promise<void> {
  await nudge(env, enterprise)
  const stub = env.LEDGER.getByName(`ent:${enterprise}`)
  await runInDurableObject(stub, (ledger) => (ledger as { alarm(): Promise<void> }).alarm())
}

const cells = (text: string) => text.split('杭州市西湖区 ').at(-1)?.slice(0, 120) ?? ''

beforeAll(async () => {
  await openCounties()
  lin = await signInAs(env, 'lin')
})

describe('without a budget', () => {
  test('「预算」 says 不限 and shows what was claimed', async () => {
    await claim(lin, XIHU, '3,000')
    await ring(lin)
    const shown = await get(await signInAs(env, 'xihu-finance'), '/bureau/budget')
    expect(shown.status).toBe(200)
    expect(cells(shown.text)).toMatch(/^不限 — ￥3,000\.00 ￥0\.00 —/)
  })
})

describe('under a budget of 5,000.00', () => {
  beforeAll(() => setBudget(500_000, 2))

  test('what was claimed before counts, and the rest may be claimed', async () => {
    const quota = await quotaOf(env, lin.enterprise, XIHU, Date.now())
    expect(quota).toMatchObject({ budget_left_fen: 200_000, remaining_fen: 200_000 })
    const shown = await get(lin, '/enterprise/quota')
    expect(shown.text).toContain('受本地区预算限制')
  })

  test('a fen too much is refused with bureau and the most that passes', async () => {
    const refused = await claim(lin, XIHU, '2,000.01')
    expect(refused.status).toBe(422)
    expect(refused.text).toContain(
      '超过本地区年度预算 ￥5,000.00（西湖区科学技术局设定）的余额，这次最多可以申领 ￥2,000.00',
    )
    const english = await get(lin, '/enterprise/quota/claim?lang=en')
    expect(english.text).toContain('You can claim at most ￥2,000.00 now.')
    await get(lin, '/enterprise/quota/claim?lang=zh')
  })

  test('after a refusal the form is another claim’s, and the rest passes', async () => {
    const shown = await get(lin, '/enterprise/quota/claim')
    const form = { region: XIHU, key: hidden(shown, 'key'), year: hidden(shown, 'year') }
    const done = await post(lin, '/enterprise/quota/claim', { ...form, amount: '2,000' })
    expect(done.status).toBe(303)
    const again = await post(lin, '/enterprise/quota/claim', { ...form, amount: '2,000' })
    expect(again.location).toBe(done.location)
    expect(await quotaOf(env, lin.enterprise, XIHU, Date.now())).toMatchObject({
      budget_left_fen: 0,
      claimed_fen: 500_000,
    })
    await ring(lin)
    const bureau = await get(await signInAs(env, 'xihu-policy'), '/bureau/budget')
    expect(cells(bureau.text)).toMatch(/^￥5,000\.00 ￥0\.00 ￥5,000\.00 ￥0\.00 ￥0\.00/)
  })

  test('what is handed back may be claimed again', async () => {
    const shown = await get(lin, '/enterprise/quota')
    const form = { key: hidden(shown, 'key'), year: hidden(shown, 'year'), amount: '1,500' }
    expect((await post(lin, '/enterprise/quota/hand-backs', form)).status).toBe(303)
    await ring(lin)
    const quota = await quotaOf(env, lin.enterprise, XIHU, Date.now())
    expect(quota).toMatchObject({ budget_left_fen: 150_000, remaining_fen: 150_000 })
    const bureau = await get(await signInAs(env, 'xihu-policy'), '/bureau/budget')
    expect(cells(bureau.text)).toContain('￥0.00 ￥5,000.00 ￥1,500.00 ￥1,500.00')
  })

  test('that is lowered below what was claimed says so and grants nothing', async () => {
    await setBudget(300_000, 3)
    const quota = await quotaOf(env, lin.enterprise, XIHU, Date.now())
    expect(quota).toMatchObject({ budget_left_fen: 0, remaining_fen: 0 })
    const bureau = await get(await signInAs(env, 'xihu-policy'), '/bureau/budget')
    expect(cells(bureau.text)).toContain('比已申领的少 ￥500.00')
    const page = await get(lin, '/enterprise/quota/claim')
    expect(page.text).toContain('本地区本年度的创新券预算已经用完。')
  })

  test('a claim that waits for the county is shown until it is settled', async () => {
    const { enterprise } = lin
    const stub = env.LEDGER.getByName(`ent:${enterprise}`)
    await runInDurableObject(stub, (ledger) => {
      const lease = () => Promise.reject(new Error('gone'))
      Reflect.set(ledger, 'env', { ...env, BUDGET: { getByName: () => ({ lease }) } })
    })
    await setBudget(1_000_000, 4)
    const refused = await claim(lin, XIHU, '100')
    expect(refused.status).toBe(503)
    expect((await get(lin, '/enterprise/quota')).text).toContain('申领 ￥100.00，一分钟内会有结果')
    await runInDurableObject(stub, (ledger) => {
      Reflect.set(ledger, 'env', env)
    })
    const again = { region: XIHU, amount: '100', key: hidden(refused, 'key') }
    const done = await post(lin, '/enterprise/quota/claim', { ...again, year: String(YEAR) })
    expect(done.status).toBe(303)
    expect((await get(lin, '/enterprise/quota')).text).not.toContain('一分钟内会有结果')
    await ring(lin)
  })

  test('whose object is out of reach is told as that, and nothing else changes', async () => {
    const BUDGET = { getByName: () => ({ state: () => Promise.reject(new Error('gone')) }) }
    const away = { ...env, BUDGET: BUDGET as unknown as DurableObjectNamespace }
    const quota = await quotaOf(away, lin.enterprise, XIHU, Date.now())
    expect(quota).toMatchObject({ budget_left_fen: null, claimed_fen: 360_000 })
  })
})

test('at night every budget is compared with the ledgers that leased from it', async () => {
  expect(await compareBudgets(env, Date.now())).toBe(1)
  const budget = env.BUDGET.getByName(`budget:${XIHU}:${YEAR}`)
  await runInDurableObject(budget, (_object, { storage }) => {
    storage.sql.exec('UPDATE sums SET spent_fen = spent_fen + 1')
  })
  expect(await compareBudgets(env, Date.now())).toBe(0)
})

test('「预算」 is for those who set policy, pay and administrate', async () => {
  const asked = ['xihu-policy', 'xihu-finance', 'province-admin', 'xihu-review', 'lin'] as const
  const statuses = await Promise.all(
    asked.map(async (who) => (await get(await signInAs(env, who), '/bureau/budget')).status),
  )
  expect(statuses).toEqual([200, 200, 200, 403, 403])
})

test('a county sees itself, a city its counties, the province all', () => {
  expect(countiesUnder(XIHU)).toEqual([XIHU])
  expect(countiesUnder('330100')).toContain(XIHU)
  expect(countiesUnder('330100')).not.toContain('330203')
  expect(countiesUnder('330000')).toHaveLength(90)
})

test('counties with a budget come first', () => {
  const row = (region: string, fen_max: number | null) => ({
    region,
    limit: { fen_max, set_by: null },
    figures: null,
  })
  const rows = [row('330102', null), row('330203', 1), row('330106', 1)]
  expect(inOrder(rows).map(({ region }) => region)).toEqual(['330106', '330203', '330102'])
})
