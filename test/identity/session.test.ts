/** Sessions: how long they live, that they end on the server, and what they cost. */
import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { describe, expect, test, vi } from 'vitest'
import { clearSessions } from '../../src/identity/nightly.ts'
import { SESSION_IDLE_MS, SESSION_MS, SESSION_TOUCH_MS } from '../../src/identity/rules.ts'
import { accounts, sessions } from '../../src/identity/tables.ts'
import { auditEntries } from '../../src/audit/tables.ts'
import { dbOf } from '../../src/platform/db.ts'
import { SESSION_COOKIE } from '../../src/platform/session.ts'
import { hashOf } from '../../src/platform/token.ts'
import { signInAs } from '../support/sign-in.ts'
import { ask, who } from './fixture.ts'

const NOON = Date.UTC(2026, 10, 24, 4)
const db = dbOf(env)

async function rowOf(cookie: string) {
  const hash = hashOf(cookie.slice(SESSION_COOKIE.length + 1))
  const [row] = await db.select().from(sessions).where(eq(sessions.hash, hash))
  return row
}

describe('a session ends by itself', () => {
  test('after thirty minutes in which nobody used it', async () => {
    const { cookie } = await signInAs(env, 'lin', NOON)
    expect((await who(cookie, NOON + SESSION_IDLE_MS - 1)).account?.name).toBe('林知远')
    const { cookie: other } = await signInAs(env, 'lin', NOON)
    expect((await who(other, NOON + SESSION_IDLE_MS)).account).toBeNull()
  })

  test.each([
    ['lin', SESSION_MS.legal, 12],
    ['xihu-review', SESSION_MS.staff, 8],
  ])('%s: however busy, after its hours', async (name, life, hours) => {
    expect(life).toBe(hours * 3_600_000)
    const { cookie } = await signInAs(env, name, NOON)
    for (let at = NOON; at < NOON + life; at += SESSION_IDLE_MS / 2) {
      expect((await who(cookie, at)).account).not.toBeNull()
    }
    expect((await who(cookie, NOON + life - 1)).account).not.toBeNull()
    expect((await who(cookie, NOON + life)).account).toBeNull()
  })

  test('and the browser is told to forget its cookie', async () => {
    const { cookie } = await signInAs(env, 'lin', NOON)
    const answer = await ask('/who', { cookie, now: NOON + SESSION_MS.legal })
    expect(answer.headers.get('Set-Cookie')).toMatch(/^__Host-sid=; Max-Age=0; Path=\/;.*Secure/)
  })

  test('and the nightly run clears it away, but nothing that lives', async () => {
    const { cookie: old } = await signInAs(env, 'lin', NOON - SESSION_MS.legal - 1)
    const { cookie: idle } = await signInAs(env, 'zhou', NOON - SESSION_IDLE_MS - 1)
    const { cookie: live } = await signInAs(env, 'fang', NOON)
    expect(await clearSessions(env, NOON)).toBeGreaterThanOrEqual(2)
    expect(await clearSessions(env, NOON)).toBe(0)
    expect([await rowOf(old), await rowOf(idle)]).toEqual([undefined, undefined])
    expect(await rowOf(live)).toBeDefined()
  })
})

describe('what a session costs', () => {
  test('nothing without a cookie, and one query with one', async () => {
    const nothing = { ...env, DB: undefined }
    expect(await (await ask('/who', {}, nothing)).json()).toMatchObject({ account: null })
    const { cookie } = await signInAs(env, 'lin', NOON)
    await who(cookie, NOON)
    const prepare = vi.spyOn(env.DB, 'prepare')
    expect((await who(cookie, NOON)).actor?.role).toBe('enterprise')
    expect(prepare).toHaveBeenCalledTimes(1)
    prepare.mockRestore()
  })

  test('its use is written down at most once a minute', async () => {
    const { cookie } = await signInAs(env, 'lin', NOON)
    await who(cookie, NOON + SESSION_TOUCH_MS - 1)
    expect((await rowOf(cookie))?.seen_at).toBe(NOON)
    await who(cookie, NOON + SESSION_TOUCH_MS)
    expect((await rowOf(cookie))?.seen_at).toBe(NOON + SESSION_TOUCH_MS)
  })
})

describe('signing out', () => {
  test('ends the session on the server: its cookie is worth nothing afterwards', async () => {
    const { cookie } = await signInAs(env, 'lin', NOON)
    const headers = { 'Sec-Fetch-Site': 'same-origin' }
    const answer = await ask('/logout', { method: 'POST', cookie, now: NOON, headers })
    expect(answer.status).toBe(303)
    expect(answer.headers.get('Set-Cookie')).toContain('__Host-sid=; Max-Age=0')
    expect((await who(cookie, NOON)).account).toBeNull()
    const [last] = await db
      .select()
      .from(auditEntries)
      .where(eq(auditEntries.action, 'session.end'))
    expect(last).toMatchObject({ name: '林知远', at: NOON })
  })

  test('leaves the sessions of other browsers alone', async () => {
    const [desk, phone] = [await signInAs(env, 'lin', NOON), await signInAs(env, 'lin', NOON)]
    const form = new URLSearchParams({ csrf: desk.csrf })
    await ask('/logout', { method: 'POST', cookie: desk.cookie, now: NOON, body: form })
    expect((await who(desk.cookie, NOON)).account).toBeNull()
    expect((await who(phone.cookie, NOON)).account?.name).toBe('林知远')
  })

  test('another site, or a wrong token, cannot do it', async () => {
    const { cookie } = await signInAs(env, 'lin', NOON)
    const { csrf } = await signInAs(env, 'zhou', NOON)
    const tries: RequestInit[] = [
      { headers: { 'Sec-Fetch-Site': 'cross-site' } },
      { headers: { Origin: 'https://evil.example' } },
      { body: new URLSearchParams({ csrf }) },
    ]
    for (const one of tries) {
      const answer = await ask('/logout', { method: 'POST', cookie, now: NOON, ...one })
      expect(answer.status).toBe(403)
    }
    expect((await who(cookie, NOON)).account).not.toBeNull()
  })

  test('without a session leads to the home page', async () => {
    const headers = { 'Sec-Fetch-Site': 'same-origin' }
    const answer = await ask('/logout', { method: 'POST', headers })
    expect([answer.status, answer.headers.get('Location')]).toEqual([303, '/'])
  })
})

test('neither a token nor a phone number can be read from the store', async () => {
  const { cookie, account } = await signInAs(env, 'lin', NOON)
  const token = cookie.slice(SESSION_COOKIE.length + 1)
  expect(Buffer.from(token, 'base64url')).toHaveLength(32)
  const stored = JSON.stringify([
    await db.select().from(sessions),
    await db.select().from(accounts),
  ])
  expect(stored).not.toContain(token)
  expect(stored).not.toContain('13900000001')
  expect((await who(cookie, NOON)).account).toMatchObject({ id: account, phone: '13900000001' })
})
