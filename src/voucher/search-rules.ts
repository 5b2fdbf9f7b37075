/** What the bureau may look for in 「创新券查询」, read from the address. */
import { DEAD_VOUCHERS } from '../booking/rules.ts'
import { covers, findRegion } from '../kernel/region.ts'
import type { VoucherState } from '../ledger/rules.ts'

/** `region` is the county asked for, or all that the bureau sees. */
export type Search = {
  word: string
  state: VoucherState | undefined
  year: number | undefined
  region: string
  page: number
}

export const STATES: readonly VoucherState[] = [
  'unconfirmed',
  'confirmed',
  'in_review',
  'redeemed',
  ...DEAD_VOUCHERS,
]

/** How a state may be named: the words on screen, and the manual's older 未确定 and 已确定. */
const STATE_NAMES: Readonly<Record<string, VoucherState>> = {
  未确认: 'unconfirmed',
  未确定: 'unconfirmed',
  已确认: 'confirmed',
  已确定: 'confirmed',
  已拒绝: 'refused',
  已作废: 'voided',
  已失效: 'expired',
  已终止: 'terminated',
  兑付审核中: 'in_review',
  已兑付: 'redeemed',
  不予兑付: 'rejected',
}

/** A word that names a state filters by it; a county outside the bureau's region is ignored. */
export function readSearch(query: Readonly<Record<string, string>>, scope: string): Search {
  const typed = (query['word'] ?? '').normalize('NFKC').trim().slice(0, 100)
  const named = STATE_NAMES[typed]
  const asked = query['state'] ?? ''
  const state = named ?? STATE_NAMES[asked] ?? STATES.find((one) => one === asked)
  const county = query['county'] ?? ''
  const inside = findRegion(county) !== undefined && covers(scope, county)
  return {
    word: named ? '' : typed,
    state,
    year: /^\d{4}$/.test(query['year'] ?? '') ? Number(query['year']) : undefined,
    region: inside ? county : scope,
    page: /^[1-9]\d{0,4}$/.test(query['page'] ?? '') ? Number(query['page']) : 1,
  }
}
