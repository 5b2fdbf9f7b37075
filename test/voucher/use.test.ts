/** 林知远 of 云杉 uses a voucher through the form, as a browser without scripts sends it. */
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../src/kernel/id.ts'
import { readBook } from '../../src/ledger/client.ts'
import { commit, dbOf } from '../../src/platform/db.ts'
import { suspendCarrier, resumeCarrier } from '../../src/catalogue/client.ts'
import { useFormOf } from '../../src/voucher/client.ts'
import { findDraft, listDrafts } from '../../src/voucher/store.ts'
import { carrierIdOf, serviceIdOf } from '../demo/seed-catalogue.ts'
import {
  NOW,
  YUNSHAN,
  ZHIJIAN,
  contractPdf,
  findVoucher,
  mainOf,
  makeVoucher,
  placeOf,
  press,
  read,
  setUp,
  submitUse,
  useFields,
} from './fixture.ts'
import type { People } from './fixture.ts'

let people: People
beforeAll(async () => {
  people = await setUp()
})

const available = async () =>
  (await readBook(env, YUNSHAN, '330106', Date.now())).accounts.available

describe('the form', () => {
  test('shows the largest amount and the share, and leads to the register', async () => {
    const html = await read(people.lin, '/enterprise/use')
    const main = mainOf(html)
    expect(main).toContain('最多 ￥200,000.00：可用额度的全部；且不超过合同金额的 50%')
    const picks = /<button[^>]*formaction="[^"]*\?next=carriers"[^>]*>\s*选择服务机构\s*<\/button>/
    expect(html).toMatch(picks)
    expect(main).toContain('本单位承诺所填信息和材料真实')
  })

  test('is not offered without a registration, and says where to get one', async () => {
    const { signInAs } = await import('../support/sign-in.ts')
    const fang = await signInAs(env, 'fang', NOW)
    const html = await read(fang, '/enterprise/use')
    expect(mainOf(html)).toContain('实名注册审核通过后才能使用创新券')
    expect(html).toContain('href="/enterprise/registration"')
    const refused = await submitUse(fang, useFields())
    expect(refused.status).toBe(422)
  })

  test('is not offered to 微光 without a booking, nor does the server take one', async () => {
    const main = mainOf(await read(people.zhou, '/enterprise/use'))
    expect(main).toContain('当地科技部门要求先在线预约服务')
    expect(main).toContain('本年度可用额度为零')
    const refused = await submitUse(people.zhou, useFields({ payee: 'enterprise' }))
    expect(refused.status).toBe(422)
    expect(await refused.text()).toContain('当地科技部门要求先在线预约')
  })

  test('names everything that is missing at once and keeps what was typed', async () => {
    const refused = await submitUse(people.lin, useFields({ amount: '20000', contact: '' }), {})
    const html = await refused.text()
    expect(refused.status).toBe(422)
    expect(html).toContain('<title>错误：使用创新券')
    expect(html).toContain('不能超过合同金额的 50%，最多可以使用 ￥15,000.00')
    expect(html).toContain('请填写联系人')
    expect(html).toContain('请上传合同')
    expect(html).toContain('value="整机测评合同"')
    expect(html).toContain('value="20000"')
  })

  test('answers the summary for what is typed so far', async () => {
    const query = new URLSearchParams({ key: newId(), contract_amount: '30000', amount: '12000' })
    const html = await read(people.lin, `/enterprise/use/summary?${query.toString()}`)
    expect(html).toContain('￥18,000.00')
    expect(html).toContain('￥188,000.00')
    expect(html).toContain('最多 ￥15,000.00：合同金额 ￥30,000.00 的 50%')
    expect(html).toContain('hx-swap-oob="true"')
    expect(html).not.toContain('<main')
  })
})

