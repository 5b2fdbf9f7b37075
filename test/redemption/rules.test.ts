/** The rules of redemption: one row for every answer, one for every refusal. */
import { describe, expect, test } from 'vitest'
import type { AnyActor } from '../../src/kernel/actor.ts'
import type { Voucher, VoucherState } from '../../src/ledger/rules.ts'
import type { RedemptionPaper } from '../../src/policy/rules.ts'
import {
  REASON_MAX,
  denySubmit,
  effectOf,
  missingPapers,
  readDecision,
  readTypedInvoice,
  takesPapers,
} from '../../src/redemption/rules.ts'
import { readRef, refText } from '../../src/redemption/submission-rules.ts'
import type { PaperKind } from '../../src/voucher/rules.ts'
import { INVOICE, NOW, voucherOf } from './voucher.ts'

const LIN: AnyActor = { role: 'enterprise', account: 'a', name: '林知远', enterprise: 'yunshan' }
const ZHOU: AnyActor = { ...LIN, name: '周予安', enterprise: 'weiguang' }
const WU: AnyActor = { role: 'carrier', account: 'b', name: '吴检', carrier: 'zhijian' }
const QIAN: AnyActor = { ...WU, name: '钱析', carrier: 'cailiao' }
const ZHAO: AnyActor = {
  role: 'bureau',
  account: 'c',
  name: '赵付',
  region: '330106',
  staff: ['review'],
}

const PROVINCE_RULE: RedemptionPaper[] = ['invoice_number', 'invoice', 'result']

describe('兑付所需材料', () => {
  test.each<[RedemptionPaper[], boolean, PaperKind[], RedemptionPaper[]]>([
    [PROVINCE_RULE, false, [], ['invoice_number', 'invoice', 'result']],
    [PROVINCE_RULE, false, ['contract', 'other'], ['invoice_number', 'invoice', 'result']],
    [PROVINCE_RULE, true, [], ['invoice', 'result']],
    [PROVINCE_RULE, false, ['invoice', 'result'], ['invoice_number']],
    [PROVINCE_RULE, true, ['result'], ['invoice']],
    [PROVINCE_RULE, true, ['invoice', 'result'], []],
    [['contract', 'other', 'result'], true, ['invoice'], ['result', 'contract', 'other']],
    [[], false, [], []],
  ])('%j with number %s and %j lacks %j', (papers_at_redemption, number, kinds, lacks) => {
    const held = { invoice: number ? INVOICE : undefined, papers: kinds.map((kind) => ({ kind })) }
    expect(missingPapers({ papers_at_redemption }, held)).toEqual(lacks)
  })
})

describe('submitting', () => {
  test.each<[string, Partial<Voucher>, AnyActor, RedemptionPaper[], string | undefined]>([
    ['the enterprise where it is the payee', {}, LIN, [], undefined],
    ['the carrier where it is the payee', { payee: 'carrier' }, WU, [], undefined],
    ['another enterprise', {}, ZHOU, [], 'not_the_payee'],
    ['the carrier where the enterprise is the payee', {}, WU, [], 'not_the_payee'],
    ['the enterprise where the carrier is', { payee: 'carrier' }, LIN, [], 'not_the_payee'],
    ['another carrier', { payee: 'carrier' }, QIAN, [], 'not_the_payee'],
    ['the bureau', {}, ZHAO, [], 'not_the_payee'],
    ['papers missing', {}, LIN, ['invoice'], 'papers_missing'],
    [
      'not confirmed comes before papers',
      { state: 'unconfirmed' },
      LIN,
      ['invoice'],
      'not_in_state',
    ],
    ['the payee comes before the state', { state: 'voided' }, ZHOU, [], 'not_the_payee'],
  ])('%s', (_, more, actor, missing, code) => {
    expect(denySubmit({ voucher: voucherOf(more), missing }, actor)?.code).toBe(code)
  })

  test.each<[VoucherState, boolean, boolean]>([
    ['unconfirmed', false, true],
    ['confirmed', true, true],
    ['in_review', false, false],
    ['redeemed', false, false],
    ['rejected', false, false],
    ['refused', false, false],
    ['voided', false, false],
    ['expired', false, false],
    ['terminated', false, false],
  ])('in state %s: submits %s, takes papers %s', (state, submits, papers) => {
    const voucher = voucherOf({ state })
    expect(denySubmit({ voucher, missing: [] }, LIN) === undefined).toBe(submits)
    expect(takesPapers(voucher)).toBe(papers)
  })

  test('a ticked box names enterprise and voucher, and nothing else is read', () => {
    expect(readRef(refText({ enterprise: 'e', voucher: 'v' }))).toEqual({
      enterprise: 'e',
      voucher: 'v',
    })
    for (const text of ['', 'v', 'e/', '/v', 'e/v/w']) expect(readRef(text)).toBeUndefined()
  })
})

