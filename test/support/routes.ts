/** Every route of the app with what its first handler states, and requests to it. */
import { exports } from 'cloudflare:workers'
import type { Hono } from 'hono'
import { app } from '../../src/app.tsx'
import type { App } from '../../src/platform/bindings.ts'
import { grantOf } from '../../src/platform/guard.ts'
import type { Grant } from '../../src/platform/guard.ts'

export type Route = { method: string; path: string; grant: Grant | undefined }

export const ORIGIN = 'http://voucher.test'
const NOBODYS = '01890000-0000-7000-8000-000000000000'

/** One row for each method and path; middleware is registered for ALL and is no route. */
export function listRoutes(of: Pick<Hono<App>, 'routes'> = app): Route[] {
  const routes = new Map<string, Route>()
  for (const { method, path, handler } of of.routes) {
    const name = nameOf({ method, path })
    if (method === 'ALL' || routes.has(name)) continue
    routes.set(name, { method, path, grant: grantOf(handler) })
  }
  return [...routes.values()]
}

export function nameOf({ method, path }: Pick<Route, 'method' | 'path'>): string {
  return `${method} ${path}`
}

/** The path with its parameters filled; an id that is not given names nothing. */
export function pathOf(route: Route, params: Readonly<Record<string, string>> = {}): string {
  return route.path.replace(
    /:(\w+)(\{[^}]*\})?\??/g,
    (_all, name: string) => params[name] ?? NOBODYS,
  )
}

/** Sends a request as a page of this site would, and follows no redirect. */
export async function send(
  method: string,
  path: string,
  { cookie, headers, body }: { cookie?: string; headers?: HeadersInit; body?: BodyInit } = {},
): Promise<Response> {
  const sent = new Headers(headers)
  if (!headers && method !== 'GET') sent.set('Sec-Fetch-Site', 'same-origin')
  if (cookie) sent.set('Cookie', cookie)
  const init = { method, headers: sent, redirect: 'manual' as const, ...(body ? { body } : {}) }
  return exports.default.fetch(`${ORIGIN}${path}`, init)
}
