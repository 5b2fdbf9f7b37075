/** The first page inside: 启航 from its first visit to a redeemed voucher. */
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import { send } from '../support/routes.ts'
import { signInAs } from '../support/sign-in.ts'
import { find, texts } from '../ui/render.tsx'
import { Dealer, openBureaus, read, register } from './cast.ts'

const PATH = '/enterprise'
const STEPS = ['实名注册', '额度申领', '使用创新券', '创新券兑付']
let fang: Dealer

beforeAll(async () => {
  await openBureaus()
  fang = await Dealer.signIn('fang')
})

/** The words of the four steps, and the name of the next one. */
async function diagram(html: string): Promise<{ states: string[]; next: string[] }> {
  return {
    states: await texts(html, '.step .badge'),
    next: await texts(html, '.step-current .step-name a'),
  }
}

describe('启航', () => {
  test('at first sees the diagram with registering as the next action', async () => {
    const html = await read(PATH, fang.who)
    expect((await find(html, 'nav.steps-nav'))[0]?.['aria-label']).toBe('功能导航')
    expect(await texts(html, 'nav.steps-nav a')).toEqual(STEPS)
    expect(await diagram(html)).toEqual({
      states: ['未注册', '还不能办', '还不能办', '还不能办'],
      next: ['实名注册'],
    })
    expect(await texts(html, '.step-note')).toContain('先完成实名注册。')
    expect(await find(html, '.figure')).toEqual([])
  })

  test('finds the left menu of its role', async () => {
    const html = await read(PATH, fang.who)
    expect(await texts(html, 'nav.menu .menu-label')).toEqual([
      '创新券申领',
      '创新券使用',
      '创新券兑付',
      '服务评价',
    ])
  })

  test('once approved may claim, and reads its quota', async () => {
    await register(fang.who, { verdict: 'approved' })
    const html = await read(PATH, fang.who)
    expect(await diagram(html)).toEqual({
      states: ['审核通过', '可以申领', '还不能办', '还不能办'],
      next: ['额度申领'],
    })
    expect(await texts(html, '.step-note')).toContain('受理地区：杭州市西湖区')
    expect(await texts(html, '.figure dt')).toEqual(
      expect.arrayContaining(['可申领额度上限', '已申领额度', '还可申领额度', '可用额度']),
    )
  })

  test('with quota uses it, and reads where the money stands', async () => {
    await fang.claim(20_000_000)
    await fang.issue(1_200_000)
    const html = await read(PATH, fang.who)
    expect((await diagram(html)).next).toEqual(['使用创新券'])
    expect(await texts(html, '.step-note')).toContain('可用额度 ￥188,000.00；1 张等待服务机构确认')
    expect(await texts(html, 'tbody .badge')).toEqual(['未确认'])
    expect(html).toContain('浙江演示智能制造检测研究院')
  })

  test('with a confirmed voucher redeems it, and then waits for the bureau', async () => {
    const voucher = await fang.issue(500_000)
    await fang.confirm(voucher)
    expect((await diagram(await read(PATH, fang.who))).next).toEqual(['创新券兑付'])
    const redemption = await fang.submit(voucher)
    expect((await diagram(await read(PATH, fang.who))).states[3]).toBe('兑付审核中')
    await fang.approve(redemption, 500_000)
    const html = await read(PATH, fang.who)
    expect((await diagram(html)).states[3]).toBe('还不能办')
    expect(html).toContain('等待服务机构确认')
  })
})

test('the page follows money and registration by fragments of the same content', async () => {
  const page = await read(PATH, fang.who)
  const marks = await find(page, '[data-live]')
  expect(marks.map((mark) => [mark['data-topic'], mark['data-get']])).toEqual([
    ['booking', '/enterprise/overview/bookings'],
    ['book', '/enterprise/overview'],
    ['registration', '/enterprise/overview/body'],
  ])
  const whole = await read('/enterprise/overview', fang.who)
  expect(await find(whole, '[data-live]')).toHaveLength(1)
  const body = await read('/enterprise/overview/body', fang.who)
  expect(body.startsWith('<nav class="steps-nav"')).toBe(true)
  expect(whole).toContain(body)
})

test('a fragment speaks the language of the page', async () => {
  const { cookie } = fang.who
  const html = await read('/enterprise/overview/body', { cookie: `${cookie}; lang=en` })
  expect(html).toContain('aria-label="Steps"')
})

test('one that was returned reads why it is its turn', async () => {
  const zhou = await Dealer.signIn('zhou', '330203')
  await register(zhou.who, { verdict: 'returned' })
  const html = await read(PATH, zhou.who)
  expect(await diagram(html)).toMatchObject({ next: ['实名注册'] })
  expect(await texts(html, '.step-note')).toContain('科技部门退回修改，请看理由后再提交。')
})

test('carriers and staff have no business here', async () => {
  for (const who of ['wu', 'xihu-review'])
    expect((await send('GET', PATH, await signInAs(env, who))).status).toBe(403)
})
