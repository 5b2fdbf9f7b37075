/** 「兑付审核」: the bureau of the voucher's region decides once, and the money follows. */
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Voucher } from '../../src/ledger/rules.ts'
import { dbOf } from '../../src/platform/db.ts'
import { redemptionsWaiting } from '../../src/redemption/client.ts'
import { signInAs } from '../support/sign-in.ts'
import type { SignedIn } from '../support/sign-in.ts'
import { NOW, mainOf, read, rowOf, setUp, statusOf } from '../voucher/fixture.ts'
import type { People } from '../voucher/fixture.ts'
import {
  confirmedVoucher,
  decide,
  historyOf,
  pdf,
  readyVoucher,
  reviewPath,
  sendPapers,
  submit,
  submittedVoucher,
} from './fixture.ts'

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

describe('the list', () => {
  test('holds what waits in the region, and no longer what was decided', async () => {
    const voucher = await submittedVoucher(people)
    const html = await read(people.reviewer, DESK)
    expect(html).toContain(`aria-label="${voucher.number} `)
    expect(mainOf(html)).toContain('今天提交')
    expect(await read(city, DESK)).toContain(voucher.number)
    expect(await read(elsewhere, DESK)).not.toContain(voucher.number)
    const waiting = await redemptionsWaiting(db, '330106')
    expect(waiting).toBeGreaterThan(0)
    expect(await redemptionsWaiting(db, '330100')).toBe(0)
    await decide(people.reviewer, voucher, { verdict: 'approve' })
    // The mirror trails, the rows are read from their ledgers.
    expect(await read(people.reviewer, DESK)).not.toContain(`aria-label="${voucher.number} `)
  })

  test('holds what was submitted a moment ago, before the mirror comes by itself', async () => {
    await read(people.reviewer, DESK)
    const voucher = await readyVoucher(people)
    await submit(people.lin, 'enterprise', [voucher])
    expect(await read(people.reviewer, DESK)).toContain(`aria-label="${voucher.number} `)
  })

  test('is for reviewers; finance staff have their own', async () => {
    expect(await statusOf(people.finance, DESK)).toBe(403)
    expect(await statusOf(people.lin, DESK)).toBe(403)
  })

  test('a live row is the row, or 204 once it is decided or lies elsewhere', async () => {
    const voucher = await submittedVoucher(people)
    const path = `${DESK}/rows/${rowOf(voucher)}`
    expect(await read(people.reviewer, path)).toContain(`id="row-${voucher.id}"`)
    expect(await read(people.reviewer, path)).toContain('选择')
    expect(await read(city, path)).not.toContain('选择')
    expect(await statusOf(elsewhere, path)).toBe(204)
    await decide(people.reviewer, voucher, { verdict: 'approve' })
    expect(await statusOf(people.reviewer, path)).toBe(204)
  })
})

describe('the page of one', () => {
  test('shows form, papers, checks, history and what each button does', async () => {
    const voucher = await submittedVoucher(people)
    const page = mainOf(await read(people.reviewer, reviewPath(voucher)))
    for (const text of [
      '整机测评合同',
      '发票.pdf',
      '检测报告.pdf',
      '没有用于其他创新券',
      '没有与其他创新券相同的文件',
      '提交兑付',
      '￥1,200.00 退回',
      '予以兑付',
      '退回补正',
      '不予兑付',
    ])
      expect([text, page.includes(text)]).toEqual([text, true])
  })

  test('names other vouchers with the same file or the same invoice number', async () => {
    const file = pdf('Invoice', '发票.pdf')
    const number = '87654321'
    const [one, other] = [await confirmedVoucher(people), await confirmedVoucher(people)]
    const result = [pdf('Report', '报告.pdf')]
    const codes = ['033002000711', '033002000712']
    for (const voucher of [one, other]) {
      const code = codes.pop() ?? ''
      await sendPapers(people.lin, voucher, { code, number, invoice: [file], result })
    }
    await submit(people.lin, 'enterprise', [one, other])
    await submittedVoucher(people)
    const page = mainOf(await read(people.reviewer, reviewPath(one)))
    expect(page).toContain(`同一发票号还出现在：${other.number}`)
    expect(page).toContain(`相同的文件还出现在：${other.number}`)
    expect(page).toContain('请留意')
  })

  test('tells what the amount typed so far would do', async () => {
    const voucher = await submittedVoucher(people)
    const part = await read(people.reviewer, `${reviewPath(voucher)}/effect?paid=1,150`)
    expect(mainOf(part)).toMatch(/￥1,150.00.*￥50.00 退回 \d{4} 年度可用额度/)
    expect(part).not.toContain('<html')
  })

  test('lets the city read, and says who decides', async () => {
    const voucher = await submittedVoucher(people)
    const page = mainOf(await read(city, reviewPath(voucher)))
    expect(page).toContain('西湖区科学技术局')
    expect(page).not.toContain('审核意见 ')
    expect((await decide(city, voucher, { verdict: 'approve' })).status).toBe(403)
    expect(await statusOf(elsewhere, reviewPath(voucher))).toBe(404)
    expect((await decide(elsewhere, voucher, { verdict: 'approve' })).status).toBe(404)
    expect((await decide(people.finance, voucher, { verdict: 'approve' })).status).toBe(403)
    expect(await stateOf(voucher)).toBe('in_review')
  })

  test('is nobody’s before it was submitted', async () => {
    const voucher = await confirmedVoucher(people)
    expect(await statusOf(people.reviewer, reviewPath(voucher))).toBe(404)
  })
})
