/** 「申领额度」 over HTTP: the figures, the way to the portal, the record, and handing back. */
import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { auditEntries } from '../../src/audit/tables.ts'
import { dbOf } from '../../src/platform/db.ts'
import { quotaFigures, quotaOf } from '../../src/quota/client.ts'
import { signInAs } from '../support/sign-in.ts'
import type { SignedIn } from '../support/sign-in.ts'
import { claim, get, hidden, openCounties, post } from './fixture.ts'

const QUOTA = '/enterprise/quota'
let lin: SignedIn
let zhou: SignedIn

beforeAll(async () => {
  await openCounties()
  lin = await signInAs(env, 'lin')
  zhou = await signInAs(env, 'zhou')
})

afterEach(() => {
  vi.useRealTimers()
})

test('a stranger is sent to sign in and comes back, another role is refused', async () => {
  const sent = await get(null, QUOTA)
  expect([sent.status, sent.location]).toEqual([
    303,
    `/login/legal?return=${encodeURIComponent(QUOTA)}`,
  ])
  const wang = await signInAs(env, 'xihu-review')
  for (const path of [QUOTA, `${QUOTA}/balance`, `${QUOTA}/claim`, `${QUOTA}/service`])
    expect((await get(wang, path)).status).toBe(403)
  expect((await post(wang, `${QUOTA}/claim`, {})).status).toBe(403)
  expect((await post(wang, `${QUOTA}/hand-backs`, {})).status).toBe(403)
})

test('an enterprise that is not registered reads why and where to go', async () => {
  const fang = await signInAs(env, 'fang')
  const shown = await get(fang, QUOTA)
  expect(shown.status).toBe(200)
  expect(shown.text).toContain('还不能申领额度')
  expect(shown.html).toContain('href="/enterprise/registration"')
  expect(shown.html).not.toContain('前往政务网')
  expect((await get(fang, `${QUOTA}/balance`)).status).toBe(204)
})

test('周予安 sees four figures, and the limits of 海曙区 beside them', async () => {
  const shown = await get(zhou, QUOTA)
  expect(shown.status).toBe(200)
  expect(shown.text).toMatch(/可申领额度上限 ￥200,000\.00 已申领额度 ￥0\.00/)
  expect(shown.text).toContain(
    '还可申领额度 ￥100,000.00 持有上限 ￥100,000.00 单次最多 ￥50,000.00 可用额度 ￥0.00',
  )
  expect(shown.text).toContain('本年度还没有申领过额度')
  expect(shown.text).toContain('现在没有可以退回的额度')
})

test('the portal opens in a window of its own, and every step there is a link', async () => {
  const shown = await get(zhou, QUOTA)
  expect(shown.html).toMatch(/<a [^>]*href="\/enterprise\/quota\/service"[^>]*>前往政务网<\/a>/)
  expect(shown.html).toMatch(/href="\/enterprise\/quota\/service" target="_blank" rel="noopener"/)
  const steps = [
    ['service', '在线办理', 'service/guide'],
    ['service/guide', '进入办事', 'service/notice'],
    ['service/notice', '确定', 'claim'],
  ]
  for (const [from, label, to] of steps) {
    const step = await get(zhou, `${QUOTA}/${from}`)
    expect(step.html).toMatch(new RegExp(`<a [^>]*href="${QUOTA}/${to}"[^>]*>${label}</a>`))
    expect(step.html).not.toContain('formaction')
  }
})

test('the balance comes alone for the page that stays open, to renew by hand too', async () => {
  const alone = await get(zhou, `${QUOTA}/balance`)
  expect(alone.status).toBe(200)
  expect(alone.html).not.toContain('<html')
  expect(alone.html).toContain('刷新</a>')
  expect((await get(zhou, QUOTA)).html).toContain('data-get="/enterprise/quota/balance"')
})

test('the consequences follow the amount that is typed', async () => {
  const effect = await get(zhou, `${QUOTA}/claim/effect?amount=12,000`)
  expect(effect.text).toContain('￥0.00 → ￥12,000.00')
  expect(effect.text).toContain('￥100,000.00 → ￥88,000.00')
  expect((await get(zhou, `${QUOTA}/claim/effect?amount=abc`)).text).toContain('加上所填金额')
  const over = await get(zhou, `${QUOTA}/claim/effect?amount=50,000.01`)
  expect(over.text).toContain('最多可以办理 ￥50,000.00 所填金额超过了这个数')
})

