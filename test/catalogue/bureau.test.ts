/** 「载体管理」: the bureau admits carriers, reviews what they offer, and takes its lists away. */
import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { atlas_items, atlas_organisations } from '../../src/atlas/tables.ts'
import { auditEntries } from '../../src/audit/tables.ts'
import {
  countWaitingProposals,
  findCarrierByUscc,
  findService,
  publishServices,
  suspendCarrier,
} from '../../src/catalogue/client.ts'
import { carriers, proposals } from '../../src/catalogue/tables.ts'
import { namedId, newId } from '../../src/kernel/id.ts'
import { checkCharacter } from '../../src/kernel/uscc.ts'
import { commit, dbOf } from '../../src/platform/db.ts'
import { insertBureau } from '../../src/policy/client.ts'
import { carrierIdOf, seedCast, serviceIdOf } from '../demo/seed-catalogue.ts'
import { send } from '../support/routes.ts'
import { signInAs } from '../support/sign-in.ts'
import type { SignedIn } from '../support/sign-in.ts'

const db = dbOf(env)
const ZHIJIAN = carrierIdOf('zhijian')
let xihu: SignedIn
let haishu: SignedIn
let province: SignedIn
let auditor: SignedIn
let wu: SignedIn

beforeAll(async () => {
  await commit(db, seedCast(db, Date.UTC(2026, 0, 1)))
  await commit(db, [
    insertBureau(db, { region: '330106', name: '杭州市西湖区科技局' }),
    insertBureau(db, { region: '330000', name: '浙江省科技厅' }),
  ])
  xihu = await signInAs(env, 'xihu-review')
  haishu = await signInAs(env, 'haishu-review')
  province = await signInAs(env, 'province-admin')
  auditor = await signInAs(env, 'province-audit')
  wu = await signInAs(env, 'wu')
})

type Fields = Record<string, string | readonly string[]>

async function post(path: string, fields: Fields, as: SignedIn): Promise<Response> {
  const body = new URLSearchParams()
  for (const [name, value] of Object.entries(fields))
    for (const one of [value].flat()) body.append(name, one)
  return send('POST', path, { cookie: as.cookie, body })
}

async function html(path: string, as: SignedIn): Promise<string> {
  return (await send('GET', path, { cookie: as.cookie })).text()
}

function seenIn(page: string): string {
  return /name="seen" value="([^"]*)"/.exec(page)?.[1] ?? ''
}

function usccOf(body: string): string {
  return body + checkCharacter(body)
}

const CARRIER = {
  name: '杭州演示光学检测有限公司',
  uscc: usccOf('91330106MA2DKEY00'),
  legal_representative: '莫远山',
  county: '330106',
  address: '演示路 18 号',
  lng: '120.13',
  lat: '30.26',
  datum: 'WGS-84',
  contact: '陆晓',
  phone: '0571-80000099',
  categories: ['检验检测', '仪器共享'],
  intro: '',
  website: '',
  days: ['1', '2', '3', '4', '5'],
  from: '09:00',
  to: '17:00',
} as const

