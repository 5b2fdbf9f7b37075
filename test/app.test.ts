/** The Worker as a whole, through its own fetch: headers, foreign forms, pages of failure. */
import { createExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import { app } from '../src/app.tsx'
import { newId } from '../src/kernel/id.ts'
import { ORIGIN, send } from './support/routes.ts'
import { signInAs } from './support/sign-in.ts'
import type { SignedIn } from './support/sign-in.ts'

let lin: SignedIn

beforeAll(async () => {
  lin = await signInAs(env, 'lin')
})

test('the health check answers', async () => {
  const answer = await send('GET', '/healthz')
  expect([answer.status, await answer.text()]).toEqual([200, 'ok'])
})

describe('a form', () => {
  const form = (csrf: string) => new URLSearchParams({ csrf })
  const cases: [from: string, headers: Record<string, string>, csrf: 'right' | 'wrong', number][] =
    [
      ['a page of this site', { 'Sec-Fetch-Site': 'same-origin' }, 'wrong', 303],
      ['another site', { 'Sec-Fetch-Site': 'cross-site' }, 'right', 403],
      ['a sister host', { 'Sec-Fetch-Site': 'same-site' }, 'right', 403],
      ['an address typed by hand', { 'Sec-Fetch-Site': 'none' }, 'right', 403],
      [
        'another site that claims our origin',
        { 'Sec-Fetch-Site': 'cross-site', Origin: ORIGIN },
        'right',
        403,
      ],
      ['an older browser on this site', { Origin: ORIGIN }, 'wrong', 303],
      ['an older browser elsewhere', { Origin: 'http://elsewhere.test' }, 'right', 403],
      ['a sandboxed frame', { Origin: 'null' }, 'right', 403],
      ['a browser that says nothing, with the token', {}, 'right', 303],
      ['a browser that says nothing, without it', {}, 'wrong', 403],
    ]
  test.each(cases)('from %s', async (_from, headers, csrf, status) => {
    const chen = await signInAs(env, 'chen')
    const body = form(csrf === 'right' ? chen.csrf : 'guessed')
    const answer = await send('POST', '/logout', { cookie: chen.cookie, headers, body })
    expect(answer.status).toBe(status)
  })
})

describe('security headers stand on', () => {
  const broken = { ...env, DB: undefined as unknown as D1Database }
  const cases: [status: number, ask: () => Response | Promise<Response>][] = [
    [200, () => send('GET', '/healthz')],
    [303, () => send('GET', '/enterprise/quota')],
    [401, () => send('POST', '/enterprise/quota/claim')],
    [403, () => send('POST', '/logout', { headers: { 'Sec-Fetch-Site': 'cross-site' } })],
    [404, () => send('GET', '/nowhere')],
    [413, () => send('POST', '/logout', tooLarge())],
    [422, () => send('POST', '/enterprise/quota/claim', { ...lin, body: emptyClaim() })],
    [500, () => app.request('/', { headers: { Cookie: lin.cookie } }, broken, context())],
  ]
  test.each(cases)('%i', async (status, ask) => {
    const { status: answered, headers } = await ask()
    expect(answered).toBe(status)
    const policy = headers.get('Content-Security-Policy') ?? ''
    expect(policy).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self';/)
    expect(policy).not.toContain('unsafe')
    expect(policy).toContain("frame-ancestors 'none'")
    expect(headers.get('Referrer-Policy')).toBe('strict-origin-when-cross-origin')
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff')
    expect(headers.get('Strict-Transport-Security')).toMatch(/^max-age=63072000/)
    expect(headers.get('X-Request-Id')).toMatch(/^[0-9a-f-]{36}$/)
    expect(headers.get('Cache-Control') ?? 'no-store').toMatch(/no-store|no-cache/)
  })
})

function context(): ExecutionContext {
  return createExecutionContext()
}

function emptyClaim(): URLSearchParams {
  return new URLSearchParams({ key: newId(), region: '330106', amount: '' })
}

function tooLarge(): { headers: HeadersInit; body: BodyInit } {
  const headers = { 'Sec-Fetch-Site': 'same-origin', 'Content-Type': 'text/plain' }
  return { headers, body: new Uint8Array(64 * 1024 * 1024 + 1) }
}

test('a page that failed speaks the language of its reader', async () => {
  const zh = await (await send('GET', '/nowhere')).text()
  const en = await (await send('GET', '/nowhere?lang=en')).text()
  expect(zh).toContain('<h1 class="govuk-heading-l">找不到页面</h1>')
  expect(en).toContain('<h1 class="govuk-heading-l">Page not found</h1>')
})

test('a session that ended leads back to the page whose form was sent', async () => {
  const headers = { 'Sec-Fetch-Site': 'same-origin', Referer: `${ORIGIN}/enterprise/quota?page=2` }
  const answer = await send('POST', '/enterprise/quota/claim', { headers })
  expect(answer.status).toBe(401)
  expect(await answer.text()).toContain(
    'href="/login/legal?return=%2Fenterprise%2Fquota%3Fpage%3D2"',
  )
})

test('a session that ended loses nothing that was typed, and sends nothing by itself', async () => {
  const body = new URLSearchParams({ key: newId(), amount: '"><b>12000' })
  const answer = await send('POST', '/enterprise/quota/claim', { body })
  const html = await answer.text()
  expect([answer.status, answer.headers.get('Cache-Control')]).toEqual([401, 'no-store'])
  expect(html).toContain('action="/enterprise/quota/claim"')
  expect(html).toContain('name="amount" value="&quot;&gt;&lt;b&gt;12000"')
  expect(html).toMatch(/<button[^>]*>再次提交<\/button>/)
})

test('a page that broke names its reference and nothing of the error', async () => {
  const broken = { ...env, DB: undefined as unknown as D1Database }
  const answer = await app.request('/', { headers: { Cookie: lin.cookie } }, broken, context())
  const text = await answer.text()
  expect(text).toContain(answer.headers.get('X-Request-Id'))
  expect(text).not.toMatch(/undefined|TypeError|stack/)
})
