/** Several redemptions approved in full at one press, told row by row. */
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../src/kernel/id.ts'
import type { Voucher } from '../../src/ledger/rules.ts'
import { dbOf } from '../../src/platform/db.ts'
import { paymentOfVoucher } from '../../src/redemption/client.ts'
import { signInAs } from '../support/sign-in.ts'
import type { SignedIn } from '../support/sign-in.ts'
import { NOW, mainOf, placeOf, press, read, rowOf, setUp, statusOf } from '../voucher/fixture.ts'
import type { People } from '../voucher/fixture.ts'
import { decide, historyOf, submittedVoucher } from './fixture.ts'

let people: People
let elsewhere: SignedIn
let city: SignedIn
beforeAll(async () => {
  people = await setUp()
  elsewhere = await signInAs(env, 'haishu-review', NOW)
  city = await signInAs(env, 'hangzhou-review', NOW)
})

const DESK = '/bureau/redemptions'
const db = dbOf(env)
const stateOf = async (voucher: Voucher) => (await historyOf(voucher)).voucher.state

describe('several at once', () => {
  const choose = (vouchers: readonly Voucher[]) =>
    `${DESK}/chosen?${vouchers.map((one) => `voucher=${rowOf(one)}`).join('&')}`
  const approve = (who: SignedIn, vouchers: readonly Voucher[], key = newId()) =>
    press(who, `${DESK}/chosen`, [
      ['key', key],
      ...vouchers.map((one) => ['voucher', rowOf(one)] as const),
    ])

  test('are shown with their sum, approved in full and told row by row', async () => {
    const vouchers = [await submittedVoucher(people), await submittedVoucher(people)]
    const page = mainOf(await read(people.reviewer, choose(vouchers)))
    expect(page).toContain('￥2,400.00')
    await decide(people.reviewer, vouchers[0] as Voucher, { verdict: 'return', reason: '补正' })
    const key = newId()
    const answer = await approve(people.reviewer, vouchers, key)
    expect(answer.status).toBe(303)
    const result = mainOf(await read(people.reviewer, placeOf(answer)))
    expect(result).toContain('1 笔已予以兑付，1 笔未办理')
    expect(await stateOf(vouchers[0] as Voucher)).toBe('confirmed')
    expect(await stateOf(vouchers[1] as Voucher)).toBe('redeemed')
    expect(placeOf(await approve(people.reviewer, vouchers, key))).toBe(placeOf(answer))
    expect(await paymentOfVoucher(db, vouchers[1] as Voucher)).toMatchObject({ paid_fen: 120_000 })
  })

  test('belong to the deciding bureau alone', async () => {
    const voucher = await submittedVoucher(people)
    for (const who of [city, elsewhere]) {
      expect(await statusOf(who, choose([voucher]))).toBe(404)
      expect((await approve(who, [voucher])).status).toBe(404)
    }
    expect(await stateOf(voucher)).toBe('in_review')
  })
})