describe('许审 admits a carrier', () => {
  test('which is in the register, on the map and in the audit log at once', async () => {
    const key = newId()
    const answer = await post('/bureau/carriers', { ...CARRIER, key }, xihu)
    expect(answer.headers.get('Location')).toBe(`/bureau/carriers/${key}?done=admitted`)
    expect(await findCarrierByUscc(db, CARRIER.uscc)).toMatchObject({
      id: key,
      lng: 120.13,
      categories: ['检验检测', '仪器共享'],
      state: 'active',
    })
    const doc = eq(atlas_organisations.subject, key)
    expect(await db.$count(atlas_organisations, doc)).toBe(1)
    const rows = await db
      .select()
      .from(auditEntries)
      .where(eq(auditEntries.subject, `carrier:${key}`))
    expect(rows).toMatchObject([{ action: 'carrier.admit', region: '330106' }])
    expect(JSON.stringify(rows)).not.toContain('80000099')
    expect(await html(`/bureau/carriers/${key}?done=admitted`, xihu)).toContain('载体已新增')
    const again = await post('/bureau/carriers', { ...CARRIER, key }, xihu)
    expect(again.status).toBe(303)
    expect(await db.$count(carriers, eq(carriers.uscc, CARRIER.uscc))).toBe(1)
  })

  const refusals: [string, Fields, string][] = [
    ['under a wrong credit code', { uscc: '91330106MA2DKEY000' }, '统一社会信用代码不正确'],
    ['that is one already', { uscc: '12330203470001032B' }, '宁波演示电子可靠性实验室'],
    ['outside of the region', { county: '330203', lng: '', lat: '' }, '不在本部门的范围内'],
    ['in Shanghai', { lng: '121.47', lat: '31.23' }, '不在浙江省内'],
  ]
  test.each(refusals)('not %s', async (_name, fields, message) => {
    const answer = await post('/bureau/carriers', { ...CARRIER, ...fields, key: newId() }, xihu)
    const page = await answer.text()
    expect(answer.status).toBe(422)
    expect(page).toContain(message)
    expect(page).toContain(CARRIER.name)
  })
})

describe('a carrier’s page', () => {
  const path = `/bureau/carriers/${ZHIJIAN}`

  test('is for the bureaus above it, and absent for others', async () => {
    for (const one of [xihu, province, auditor])
      expect(await html(path, one)).toContain('浙江演示智能制造检测研究院')
    expect((await send('GET', path, { cookie: haishu.cookie })).status).toBe(404)
  })

  test('holds 暂停 with a reason for those who may, and not for auditors', async () => {
    const page = await html(path, xihu)
    expect(page).toContain(`action="${path}/suspension"`)
    expect(await html(path, auditor)).not.toContain('/suspension"')
    const row = { carrier: ZHIJIAN, at: Date.UTC(2026, 5, 1), by: 'x', reason: '资质到期' }
    await commit(db, [suspendCarrier(db, row)])
    const later = await html(path, xihu)
    expect(later).toContain('已于 2026-06-01 暂停')
    expect(later).toContain(`action="${path}/resumption"`)
    await env.DB.exec('DELETE FROM carrier_suspensions')
  })

  test('is corrected over what was seen, and not over a colleague’s correction', async () => {
    const seen = seenIn(await html(`${path}/edit`, xihu))
    const fields = { ...CARRIER, uscc: '123300004700010160', name: '浙江演示智能检测研究院', seen }
    expect((await post(path, fields, xihu)).status).toBe(303)
    const late = await post(path, { ...fields, name: '浙江演示检测院' }, xihu)
    expect(late.status).toBe(409)
    expect(await late.text()).toContain('浙江演示检测院')
    const doc = eq(atlas_organisations.subject, ZHIJIAN)
    expect(await db.select().from(atlas_organisations).where(doc)).toMatchObject([
      { name: '浙江演示智能检测研究院' },
    ])
    const taken = {
      ...fields,
      uscc: '12330203470001032B',
      seen: seenIn(await html(`${path}/edit`, xihu)),
    }
    expect((await post(path, taken, xihu)).status).toBe(422)
  })
})

test('the list is found by word, county and state, within the region alone', async () => {
  const names = async (query: string, as = xihu) => html(`/bureau/carriers?${query}`, as)
  expect(await names('')).toContain('杭州演示材料分析测试中心')
  expect(await names('')).not.toContain('宁波演示电子可靠性实验室')
  expect(await names('word=%E7%94%B5%E9%95%9C')).toContain('杭州演示材料分析测试中心')
  expect(await names('word=12330203470001032b', province)).toContain('宁波演示电子可靠性实验室')
  expect(await names('state=suspended')).toContain('没有符合条件的载体')
  expect(await names('county=330203', province)).not.toContain('杭州演示材料分析测试中心')
})

