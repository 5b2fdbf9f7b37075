/**
 * 林知远 of 西湖区 and 周予安 of 海曙区 with quota to spend, 吴检 of 智能制造检测研究院 and 孙可 of
 * 电子可靠性实验室; bookings through the form as a browser sends it.
 */
import { env } from 'cloudflare:workers'
import { DAY_MS, dayOf } from '../../src/kernel/clock.ts'
import { newId } from '../../src/kernel/id.ts'
import { auditEntry } from '../../src/audit/client.ts'
import { announceBooking } from '../../src/booking/client.ts'
import type { Using } from '../../src/booking/client.ts'
import { dayAfter } from '../../src/booking/hour-rules.ts'
import { findBooking } from '../../src/booking/store.ts'
import type { BookingRecord } from '../../src/booking/store.ts'
import { commit, dbOf } from '../../src/platform/db.ts'
import { namedId } from '../../src/kernel/id.ts'
import { carrierIdOf, seedCast, serviceIdOf } from '../demo/seed-catalogue.ts'
import { claim } from '../demo/seed-vouchers.ts'
import { openCounties } from '../quota/fixture.ts'
import { send } from '../support/routes.ts'
import { signInAs } from '../support/sign-in.ts'
import type { SignedIn } from '../support/sign-in.ts'

export { announceBooking }
export const NOW = Date.now()
export const TODAY = dayOf(NOW)
export const ZHIJIAN = carrierIdOf('zhijian')
export const KEKAO = carrierIdOf('kekao')
export const SERVICE = serviceIdOf('zhijian', '演示电磁兼容检测')
export const CHAMBER = namedId('demo:instrument:zhijian:演示十米法电波暗室')

export type People = Record<'lin' | 'zhou' | 'fang' | 'wu' | 'sun', SignedIn>

export async function setUp(): Promise<People> {
  const db = dbOf(env)
  await openCounties()
  await commit(db, seedCast(db, NOW - 30 * DAY_MS))
  await claim(env, 'yunshan', 5_000_000, NOW - 1000)
  await claim(env, 'weiguang', 5_000_000, NOW - 1000)
  return {
    lin: await signInAs(env, 'lin'),
    zhou: await signInAs(env, 'zhou'),
    fang: await signInAs(env, 'fang'),
    wu: await signInAs(env, 'wu'),
    sun: await signInAs(env, 'sun'),
  }
}

let asked = 0

/** An open day that no other booking of this file has asked for: a Wednesday in some week. */
export function nextDay(): string {
  asked += 1
  const first = dayAfter(TODAY, 7)
  const weekday = new Date(`${first}T00:00:00.000Z`).getUTCDay()
  return dayAfter(first, ((3 - weekday + 7) % 7) + 7 * (asked % 45))
}

export function fieldsOf(typed: Readonly<Record<string, string>> = {}): Record<string, string> {
  return {
    key: newId(),
    carrier: ZHIJIAN,
    item: `service:${SERVICE}`,
    fixed: '1',
    day: nextDay(),
    contact: '林知远',
    phone: '13900000001',
    need: '样机两台，按企业标准试验',
    ...typed,
  }
}

type Fields = Readonly<Record<string, string | readonly string[]>>

export async function press(who: SignedIn, path: string, fields: Fields = {}): Promise<Response> {
  const body = new URLSearchParams()
  for (const [name, value] of Object.entries(fields))
    for (const one of [value].flat()) body.append(name, one)
  return send('POST', path, { cookie: who.cookie, body })
}

/** Books through the form and answers the booking. */
export async function book(
  who: SignedIn,
  typed: Readonly<Record<string, string>> = {},
): Promise<BookingRecord> {
  const fields = fieldsOf(typed)
  const answer = await press(who, '/enterprise/bookings/new', fields)
  if (answer.status !== 303) throw new Error(`${answer.status} ${mainOf(await answer.text())}`)
  return read(fields['key'] ?? '')
}

type Agent = Pick<SignedIn, 'enterprise' | 'account'>

/** A booking taken for a voucher, or given back, by an agent of an enterprise. */
export function usingOf(who: Agent, booking: string, voucher: string, at = NOW): Using {
  const { enterprise, account } = who
  const actor = { role: 'enterprise', enterprise, account, name: '林知远' } as const
  const audit: Using['audit'] = (action, subject, more) =>
    auditEntry(dbOf(env), { at, actor, action, subject, ...more })
  return { booking, voucher, at, actor, audit }
}

export async function read(id: string): Promise<BookingRecord> {
  const found = await findBooking(dbOf(env), id, Date.now())
  if (!found) throw new Error(`no booking ${id}`)
  return found
}

/** What a page says in its main part, without marks. */
export function mainOf(html: string): string {
  const main = /<main[^>]*>([\s\S]*)<\/main>/.exec(html)?.[1] ?? html
  return main.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')
}
