/** 「创新券查询」 and 「终止」 by the bureau of 西湖区; other bureaus see only their region. */
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../src/kernel/id.ts'
import { nudge, readBook } from '../../src/ledger/client.ts'
import type { Voucher } from '../../src/ledger/rules.ts'
import { readSearch } from '../../src/voucher/search-rules.ts'
import { signInAs } from '../support/sign-in.ts'
import type { SignedIn } from '../support/sign-in.ts'
import {
  NOW,
  YUNSHAN,
  findVoucher,
  mainOf,
  makeVoucher,
  placeOf,
  press,
  read,
  rowOf,
  setUp,
  statusOf,
} from './fixture.ts'
import type { People } from './fixture.ts'

let people: People
let elsewhere: SignedIn
let city: SignedIn
beforeAll(async () => {
  people = await setUp()
  elsewhere = await signInAs(env, 'haishu-review', NOW)
  city = await signInAs(env, 'hangzhou-review', NOW)
})

const LIST = '/bureau/vouchers'

async function confirmed(): Promise<Voucher> {
  const voucher = await makeVoucher(people.lin)
  await press(people.wu, '/carrier/desk/confirmations', [
    ['key', newId()],
    ['only', rowOf(voucher)],
  ])
  return voucher
}

describe('the list', () => {
  test('finds by number, enterprise, carrier, credit code and the words of a state', async () => {
    const voucher = await makeVoucher(people.lin)
    await nudge(env, YUNSHAN)
    for (const word of [
      voucher.number,
      voucher.number.toLowerCase(),
      '云杉传感',
      '智能制造检测',
      '91330106MA2DEM017U',
      '未确定',
      '未确认',
    ]) {
      const html = await read(people.reviewer, `${LIST}?word=${encodeURIComponent(word)}`)
      expect([word, html.includes(voucher.number)]).toEqual([word, true])
    }
    for (const query of ['word=已确定', 'state=已确定', 'state=redeemed', 'word=没有这家']) {
      const html = await read(people.reviewer, `${LIST}?${query}`)
      expect([query, html.includes(voucher.number)]).toEqual([query, false])
    }
  })

  test('says of a misread number that its check character does not fit', async () => {
    const { number } = await makeVoucher(people.lin)
    const misread = number.slice(0, -1) + (number.endsWith('7') ? '8' : '7')
    expect(mainOf(await read(people.reviewer, `${LIST}?word=${misread}`))).toContain('校验位不符')
  })

  test('of a city holds its counties, of another county nothing of it', async () => {
    const voucher = await makeVoucher(people.lin)
    await nudge(env, YUNSHAN)
    expect(await read(city, LIST)).toContain(voucher.number)
    expect(await read(city, `${LIST}?county=330105`)).not.toContain(voucher.number)
    expect(await read(elsewhere, LIST)).not.toContain(voucher.number)
  })

  test('never reaches beyond the region, whatever the address asks', () => {
    expect(readSearch({ county: '330106' }, '330203').region).toBe('330203')
    expect(readSearch({ county: '330106' }, '330100').region).toBe('330106')
    expect(readSearch({ state: '已确定', word: '' }, '330100').state).toBe('confirmed')
  })
})

test('a voucher outside the region is not found', async () => {
  const voucher = await makeVoucher(people.lin)
  expect(await statusOf(people.reviewer, `${LIST}/${rowOf(voucher)}`)).toBe(200)
  expect(await statusOf(elsewhere, `${LIST}/${rowOf(voucher)}`)).toBe(404)
  expect(await statusOf(people.reviewer, `${LIST}/${voucher.enterprise}/nothing`)).toBe(404)
})

describe('终止', () => {
  const reason: [string, string] = ['reason', '合同金额填写有误']
  const path = (voucher: Voucher) => `${LIST}/${rowOf(voucher)}/terminations`

  test('says its cost, ends a confirmed voucher and returns the quota', async () => {
    const voucher = await confirmed()
    const page = mainOf(await read(people.reviewer, `${LIST}/${rowOf(voucher)}`))
    expect(page).toContain('提交终止')
    expect(page).toContain(`￥12,000.00 退回企业 ${voucher.year} 年度可用额度`)
    const before = await readBook(env, YUNSHAN, '330106', Date.now())
    const answer = await press(people.reviewer, path(voucher), [['key', newId()], reason])
    expect(answer.status).toBe(303)
    expect(mainOf(await read(people.reviewer, placeOf(answer)))).toContain('已终止')
    expect(await findVoucher(voucher.id)).toMatchObject({
      state: 'terminated',
      reason: '合同金额填写有误',
    })
    const after = await readBook(env, YUNSHAN, '330106', Date.now())
    expect(after.accounts.available).toBe(before.accounts.available + 1_200_000)
    const again = await press(people.reviewer, path(voucher), [['key', newId()], reason])
    expect(again.status).toBe(409)
  })

  test('asks for a reason', async () => {
    const voucher = await confirmed()
    const answer = await press(people.reviewer, path(voucher), [['key', newId()]])
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain('请填写理由')
    expect((await findVoucher(voucher.id))?.state).toBe('confirmed')
  })

  test('is not for an unconfirmed voucher', async () => {
    const voucher = await makeVoucher(people.lin)
    expect(await read(people.reviewer, `${LIST}/${rowOf(voucher)}`)).not.toContain('提交终止')
    const answer = await press(people.reviewer, path(voucher), [['key', newId()], reason])
    expect(answer.status).toBe(409)
  })

  test('is for reviewers of the bureau that answers for the county alone', async () => {
    const voucher = await confirmed()
    const press2 = (who: SignedIn) => press(who, path(voucher), [['key', newId()], reason])
    expect((await press2(people.finance)).status).toBe(403)
    expect((await press2(elsewhere)).status).toBe(404)
    expect((await press2(city)).status).toBe(403)
    expect((await press2(people.lin)).status).toBe(403)
    expect(await read(city, `${LIST}/${rowOf(voucher)}`)).not.toContain('提交终止')
    expect((await findVoucher(voucher.id))?.state).toBe('confirmed')
  })
})
