/** The demo seed puts the cast into the state that the cast states, through the real parts. */
import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import { searchAtlas } from '../../src/atlas/client.ts'
import { findFile, serveFile } from '../../src/attachment/client.ts'
import { listFiltered } from '../../src/booking/list-store.ts'
import { listInstruments, listServices, searchCarriers } from '../../src/catalogue/client.ts'
import { enterpriseForUscc } from '../../src/identity/client.ts'
import { formatFen } from '../../src/kernel/amount.ts'
import { yearOf, yearStartsAt } from '../../src/kernel/clock.ts'
import { readLedger, verifyAll } from '../../src/ledger/client.ts'
import { dbOf } from '../../src/platform/db.ts'
import { policyOf } from '../../src/policy/client.ts'
import { itemsOf } from '../../src/redemption/client.ts'
import { quotaOf } from '../../src/quota/client.ts'
import { registrationOf } from '../../src/registration/client.ts'
import { invoiceOf, papersOf } from '../../src/voucher/client.ts'
import cast from './cast.json'
import { carrierIdOf } from './seed-catalogue.ts'
import { enterpriseIdOf } from './seed-enterprises.ts'
import { seedDemo } from './seed.ts'

const NOW = Date.UTC(2026, 10, 24, 8)
const db = dbOf(env)
const weiguang = enterpriseIdOf('weiguang')
const zhixin = enterpriseIdOf('zhixin')

beforeAll(async () => {
  await seedDemo(env, NOW)
})

async function vouchersOf(enterprise: string) {
  const { vouchers } = await readLedger(env, enterprise, NOW)
  return vouchers.map((one) => [one.year, formatFen(one.amount_fen), one.state, one.payee])
}

test('宁波演示微光电子 holds 56,000.00 this year and let 15,000.00 lapse', async () => {
  const { books } = await readLedger(env, weiguang, NOW)
  expect(books).toEqual([
    {
      region: '330203',
      year: 2026,
      claimed_fen: 8_000_000,
      accounts: {
        available: 5_600_000,
        unconfirmed: 600_000,
        confirmed: 800_000,
        in_review: 0,
        paid: 1_000_000,
        lapsed: 0,
      },
    },
    {
      region: '330203',
      year: 2025,
      claimed_fen: 2_000_000,
      accounts: {
        available: 0,
        unconfirmed: 0,
        confirmed: 500_000,
        in_review: 0,
        paid: 0,
        lapsed: 1_500_000,
      },
    },
  ])
})

test('its four vouchers stand as the cast says, each with carrier kekao', async () => {
  expect(await vouchersOf(weiguang)).toEqual([
    [2026, '￥6,000.00', 'unconfirmed', 'enterprise'],
    [2026, '￥8,000.00', 'confirmed', 'enterprise'],
    [2026, '￥10,000.00', 'redeemed', 'enterprise'],
    [2025, '￥5,000.00', 'confirmed', 'enterprise'],
  ])
  const { vouchers } = await readLedger(env, weiguang, NOW)
  expect(new Set(vouchers.map((one) => one.carrier))).toEqual(new Set([carrierIdOf('kekao')]))
})

test('each of its vouchers comes from a booking that is 已使用', async () => {
  const bookings = await listFiltered(db, { enterprise: weiguang }, NOW, { limit: 10 })
  expect(bookings.map((one) => one.state)).toEqual(['used', 'used', 'used', 'used'])
  const { vouchers } = await readLedger(env, weiguang, NOW)
  expect(bookings.map((one) => one.voucher)).toEqual(vouchers.map((one) => one.id))
})

test('its confirmed voucher of this year lacks the invoice number alone', async () => {
  const { vouchers, redemptions } = await readLedger(env, weiguang, NOW)
  const pairs = vouchers
    .filter((one) => one.state === 'confirmed')
    .map((voucher) => ({ voucher, redemption: null }))
  const items = await itemsOf(env, pairs, NOW)
  expect(items.map((one) => one.missing)).toEqual([['invoice_number'], []])
  expect(redemptions.map((one) => [one.state, one.paid_fen])).toEqual([['approved', 1_000_000]])
})

test('the redeemed voucher was paid out by finance staff, not by the reviewer', async () => {
  const { vouchers, redemptions } = await readLedger(env, weiguang, NOW)
  const voucher = vouchers.find((one) => one.state === 'redeemed')
  const redemption = redemptions[0] ?? null
  if (!voucher) throw new Error('no voucher is redeemed')
  const [item] = await itemsOf(env, [{ voucher, redemption }], NOW)
  expect(item?.payment).toMatchObject({
    state: 'paid',
    paid_fen: 1_000_000,
    reviewed_by_name: '冯评',
    settled_by_name: '蒲付',
  })
})

