/** 「服务与仪器」: a carrier adds, changes, takes down and shows what it offers. */
import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { auditEntries } from '../../src/audit/tables.ts'
import {
  accountOf,
  findService,
  listServices,
  publishServices,
  suspendCarrier,
} from '../../src/catalogue/client.ts'
import { listProposalsOf } from '../../src/catalogue/proposal-store.ts'
import { carrier_accounts, proposals } from '../../src/catalogue/tables.ts'
import { namedId, newId } from '../../src/kernel/id.ts'
import { commit } from '../../src/platform/db.ts'
import { carrierIdOf, serviceIdOf } from '../demo/seed-catalogue.ts'
import { ZHIJIAN, db, html, post, seenIn, setUp } from './fixture.ts'
import type { People } from './fixture.ts'

const SERVICE = {
  name: '演示激光雷达标定',
  category: '检验检测',
  price: '3,000.00',
  unit: '项',
  turnaround_days: '5',
  qualifications: 'CNAS',
  summary: '',
}
/** As the demonstration has 演示可靠性试验. */
const TOLD = {
  qualifications: 'CMA、CNAS',
  summary: '高低温、湿热、振动和冲击综合试验。',
}
let wu: People['wu']
let sun: People['sun']

beforeAll(async () => {
  ;({ wu, sun } = await setUp())
})

async function auditOf(subject: string): Promise<string[]> {
  const rows = await db.select().from(auditEntries).where(eq(auditEntries.subject, subject))
  return rows.map(({ action }) => action)
}

async function propose(more: Record<string, string> = {}): Promise<string> {
  const key = newId()
  const answer = await post('/carrier/services', { ...SERVICE, ...more, key }, wu)
  expect(answer.status).toBe(303)
  return key
}

describe('吴检 adds a service', () => {
  test('which waits for the bureau, and is not published', async () => {
    const id = await propose()
    expect(await findService(db, id)).toBeUndefined()
    expect(await auditOf(`service:${id}`)).toEqual(['catalogue.propose'])
    const page = await html(`/carrier/services/${id}?done=sent`, wu)
    expect(page).toContain('待审核')
    expect(page).toContain('已提交审核')
    expect(await html('/carrier/services', wu)).toContain(SERVICE.name)
    expect(await html('/carrier/services', sun)).not.toContain(SERVICE.name)
  })

  test('once, however often the button is pressed', async () => {
    const key = newId()
    await Promise.all([1, 2, 3].map(() => post('/carrier/services', { ...SERVICE, key }, wu)))
    expect(await db.$count(proposals, eq(proposals.subject, key))).toBe(1)
  })

  test('never under the id of somebody else’s service', async () => {
    const key = serviceIdOf('kekao', '演示高低温试验')
    expect((await post('/carrier/services', { ...SERVICE, key }, wu)).status).toBe(303)
    expect(await db.$count(proposals, eq(proposals.subject, key))).toBe(0)
  })

  test('and is told beside the field what is wrong, with what was typed', async () => {
    const answer = await post('/carrier/services', { ...SERVICE, price: '免费', key: newId() }, wu)
    const page = await answer.text()
    expect(answer.status).toBe(422)
    expect(page).toContain('参考价格应是大于 0 的金额')
    expect(page).toContain('value="免费"')
    expect(page).toContain(SERVICE.name)
  })

  test('and takes it back before anybody has looked', async () => {
    const id = await propose({ name: '演示撤回项目' })
    const back = await post(`/carrier/services/${id}/taking-back`, {}, wu)
    expect(back.headers.get('Location')).toBe(`/carrier/services/${id}?done=taken_back`)
    expect(await html('/carrier/services', wu)).not.toContain('演示撤回项目')
    const page = await html(`/carrier/services/${id}`, wu)
    expect(page).toContain('已撤回')
    expect(page).not.toContain('待审核')
    expect((await post(`/carrier/services/${id}/taking-back`, {}, wu)).status).toBe(409)
    const again = { ...SERVICE, name: '演示撤回项目', seen: seenIn(page) }
    expect((await post(`/carrier/services/${id}`, again, wu)).status).toBe(303)
    expect(await html('/carrier/services', wu)).toContain('演示撤回项目')
  })
})

describe('吴检 changes a published service', () => {
  const id = serviceIdOf('zhijian', '演示可靠性试验')
  const path = `/carrier/services/${id}`
  const typed = { ...SERVICE, name: '演示可靠性试验', ...TOLD }

  test('its price at once, with an audit row', async () => {
    const seen = seenIn(await html(path, wu))
    const answer = await post(path, { ...typed, price: '1500', seen }, wu)
    expect(answer.headers.get('Location')).toBe(`${path}?done=at_once`)
    expect(await findService(db, id)).toMatchObject({ price_fen: 150_000, turnaround_days: 5 })
    expect(await auditOf(`service:${id}`)).toEqual(['catalogue.change'])
  })

  test('its name only once the bureau has passed it', async () => {
    const seen = seenIn(await html(path, wu))
    await post(path, { ...typed, price: '1600', name: '演示环境可靠性试验', seen }, wu)
    expect(await findService(db, id)).toMatchObject({ price_fen: 160_000, name: '演示可靠性试验' })
    const page = await html(path, wu)
    expect(page).toContain('有待审核的内容')
    expect(page).toContain('演示环境可靠性试验')
    expect(await html('/carrier/services', wu)).toContain('修改待审核')
  })

  test('not from a page that was opened before a colleague’s change', async () => {
    const seen = seenIn(await html(path, wu))
    const first = await post(
      path,
      { ...typed, price: '1700', name: '演示环境可靠性试验', seen },
      wu,
    )
    expect(first.status).toBe(303)
    const late = await post(path, { ...typed, price: '1800', name: '演示环境可靠性试验', seen }, wu)
    const page = await late.text()
    expect(late.status).toBe(409)
    expect(page).toContain('页面打开之后内容有了变化')
    expect(page).toContain('value="1800"')
    expect(await findService(db, id)).toMatchObject({ price_fen: 170_000 })
  })

  test('of two colleagues at the same moment one is told', async () => {
    const seen = seenIn(await html(path, wu))
    const [count] = [await db.$count(proposals, eq(proposals.subject, id))]
    const answers = await Promise.all(
      ['演示甲试验', '演示乙试验'].map((name) =>
        post(path, { ...typed, price: '1700', name, seen }, wu),
      ),
    )
    expect(answers.map(({ status }) => status).toSorted((one, two) => one - two)).toEqual([
      303, 409,
    ])
    expect(await db.$count(proposals, eq(proposals.subject, id))).toBe(count + 1)
    const waiting = (await listProposalsOf(db, id)).filter(({ verdict }) => !verdict)
    expect(waiting).toHaveLength(1)
  })
})

