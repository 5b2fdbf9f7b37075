/** What every request starts with: an id, the one clock, and a line in the log when it ends. */
import { createMiddleware } from 'hono/factory'
import { routePath } from 'hono/route'
import { newId } from '../kernel/id.ts'
import type { App } from './bindings.ts'
import { logInfo } from './log.ts'

export const identified = createMiddleware<App>(async (c, next) => {
  c.set('request_id', newId())
  c.set('now', Date.now())
  c.set('actor', null)
  c.set('account', null)
  c.set('csrf', '')
  c.set('menu', [])
  await next()
})

/** Logs the pattern of the route, never the path: QR tokens and ids stay out of the log. */
export const logged = createMiddleware<App>(async (c, next) => {
  const started = Date.now()
  await next()
  logInfo({
    event: 'request',
    method: c.req.method,
    route: routePath(c, -1),
    status: c.res.status,
    ms: Date.now() - started,
    role: c.var.actor?.role ?? null,
    request_id: c.var.request_id,
  })
})
