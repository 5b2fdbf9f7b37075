/** Renders components inside a real request, and reads parts of the answer with HTMLRewriter. */
import { env } from 'cloudflare:workers'
import { Hono } from 'hono'
import type { Child } from 'hono/jsx'
import type { App, Bindings, Ctx, MenuGroup } from '../../src/platform/bindings.ts'
import type { Account } from '../../src/kernel/actor.ts'

export type Page = {
  path?: string
  method?: string
  lang?: 'zh' | 'en'
  account?: Account | null
  menu?: readonly MenuGroup[]
  headers?: Record<string, string>
  demo?: boolean
  env?: Partial<Bindings>
}

export const FANG: Account = {
  id: 'fang',
  kind: 'legal',
  uscc: '91330106MA2DEM041C',
  unit: '杭州演示启航机器人有限公司',
  legalRepresentative: '许启明',
  name: '方若水',
  phone: '13900000004',
}

/** The HTML of what `body` makes of a request. */
export async function render(body: (c: Ctx) => Child, given: Page = {}): Promise<string> {
  const app = new Hono<App>()
  app.all('*', (c) => {
    c.set('lang', given.lang ?? 'zh')
    c.set('csrf', 'a"token')
    c.set('now', 0)
    c.set('account', given.account ?? null)
    c.set('menu', given.menu ?? [])
    return c.html(<>{body(c)}</>)
  })
  const { path = '/enterprise/quota?year=2026', method = 'GET', headers = {} } = given
  const request = new Request(`http://voucher.test${path}`, { method, headers })
  const DEMO = given.demo ? '1' : '0'
  const answer = await app.fetch(request, { ...env, DEMO, ...given.env })
  return answer.text()
}

/** The attributes of every element that a selector finds, in order, with its whole text. */
export async function find(html: string, selector: string): Promise<Record<string, string>[]> {
  const found: Record<string, string>[] = []
  const rewriter = new HTMLRewriter().on(selector, {
    element: (element) => {
      // The rewriter hands attributes over as they stand in the source.
      const attributes = [...element.attributes].map(([name = '', value = '']) => [
        name,
        value.replaceAll('&amp;', '&'),
      ])
      found.push({ ...Object.fromEntries(attributes), text: '' })
    },
    text: (chunk) => {
      const last = found.at(-1)
      if (last) last['text'] += chunk.text
    },
  })
  await rewriter.transform(new Response(html)).text()
  return found
}

/** The texts of what a selector finds. */
export async function texts(html: string, selector: string): Promise<string[]> {
  return (await find(html, selector)).map((one) => one['text'] ?? '')
}
