/** 「兑付列表」 of both payees: what it lists, what it submits, and what it refuses by name. */
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import { nudge } from '../../src/ledger/client.ts'
import type { Voucher } from '../../src/ledger/rules.ts'
import {
  YUNSHAN,
  ZHIJIAN,
  mainOf,
  makeVoucher,
  placeOf,
  press,
  read,
  rowOf,
  setUp,
  statusOf,
} from '../voucher/fixture.ts'
import type { People } from '../voucher/fixture.ts'
import {
  complete,
  confirmedVoucher,
  decide,
  historyOf,
  papersPath,
  readyVoucher,
  submit,
  submittedVoucher,
} from './fixture.ts'

let people: People
beforeAll(async () => {
  people = await setUp()
})

const LIST = '/enterprise/redemptions'
const CARRIER = '/carrier/redemptions'

/** The row of one voucher, without marks. */
function rowText(html: string, voucher: Voucher): string {
  const row = new RegExp(`<tr[^>]*aria-label="${voucher.number} [\\s\\S]*?</tr>`).exec(html)?.[0]
  return row === undefined ? '' : mainOf(row)
}

const stateOf = async (voucher: Voucher) => (await historyOf(voucher)).voucher.state

describe('the list', () => {
  test('is empty for an enterprise whose vouchers carriers redeem, and says why', async () => {
    await confirmedVoucher(people, 'carrier')
    const html = await read(people.lin, LIST)
    expect(mainOf(html)).toContain('没有可以兑付的创新券')
    expect(mainOf(html)).toMatch(/1 张已确认的创新券，兑付方都是载体/)
  })

  test('is empty for a carrier without vouchers, and says when one comes', async () => {
    expect(mainOf(await read(people.qian, CARRIER))).toContain('兑付方是载体时，会出现在这里')
  })

  test('names all that is missing, then less, then 符合', async () => {
    const voucher = await confirmedVoucher(people)
    const before = rowText(await read(people.lin, LIST), voucher)
    expect(before).toContain('请填写发票号；请上传发票；请上传服务结果凭证')
    expect(before).toContain('查看')
    expect(before).not.toContain('选择')
    await complete(people.lin, voucher)
    const after = rowText(await read(people.lin, LIST), voucher)
    expect(after).toContain('符合')
    expect(after).toContain('选择')
    expect(after).toContain('￥1,200.00')
  })

  test('holds no voucher that its carrier has not confirmed', async () => {
    const voucher = await makeVoucher(people.lin, { amount: '1200' })
    expect(await read(people.lin, LIST)).not.toContain(voucher.number)
  })

  test('of a carrier holds what it redeems, of many enterprises, and counts the rest', async () => {
    const own = await confirmedVoucher(people, 'carrier')
    const others = await confirmedVoucher(people)
    await nudge(env, YUNSHAN)
    const html = await read(people.wu, CARRIER)
    expect(rowText(html, own)).toContain('杭州演示云杉传感科技有限公司')
    expect(html).not.toContain(others.number)
    expect(mainOf(html)).toMatch(/另有 \d+ 张创新券的兑付方是企业/)
    expect(await read(people.qian, CARRIER)).not.toContain(own.number)
  })

  test('of a carrier holds what it confirmed a moment ago', async () => {
    await read(people.wu, CARRIER)
    const voucher = await confirmedVoucher(people, 'carrier')
    expect(await read(people.wu, CARRIER)).toContain(voucher.number)
  })

  test('tells how much of the whole list is ready, by itself for an open page', async () => {
    await readyVoucher(people)
    const part = mainOf(await read(people.lin, `${LIST}/ready`))
    expect(part).toMatch(/材料符合，可以提交 \d+ 张 合计申请兑付 ￥[\d,.]+/)
    expect(part).toContain('全部提交')
  })

  test('filters by state, year and word, in the address', async () => {
    const voucher = await readyVoucher(people)
    const year = voucher.year
    const shown = async (query: string) =>
      (await read(people.lin, `${LIST}?${query}`)).includes(voucher.number)
    expect(await shown(`state=confirmed&year=${year}&word=${voucher.number.slice(-4)}`)).toBe(true)
    expect(await shown('state=redeemed')).toBe(false)
    expect(await shown(`year=${year - 1}`)).toBe(false)
    expect(await shown('word=没有这家')).toBe(false)
  })

  test('speaks English', async () => {
    const voucher = await confirmedVoucher(people)
    const html = await read(people.lin, `${LIST}?lang=en`)
    expect(rowText(html, voucher)).toContain('Enter the invoice number')
    expect(html).toContain('Submit chosen')
  })
})

