/**
 * How an object is reached: a fresh stub per try, as one that has failed may stay broken, and a few
 * tries with full jitter, none where the object is overloaded. Only for work that may be repeated.
 */
import { logError } from './log.ts'

const TRIES_MAX = 3
const WAIT_MS_MIN = 50
const WAIT_MS_MAX = 1000

/** What `use` answers; undefined where the object is out of reach, whatever it has done. */
export async function reach<Stub, T>(
  namespace: DurableObjectNamespace,
  name: string,
  use: (stub: Stub) => Promise<T>,
): Promise<T | undefined> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await use(namespace.getByName(name) as unknown as Stub)
    } catch (error) {
      if (!isPassing(error)) throw error
      if (isOverloaded(error) || tries === TRIES_MAX) {
        logError('object_unavailable', error, { tries })
        return undefined
      }
      await scheduler.wait(jitter(tries, Math.random()))
    }
  }
}

/** What the work comes to within this time; undefined after it, whatever becomes of the work. */
export async function within<T>(limit_ms: number, work: Promise<T>): Promise<T | undefined> {
  const stop = new AbortController()
  const late = scheduler.wait(limit_ms, { signal: stop.signal }).then(nothing, nothing)
  try {
    return await Promise.race([work, late])
  } finally {
    stop.abort()
  }
}

function nothing(): undefined {
  return undefined
}

type Marked = { retryable?: boolean; overloaded?: boolean; durableObjectReset?: boolean }

/** An object that was reset may find its storage locked by its old self: nothing was done then. */
const PASSING = /connection lost|object to be reset|database is locked/i

/** Errors of the way, not of the object: a reset, a lost connection, too much at once. */
export function isPassing(error: unknown): boolean {
  const { retryable, overloaded, durableObjectReset } = error as Marked
  if (retryable || overloaded || durableObjectReset) return true
  return error instanceof Error && PASSING.test(error.message)
}

/** Another try would make it worse. */
function isOverloaded(error: unknown): boolean {
  return (error as Marked).overloaded === true
}

/** Anything from 50 ms up to a bound that grows to 1 s. */
function jitter(tries: number, random: number): number {
  const bound = Math.min(WAIT_MS_MAX, 250 * 2 ** tries)
  return WAIT_MS_MIN + random * (bound - WAIT_MS_MIN)
}
