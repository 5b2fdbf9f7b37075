/** 「拨付」: what was approved waits for finance staff, who are never the ones that reviewed it. */
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import { and, eq } from 'drizzle-orm'
import type { Voucher } from '../../src/ledger/rules.ts'
import { nudge } from '../../src/ledger/client.ts'
import { dbOf } from '../../src/platform/db.ts'
import { paymentOfVoucher, paymentsWaiting } from '../../src/redemption/client.ts'
import { makeMissingPayments } from '../../src/redemption/nightly.ts'
import type { Payment } from '../../src/redemption/payment-rules.ts'
import { payments } from '../../src/redemption/tables.ts'
import { staff } from '../../src/identity/tables.ts'
import { NIGHTLY, TASKS, runTasks } from '../../src/schedule.ts'
import { send } from '../support/routes.ts'
import { signInAs } from '../support/sign-in.ts'
import type { SignedIn } from '../support/sign-in.ts'
import { NOW, YUNSHAN, mainOf, placeOf, press, read, setUp, statusOf } from '../voucher/fixture.ts'
import type { People } from '../voucher/fixture.ts'
import { decide, submittedVoucher } from './fixture.ts'
import type { Side } from './fixture.ts'

let people: People
let elsewhere: SignedIn
beforeAll(async () => {
  people = await setUp()
  elsewhere = await signInAs(env, 'haishu-finance', NOW)
})

const LIST = '/bureau/payments'
const db = dbOf(env)

async function approved(payee: Side = 'enterprise'): Promise<Voucher> {
  const voucher = await submittedVoucher(people, payee)
  await decide(people.reviewer, voucher, { verdict: 'approve', paid: '1150', reason: '发票额低' })
  await nudge(env, YUNSHAN)
  return voucher
}

async function paymentOf(voucher: Voucher): Promise<Payment> {
  const payment = await paymentOfVoucher(db, voucher)
  if (!payment) throw new Error('no payment')
  return payment
}

function pathOf({ enterprise, redemption }: Payment): string {
  return `${LIST}/${enterprise}/${redemption}`
}

function record(
  who: SignedIn,
  payment: Payment,
  result: 'paid' | 'failed',
  { attempt = payment.attempts + 1, reason = '' } = {},
): Promise<Response> {
  return press(who, pathOf(payment), [
    ['result', result],
    ['attempt', String(attempt)],
    ['reason', reason],
  ])
}

test('an approval waits on the list with payee, account and amount', async () => {
  const own = await approved()
  const theirs = await approved('carrier')
  const html = await read(people.finance, LIST)
  const row = (voucher: Voucher) =>
    mainOf(new RegExp(`<tr[^>]*"${voucher.number} [\\s\\S]*?</tr>`).exec(html)?.[0] ?? '')
  expect(row(own)).toMatch(/云杉传感.*￥1,150.00.*待拨付.*已拨付/)
  expect(row(theirs)).toMatch(/智能制造检测研究院.*没有登记账户/)
  expect(await paymentsWaiting(db, '330106')).toBe(2)
  expect(await paymentsWaiting(db, '330100')).toBe(0)
  expect(await read(elsewhere, LIST)).not.toContain(own.number)
})

test('a carrier is paid into the account that it named', async () => {
  const body = new URLSearchParams({ bank: '演示银行', bank_account: '3300 0000 0123', seen: '0' })
  await send('POST', '/carrier/services/account', { cookie: people.wu.cookie, body })
  const { number } = await approved('carrier')
  expect(mainOf(await read(people.finance, LIST))).toContain('330000000123')
  const exported = (await read(people.finance, `${LIST}/export`)).split('\n')
  expect(exported.find((line) => line.startsWith(number))).toContain('演示银行,330000000123')
})

test('the export is a table for the bank that no spreadsheet runs as a formula', async () => {
  const voucher = await approved()
  await db
    .update(payments)
    .set({ payee_name: '=HYPERLINK("http://x")' })
    .where(and(eq(payments.enterprise, YUNSHAN), eq(payments.voucher, voucher.id)))
  const answer = await send('GET', `${LIST}/export`, { cookie: people.finance.cookie })
  expect(answer.headers.get('Content-Type')).toBe('text/csv; charset=utf-8')
  expect(answer.headers.get('Content-Disposition')).toMatch(/^attachment; .*\.csv$/)
  const bytes = new Uint8Array(await answer.arrayBuffer())
  expect(Array.from(bytes.subarray(0, 3))).toEqual([0xef, 0xbb, 0xbf])
  const lines = new TextDecoder().decode(bytes).split('\n')
  expect(lines[0]).toContain('创新券编号,收款单位')
  const line = lines.find((one) => one.startsWith(voucher.number))
  expect(line).toContain("'=HYPERLINK")
  expect(line).toContain('1150.00')
})