test('绍兴演示织新材料 is bound to nobody and has 4,000.00 and 9,000.00 of last year', async () => {
  const { uscc } = cast.enterprises.find((one) => one.key === 'zhixin') ?? { uscc: '' }
  expect(await enterpriseForUscc(db, uscc)).toBeUndefined()
  expect((await registrationOf(db, zhixin)).approved?.county).toBe('330603')
  expect(await vouchersOf(zhixin)).toEqual([
    [2025, '￥4,000.00', 'unconfirmed', 'carrier'],
    [2025, '￥9,000.00', 'confirmed', 'carrier'],
  ])
  const { books } = await readLedger(env, zhixin, NOW)
  expect(books[0]?.accounts).toMatchObject({ available: 0, lapsed: 1_700_000 })
})

test('杭州演示云杉传感科技 is registered in 330106 and may claim 200,000.00', async () => {
  const yunshan = enterpriseIdOf('yunshan')
  expect((await registrationOf(db, yunshan)).state).toBe('approved')
  const quota = await quotaOf(env, yunshan, '330106', NOW)
  expect(quota).toMatchObject({
    claimed_fen: 0,
    available_fen: 0,
    remaining_fen: 20_000_000,
    total: { fen_max: 20_000_000, set_by: '330106' },
    single: { fen_max: null },
  })
})

test('杭州演示启航机器人 was never seen', async () => {
  const { uscc } = cast.enterprises.find((one) => one.key === 'qihang') ?? { uscc: '' }
  expect(await enterpriseForUscc(db, uscc)).toBeUndefined()
})

test('宁波演示微光电子 may hold 100,000.00 and therefore claim 38,000.00 more', async () => {
  const quota = await quotaOf(env, weiguang, '330203', NOW)
  expect(quota.remaining_fen).toBe(10_000_000 - 5_600_000 - 600_000)
  expect(quota.single).toEqual({ fen_max: 5_000_000, set_by: '330203' })
})

test('policies hold for last year and this year, written and approved by two people', async () => {
  for (const year of [2025, 2026]) {
    const policy = await policyOf(db, '330203', year, yearStartsAt(year))
    expect(policy).toMatchObject({
      claim_total: { fen_max: 20_000_000, set_by: '330203' },
      online_booking_required: true,
      payees: ['enterprise'],
      papers_at_use: ['contract'],
    })
    expect(policy.ratio_percent).toEqual({ value: 50, set_by: '330000' })
  }
  const { results } = await env.DB.prepare('SELECT author, approver FROM policies').all()
  expect(results).toHaveLength(8)
  expect(results.every((row) => row['author'] !== row['approver'])).toBe(true)
})

test('every voucher has real papers in R2', async () => {
  for (const enterprise of [weiguang, zhixin]) {
    const { vouchers } = await readLedger(env, enterprise, NOW)
    for (const voucher of vouchers) {
      const [paper] = await papersOf(db, voucher)
      const file = paper && (await findFile(db, paper.file))
      if (!file) throw new Error('a voucher without a paper')
      const content = await (await serveFile(env, file)).arrayBuffer()
      expect(new TextDecoder().decode(content.slice(0, 8))).toBe('%PDF-1.4')
      if (voucher.state === 'redeemed') expect(await invoiceOf(db, voucher)).toBeDefined()
    }
  }
})

test('304 carriers spread over ninety counties, each with services', async () => {
  const carriers = await searchCarriers(db, { limit: 1000 })
  expect(carriers).toHaveLength(304)
  expect(new Set(carriers.map((one) => one.county)).size).toBe(90)
  const services = await listServices(db, carrierIdOf('zhijian'), { limit: 100 })
  expect(services.rows.map((one) => one.name)).toContain('演示机器人整机测评')
  expect((await listInstruments(db, carrierIdOf('zhijian'), { limit: 1 })).count).toBe(2)
})

test('every book sums to zero, every chain verifies, and D1 agrees with the ledgers', async () => {
  const proofs = await verifyAll(env)
  expect(proofs).toHaveLength(2)
  expect(proofs.flatMap((proof) => proof.problems)).toEqual([])
})

test('seeding again changes nothing', async () => {
  const before = await verifyAll(env)
  expect(await seedDemo(env, NOW + 1)).toEqual({ seeded: false, carriers: 304, enterprises: 3 })
  expect(await verifyAll(env)).toEqual(before)
})

test('everything happened before now, and last year in last year', async () => {
  const { results } = await env.DB.prepare('SELECT at, payload FROM events').all<{ at: number }>()
  expect(results.every(({ at }) => at <= NOW && yearOf(at) >= 2025)).toBe(true)
})

test('the map finds what is offered at once, and D1 is not asked', async () => {
  const DB = new Proxy(env.DB, {
    get: () => {
      throw new Error('the index is not built')
    },
  })
  const found = await searchAtlas(
    { ...env, DB },
    {
      kind: 'organisation',
      words: ['可靠性'],
      region: '330200',
      categories: null,
      box: null,
      near: null,
      sort: 'relevance',
      offset: 0,
      limit: 20,
    },
  )
  expect(found.hits.map(({ name }) => name)).toContain('宁波演示电子可靠性实验室')
})
