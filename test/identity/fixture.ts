/** A small application of identity's middleware and doors, at an hour of the test's choice. */
import { env } from 'cloudflare:workers'
import { sql } from 'drizzle-orm'
import { Hono } from 'hono'
import { insertCarriers } from '../../src/catalogue/client.ts'
import { carriers } from '../../src/catalogue/tables.ts'
import { actorMiddleware } from '../../src/identity/client.ts'
import type { CarrierOf } from '../../src/identity/client.ts'
import { door } from '../../src/identity/public.tsx'
import type { Account, Actor } from '../../src/kernel/actor.ts'
import type { App } from '../../src/platform/bindings.ts'
import { commit, dbOf } from '../../src/platform/db.ts'
import { sameSite } from '../../src/platform/guard.ts'
import { language } from '../../src/platform/language.ts'
import { identified } from '../../src/platform/request.ts'
import { PEOPLE } from '../support/cast.ts'

export const HERE = 'http://voucher.test'
export const ZHIJIAN = '01900000-0000-7000-8000-00000000c001'

const carrierOf: CarrierOf = (uscc) => sql<string | null>`(
  select ${carriers.id} from ${carriers} where ${carriers.uscc} = ${uscc})`

const app = new Hono<App>()
app.use(identified, async (c, next) => {
  c.set('now', Number(c.req.header('X-Now') ?? c.var.now))
  await next()
})
app.use(language, actorMiddleware({ carrierOf }), sameSite)
app.route('/', door)
app.get('/who', (c) => c.json({ account: c.var.account, actor: c.var.actor, csrf: c.var.csrf }))
app.get('/', (c) => c.text('home'))

export type Seen = { account: Account | null; actor: Actor | null; csrf: string }

/** One request at an instant (epoch ms), with a Cookie header. */
export async function ask(
  path: string,
  { cookie = '', now, ...init }: RequestInit & { cookie?: string; now?: number } = {},
  bindings: object = env,
): Promise<Response> {
  const headers = new Headers(init.headers)
  if (cookie) headers.set('Cookie', cookie)
  if (now !== undefined) headers.set('X-Now', String(now))
  return app.request(`${HERE}${path}`, { ...init, headers }, bindings)
}

/** Whom the middleware sees behind this cookie at this instant. */
export async function who(cookie: string, now?: number): Promise<Seen> {
  const answer = await ask('/who', { cookie, ...(now === undefined ? {} : { now }) })
  return answer.json()
}

/** Admits 浙江演示智能制造检测研究院 as a carrier. */
export async function admitZhijian(): Promise<void> {
  const { uscc, unit } = PEOPLE.wu
  const row = { id: ZHIJIAN, uscc, name: unit, county: '330106', address: '演示检测路 1 号' }
  const place = { lng: 120.1254, lat: 30.2617, contact: '吴检', phone: '0571-80000001' }
  const more = { legal_representative: '郑衡', intro: '', admitted_at: 1_700_000_000_000 }
  await commit(dbOf(env), [insertCarriers(dbOf(env), [{ ...row, ...place, ...more }])])
}
