/** 「用户面板」 for each kind of person. */
import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import { dbOf } from '../../src/platform/db.ts'
import { staff } from '../../src/identity/tables.ts'
import { eq } from 'drizzle-orm'
import { signInAs } from '../support/sign-in.ts'
import { find, texts } from '../ui/render.tsx'
import { openBureaus, read } from './cast.ts'

beforeAll(openBureaus)

test('an agent reads unit and masked phone, and finds both services under 「申报维护」', async () => {
  const html = await read('/account', await signInAs(env, 'fang'))
  expect(await texts(html, 'h1')).toEqual(['用户面板'])
  expect(html).toContain('91330106MA2DEM041C')
  expect(html).toContain('139****0004')
  expect(html).not.toContain('13900000004')
  expect(await texts(html, 'section h2')).toEqual(['申报维护'])
  const items = await find(html, 'section article')
  expect(items.map((one) => one['aria-label'])).toEqual(['创新券申领服务', '创新券使用服务'])
  const links = await find(html, 'section article a')
  expect(links.map(({ text, href }) => [text, href])).toEqual([
    ['在线填报', '/enterprise'],
    ['在线填报', '/enterprise'],
  ])
})

test('a carrier finds its desk and no 「在线填报」', async () => {
  const html = await read('/account', await signInAs(env, 'wu'))
  expect(html).toContain('服务机构（载体）')
  expect((await find(html, 'article a'))[0]?.['href']).toBe('/carrier')
  expect(html).not.toContain('在线填报')
})

test('staff read their bureau and duties', async () => {
  const html = await read('/account', await signInAs(env, 'haishu-finance'))
  expect(html).toContain('宁波市海曙区')
  expect(html).toContain('拨付、政策')
  expect((await find(html, 'article a'))[0]?.['href']).toBe('/bureau')
})

test('staff whom no bureau has listed are told whom to ask', async () => {
  const chu = await signInAs(env, 'keqiao-review')
  await dbOf(env).delete(staff).where(eq(staff.account, 'keqiao-review'))
  const html = await read('/account', chu)
  expect(html).toContain('您的账号还没有开通科技部门的职责')
  expect(html).toContain('keqiao-review')
  expect(await find(html, 'nav.menu')).toEqual([])
})
