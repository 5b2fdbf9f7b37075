/**
 * Compares the budget of every county that has one with the ledgers that leased from it (SPEC K3).
 * It repairs nothing: leases settle by alarms, which this visit wakes where one was lost.
 */
import type { Place } from '../budget/client.ts'
import { yearOf } from '../kernel/clock.ts'
import { PROVINCE } from '../kernel/region.ts'
import { compareBudget, recordBudget } from '../ledger/client.ts'
import type { Bindings } from '../platform/bindings.ts'
import { logError } from '../platform/log.ts'
import { listBudgets } from './store.ts'

/** A thousand that say the same help nobody. */
const PROBLEMS_KEPT = 50

type Env = Pick<Bindings, 'DB' | 'LEDGER' | 'BUDGET'>

/** Answers how many budgets of the year of `now` agree with all ledgers; the rest are told. */
export async function compareBudgets(env: Env, now: number): Promise<number> {
  const year = yearOf(now)
  const budgets = await listBudgets(env, PROVINCE, year, now)
  let agreeing = 0
  for (const { region, limit } of budgets) {
    if (limit.fen_max === null) continue
    const problems = await findProblems(env, region, year, now)
    if (problems.length === 0) agreeing += 1
    else await tell(env, { region, year }, problems, now)
  }
  return agreeing
}

/** To whoever watches the logs, and to the auditors in 「对账报告」. */
async function tell(env: Env, place: Place, problems: readonly string[], now: number) {
  logError('budget_differs', new Error(problems.slice(0, 5).join('; ')), place)
  await recordBudget(env, place, problems.slice(0, PROBLEMS_KEPT), now)
}

/** One county that cannot be compared does not keep the others. */
async function findProblems(
  env: Env,
  region: string,
  year: number,
  now: number,
): Promise<string[]> {
  try {
    return await compareBudget(env, { region, year }, now)
  } catch (error) {
    return [String(error)]
  }
}
