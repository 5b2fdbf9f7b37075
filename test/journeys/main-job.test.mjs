/**
 * The main job from a company's first login to its evaluation, played by enterprise, carrier and
 * bureau, with JavaScript and without it.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  addPapers,
  approveRegistration,
  button,
  enterByTheHall,
  field,
  fillUse,
  heading,
  link,
  menu,
  openClaim,
  payOther,
  register,
  row,
  submitUse,
} from './parts.mjs'
import { prove } from '../demo/prove.mjs'
import { signIn, startDemo } from './support.mjs'

const UNIT = '杭州演示启航机器人有限公司'
const CARRIER = '浙江演示智能制造检测研究院'

describe.each([{ js: true }, { js: false }])('with JavaScript $js', ({ js }) => {
  let demo, firm, carrier, bureau, number

  beforeAll(async () => {
    demo = await startDemo()
    firm = await demo.newRole({ js })
    carrier = await demo.newRole({ js })
    bureau = await demo.newRole({ js })
  })

  afterAll(() => demo?.stop())

  test('启航机器人 registers from its first login and 西湖区 approves', async () => {
    await enterByTheHall(firm, 'qihang')
    await register(firm, { city: '杭州市', county: '西湖区' })
    await signIn(bureau, 'xihu-review')
    await link(bureau, '用户面板').waitFor()
    await bureau.goto('/bureau')
    await approveRegistration(bureau, UNIT)
    await menu(firm, '实名注册').click()
    await firm.getByText('审核通过').first().waitFor()
  })

  test('200,000.01 is refused, 200,000.00 granted, and the first page learns of it', async () => {
    const service = await openClaim(firm)
    await field(service, '申领金额').fill('200,000.01')
    await button(service, '提交申领').click()
    await service.getByRole('alert').waitFor()
    expect(await service.title()).toMatch(/^错误：/)
    expect(await field(service, '申领金额').inputValue()).toBe('200,000.01')
    await field(service, '申领金额').fill('200000')
    await button(service, '提交申领').click()
    await heading(service, '申领成功').waitFor()
    await service.close()
    if (!js) await firm.reload()
    await firm.getByText('￥200,000.00').nth(2).waitFor()
  })

  test('a voucher of 12,000.00 appears on the open desk of the carrier', async () => {
    await signIn(carrier, 'zhijian')
    await carrier.goto('/carrier')
    await heading(carrier, '待确认').waitFor()
    await fillUse(firm, { contract: 'QH-2026-001' })
    number = await submitUse(firm)
    if (!js) await carrier.reload()
    await row(carrier, number).waitFor()
  })

  test('the carrier confirms and the open page of the enterprise shows it', async () => {
    await menu(firm, '我的创新券').click()
    const card = firm.getByRole('article', { name: number, exact: true })
    await card.getByText('未确认').first().waitFor()
    await button(row(carrier, number), '确认').click()
    await carrier.getByText('已确认').first().waitFor()
    if (!js) await firm.reload()
    await card.getByText('已确认').first().waitFor()
  })

  test('it asks for the invoice number until number and papers are there', async () => {
    await menu(firm, '兑付列表').click()
    await row(firm, number).getByText('请填写发票号').waitFor()
    await addPapers(firm, number, '20263301000000000001')
    await menu(firm, '兑付列表').click()
    await row(firm, number).getByText('符合', { exact: true }).waitFor()
    await row(firm, number).getByRole('checkbox', { name: '选择', exact: true }).check()
    await button(firm, '提交所选').click()
    await firm.getByText('已提交').first().waitFor()
  })

  test('the bureau pays 11,500.00 with a reason and 188,500.00 are available', async () => {
    await payOther(bureau, number, { amount: '11500', reason: '发票金额低于合同金额' })
    await bureau.getByText('￥11,500.00').first().waitFor()
    await menu(firm, '申领额度').click()
    await firm.getByText('￥188,500.00').first().waitFor()
  })

  test('the service is evaluated with four stars, once', async () => {
    await menu(firm, '服务记录').click()
    await link(row(firm, number), '评价服务').click()
    await firm.getByRole('radio', { name: '4星', exact: true }).check()
    await field(firm, '评价内容').fill('报告及时，沟通顺畅')
    await button(firm, '提交评价').click()
    await menu(firm, '服务记录').click()
    await row(firm, number).getByText('已评价').waitFor()
    expect(await link(row(firm, number), '评价服务').count()).toBe(0)
    expect(await firm.getByText(CARRIER).count()).toBeGreaterThan(0)
  })
  test('after it every book sums to zero, every chain verifies and D1 agrees', async () => {
    await demo.stop()
    const { state, vars } = demo
    demo = undefined
    const proofs = await prove(state, vars)
    expect(proofs.length).toBe(3)
    expect(proofs.flatMap(({ problems }) => problems)).toEqual([])
  })
})
