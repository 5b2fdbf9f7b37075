/** The one map from a refusal to a status, and two ways to answer: a whole page or a redirect. */
import { html } from 'hono/html'
import type { Child } from 'hono/jsx'
import type { Refusal } from '../kernel/outcome.ts'
import type { Ctx } from './bindings.ts'

type PageStatus = 200 | 400 | 401 | 403 | 404 | 409 | 413 | 422 | 429 | 500 | 503

/** Answers a whole page. Pages of a signed-in reader are never cached. */
export function page(c: Ctx, body: Child, status: PageStatus = 200): Response | Promise<Response> {
  c.header('Cache-Control', c.var.account ? 'no-store' : 'private, no-cache')
  return c.html(html`<!doctype html>${body}`, status)
}

/** After a change: GET the thing made, so that reload and Back send nothing again. */
export function seeOther(c: Ctx, path: string): Response {
  return c.redirect(path, 303)
}

const LOST_RACE = /^(already_|not_in_state|stale_|conflict)/
const UNAVAILABLE = /^(unavailable|timed_out)/

/** 409 where the state moved on, 503 where a part is out of reach, 422 for all other refusals. */
export function statusOf(refusal: Refusal): 409 | 422 | 503 {
  if (LOST_RACE.test(refusal.code)) return 409
  return UNAVAILABLE.test(refusal.code) ? 503 : 422
}
