/**
 * What the bureau would check by hand (SPEC D4): papers, the invoice, files that stand elsewhere,
 * and sums. Facts for a person to weigh; none of them decides.
 */
import { shareOf } from '../kernel/amount.ts'
import type { Voucher } from '../ledger/rules.ts'
import type { RedemptionPaper } from '../policy/rules.ts'
import type { Invoice, UseForm } from '../voucher/rules.ts'

/** `numbers` names other vouchers, amounts are fen. */
export type Check =
  | { code: 'papers'; ok: boolean; missing: readonly RedemptionPaper[] }
  | { code: 'invoice'; ok: boolean; number: string; numbers: readonly string[] }
  | { code: 'files'; ok: boolean; numbers: readonly string[] }
  | { code: 'share'; ok: boolean; used_fen: number; limit_fen: number; percent: number | null }
  | { code: 'finished'; ok: boolean; day: string }

export type Found = {
  voucher: Voucher
  form: UseForm
  missing: readonly RedemptionPaper[]
  invoice: Invoice | undefined
  /** Numbers of other vouchers with the same invoice number, and with one of the same files. */
  sameInvoice: readonly string[]
  sameFiles: readonly string[]
  /** What other living vouchers hold of the same contract. */
  same_contract_fen: number
  /** YYYY-MM-DD. */
  today: string
}

export function checksOf(found: Found): Check[] {
  const { voucher, form, missing, invoice, sameInvoice, sameFiles } = found
  const percent = form.ratio_percent
  const used_fen = voucher.amount_fen + found.same_contract_fen
  const limit_fen = percent === null ? form.contract_fen : shareOf(form.contract_fen, percent)
  return [
    { code: 'papers', ok: missing.length === 0, missing },
    {
      code: 'invoice',
      ok: invoice !== undefined && sameInvoice.length === 0,
      number: invoice?.number ?? '',
      numbers: sameInvoice,
    },
    { code: 'files', ok: sameFiles.length === 0, numbers: sameFiles },
    { code: 'share', ok: used_fen <= limit_fen, used_fen, limit_fen, percent },
    { code: 'finished', ok: form.ends_day <= found.today, day: form.ends_day },
  ]
}
