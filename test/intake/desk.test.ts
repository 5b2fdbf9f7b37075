/** The pages: a carrier sends a file, looks, decides; its bureau reviews; a bureau imports at once. */
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../src/kernel/id.ts'
import { send } from '../support/routes.ts'
import { signInAs } from '../support/sign-in.ts'
import {
  NINGBO_USCC,
  SERVICE_HEAD,
  admit,
  count,
  csvOf,
  serviceRows,
  settle,
  stateOf,
  workbookOf,
} from './fixture.ts'
import type { Sheet } from './fixture.ts'
import { PEOPLE } from '../support/cast.ts'

beforeAll(admit)

type As = 'wu' | 'qian' | 'xihu-review' | 'province-admin' | string

async function ask(who: As, method: 'GET' | 'POST', path: string, body?: FormData) {
  const { cookie } = await signInAs(env, who)
  const answer = await send(method, path, { cookie, ...(body ? { body } : {}) })
  return { status: answer.status, to: answer.headers.get('Location') ?? '', answer }
}

function formOf(fields: Readonly<Record<string, string | File>>): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  return form
}

/** Uploads and lets the job read; answers the path of the import. */
async function upload(who: As, desk: string, kind: string, content: Blob, name = '服务.csv') {
  const id = newId()
  const file = new File([content], name)
  const sent = await ask(who, 'POST', `/${desk}/imports`, formOf({ kind, key: id, file }))
  expect([sent.status, sent.to]).toEqual([303, `/${desk}/imports/${id}`])
  await settle(id)
  return { id, path: sent.to }
}

async function textOf(who: As, path: string): Promise<string> {
  return (await ask(who, 'GET', path)).answer.text()
}

const fresh = (mark: string, rows = 2): Sheet => [
  SERVICE_HEAD,
  ...serviceRows(rows).map(([name, ...rest]) => [`${name} ${mark}`, ...rest]),
]
const BAD = ['', '检验检测', 'abc', '次', '', '', '']

describe('吴检 imports services of her institute', () => {
  test('from a workbook: checks, confirms, 西湖区 approves, and they are published', async () => {
    const before = await count('services')
    const book = await workbookOf(fresh('甲'))
    const { id, path } = await upload('wu', 'carrier', 'service', book, '服务.xlsx')
    const preview = await textOf('wu', path)
    expect(preview).toContain('全部导入')
    expect(preview).toContain('振动试验 1 甲')
    await ask('wu', 'POST', `${path}/decision`, formOf({ mode: 'all' }))
    expect((await stateOf(id)).state).toBe('in_review')
    expect(await count('services')).toBe(before)
    const review = formOf({ verdict: 'approve', reason: '' })
    const decided = await ask('xihu-review', 'POST', `/bureau/imports/${id}/review`, review)
    expect(decided.status).toBe(303)
    await settle(id)
    expect(await count('services')).toBe(before + 2)
    expect(await textOf('wu', path)).toContain('导入完成')
  })

  test('with bad rows: not all, only the good ones; the bad ones come as a file', async () => {
    const { id, path } = await upload(
      'wu',
      'carrier',
      'service',
      new Blob([csvOf([...fresh('乙'), BAD])]),
    )
    const preview = await textOf('wu', path)
    expect(preview).toContain('缺少服务名称')
    expect(preview).not.toContain('value="all"')
    const refused = await ask('wu', 'POST', `${path}/decision`, formOf({ mode: 'all' }))
    expect(refused.status).toBe(422)
    expect(await refused.answer.text()).toContain('有 1 行有问题，不能全部导入')
    const rows = await textOf('wu', `${path}/rows?verdict=bad`)
    expect(rows).toMatch(/^行号,问题,服务名称/)
    expect(rows).toContain('4,缺少服务名称；参考价格（元）应是大于 0 的金额')
    await ask('wu', 'POST', `${path}/decision`, formOf({ mode: 'good' }))
    expect((await stateOf(id)).one.steps.at(-1)).toMatchObject({
      move: 'send',
      facts: { mode: 'good' },
    })
  })

  test('sent back: a reason is needed, she reads it, and nothing was published', async () => {
    const before = await count('services')
    const { id, path } = await upload('wu', 'carrier', 'service', new Blob([csvOf(fresh('丙'))]))
    await ask('wu', 'POST', `${path}/decision`, formOf({ mode: 'all' }))
    const desk = `/bureau/imports/${id}`
    const without = await ask(
      'xihu-review',
      'POST',
      `${desk}/review`,
      formOf({ verdict: 'return' }),
    )
    expect(without.status).toBe(422)
    const reason = '价格请按收费标准填写'
    await ask('xihu-review', 'POST', `${desk}/review`, formOf({ verdict: 'return', reason }))
    expect(await textOf('wu', path)).toContain(reason)
    const late = await ask('wu', 'POST', `${path}/abandonment`)
    expect(late.status).toBe(409)
    expect(await count('services')).toBe(before)
  })

  test('gives up before anything is published', async () => {
    const { id, path } = await upload('wu', 'carrier', 'service', new Blob([csvOf(fresh('丁'))]))
    expect((await ask('wu', 'POST', `${path}/abandonment`)).status).toBe(303)
    expect((await stateOf(id)).state).toBe('abandoned')
    expect(await textOf('wu', path)).toContain('什么也没有公布')
  })

  test('pressing twice or sending the file twice begins one import', async () => {
    const fields = { kind: 'service', key: newId(), file: new File([csvOf(fresh('戊'))], '表.csv') }
    const sent = [formOf(fields), formOf(fields)].map((form) =>
      ask('wu', 'POST', '/carrier/imports', form),
    )
    expect((await Promise.all(sent)).map(({ status }) => status)).toEqual([303, 303])
    const query = 'SELECT count(*) AS n FROM imports WHERE id = ?'
    expect(await env.DB.prepare(query).bind(fields.key).first('n')).toBe(1)
  })

  test('while it reads the page asks again by itself, with scripts or without', async () => {
    const id = newId()
    const file = new File([csvOf(fresh('己', 2000))], '表.csv')
    await ask('wu', 'POST', '/carrier/imports', formOf({ kind: 'service', key: id, file }))
    const reading = await textOf('wu', `/carrier/imports/${id}`)
    if (!reading.includes('全部导入')) {
      expect(reading).toContain('hx-trigger="every 2s"')
      expect(reading).toContain('http-equiv="refresh"')
    }
    await settle(id)
    expect(await textOf('wu', `/carrier/imports/${id}`)).not.toContain('hx-trigger')
  })

  const wrong: [string, Record<string, string | File>, string][] = [
    ['nothing chosen', {}, '请选择表格文件'],
    ['an empty file', { file: new File([''], '表.csv') }, '这是空文件'],
    ['an old workbook', { file: oldWorkbook() }, '旧版 XLS'],
    ['an archive', { file: new File(['PK\u0003\u0004nothing'], '表.xlsx') }, '不是可以读取的 XLSX'],
    ['no contents named', { file: new File(['a'], '表.csv'), kind: '' }, '请选择导入内容'],
    [
      'carriers, which are not hers',
      { file: new File(['a'], '表.csv'), kind: 'carrier' },
      '请选择',
    ],
  ]
  test.each(wrong)('a form with %s comes back with the reason', async (_name, fields, message) => {
    const form = formOf({ kind: 'service', key: newId(), ...fields })
    const { status, answer } = await ask('wu', 'POST', '/carrier/imports', form)
    expect(status).toBe(422)
    expect(await answer.text()).toContain(message)
  })
})

function oldWorkbook(): File {
  return new File([new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 1, 2])], '表.xls')
}

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
