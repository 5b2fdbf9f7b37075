/**
 * Who may reach which route: every one of them, as the app really mounts it. A new route is tested
 * here by being there; one with a parameter also needs its row in support/foreign.ts.
 */
import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import { carriers } from '../src/catalogue/tables.ts'
import type { Role } from '../src/kernel/actor.ts'
import { dbOf } from '../src/platform/db.ts'
import cast from './demo/cast.json'
import { listRoutes, nameOf, pathOf, send } from './support/routes.ts'
import type { Route } from './support/routes.ts'
import { accountOf, signInAs } from './support/sign-in.ts'
import type { SignedIn } from './support/sign-in.ts'

const ROUTES = listRoutes()
const STAFF = cast.bureaus.flatMap((bureau) => bureau.staff)
const people = {} as Record<Role, SignedIn>

beforeAll(async () => {
  const db = dbOf(env)
  const zhijian = { ...accountOf(env, 'wu'), id: '01890000-0000-7000-8000-00000000c001' }
  const seat = { county: '330106', address: '留和路 1 号', lng: 120.04, lat: 30.22 }
  await db.insert(carriers).values({
    ...seat,
    ...{ id: zhijian.id, uscc: zhijian.uscc ?? '', name: zhijian.unit ?? '', intro: '' },
    ...{ contact: zhijian.name, phone: zhijian.phone ?? '', admitted_at: 0 },
    legal_representative: zhijian.legalRepresentative ?? '',
  })
  people.enterprise = await signInAs(env, 'lin')
  people.carrier = await signInAs(env, 'wu')
  people.bureau = await signInAs(env, 'xihu-review')
})

/** The routes that ask for one of these roles. */
function routesOf(...roles: readonly string[]): Route[] {
  return ROUTES.filter(({ grant }) => grant && roles.includes(grant.role))
}

test('every route states role, scope and action before anything else', () => {
  expect(ROUTES.filter(({ grant }) => !grant).map(nameOf)).toEqual([])
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
  for (const role of ['enterprise', 'carrier', 'bureau'] as const) {
    for (const route of routesOf(role)) {
      for (const other of ['enterprise', 'carrier', 'bureau'] as const) {
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
