/**
 * Who may do what. Every route states role, scope and action through `allow`, and a test fails for
 * a route that does not. A wrong role is 403; another's object is a 404 that the door answers.
 */
import { createMiddleware } from 'hono/factory'
import { HTTPException } from 'hono/http-exception'
import type { Handler, MiddlewareHandler } from 'hono'
import type {
  Account,
  Actor,
  BureauActor,
  CarrierActor,
  EnterpriseActor,
  Role,
  StaffRole,
} from '../kernel/actor.ts'
import type { App, Ctx } from './bindings.ts'

/** scope: any = nothing of anybody; own = the actor's; region = what the bureau's region covers. */
export type Grant = {
  role: Role | 'member' | 'public'
  scope: 'any' | 'own' | 'region'
  action: string
  /** For a bureau: one of these staff roles is needed; absent lets every role of the bureau in. */
  staff?: readonly StaffRole[]
}

const GRANTS = new WeakMap<object, Grant>()

/** The first handler of every route. Sends a stranger to sign in and refuses a wrong role. */
export function allow(grant: Grant): MiddlewareHandler<App> {
  const guard = createMiddleware<App>(async (c, next) => {
    if (grant.role === 'public') return next()
    if (!c.var.account) return signIn(c, grant.role)
    if (grant.role === 'member') return next()
    if (!mayAct(c.var.actor, grant)) throw new HTTPException(403, { message: 'wrong_role' })
    return next()
  })
  GRANTS.set(guard, grant)
  return guard
}

/** What a handler states of itself; undefined for one that is no guard. */
export function grantOf(handler: Handler | MiddlewareHandler): Grant | undefined {
  return GRANTS.get(handler)
}

function mayAct(actor: Actor | null, grant: Grant): boolean {
  if (actor?.role !== grant.role) return false
  if (actor.role !== 'bureau' || !grant.staff) return true
  return grant.staff.some((role) => actor.staff.includes(role))
}

function signIn(c: Ctx, role: Grant['role']): Response {
  if (c.req.method !== 'GET') throw new HTTPException(401, { message: 'session_ended' })
  const url = new URL(c.req.url)
  const back = encodeURIComponent(url.pathname + url.search)
  return c.redirect(`/login/${role === 'bureau' ? 'staff' : 'legal'}?return=${back}`, 303)
}

/** A path of this site to come back to, '/' for anything else: no open redirect. */
export function safeReturn(path: string | undefined): string {
  return path && /^\/(?![/\\])[^\s\\]*$/.test(path) && !path.startsWith('/login') ? path : '/'
}

export function accountOf(c: Ctx): Account {
  if (!c.var.account) throw new HTTPException(401, { message: 'session_ended' })
  return c.var.account
}

export function enterpriseOf(c: Ctx): EnterpriseActor {
  return expectRole(c, 'enterprise')
}

export function carrierOf(c: Ctx): CarrierActor {
  return expectRole(c, 'carrier')
}

export function bureauOf(c: Ctx): BureauActor {
  return expectRole(c, 'bureau')
}

function expectRole<R extends Role>(c: Ctx, role: R): Extract<Actor, { role: R }> {
  const actor = c.var.actor
  if (actor?.role !== role) throw new HTTPException(403, { message: 'wrong_role' })
  return actor as Extract<Actor, { role: R }>
}

/**
 * Refuses unsafe methods from other sites: Sec-Fetch-Site where the browser sends it, else Origin,
 * else the session's token in the form field `csrf`. Nothing changes on GET.
 */
export const sameSite = createMiddleware<App>(async (c, next) => {
  if (['GET', 'HEAD', 'OPTIONS'].includes(c.req.method)) return next()
  if (await comesFromHere(c)) return next()
  throw new HTTPException(403, { message: 'cross_site' })
})

/** True where a form was sent by a page of this site, as far as browser or token tell. */
export async function comesFromHere(c: Ctx): Promise<boolean> {
  const site = c.req.header('Sec-Fetch-Site')
  if (site) return site === 'same-origin'
  const origin = c.req.header('Origin')
  if (origin) return origin === new URL(c.req.url).origin || origin === c.env.ORIGIN
  const form = await c.req.parseBody()
  return c.var.csrf !== '' && form['csrf'] === c.var.csrf
}
