/** What a bureau decides: once, never above the voucher, and the money follows. */
import { env } from 'cloudflare:workers'
import { and, eq } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { findBooking } from '../../src/booking/client.ts'
import { newId } from '../../src/kernel/id.ts'
import { nudge, readBook } from '../../src/ledger/client.ts'
import type { Voucher } from '../../src/ledger/rules.ts'
import { dbOf } from '../../src/platform/db.ts'
import { paymentOfVoucher } from '../../src/redemption/client.ts'
import { auditEntries } from '../../src/audit/tables.ts'
import { send } from '../support/routes.ts'
import { NOW, YUNSHAN, auditedOf, mainOf, placeOf, press } from '../voucher/fixture.ts'
import { book as bookService, read, setUp } from '../voucher/fixture.ts'
import type { People } from '../voucher/fixture.ts'
import { complete, confirmedVoucher, decide, freshNumber, historyOf } from './fixture.ts'
import { reviewPath, submit, submittedVoucher } from './fixture.ts'

let people: People
beforeAll(async () => {
  people = await setUp()
})

const db = dbOf(env)
const book = () => readBook(env, YUNSHAN, '330106', NOW)
const auditsOf = ({ id }: Voucher, action: string) =>
  db.$count(
    auditEntries,
    and(eq(auditEntries.subject, `voucher:${id}`), eq(auditEntries.action, action)),
  )
const stateOf = async (voucher: Voucher) => (await historyOf(voucher)).voucher.state

describe('予以兑付', () => {
  test('less than the voucher with a reason pays it and frees the rest', async () => {
    const voucher = await submittedVoucher(people)
    const before = await book()
    const answer = await decide(people.reviewer, voucher, {
      verdict: 'approve',
      paid: '1,150.00',
      reason: '发票金额较低',
    })
    expect(answer.status).toBe(303)
    const page = mainOf(await read(people.reviewer, placeOf(answer)))
    expect(page).toContain('已予以兑付')
    expect(page).toMatch(/核定兑付金额 ￥1,150.00/)
    expect(page).toMatch(/￥50.00 退回 \d{4} 年度可用额度/)
    expect(page).toContain('审核的人不能办理拨付')
    const after = await book()
    expect(after.accounts.paid - before.accounts.paid).toBe(115_000)
    expect(after.accounts.available - before.accounts.available).toBe(5_000)
    expect(after.accounts.in_review - before.accounts.in_review).toBe(-120_000)
    expect(after.claimed_fen).toBe(before.claimed_fen)
    expect(await paymentOfVoucher(db, voucher)).toMatchObject({
      state: 'waiting',
      paid_fen: 115_000,
      reviewed_by: 'xihu-review',
      payee_name: '杭州演示云杉传感科技有限公司',
    })
  })

  test.each([
    ['a change without a reason', '1,150.00', '', '请填写理由', 'reason'],
    ['more than the voucher', '1,200.01', '多付', '兑付金额不能超过创新券金额 ￥1,200.00', 'paid'],
    ['nothing', '0', '理由', '兑付金额须大于零', 'paid'],
    ['no number', '全部', '', '请填写兑付金额', 'paid'],
  ])('%s is 422 and keeps what was typed', async (_, paid, reason, message, field) => {
    const voucher = await submittedVoucher(people)
    const answer = await decide(people.reviewer, voucher, { verdict: 'approve', paid, reason })
    expect(answer.status).toBe(422)
    const html = await answer.text()
    expect(html).toContain('<title>错误：')
    expect(mainOf(html)).toContain(message)
    expect(html).toContain(`href="#field-${field}"`)
    expect(html).toContain(`value="${paid}"`)
    expect(await stateOf(voucher)).toBe('in_review')
  })

  test('twice with one page counts once; by a second reviewer it is 409', async () => {
    const voucher = await submittedVoucher(people)
    const { redemption } = (await historyOf(voucher)).voucher
    const fields = { verdict: 'approve', key: newId(), redemption: redemption ?? '' }
    const [one, two] = [
      await decide(people.reviewer, voucher, fields),
      await decide(people.reviewer, voucher, fields),
    ]
    expect([one.status, two.status]).toEqual([303, 303])
    expect(placeOf(one)).toBe(placeOf(two))
    expect(await auditsOf(voucher, 'redemption.approve')).toBe(1)
    const late = await decide(people.reviewer, voucher, {
      ...fields,
      key: newId(),
      verdict: 'reject',
      reason: '晚了一步',
    })
    expect(late.status).toBe(409)
    expect(mainOf(await late.text())).toContain('当前状态是「予以兑付」')
    expect(await stateOf(voucher)).toBe('redeemed')
  })

  test('against a withdrawal at the same moment, one of the two wins', async () => {
    const voucher = await submittedVoucher(people)
    const withdrawn = `/enterprise/redemptions/${voucher.id}/withdrawals`
    const answers = await Promise.all([
      decide(people.reviewer, voucher, { verdict: 'approve' }),
      press(people.lin, withdrawn, []),
    ])
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([303, 409]))
    const state = await stateOf(voucher)
    expect(['redeemed', 'confirmed']).toContain(state)
  })

  test('and a withdrawal sent twice is written down once', async () => {
    const voucher = await submittedVoucher(people)
    const withdrawn = `/enterprise/redemptions/${voucher.id}/withdrawals`
    const again = () => press(people.lin, withdrawn, [])
    const answers = [...(await Promise.all([again(), again()])), await again()]
    expect(answers.map(({ status }) => status)).toEqual([303, 303, 303])
    expect(await auditsOf(voucher, 'redemption.withdraw')).toBe(1)
  })

  test('of one redemption is not reached through the page of another voucher', async () => {
    const [one, other] = [await submittedVoucher(people), await submittedVoucher(people)]
    const redemption = (await historyOf(other)).voucher.redemption ?? ''
    const answer = await decide(people.reviewer, one, { verdict: 'approve', redemption })
    expect(answer.status).toBe(404)
    expect(await stateOf(other)).toBe('in_review')
  })
})

