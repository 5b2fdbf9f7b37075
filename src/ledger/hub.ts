/**
 * Where the pages of many ledgers become one batch: each batch is a commit of D1's, and thousands
 * of enterprises would each pay for their own. A hub keeps nothing. A ledger keeps its page until
 * it hears that D1 has it, and sends it itself where no hub answers.
 */
import { DurableObject } from 'cloudflare:workers'
import type { Bindings } from '../platform/bindings.ts'
import { logError } from '../platform/log.ts'
import { within } from '../platform/reach.ts'
import { statementsFor } from './mirror.ts'
import type { Page } from './mirror.ts'

/** How long the first page waits for others. While a batch is being written the next gathers. */
const GATHER_MS = 100
/** Characters of one batch: at three bytes each well below the two megabytes of a parameter. */
const BATCH_CHARS_MAX = 256 * 1024
/** So many pages refused one after another are D1's illness, not theirs. */
const REFUSED_MAX = 3
/** A ledger that has heard nothing for so long backs off and then sends its page itself. */
const PATIENCE_MS = 10_000
const HUBS = 2
/** A page of so many events is worth a batch of its own. */
export const OWN_EVENTS_MIN = 40

type Waiting = { page: Page; settle: (said: string | null) => void }

/** Answers null once D1 has the page, else what D1 said. */
export class MirrorHub extends DurableObject<Bindings> {
  private readonly gathering = new Gathering(() => this.env.DB)

  write(page: Page): Promise<string | null> {
    return this.gathering.add(page)
  }
}

/** Pages on their way into one D1, some at a time. */
export class Gathering {
  private waiting: Waiting[] = []
  private writing: Promise<void> | undefined

  constructor(private readonly database: () => D1Database) {}

  /** Answers null once D1 has the page, else what D1 said. Never rejects. */
  add(page: Page): Promise<string | null> {
    return new Promise((settle) => {
      this.waiting.push({ page, settle })
      this.writing ??= this.writeAll()
    })
  }

  private async writeAll(): Promise<void> {
    while (this.waiting.length > 0) {
      await scheduler.wait(GATHER_MS)
      await this.write(this.takeBatch())
    }
    this.writing = undefined
  }

  /** The pages that have waited longest, as many as go into one batch, and one at least. */
  private takeBatch(): Waiting[] {
    let chars = 0
    const end = this.waiting.findIndex(({ page }, index) => {
      for (const text of Object.values(page.texts)) chars += text.length
      return index > 0 && chars > BATCH_CHARS_MAX
    })
    return this.waiting.splice(0, end < 0 ? this.waiting.length : end)
  }

  /** A batch that fails goes again page by page, so that a bad page does not hold the others. */
  private async write(batch: readonly Waiting[]): Promise<void> {
    let said = await this.tryWrite(batch)
    const alone = batch.length === 1
    let refused = said === null || alone ? REFUSED_MAX : 0
    for (const one of batch) {
      if (refused < REFUSED_MAX) {
        said = await this.tryWrite([one])
        refused = said === null ? 0 : refused + 1
      }
      one.settle(said)
    }
  }

  private async tryWrite(batch: readonly Waiting[]): Promise<string | null> {
    try {
      const db = this.database()
      const pages = batch.map(({ page }) => page)
      await db.batch(statementsFor(db, ...pages))
      return null
    } catch (error) {
      return error instanceof Error ? error.message : String(error)
    }
  }
}

/**
 * Sends the page by the enterprise's hub. False where it is out of reach, and nobody knows whether
 * D1 has the page, and for a long page, which is worth a batch of its own: the ledger writes then.
 * Throws where D1 refused it or the hub is late: a ledger sends by itself after a failure, so that
 * what ails a hub holds nobody twice.
 */
export async function sendByHub(env: Bindings, enterprise: string, page: Page): Promise<boolean> {
  if (page.to_seq - page.sent_seq >= OWN_EVENTS_MIN) return false
  let said: string | null | undefined
  try {
    const hubs = env.HUB as DurableObjectNamespace<MirrorHub>
    said = await within(PATIENCE_MS, hubs.getByName(hubOf(enterprise)).write(page))
  } catch (error) {
    logError('ledger_hub', error)
    return false
  }
  if (said === null) return true
  throw new Error(said ?? 'the hub is late')
}

/** The hub that an enterprise's pages go by. */
export function hubOf(enterprise: string): string {
  const sum = [...enterprise].reduce((total, letter) => total + (letter.codePointAt(0) ?? 0), 0)
  return `mirror:${sum % HUBS}`
}
