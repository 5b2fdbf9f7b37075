/** A confirmed voucher of 云杉 over 12,000.00, as the rules see it. */
import type { Voucher } from '../../src/ledger/rules.ts'

export const NOW = Date.parse('2026-11-24T02:00:00Z')
export const INVOICE = { code: '', number: '24332000000012345678' }

export function voucherOf(more: Partial<Voucher> = {}): Voucher {
  return {
    id: 'v',
    number: 'ZJ2026-330106-7KQM-2XRB',
    enterprise: 'yunshan',
    region: '330106',
    year: 2026,
    amount_fen: 1_200_000,
    carrier: 'zhijian',
    payee: 'enterprise',
    state: 'confirmed',
    version: 3,
    issued_at: NOW,
    confirmed_at: NOW,
    ended_at: null,
    reason: null,
    redemption: null,
    paid_fen: null,
    form: {},
    ...more,
  }
}
