/**
 * What the rest of the product may ask of identity: who acts, which enterprise a credit code is
 * bound to, who works for a bureau. Writes are returned as statements for the caller's own commit.
 */
import { createMiddleware } from 'hono/factory'
import type { MiddlewareHandler } from 'hono'
import type { Account, Actor } from '../kernel/actor.ts'
import type { App, Ctx } from '../platform/bindings.ts'
import { commit, dbOf } from '../platform/db.ts'
import {
  csrfOf,
  forgetSession,
  keepPending,
  listPending,
  sessionHashOf,
} from '../platform/session.ts'
import { SESSION_TOUCH_MS, actorOf, isLive } from './rules.ts'
import type { Standing } from './rules.ts'
import { findSession, openEnterprise, touchSession } from './store.ts'
import type { CarrierOf } from './store.ts'

export { actorOf } from './rules.ts'
export type { Staff, Standing } from './rules.ts'
export {
  accountIdOf,
  enterpriseForUscc,
  findAccount,
  findStaff,
  findUsccOf,
  insertBinding,
  insertEnterprise,
  insertStaff,
  listEnterprises,
  listStaff,
} from './store.ts'
export type { CarrierOf } from './store.ts'

/** The pages on which a visitor opens the site again. */
const OPENED: ReadonlySet<string> = new Set(['/', '/hall'])
const SILENT_TRIES_MAX = 3

/**
 * Sets account, actor and csrf from the session cookie: no query without one, one query with one.
 * Whether a legal person is a carrier is asked on every request, so that a suspension takes effect
 * at once; the first request of a legal person that is none opens its enterprise.
 */
export function actorMiddleware({ carrierOf }: { carrierOf: CarrierOf }): MiddlewareHandler<App> {
  return createMiddleware<App>(async (c, next) => {
    const hash = sessionHashOf(c)
    if (hash) await recognise(c, hash, carrierOf)
    const lost = c.var.account ? undefined : findLostReturn(c)
    if (lost) return c.redirect(lost, 303)
    return next()
  })
}

async function recognise(c: Ctx, hash: string, carrierOf: CarrierOf): Promise<void> {
  const { env } = c
  const { now } = c.var
  const db = dbOf(env)
  const found = await findSession(db, env.SESSION_KEY, hash, carrierOf)
  if (!found || !isLive(found.session, now)) return forgetSession(c)
  if (now - found.session.seen_at >= SESSION_TOUCH_MS)
    await commit(db, [touchSession(db, hash, now)])
  c.set('account', found.account)
  c.set('actor', await actorFor(c, found.account, found.standing))
  c.set('csrf', csrfOf(env.SESSION_KEY, hash))
}

/**
 * A visitor who began to sign in, never came back from the portal and opens the site again: asks
 * the portal silently, a few times at most, whether they are signed in there (L3).
 */
function findLostReturn(c: Ctx): string | undefined {
  const { path, method } = c.req
  if (method !== 'GET' || !OPENED.has(path)) return undefined
  const lost = listPending(c).find(({ silent, tries }) => !silent && tries < SILENT_TRIES_MAX)
  if (!lost) return undefined
  keepPending(c, { ...lost, tries: lost.tries + 1 })
  return `/login/${lost.kind}?silent=1&return=${encodeURIComponent(path)}`
}

async function actorFor(c: Ctx, account: Account, standing: Standing): Promise<Actor | null> {
  const actor = actorOf(account, standing)
  if (actor || account.uscc === null) return actor
  const enterprise = await openEnterprise(dbOf(c.env), account.uscc, c.var.now)
  return actorOf(account, { ...standing, enterprise })
}