describe('a result', () => {
  test('已拨付 is recorded once and final, and the payee sees it', async () => {
    const voucher = await approved()
    const payment = await paymentOf(voucher)
    const answer = await record(people.finance, payment, 'paid')
    expect(answer.status).toBe(303)
    const page = mainOf(await read(people.finance, placeOf(answer)))
    expect(page).toContain(`${voucher.number} 已登记为已拨付`)
    expect(await paymentOf(voucher)).toMatchObject({ state: 'paid', settled_by_name: '赵付' })
    expect(mainOf(await read(people.lin, '/enterprise/redemptions'))).toContain('已拨付')
    for (const attempt of [1, 2]) {
      const again = await record(people.finance, payment, 'failed', { attempt, reason: '退票' })
      expect(again.status).toBe(409)
      expect(mainOf(await again.text())).toContain('已经登记为已拨付')
    }
  })

  test('拨付失败 asks for a reason on its page, and can be paid later', async () => {
    const voucher = await approved()
    const payment = await paymentOf(voucher)
    const page = mainOf(await read(people.finance, `${pathOf(payment)}/failure`))
    expect(page).toContain('理由')
    const silent = await record(people.finance, payment, 'failed')
    expect(silent.status).toBe(422)
    expect(mainOf(await silent.text())).toContain('请填写理由')
    const told = await record(people.finance, payment, 'failed', { reason: '账号不符' })
    expect(told.status).toBe(303)
    expect(mainOf(await read(people.finance, `${LIST}?state=failed`))).toContain('账号不符')
    const failed = await paymentOf(voucher)
    expect(failed).toMatchObject({ state: 'failed', attempts: 1 })
    expect((await record(people.finance, failed, 'paid')).status).toBe(303)
    expect(await paymentOf(voucher)).toMatchObject({ state: 'paid', attempts: 2 })
  })

  test('by two people at once is recorded once', async () => {
    const payment = await paymentOf(await approved())
    const answers = await Promise.all([
      record(people.finance, payment, 'paid'),
      record(people.finance, payment, 'failed', { reason: '退票' }),
    ])
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([303, 409]))
  })

  test('is not for who reviewed it, who is named', async () => {
    const payment = await paymentOf(await approved())
    await db
      .update(staff)
      .set({ roles: ['review', 'finance'] })
      .where(eq(staff.account, 'xihu-review'))
    const answer = await record(people.reviewer, payment, 'paid')
    expect(answer.status).toBe(422)
    expect(mainOf(await answer.text())).toContain('这笔款项由王评审核，审核的人不能办理拨付')
    expect(mainOf(await read(people.reviewer, LIST))).toContain('由您审核，须由其他人员拨付')
    await db
      .update(staff)
      .set({ roles: ['review'] })
      .where(eq(staff.account, 'xihu-review'))
  })

  test('is for finance staff of the bureau that decided', async () => {
    const payment = await paymentOf(await approved())
    expect((await record(people.reviewer, payment, 'paid')).status).toBe(403)
    expect((await record(elsewhere, payment, 'paid')).status).toBe(404)
    expect(await statusOf(elsewhere, `${pathOf(payment)}/failure`)).toBe(404)
    expect(await statusOf(people.lin, LIST)).toBe(403)
  })
})

describe('a payment that a crash left out', () => {
  async function lose(voucher: Voucher): Promise<void> {
    const lost = and(eq(payments.enterprise, YUNSHAN), eq(payments.voucher, voucher.id))
    await db.delete(payments).where(lost)
  }

  test('is made by the nightly run, once, with who reviewed it', async () => {
    const voucher = await approved()
    const before = await paymentOf(voucher)
    await lose(voucher)
    expect(await makeMissingPayments(env)).toBe(1)
    expect(await makeMissingPayments(env)).toBe(0)
    expect(await paymentOf(voucher)).toEqual(before)
  })

  test('is made before the list is shown', async () => {
    const voucher = await approved()
    await lose(voucher)
    expect(await read(people.finance, LIST)).toContain(voucher.number)
  })

  test('stands in the schedule', async () => {
    const voucher = await approved()
    await lose(voucher)
    const task = TASKS.filter((one) => one.name.includes('payments'))
    await runTasks(env, NIGHTLY, NOW, task)
    expect(await paymentOf(voucher)).toMatchObject({ paid_fen: 115_000 })
  })
})
