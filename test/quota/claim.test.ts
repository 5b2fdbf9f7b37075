/** Claiming over HTTP: once, at once, within the limits, refused with what would pass. */
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../src/kernel/id.ts'
import { post as command, readLedger, verifyAll } from '../../src/ledger/client.ts'
import { agentOf } from '../demo/seed-enterprises.ts'
import { signInAs } from '../support/sign-in.ts'
import type { SignedIn } from '../support/sign-in.ts'
import { claim, claimForm, get, hidden, openCounties, post } from './fixture.ts'

const CLAIM = '/enterprise/quota/claim'
const XIHU = '330106'
const HAISHU = '330203'
let lin: SignedIn
let zhou: SignedIn
let fang: SignedIn

beforeAll(async () => {
  await openCounties()
  lin = await signInAs(env, 'lin')
  zhou = await signInAs(env, 'zhou')
  fang = await signInAs(env, 'fang')
})

async function claimedBy(who: SignedIn): Promise<number[]> {
  const { claims } = await readLedger(env, who.enterprise, Date.now())
  return claims.map((one) => one.amount_fen)
}

test('林知远 finds the county that approved the registration already chosen', async () => {
  const shown = await get(lin, CLAIM)
  expect(shown.status).toBe(200)
  expect(shown.html).toContain('<option value="330106" selected="">西湖区</option>')
  for (const words of [
    '可申领额度上限',
    '￥200,000.00',
    '还可申领额度',
    '可用额度',
    '单次金额不限',
  ])
    expect(shown.text).toContain(words)
})

test('200,000.01 is refused with limit, bureau and the most that would pass', async () => {
  const refused = await claim(lin, XIHU, '200,000.01')
  expect(refused.status).toBe(422)
  expect(refused.html).toContain('<title>错误：')
  expect(refused.text).toContain(
    '超过本年度申领额度上限 ￥200,000.00（西湖区科学技术局设定），这次最多可以申领 ￥200,000.00',
  )
  expect(refused.html).toContain('value="200,000.01"')
  expect(refused.html).toContain('href="#field-amount"')
  expect(await claimedBy(lin)).toEqual([])
})

test('a county that did not approve it is refused, naming the right one', async () => {
  const refused = await claim(lin, HAISHU, '100')
  expect(refused.status).toBe(422)
  expect(refused.text).toContain('受理地区应为实名注册审核通过的杭州市西湖区')
})

test('what is wrong with region and amount is told at once', async () => {
  const refused = await claim(lin, '', '一万')
  expect(refused.status).toBe(422)
  expect(refused.text).toContain('请选择受理地区')
  expect(refused.text).toContain('金额写法不对')
})

test('a form of another year shows the new figures before anything is claimed', async () => {
  const form = await claimForm(lin, XIHU, '100')
  const moved = await post(lin, CLAIM, { ...form, year: '2020' })
  expect(moved.status).toBe(409)
  expect(moved.text).toContain('额度已换成新年度')
})

test('a claim without the key of its form is refused', async () => {
  const { key: _key, ...form } = await claimForm(lin, XIHU, '100')
  expect((await post(lin, CLAIM, form)).status).toBe(400)
})

test('200,000.00 is granted at once, and the receipt says what is available now', async () => {
  const granted = await claim(lin, XIHU, '200,000.00')
  expect(granted.status).toBe(303)
  const receipt = await get(lin, granted.location ?? '')
  expect(receipt.status).toBe(200)
  expect(receipt.text).toMatch(/申领成功 编号 SL-\d{8}-[0-9A-F]{12}/)
  for (const words of ['￥200,000.00', '林知远', '杭州市西湖区', '可以直接关闭'])
    expect(receipt.text).toContain(words)
  expect(receipt.html).toContain('href="/enterprise/use"')
})

test('with nothing left the page says why and the server refuses one fen', async () => {
  const shown = await get(lin, CLAIM)
  expect(shown.text).toContain('本年度的额度已经全部申领')
  const refused = await claim(lin, XIHU, '0.01')
  expect(refused.status).toBe(422)
  expect(refused.text).toContain('现在不能再申领')
})

