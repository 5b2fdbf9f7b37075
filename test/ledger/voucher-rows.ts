/** Refusals of what is done with a voucher and its redemption: one readable row each. */
import type { Command } from '../../src/ledger/rules.ts'
import { XIHU, feng, lin, sun, wang, wei, wu, yuan, zhao } from './fixture.ts'
import type { Row } from './quota-rows.ts'

/** 王评 pays redemption r3, of a voucher over 10,000.00. */
export const approve = (paid_fen: number, reason: string | null): Command => ({
  kind: 'approve',
  redemption: 'r3',
  paid_fen,
  reason,
})

export const VOUCHER_ROWS: Row[] = [
  ['林知远 voids a voucher nobody made', 'voucher_not_found', { kind: 'void', voucher: 'v9' }, lin],
  [
    '林知远 withdraws a redemption nobody sent',
    'redemption_not_found',
    { kind: 'withdraw', redemption: 'r9' },
    lin,
  ],
  ['吴检 voids what he should refuse', 'not_the_enterprise', { kind: 'void', voucher: 'v1' }, wu],
  ['孙可 confirms another’s voucher', 'not_the_carrier', { kind: 'confirm', voucher: 'v1' }, sun],
  ['林知远 confirms her own voucher', 'not_the_carrier', { kind: 'confirm', voucher: 'v1' }, lin],
  [
    '吴检 submits a voucher whose payee is 企业',
    'not_the_payee',
    { kind: 'submit', voucher: 'v2', redemption: 'r2' },
    wu,
    { payee: 'enterprise' },
  ],
  [
    '冯评 of 海曙区 pays a voucher of 西湖区',
    'not_the_bureau',
    approve(yuan(10_000), null),
    feng,
    { region: XIHU },
  ],
  [
    '卫评 of 杭州市 pays where 西湖区 has its own bureau',
    'not_the_bureau',
    approve(yuan(10_000), null),
    wei,
    { region: XIHU },
  ],
  [
    '冯评 says that he acts for 西湖区',
    'not_the_bureau',
    { kind: 'return', redemption: 'r3', reason: '缺发票', acting_for: XIHU },
    feng,
    { region: XIHU },
  ],
  [
    '卫评 acts for another county than the voucher’s',
    'not_the_bureau',
    { kind: 'return', redemption: 'r3', reason: '缺发票', acting_for: '330102' },
    wei,
    { region: XIHU },
  ],
  ['赵付, who pays, also reviews', 'not_a_reviewer', approve(yuan(10_000), null), zhao],
  ['林知远 lets a voucher expire', 'not_the_clock', { kind: 'expire', voucher: 'v1' }, lin],
  [
    '吴检 confirms what is confirmed',
    'not_in_state',
    { kind: 'confirm', voucher: 'v2' },
    wu,
    { state: 'confirmed' },
  ],
  [
    '王评 terminates in the middle of a redemption',
    'not_in_state',
    { kind: 'terminate', voucher: 'v3', reason: '重复' },
    wang,
    { state: 'in_review' },
  ],
  [
    '林知远 submits under the id of another redemption',
    'already_exists',
    { kind: 'submit', voucher: 'v2', redemption: 'r3' },
    lin,
    { id: 'r3' },
  ],
  ['王评 pays nothing', 'amount_not_positive', approve(0, '不合规'), wang],
  [
    '王评 pays one fen more than the voucher',
    'exceeds_voucher_amount',
    approve(yuan(10_000.01), '加付'),
    wang,
    { amount_fen: yuan(10_000) },
  ],
  ['王评 pays less without a reason', 'reason_required', approve(yuan(9_999.99), null), wang],
  ['王评 pays less with an empty reason', 'reason_required', approve(yuan(9_999.99), '  '), wang],
  [
    '吴检 refuses without a reason',
    'reason_required',
    { kind: 'refuse', voucher: 'v1', reason: ' ' },
    wu,
  ],
  [
    '王评 terminates without a reason',
    'reason_required',
    { kind: 'terminate', voucher: 'v2', reason: '' },
    wang,
  ],
  [
    '王评 returns without a reason',
    'reason_required',
    { kind: 'return', redemption: 'r3', reason: '' },
    wang,
  ],
  [
    '王评 rejects without a reason',
    'reason_required',
    { kind: 'reject', redemption: 'r3', reason: '' },
    wang,
  ],
]
