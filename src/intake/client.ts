/** How the pages reach an import's job. What was decided stands in D1; the job is only woken. */
import type { Bindings } from '../platform/bindings.ts'
import { logError } from '../platform/log.ts'
import { reach, within } from '../platform/reach.ts'
import type { IntakeJob, Progress } from './object.ts'
import type { KeptRow, Verdict } from './rows.ts'

export type { Progress } from './object.ts'
export type { KeptRow, Verdict } from './rows.ts'

export { listWaiting } from './store.ts'

type Env = Pick<Bindings, 'INTAKE'>
type Stub = Pick<DurableObjectStub<IntakeJob>, 'wake' | 'progress' | 'list'>

const ANSWER_MS_MAX = 5_000

/** Tells the job to look at D1. Never throws: a page that looks, or the night, wakes it again. */
export async function wakeJob(env: Env, id: string): Promise<void> {
  try {
    await within(
      ANSWER_MS_MAX,
      ask(env, id, (stub) => stub.wake()),
    )
  } catch (error) {
    logError('intake_wake', error)
  }
}

/** How far it is; undefined where the job does not answer. */
export function progressOf(env: Env, id: string): Promise<Progress | undefined> {
  return ask(env, id, async (stub) => (await stub.progress()) as Progress)
}

/** Rows of a verdict after a line; undefined where the job does not answer. */
export async function rowsOf(
  env: Env,
  id: string,
  query: { verdict: Verdict; after: number; limit: number },
): Promise<KeptRow[] | undefined> {
  const { verdict, after, limit } = query
  return ask(env, id, (stub) => stub.list(verdict, after, limit))
}

function ask<T>(env: Env, id: string, use: (stub: Stub) => Promise<T>): Promise<T | undefined> {
  return reach<Stub, T>(env.INTAKE, id, use)
}
