/**
 * How long a page may take. A database that hangs instead of failing would keep a reader waiting
 * without a word; past the limit the answer is the page of an outage, and trying again may pass.
 */
import { createMiddleware } from 'hono/factory'
import { HTTPException } from 'hono/http-exception'
import { timeout } from 'hono/timeout'
import type { App } from './bindings.ts'

/** Only reads: a write may still happen after the limit, and would be told as if it had not. */
const READS = new Set(['GET', 'HEAD'])

/** Refuses with 503 what has not begun to answer after `limit_ms`. */
export function deadline(limit_ms: number) {
  const limited = timeout(limit_ms, () => new HTTPException(503, { message: 'unavailable' }))
  return createMiddleware<App>((c, next) => (READS.has(c.req.method) ? limited(c, next) : next()))
}