describe('提交申请', () => {
  test('makes the voucher at once, holds its amount and says what happens next', async () => {
    const before_fen = await available()
    const fields = useFields()
    const answer = await submitUse(people.lin, fields)
    const id = fields['key'] ?? ''
    expect(answer.status).toBe(303)
    expect(placeOf(answer)).toBe(`/enterprise/vouchers/${id}/made`)
    expect(await available()).toBe(before_fen - 1_200_000)
    const made = mainOf(await read(people.lin, placeOf(answer)))
    expect(made).toContain('创新券已生成')
    expect(made).toContain('浙江演示智能制造检测研究院须确认此券，未确认前无效')
    expect(made).toContain('吴检')
    const voucher = await findVoucher(id)
    expect(voucher).toMatchObject({ state: 'unconfirmed', carrier: ZHIJIAN, payee: 'enterprise' })
    const form = useFormOf(voucher ?? { form: '{}' })
    expect(form).toMatchObject({ contract_fen: 3_000_000, ratio_percent: 50, confirm_by: null })
    expect(form.papers.map(({ kind, name }) => [kind, name])).toEqual([
      ['contract', '服务合同.pdf'],
    ])
    expect(form.commitment.text).toContain('本单位承诺')
    expect(form.commitment.version).not.toBe('')
    expect(await findDraft(dbOf(env), { enterprise: YUNSHAN, id })).toBeUndefined()
  })

  test('pressed twice at once makes one voucher with one paper', async () => {
    const fields = useFields()
    const before_fen = await available()
    const answers = await Promise.all([
      submitUse(people.lin, fields),
      submitUse(people.lin, fields),
    ])
    expect(answers.map((answer) => answer.status)).toEqual([303, 303])
    for (const answer of answers) expect(placeOf(answer)).toContain(`/${fields['key'] ?? ''}/made`)
    expect(await available()).toBe(before_fen - 1_200_000)
    const { papers } = useFormOf((await findVoucher(fields['key'] ?? '')) ?? { form: '{}' })
    expect(papers).toHaveLength(1)
  })

  test('sent again later leads to the same voucher, whatever was changed meanwhile', async () => {
    const fields = useFields()
    await submitUse(people.lin, fields)
    const again = await submitUse(people.lin, { ...fields, amount: '1' })
    expect(placeOf(again)).toBe(`/enterprise/vouchers/${fields['key'] ?? ''}/made?again=1`)
    expect(mainOf(await read(people.lin, placeOf(again)))).toContain('没有重复生成')
    expect((await findVoucher(fields['key'] ?? ''))?.amount_fen).toBe(1_200_000)
  })

  test('a form that was refused can be corrected and sent under the same key', async () => {
    const fields = useFields({ amount: '15000.01' })
    expect((await submitUse(people.lin, fields)).status).toBe(422)
    // The contract stays attached: it need not be chosen again.
    const answer = await submitUse(people.lin, { ...fields, amount: '15000' }, {})
    expect(answer.status).toBe(303)
    expect(
      useFormOf((await findVoucher(fields['key'] ?? '')) ?? { form: '{}' }).papers,
    ).toHaveLength(1)
  })

  test('a second instalment may only take what the ratio leaves of the contract', async () => {
    await makeVoucher(people.lin, { contract_number: 'FQ-9' })
    const refused = await submitUse(
      people.lin,
      useFields({ contract_number: 'fq-9', amount: '3000.01' }),
    )
    expect(await refused.text()).toContain('最多可以使用 ￥3,000.00')
    const fine = await submitUse(people.lin, useFields({ contract_number: 'FQ-9', amount: '3000' }))
    expect(fine.status).toBe(303)
  })

  test('refuses a suspended carrier and a service of another one', async () => {
    const db = dbOf(env)
    const row = { carrier: ZHIJIAN, at: NOW, by: 'province-admin', reason: '整改' }
    await commit(db, [suspendCarrier(db, row)])
    expect(await (await submitUse(people.lin, useFields())).text()).toContain(
      '该服务机构已暂停服务',
    )
    await commit(db, [resumeCarrier(db, ZHIJIAN)])
    const mixed = useFields({ service: serviceIdOf('cailiao', '演示成分分析') })
    expect(await (await submitUse(people.lin, mixed)).text()).toContain('请选择服务内容')
  })

  test('refuses what is no paper and says which file, keeping the good ones', async () => {
    const fields = useFields()
    const refused = await submitUse(people.lin, fields, {
      paper_contract: contractPdf(),
      paper_other: new File(['<script>'], '说明.html', { type: 'text/html' }),
    })
    const html = await refused.text()
    expect(refused.status).toBe(422)
    expect(html).toContain('说明.html')
    expect(html).toContain('服务合同.pdf')
    expect((await submitUse(people.lin, fields, {})).status).toBe(303)
  })
})

