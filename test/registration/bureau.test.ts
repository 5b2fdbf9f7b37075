/** 王评 of Xihu reviews 启航 (G2): the list, the page, the three verdicts, and who may not. */
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { auditEntries } from '../../src/audit/tables.ts'
import { dbOf } from '../../src/platform/db.ts'
import {
  countWaitingRegistrations,
  isRegistered,
  registrationOf,
} from '../../src/registration/client.ts'
import { referenceOf } from '../../src/registration/rules.ts'
import { send } from '../support/routes.ts'
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

async function stateOf(who: SignedIn): Promise<string | undefined> {
  return (await registrationOf(db, who.enterprise)).latest?.state
}

describe('the list', () => {
  test('shows what waits, with a link to it', async () => {
    const id = await submit(fang)
    const html = await read(wang, QUEUE)
    expect(html).toContain(`aria-label="${QIHANG.name}"`)
    expect(html).toContain(`href="${QUEUE}/${id}"`)
    expect(await countWaitingRegistrations(db, '330106')).toBe(1)
  })

  test('says what to expect when nothing waits, and never shows a draft', async () => {
    await press(fang, 'save')
    expect(await read(wang, QUEUE)).toContain('没有待审核的实名注册')
    expect(await read(wang, `${QUEUE}?state=all`)).not.toContain(QIHANG.name)
  })

  test.each([
    ['?state=waiting', true],
    ['?state=all', true],
    ['?state=approved', false],
    ['?word=启航', true],
    ['?word=91330106ma2dem041c', true],
    ['?word=云杉', false],
    ['?word=100%25', false],
  ])('filtered by %s: %s', async (query, found) => {
    await submit(fang)
    const html = await read(wang, QUEUE + query)
    expect(html.includes(`aria-label="${QIHANG.name}"`)).toBe(found)
  })

  test('finds a reference as it is read out', async () => {
    const id = await submit(fang)
    const { latest } = await registrationOf(db, fang.enterprise)
    const reference = latest ? referenceOf(latest) : ''
    expect(await read(wang, `${QUEUE}?word=${reference}`)).toContain(`${QUEUE}/${id}`)
  })

  test.each([
    ['hangzhou-review', true],
    ['province-admin', true],
    ['haishu-review', false],
  ])('of %s covers Xihu: %s', async (account, covered) => {
    await submit(fang)
    const html = await read(await signInAs(env, account), QUEUE)
    expect(html.includes(QIHANG.name)).toBe(covered)
  })

  test('answers one row while it waits, and none after', async () => {
    const id = await submit(fang)
    expect(await read(wang, `${QUEUE}/${id}/row`)).toContain(`id="row-${id}"`)
    await decide(wang, id, 'approved')
    expect((await send('GET', `${QUEUE}/${id}/row`, wang)).status).toBe(204)
  })
})

