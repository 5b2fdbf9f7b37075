/** Signing in and out for real: the built Worker and the portal, over HTTP, without scripts. */
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

const SECRET = { 密码: 'Demo-2026' }
const typed = (account: string) => ({ account, password: SECRET['密码'] })

/** Opens a door of ours and answers the portal's login page. */
async function toPortal(visitor: Visitor, path = '/login/legal'): Promise<Page> {
  const page = await visitor.open(at.origin + path)
  expect(page.url.href).toContain(`${at.portal}/login/`)
  return page
}

async function signIn(visitor: Visitor, account: string, path?: string): Promise<Page> {
  return visitor.press(await toPortal(visitor, path), '登录', typed(account))
}

/** The organisation at the top right of our pages, or undefined for a stranger. */
function person(page: Page): string | undefined {
  return /class="person-name">([^<]*)</.exec(page.text)?.[1]
}

const home = (visitor: Visitor) => visitor.open(`${at.origin}/`)

describe('the three ways in', () => {
  test('account and password; a wrong password keeps the account', async () => {
    const fang = new Visitor()
    const wrong = await fang.press(await toPortal(fang), '登录', {
      account: 'qihang',
      password: 'x',
    })
    expect(wrong.status).toBe(422)
    expect(wrong.text).toContain('账号或密码不正确')
    expect(wrong.text).toContain('value="qihang"')
    const page = await fang.press(wrong, '登录', typed('qihang'))
    expect(page.url.href).toBe(`${at.origin}/`)
    expect(person(page)).toBe('杭州演示启航机器人有限公司')
  })

  test('a code by SMS, which arrives in the inbox and works once', async () => {
    const lin = new Visitor()
    await toPortal(lin)
    const form = await lin.open(`${lin.hops.at(-1)}/sms`)
    const sent = await lin.press(form, '获取验证码', { phone: '13900000001' })
    const inbox = await fetch(`${at.portal}/sms?phone=13900000001`)
    const [{ text }] = (await inbox.json()) as [{ text: string }]
    const code = /\d{6}/.exec(text)?.[0] ?? ''
    const wrong = await lin.press(sent, '登录', { code: code === '000000' ? '111111' : '000000' })
    expect(wrong.text).toContain('验证码不正确')
    expect(person(await lin.press(wrong, '登录', { code }))).toBe('杭州演示云杉传感科技有限公司')
  })

  test('a scan that the phone agrees to; not before', async () => {
    const wu = new Visitor()
    await toPortal(wu)
    const form = await wu.open(`${wu.hops.at(-1)}/licence`)
    const scan = await wu.press(form, '生成二维码', { account: 'zhijian' })
    expect((await wu.press(scan, '继续')).text).toContain('手机上还没有同意')
    const phone = new Visitor()
    const asked = await phone.open(/href="([^"]+\/licence\/[^"]+)"/.exec(scan.text)?.[1] ?? '')
    expect(asked.text).toContain('浙江演示智能制造检测研究院')
    expect((await phone.press(asked, '同意登录')).text).toContain('已同意登录')
    expect(person(await wu.press(scan, '继续'))).toBe('浙江演示智能制造检测研究院')
  })
})

describe('the return', () => {
  test('leads to the page first asked for', async () => {
    const page = await signIn(new Visitor(), 'yunshan', '/login/legal?return=/hall%3Fq%3D1')
    expect(page.url.pathname + page.url.search).toBe('/hall?q=1')
  })

  test('never leads to another site', async () => {
    const page = await signIn(new Visitor(), 'yunshan', '/login/legal?return=//evil.example/')
    expect(page.url.href).toBe(`${at.origin}/`)
  })

  test('makes a session in a cookie that no script reads and no other site sends', async () => {
    const lin = new Visitor()
    await signIn(lin, 'yunshan')
    const cookie = lin.cookies.get('__Host-sid')
    expect(cookie?.flags).toBe('Path=/; HttpOnly; Secure; SameSite=Lax')
    expect(Buffer.from(cookie?.value ?? '', 'base64url')).toHaveLength(32)
    expect([...lin.cookies.keys()].filter((name) => name.startsWith('__Host-login-'))).toEqual([])
  })

  test('gives a new session to whoever signs in again, and ends the old one', async () => {
    const wang = new Visitor()
    await signIn(wang, 'yunshan')
    const old = new Visitor()
    old.cookies = new Map(wang.cookies)
    const page = await toPortal(wang, '/login/staff')
    expect(page.text).toContain('您当前以 杭州演示云杉传感科技有限公司 林知远 的身份登录')
    await wang.press(page, '登录', typed('xihu-review'))
    expect(person(await home(wang))).toBe('王评')
    expect(wang.cookies.get('__Host-sid')?.value).not.toBe(old.cookies.get('__Host-sid')?.value)
    expect(person(await home(old))).toBeUndefined()
  })

  test('of staff whom no bureau lists says whom to ask', async () => {
    const page = await signIn(new Visitor(), 'keqiao-review', '/login/staff?return=/bureau')
    expect(page.url.pathname).toBe('/login/unlisted')
    expect(page.text).toContain('您的账号还没有开通')
  })

  test('is refused where the portal lets the wrong kind in at no door', async () => {
    const wang = new Visitor()
    const staffHere = await wang.press(await toPortal(wang), '登录', typed('xihu-review'))
    expect([staffHere.status, staffHere.text.includes('这是工作人员账号')]).toEqual([422, true])
    const page = await toPortal(wang, '/login/staff')
    const legalHere = await wang.press(page, '登录', typed('yunshan'))
    expect([legalHere.status, legalHere.text.includes('这是法人账号')]).toEqual([422, true])
  })

  test('after 取消 is a page that says so', async () => {
    const fang = new Visitor()
    const page = await fang.press(await toPortal(fang), '取消')
    expect(page.url.href.startsWith(`${at.origin}/login/callback?error=access_denied`)).toBe(true)
    expect([page.status, page.text.includes('登录已取消')]).toEqual([200, true])
  })
})

