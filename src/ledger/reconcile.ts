/**
 * The night over all ledgers, in pages: each proves itself, sets D1 right and is archived, and at
 * the end one root stands for all their heads. A run that was cut goes on where it stopped.
 */
import { dayOf } from '../kernel/clock.ts'
import type { Bindings } from '../platform/bindings.ts'
import { logError } from '../platform/log.ts'
import type { ArchiveHead } from './archive.ts'
import { reconcileLedger } from './client.ts'
import { COMPARED } from './digest.ts'
import { archivesOf, finishReport, isWrong, openReport, recordPage } from './report.ts'
import type { Report, Seen } from './report.ts'
import { keepRoot } from './root.ts'

type Env = Pick<Bindings, 'DB' | 'LEDGER' | 'FILES'>

/** Ids of enterprises after `after`, in their order: whoever may have a ledger. */
export type Enterprises = (after: string, limit: number) => Promise<string[]>

const PAGE = 100
/** Of one run, below the bounds on queries and calls; the next run goes on from there. */
const PAGES_MAX = 40
const AT_ONCE = 6

/**
 * Looks at every ledger once a night and answers at how many. `pages_max` bounds one run; a run
 * that fires twice does no more than one.
 */
export async function reconcileLedgers(
  env: Env,
  now: number,
  enterprises: Enterprises,
  pages_max = PAGES_MAX,
): Promise<number> {
  let seen = 0
  for (let report = await openReport(env, dayOf(now), now), pages = 0; report; pages += 1) {
    const next = await listNext(env, enterprises, report.cursor)
    if (next.length === 0) {
      await finishReport(env, report.day, await keepRoot(env, report.day), now)
      report = await openReport(env, dayOf(now), now)
      continue
    }
    if (pages === pages_max) break
    const page = await look(env, report, next)
    if (!(await recordPage(env, report, page, now))) break
    tellOperators(report, page)
    seen += page.length
    report = { ...report, cursor: next.at(-1) ?? report.cursor }
  }
  return seen
}

/** Whoever the product knows, and whoever D1 or the archive has rows of. */
export async function listNext(
  { DB }: Pick<Env, 'DB'>,
  enterprises: Enterprises,
  after: string,
): Promise<string[]> {
  const names = [...COMPARED.map(({ name }) => name), 'ledger_archives']
  const statements = names.map((name) =>
    DB.prepare(
      `SELECT DISTINCT enterprise FROM ${name} WHERE enterprise > ? ORDER BY enterprise LIMIT ?`,
    ).bind(after, PAGE),
  )
  const [known, mirrored] = await Promise.all([
    enterprises(after, PAGE),
    DB.batch<{ enterprise: string }>(statements),
  ])
  const all = mirrored.flatMap(({ results }) => results.map(({ enterprise }) => enterprise))
  return [...new Set([...known, ...all])].sort().slice(0, PAGE)
}

async function look(env: Env, { day }: Report, enterprises: readonly string[]): Promise<Seen[]> {
  const archives = await archivesOf(env, enterprises)
  const page: Seen[] = []
  for (let from = 0; from < enterprises.length; from += AT_ONCE) {
    const some = enterprises.slice(from, from + AT_ONCE)
    const seen = some.map((enterprise) =>
      lookAt(env, enterprise, day, archives.get(enterprise) ?? null),
    )
    page.push(...(await Promise.all(seen)))
  }
  return page
}

/** One ledger that cannot even answer does not keep the others. */
async function lookAt(
  env: Env,
  enterprise: string,
  day: string,
  last: ArchiveHead | null,
): Promise<Seen> {
  try {
    return { enterprise, finding: await reconcileLedger(env, enterprise, day, last) }
  } catch (error) {
    logError('ledger_not_seen', error, { enterprise })
    return { enterprise, finding: null }
  }
}

function tellOperators({ day }: Report, page: readonly Seen[]): void {
  for (const { enterprise, finding } of page.filter(isWrong)) {
    const { problems = [], drift = [] } = finding ?? {}
    const tables = drift.map(({ table }) => table)
    const what = [...problems, ...tables].join('; ') || 'out of reach'
    logError('ledger_differs', what, { day, enterprise, repaired: finding?.repaired ?? false })
  }
}
