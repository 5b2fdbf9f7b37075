/**
 * Tells open pages what a ledger has just written. Hints are only hints: one that fails is logged,
 * and one that is due again while it is on its way is sent once more, however often it is due.
 */
import { announce } from '../live/client.ts'
import type { Hint } from '../live/rules.ts'
import type { Bindings } from '../platform/bindings.ts'
import { logError } from '../platform/log.ts'
import type { Recorded } from './journal.ts'

export class Herald {
  /** Hints on their way, by name; true where the same became due again meanwhile. */
  private readonly telling = new Map<string, boolean>()

  constructor(private readonly enterprise: string) {}

  /** The work of telling each hint of what was recorded; never rejects. */
  proclaim(env: Bindings, recorded: readonly Recorded[]): Promise<void>[] {
    return recorded
      .flatMap((one) => hintsOf(this.enterprise, one))
      .map(({ channels, hint }) => this.tell(env, channels, hint))
  }

  private async tell(env: Bindings, channels: readonly string[], hint: Hint): Promise<void> {
    const name = `${hint.topic} ${hint.id}`
    const again = this.telling.has(name)
    this.telling.set(name, again)
    if (again) return
    try {
      do {
        this.telling.set(name, false)
        await announce(env, channels, hint)
      } while (this.telling.get(name))
    } catch (error) {
      logError('ledger_announce', error)
    } finally {
      this.telling.delete(name)
    }
  }
}

/** The hints of one event: its book's enterprise, and for a voucher all three parties. */
function hintsOf(
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
