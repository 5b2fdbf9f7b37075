/** Workbooks as other programs write them, in blocks of any size, and those that would deceive. */
import { zipSync, strToU8 } from 'fflate'
import { beforeAll, describe, expect, test } from 'vitest'
import { FaultError } from '../../src/intake/fault.ts'
import { readRows, readTexts } from '../../src/intake/xlsx.ts'
import type { Cell } from '../../src/intake/xlsx.ts'
import {
  admit,
  jobOf,
  problemsOf,
  readFile,
  serviceRows,
  SERVICE_HEAD,
  workbookOf,
} from './fixture.ts'
import type { Sheet } from './fixture.ts'

beforeAll(admit)

const bytes = (text: string) => new TextEncoder().encode(text)

function sheetOf(rows: string, prefix = ''): string {
  const p = prefix === '' ? '' : `${prefix}:`
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${p}worksheet xmlns="x"><${p}dimension ref="A1"/>
<${p}sheetData>${rows}</${p}sheetData><${p}mergeCells/></${p}worksheet>`
}

function cellsIn(rows: string): readonly (readonly Cell[])[] {
  return readRows(bytes(sheetOf(rows)), [], 0).rows.map(({ cells }) => cells)
}

describe('a cell', () => {
  const cases: [string, string, Cell][] = [
    ['a shared text', '<c r="A1" t="s"><v>7</v></c>', 7],
    ['an own text', '<c r="A1" t="inlineStr"><is><t>振动</t></is></c>', '振动'],
    ['a rich text', '<c t="inlineStr"><is><r><t>振</t></r><r><t>动</t></r></is></c>', '振动'],
    [
      'a text with reading aids',
      '<c t="inlineStr"><is><t>振</t><rPh><t>zhen</t></rPh></is></c>',
      '振',
    ],
    ['a text with marks', '<c t="str"><v>a&lt;b &amp; &#x4E2D;</v></c>', 'a<b & 中'],
    ['what a formula came to', '<c r="A1" t="str"><f>B1&amp;"x"</f><v>两</v></c>', '两'],
    ['a number', '<c r="A1"><v>1200.50</v></c>', '1200.5'],
    ['a number with dust', '<c r="A1"><v>119.99999999999999</v></c>', '120'],
    ['a truth', '<c r="A1" t="b"><v>1</v></c>', 'TRUE'],
    ['an error', '<c r="A1" t="e"><v>#N/A</v></c>', '#N/A'],
    ['nothing', '<c r="A1" s="3"/>', ''],
  ]
  test.each(cases)('of %s is read', (_name, xml, value) => {
    expect(cellsIn(`<row r="1">${xml}</row>`)).toEqual([[value]])
  })

  test('stands in its column, whatever is left out before it', () => {
    const row =
      '<row r="1"><c r="B1"><v>1</v></c><c r="AA1"><v>2</v></c><c r="ZZ1"><v>3</v></c></row>'
    const [cells] = cellsIn(row)
    expect([cells?.[0], cells?.[1], cells?.[26], cells?.length]).toEqual(['', '1', '2', 27])
  })
})

describe('rows', () => {
  const rows = Array.from(
    { length: 40 },
    (_none, at) =>
      `<x:row r="${at * 2 + 1}"><x:c t="str"><x:v>振动&amp;𠀀 ${at}</x:v></x:c></x:row>`,
  )
  const whole = bytes(sheetOf(rows.join('\n'), 'x'))

  test.each([250, 300, 1000, 100_000])('are the same in blocks of %i bytes', (size) => {
    const found: string[] = []
    let [offset, path, line, ended]: [number, string[], number, boolean] = [0, [], 0, false]
    for (let blocks = 0; !ended && blocks < 100; blocks += 1) {
      const block = readRows(whole.subarray(offset, offset + size), path, line)
      found.push(...block.rows.map((row) => `${row.line} ${row.cells.join()}`))
      line = block.rows.at(-1)?.line ?? line
      offset += block.bytes
      ;({ path, ended } = block)
    }
    expect(found).toEqual(rows.map((_row, at) => `${at * 2 + 1} 振动&𠀀 ${at}`))
  })

  test('that do not say their number, or say it twice, are counted', () => {
    const { rows: found } = readRows(bytes(sheetOf('<row><c><v>1</v></c></row>'.repeat(2))), [], 4)
    expect(found.map(({ line }) => line)).toEqual([5, 6])
    const twice = '<row r="9"><c><v>1</v></c></row>'.repeat(2)
    const again = readRows(bytes(sheetOf(twice)), [], 0)
    expect(again.rows.map(({ line }) => line)).toEqual([9, 10])
  })

  test.each([
    ['a document type', '<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>'],
    ['an entity of its own', sheetOf('<row><c><v>&a;</v></c></row>')],
    ['a tag that ends another', sheetOf('<row><c></row></c>')],
    ['bytes that are no UTF-8', '\u0000'],
  ])('with %s are refused', (_name, xml) => {
    const broken = xml === '\u0000' ? new Uint8Array([0xff, 0xfe, 0x3c]) : bytes(xml)
    expect(() => readRows(broken, [], 0)).toThrow(FaultError)
  })
})

test('shared texts are read in their order, with the runs of each put together', () => {
  const xml = '<sst><si><t>一</t></si><si><r><t>二</t></r><r><t>三</t></r></si><si/></sst>'
  expect(readTexts(bytes(xml), [])).toMatchObject({ texts: ['一', '二三', ''], ended: true })
})

const TYPES =
  '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override ' +
  'PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.' +
  'spreadsheetml.sheet.main+xml"/></Types>'
const RELATION = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

function relationsOf(parts: Readonly<Record<string, readonly [string, string]>>): string {
  const each = Object.entries(parts).map(
    ([id, [type, target]]) =>
      `<Relationship Id="${id}" Type="${RELATION}/${type}" Target="${target}"/>`,
  )
  return `<Relationships>${each.join('')}</Relationships>`
}

/** A workbook of a hidden sheet and one to be seen, with what a test changes. */
function bookOf(sheet: string, more: Record<string, string> = {}): Blob {
  const files = {
    '[Content_Types].xml': TYPES,
    'xl/workbook.xml':
      '<workbook><sheets><sheet name="a" state="hidden" r:id="rId1"/>' +
      '<sheet name="b" r:id="rId2"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels': relationsOf({
      rId1: ['worksheet', 'worksheets/a.xml'],
      rId2: ['worksheet', '/xl/worksheets/b.xml'],
    }),
    'xl/worksheets/a.xml': sheetOf(''),
    'xl/worksheets/b.xml': sheet,
    ...more,
  }
  const entries = Object.entries(files).map(([name, text]) => [name, strToU8(text)] as const)
  return new Blob([zipSync(Object.fromEntries(entries))])
}

const ROWS = [SERVICE_HEAD.slice(0, 4), ['振动试验', '检验检测', '800', '次']]
  .map((row) => `<row>${row.map((cell) => `<c t="str"><v>${cell}</v></c>`).join('')}</row>`)
  .join('')

describe('a workbook', () => {
  test('is read from its first sheet that is not hidden', async () => {
    const { state, facts } = await readFile(bookOf(sheetOf(ROWS)), { type: 'xlsx' })
    expect([state, facts['good']]).toEqual(['preview', 1])
  })

  test('of five thousand rows keeps every cell and every line', async () => {
    const rows = serviceRows(5000).map((row, at) => (at === 4321 ? ['坏行', '检测', 'x', ''] : row))
    const { id, facts } = await readFile(sharing([SERVICE_HEAD, ...rows]), { type: 'xlsx' })
    expect(facts).toEqual({ rows: 5000, good: 4999, bad: 1, published: 0 })
    expect(await problemsOf(id)).toEqual([
      '4323 category not_a_category',
      '4323 price not_an_amount',
      '4323 unit required',
    ])
    const [row] = await jobOf(id).list('good', 4999, 1)
    expect(row).toMatchObject({ line: 5000, cells: { name: '振动试验 4999', price: '5798' } })
  })

  const broken: [string, () => Blob | Promise<Blob>, string][] = [
    ['without a sheet', () => bookOf('', { 'xl/workbook.xml': '<workbook/>' }), 'no_sheet'],
    ['whose sheet ends in the middle', () => bookOf(sheetOf(ROWS).slice(0, -90)), 'broken_sheet'],
    ['whose sheet is something else', () => bookOf('not XML'), 'broken_sheet'],
    [
      'that is cut off',
      async () => (await workbookOf([SERVICE_HEAD])).slice(0, -30),
      'broken_archive',
    ],
    [
      'that would expand a thousandfold',
      () => bookOf(sheetOf(' '.repeat(6e6))),
      'archive_too_large',
    ],
    ['that lies about its size', () => lying(bookOf(sheetOf(ROWS.repeat(20)))), 'broken_archive'],
  ]
  test.each(broken)('%s is refused', async (_name, make, code) => {
    const { state, facts } = await readFile(await make(), { type: 'xlsx' })
    expect([state, facts['code']]).toEqual(['unreadable', code])
  })
})

/** A workbook whose cells share their texts, as spreadsheets write it. */
function sharing(rows: Sheet): Blob {
  const texts: string[] = []
  const cellOf = (cell: string | number | null) => {
    if (typeof cell === 'number') return `<c><v>${cell}</v></c>`
    texts.push(`<si><t>${cell}</t></si>`)
    return `<c t="s"><v>${texts.length - 1}</v></c>`
  }
  const lines = rows.map((row) => `<row>${row.map(cellOf).join('')}</row>`).join('')
  const relations = relationsOf({
    rId2: ['worksheet', 'worksheets/b.xml'],
    rId3: ['sharedStrings', 'sharedStrings.xml'],
  })
  return bookOf(sheetOf(lines), {
    'xl/_rels/workbook.xml.rels': relations,
    'xl/sharedStrings.xml': `<sst count="${texts.length}">${texts.join('')}</sst>`,
  })
}

/** Says in the directory that every part is a tenth as long as it is. */
async function lying(book: Blob): Promise<Blob> {
  const whole = new Uint8Array(await book.arrayBuffer())
  const view = new DataView(whole.buffer)
  for (let at = 0; at + 46 < whole.length; at += 1) {
    if (view.getUint32(at, true) !== 0x02014b50) continue
    const name = new TextDecoder().decode(
      whole.subarray(at + 46, at + 46 + view.getUint16(at + 28, true)),
    )
    if (name.endsWith('b.xml')) view.setUint32(at + 24, view.getUint32(at + 24, true) / 10, true)
  }
  return new Blob([whole])
}
