/** Vouchers of 云杉 on their way to redemption: confirmed, completed with papers, submitted. */
import { env } from 'cloudflare:workers'
import { newId } from '../../src/kernel/id.ts'
import { nudge, readVoucher } from '../../src/ledger/client.ts'
import type { VoucherHistory } from '../../src/ledger/client.ts'
import type { Voucher } from '../../src/ledger/rules.ts'
import { pdfOf } from '../demo/pdf.ts'
import { send } from '../support/routes.ts'
import type { SignedIn } from '../support/sign-in.ts'
import { YUNSHAN, findVoucher, press, rowOf, submitUse, useFields } from '../voucher/fixture.ts'
import type { People } from '../voucher/fixture.ts'

export type Side = 'enterprise' | 'carrier'

/** A voucher of 1,200.00 that 智检 has confirmed; its payee is the enterprise unless told. */
export async function confirmedVoucher(
  people: People,
  payee: Side = 'enterprise',
  typed: Readonly<Record<string, string>> = {},
) {
  const fields = useFields({ payee, amount: '1200', ...typed })
  await submitUse(people.lin, fields, { paper_contract: pdf('Contract', '服务合同.pdf') })
  const voucher = await findVoucher(fields['key'] ?? '')
  if (!voucher) throw new Error('no voucher was made')
  const confirmed = await press(people.wu, '/carrier/desk/confirmations', [
    ['key', newId()],
    ['only', rowOf(voucher)],
  ])
  if (confirmed.status !== 303) throw new Error(`not confirmed: ${confirmed.status}`)
  return voucher
}

export function papersPath(voucher: Voucher): string {
  const own = voucher.payee === 'carrier' ? `${voucher.enterprise}/${voucher.id}` : voucher.id
  return `/${voucher.payee}/redemptions/${own}/papers`
}

let numbers = 0

/** A fully digital invoice number that nobody used before. */
export function freshNumber(): string {
  numbers += 1
  return String(24_332_000_000_000_000_000n + BigInt(numbers))
}

export function pdf(title: string, name: string): File {
  return new File([pdfOf(title, [newId()])], name, { type: 'application/pdf' })
}

export type Papers = {
  code?: string
  number?: string
  invoice?: readonly File[]
  result?: readonly File[]
}

export function sendPapers(who: SignedIn, voucher: Voucher, papers: Papers): Promise<Response> {
  const body = new FormData()
  body.append('invoice_code', papers.code ?? '')
  body.append('invoice_number', papers.number ?? '')
  for (const file of papers.invoice ?? []) body.append('invoice', file)
  for (const file of papers.result ?? []) body.append('result', file)
  return send('POST', papersPath(voucher), { cookie: who.cookie, body })
}

/** Everything the province's rule asks for. */
export async function complete(who: SignedIn, voucher: Voucher): Promise<void> {
  const answer = await sendPapers(who, voucher, {
    number: freshNumber(),
    invoice: [pdf('Invoice', '发票.pdf')],
    result: [pdf('Report', '检测报告.pdf')],
  })
  if (answer.status !== 303) throw new Error(`papers refused: ${answer.status}`)
}

/** A voucher that is 符合 and waits to be submitted by its payee. */
export async function readyVoucher(people: People, payee: Side = 'enterprise'): Promise<Voucher> {
  const voucher = await confirmedVoucher(people, payee)
  await complete(payee === 'carrier' ? people.wu : people.lin, voucher)
  return voucher
}

export function submit(
  who: SignedIn,
  side: Side,
  vouchers: readonly Voucher[] | 'all',
  key = newId(),
): Promise<Response> {
  const all = vouchers === 'all'
  const ticked = all ? [] : vouchers.map((voucher) => ['voucher', rowOf(voucher)] as const)
  return press(who, `/${side}/redemptions`, [
    ['key', key],
    ['do', all ? 'all' : 'chosen'],
    ...ticked,
  ])
}

/** A voucher in 兑付审核, which the bureau's list in D1 knows of too. */
export async function submittedVoucher(people: People, payee: Side = 'enterprise') {
  const voucher = await readyVoucher(people, payee)
  const answer = await submit(payee === 'carrier' ? people.wu : people.lin, payee, [voucher])
  if (answer.status !== 303) throw new Error(`not submitted: ${answer.status}`)
  await nudge(env, YUNSHAN)
  return voucher
}

export async function historyOf(voucher: Voucher): Promise<VoucherHistory> {
  const found = await readVoucher(env, voucher.enterprise, voucher.id, Date.now())
  if (!found) throw new Error('no such voucher')
  return found
}

export function reviewPath(voucher: Voucher): string {
  return `/bureau/redemptions/${voucher.enterprise}/${voucher.id}`
}

/** The bureau presses a button of the form as it stands now. */
export async function decide(
  who: SignedIn,
  voucher: Voucher,
  fields: { verdict: string; paid?: string; reason?: string; key?: string; redemption?: string },
): Promise<Response> {
  const { voucher: now } = await historyOf(voucher)
  return press(who, reviewPath(voucher), [
    ['key', fields.key ?? newId()],
    ['redemption', fields.redemption ?? now.redemption ?? ''],
    ['paid', fields.paid ?? '1,200.00'],
    ['reason', fields.reason ?? ''],
    ['verdict', fields.verdict],
  ])
}