test('nobody reads the receipt of another enterprise', async () => {
  const { claims } = await readLedger(env, lin.enterprise, Date.now())
  const path = `/enterprise/quota/claims/${claims[0]?.id}`
  expect((await get(lin, path)).status).toBe(200)
  expect((await get(zhou, path)).status).toBe(404)
  expect((await get(lin, `/enterprise/quota/claims/${newId()}`)).status).toBe(404)
  expect((await get(lin, '/enterprise/quota/claims/no-id')).status).toBe(404)
})

test('an enterprise that is not registered is told why, and is granted nothing', async () => {
  const shown = await get(fang, CLAIM)
  expect(shown.status).toBe(200)
  expect(shown.text).toContain('需要先完成实名注册并由科技部门审核通过')
  expect(shown.html).toContain('href="/enterprise/registration"')
  const form = { region: XIHU, amount: '100', year: '2026', key: newId() }
  expect((await post(fang, CLAIM, form)).status).toBe(422)
  expect(await claimedBy(fang)).toEqual([])
})

describe('once, however often it is sent', () => {
  test('twenty posts of one form make one claim and lead to one receipt', async () => {
    const form = await claimForm(zhou, HAISHU, '1000')
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => post(zhou, CLAIM, { ...form })),
    )
    expect(new Set(answers.map((one) => one.location)).size).toBe(1)
    expect(answers.every((one) => one.status === 303)).toBe(true)
    expect(await claimedBy(zhou)).toEqual([100_000])
  })

  test('a colleague was faster with the same amount: one claim, and who made it', async () => {
    const form = await claimForm(zhou, HAISHU, '2000')
    await bySong(form.key, 200_000)
    const answer = await post(zhou, CLAIM, form)
    expect(answer.status).toBe(303)
    const receipt = await get(zhou, answer.location ?? '')
    expect(receipt.text).toContain('这笔额度由本单位的宋同事申领')
    expect(await claimedBy(zhou)).toEqual([200_000, 100_000])
  })

  test('a colleague was faster with another amount: the new figures first', async () => {
    const form = await claimForm(zhou, HAISHU, '3000')
    await bySong(form.key, 400_000)
    const answer = await post(zhou, CLAIM, form)
    expect(answer.status).toBe(409)
    expect(answer.text).toContain('另一位经办人刚刚办理过一笔')
    expect(answer.text).toContain('￥7,000.00')
    expect(hidden(answer, 'key')).not.toBe(form.key)
    expect(await claimedBy(zhou)).toEqual([400_000, 200_000, 100_000])
  })

  test('the single limit is named by its bureau', async () => {
    const refused = await claim(zhou, HAISHU, '50,000.01')
    expect(refused.status).toBe(422)
    expect(refused.text).toContain('超过单次申领上限 ￥50,000.00（海曙区科学技术局设定）')
  })

  test('twenty claims at once never pass the holding limit of 100,000.00', async () => {
    const { year } = await claimForm(zhou, HAISHU, '10,000')
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        post(zhou, CLAIM, { region: HAISHU, amount: '10,000', year, key: newId() }),
      ),
    )
    const granted = answers.filter((one) => one.status === 303)
    const refused = answers.filter((one) => one.status === 422)
    expect([granted.length, refused.length]).toEqual([9, 11])
    expect(refused.every((one) => one.text.includes('超过持有上限 ￥100,000.00'))).toBe(true)
    expect((await claimedBy(zhou)).reduce((sum, fen) => sum + fen, 0)).toBe(9_700_000)
  })
})

test('after all this every book sums to zero and D1 agrees with the ledgers', async () => {
  const proofs = await verifyAll(env)
  expect(proofs.flatMap((proof) => proof.problems)).toEqual([])
})

/** 宋同事, another agent of the enterprise, sends the form that lies before both. */
async function bySong(key: string, amount_fen: number): Promise<void> {
  const free = { fen_max: null, set_by: null }
  const caps = { total: free, single: free, holding: free }
  const answer = await command(env, zhou.enterprise, {
    key: newId(),
    actor: { ...agentOf(env, 'weiguang'), account: 'song', name: '宋同事' },
    at: Date.now(),
    command: { kind: 'claim', claim: key, region: HAISHU, amount_fen, caps },
  })
  if (!answer.ok) throw new Error(answer.code)
}
