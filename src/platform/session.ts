/**
 * The cookies of a signed-in browser and of a sign-in under way. `__Host-` binds them to this host,
 * to the whole of it and to a secure connection; browsers count the loopback address as one.
 */
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { CookieOptions } from 'hono/utils/cookie'
import type { Ctx } from './bindings.ts'
import { hashOf, keyedToken, newToken, opened, sealed } from './token.ts'

export const SESSION_COOKIE = '__Host-sid'
const FLAGS = { path: '/', secure: true, httpOnly: true, sameSite: 'Lax' } as const

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
