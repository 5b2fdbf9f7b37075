/** 「政策设置」 of Xihu to read: what is in force, from whom, and for whom the page is. */
import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import { yearOf, yearStartsAt } from '../../src/kernel/clock.ts'
import { newId } from '../../src/kernel/id.ts'
import { commit, dbOf } from '../../src/platform/db.ts'
import { insertBureau, insertPolicy } from '../../src/policy/client.ts'
import type { PolicyParams } from '../../src/policy/rules.ts'
import { send } from '../support/routes.ts'
import { signInAs } from '../support/sign-in.ts'

const YEAR = yearOf(Date.now())

function policyOf(region: string, params: PolicyParams) {
  const db = dbOf(env)
  const effective_from = yearStartsAt(YEAR)
  return insertPolicy(db, {
    id: newId(),
    region,
    year: YEAR,
    version: 1,
    params,
    effective_from,
    author: { account: 'xihu-policy', name: '郑策' },
    approver: { account: 'xihu-policy2', name: '陶策' },
    at: effective_from,
  })
}

beforeAll(async () => {
  const db = dbOf(env)
  await commit(db, [
    insertBureau(db, { region: '330106', name: '西湖区科学技术局' }),
    insertBureau(db, { region: '330000', name: '浙江省科学技术厅' }),
    policyOf('330106', { claim_total_fen: 20_000_000 }),
    policyOf('330000', {
      claim_single_fen: 'unlimited',
      ratio_percent: 50,
      categories: ['检验检测'],
    }),
  ])
})

async function cellsOf(query = ''): Promise<string> {
  const answer = await send('GET', `/bureau/policy${query}`, await signInAs(env, 'xihu-policy'))
  return (await answer.text()).replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')
}

test('says of each parameter its value and who set it', async () => {
  const text = await cellsOf()
  expect(text).toContain('额度申领上限 ￥200,000.00 本级设定')
  expect(text).toContain('单次申领上限 不限 继承自浙江省科学技术厅')
  expect(text).toContain('使用比例上限 合同金额的 50% 继承自浙江省科学技术厅')
  expect(text).toContain('持有上限 未设定，不限制 各级均未设定')
  expect(text).toContain('起草 郑策，批准 陶策')
})

test('of a year without a policy says that nothing limits', async () => {
  expect(await cellsOf(`?year=${YEAR - 2}`)).toContain('这一年度还没有施行的政策')
})

test.each([
  ['xihu-policy', 200],
  ['province-audit', 200],
  ['province-admin', 200],
  ['xihu-review', 403],
  ['xihu-finance', 403],
  ['fang', 403],
])('is for %s: %i', async (who, status) => {
  expect((await send('GET', '/bureau/policy', await signInAs(env, who))).status).toBe(status)
})