const SERVICE = { category: '检验检测', price: '', unit: '项', turnaround_days: '', summary: '' }

async function propose(name: string): Promise<{ id: string; proposal: string }> {
  const id = newId()
  await post('/carrier/services', { ...SERVICE, name, qualifications: 'CMA', key: id }, wu)
  const row = await db.select().from(proposals).where(eq(proposals.subject, id)).get()
  return { id, proposal: row?.id ?? '' }
}

describe('许审 reviews', () => {
  test('审核通过 publishes a new service with its place in the index', async () => {
    const { id, proposal } = await propose('演示视觉检测')
    expect(await html('/bureau', xihu)).toContain('演示视觉检测')
    const page = await html(`/bureau/carriers/proposals/${proposal}`, xihu)
    expect(page).toContain('新增服务：演示视觉检测')
    const passed = { decision: 'approved', reason: '' }
    const answer = await post(`/bureau/carriers/proposals/${proposal}`, passed, xihu)
    expect(answer.status).toBe(303)
    expect(await findService(db, id)).toMatchObject({
      name: '演示视觉检测',
      qualifications: ['CMA'],
      withdrawn_at: null,
    })
    expect(await db.$count(atlas_items, eq(atlas_items.subject, id))).toBe(1)
    expect((await post(`/bureau/carriers/proposals/${proposal}`, passed, xihu)).status).toBe(409)
    expect(await html(`/carrier/services/${id}`, wu)).toContain('已发布')
  })

  test('不通过 asks for a reason and sends it back', async () => {
    const { id, proposal } = await propose('演示退回检测')
    const path = `/bureau/carriers/proposals/${proposal}`
    const bare = await post(path, { decision: 'returned', reason: ' ' }, xihu)
    expect(bare.status).toBe(422)
    expect(await bare.text()).toContain('不通过须填写理由')
    const reason = '请补充资质证书'
    expect((await post(path, { decision: 'returned', reason }, xihu)).status).toBe(303)
    expect(await findService(db, id)).toBeUndefined()
    const page = await html('/carrier/services', wu)
    expect(page).toContain('退回')
    expect(page).toContain(reason)
  })

  test('a changed name beside the published one, and a later price stays', async () => {
    const id = serviceIdOf('zhijian', '演示可靠性试验')
    const path = `/carrier/services/${id}`
    const fields = { ...SERVICE, qualifications: '', price: '1200' }
    const seen = async () => seenIn(await html(path, wu))
    await post(path, { ...fields, name: '演示环境试验', seen: await seen() }, wu)
    const row = await db.select().from(proposals).where(eq(proposals.subject, id)).get()
    const review = `/bureau/carriers/proposals/${row?.id ?? ''}`
    const page = await html(review, xihu)
    expect(page).toContain('现在公布')
    expect(page).toContain('演示环境试验')
    await post(path, { ...fields, name: '演示环境试验', price: '999', seen: await seen() }, wu)
    await post(review, { decision: 'approved', reason: '' }, xihu)
    expect(await findService(db, id)).toMatchObject({ name: '演示环境试验', price_fen: 99_900 })
  })

  test('of two who decide at once, one is told', async () => {
    const { id, proposal } = await propose('演示同时审核')
    const answers = await Promise.all([
      post(`/bureau/carriers/proposals/${proposal}`, { decision: 'approved', reason: '' }, xihu),
      post(
        `/bureau/carriers/proposals/${proposal}`,
        { decision: 'returned', reason: '不' },
        province,
      ),
    ])
    const statuses = answers.map(({ status }) => status).toSorted((one, two) => one - two)
    expect(statuses).toEqual([303, 409])
    const approved = answers[0].status === 303
    expect((await findService(db, id)) !== undefined).toBe(approved)
  })

  test('several, and hears of each what became of it', async () => {
    const [one, two, three] = [
      await propose('演示甲'),
      await propose('演示乙'),
      await propose('演示丙'),
    ]
    await post(`/carrier/services/${two.id}/taking-back`, {}, wu)
    const proposal = [one.proposal, two.proposal, three.proposal]
    const none = await post(
      '/bureau/carriers/proposals',
      { decision: 'approved', reason: '' },
      xihu,
    )
    expect(none.status).toBe(422)
    expect(await none.text()).toContain('请先选择要审核的内容')
    const answer = await post(
      '/bureau/carriers/proposals',
      { proposal, decision: 'approved', reason: '' },
      xihu,
    )
    expect(answer.status).toBe(303)
    const page = await html(answer.headers.get('Location') ?? '', xihu)
    expect(page).toContain('2 项已办理，1 项未办理')
    expect(page).toContain('载体已撤回')
    expect(await findService(db, three.id)).toBeDefined()
    expect(await findService(db, two.id)).toBeUndefined()
  })

  test('nothing of another region, and an auditor decides nothing', async () => {
    const { proposal } = await propose('演示别处')
    const path = `/bureau/carriers/proposals/${proposal}`
    expect((await send('GET', path, { cookie: haishu.cookie })).status).toBe(404)
    expect((await post(path, { decision: 'approved', reason: '' }, haishu)).status).toBe(404)
    expect((await post(path, { decision: 'approved', reason: '' }, auditor)).status).toBe(403)
    expect(await html(path, auditor)).not.toContain('value="approved"')
  })
})

