/** What became of several vouchers at one press, row by row (SPEC D3). */
import type { Facts } from '../kernel/outcome.ts'
import type { LedgerRefusal } from '../ledger/rules.ts'
import type { SubmitRefusal } from './rules.ts'

/** Which voucher: both ids, since voucher ids are unique within an enterprise only. */
export type Ref = { enterprise: string; voucher: string }

export type RowRefusal = LedgerRefusal | SubmitRefusal | 'unavailable'

/** `refusal` null means it was done. */
export type SubmissionRow = Ref & {
  number: string
  amount_fen: number
  refusal: { code: RowRefusal; facts: Facts } | null
}

export type Submission = {
  id: string
  party: string
  by: string
  at: number
  rows: readonly SubmissionRow[]
}

/** The most vouchers one press may send; the rest is for the next press. */
export const ROWS_MAX = 100

/** A ticked box sends `{enterprise}/{voucher}`; undefined for anything else. */
export function readRef(text: string): Ref | undefined {
  const [enterprise, voucher, ...rest] = text.split('/')
  return enterprise && voucher && rest.length === 0 ? { enterprise, voucher } : undefined
}

export function refText({ enterprise, voucher }: Ref): string {
  return `${enterprise}/${voucher}`
}