describe('撤回', () => {
  const withdraw = (voucher: Voucher, who = people.lin) =>
    press(who, papersPath(voucher).replace(/papers$/, 'withdrawals'), [])

  test('before a decision gives the voucher back to be submitted again', async () => {
    const voucher = await submittedVoucher(people)
    expect(rowText(await read(people.lin, LIST), voucher)).toContain('撤回')
    const answer = await withdraw(voucher)
    expect(answer.status).toBe(303)
    expect(mainOf(await read(people.lin, placeOf(answer)))).toContain(`${voucher.number} 已撤回`)
    expect(await stateOf(voucher)).toBe('confirmed')
    await submit(people.lin, 'enterprise', [voucher])
    expect(await stateOf(voucher)).toBe('in_review')
    expect((await historyOf(voucher)).redemptions.length).toBe(2)
  })

  test('after a decision is 409 and shows what is', async () => {
    const voucher = await submittedVoucher(people)
    await decide(people.reviewer, voucher, { verdict: 'approve' })
    const answer = await withdraw(voucher)
    expect(answer.status).toBe(409)
    expect(mainOf(await answer.text())).toContain('当前状态')
    expect(await stateOf(voucher)).toBe('redeemed')
  })

  test('is the payee’s', async () => {
    const voucher = await submittedVoucher(people, 'carrier')
    const path = `${CARRIER}/${YUNSHAN}/${voucher.id}/withdrawals`
    expect((await press(people.qian, path, [])).status).toBe(404)
    expect((await press(people.lin, path, [])).status).toBe(403)
    expect((await press(people.wu, path, [])).status).toBe(303)
  })
})

describe('what the list says of what was decided', () => {
  test('returned with the reason, refused with the reason, approved with the amount', async () => {
    const [back, never, paid] = [
      await submittedVoucher(people),
      await submittedVoucher(people),
      await submittedVoucher(people),
    ]
    await decide(people.reviewer, back, { verdict: 'return', reason: '发票看不清' })
    await decide(people.reviewer, never, { verdict: 'reject', reason: '服务没有发生' })
    await decide(people.reviewer, paid, { verdict: 'approve', paid: '1150', reason: '发票额低' })
    const html = await read(people.lin, `${LIST}?page=1`)
    const pages = html + (await read(people.lin, `${LIST}?page=2`))
    expect(rowText(pages, back)).toMatch(/已确认.*退回补正.*发票看不清/)
    expect(rowText(pages, never)).toMatch(/不予兑付.*服务没有发生/)
    expect(rowText(pages, paid)).toMatch(/已兑付.*待拨付.*核定兑付 ￥1,150.00/)
  })
})

describe('a live row', () => {
  test('answers the row while it belongs to the list, 204 when not', async () => {
    const voucher = await readyVoucher(people)
    const row = await read(people.lin, `${LIST}/rows/${rowOf(voucher)}`)
    expect(row).toContain(`id="row-${voucher.id}"`)
    expect(row).not.toContain('<html')
    const unconfirmed = await makeVoucher(people.lin, { amount: '1200' })
    expect(await statusOf(people.lin, `${LIST}/rows/${rowOf(unconfirmed)}`)).toBe(204)
    expect(await statusOf(people.zhou, `${LIST}/rows/${rowOf(voucher)}`)).toBe(204)
    expect(await statusOf(people.wu, `${CARRIER}/rows/${rowOf(voucher)}`)).toBe(204)
    expect(ZHIJIAN).toBe(voucher.carrier)
  })
})