describe('a decision', () => {
  test('审核通过 registers the enterprise, and is written to the audit trail', async () => {
    const id = await submit(fang)
    const answer = await decide(wang, id, 'approved')
    expect(answer.headers.get('Location')).toBe(`${QUEUE}/${id}?decided=1`)
    expect(await read(wang, `${QUEUE}/${id}?decided=1`)).toContain('已作出决定：审核通过')
    expect(await isRegistered(db, fang.enterprise)).toBe(true)
    const html = await read(fang, PATH)
    expect(html).toContain('实名注册审核通过')
    expect(html).toContain('href="/enterprise/quota"')
    const rows = await db.select().from(auditEntries)
    expect(rows.at(-1)).toMatchObject({
      action: 'registration.approved',
      subject: `registration:${id}`,
      name: '王评',
      region: '330106',
    })
  })

  test.each([
    ['returned', '请填写退回修改的理由，说明要改什么'],
    ['rejected', '请填写不通过的理由'],
    ['maybe', '请选择审核结论'],
  ])('%s without a reason is refused beside the field', async (verdict, message) => {
    const id = await submit(fang)
    const answer = await decide(wang, id, verdict, '  ')
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain(message)
    expect(await stateOf(fang)).toBe('waiting')
  })

  test('with a reason that is too long keeps every word of it', async () => {
    const id = await submit(fang)
    const answer = await decide(wang, id, 'returned', '字'.repeat(501))
    expect(answer.status).toBe(422)
    const html = await answer.text()
    expect(html).toContain('理由最多 500 个字')
    expect(html).toContain('字'.repeat(501))
  })

  test('退回修改 opens the form again, and the next version shows its change', async () => {
    const id = await submit(fang)
    await decide(wang, id, 'returned', '法定代表人与营业执照不符')
    const html = await read(fang, PATH)
    expect(html).toContain('法定代表人与营业执照不符')
    expect(html).toContain('西湖区科学技术局 王评')
    const second = await submit(fang, { legal_representative: '许新明' })
    expect(second).not.toBe(id)
    const review = await read(wang, `${QUEUE}/${second}`)
    expect(review).toContain('与第 1 版相比改动 1 项')
    expect(review).toContain('许启明')
    expect(review).toContain('已改动')
  })

  test('不通过 ends this version, and the enterprise may file again', async () => {
    const id = await submit(fang)
    await decide(wang, id, 'rejected', '不属于申领对象')
    const html = await read(fang, PATH)
    expect(html).toContain('不属于申领对象')
    expect(html).toContain('可以重新填写并提交')
    await submit(fang)
    expect((await registrationOf(db, fang.enterprise)).latest).toMatchObject({
      number: 2,
      state: 'waiting',
    })
  })

  test('by two reviewers at once: one wins, the other is told who decided', async () => {
    const id = await submit(fang)
    const answers = await Promise.all([
      decide(wang, id, 'approved'),
      decide(wang, id, 'returned', '请补充地址'),
    ])
    expect(answers.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([
      303, 409,
    ])
    const late = answers.find(({ status }) => status === 409)
    expect(await late?.text()).toContain('没有生效：王评 已先作出决定')
    const { latest } = await registrationOf(db, fang.enterprise)
    expect(['approved', 'returned']).toContain(latest?.state)
  })

  test('a second time is refused by name', async () => {
    const id = await submit(fang)
    await decide(wang, id, 'returned', '请补充地址')
    const answer = await decide(wang, id, 'approved')
    expect(answer.status).toBe(409)
    expect(await answer.text()).toContain('没有生效：王评 已先作出决定“退回修改”')
    expect(await stateOf(fang)).toBe('returned')
  })
})

describe('who may not decide', () => {
  test.each([
    ['xihu-finance', 403],
    ['xihu-policy', 403],
    ['hangzhou-review', 403],
    ['province-admin', 403],
    ['haishu-review', 404],
  ])('%s: %i', async (account, status) => {
    const id = await submit(fang)
    const answer = await decide(await signInAs(env, account), id, 'approved')
    expect(answer.status).toBe(status)
    expect(await stateOf(fang)).toBe('waiting')
  })

  test.each([
    ['hangzhou-review', 200],
    ['province-audit', 200],
    ['xihu-finance', 403],
    ['haishu-review', 404],
  ])('reading as %s: %i', async (account, status) => {
    const id = await submit(fang)
    const answer = await send('GET', `${QUEUE}/${id}`, await signInAs(env, account))
    expect(answer.status).toBe(status)
    if (status === 200) expect(await answer.text()).not.toContain('name="verdict"')
  })

  test('the enterprise itself has no door here, and a draft is absent', async () => {
    expect((await send('GET', QUEUE, fang)).status).toBe(403)
    await press(fang, 'save')
    const id = (await registrationOf(db, fang.enterprise)).latest?.id ?? ''
    expect((await send('GET', `${QUEUE}/${id}`, wang)).status).toBe(404)
    expect((await decide(wang, id, 'approved')).status).toBe(404)
  })
})