describe('drafts', () => {
  test('选择服务机构 keeps what was typed, finds carriers by word and comes back with one', async () => {
    const fields = useFields({ carrier: '', service: '', category: '' })
    const id = fields['key'] ?? ''
    const kept = await submitUse(people.lin, fields, {}, '/enterprise/use/drafts?next=carriers')
    expect(placeOf(kept)).toBe(`/enterprise/use/carriers?draft=${id}`)
    const found = await read(people.lin, `${placeOf(kept)}&word=${encodeURIComponent('成分分析')}`)
    expect(mainOf(found)).toContain('杭州演示材料分析测试中心')
    expect(mainOf(found)).not.toContain('宁波演示电子可靠性实验室')
    const service = serviceIdOf('cailiao', '演示成分分析')
    const chosen = await press(people.lin, '/enterprise/use/carriers', [
      ['key', id],
      ['service', service],
    ])
    expect(placeOf(chosen)).toBe(`/enterprise/use?draft=${id}`)
    const html = await read(people.lin, placeOf(chosen))
    expect(html).toContain('value="杭州演示材料分析测试中心"')
    expect(html).toContain('value="演示成分分析"')
    expect(html).toContain('value="整机测评合同"')
    expect(html).toContain(`name="carrier" value="${carrierIdOf('cailiao')}"`)
    expect(html).toMatch(/<option value="检验检测" selected[^>]*>/)
  })

  test('保存草稿 lists it with its papers, which can be removed and downloaded', async () => {
    const fields = useFields({ contract_name: '草稿合同' })
    const id = fields['key'] ?? ''
    const saved = await submitUse(people.lin, fields, undefined, '/enterprise/use/drafts')
    expect(mainOf(await read(people.lin, placeOf(saved)))).toContain('草稿已保存')
    expect(mainOf(await read(people.lin, '/enterprise/use'))).toContain('草稿合同')
    const html = await read(people.lin, `/enterprise/use?draft=${id}`)
    const paper = new RegExp(`/enterprise/use/drafts/${id}/papers/([0-9a-f-]{36})`).exec(html)
    const path = paper?.[0] ?? ''
    expect(await read(people.lin, path)).toContain('%PDF-1.4')
    expect(mainOf(await read(people.zhou, path))).toContain('找不到页面')
    const remove = { ...fields, remove: paper?.[1] ?? '' }
    await submitUse(people.lin, remove, {}, '/enterprise/use/drafts')
    expect(await read(people.lin, `/enterprise/use?draft=${id}`)).not.toContain('服务合同.pdf')
    await press(people.lin, `/enterprise/use/drafts/${id}/delete`, [])
    expect((await listDrafts(dbOf(env), YUNSHAN)).map((draft) => draft.id)).not.toContain(id)
  })

  test("another enterprise's draft is not found", async () => {
    const fields = useFields()
    await submitUse(people.lin, fields, {}, '/enterprise/use/drafts')
    const html = await read(people.zhou, `/enterprise/use?draft=${fields['key'] ?? ''}`)
    expect(mainOf(html)).toContain('找不到页面')
  })

  test('the old form of a voucher changes nothing of it', async () => {
    const voucher = await makeVoucher(people.lin)
    const late = await submitUse(
      people.lin,
      useFields({ key: voucher.id }),
      { paper_other: contractPdf('Late', '补充.pdf') },
      '/enterprise/use/drafts',
    )
    expect(placeOf(late)).toBe(`/enterprise/vouchers/${voucher.id}/made?again=1`)
    expect(await read(people.lin, `/enterprise/vouchers/${voucher.id}`)).not.toContain('补充.pdf')
  })
})
