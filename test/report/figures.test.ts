/** The public figures: sums of this year, by what the ledgers' mirror and the payments say. */
import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import { suspendCarrier } from '../../src/catalogue/client.ts'
import { yearOf, yearStartsAt } from '../../src/kernel/clock.ts'
import { commit, dbOf } from '../../src/platform/db.ts'
import { insertPayment, insertResult } from '../../src/redemption/client.ts'
import { publicFigures } from '../../src/report/client.ts'
import { Dealer, XIHU, ZHIJIAN, openBureaus } from '../hall/cast.ts'

const db = dbOf(env)
const now = Date.now()
const year = yearOf(now)
let fang: Dealer

beforeAll(async () => {
  await openBureaus()
  fang = await Dealer.signIn('fang')
})

test('before anything happens all sums are zero and 智检 is the one carrier', async () => {
  const zeros = { claimed_fen: 0, used_fen: 0, paid_fen: 0 }
  expect(await publicFigures(db, now)).toEqual({ year, ...zeros, carriers: 1 })
})

test('claims and standing vouchers count; last year’s do not', async () => {
  await fang.claim(3_000_000, yearStartsAt(year) - 1000)
  await fang.claim(20_000_000, now)
  await fang.confirm(await fang.issue(1_200_000))
  await fang.issue(300_000)
  expect(await publicFigures(db, now)).toMatchObject({
    claimed_fen: 20_000_000,
    used_fen: 1_500_000,
  })
})

test('a smaller payment lowers what is used; only 已拨付 counts as paid', async () => {
  const voucher = await fang.issue(1_000_000)
  await fang.confirm(voucher)
  await fang.approve(await fang.submit(voucher), 900_000, '核减')
  const { enterprise } = fang.who
  const row = (redemption: string, paid_fen: number) => ({
    enterprise,
    redemption,
    voucher,
    number: 'ZJ2026-1',
    region: XIHU,
    year,
    payee: 'enterprise' as const,
    payee_id: enterprise,
    payee_name: '启航',
    paid_fen,
    reviewed_by: 'xihu-review',
    reviewed_by_name: '王评',
    at: now,
  })
  const by = { by: 'xihu-finance', by_name: '赵付', reason: null }
  const result = (redemption: string, attempt: number, word: 'paid' | 'failed', at: number) =>
    insertResult(db, { enterprise, redemption, attempt, result: word, at, ...by })
  await commit(db, [
    insertPayment(db, row('waiting', 100)),
    insertPayment(db, row('failed', 200)),
    insertPayment(db, row('retried', 900_000)),
    insertPayment(db, row('last-year', 400)),
    result('failed', 1, 'failed', now),
    result('retried', 1, 'failed', now),
    result('retried', 2, 'paid', now),
    result('last-year', 1, 'paid', yearStartsAt(year) - 1),
  ])
  expect(await publicFigures(db, now)).toMatchObject({ used_fen: 2_400_000, paid_fen: 900_000 })
})

test('a suspended carrier is not counted', async () => {
  await commit(db, [suspendCarrier(db, { carrier: ZHIJIAN, at: now, by: 'x', reason: 'x' })])
  expect((await publicFigures(db, now)).carriers).toBe(0)
})
