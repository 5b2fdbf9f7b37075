/**
 * One row per recurring task: name, cron, function. Each is idempotent and catches up from where it
 * stopped, so a run that fires twice or late does no harm.
 */
import { catchUpAtlas, checkAtlas } from './atlas/nightly.ts'
import {
  freePast,
  releaseEnded,
  releaseSuspended,
  tellExpired,
  tellLater,
} from './booking/nightly.ts'
import { indexFirst, indexMissing } from './catalogue/nightly.ts'
import { evaluateByDefault, rateMissed } from './evaluation/nightly.ts'
import { listEnterprises } from './identity/client.ts'
import { clearSessions } from './identity/nightly.ts'
import { wakeImports } from './intake/nightly.ts'
import { closeYears } from './ledger/nightly.ts'
import { reconcileLedgers } from './ledger/reconcile.ts'
import type { Bindings } from './platform/bindings.ts'
import { dbOf } from './platform/db.ts'
import { logError, logInfo } from './platform/log.ts'
import { compareBudgets } from './quota/nightly.ts'
import { makeMissingPayments } from './redemption/nightly.ts'
import { expireOverdue } from './voucher/nightly.ts'

/** `run` answers how many things it settled. */
export type Task = {
  name: string
  cron: string
  run: (env: Bindings, now: number) => Promise<number>
}

/** 18:00 UTC, 02:00 in Asia/Shanghai. */
export const NIGHTLY = '0 18 * * *'
/** Every ten minutes. */
export const OFTEN = '*/10 * * * *'

export const TASKS: readonly Task[] = [
  { name: 'years closed', cron: NIGHTLY, run: closeYears },
  { name: 'vouchers lapsed', cron: NIGHTLY, run: expireOverdue },
  { name: 'services evaluated by default', cron: NIGHTLY, run: evaluateByDefault },
  { name: 'payments made that were missing', cron: NIGHTLY, run: makeMissingPayments },
  { name: 'catalogue brought to the index', cron: NIGHTLY, run: indexMissing },
  { name: 'ratings told to the index', cron: NIGHTLY, run: rateMissed },
  { name: 'map index checked', cron: NIGHTLY, run: checkAtlas },
  { name: 'catalogue brought to a new index', cron: OFTEN, run: indexFirst },
  { name: 'map index caught up', cron: OFTEN, run: catchUpAtlas },
  { name: 'imports woken', cron: OFTEN, run: wakeImports },
  { name: 'booked hours forgotten', cron: NIGHTLY, run: freePast },
  { name: 'expired bookings told', cron: NIGHTLY, run: tellExpired },
  { name: 'bookings of ended vouchers given back', cron: NIGHTLY, run: releaseEnded },
  { name: 'bookings of suspended carriers ended', cron: OFTEN, run: releaseSuspended },
  { name: 'booking messages sent', cron: OFTEN, run: tellLater },
  { name: 'sessions ended', cron: NIGHTLY, run: clearSessions },
  { name: 'ledgers reconciled and archived', cron: NIGHTLY, run: reconcile },
  { name: 'budgets compared with ledgers', cron: NIGHTLY, run: compareBudgets },
]

/** The ledgers come before identity, so they are told here which enterprises there are. */
function reconcile(env: Bindings, now: number): Promise<number> {
  return reconcileLedgers(env, now, (after, limit) => listEnterprises(dbOf(env), after, limit))
}

/** Runs every task of this cron, one after the other; one that fails does not keep the rest. */
export async function runTasks(
  env: Bindings,
  cron: string,
  now: number,
  tasks: readonly Task[] = TASKS,
): Promise<void> {
  for (const task of tasks.filter((one) => one.cron === cron)) {
    try {
      logInfo({ event: 'task_done', task: task.name, settled: await task.run(env, now) })
    } catch (error) {
      logError('task_failed', error, { task: task.name })
    }
  }
}
