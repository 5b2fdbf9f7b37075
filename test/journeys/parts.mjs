/** The parts of the main job as the people who play them do them, found by role and exact name. */
import { expect } from 'vitest'
import { pdf } from './papers.mjs'
import { signIn } from './support.mjs'

export const link = (on, name) => on.getByRole('link', { name, exact: true })
export const button = (on, name) => on.getByRole('button', { name, exact: true })
export const field = (on, name) => on.getByLabel(name, { exact: true })
export const heading = (on, name) => on.getByRole('heading', { name, exact: true })
export const menu = (page, name) =>
  link(page.getByRole('navigation', { name: '左侧菜单', exact: true }), name)
/** The row, card or region that a repeated label lies in. */
export const row = (page, name) => page.getByRole('row', { name })

/** A visitor comes from the service hall and signs in on the way (SPEC L1–L3). */
export async function enterByTheHall(page, account) {
  await page.goto('/')
  await link(page, '办事大厅').click()
  await field(page, '关键词').fill('创新券')
  await button(page, '搜索').click()
  await page.getByRole('article', { name: '创新券使用服务', exact: true }).waitFor()
  const item = page.getByRole('article', { name: '创新券申领服务', exact: true })
  await link(item, '业务办理').click()
  await link(page, '基本信息填报').click()
  await signIn(page, account)
  await page.getByRole('navigation', { name: '功能导航', exact: true }).waitFor()
}

export async function register(page, { city, county }) {
  await menu(page, '实名注册').click()
  await field(page, '法定代表人').fill('许启明')
  await field(page, '经办人手机').fill('13900000004')
  await field(page, '所属市').selectOption(city)
  await field(page, '县区').selectOption(county)
  await button(page, '保存').click()
  await page.getByText('已保存').first().waitFor()
  expect(await field(page, '经办人手机').inputValue()).toBe('13900000004')
  await button(page, '提交').click()
  await heading(page, '实名注册已提交').waitFor()
}

export async function approveRegistration(page, unit) {
  await menu(page, '实名注册审核').click()
  await link(page, unit).click()
  await button(page, '审核通过').click()
  await page.getByText('审核通过').first().waitFor()
}

/** The claim page opens in a tab of its own, by way of the government service's page (SPEC Q1). */
export async function openClaim(page) {
  await menu(page, '申领额度').click()
  const tab = page.context().waitForEvent('page')
  await link(page, '前往政务网').click()
  const service = await tab
  await link(service, '在线办理').click()
  await link(service, '进入办事').click()
  await link(service, '确定').click()
  await field(service, '申领金额').waitFor()
  return service
}

/** Fills 创新券使用登记表 for a robot test at 智能制造检测研究院 and submits it (SPEC U1). */
export async function fillUse(page, { sum = '30000', amount = '12,000.00', contract }) {
  await menu(page, '使用创新券').click()
  await field(page, '合同名称').fill('机器人整机测评合同')
  await button(page, '选择服务机构').click()
  await field(page, '关键词').fill('智能制造检测')
  await button(page, '搜索').click()
  await button(page.getByRole('row', { name: '演示机器人整机测评', exact: true }), '选择').click()
  expect(await field(page, '合同名称').inputValue()).toBe('机器人整机测评合同')
  expect(await field(page, '服务机构').inputValue()).toBe('浙江演示智能制造检测研究院')
  await field(page, '合同编号').fill(contract)
  await field(page, '合同金额').fill(sum)
  const year = new Date(Date.now() + 8 * 3_600_000).getUTCFullYear()
  await field(page, '合同签订时间').fill(`${year}-01-05`)
  await field(page, '服务开始时间').fill(`${year}-01-06`)
  await field(page, '服务结束时间').fill(`${year}-01-20`)
  await field(page, '使用创新券金额').fill(amount)
  await field(page, '联系人').fill('方若水')
  await page.getByRole('radio', { name: '企业', exact: true }).check()
  await field(page, '合同').setInputFiles(pdf(`合同 ${contract}`))
  await page.getByRole('checkbox', { name: '承诺条款', exact: true }).check()
}

/** Submits the form that `fillUse` filled and answers the voucher's number. */
export async function submitUse(page) {
  await button(page, '提交申请').click()
  await heading(page, '创新券已生成').waitFor()
  const text = await page.getByRole('main').innerText()
  const number = /ZJ\d{4}-\d{6}-[0-9A-Z-]+/.exec(text)?.[0]
  expect(number).toBeDefined()
  return number
}

/** Adds invoice number and papers on the page 「附件」 (SPEC D2). */
export async function addPapers(page, number, invoice) {
  await link(row(page, number), '查看').click()
  await heading(page, '附件').waitFor()
  await field(page, '发票号').fill(invoice)
  await field(page, '发票').setInputFiles(pdf(`发票 ${invoice}`))
  await field(page, '服务结果凭证').setInputFiles(pdf(`检测报告 ${number}`))
  await button(page, '保存').click()
  await page.getByText('符合').first().waitFor()
}

/** The desk reads the mirror, which trails a moment; without scripts it is opened again. */
export async function payOther(page, number, { amount, reason }) {
  const isThere = async () => {
    await menu(page, '兑付审核').click()
    return link(page, number).isVisible()
  }
  await expect.poll(isThere, { timeout: 5000, interval: 300 }).toBe(true)
  await link(page, number).click()
  await field(page, '兑付金额').fill(amount)
  await field(page, '理由').fill(reason)
  await button(page, '予以兑付').click()
}
