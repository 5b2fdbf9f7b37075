/** 「对账报告」: for the province's auditors and administrators, and what it says in both languages. */
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import { DAY_MS, dayOf } from '../../src/kernel/clock.ts'
import { nudge } from '../../src/ledger/client.ts'
import { reconcileLedgers } from '../../src/ledger/reconcile.ts'
import { send } from '../support/routes.ts'
import { signInAs } from '../support/sign-in.ts'
import { newDesk } from './desk.ts'
import { TODAY, claim, yuan } from './fixture.ts'

const REPORTS = '/bureau/reconciliations'
const NIGHTS = [TODAY, TODAY + DAY_MS, TODAY + 2 * DAY_MS] as const
const [QUIET, DRIFTED, UNSOUND] = NIGHTS.map(dayOf)
const desk = newDesk()

async function read(who: string, path: string): Promise<{ status: number; text: string }> {
  const { cookie } = await signInAs(env, who)
  const answer = await send('GET', path, { cookie })
  const html = await answer.text()
  return { status: answer.status, text: html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ') }
}

beforeAll(async () => {
  const spend = (at: number) => reconcileLedgers(env, at, () => Promise.resolve([]))
  await desk.must(claim(yuan(1_000)))
  await nudge(env, desk.enterprise)
  await spend(NIGHTS[0])
  await env.DB.prepare('UPDATE claims SET amount_fen = 900').run()
  await spend(NIGHTS[1])
  await desk.rows('UPDATE books SET available = available + 1, claimed_fen = claimed_fen + 1')
  await spend(NIGHTS[2])
})

test('auditors and administrators of the province read it, nobody else', async () => {
  for (const who of ['province-audit', 'province-admin'])
    for (const path of [REPORTS, `${REPORTS}/${QUIET}`])
      expect((await read(who, path)).status).toBe(200)
  for (const who of ['province-policy', 'xihu-review', 'hangzhou-review', 'lin'])
    expect((await read(who, REPORTS)).status).toBe(403)
})

test('the left menu leads there', async () => {
  const { cookie } = await signInAs(env, 'province-audit')
  const html = await (await send('GET', '/bureau', { cookie })).text()
  expect(html).toMatch(/<a [^>]*href="\/bureau\/reconciliations"[^>]*>对账报告<\/a>/)
})

test('the list has a line for each night, newest first', async () => {
  const { text } = await read('province-audit', REPORTS)
  expect(text).toMatch(
    new RegExp(
      `${UNSOUND} 有待处理 .*${DRIFTED} 已修复 1 0 1 1 0 0 .*${QUIET} 全部一致 1 0 0 0 0 1`,
    ),
  )
})

describe('a night', () => {
  test('without a problem says so', async () => {
    const { text } = await read('province-audit', `${REPORTS}/${QUIET}`)
    expect(text).toContain('核对过的账本全部正确，汇总库与账本逐行一致')
    expect(text).toMatch(/总校验值 [0-9a-f]{64}/)
  })

  test('that repaired D1 says which table differed, by how much, and for whom', async () => {
    const zh = await read('province-audit', `${REPORTS}/${DRIFTED}`)
    expect(zh.text).toContain(`${desk.enterprise} 汇总库已修复`)
    expect(zh.text).toContain('申领：缺少 0 行，多出 0 行，内容不同 1 行')
    expect(zh.text).toContain('金额合计：账本 ￥1,000.00，汇总库 ￥9.00')
    const en = await read('province-audit', `${REPORTS}/${DRIFTED}?lang=en`)
    expect(en.text).toContain('Claims: 0 rows missing, 0 too many, 1 different')
  })

  test('with an unsound ledger says what its own proof found', async () => {
    const { text } = await read('province-admin', `${REPORTS}/${UNSOUND}`)
    expect(text).toContain('账本异常，需人工核查')
    expect(text).toContain('is not what its events come to')
  })

  test('that never was is not found', async () => {
    for (const day of ['2020-01-01', 'x', '%27'])
      expect((await read('province-audit', `${REPORTS}/${day}`)).status).toBe(404)
  })
})