describe('a return that was tampered with', () => {
  /** Signs in up to the return and answers its address, not yet asked; `twist` bends the start. */
  async function almost(visitor: Visitor, twist: (url: URL) => void = () => {}): Promise<string> {
    const start = await visitor.step(`${at.origin}/login/legal`)
    const url = new URL(start.headers.get('Location') ?? '')
    twist(url)
    const page = await visitor.open(url)
    return visitor.openUntil(at.origin, ...formOf(page, '登录', typed('yunshan')))
  }
  /** What comes of an address: the title of the page, and whether it signed in. */
  async function result(visitor: Visitor, address: string): Promise<[number, string, boolean]> {
    const { status, text } = await visitor.open(address)
    const title = /<title>([^<]*) - /.exec(text)?.[1] ?? ''
    return [status, title, visitor.cookies.has('__Host-sid')]
  }
  const UNKNOWN = [400, '错误：这次登录已失效', false]
  const REFUSED = [400, '错误：登录没有成功', false]

  test('another state', async () => {
    const lin = new Visitor()
    const address = await almost(lin)
    const other = address.replace(/state=[^&]+/, 'state=another')
    expect(await result(lin, other)).toEqual(UNKNOWN)
  })

  test('in a browser that did not begin it', async () => {
    expect(await result(new Visitor(), await almost(new Visitor()))).toEqual(UNKNOWN)
  })

  test('another nonce', async () => {
    const lin = new Visitor()
    const address = await almost(lin, (url) => url.searchParams.set('nonce', 'another'))
    expect(await result(lin, address)).toEqual(REFUSED)
  })

  test('another code challenge', async () => {
    const lin = new Visitor()
    const challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'
    const address = await almost(lin, (url) => url.searchParams.set('code_challenge', challenge))
    expect(await result(lin, address)).toEqual(REFUSED)
  })

  test('another issuer', async () => {
    const lin = new Visitor()
    const address = (await almost(lin)).replace(/iss=[^&]+/, 'iss=https%3A%2F%2Fevil.example')
    expect(await result(lin, address)).toEqual(REFUSED)
  })

  test('sent a second time, with the cookies of the first', async () => {
    const lin = new Visitor()
    const address = await almost(lin)
    const thief = new Visitor()
    thief.cookies = new Map(lin.cookies)
    await lin.open(address)
    expect(lin.cookies.has('__Host-sid')).toBe(true)
    expect(await result(thief, address)).toEqual(REFUSED)
    expect((await lin.open(address)).url.href).toBe(`${at.origin}/`)
  })

  test('the portal takes no other return address and no sign-in without PKCE', async () => {
    const start = await new Visitor().step(`${at.origin}/login/legal`)
    const asked = new URL(start.headers.get('Location') ?? '')
    asked.searchParams.set('redirect_uri', 'https://evil.example/login/callback')
    expect((await new Visitor().open(asked)).status).toBe(400)
    const bare = new URL(start.headers.get('Location') ?? '')
    bare.searchParams.delete('code_challenge')
    bare.searchParams.delete('code_challenge_method')
    const back = await new Visitor().openUntil(at.origin, bare)
    expect(back).toContain('error=invalid_request')
  })
})