test('what waits is counted at the bureau that decides, or above where there is none', async () => {
  const before = await countWaitingProposals(db, '330000')
  const xihuBefore = await countWaitingProposals(db, '330106')
  const li = await signInAs(env, 'li')
  await post(
    '/carrier/services',
    { ...SERVICE, name: '演示温州', qualifications: '', key: newId() },
    li,
  )
  expect(await countWaitingProposals(db, '330000')).toBe(before + 1)
  await propose('演示杭州')
  expect(await countWaitingProposals(db, '330106')).toBe(xihuBefore + 1)
  expect(await countWaitingProposals(db, '330000')).toBe(before + 1)
})

describe('an export', () => {
  const at = '/bureau/carriers/export'
  const rowsOf = async (query: string, as = xihu) =>
    (await html(`${at}?${query}`, as)).trim().split('\n')

  test('holds the carriers of the region with the headings of the import', async () => {
    const rows = await rowsOf('what=carriers')
    expect(rows[0]).toContain('统一社会信用代码,法定代表人,县（市、区）')
    expect(rows.some((row) => row.includes('杭州市西湖区'))).toBe(true)
    expect(rows.some((row) => row.includes('宁波'))).toBe(false)
    expect((await rowsOf('what=carriers', province)).length).toBeGreaterThan(rows.length)
  })

  test('holds services and instruments, filtered as the list is', async () => {
    const rows = await rowsOf('what=services&word=%E7%94%B5%E9%95%9C')
    expect(rows).toHaveLength(6)
    expect(rows[1]).toContain('91330106MA2CAR0265')
    expect(await rowsOf('what=instruments', province)).toHaveLength(9)
  })

  test('is as long as the list', async () => {
    const many = Array.from({ length: 2500 }, (_none, n) => ({
      id: namedId(`many ${n}`),
      carrier: carrierIdOf('kekao'),
      name: `演示批量 ${n}`,
      category: '检验检测' as const,
      price_fen: null,
      unit: '项',
    }))
    await commit(db, publishServices(db, many, 1))
    expect((await rowsOf('what=services', haishu)).length).toBe(2506)
    const file = await send('GET', `${at}?what=services&format=xlsx`, { cookie: haishu.cookie })
    expect(file.headers.get('Content-Type')).toContain('spreadsheetml')
    expect((await file.arrayBuffer()).byteLength).toBeGreaterThan(20_000)
  })

  test('of a carrier holds its own alone', async () => {
    const text = await html('/carrier/services/export?kind=instrument&format=csv', wu)
    expect(text.trim().split('\n')).toHaveLength(3)
  })
})
