/** A file is read whatever it was written with, and what is wrong is told by its line. */
import { beforeAll, describe, expect, test } from 'vitest'
import {
  SERVICE_HEAD,
  admit,
  csvOf,
  insideOf,
  jobOf,
  problemsOf,
  readFile,
  serviceRows,
  workbookOf,
} from './fixture.ts'

beforeAll(admit)

const TWO = [SERVICE_HEAD, ...serviceRows(2)]
const GB18030_HEAD = [0xb7, 0xfe, 0xce, 0xf1, 0xc3, 0xfb, 0xb3, 0xc6] // 服务名称

describe('a file of two services', () => {
  const text = csvOf(TWO)
  const files: [string, () => Promise<Blob> | Blob, 'csv' | 'xlsx'][] = [
    ['CSV in UTF-8', () => new Blob([text]), 'csv'],
    ['CSV in UTF-8 with its mark', () => new Blob(['\uFEFF', text]), 'csv'],
    ['CSV with semicolons', () => new Blob([csvOf(TWO, ';')]), 'csv'],
    ['CSV that says its delimiter', () => new Blob(['sep=;\r\n', csvOf(TWO, ';')]), 'csv'],
    ['CSV with tabs', () => new Blob([csvOf(TWO, '\t')]), 'csv'],
    ['CSV with lines of old Macs', () => new Blob([text.replaceAll('\r\n', '\r')]), 'csv'],
    ['text of a spreadsheet in UTF-16', () => utf16(csvOf(TWO, '\t')), 'csv'],
    ['CSV with blank lines around', () => new Blob([`\r\n\r\n${text}\r\n\r\n`]), 'csv'],
    ['a workbook', () => workbookOf(TWO), 'xlsx'],
  ]
  test.each(files)('is read as %s', async (_name, make, type) => {
    const { state, facts } = await readFile(await make(), { type })
    expect([state, facts]).toEqual(['preview', { rows: 2, good: 2, bad: 0, published: 0 }])
  })

  test('is read in GB18030, which older programs write', async () => {
    const bytes = new Uint8Array([...GB18030_HEAD, 0x2c, ...ascii('Category,Unit\r\n')])
    const rest = new Uint8Array([0xd5, 0xf1, 0xb6, 0xaf, ...ascii(',???,x')]) // 振动
    const { id, state } = await readFile(new Blob([bytes, rest]))
    expect(state).toBe('preview')
    expect(await problemsOf(id)).toEqual(['2 category not_a_category'])
    const [row] = await jobOf(id).list('bad', 0, 1)
    expect(row?.cells).toMatchObject({ name: '振动' })
  })
})

function ascii(text: string): number[] {
  return [...text].map((one) => one.charCodeAt(0))
}

function utf16(text: string): Blob {
  const units = new Uint16Array([0xfeff, ...Array.from(text, (one) => one.charCodeAt(0))])
  return new Blob([units])
}

test('English headings, other names and any order are known; what is not is said', async () => {
  const head = ['Unit', ' 名称* ', '类别', '备注']
  const { id, state } = await readFile(csvOf([head, ['次', '盐雾试验', '检验检测', '加急']]))
  expect(state).toBe('preview')
  expect((await jobOf(id).progress()).unknown).toEqual(['备注'])
})

test('the template’s example and blank rows are passed over, and lines count as seen', async () => {
  const example = ['示例：振动试验', '检验检测', 800, '次', 5, 'CMA', '']
  const bad = ['', '检验检测', 'abc', '', 0, '', '']
  const { id, facts } = await readFile(csvOf([SERVICE_HEAD, example, [''], ...serviceRows(1), bad]))
  expect(facts).toEqual({ rows: 2, good: 1, bad: 1, published: 0 })
  expect(await problemsOf(id)).toEqual([
    '5 name required',
    '5 price not_an_amount',
    '5 unit required',
    '5 turnaround not_a_number',
  ])
})

test('a row that the file has twice is named with the line that was first', async () => {
  const [row] = serviceRows(1)
  const { id } = await readFile(
    csvOf([SERVICE_HEAD, row ?? [], ['振动试验１', ...(row ?? []).slice(1)]]),
  )
  expect(await problemsOf(id)).toEqual(['3 - same_as_line'])
  expect((await jobOf(id).list('bad', 0, 1))[0]?.problems[0]?.facts).toEqual({ line: 2 })
})

describe('a file that cannot be read', () => {
  const cases: [string, Blob | string, string][] = [
    ['nothing at all', ' \r\n', 'no_header'],
    ['a heading alone', SERVICE_HEAD.join(','), 'no_rows'],
    ['no column of ours', 'a,b\r\n1,2', 'no_header'],
    ['a column missing', '服务名称,服务类别\r\n振动,检验检测', 'columns_missing'],
    ['a column twice', '服务名称,名称,服务类别,计价单位\r\n1,2,3,4', 'column_twice'],
    ['a quote left open', `${csvOf(TWO)}\r\n"振动试验,检验检测\r\n`, 'quote_left_open'],
    [
      'bytes of no encoding',
      new Blob([new Uint8Array([0x81, 0xff, 0xff, 0x2c])]),
      'unknown_encoding',
    ],
    ['a program', new Blob([new Uint8Array([0x4d, 0x5a, 0, 0, 0x2c])]), 'not_a_table'],
    [
      'a row without an end',
      `${SERVICE_HEAD.join(',')}\r\n${'振'.repeat(100_000)}`,
      'row_too_long',
    ],
  ]
  test.each(cases)('with %s says so', async (_name, content, code) => {
    const { state, facts, id } = await readFile(content)
    expect([state, facts['code']]).toEqual(['unreadable', code])
    expect((await insideOf(id)).phase).toBe('over')
  })
})
