/** The page around every page: who is signed in, where they can go, and in which language. */
import { describe, expect, test } from 'vitest'
import { Layout } from '../../src/ui/layout.tsx'
import type { Page } from './render.tsx'
import { FANG, find, render, texts } from './render.tsx'

const MENU = [
  { label: '创新券申领', links: [{ label: '申领额度', href: '/enterprise/quota' }] },
  {
    label: null,
    links: [
      { label: '我的创新券', href: '/enterprise/vouchers', count: 3 },
      { label: '总览', href: '/enterprise' },
    ],
  },
]

function layout(given: Page = {}, error = false): Promise<string> {
  return render(
    (c) => (
      <Layout c={c} title="申领额度" error={error}>
        <h1>申领额度</h1>
      </Layout>
    ),
    given,
  )
}

describe('a stranger', () => {
  test('finds both sign-ins, which lead back to this page', async () => {
    const html = await layout()
    expect(await texts(html, '#person > a')).toEqual(['法人登录', '工作人员登录', 'English'])
    const back = encodeURIComponent('/enterprise/quota?year=2026')
    const [legal, staff] = await find(html, '#person > a')
    expect(legal?.['href']).toBe(`/login/legal?return=${back}`)
    expect(staff?.['href']).toBe(`/login/staff?return=${back}`)
    expect(html).not.toContain('退出登录')
  })

  test('has no left menu', async () => {
    expect(await find(await layout(), 'nav[aria-label=左侧菜单]')).toEqual([])
  })

  test('sees every label once, so that a name means one thing', async () => {
    const html = await layout()
    const links = await texts(html, 'a')
    expect(links).toEqual([...new Set(links)])
    expect(links).toEqual(expect.arrayContaining(['科技大脑', '办事大厅', '创新地图']))
  })
})

describe('somebody signed in', () => {
  test('reads the unit and leaves by a form that carries the token', async () => {
    const html = await layout({ account: FANG })
    expect(html).toContain('杭州演示启航机器人有限公司')
    expect(await texts(html, '#person > a')).toEqual(['用户面板', 'English'])
    const [logout] = await find(html, 'form[action="/logout"]')
    expect(logout?.['method']).toBe('post')
    expect(await texts(html, 'form[action="/logout"] button')).toEqual(['退出登录'])
    expect(await find(html, 'form[action="/logout"] input[name=csrf]')).toHaveLength(1)
  })

  test('finds the left menu with this page marked and counts outside the names', async () => {
    const html = await layout({ account: FANG, menu: MENU, path: '/enterprise/quota/claim' })
    expect((await find(html, 'nav.menu'))[0]?.['aria-label']).toBe('左侧菜单')
    const links = await find(html, 'nav.menu a')
    expect(links.map((one) => one['text'])).toEqual(['申领额度', '我的创新券', '总览'])
    expect(links.map((one) => one['aria-current'])).toEqual(['page', undefined, undefined])
    expect(await texts(html, '.menu-count')).toEqual(['3'])
  })
})

describe('language and size', () => {
  test('the switch keeps the page and its query', async () => {
    const zh = await find(await layout(), 'a[hreflang]')
    expect(zh[0]).toMatchObject({ href: '/enterprise/quota?year=2026&lang=en', text: 'English' })
    const en = await find(await layout({ lang: 'en' }), 'a[hreflang]')
    expect(en[0]).toMatchObject({ text: '中文', lang: 'zh-CN' })
  })

  test('after a refused form it leads to the page the form stood on', async () => {
    const headers = { Referer: 'http://voucher.test/enterprise/quota/claim' }
    const html = await layout({ method: 'POST', path: '/enterprise/quota/claims', headers })
    expect((await find(html, 'a[hreflang]'))[0]?.['href']).toBe('/enterprise/quota/claim?lang=en')
  })

  test('大字版 is a form, and 标准版 its way back', async () => {
    expect(await texts(await layout(), 'form[action="/text-size"] button')).toEqual(['大字版'])
    const large = await layout({ headers: { Cookie: 'size=large' } })
    expect(await texts(large, 'form[action="/text-size"] button')).toEqual(['标准版'])
    expect((await find(large, 'html'))[0]?.['data-size']).toBe('large')
  })

  test('English has a twin of every name', async () => {
    const html = await layout({ lang: 'en', account: FANG, menu: MENU })
    expect((await find(html, 'html'))[0]?.['lang']).toBe('en')
    expect((await find(html, 'nav.menu'))[0]?.['aria-label']).toBe('Left menu')
  })
})

test('a page of errors says so first in its title', async () => {
  expect(await texts(await layout({}, true), 'title')).toEqual(['错误：申领额度 - 科技大脑'])
  expect(await texts(await layout(), 'title')).toEqual(['申领额度 - 科技大脑'])
})

test('the band 演示数据 stands on a demonstration instance alone', async () => {
  expect(await texts(await layout({ demo: true }), '.demo strong')).toEqual(['演示数据'])
  expect(await find(await layout(), '.demo')).toEqual([])
})

test('nothing on the page needs inline style or script', async () => {
  const html = await layout({ account: FANG, menu: MENU, demo: true })
  expect(await find(html, '[style], style')).toEqual([])
  const scripts = await find(html, 'script')
  expect(scripts.every((one) => one['src'] && one['text'] === '')).toBe(true)
  expect(html).toContain('<meta name="renderer" content="webkit"')
})
