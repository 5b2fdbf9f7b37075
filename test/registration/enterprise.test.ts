/** 启航 registers (G1, G2): the form, the draft, the submission, and every refusal. */
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import { newId } from '../../src/kernel/id.ts'
import { commit, dbOf } from '../../src/platform/db.ts'
import {
  approvedRegistration,
  insertRegistrationVersion,
  insertReview,
  insertSubmission,
  isRegistered,
  registrationOf,
} from '../../src/registration/client.ts'
import { readRegistration } from '../../src/registration/form-rules.ts'
import { send } from '../support/routes.ts'
import { signInAs } from '../support/sign-in.ts'
import type { SignedIn } from '../support/sign-in.ts'
import { PATH, QIHANG, hidden, post, press, read, startOver, submit } from './cast.ts'

const db = dbOf(env)
let fang: SignedIn

beforeEach(async () => {
  await startOver()
  fang = await signInAs(env, 'fang')
})

async function stateOf(who: SignedIn): Promise<string> {
  return (await registrationOf(db, who.enterprise)).state
}

describe('the form', () => {
  test('starts from what the portal knows of 启航', async () => {
    const html = await read(fang, PATH)
    for (const text of [QIHANG.name, QIHANG.uscc, '许启明', '方若水', '13900000004'])
      expect(html).toContain(`value="${text}"`)
    expect(html).toContain('未注册')
  })

  test('asks the seven fields by their labels, counties under their cities', async () => {
    const html = await read(fang, PATH)
    for (const label of ['企业名称', '统一社会信用代码', '法定代表人', '经办人', '经办人手机'])
      expect(html).toMatch(new RegExp(`<label[^>]*>${label}</label>`))
    expect(html).toMatch(/<label[^>]*for="field-city">所属市<\/label>/)
    expect(html).toMatch(/<label[^>]*for="field-county">县区<\/label>/)
    expect(html).toMatch(/<optgroup label="杭州市">.*?>西湖区<.*?<\/optgroup>/s)
  })

  test('speaks English when asked', async () => {
    const html = await read(fang, `${PATH}?lang=en`)
    expect(html).toContain('Unified social credit code')
    expect(html).toMatch(/<option value="330106">Xihu/)
  })

  test('is for enterprises: staff get 403, strangers sign in first', async () => {
    const wang = await signInAs(env, 'xihu-review')
    expect((await send('GET', PATH, wang)).status).toBe(403)
    const stranger = await send('GET', PATH)
    expect(stranger.status).toBe(303)
    expect(stranger.headers.get('Location')).toContain('/login/legal')
  })
})

describe('「保存」', () => {
  test('keeps an incomplete draft, and the page shows it again', async () => {
    const answer = await press(fang, 'save', { agent: '方新', county: '', agent_phone: '139' })
    expect([answer.status, answer.headers.get('Location')]).toEqual([303, `${PATH}?saved=1`])
    const html = await read(fang, `${PATH}?saved=1`)
    expect(html).toContain('value="方新"')
    expect(html).toContain('已保存')
    expect(html).toContain('草稿')
  })

  test('twice keeps one draft with the later words', async () => {
    await press(fang, 'save', { address: '文三路 1 号' })
    await press(fang, 'save', { address: '文三路 2 号' })
    const { latest } = await registrationOf(db, fang.enterprise)
    expect([latest?.number, latest?.address]).toEqual([1, '文三路 2 号'])
  })

  test('pressed twice on the very first page keeps one draft', async () => {
    const opened = hidden(await read(fang, PATH))
    const fields = { ...QIHANG, ...opened, do: 'save' }
    const answers = await Promise.all([post(fang, PATH, fields), post(fang, PATH, fields)])
    expect(answers.map(({ status }) => status)).toEqual([303, 303])
    expect((await registrationOf(db, fang.enterprise)).latest?.number).toBe(1)
  })

  test('refuses what is longer than its field and keeps what was typed', async () => {
    const answer = await press(fang, 'save', { address: '路'.repeat(201) })
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain('注册地址最多 200 个字')
    expect(await stateOf(fang)).toBe('none')
  })
})

