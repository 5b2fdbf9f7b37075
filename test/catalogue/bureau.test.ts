/** 「载体管理」: the bureau finds and admits carriers, corrects them and sees them whole. */
import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { atlas_organisations } from '../../src/atlas/tables.ts'
import { auditEntries } from '../../src/audit/tables.ts'
import { carrierStatements, findCarrierByUscc, suspendCarrier } from '../../src/catalogue/client.ts'
import { carriers } from '../../src/catalogue/tables.ts'
import { newId } from '../../src/kernel/id.ts'
import { checkCharacter } from '../../src/kernel/uscc.ts'
import { commit, commitOnce } from '../../src/platform/db.ts'
import { register } from '../demo/seed-enterprises.ts'
import { PEOPLE } from '../support/cast.ts'
import { send } from '../support/routes.ts'
import { ZHIJIAN, db, html, post, seenIn, setUp } from './fixture.ts'
import type { Fields, People } from './fixture.ts'

let xihu: People['xihu']
let haishu: People['haishu']
let province: People['province']
let auditor: People['auditor']

beforeAll(async () => {
  ;({ xihu, haishu, province, auditor } = await setUp())
})

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

describe('许审 admits a carrier whose code a registered enterprise has', () => {
  const said = '提示：这个代码也是一家已注册企业的'
  const { uscc } = PEOPLE.lin

  test('is told so beside the field, and after it, and is not kept from it', async () => {
    const at = Date.now() - 60_000
    const when = { at, approved_at: at, bound: true }
    await register(env, { key: 'yunshan', reviewer: 'xihu-review', ...when })
    const code = await html(`/bureau/carriers/code?uscc=${uscc.toLowerCase()}`, xihu)
    expect(code).toContain(said)
    expect(code).not.toContain('<html')
    const typed = { ...CARRIER, uscc, name: '', key: newId() }
    const refused = await (await post('/bureau/carriers', typed, xihu)).text()
    expect(refused).toContain(said)
    expect(refused).toContain(PEOPLE.lin.unit)
    const key = newId()
    expect((await post('/bureau/carriers', { ...CARRIER, uscc, key }, xihu)).status).toBe(303)
    expect(await html(`/bureau/carriers/${key}?done=admitted`, xihu)).toContain(said)
  })

  test('of another code nothing is said', async () => {
    expect(await html(`/bureau/carriers/code?uscc=${CARRIER.uscc}`, xihu)).toBe('')
    expect(await html(`/bureau/carriers/${ZHIJIAN}`, xihu)).not.toContain(said)
    expect((await send('GET', '/bureau/carriers/code', { cookie: auditor.cookie })).status).toBe(
      403,
    )
  })
})

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
    const twice = { ...CARRIER, key: newId(), uscc: usccOf('91330106MA2DKEY01') }
    const both = await Promise.all([1, 2].map(() => post('/bureau/carriers', twice, xihu)))
    expect(both.map(({ status }) => status)).toEqual([303, 303])
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

test('a correction brings no carrier back that was suspended meanwhile', async () => {
  const carrier = await findCarrierByUscc(db, '91330106MA2CAR0265')
  if (!carrier) throw new Error('not admitted')
  const when = { seen: carrier.updated_at, at: Date.now() }
  const late = await carrierStatements(db, carrier, { intro: '新的简介' }, when)
  await commit(db, [suspendCarrier(db, { carrier: carrier.id, at: 1, by: 'x', reason: 'x' })])
  expect(await commitOnce(db, late)).toBe(false)
  await env.DB.exec('DELETE FROM carrier_suspensions')
  expect(await commitOnce(db, late)).toBe(true)
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
