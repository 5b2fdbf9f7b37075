/** One credit code for one enterprise, and 变更 of what is approved, through the app. */
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { newId } from '../../src/kernel/id.ts'
import { commit, commitOnce, dbOf } from '../../src/platform/db.ts'
import {
  insertRegistrationVersion,
  insertReview,
  insertSubmission,
  isRegistered,
  registrationOf,
} from '../../src/registration/client.ts'
import { readRegistration } from '../../src/registration/form-rules.ts'
import { signInAs } from '../support/sign-in.ts'
import type { SignedIn } from '../support/sign-in.ts'
import {
  PATH,
  QIHANG,
  QUEUE,
  decide,
  press,
  read,
  registrySays,
  startOver,
  submit,
} from './cast.ts'

const db = dbOf(env)
let fang: SignedIn
let wang: SignedIn

beforeEach(async () => {
  await startOver()
  registrySays('down')
  fang = await signInAs(env, 'fang')
  wang = await signInAs(env, 'xihu-review')
})

afterEach(() => {
  vi.restoreAllMocks()
})

test('a code that another account holds warns the reviewer and is not approved', async () => {
  const id = await submit(fang)
  await oldAccountWaits()
  expect(await read(wang, `${QUEUE}/${id}`)).toContain('已有另一个企业账号办理实名注册')
  const answer = await decide(wang, id, 'approved')
  expect(answer.status).toBe(422)
  expect(await answer.text()).toContain('不能审核通过')
  expect((await registrationOf(db, fang.enterprise)).latest?.state).toBe('waiting')
})

/** An old account waits under the same credit code. */
async function oldAccountWaits(): Promise<void> {
  const [id, enterprise] = [newId(), newId()]
  const by = { account: 'old', name: '旧经办' }
  const form = readRegistration(QIHANG)
  await commit(db, [
    insertRegistrationVersion(db, { id, enterprise, number: 1, form, at: 1, by }),
    insertSubmission(db, { version: id, bureau: '330106', at: 2, by }),
  ])
}

test('two approvals under one credit code violate a key, whoever checked what', async () => {
  const first = await submit(fang)
  await decide(wang, first, 'approved')
  const [version, enterprise] = [newId(), newId()]
  const by = { account: 'old', name: '旧经办' }
  const form = readRegistration(QIHANG)
  const told = { bureau: '330106', at: 3, by }
  expect(
    await commitOnce(db, [
      insertRegistrationVersion(db, { id: version, enterprise, number: 1, form, at: 1, by }),
      insertSubmission(db, { version, ...told }),
      insertReview(db, {
        version,
        enterprise,
        uscc: QIHANG.uscc,
        verdict: 'approved',
        reason: null,
        ...told,
      }),
    ]),
  ).toBe(false)
})

describe('变更 of what is approved', () => {
  beforeEach(async () => {
    await decide(wang, await submit(fang), 'approved')
  })

  test('leaves the approved data in force until it passes', async () => {
    const id = await submit(fang, { agent: '方新水' }, `${PATH}?change=1`)
    const waiting = await registrationOf(db, fang.enterprise)
    expect([waiting.state, waiting.approved?.agent]).toEqual(['approved', '方若水'])
    expect(await read(fang, PATH)).toContain('变更已提交西湖区科学技术局，等待审核')
    await decide(wang, id, 'approved')
    expect((await registrationOf(db, fang.enterprise)).approved?.agent).toBe('方新水')
  })

  test('that is returned keeps the enterprise registered', async () => {
    const id = await submit(fang, { agent: '方新水' }, `${PATH}?change=1`)
    await decide(wang, id, 'returned', '请附说明')
    expect(await isRegistered(db, fang.enterprise)).toBe(true)
    expect(await read(fang, PATH)).toContain('请附说明')
  })

  test('alters neither name nor county', async () => {
    const typed = { name: '杭州演示新名有限公司', county: '330108' }
    const answer = await press(fang, 'submit', typed, `${PATH}?change=1`)
    expect(answer.status).toBe(422)
    const html = await answer.text()
    expect(html).toContain('变更登记不能改企业名称')
    expect(html).toContain('变更登记不能改县区')
  })
})
