/** Imports whose job should be at work are woken: one whose call was lost goes on then. */
import type { Bindings } from '../platform/bindings.ts'
import { dbOf } from '../platform/db.ts'
import { wakeJob } from './client.ts'
import { listMoving } from './store.ts'

/** Younger ones are at work anyway. */
const IDLE_MS = 120_000
const JOBS_MAX = 200

/** Answers how many were woken; waking one that is at work changes nothing. */
export async function wakeImports(env: Bindings, now: number): Promise<number> {
  const ids = await listMoving(dbOf(env), now - IDLE_MS, JOBS_MAX)
  for (const id of ids) await wakeJob(env, id)
  return ids.length
}