describe('the invoice number', () => {
  const known = { code: '033002000711', number: '12345678' }
  test.each([
    ['nothing typed, nothing known', '', '', undefined, null],
    ['a fully digital one', '', INVOICE.number, undefined, INVOICE],
    ['the same again', known.code, known.number, known, null],
    ['a correction', known.code, '12345679', known, { code: known.code, number: '12345679' }],
  ])('%s', (_, invoice_code, invoice_number, before, value) => {
    expect(readTypedInvoice({ invoice_code, invoice_number }, before)).toEqual({ ok: true, value })
  })

  test.each([
    ['emptied', '', '', known, 'invoice_number', 'invoice_kept'],
    ['a code alone', '033002000711', '', undefined, 'invoice_number', 'invoice_number_missing'],
    ['a short code', '12', '12345678', undefined, 'invoice_code', 'invoice_code_unreadable'],
    ['words', '', '见附件', undefined, 'invoice_number', 'invoice_number_unreadable'],
  ])('%s', (_, invoice_code, invoice_number, before, field, code) => {
    const read = readTypedInvoice({ invoice_code, invoice_number }, before)
    expect(read).toMatchObject({ ok: false, field, refusal: { code } })
  })
})

describe('deciding', () => {
  const voucher = { amount_fen: 1_200_000 }
  test.each([
    ['approve', '12,000.00', '', { kind: 'approve', paid_fen: 1_200_000, reason: null }],
    ['approve', '12000', ' 已核 ', { kind: 'approve', paid_fen: 1_200_000, reason: '已核' }],
    ['approve', '11500', '发票额低', { kind: 'approve', paid_fen: 1_150_000, reason: '发票额低' }],
    ['approve', '0.01', '象征', { kind: 'approve', paid_fen: 1, reason: '象征' }],
    ['return', '乱写', '发票看不清', { kind: 'return', reason: '发票看不清' }],
    ['reject', '', '服务没有发生', { kind: 'reject', reason: '服务没有发生' }],
  ])('%s %s %s', (verdict, paid, reason, value) => {
    expect(readDecision({ verdict, paid, reason }, voucher)).toEqual({ ok: true, value })
  })

  test.each([
    ['approve', '12000', '长'.repeat(REASON_MAX + 1), 'reason_too_long'],
    ['', '12000', '', 'verdict_unknown'],
    ['pay', '12000', '', 'verdict_unknown'],
    ['approve', '', '', 'amount_unreadable'],
    ['approve', '一万二', '理由', 'amount_unreadable'],
    ['approve', '11,500.005', '理由', 'amount_unreadable'],
    ['approve', '-1', '理由', 'amount_unreadable'],
    ['approve', '0.00', '理由', 'amount_not_positive'],
    ['approve', '12000.01', '理由', 'exceeds_voucher_amount'],
    ['approve', '11999.99', '', 'reason_required'],
    ['approve', '11999.99', '  ', 'reason_required'],
    ['return', '12000', '', 'reason_required'],
    ['reject', '12000', ' ', 'reason_required'],
  ])('%s %s is refused', (verdict, paid, reason, code) => {
    expect(readDecision({ verdict, paid, reason }, voucher)).toMatchObject({ ok: false, code })
  })

  test.each([
    [2026, 1_200_000, 0, false],
    [2026, 1_150_000, 50_000, false],
    [2025, 1_150_000, 50_000, true],
    [2025, 0, 1_200_000, true],
  ])('of a voucher of %i paying %i frees %i, lapsing: %s', (year, paid_fen, freed_fen, lapses) => {
    const effect = effectOf({ amount_fen: 1_200_000, year }, paid_fen, NOW)
    expect(effect).toEqual({ paid_fen, freed_fen, year, lapses })
  })

  test('the year turns at midnight in Shanghai', () => {
    const eve = Date.parse('2026-12-31T15:59:59.999Z')
    expect(effectOf(voucherOf(), 1, eve).lapses).toBe(false)
    expect(effectOf(voucherOf(), 1, eve + 1).lapses).toBe(true)
  })
})
