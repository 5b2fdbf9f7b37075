/** A visitor signs in at the government portal and out again, in both languages. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectAccessible, signIn, startDemo } from './support.mjs'

let demo

beforeAll(async () => {
  demo = await startDemo()
})

afterAll(() => demo?.stop())

const link = (page, name) => page.getByRole('link', { name, exact: true })
const button = (page, name) => page.getByRole('button', { name, exact: true })

describe.each([{ js: true }, { js: false }])('with JavaScript $js', ({ js }) => {
  test('lin opens the home page, signs in, sees 用户面板 and signs out', async () => {
    const page = await demo.newRole({ js })
    await page.goto('/')
    expect(await page.title()).toContain('科技大脑')
    await signIn(page, 'yunshan')
    expect(new URL(page.url()).origin).toBe(demo.origin)
    await button(page, '退出登录').click()
    await link(page, '法人登录').waitFor()
    expect(await link(page, '用户面板').count()).toBe(0)
  })

  test('in English the same buttons stand there in English', async () => {
    const page = await demo.newRole({ js })
    await page.goto('/?lang=en')
    await link(page, 'Sign in as legal person').click()
    await page.getByLabel('Account', { exact: true }).fill('yunshan')
    await page.getByLabel('Password', { exact: true }).fill('Demo-2026')
    await button(page, 'Sign in').click()
    await button(page, 'Sign out').click()
    await link(page, 'Sign in as staff').waitFor()
  })

  test('a page that asks for a sign-in is the page one comes back to', async () => {
    const page = await demo.newRole({ js })
    await page.goto('/bureau/registrations')
    await signIn(page, 'xihu-review')
    expect(new URL(page.url()).pathname).toBe('/bureau/registrations')
  })
})

test('the home page is accessible on a wide screen and on a phone', async () => {
  for (const width of [1280, 360]) {
    const page = await demo.newRole({ width })
    await page.goto('/')
    await expectAccessible(page)
  }
})
