/** The doors when the portal is out of reach or a return belongs to nobody. */
import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import { safeReturn } from '../../src/platform/guard.ts'
import { opened, sealed } from '../../src/platform/token.ts'
import { signInAs } from '../support/sign-in.ts'
import { ask } from './fixture.ts'

/** Nobody listens there. */
const away = { ...env, OIDC_ISSUER: 'http://127.0.0.1:9' }

describe('a portal out of reach', () => {
  test('is told as such, with a way to try again that keeps the page asked for', async () => {
    const answer = await ask('/login/legal?return=/enterprise/quota', {}, away)
    expect(answer.status).toBe(503)
    const text = await answer.text()
    expect(text).toContain('暂时无法连接政务服务网')
    expect(text).toContain('/login/legal?return=%2Fenterprise%2Fquota')
  })

  test('is not spoken to in the clear beyond this machine', async () => {
    const far = { ...env, OIDC_ISSUER: 'http://portal.example' }
    expect((await ask('/login/staff', {}, far)).status).toBe(503)
  })

  test('keeps nobody from signing out here', async () => {
    const { cookie } = await signInAs(env, 'lin')
    const headers = { 'Sec-Fetch-Site': 'same-origin' }
    const answer = await ask('/logout', { method: 'POST', cookie, headers }, away)
    expect([answer.status, answer.headers.get('Location')]).toEqual([303, '/'])
  })
})

describe('a return that this browser did not begin', () => {
  test.each([
    ['with nothing', ''],
    ['with a code of somebody else', '?code=stolen&state=unknown'],
    ['with an error', '?error=server_error&state=unknown'],
  ])('%s makes no session and says what to do', async (_how, search) => {
    const answer = await ask(`/login/callback${search}`)
    expect(answer.status).toBe(400)
    expect(answer.headers.get('Set-Cookie')).toBeNull()
    const text = await answer.text()
    expect(text).toContain('<title>错误：这次登录已失效')
    expect(text).toContain('重新登录')
  })

  test('is in English for an English reader', async () => {
    const answer = await ask('/login/callback', { cookie: 'lang=en' })
    expect(await answer.text()).toContain('This sign-in has expired')
  })

  test('with a forged memory of a sign-in is worth no more', async () => {
    const forged = Buffer.from('{"state":"mine-0123"}').toString('base64url')
    const cookie = `__Host-login-mine-012=${forged}`
    expect((await ask('/login/callback?state=mine-0123&code=x', { cookie })).status).toBe(400)
  })

  test('leads somebody who is signed in already to the home page', async () => {
    const { cookie } = await signInAs(env, 'lin')
    const answer = await ask('/login/callback?code=again&state=used', { cookie })
    expect([answer.status, answer.headers.get('Location')]).toEqual([303, '/'])
  })
})

describe('whoever is signed in already', () => {
  test('goes straight to the page asked for, without the portal', async () => {
    const { cookie } = await signInAs(env, 'lin')
    const answer = await ask('/login/legal?return=/enterprise/quota', { cookie }, away)
    expect(answer.headers.get('Location')).toBe('/enterprise/quota')
  })

  test.each([
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    '/\tevil',
    'javascript:alert(1)',
    '/login/legal',
    '',
  ])('never to %s', async (target) => {
    const { cookie } = await signInAs(env, 'lin')
    const path = `/login/legal?return=${encodeURIComponent(target)}`
    expect((await ask(path, { cookie }, away)).headers.get('Location')).toBe('/')
    expect(safeReturn(target)).toBe('/')
  })
})

test('what is sealed opens under the same key and purpose only, and unaltered', () => {
  const text = sealed('a key', 'phone', '13900000001')
  expect(opened('a key', 'phone', text)).toBe('13900000001')
  expect(sealed('a key', 'phone', '13900000001')).not.toBe(text)
  expect(opened('a key', 'token', text)).toBeUndefined()
  expect(opened('another key', 'phone', text)).toBeUndefined()
  const first = text.startsWith('A') ? 'B' : 'A'
  expect(opened('a key', 'phone', first + text.slice(1))).toBeUndefined()
  expect(opened('a key', 'phone', 'short')).toBeUndefined()
})
