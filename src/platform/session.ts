/**
 * The cookies of a signed-in browser and of a sign-in under way. `__Host-` binds them to this host,
 * to the whole of it and to a secure connection; browsers count the loopback address as one.
 */
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { CookieOptions } from 'hono/utils/cookie'
import type { Ctx } from './bindings.ts'
import type { Pending } from './oidc.ts'
import { hashOf, keyedToken, newToken, opened, sealed } from './token.ts'

export const SESSION_COOKIE = '__Host-sid'
const FLAGS: CookieOptions = { path: '/', secure: true, httpOnly: true, sameSite: 'Lax' }

/** The hash of this browser's session token: its key in the store. undefined without a cookie. */
export function sessionHashOf(c: Ctx): string | undefined {
  const token = getCookie(c, SESSION_COOKIE)
  return token && hashOf(token)
}

/** Gives the browser a new token and answers its hash. The cookie ends with the browser. */
export function startSession(c: Ctx): string {
  const token = newToken()
  setCookie(c, SESSION_COOKIE, token, FLAGS)
  return hashOf(token)
}

export function forgetSession(c: Ctx): void {
  deleteCookie(c, SESSION_COOKIE, FLAGS)
}

/** The form token of a session, for browsers that send neither Sec-Fetch-Site nor Origin. */
export function csrfOf(sessionKey: string, hash: string): string {
  return keyedToken(sessionKey, 'csrf', hash)
}

const PENDING_COOKIE = '__Host-login-'
const PENDING_MS = 600_000
/** Sign-ins begun in one browser at a time, in as many tabs; older ones are forgotten. */
const PENDING_MAX = 4

/**
 * Remembers a sign-in until the portal sends the browser back, ten minutes at most. Each has a
 * cookie of its own, so that two tabs do not forget each other's.
 */
export function keepPending(c: Ctx, pending: Pending): void {
  const older = listPending(c).filter((one) => one.state !== pending.state)
  for (const one of older.slice(PENDING_MAX - 1)) deleteCookie(c, cookieFor(one.state), FLAGS)
  const value = sealed(c.env.SESSION_KEY, PENDING_COOKIE, JSON.stringify(pending))
  setCookie(c, cookieFor(pending.state), value, { ...FLAGS, maxAge: PENDING_MS / 1000 })
}

/** The sign-in that a return belongs to, forgotten with this answer so that it returns once. */
export function takePending(c: Ctx, state: string): Pending | undefined {
  const pending = listPending(c).find((one) => one.state === state)
  if (pending) deleteCookie(c, cookieFor(state), FLAGS)
  return pending
}

/** The sign-ins this browser has begun and not come back from, newest first. */
export function listPending(c: Ctx): Pending[] {
  return Object.entries(getCookie(c))
    .filter(([name]) => name.startsWith(PENDING_COOKIE))
    .map(([, value]) => opened(c.env.SESSION_KEY, PENDING_COOKIE, value))
    .filter((text) => text !== undefined)
    .map((text) => JSON.parse(text) as Pending)
    .filter((pending) => c.var.now < pending.at + PENDING_MS)
    .toSorted((one, other) => other.at - one.at)
}

/** Gives up every sign-in under way: whoever signs out is not to be signed in again by one. */
export function forgetPending(c: Ctx): void {
  for (const { state } of listPending(c)) deleteCookie(c, cookieFor(state), FLAGS)
}

function cookieFor(state: string): string {
  return PENDING_COOKIE + state.slice(0, 8)
}
