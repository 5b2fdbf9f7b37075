/** Lists as files: what a spreadsheet opens, what it may not take for a formula, and how long. */
import { env } from 'cloudflare:workers'
import { Hono } from 'hono'
import { unzipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import type { App } from '../../src/platform/bindings.ts'
import { answerSheet, formatOf } from '../../src/platform/sheet.ts'
import type { Format, Row } from '../../src/platform/sheet.ts'

const HEAD = ['名称', '参考价格（元）']

async function* portions(...rows: (readonly Row[])[]) {
  for (const portion of rows) yield portion
}

function answer(format: Format, rows: AsyncIterable<readonly Row[]>): Promise<Response> {
  const app = new Hono<App>()
  app.get('/', (c) => answerSheet(c, { name: '服务项目 2026-11-24', columns: HEAD, rows }, format))
  return Promise.resolve(app.request('/', {}, env))
}

async function sheetOf(answer: Response): Promise<string> {
  const files = unzipSync(new Uint8Array(await answer.arrayBuffer()))
  const text = (name: string) => new TextDecoder().decode(files[name] ?? new Uint8Array())
  return text('xl/worksheets/sheet1.xml') + text('xl/sharedStrings.xml')
}

describe('a CSV', () => {
  test('begins with a mark, is named, and comes portion by portion', async () => {
    const rows = portions([['演示试验', 1200]], [], [['演示"标定"', null]])
    const answered = await answer('csv', rows)
    expect(answered.headers.get('Content-Disposition')).toContain("filename*=UTF-8''")
    expect(answered.headers.get('Content-Type')).toBe('text/csv; charset=utf-8')
    const bytes = new Uint8Array(await answered.clone().arrayBuffer())
    expect(Array.from(bytes.slice(0, 3))).toEqual([0xef, 0xbb, 0xbf])
    const text = await answered.text()
    expect(text.replace('\uFEFF', '')).toBe('名称,参考价格（元）\n演示试验,1200\n"演示""标定""",\n')
  })

  test('holds no formula', async () => {
    const rows = portions([
      ['=HYPERLINK("http://x","y")', 1],
      ['+1', 2],
      ['@a', 3],
      ['-2', 4],
    ])
    const text = await (await answer('csv', rows)).text()
    for (const line of text.split('\n').slice(1, 5)) expect(line).toMatch(/^"?'[=+@-]/)
  })

  test('is as long as the list: a hundred thousand rows', async () => {
    async function* many() {
      for (let at = 0; at < 100; at += 1)
        yield Array.from({ length: 1000 }, (_none, n): Row => [`演示仪器 ${at * 1000 + n}`, n])
    }
    const text = await (await answer('csv', many())).text()
    expect(text.split('\n')).toHaveLength(100_002)
  })
})

describe('an XLSX', () => {
  test('holds texts as texts and numbers as numbers', async () => {
    const rows = portions([
      ['123300004700010160', 1200.5],
      ['=1+1\u0000', null],
    ])
    const answered = await answer('xlsx', rows)
    expect(answered.headers.get('Content-Type')).toContain('spreadsheetml.sheet')
    const xml = await sheetOf(answered)
    expect(xml).toContain('123300004700010160')
    expect(xml).toContain('<c r="B2"><v>1200.5</v></c>')
    expect(xml).toContain('=1+1')
    expect(xml).not.toContain('<f>')
    expect(xml).not.toContain('\u0000')
  })

  test('is as long as the list, and comes before the list has been read', async () => {
    let read = 0
    async function* many() {
      for (; read < 100_000; read += 1000)
        yield Array.from({ length: 1000 }, (_none, n): Row => [`演示仪器 ${read + n}`, n])
    }
    const reader = (await answer('xlsx', many())).body?.getReader()
    const parts = [await reader?.read()]
    expect(read).toBeLessThan(10_000)
    while (!parts.at(-1)?.done) parts.push(await reader?.read())
    const bytes = parts.flatMap((part) => part?.value ?? [])
    const xml = await sheetOf(new Response(new Blob(bytes)))
    expect(read).toBe(100_000)
    expect(xml.match(/<row /g)).toHaveLength(100_001)
  })
})

test('a format that nobody knows is CSV', () => {
  expect(formatOf('xlsx')).toBe('xlsx')
  expect(formatOf('exe')).toBe('csv')
  expect(formatOf(undefined)).toBe('csv')
})
