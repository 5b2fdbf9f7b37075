/**
 * Who may reach which route: every one of them, as the app really mounts it. A new route is tested
 * here by being there; one with a parameter also needs its row in support/foreign.ts.
 */
import { env } from 'cloudflare:workers'
import { Hono } from 'hono'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Role } from '../src/kernel/actor.ts'
import { allow } from '../src/platform/guard.ts'
import type { App } from '../src/platform/bindings.ts'
import cast from './demo/cast.json'
import { seedDemo } from './demo/seed.ts'
import { foreignRows, personOf, rowFor } from './support/foreign.ts'
import { listRoutes, nameOf, pathOf, send } from './support/routes.ts'
import type { Route } from './support/routes.ts'
import { signInAs } from './support/sign-in.ts'
import type { SignedIn } from './support/sign-in.ts'

const ROUTES = listRoutes()
const STAFF = cast.bureaus.flatMap((bureau) => bureau.staff)
const ROLES = ['enterprise', 'carrier', 'bureau'] as const
const people = {} as Record<Role, SignedIn>
const ONE_OF = { enterprise: 'lin', carrier: 'wu', bureau: 'xihu-review' } as const

beforeAll(async () => {
  await seedDemo(env, Date.now())
  for (const role of ROLES) people[role] = await signInAs(env, ONE_OF[role])
})

/** The routes that ask for one of these roles. */
function routesOf(...roles: readonly string[]): Route[] {
  return ROUTES.filter(({ grant }) => grant && roles.includes(grant.role))
}

/** 404; a live row answers 204 for whatever is not in its reader's list, and is taken out. */
function isHidden({ path }: Route, status: number): boolean {
  return status === 404 || (status === 204 && /\/rows?(\/|$)/.test(path))
}

test('every route states role, scope and action before anything else', () => {
  expect(ROUTES.filter(({ grant }) => !grant).map(nameOf)).toEqual([])
})

test('a route that states nothing, or states it too late, is found', () => {
  const open = allow({ role: 'public', scope: 'any', action: 'planted.read' })
  const planted = new Hono<App>()
  planted.get('/bare', (c) => c.text('bare'))
  planted.get('/late', (_c, next) => next(), open)
  planted.get('/fine', open, (c) => c.text('fine'))
  const mounted = new Hono<App>().route('/enterprise', planted)
  const bare = listRoutes(mounted).filter(({ grant }) => !grant)
  expect(bare.map(nameOf)).toEqual(['GET /enterprise/bare', 'GET /enterprise/late'])
})

test('a route lies under the prefix of its role', () => {
  const strays = routesOf('enterprise', 'carrier', 'bureau').filter(
    ({ path, grant }) => !`${path}/`.startsWith(`/${grant?.role}/`),
  )
  expect(strays.map(nameOf)).toEqual([])
})

test('a stranger is sent to the right sign-in and comes back to the page asked for', async () => {
  const wrong: string[] = []
  for (const route of routesOf('enterprise', 'carrier', 'bureau', 'member')) {
    const path = `${pathOf(route)}?page=2`
    const answer = await send(route.method, path)
    const kind = route.grant?.role === 'bureau' ? 'staff' : 'legal'
    const there = `/login/${kind}?return=${encodeURIComponent(path)}`
    const fine =
      route.method === 'GET'
        ? answer.status === 303 && answer.headers.get('Location') === there
        : answer.status === 401
    if (!fine) wrong.push(`${nameOf(route)}: ${answer.status} ${answer.headers.get('Location')}`)
  }
  expect(wrong).toEqual([])
})

test('every other role is refused with 403', async () => {
  const wrong: string[] = []
  for (const role of ROLES) {
    for (const route of routesOf(role)) {
      for (const other of ROLES) {
        if (other === role) continue
        const { status } = await send(route.method, pathOf(route), people[other])
        if (status !== 403) wrong.push(`${nameOf(route)} as ${other}: ${status}`)
      }
    }
  }
  expect(wrong).toEqual([])
})

test('staff without one of the roles a route asks for are refused with 403', async () => {
  const wrong: string[] = []
  for (const route of routesOf('bureau')) {
    const asked: readonly string[] | undefined = route.grant?.staff
    const others = STAFF.filter(({ roles }) => asked && !roles.some((role) => asked.includes(role)))
    for (const { account } of others.slice(0, 3)) {
      const { status } = await send(route.method, pathOf(route), await signInAs(env, account))
      if (status !== 403) wrong.push(`${nameOf(route)} as ${account}: ${status}`)
    }
  }
  expect(wrong).toEqual([])
})

test('no route takes a form from another site', async () => {
  const wrong: string[] = []
  for (const route of ROUTES.filter(({ method }) => method !== 'GET')) {
    const role = route.grant?.role
    const cookie = role && role in people ? people[role as Role].cookie : people.enterprise.cookie
    const headers = { 'Sec-Fetch-Site': 'cross-site', Origin: 'http://elsewhere.test' }
    const { status } = await send(route.method, pathOf(route), { cookie, headers })
    if (status !== 403) wrong.push(`${nameOf(route)}: ${status}`)
  }
  expect(wrong).toEqual([])
})

describe('a route that names an object', () => {
  /** GET before POST: what an owner changes must not be what the next route looks for. */
  const NAMING = ROUTES.filter(({ path }) => path.includes(':')).sort((one, other) =>
    one.method.localeCompare(other.method),
  )

  test('answers 404 for an id that names nothing, and for what is no id', async () => {
    const wrong: string[] = []
    for (const route of NAMING) {
      const names = [...route.path.matchAll(/:(\w+)/g)].map(([, name]) => name)
      const odd = Object.fromEntries(names.map((name) => [name, '%27']))
      for (const params of [{}, odd]) {
        const { status } = await sendAs('stranger', route, params)
        if (!isHidden(route, status))
          wrong.push(`${nameOf(route)} ${pathOf(route, params)}: ${status}`)
      }
    }
    expect(wrong).toEqual([])
  })

  test('shows it to its owner and answers 404 to everybody else of the same role', async () => {
    const wrong: string[] = []
    const rows = await foreignRows(env)
    for (const route of NAMING.filter(({ grant }) => grant && grant.role in people)) {
      const row = rowFor(rows, route.path)
      if (row === undefined) wrong.push(`${nameOf(route)} has no row in support/foreign.ts`)
      if (!row) continue
      const stranger = await sendAs('stranger', route, row.params, row.stranger)
      const owner = await sendAs('owner', route, row.params, row.owner)
      if (!isHidden(route, stranger.status))
        wrong.push(`${nameOf(route)} for another: ${stranger.status}`)
      if (owner.status === 404) wrong.push(`${nameOf(route)} for its owner: 404`)
    }
    expect(wrong).toEqual([])
  })
})

/** Sends as somebody of this side who plays the role of the route. */
async function sendAs(
  side: 'owner' | 'stranger',
  route: Route,
  params: Readonly<Record<string, string>>,
  who = route.grant && personOf(side, route.grant),
): Promise<Response> {
  return send(route.method, pathOf(route, params), await signInAs(env, who ?? 'lin'))
}
