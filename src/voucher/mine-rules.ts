/** Which vouchers 「我的创新券」 shows: filters by year, state and carrier, a page at a time. */
import type { Voucher } from '../ledger/rules.ts'

/** What the address asks for; '' or absent asks for all. */
export type Asked = Readonly<Record<string, string>>

export type Paged = { vouchers: Voucher[]; count: number; page: number; pages: number }

/** Vouchers of one page: each is drawn with its QR code. */
export const PAGE_SIZE = 24

/** The page asked for, or the nearest there is. Order stays. */
export function pageOf(all: readonly Voucher[], asked: Asked): Paged {
  const { year = '', state = '', carrier = '' } = asked
  const found = all
    .filter((one) => year === '' || String(one.year) === year)
    .filter((one) => state === '' || one.state === state)
    .filter((one) => carrier === '' || one.carrier === carrier)
  const pages = Math.max(1, Math.ceil(found.length / PAGE_SIZE))
  const wanted = /^\d{1,6}$/.test(asked['page'] ?? '') ? Number(asked['page']) : 1
  const page = Math.min(Math.max(1, wanted), pages)
  const from = (page - 1) * PAGE_SIZE
  return { vouchers: found.slice(from, from + PAGE_SIZE), count: found.length, page, pages }
}
