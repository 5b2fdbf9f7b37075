/** What a stranger sees: home, 「办事大厅」, the guides, and the text size. */
import { beforeAll, describe, expect, test } from 'vitest'
import { send } from '../support/routes.ts'
import { texts, find } from '../ui/render.tsx'
import { Dealer, openBureaus, read } from './cast.ts'

beforeAll(openBureaus)

describe('the home page', () => {
  test('is 科技大脑, searches the hall and shows this year’s figures', async () => {
    const html = await read('/')
    expect(await texts(html, 'h1')).toEqual(['科技大脑'])
    const [search] = await find(html, 'form[role=search]')
    expect(search?.['action']).toBe('/hall')
    expect(await texts(html, 'form[role=search] label')).toEqual(['关键词'])
    expect(await texts(html, 'form[role=search] button')).toEqual(['搜索', '找服务机构'])
    expect(await texts(html, '.figure dt')).toEqual([
      '已申领额度',
      '已使用创新券',
      '已拨付',
      '服务机构',
    ])
    expect(html).toContain('1 家')
  })

  test('offers both sign-ins once, and no link twice', async () => {
    const links = await texts(await read('/'), 'a')
    expect(links.filter((one) => one === '法人登录')).toHaveLength(1)
    expect(new Set(links).size).toBe(links.length)
  })

  test('takes somebody signed in to their own place', async () => {
    const fang = await Dealer.signIn('fang')
    const html = await read('/', fang.who)
    expect(await texts(html, '.hero > a')).toEqual(['进入创新券系统'])
    expect(html).toContain('退出登录')
  })

  test('speaks English', async () => {
    expect(await texts(await read('/?lang=en'), 'h1')).toEqual(['Science Brain'])
  })
})

describe('办事大厅', () => {
  test('创新券 finds both services, each with 「业务办理」', async () => {
    const html = await read(`/hall?word=${encodeURIComponent('创新券')}`)
    const items = await find(html, 'article')
    expect(items.map((one) => one['aria-label'])).toEqual(['创新券申领服务', '创新券使用服务'])
    expect(await texts(html, 'article a')).toEqual(['业务办理', '业务办理'])
  })

  test('what finds nothing keeps the word, as text, and says what to try', async () => {
    const html = await read(`/hall?word=${encodeURIComponent('"><b>火星')}`)
    expect(await find(html, 'article')).toEqual([])
    expect(html).toContain('没有找到与“&quot;&gt;&lt;b&gt;火星”有关的事项')
    expect(await texts(html, '.tries a')).toEqual(['创新券', '额度', '兑付', '查看全部事项'])
  })

  test('「业务办理」 explains the service, and 「基本信息填报」 leads inside after signing in', async () => {
    const html = await read('/hall/claim')
    expect((await find(html, 'article'))[0]?.['aria-label']).toBe('创新券申领服务')
    const [link] = await find(html, 'article a')
    expect(link).toMatchObject({ href: '/enterprise', text: '基本信息填报' })
    const answer = await send('GET', '/enterprise')
    expect(answer.headers.get('Location')).toBe('/login/legal?return=%2Fenterprise')
  })

  test('staff are told that enterprises do this', async () => {
    const wang = await Dealer.signIn('xihu-review')
    const html = await read('/hall/use', wang.who)
    expect(html).not.toContain('基本信息填报')
    expect(html).toContain('这项服务由企业办理')
  })

  test('a service that is none is not found', async () => {
    expect((await send('GET', '/hall/pension')).status).toBe(404)
  })
})

describe('大字版', () => {
  const press = (fields: Record<string, string>) =>
    send('POST', '/text-size', { body: new URLSearchParams(fields) })

  test('is remembered and comes back to the page', async () => {
    const answer = await press({ size: 'large', back: '/hall?word=x' })
    expect(answer.status).toBe(303)
    expect(answer.headers.get('Location')).toBe('/hall?word=x')
    const cookie = answer.headers.get('Set-Cookie') ?? ''
    expect(cookie).toMatch(/^size=large; Max-Age=31536000; Path=\/; HttpOnly; SameSite=Lax/)
    const html = await read('/', { cookie: 'size=large' })
    expect((await find(html, 'html'))[0]?.['data-size']).toBe('large')
  })

  test('is taken back, and never leads away from the site', async () => {
    const answer = await press({ size: 'normal', back: '//evil.test/' })
    expect(answer.headers.get('Location')).toBe('/')
    expect(answer.headers.get('Set-Cookie')).toContain('Max-Age=0')
  })
})

test('the accessibility statement stands where the footer points', async () => {
  expect(await texts(await read('/accessibility'), 'h1')).toEqual(['无障碍说明'])
})
