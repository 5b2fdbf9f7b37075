/**
 * D1's mirror made anew from the objects, in pages. Each enterprise's rows are taken out and sent
 * again by its own ledger, so a run that was cut is simply run again.
 */
import type { Bindings } from '../platform/bindings.ts'
import { nudge, resend } from './client.ts'
import { COMPARED } from './digest.ts'
import { listNext } from './reconcile.ts'
import type { Enterprises } from './reconcile.ts'

type Env = Pick<Bindings, 'DB' | 'LEDGER'>

/** Two thousand events a try. */
const TRIES_MAX = 10_000

/**
 * Rebuilds the next enterprises after `after`: those the product knows, and those D1 has rows of,
 * whose rows go if no ledger stands behind them. `after` is null when there are no more. Throws
 * where a ledger or D1 is out of reach.
 */
export async function rebuildPage(
  env: Env,
  enterprises: Enterprises,
  after: string,
): Promise<{ rebuilt: number; after: string | null }> {
  const next = await listNext(env, enterprises, after)
  for (const enterprise of next) await rebuild(env, enterprise)
  return { rebuilt: next.length, after: next.at(-1) ?? null }
}

async function rebuild(env: Env, enterprise: string): Promise<void> {
  let done = await resend(env, enterprise)
  for (let sent = await sentOf(env, enterprise), tries = 0; !done; tries += 1) {
    done = await nudge(env, enterprise)
    const now = await sentOf(env, enterprise)
    if (!done && (now === sent || tries === TRIES_MAX))
      throw new Error(`the ledger of ${enterprise} could not be mirrored`)
    sent = now
  }
}

async function sentOf({ DB }: Env, enterprise: string): Promise<number> {
  const query = 'SELECT seq FROM heads WHERE enterprise = ?'
  return (await DB.prepare(query).bind(enterprise).first<number>('seq')) ?? 0
}

/** How many rows each table of the mirror has. */
export async function countMirror({ DB }: Pick<Env, 'DB'>): Promise<Record<string, number>> {
  const counts = COMPARED.map(({ name }) => DB.prepare(`SELECT count(*) AS rows FROM ${name}`))
  const answers = await DB.batch<{ rows: number }>(counts)
  return Object.fromEntries(
    COMPARED.map(({ name }, index) => [name, answers[index]?.results[0]?.rows ?? 0]),
  )
}