test('不予兑付 gives the booking back, 退回补正 does not', async () => {
  const booking = await bookService('yunshan')
  const voucher = await confirmedVoucher(people, 'enterprise', { booking })
  await complete(people.lin, voucher)
  const standing = async () => (await findBooking(db, booking, Date.now()))?.state
  for (const [verdict, state] of [
    ['return', 'used'],
    ['reject', 'accepted'],
  ] as const) {
    expect((await submit(people.lin, 'enterprise', [voucher])).status).toBe(303)
    await nudge(env, YUNSHAN)
    const answer = await decide(people.reviewer, voucher, { verdict, reason: '服务没有发生' })
    expect([answer.status, await standing()]).toEqual([303, state])
  }
  expect(await auditedOf(booking)).toEqual(['booking.use', 'booking.release'])
  await nudge(env, YUNSHAN)
  expect(await standing()).toBe('accepted')
})

describe('退回补正 and 不予兑付', () => {
  test('ask for a reason', async () => {
    const voucher = await submittedVoucher(people)
    for (const verdict of ['return', 'reject'])
      expect((await decide(people.reviewer, voucher, { verdict })).status).toBe(422)
    expect((await decide(people.reviewer, voucher, { verdict: 'later' })).status).toBe(422)
    expect(await stateOf(voucher)).toBe('in_review')
  })

  test('returned, the voucher is submitted again; refused, it never is', async () => {
    const [back, never] = [await submittedVoucher(people), await submittedVoucher(people)]
    const before = await book()
    await decide(people.reviewer, back, { verdict: 'return', reason: '发票看不清' })
    await decide(people.reviewer, never, { verdict: 'reject', reason: '服务没有发生' })
    expect(await stateOf(back)).toBe('confirmed')
    expect(await stateOf(never)).toBe('rejected')
    const after = await book()
    expect(after.accounts.available - before.accounts.available).toBe(120_000)
    expect(after.accounts.confirmed - before.accounts.confirmed).toBe(120_000)
    await submit(people.lin, 'enterprise', [back])
    expect(await stateOf(back)).toBe('in_review')
    await submit(people.lin, 'enterprise', [never])
    expect(await stateOf(never)).toBe('rejected')
  })
})

test('every decision is in the audit trail with amount and reason', async () => {
  const voucher = await submittedVoucher(people)
  await decide(people.reviewer, voucher, { verdict: 'approve', paid: '1000', reason: '封顶' })
  const rows = (await db.select().from(auditEntries)).filter(
    (row) => row.action === 'redemption.approve' && row.subject === `voucher:${voucher.id}`,
  )
  expect(rows.length).toBe(1)
  expect(JSON.parse(rows[0]?.after ?? '')).toMatchObject({ paid_fen: 100_000, reason: '封顶' })
  expect(rows[0]).toMatchObject({ account: 'xihu-review', region: '330106' })
})

test('a decision from another site is refused', async () => {
  const voucher = await submittedVoucher(people)
  const answer = await send('POST', reviewPath(voucher), {
    cookie: people.reviewer.cookie,
    headers: { 'Sec-Fetch-Site': 'cross-site' },
    body: new URLSearchParams({ key: newId(), verdict: 'approve', paid: '1200' }),
  })
  expect(answer.status).toBe(403)
  expect(freshNumber()).toMatch(/^\d{20}$/)
  expect(await stateOf(voucher)).toBe('in_review')
})
