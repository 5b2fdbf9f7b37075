/** The left menu: labels of the contract, and no entry without a page behind it. */
import { expect, test } from 'vitest'
import { menuFor } from '../../src/hall/client.ts'
import type { Actor, StaffRole } from '../../src/kernel/actor.ts'
import { listRoutes } from '../support/routes.ts'

const PERSON = { account: 'x', name: '某人' }
const FANG: Actor = { role: 'enterprise', ...PERSON, enterprise: 'e' }
const WU: Actor = { role: 'carrier', ...PERSON, carrier: 'c' }
const staff = (...duties: StaffRole[]): Actor => staffOf('330106', ...duties)
const staffOf = (region: string, ...duties: StaffRole[]): Actor => ({
  role: 'bureau',
  ...PERSON,
  region,
  staff: duties,
})

function labels(actor: Actor | null): string[] {
  return menuFor(actor, 'zh').flatMap(({ links }) => links.map(({ label }) => label))
}

test('an enterprise has the groups and entries of the manual', () => {
  expect(menuFor(FANG, 'zh').map(({ label }) => label)).toEqual([
    '创新券申领',
    '创新券使用',
    '创新券兑付',
    '服务评价',
  ])
  expect(labels(FANG)).toEqual([
    '实名注册',
    '申领额度',
    '服务预约记录',
    '使用创新券',
    '我的创新券',
    '兑付列表',
    '服务记录',
  ])
})

test('a carrier starts at 「待确认」', () => {
  expect(labels(WU)).toEqual(['待确认', '预约', '服务与仪器', '兑付列表', '服务评价'])
})

test('staff see what their duties open', () => {
  expect(labels(staff('review'))).toEqual([
    '待办',
    '实名注册审核',
    '兑付审核',
    '创新券查询',
    '载体管理',
  ])
  expect(labels(staff('finance', 'policy'))).toEqual([
    '待办',
    '拨付',
    '预算',
    '创新券查询',
    '政策设置',
  ])
  expect(labels(staff('audit'))).toEqual(['待办', '创新券查询', '载体管理', '政策设置'])
})

test('the reports of all ledgers are for the province', () => {
  expect(labels(staffOf('330000', 'audit'))).toContain('对账报告')
  expect(labels(staffOf('330000', 'policy'))).not.toContain('对账报告')
  expect(labels(staffOf('330100', 'audit'))).not.toContain('对账报告')
})

test('a stranger has no menu', () => {
  expect(menuFor(null, 'zh')).toEqual([])
})

test('every entry leads to a page of its reader', () => {
  const pages = new Map(
    listRoutes()
      .filter(({ method }) => method === 'GET')
      .map(({ path, grant }) => [path, grant?.role]),
  )
  const all = staffOf('330000', 'review', 'finance', 'policy', 'audit', 'admin')
  const lost = [FANG, WU, all].flatMap((actor) =>
    menuFor(actor, 'en')
      .flatMap(({ links }) => links)
      .filter(({ href }) => pages.get(href) !== actor.role)
      .map(({ href }) => href),
  )
  expect(lost).toEqual([])
})
