/** 「自动更新企业信息」 and the registry beside the form; the registry answers over HTTP. */
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { dbOf } from '../../src/platform/db.ts'
import { registrationOf } from '../../src/registration/client.ts'
import { differences, readRegistration, registryForm } from '../../src/registration/form-rules.ts'
import { send } from '../support/routes.ts'
import { signInAs } from '../support/sign-in.ts'
import type { SignedIn } from '../support/sign-in.ts'
import { PATH, QIHANG, QUEUE, post, press, read, registrySays, startOver, submit } from './cast.ts'

const ENTRY = {
  uscc: QIHANG.uscc,
  name: QIHANG.name,
  legal_representative: '许新明',
  address: '西湖区转塘街道演示科创路 66 号 2 幢',
  county: '330106',
  established: '2022-08-09',
  industry: '通用设备制造业',
  registered_capital_fen: 300_000_000,
  status: '存续',
  employees: 23,
}

const db = dbOf(env)
let fang: SignedIn

beforeEach(async () => {
  await startOver()
  fang = await signInAs(env, 'fang')
})

afterEach(() => {
  vi.restoreAllMocks()
})

async function draftOf(who: SignedIn) {
  return (await registrationOf(db, who.enterprise)).latest
}

describe('the enterprise asks the registry', () => {
  test('what was typed is saved first, and only what differs is shown', async () => {
    registrySays(ENTRY)
    const answer = await press(fang, 'registry', { email: 'fang@qihang.test' })
    expect(answer.headers.get('Location')).toBe(`${PATH}/registry`)
    expect((await draftOf(fang))?.email).toBe('fang@qihang.test')
    const html = await read(fang, `${PATH}/registry`)
    expect(html).toContain('aria-label="法定代表人"')
    expect(html).toContain('许启明')
    expect(html).toContain('许新明')
    expect(html).not.toContain('aria-label="企业名称"')
    expect((await draftOf(fang))?.legal_representative).toBe('许启明')
  })

  test('「采用登记库信息」 changes just that in the draft', async () => {
    await press(fang, 'save', { email: 'fang@qihang.test' })
    const fields = { legal_representative: '许新明', staff_count: '23' }
    const answer = await post(fang, `${PATH}/registry`, fields)
    expect(answer.headers.get('Location')).toBe(`${PATH}?adopted=1`)
    expect(await draftOf(fang)).toMatchObject({ ...fields, email: 'fang@qihang.test' })
    expect(await read(fang, `${PATH}?adopted=1`)).toContain('已采用登记库的信息')
  })

  test('and is told when nothing differs', async () => {
    const { legal_representative, address, established, industry } = ENTRY
    registrySays(ENTRY)
    const same = { legal_representative, address, established, industry, staff_count: '23' }
    await press(fang, 'save', same)
    expect(await read(fang, `${PATH}/registry`)).toContain('没有需要更新的内容')
  })

  test('a registry that is down costs nothing', async () => {
    registrySays('down')
    await press(fang, 'registry', { agent: '方新' })
    const answer = await send('GET', `${PATH}/registry`, fang)
    expect(answer.status).toBe(503)
    expect(await answer.text()).toContain('已填内容已保存，没有丢失')
    expect((await draftOf(fang))?.agent).toBe('方新')
  })

  test('a registry that does not know the unit says so', async () => {
    registrySays('unknown')
    expect(await read(fang, `${PATH}/registry`)).toContain('登记库没有查到本单位')
  })

  test('is shown the state instead while under review', async () => {
    registrySays(ENTRY)
    await submit(fang)
    for (const method of ['GET', 'POST']) {
      const answer = await send(method, `${PATH}/registry`, fang)
      expect([answer.status, answer.headers.get('Location')]).toEqual([303, PATH])
    }
    expect((await draftOf(fang))?.legal_representative).toBe('许启明')
  })
})

describe('the reviewer sees the form beside the registry', () => {
  test.each([
    ['what differs', ENTRY, '与登记库不一致'],
    ['a cancelled unit', { ...ENTRY, status: '注销' }, '登记状态为“注销”'],
    ['an unknown unit', 'unknown', '登记库没有查到这个统一社会信用代码'],
    ['that the registry is down', 'down', '政务企业登记库暂时连不上'],
  ] as const)('%s', async (_, answer, words) => {
    const id = await submit(fang)
    registrySays(answer)
    const html = await read(await signInAs(env, 'xihu-review'), `${QUEUE}/${id}`)
    expect(html).toContain(words)
    expect(html).toContain('name="verdict"')
  })
})

describe('form and registry', () => {
  const form = readRegistration(QIHANG)

  test('differ field by field, in the order of the form', () => {
    const found = differences(form, registryForm(ENTRY))
    expect(found.map(({ field }) => field)).toEqual([
      'legal_representative',
      'address',
      'industry',
      'established',
      'staff_count',
    ])
  })

  test('do not differ where the registry says nothing or the field is locked', () => {
    const silent = { ...ENTRY, address: '', industry: '', established: '', employees: null }
    expect(differences(form, registryForm(silent), ['legal_representative'])).toEqual([])
  })

  test('a county brings its city', () => {
    const moved = registryForm({ ...ENTRY, county: '330203' })
    expect(differences(form, moved).slice(1, 3)).toEqual([
      { field: 'city', now: '330100', registry: '330200' },
      { field: 'county', now: '330106', registry: '330203' },
    ])
  })
})