describe('「提交」', () => {
  test('with mistakes is the same page, with messages and what was typed', async () => {
    const typed = { agent_phone: '12345', legal_representative: '', county: '330203' }
    const answer = await press(fang, 'submit', typed)
    const html = await answer.text()
    expect(answer.status).toBe(422)
    expect(html).toContain('<title>错误：')
    expect(html).toContain('value="12345"')
    expect(html).toContain('请填写法定代表人')
    expect(html).toContain('href="#field-agent_phone"')
    expect(html).toContain('海曙区不属于杭州市')
    expect(await stateOf(fang)).toBe('none')
  })

  test('of another legal person’s code is refused by name', async () => {
    const answer = await press(fang, 'submit', { uscc: '91330106MA2DEM017U' })
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain('只能登记本单位：本次登录的法人代码是 91330106MA2DEM041C')
  })

  test('sends it to Xihu, and the receipt says who reviews it', async () => {
    const id = await submit(fang)
    const html = await read(fang, `${PATH}/versions/${id}/receipt`)
    expect(html).toContain('实名注册已提交')
    expect(html).toContain('由西湖区科学技术局审核')
    expect(html).toMatch(/ZC\d{8}-[0-9A-F]{6}/)
    expect(await stateOf(fang)).toBe('waiting')
  })

  test.each([
    ['Binjiang has no bureau: Hangzhou', { county: '330108' }, '330100'],
    ['Haishu and Ningbo have none: the province', { city: '330200', county: '330203' }, '330000'],
  ])('goes one level up where %s', async (_, typed, bureau) => {
    await submit(fang, typed)
    expect((await registrationOf(db, fang.enterprise)).latest?.bureau).toBe(bureau)
  })

  test('pressed twice submits once and shows the same receipt', async () => {
    const fields = { ...QIHANG, ...hidden(await read(fang, PATH)), do: 'submit' }
    const answers = await Promise.all([post(fang, PATH, fields), post(fang, PATH, fields)])
    const again = await post(fang, PATH, fields)
    const places = [...answers, again].map(({ headers }) => headers.get('Location'))
    expect(new Set(places).size).toBe(1)
    expect((await registrationOf(db, fang.enterprise)).latest?.number).toBe(1)
  })

  test('of a code that an old account has registered is refused', async () => {
    await oldAccountRegistered()
    const answer = await press(fang, 'submit')
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain('已由另一个账号办理实名注册')
    expect(await stateOf(fang)).toBe('none')
  })
})

/** Another enterprise is approved under the credit code of 启航. */
async function oldAccountRegistered(): Promise<void> {
  const [id, enterprise] = [newId(), newId()]
  const by = { account: 'old', name: '旧经办' }
  const bureau = '330106'
  await commit(db, [
    insertRegistrationVersion(db, {
      id,
      enterprise,
      number: 1,
      form: readRegistration(QIHANG),
      at: 1,
      by,
    }),
    insertSubmission(db, { version: id, bureau, at: 2, by }),
    insertReview(db, {
      version: id,
      enterprise,
      uscc: QIHANG.uscc,
      verdict: 'approved',
      reason: null,
      bureau,
      at: 3,
      by,
    }),
  ])
}

describe('under review', () => {
  test('the page is read-only and says who has it since when', async () => {
    await submit(fang)
    const html = await read(fang, PATH)
    expect(html).toContain('待审核')
    expect(html).toContain('已提交西湖区科学技术局，等待审核')
    expect(html).not.toContain('id="field-agent"')
  })

  test.each(['save', 'submit'])('「%s」 from an old tab is refused by name', async (button) => {
    const opened = hidden(await read(fang, PATH))
    await submit(fang)
    const fields = { ...QIHANG, ...opened, agent: '方新', do: button }
    const answer = await post(fang, PATH, fields)
    expect(answer.status).toBe(409)
    expect(await answer.text()).toContain('没有保存：这份登记已由 方若水 于')
    expect((await registrationOf(db, fang.enterprise)).latest?.agent).toBe('方若水')
  })
})

describe('a version', () => {
  test('is read by its own enterprise alone', async () => {
    const id = await submit(fang)
    const lin = await signInAs(env, 'lin')
    for (const path of [`${PATH}/versions/${id}`, `${PATH}/versions/${id}/receipt`]) {
      expect((await send('GET', path, fang)).status).toBe(200)
      expect((await send('GET', path, lin)).status).toBe(404)
    }
    expect((await send('GET', `${PATH}/versions/nothing`, fang)).status).toBe(404)
  })

  test('that is a draft has no receipt', async () => {
    await press(fang, 'save')
    const id = (await registrationOf(db, fang.enterprise)).latest?.id ?? ''
    expect((await send('GET', `${PATH}/versions/${id}/receipt`, fang)).status).toBe(404)
  })
})

test('before the first approval nobody is registered', async () => {
  await submit(fang)
  expect(await isRegistered(db, fang.enterprise)).toBe(false)
  expect(await approvedRegistration(db, fang.enterprise)).toBeNull()
})
