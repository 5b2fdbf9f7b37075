/**
 * What a voucher is made of and what it is called. The 创新券使用登记表 is written once, at issue, and
 * never changes (U4); papers and the invoice that come later stand beside it.
 */

import { accept, refuse } from '../kernel/outcome.ts'
import type { Outcome } from '../kernel/outcome.ts'

/** 合同 · 发票 · 服务结果凭证 · 其他材料. */
export type PaperKind = 'contract' | 'invoice' | 'result' | 'other'
export const PAPER_KINDS: readonly PaperKind[] = ['contract', 'invoice', 'result', 'other']

/** One attached file; `file` is the attachment slice's id, `size` is in bytes. */
export type Paper = { kind: PaperKind; file: string; name: string; size: number; at: number }

/** 发票代码 (empty for fully digital invoices) and 发票号. */
export type Invoice = { code: string; number: string }

/**
 * 创新券使用登记表, as the ledger keeps it with the voucher. Days are YYYY-MM-DD, money is fen,
 * instants are epoch ms. Parties keep the names they had at issue.
 */
export type UseForm = {
  carrier_name: string
  carrier_uscc: string
  service: string
  service_name: string
  category: string
  contract_name: string
  contract_number: string
  contract_fen: number
  contract_day: string
  starts_day: string
  ends_day: string
  contact: string
  enterprise_name: string
  enterprise_uscc: string
  county: string
  papers: readonly Paper[]
  commitment: { text: string; version: string }
  booking: string | null
  /** The ratio that bound the amount at issue, percent; null where none was set. */
  ratio_percent: number | null
  /** When an unconfirmed voucher lapses (U3); null where the bureau set no deadline. */
  confirm_by: number | null
}

/** No look-alikes: neither 0 and O, 1, I and L, nor U and V. Thirty-one, so that a check works. */
const LETTERS = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
const RANDOM_LENGTH = 7

/**
 * The number people read to each other: ZJ2026-330106-7KQM-2XRB. It is drawn from the voucher's id
 * (a UUID v7), so that a retry gets the same one; the last character checks all the others.
 */
export function voucherNumber(id: string, year: number, region: string): string {
  let rest = BigInt(`0x${id.replaceAll('-', '').slice(-12)}`)
  let drawn = ''
  for (let place = 0; place < RANDOM_LENGTH; place++) {
    drawn += LETTERS.charAt(Number(rest % 31n))
    rest /= 31n
  }
  const check = checkLetter(`${year}${region}`, drawn)
  return `ZJ${year}-${region}-${drawn.slice(0, 4)}-${drawn.slice(4)}${check}`
}

/** True for a well-formed number whose check character fits. */
export function isVoucherNumber(text: string): boolean {
  const match = /^ZJ(\d{4})-(\d{6})-([0-9A-Z]{4})-([0-9A-Z]{3})([0-9A-Z])$/.exec(text)
  if (!match) return false
  const [, year = '', region = '', first = '', second = '', check] = match
  return check === checkLetter(year + region, first + second)
}

/** Weights are powers of 3 modulo 31: any one wrong or any two swapped characters show. */
function checkLetter(digits: string, drawn: string): string {
  let weight = 1
  let sum = 0
  for (const value of [...[...digits].map(Number), ...[...drawn].map((c) => LETTERS.indexOf(c))]) {
    sum += value * weight
    weight = (weight * 3) % 31
  }
  return LETTERS.charAt((31 - (sum % 31)) % 31)
}

export type InvoiceRefusal =
  'invoice_number_missing' | 'invoice_code_unreadable' | 'invoice_number_unreadable'

/**
 * 发票代码 (10 or 12 digits, or none) and 发票号 (8 to 20 digits) as typed; null where both are empty.
 * A number of 20 digits is a fully digital invoice and is known by its number alone, so that a code
 * typed beside it does not make it another invoice.
 */
export function readInvoice(code: string, number: string): Outcome<Invoice | null, InvoiceRefusal> {
  const [plainCode, plainNumber] = [code, number].map((typed) =>
    typed.normalize('NFKC').replace(/\s/g, ''),
  ) as [string, string]
  if (plainCode === '' && plainNumber === '') return accept(null)
  if (!/^(\d{10}|\d{12})?$/.test(plainCode)) return refuse('invoice_code_unreadable')
  if (plainNumber === '') return refuse('invoice_number_missing')
  if (!/^\d{8,20}$/.test(plainNumber)) return refuse('invoice_number_unreadable')
  return accept({ code: plainNumber.length === 20 ? '' : plainCode, number: plainNumber })
}

/** Longest reason anybody gives, in characters. */
export const REASON_MAX = 500

/** What a carrier's press on the desk was meant to do. */
export type Did = 'confirm' | 'refuse'
