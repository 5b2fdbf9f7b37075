/**
 * Tells open pages what a ledger has just written. Hints are only hints: one that fails is logged,
 * and one that is due again while it is on its way is sent once more, however often it is due. The
 * enterprise's own pages are rendered from its ledger: where nobody has read that, nobody listens.
 */
import { DAY_MS } from '../kernel/clock.ts'
import { announce } from '../live/client.ts'
import type { Hint } from '../live/rules.ts'
import type { Bindings } from '../platform/bindings.ts'
import { logError } from '../platform/log.ts'
import type { Recorded } from './journal.ts'

/** A page that stays open hears of its ledger for this long at least. */
const READ_AGAIN_MS = 60 * DAY_MS
const READ_LIFE_MS = 90 * DAY_MS

export class Herald {
  /** Hints on their way, by name; true where the same became due again meanwhile. */
  private readonly telling = new Map<string, boolean>()

  /** Until when a page of the enterprise may be open, epoch ms; read when first needed. */
  private read_until: number | undefined

  constructor(
    private readonly sql: SqlStorage,
    private readonly enterprise: string,
  ) {}

  /** Somebody reads the ledger, and may listen from then on. Writes once a month at most. */
  welcome(now: number): void {
    if (this.readUntil() > now + READ_AGAIN_MS) return
    this.read_until = now + READ_LIFE_MS
    this.sql.exec('UPDATE audience SET until = ?', this.read_until)
  }

  /** The work of telling each hint of what was recorded; never rejects. */
  proclaim(env: Bindings, recorded: readonly Recorded[]): Promise<void>[] {
    const own = this.readUntil() > Date.now() ? [`enterprise:${this.enterprise}`] : []
    return recorded
      .flatMap((one) => hintsOf(this.enterprise, own, one))
      .filter(({ channels }) => channels.length > 0)
      .map(({ channels, hint }) => this.tell(env, channels, hint))
  }

  private readUntil(): number {
    const query = 'SELECT until FROM audience'
    this.read_until ??= this.sql.exec<{ until: number }>(query).one().until
    return this.read_until
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
  own: readonly string[],
  { event, book, voucher }: Recorded,
): { channels: readonly string[]; hint: Hint }[] {
  const hints: { channels: readonly string[]; hint: Hint }[] = [
    { channels: own, hint: { topic: 'book', enterprise, id: `${book.region}:${book.year}` } },
  ]
  if (!voucher) return hints
  const channels = [...own, `carrier:${voucher.carrier}`, `bureau:${voucher.region}`]
  hints.push({ channels, hint: { topic: 'voucher', enterprise, id: voucher.id } })
  if (REDEEMING.includes(event.kind))
    hints.push({ channels, hint: { topic: 'redemption', enterprise, id: voucher.id } })
  return hints
}

const REDEEMING: readonly string[] = ['submit', 'withdraw', 'return', 'approve', 'reject']
