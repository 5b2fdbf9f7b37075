/**
 * Security headers on every answer, errors included. Nothing inline, no eval, nothing framed. An
 * answer that brings a policy of its own, such as a stored file in its sandbox, keeps it.
 */
import { createMiddleware } from 'hono/factory'
import type { App, Bindings } from './bindings.ts'

const HTTPS_ONLY = 'max-age=63072000; includeSubDomains'

const FIXED: Readonly<Record<string, string>> = {
  'Strict-Transport-Security': HTTPS_ONLY,
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  // Not no-referrer: with it browsers send form posts with `Origin: null`.
  'Referrer-Policy': 'strict-origin-when-cross-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=(self), payment=(), usb=()',
}

/** Where the tiles of 天地图 come from, t0 to t7. */
const TIANDITU = 'https://*.tianditu.gov.cn'

/** On an answer for programs of any site: it is no page, so what only pages obey is left out. */
export const INTERFACE_HEADERS: Readonly<Record<string, string>> = {
  'Strict-Transport-Security': HTTPS_ONLY,
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Resource-Policy': 'cross-origin',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
}

const POLICY = 'Content-Security-Policy'

export const securityHeaders = createMiddleware<App>(async (c, next) => {
  await next()
  // The upgrade to a WebSocket is no page, and its response cannot be copied.
  if (c.res.status === 101) return
  // Copies the answer once: headers of one that came from an object or the assets are frozen.
  c.header('X-Request-Id', c.var.request_id)
  const { headers } = c.res
  for (const [name, value] of Object.entries(FIXED)) headers.set(name, value)
  if (!headers.has(POLICY)) headers.set(POLICY, policyFor(new URL(c.req.url), c.env))
})

/**
 * What a page of this host may load and talk to; the map's tiles only where they are on. Forms may
 * lead to the sign-in portal, because signing out is a form and ends at the portal as well.
 */
export function policyFor(url: URL, env: Pick<Bindings, 'OIDC_ISSUER' | 'MAP_TILES'>): string {
  const tiles = env.MAP_TILES === 'tianditu' && /^\/map(\/|$)/.test(url.pathname)
  const socket = `${url.protocol === 'https:' ? 'wss' : 'ws'}://${url.host}`
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `img-src 'self' data: blob:${tiles ? ` ${TIANDITU}` : ''}`,
    "font-src 'self'",
    `connect-src 'self' ${socket}`,
    "manifest-src 'self'",
    `form-action 'self' ${new URL(env.OIDC_ISSUER).origin}`,
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}
