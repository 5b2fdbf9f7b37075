/** A bureau imports at once, for its own region alone; templates; who sees what, and its trail. */
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import { PEOPLE } from '../support/cast.ts'
import { ask, formOf, fresh, textOf, upload } from './desk.ts'
import {
  admit,
  count,
  csvOf,
  NINGBO_USCC,
  SERVICE_HEAD,
  serviceRows,
  settle,
  stateOf,
} from './fixture.ts'

beforeAll(admit)
describe('西湖区 imports', () => {
  const head = ['统一社会信用代码', ...SERVICE_HEAD]

  test('services of its carriers at once, and names those of others', async () => {
    const before = await count('services')
    const rows = serviceRows(3).map((row, at) => [
      [PEOPLE.wu.uscc, NINGBO_USCC, '91330106MA2DEM017U'][at] ?? '',
      `${row[0]} 庚`,
      ...row.slice(1),
    ])
    const content = new Blob([csvOf([head, ...rows])])
    const { id, path } = await upload('xihu-review', 'bureau', 'service', content)
    const preview = await textOf('xihu-review', path)
    expect(preview).toContain('这个载体不在本部门的范围内')
    expect(preview).toContain('没有这个统一社会信用代码的载体')
    await ask('xihu-review', 'POST', `${path}/decision`, formOf({ mode: 'good' }))
    await settle(id)
    expect(await count('services')).toBe(before + 1)
  })

  test('carriers: places in any system, the seat where none is given, nobody twice', async () => {
    const columns =
      '载体名称,统一社会信用代码,法定代表人,县区,地址,经度,纬度,坐标系,联系人,电话,类别'
    const lines = [
      columns,
      '杭州演示一所,91330106MA2CAR0265,孟一,西湖区,文三路 2 号,120.1345,30.2741,高德,王一,0571-80000021,检验检测',
      '杭州演示二所,12330203470001032B,孟二,杭州市西湖区,文三路 3 号,,,,王二,0571-80000022,检验检测、仪器共享',
      `浙江研究院,${PEOPLE.wu.uscc},孟三,330106,文三路 4 号,,,,王三,0571-80000023,检验检测`,
      '宁波演示三所,123303004700010400,孟四,宁波市海曙区,中山路 1 号,,,,王四,0574-80000024,检验检测',
      '杭州演示四所,91330106MA2DEM041C,孟五,西湖区,文三路 5 号,121.5,29.8,火星,王五,0571,检验检测',
    ]
    const content = new Blob([lines.join('\n')])
    const { id, path } = await upload('xihu-review', 'bureau', 'carrier', content, '载体.csv')
    // 12330203470001032B and 浙江研究院 are carriers already.
    expect((await stateOf(id)).facts).toEqual({ rows: 5, good: 1, bad: 2, published: 2 })
    const preview = await textOf('xihu-review', path)
    expect(preview).toContain('不在本部门的范围内')
    expect(preview).toContain('坐标不在所填的县（市、区）内')
    await ask('xihu-review', 'POST', `${path}/decision`, formOf({ mode: 'good' }))
    await settle(id)
    const query = 'SELECT lng, lat, county, categories FROM carriers WHERE uscc = ?'
    const made = await env.DB.prepare(query).bind('91330106MA2CAR0265').first()
    // GCJ-02 lies some four hundred metres to the south-east there.
    expect(made).toMatchObject({ county: '330106', categories: '["检验检测"]' })
    expect(made?.['lng']).toBeCloseTo(120.1297, 3)
    expect(made?.['lat']).toBeCloseTo(30.2765, 3)
  })
})

describe('templates', () => {
  const asked = (['service', 'instrument', 'carrier'] as const).flatMap((kind) =>
    (['csv', 'xlsx'] as const).map((format) => [kind, format] as const),
  )
  test.each(asked)('of %s as %s are read back, their example passed over', async (kind, format) => {
    const path = `/bureau/imports/template?kind=${kind}&format=${format}`
    const { status, answer } = await ask('xihu-review', 'GET', path)
    expect(status).toBe(200)
    expect(answer.headers.get('Content-Disposition')).toContain(`.${format}`)
    const { id } = await upload(
      'xihu-review',
      'bureau',
      kind,
      await answer.blob(),
      `模板.${format}`,
    )
    expect(await stateOf(id)).toMatchObject({ state: 'unreadable', facts: { code: 'no_rows' } })
  })
})

test.each(['csv', 'xlsx'])('what a bureau exports as %s is read back whole', async (format) => {
  for (const [what, kind] of [
    ['carriers', 'carrier'],
    ['services', 'service'],
  ] as const) {
    const path = `/bureau/carriers/export?what=${what}&format=${format}`
    const { answer } = await ask('xihu-review', 'GET', path)
    const name = `导出.${format}`
    const { id } = await upload('xihu-review', 'bureau', kind, await answer.blob(), name)
    const { facts } = await stateOf(id)
    expect(facts).toMatchObject({ good: 0, bad: 0, published: facts['rows'] })
    expect(facts['rows']).toBeGreaterThan(0)
  }
})

test('every step has its row in the audit trail', async () => {
  const { id, path } = await upload('wu', 'carrier', 'service', new Blob([csvOf(fresh('辛'))]))
  await ask('wu', 'POST', `${path}/decision`, formOf({ mode: 'all' }))
  await ask('xihu-review', 'POST', `/bureau/imports/${id}/review`, formOf({ verdict: 'approve' }))
  await settle(id)
  const query = 'SELECT action, name FROM audit_entries WHERE subject = ? ORDER BY seq'
  const { results } = await env.DB.prepare(query)
    .bind(`import:${id}`)
    .all<{ action: string; name: string }>()
  expect(results.map(({ action, name }) => `${action} ${name}`)).toEqual([
    'import.begin 吴检',
    'import.read 系统',
    'import.send 吴检',
    expect.stringMatching(/^import\.approve /),
    'import.finish 系统',
  ])
})

test('another carrier and a bureau elsewhere see nothing of it', async () => {
  const { id, path } = await upload('wu', 'carrier', 'service', new Blob([csvOf(fresh('壬'))]))
  expect((await ask('haishu-review', 'GET', `/bureau/imports/${id}`)).status).toBe(404)
  expect((await ask('province-admin', 'GET', `/bureau/imports/${id}`)).status).toBe(200)
  const review = formOf({ verdict: 'approve' })
  expect((await ask('province-admin', 'POST', `/bureau/imports/${id}/review`, review)).status).toBe(
    403,
  )
  expect((await ask('wu', 'GET', path)).status).toBe(200)
})
