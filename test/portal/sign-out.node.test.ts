/** Leaving, coming back after a lost return, and a portal that is away: over HTTP, for real. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startInstance } from './instance.ts'
import type { Instance } from './instance.ts'
import { Visitor, formOf } from './visitor.ts'
import type { Page } from './visitor.ts'

let at: Instance

beforeAll(async () => {
  at = await startInstance()
}, 120_000)
afterAll(() => at?.stop())

const QIHANG = { account: 'qihang', password: 'Demo-2026' }
const UNIT = '杭州演示启航机器人有限公司'

const home = (visitor: Visitor) => visitor.open(`${at.origin}/`)
const person = (page: Page) => /class="person-name">([^<]*)</.exec(page.text)?.[1]

async function signIn(visitor: Visitor): Promise<Page> {
  return visitor.press(await visitor.open(`${at.origin}/login/legal`), '登录', QIHANG)
}

describe('signing out', () => {
  test('ends both sessions, ours in the store, and asks nothing', async () => {
    const fang = new Visitor()
    const page = await signIn(fang)
    const stolen = new Visitor()
    stolen.cookies = new Map(fang.cookies)
    const [before] = await at.rows('select count(*) as n from sessions')
    const out = await fang.press(page, '退出登录')
    expect(out.url.href).toBe(`${at.origin}/`)
    expect(fang.hops[1]).toContain(`${at.portal}/session/end?`)
    expect(person(out)).toBeUndefined()
    const [after] = await at.rows('select count(*) as n from sessions')
    expect(Number(before?.['n']) - Number(after?.['n'])).toBe(1)
    expect(person(await home(stolen))).toBeUndefined()
    const again = await fang.open(`${at.origin}/login/legal`)
    expect(again.url.href).toContain(`${at.portal}/login/`)
  })

  test('puts no phone number into an address', async () => {
    const fang = new Visitor()
    await fang.press(await signIn(fang), '退出登录')
    const hint = new URL(fang.hops[1] ?? '').searchParams.get('id_token_hint') ?? ''
    const told = Buffer.from(hint.split('.')[1] ?? '', 'base64url').toString()
    expect(told).toContain('91330106MA2DEM041C')
    expect(told).not.toContain('13900000004')
  })

  test('by a bare link to the portal is asked about first', async () => {
    const fang = new Visitor()
    await signIn(fang)
    const asked = await fang.open(`${at.portal}/session/end`)
    expect(asked.text).toContain('要退出政务服务网吗？')
    expect(person(await home(fang))).toBe(UNIT)
  })
})

describe('the session at the portal', () => {
  test('signs in at once, without a password', async () => {
    const fang = new Visitor()
    await signIn(fang)
    fang.cookies.delete('__Host-sid')
    expect(person(await fang.open(`${at.origin}/login/legal`))).toBe(UNIT)
  })

  test('is found after a lost return, when the site is opened again', async () => {
    const fang = new Visitor()
    const login = await fang.open(`${at.origin}/login/legal?return=/enterprise/quota`)
    await fang.openUntil(`${at.origin}/login/callback`, ...formOf(login, '登录', QIHANG))
    const page = await home(fang)
    expect([page.url.pathname, person(page)]).toEqual(['/', UNIT])
  })

  test('is not there for who only looked at the login page; that costs no error', async () => {
    const fang = new Visitor()
    const login = await fang.open(`${at.origin}/login/legal`)
    for (let opened = 0; opened < 5; opened += 1) {
      const page = await home(fang)
      expect([page.url.href, person(page)]).toEqual([`${at.origin}/`, undefined])
    }
    expect(fang.hops).toHaveLength(1)
    expect(person(await fang.press(login, '登录', QIHANG))).toBe(UNIT)
  })
})

test('registrants read the registry, and senders send, only with their token', async () => {
  const path = `${at.portal}/registry/enterprises/91330106MA2DEM017U`
  expect((await fetch(path)).status).toBe(401)
  const headers = { Authorization: `Bearer ${at.secrets.REGISTRY_TOKEN}` }
  const entry = await (await fetch(path, { headers })).json()
  expect(entry).toMatchObject({ legal_representative: '沈云舟', county: '330106', status: '存续' })
  const nobody = `${at.portal}/registry/enterprises/91330106MA2DEM0999`
  expect((await fetch(nobody, { headers })).status).toBe(404)
  const sms = (init: RequestInit) => fetch(`${at.portal}/sms`, { method: 'POST', ...init })
  const body = JSON.stringify({ phone: '13900000001', text: '您好' })
  expect((await sms({ body })).status).toBe(401)
  const bearer = { Authorization: `Bearer ${at.secrets.SMS_TOKEN}` }
  expect((await sms({ body, headers: bearer })).status).toBe(202)
  expect((await sms({ body: '{"phone":"1"}', headers: bearer })).status).toBe(400)
})

test('a portal that is away is no trap, and one that restarted still signs out', async () => {
  const fang = new Visitor()
  const page = await signIn(fang)
  const waiting = new Visitor()
  await waiting.open(`${at.origin}/login/legal`)
  await at.stopPortal()
  expect(person(await home(waiting))).toBeUndefined()
  expect(waiting.hops.at(-1)).toBe(`${at.origin}/`)
  await at.startPortal()
  const out = await fang.press(page, '退出登录')
  expect([out.url.href, person(out)]).toEqual([`${at.origin}/`, undefined])
})