test('下架 hides a service from the choice, 重新上架 brings it back without a review', async () => {
  const id = serviceIdOf('zhijian', '演示样机设计')
  const names = async () =>
    (await listServices(db, ZHIJIAN, { limit: 100 })).rows.map(({ name }) => name)
  expect((await post(`/carrier/services/${id}/withdrawal`, {}, wu)).status).toBe(303)
  expect(await names()).not.toContain('演示样机设计')
  expect(await findService(db, id)).toMatchObject({ name: '演示样机设计' })
  expect(await html('/carrier/services', wu)).toContain('已下架')
  await post(`/carrier/services/${id}/withdrawal`, {}, wu)
  await post(`/carrier/services/${id}/relisting`, {}, wu)
  expect(await names()).toContain('演示样机设计')
  expect(await auditOf(`service:${id}`)).toEqual(['catalogue.withdraw', 'catalogue.relist'])
})

test('another carrier’s service is not found', async () => {
  const id = serviceIdOf('zhijian', '演示样机设计')
  for (const move of ['', '/withdrawal', '/relisting', '/taking-back', '/pictures'])
    expect((await post(`/carrier/services/${id}${move}`, SERVICE, sun)).status).toBe(404)
})

describe('contact and opening hours', () => {
  const typed = { contact: '吴检', phone: '0571-80000011', intro: '', from: '08:00', to: '18:00' }

  test('change at once, and only over what the page showed', async () => {
    const seen = seenIn(await html('/carrier/services/organisation', wu))
    const fields = { ...typed, days: '6', seen }
    expect((await post('/carrier/services/organisation', fields, wu)).status).toBe(303)
    expect(await html('/carrier/services', wu)).toContain('周六 08:00–18:00')
    expect((await post('/carrier/services/organisation', fields, wu)).status).toBe(409)
    expect(await auditOf(`carrier:${ZHIJIAN}`)).toContain('carrier.contact')
  })

  test('are refused without a day', async () => {
    const seen = seenIn(await html('/carrier/services/organisation', wu))
    const answer = await post('/carrier/services/organisation', { ...typed, seen }, wu)
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain('请至少选择一天')
  })
})

test('the bank account is kept sealed, shown masked, and audited without its digits', async () => {
  const fields = { bank: '演示银行西湖支行', bank_account: '3300 0000 0000 0123', seen: '0' }
  expect((await post('/carrier/services/account', fields, wu)).status).toBe(303)
  expect((await post('/carrier/services/account', fields, wu)).status).toBe(409)
  const row = await db.select().from(carrier_accounts).get()
  expect(JSON.stringify(row)).not.toContain('0123')
  expect(await html('/carrier/services', wu)).toContain('•••• 0123')
  expect(await accountOf(env, ZHIJIAN)).toEqual({
    bank: '演示银行西湖支行',
    bank_account: '3300000000000123',
  })
  const [audited] = await db
    .select()
    .from(auditEntries)
    .where(eq(auditEntries.action, 'carrier.account'))
  expect(JSON.stringify(audited)).not.toContain('33000')
})

test('a suspended carrier is told why, and still keeps its list', async () => {
  const reason = '资质到期'
  await commit(db, [suspendCarrier(db, { carrier: carrierIdOf('kekao'), at: 1, by: 'x', reason })])
  const page = await html('/carrier/services', sun)
  expect(page).toContain('已被暂停')
  expect(page).toContain(reason)
  const id = serviceIdOf('kekao', '演示静电放电测试')
  expect((await post(`/carrier/services/${id}/withdrawal`, {}, sun)).status).toBe(303)
})

test('a long list is paged and found by word and state', async () => {
  const many = Array.from({ length: 25 }, (_none, n) => ({
    id: namedId(`long ${n}`),
    carrier: ZHIJIAN,
    name: `演示长表 ${String(n).padStart(2, '0')}`,
    category: '检验检测' as const,
    price_fen: null,
    unit: '项',
    withdrawn_at: n === 24 ? 1 : null,
  }))
  await commit(db, publishServices(db, many, 1))
  const path = '/carrier/services?kind=service'
  expect(await html('/carrier/services', wu)).toContain('全部服务项目')
  expect(await html(path, wu)).toContain('第 1 页，共 2 页')
  expect(await html(`${path}&page=2`, wu)).toContain('演示长表')
  const found = await html(`${path}&word=${encodeURIComponent('长表 07')}`, wu)
  expect(found).toContain('演示长表 07')
  expect(found).not.toContain('演示长表 08')
  const withdrawn = await html(`${path}&state=withdrawn`, wu)
  expect(withdrawn).toContain('演示长表 24')
  expect(withdrawn).not.toContain('演示长表 07')
  expect(await html('/carrier/services?lang=en', wu)).toContain('Services and instruments')
})
