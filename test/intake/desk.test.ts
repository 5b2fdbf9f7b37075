/** A carrier sends a file, looks at what was found, decides; its bureau reviews. */
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../src/kernel/id.ts'
import { ask, formOf, fresh, textOf, upload } from './desk.ts'
import { SERVICE_HEAD, admit, count, csvOf, settle, stateOf, workbookOf } from './fixture.ts'

beforeAll(admit)
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
    const returned = await textOf('wu', path)
    expect(returned).toContain(`理由：${reason}`)
    expect(returned).toContain('href="/carrier/imports?kind=service"')
    expect(returned).toContain('下载可以导入的行（CSV）')
    expect(await textOf('wu', `${path}/rows?verdict=good`)).toContain('振动试验 1 丙')
    expect(await textOf('xihu-review', desk)).not.toContain('重新上传</a>')
    const late = await ask('wu', 'POST', `${path}/abandonment`)
    expect(late.status).toBe(409)
    expect(await count('services')).toBe(before)
  })

  test('gives up before anything is published', async () => {
    const { id, path } = await upload('wu', 'carrier', 'service', new Blob([csvOf(fresh('丁'))]))
    expect((await ask('wu', 'POST', `${path}/abandonment`)).status).toBe(303)
    expect((await stateOf(id)).state).toBe('abandoned')
    const given = await textOf('wu', path)
    expect(given).toContain('什么也没有公布')
    expect(given).toContain('href="/carrier/imports?kind=service"')
    expect(given).not.toContain('放弃导入</button>')
  })

  test('while she has not confirmed, her bureau is told that nothing is asked of it', async () => {
    const { id } = await upload('wu', 'carrier', 'service', new Blob([csvOf(fresh('子'))]))
    const seen = await textOf('xihu-review', `/bureau/imports/${id}`)
    expect(seen).toContain('载体还没有确认')
    expect(seen).not.toContain('审核通过</button>')
  })

  test('with nothing but bad rows: can only correct the file, or give up', async () => {
    const content = new Blob([csvOf([SERVICE_HEAD, BAD])])
    const { path } = await upload('wu', 'carrier', 'service', content)
    const preview = await textOf('wu', path)
    expect(preview).toContain('没有可以导入的行')
    expect(preview).toContain('href="/carrier/imports?kind=service"')
    expect(preview).toContain('放弃导入')
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