test('unused quota is handed back once and frees the limit', async () => {
  expect((await claim(zhou, '330203', '50,000')).status).toBe(303)
  const shown = await get(zhou, QUOTA)
  const form = { key: hidden(shown, 'key'), year: hidden(shown, 'year'), amount: '20,000.00' }
  const answers = [
    await post(zhou, `${QUOTA}/hand-backs`, form),
    await post(zhou, `${QUOTA}/hand-backs`, form),
  ]
  expect(answers.map((one) => one.status)).toEqual([303, 303])
  expect(answers[0]?.location).toBe(answers[1]?.location)
  const audited = eq(auditEntries.action, 'quota.hand_back')
  expect(await dbOf(env).$count(auditEntries, audited)).toBe(1)
  const receipt = await get(zhou, answers[0]?.location ?? '')
  expect(receipt.text).toMatch(/额度已退回 编号 TH-\d{8}-[0-9A-F]{12}/)
  const after = await get(zhou, QUOTA)
  expect(after.text).toMatch(/已申领额度 ￥30,000\.00 还可申领额度 ￥70,000\.00/)
  expect(after.text).toMatch(/退回 -￥20,000\.00 周予安 TH-/)
  expect(after.text).toMatch(/申领 ￥50,000\.00 周予安 SL-/)
})

test('more than is available is refused beside the amount, less passes after', async () => {
  const shown = await get(zhou, QUOTA)
  const form = { key: hidden(shown, 'key'), year: hidden(shown, 'year') }
  const refused = await post(zhou, `${QUOTA}/hand-backs`, { ...form, amount: '30,000.01' })
  expect(refused.status).toBe(422)
  expect(refused.text).toContain('超过可用额度，最多可以退回 ￥30,000.00')
  expect(refused.html).toContain('value="30,000.01"')
  const again = { ...form, key: hidden(refused, 'key'), amount: '1' }
  expect((await post(zhou, `${QUOTA}/hand-backs`, again)).status).toBe(303)
  expect((await post(zhou, `${QUOTA}/hand-backs`, { ...again, amount: '' })).status).toBe(422)
})

test('nobody reads the receipt of another enterprise', async () => {
  expect((await get(lin, `${QUOTA}/hand-backs/2`)).status).toBe(404)
  expect((await get(lin, `${QUOTA}/hand-backs/x`)).status).toBe(404)
})

test('where no bureau sets a limit, the figures say so', async () => {
  const quota = await quotaOf(env, lin.enterprise, '330102', Date.now())
  expect(quotaFigures(quota, 'zh')).toEqual([
    { label: '可申领额度上限', value: '不设上限', note: null },
    { label: '已申领额度', value: '￥0.00', note: null },
    { label: '还可申领额度', value: '不设上限', note: '单次金额不限' },
    { label: '可用额度', value: '￥0.00', note: null },
  ])
})

test('the same page stands in English', async () => {
  const shown = await get(zhou, `${QUOTA}?lang=en`)
  expect(shown.text).toContain('Left to claim')
  expect(shown.text).toContain('Go to the government portal')
  expect(shown.html).toContain('<html lang="en"')
})

test('in December the page and its live figures say what lapses at New Year', async () => {
  const year = new Date().getUTCFullYear()
  const december = Date.UTC(year, 11, 5)
  vi.setSystemTime(december)
  const again = await signInAs(env, 'zhou', december)
  await claim(again, '330203', '5000')
  for (const path of [QUOTA, `${QUOTA}/balance`, `${QUOTA}?lang=en`]) {
    const { text } = await get(again, path)
    expect(text).toContain(path.endsWith('en') ? `${year} lapses at midnight` : '可用额度年底失效')
    expect(text).toContain(`${year}-12-31`)
  }
  vi.setSystemTime(Date.UTC(year, 5, 1))
  const june = await get(again, QUOTA)
  expect(june.status).toBe(200)
  expect(june.text).not.toContain('12-31')
})
