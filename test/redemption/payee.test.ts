/** 「兑付列表」 of both payees: what it lists, what it submits, and what it refuses by name. */
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../src/kernel/id.ts'
import { nudge, readBook } from '../../src/ledger/client.ts'
import type { Voucher } from '../../src/ledger/rules.ts'
import { redemptionSubmissions } from '../../src/redemption/tables.ts'
import { auditEntries } from '../../src/audit/tables.ts'
import { dbOf } from '../../src/platform/db.ts'
import {
  NOW,
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
  const row = new RegExp(`<tr[^>]*aria-label="${voucher.number}"[\\s\\S]*?</tr>`).exec(html)?.[0]
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

describe('submitting', () => {
  test('partial success is told row by row, and the page can be read again', async () => {
    const good = await readyVoucher(people)
    const lacking = await confirmedVoucher(people)
    const answer = await submit(people.lin, 'enterprise', [good, lacking])
    expect(answer.status).toBe(303)
    for (let times = 0; times < 2; times += 1) {
      const html = await read(people.lin, placeOf(answer))
      expect(mainOf(html)).toContain('1 张已提交，1 张未提交')
      expect(rowText(html, good)).toContain('已提交')
      expect(rowText(html, lacking)).toContain('材料不全：请填写发票号；请上传发票')
    }
    expect(await stateOf(good)).toBe('in_review')
    expect(await stateOf(lacking)).toBe('confirmed')
  })

  test('全部提交 sends all that are 符合 and names the rest', async () => {
    const ready = [await readyVoucher(people), await readyVoucher(people)]
    const lacking = await confirmedVoucher(people)
    const answer = await submit(people.lin, 'enterprise', 'all')
    const html = await read(people.lin, placeOf(answer))
    for (const voucher of ready) expect(await stateOf(voucher)).toBe('in_review')
    expect(rowText(html, lacking)).toContain('未提交')
  })

  test('twice with one page counts once, and shows the same result', async () => {
    const voucher = await readyVoucher(people)
    const key = newId()
    const answers = await Promise.all([
      submit(people.lin, 'enterprise', [voucher], key),
      submit(people.lin, 'enterprise', [voucher], key),
    ])
    expect(new Set(answers.map(placeOf)).size).toBe(1)
    expect((await historyOf(voucher)).redemptions.length).toBe(1)
    const third = await submit(people.lin, 'enterprise', [voucher], key)
    expect(rowText(await read(people.lin, placeOf(third)), voucher)).toContain('已提交')
    const rows = (await dbOf(env).select().from(redemptionSubmissions)).filter(
      (row) => row.id === key,
    )
    expect(rows.length).toBe(1)
    const audited = (await dbOf(env).select().from(auditEntries)).filter(
      (row) => row.action === 'redemption.submit' && row.after?.includes(voucher.id),
    )
    expect(audited.length).toBe(1)
  })

  test('without a tick is 422, and says so', async () => {
    const answer = await submit(people.lin, 'enterprise', [])
    expect(answer.status).toBe(422)
    const html = await answer.text()
    expect(html).toContain('<title>错误：')
    expect(mainOf(html)).toContain('请先勾选需要兑付的创新券')
  })

  test('moves the money from confirmed to in review, fen for fen', async () => {
    const voucher = await readyVoucher(people)
    const before = await readBook(env, YUNSHAN, '330106', NOW)
    await submit(people.lin, 'enterprise', [voucher])
    const after = await readBook(env, YUNSHAN, '330106', NOW)
    expect(after.accounts.in_review - before.accounts.in_review).toBe(120_000)
    expect(after.accounts.confirmed - before.accounts.confirmed).toBe(-120_000)
  })

  test('belongs to the payee: the other party is 404', async () => {
    const own = await readyVoucher(people)
    const theirs = await readyVoucher(people, 'carrier')
    expect((await submit(people.wu, 'carrier', [own])).status).toBe(404)
    expect((await submit(people.lin, 'enterprise', [theirs])).status).toBe(404)
    expect((await submit(people.zhou, 'enterprise', [own])).status).toBe(404)
    expect((await submit(people.qian, 'carrier', [theirs])).status).toBe(404)
    expect(await stateOf(own)).toBe('confirmed')
    expect(await stateOf(theirs)).toBe('confirmed')
  })

  test('a carrier submits what it redeems', async () => {
    const voucher = await readyVoucher(people, 'carrier')
    const answer = await submit(people.wu, 'carrier', [voucher])
    expect(rowText(await read(people.wu, placeOf(answer)), voucher)).toContain('已提交')
    expect(await stateOf(voucher)).toBe('in_review')
    await nudge(env, YUNSHAN)
    const all = await submit(people.wu, 'carrier', 'all')
    expect(all.status).toBe(303)
  })

  test('a result is read by its own party alone', async () => {
    const voucher = await readyVoucher(people)
    const place = placeOf(await submit(people.lin, 'enterprise', [voucher]))
    expect(await statusOf(people.zhou, place)).toBe(404)
    expect(await statusOf(people.wu, place.replace('enterprise', 'carrier'))).toBe(404)
    expect(await statusOf(people.wu, place)).toBe(403)
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
