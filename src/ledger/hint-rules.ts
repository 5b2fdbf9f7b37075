/** Who hears of an event, over which channels, and in which words of the live pages. */
import type { Hint } from '../live/rules.ts'
import type { Recorded } from './journal.ts'

/** The hints of one event: its book's enterprise, and for a voucher all three parties. */
export function hintsOf(
  enterprise: string,
  { event, book, voucher }: Recorded,
): { channels: string[]; hint: Hint }[] {
  const own = `enterprise:${enterprise}`
  const hints: { channels: string[]; hint: Hint }[] = [
    { channels: [own], hint: { topic: 'book', enterprise, id: `${book.region}:${book.year}` } },
  ]
  if (!voucher) return hints
  const channels = [own, `carrier:${voucher.carrier}`, `bureau:${voucher.region}`]
  hints.push({ channels, hint: { topic: 'voucher', enterprise, id: voucher.id } })
  if (REDEEMING.includes(event.kind))
    hints.push({ channels, hint: { topic: 'redemption', enterprise, id: voucher.id } })
  return hints
}

const REDEEMING: readonly string[] = ['submit', 'withdraw', 'return', 'approve', 'reject']
