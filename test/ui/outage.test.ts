/** 周予安 sends forms while D1 is out of reach: 503 in words, and what was typed is sent again. */
import { createExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import { app } from '../../src/app.tsx'
import { yearOf } from '../../src/kernel/clock.ts'
import { readBook } from '../../src/ledger/client.ts'
import { illDb } from '../fault/d1.ts'
import type { Illness } from '../fault/d1.ts'
import { ORIGIN } from '../support/routes.ts'
import { NOW, contractPdf, findVoucher, mainOf, setUp } from '../voucher/fixture.ts'
import { useFields } from '../voucher/fixture.ts'
import type { People } from '../voucher/fixture.ts'

let people: People
beforeAll(async () => {
  people = await setUp()
})

/** Where 微光 is registered. */
const HAISHU = '330203'

type Sent = { body?: BodyInit; cookie?: string; headers?: Record<string, string> }

/** Asks the app while D1 is as ill as that, from the request `after` on. */
async function ask(method: string, path: string, { body, cookie, headers }: Sent, after = 0) {
  let requests = 0
  const illness = (): Illness => ((requests += 1) > after ? 'before' : 'none')
  const sent = new Headers(headers ?? { 'Sec-Fetch-Site': 'same-origin' })
  sent.set('Cookie', cookie ?? people.zhou.cookie)
  const bytes = body && (await new Response(body).arrayBuffer())
  const type = body && new Response(body).headers.get('Content-Type')
  if (body instanceof URLSearchParams) sent.set('Content-Type', type ?? '')
  if (bytes) sent.set('Content-Length', String(bytes.byteLength))
  const init = { method, headers: sent, ...(bytes ? { body: bytes } : {}) }
  const ill = { ...env, DB: illDb(env.DB, illness) }
  const answer = await app.request(`${ORIGIN}${path}`, init, ill, createExecutionContext())
  return { status: answer.status, headers: answer.headers, html: await answer.text() }
}

/** The fields of the page's form as a browser would send them, unescaped. */
function fieldsOf(html: string): [string, string][] {
  const main = /<main[^>]*>([\s\S]*)<\/main>/.exec(html)?.[1] ?? ''
  const plain = (text = '') =>
    text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>')
  return [...main.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(
    ([, name, value]) => [plain(name), plain(value).replaceAll('&amp;', '&')],
  )
}

describe('a page that needs D1', () => {
  test('answers 503 in Chinese and in English, and leads to itself', async () => {
    const zh = await ask('GET', '/enterprise/vouchers?state=confirmed', {})
    expect([zh.status, zh.headers.get('Retry-After')]).toEqual([503, '5'])
    expect(mainOf(zh.html)).toContain('服务暂时不可用 请稍后再试')
    expect(mainOf(zh.html)).toContain('您的登录没有失效')
    expect(zh.html).toContain('href="/enterprise/vouchers?state=confirmed"')
    const en = await ask('GET', '/?lang=en', { cookie: '' })
    expect(en.status).toBe(503)
    expect(mainOf(en.html)).toContain('Temporarily unavailable')
    expect(mainOf(en.html)).not.toContain('still signed in')
  })
})

test('a ledger out of reach is an outage as well', async () => {
  const away = () => Promise.reject(Object.assign(new Error('busy'), { overloaded: true }))
  const LEDGER = { getByName: () => ({ read: away, readBook: away, command: away, claim: away }) }
  const ill = { ...env, LEDGER: LEDGER as unknown as DurableObjectNamespace }
  const headers = { Cookie: people.zhou.cookie, 'Sec-Fetch-Site': 'same-origin' }
  const read = await app.request(
    `${ORIGIN}/enterprise/vouchers`,
    { headers },
    ill,
    createExecutionContext(),
  )
  expect([read.status, read.headers.get('Retry-After')]).toEqual([503, '5'])
  const body = new URLSearchParams({
    key: useFields()['key'] ?? '',
    region: HAISHU,
    amount: '7.77',
  })
  const sent = await app.request(
    `${ORIGIN}/enterprise/quota/claim`,
    { method: 'POST', headers: { ...headers, 'Content-Length': '90' }, body },
    ill,
    createExecutionContext(),
  )
  expect(sent.status).toBe(503)
  expect(await sent.text()).toContain('value="7.77"')
})

describe('a claim', () => {
  const path = '/enterprise/quota/claim'
  const typed = (amount: string) => {
    const key = useFields()['key'] ?? ''
    return new URLSearchParams({ key, region: HAISHU, amount, year: String(yearOf(NOW)) })
  }
  const available = async () =>
    (await readBook(env, people.zhou.enterprise, HAISHU, NOW)).accounts.available

  test.each([0, 1, 2, 3])('that D1 fails at request %i is kept and granted once', async (after) => {
    const before = await available()
    const { status, headers, html } = await ask('POST', path, { body: typed('1.00') }, after)
    if (status === 303) return
    expect([status, headers.get('Cache-Control')]).toEqual([503, 'no-store'])
    expect(mainOf(html)).toContain('您填写的内容没有丢失')
    const again = new URLSearchParams(fieldsOf(html))
    expect(Object.fromEntries(again)).toMatchObject({ amount: '1.00', region: HAISHU })
    expect(again.get('csrf')).toBe(people.zhou.csrf)
    const well = await ask('POST', path, { body: again }, Infinity)
    expect(well.status).toBe(303)
    const repeated = await ask('POST', path, { body: again }, Infinity)
    expect(repeated.headers.get('Location')).toBe(well.headers.get('Location'))
    expect(await available()).toBe(before + 100)
  })

  test('is kept to the letter, and nothing of it is taken for marks', async () => {
    const nasty = '"><script>alert(1)</script>&amp;\r\n第二行'
    const body = typed(nasty)
    body.append('many', 'one')
    body.append('many', 'two')
    const { html } = await ask('POST', path, { body })
    expect(html).not.toContain('<script>alert')
    const kept = fieldsOf(html)
    expect(kept).toContainEqual(['amount', nasty])
    expect(kept.filter(([name]) => name === 'many').map(([, value]) => value)).toEqual([
      'one',
      'two',
    ])
  })

  test('that another site sends is not repeated by our page', async () => {
    const headers = { 'Sec-Fetch-Site': 'cross-site' }
    const { status, html } = await ask('POST', path, { body: typed('1.00'), headers })
    expect(status).toBe(503)
    expect(fieldsOf(html)).toEqual([])
    expect(mainOf(html)).toContain('这次提交的内容没有保留')
  })

  test('from a browser that names no site is kept where it brings the token', async () => {
    const body = typed('1.00')
    const headers = { Accept: 'text/html' }
    expect(fieldsOf((await ask('POST', path, { body, headers })).html)).toEqual([])
    body.set('csrf', people.zhou.csrf)
    const { html } = await ask('POST', path, { body, headers })
    expect(fieldsOf(html)).toContainEqual(['amount', '1.00'])
  })

  test('of more than a page holds is not kept, and the page says so', async () => {
    const { status, html } = await ask('POST', path, { body: typed('9'.repeat(300_000)) })
    expect(status).toBe(503)
    expect(fieldsOf(html)).toEqual([])
    expect(mainOf(html)).toContain('没有保留')
  })
})

test('the form of a use is kept but for its files, which the page names', async () => {
  const fields = useFields()
  const body = new FormData()
  for (const [name, value] of Object.entries(fields)) body.append(name, value)
  body.append('paper_contract', contractPdf())
  const ill = await askMultipart(body)
  expect(ill.status).toBe(503)
  expect(mainOf(ill.html)).toContain('文件不能保留，再次提交后请重新选择：服务合同.pdf')
  expect(ill.html).toContain('enctype="multipart/form-data"')
  expect(Object.fromEntries(fieldsOf(ill.html))).toMatchObject(fields)
  expect(await findVoucher(fields['key'] ?? '')).toBeUndefined()
})

async function askMultipart(form: FormData) {
  const whole = new Response(form)
  const headers = {
    'Sec-Fetch-Site': 'same-origin',
    'Content-Type': whole.headers.get('Content-Type') ?? '',
  }
  return ask('POST', '/enterprise/use', { body: await whole.arrayBuffer(), headers })
}
