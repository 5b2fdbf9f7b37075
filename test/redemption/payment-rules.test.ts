/** Who records the result of a payment, and what a reviewer's checks find. */
import { describe, expect, test } from 'vitest'
import type { BureauActor } from '../../src/kernel/actor.ts'
import { checksOf } from '../../src/redemption/check-rules.ts'
import type { Found } from '../../src/redemption/check-rules.ts'
import { denySettle } from '../../src/redemption/payment-rules.ts'
import type { Payment } from '../../src/redemption/payment-rules.ts'
import { REASON_MAX } from '../../src/redemption/rules.ts'
import type { UseForm } from '../../src/voucher/rules.ts'
import { INVOICE, NOW, voucherOf } from './voucher.ts'

const ZHAO: BureauActor = {
  role: 'bureau',
  account: 'xihu-finance',
  name: '赵付',
  region: '330106',
  staff: ['finance'],
}

describe('paying', () => {
  const payment: Payment = {
    redemption: 'r',
    enterprise: 'yunshan',
    voucher: 'v',
    number: 'ZJ2026-330106-7KQM-2XRB',
    region: '330106',
    year: 2026,
    payee: 'enterprise',
    payee_id: 'yunshan',
    payee_name: '杭州演示云杉传感科技有限公司',
    paid_fen: 1_150_000,
    reviewed_by: 'xihu-review',
    reviewed_by_name: '王评',
    at: NOW,
    state: 'waiting',
    attempts: 0,
    settled_at: null,
    settled_by_name: null,
    reason: null,
  }
  const desk = { region: '330106' }
  const paid = { result: 'paid', attempt: 1, reason: '' } as const
  const failed = { result: 'failed', attempt: 1, reason: '账号不符' } as const

  test('is recorded, a failure with its reason, and a failed one can be paid again', () => {
    expect(denySettle(payment, paid, ZHAO, desk)).toEqual({ ok: true, value: { reason: null } })
    expect(denySettle(payment, failed, ZHAO, desk)).toMatchObject({ value: { reason: '账号不符' } })
    const again = { ...payment, state: 'failed', attempts: 1 } as const
    expect(denySettle(again, { ...paid, attempt: 2 }, ZHAO, desk).ok).toBe(true)
  })

  const reviewer = { ...ZHAO, account: 'xihu-review' }
  test.each([
    ['another bureau', payment, paid, ZHAO, { region: '330100' }, 'not_the_bureau'],
    ['who reviewed it', payment, paid, reviewer, desk, 'reviewer_may_not_pay'],
    ['one that is paid', { ...payment, state: 'paid' }, paid, ZHAO, desk, 'already_paid'],
    ['an old page', { ...payment, attempts: 1 }, paid, ZHAO, desk, 'stale_attempt'],
    ['no attempt', payment, { ...paid, attempt: Number.NaN }, ZHAO, desk, 'stale_attempt'],
    ['a failure unexplained', payment, { ...failed, reason: ' ' }, ZHAO, desk, 'reason_required'],
    [
      'a failure explained at length',
      payment,
      { ...failed, reason: '长'.repeat(REASON_MAX + 1) },
      ZHAO,
      desk,
      'reason_too_long',
    ],
  ] as const)('%s is refused', (_, one, settle, actor, at, code) => {
    expect(denySettle(one as Payment, settle, actor, at)).toMatchObject({ ok: false, code })
  })

  test('who reviewed it is named', () => {
    const refused = denySettle(payment, paid, reviewer, desk)
    expect(refused).toMatchObject({ facts: { name: '王评' } })
  })
})

describe('the checks', () => {
  const form = { contract_fen: 3_000_000, ratio_percent: 50, ends_day: '2026-11-20' } as UseForm
  const found: Found = {
    voucher: voucherOf(),
    form,
    missing: [],
    invoice: INVOICE,
    sameInvoice: [],
    sameFiles: [],
    same_contract_fen: 0,
    today: '2026-11-24',
  }
  const failing = (more: Partial<Found>) =>
    checksOf({ ...found, ...more })
      .filter((check) => !check.ok)
      .map((check) => check.code)

  test.each<[string, Partial<Found>, string[]]>([
    ['all is well', {}, []],
    ['papers are missing', { missing: ['result'] }, ['papers']],
    ['there is no invoice number', { invoice: undefined }, ['invoice']],
    ['the invoice number stands elsewhere', { sameInvoice: ['ZJ1'] }, ['invoice']],
    ['a file stands elsewhere', { sameFiles: ['ZJ1'] }, ['files']],
    ['the contract carries exactly so much', { same_contract_fen: 300_000 }, []],
    ['the contract carries a fen less', { same_contract_fen: 300_001 }, ['share']],
    ['without a ratio the contract sum binds', { form: { ...form, ratio_percent: null } }, []],
    ['the service ends tomorrow', { form: { ...form, ends_day: '2026-11-25' } }, ['finished']],
  ])('%s', (_, more, codes) => {
    expect(failing(more)).toEqual(codes)
  })
})
