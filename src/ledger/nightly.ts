/**
 * Wakes the ledgers that still hold something of a year that has passed (SPEC Q6). Each closes its
 * own year, so a run that fires twice, late or in pieces lets it lapse once.
 */
import { yearOf } from '../kernel/clock.ts'
import type { Bindings } from '../platform/bindings.ts'
import { logError } from '../platform/log.ts'
import { nudge, readBook } from './client.ts'

const PAGE = 100
/** Of one run: what is left over, the next run finds again. */
const PAGES_MAX = 20

type Env = Pick<Bindings, 'DB' | 'LEDGER'>
type OpenBook = { enterprise: string; region: string }

/** Answers of how many enterprises quota lapsed at `now`, epoch ms. */
export async function closeYears(env: Env, now: number): Promise<number> {
  let closed = 0
  let after = ''
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const open = await listOpen(env, now, after)
    for (const book of open) if (await closeYear(env, book, now)) closed += 1
    const last = open.at(-1)
    if (!last || open.length < PAGE) break
    after = last.enterprise
  }
  return closed
}

/** Any reading closes what has passed. One ledger that is out of reach does not keep the others. */
async function closeYear(
  env: Env,
  { enterprise, region }: OpenBook,
  now: number,
): Promise<boolean> {
  try {
    await readBook(env, enterprise, region, now)
    return await nudge(env, enterprise)
  } catch (error) {
    logError('year_not_closed', error)
    return false
  }
}

/** From the mirror, by enterprise: who has something available in a year before that of `now`. */
async function listOpen({ DB }: Env, now: number, after: string): Promise<OpenBook[]> {
  const query = `SELECT enterprise, min(region) AS region FROM books
    WHERE available > 0 AND year < ? AND enterprise > ?
    GROUP BY enterprise ORDER BY enterprise LIMIT ?`
  return (await DB.prepare(query).bind(yearOf(now), after, PAGE).all<OpenBook>()).results
}
