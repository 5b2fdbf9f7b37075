/**
 * An XLSX of one sheet, written and compressed portion by portion (ECMA-376). Texts stand in their
 * cells, so that nothing has to be gathered; libraries that gather them compress large sheets in
 * threads, which the runtime does not have.
 */
import { Zip, ZipDeflate, strToU8 } from 'fflate'
import type { Row, Writer } from './sheet.ts'

/** Rows of a sheet beside its first line. */
export const ROWS_MAX = 1_048_575

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

const PARTS: readonly (readonly [name: string, xml: string])[] = [
  [
    '[Content_Types].xml',
    `<Types xmlns="${PACKAGE}/content-types">` +
      '<Default Extension="rels" ' +
      'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
      '<Default Extension="xml" ContentType="application/xml"/>' +
      `<Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/>` +
      `<Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/>` +
      `<Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPE}.worksheet+xml"/>` +
      '</Types>',
  ],
  [
    '_rels/.rels',
    `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" ` +
      `Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  ],
  [
    'xl/workbook.xml',
    `<workbook ${MAIN} xmlns:r="${RELATIONS}"><sheets>` +
      '<sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>',
  ],
  [
    'xl/_rels/workbook.xml.rels',
    `<Relationships xmlns="${PACKAGE}/relationships">` +
      `<Relationship Id="rId1" Type="${RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>` +
      `<Relationship Id="rId2" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`,
  ],
  [
    // Style 1 is bold, of the first line.
    'xl/styles.xml',
    `<styleSheet ${MAIN}><fonts count="2"><font><sz val="11"/></font>` +
      '<font><b/><sz val="11"/></font></fonts><fills count="2"><fill>' +
      '<patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>' +
      '</fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>' +
      '<cellXfs count="2"><xf xfId="0"/><xf xfId="0" fontId="1" applyFont="1"/></cellXfs>' +
      '</styleSheet>',
  ],
]

/** Bytes come out as they are ready; a small portion may give none yet. */
export function workbook(): Writer {
  const ready: Uint8Array[] = []
  const zip = new Zip((error, bytes) => {
    if (error) throw error
    ready.push(bytes)
  })
  for (const [name, xml] of PARTS) {
    const part = new ZipDeflate(name)
    zip.add(part)
    part.push(strToU8(HEAD + xml), true)
  }
  const sheet = new ZipDeflate('xl/worksheets/sheet1.xml', { level: 4 })
  zip.add(sheet)
  let number = 1
  return {
    begin(columns) {
      sheet.push(strToU8(openingOf(columns)))
      return taken(ready)
    },
    write(rows) {
      const some = rows.slice(0, ROWS_MAX + 1 - number)
      const xml = some.map((row, at) => rowOf(row, number + 1 + at))
      number += some.length
      if (some.length > 0) sheet.push(strToU8(xml.join('')))
      return taken(ready)
    },
    end() {
      sheet.push(strToU8('</sheetData></worksheet>'), true)
      zip.end()
      return taken(ready)
    },
  }
}

/** The first line stays in sight. */
function openingOf(columns: readonly string[]): string {
  const widths = columns.map((label, at) => {
    const width = Math.max(12, label.length * 2 + 2)
    return `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`
  })
  return (
    `${HEAD}<worksheet ${MAIN}><sheetViews><sheetView workbookViewId="0">` +
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView>' +
    `</sheetViews><cols>${widths.join('')}</cols><sheetData>${rowOf(columns, 1, ' s="1"')}`
  )
}

function rowOf(row: Row, number: number, style = ''): string {
  const cells = row.map((cell, at) => {
    if (cell === null || cell === '') return ''
    const start = `<c r="${letters(at)}${number}"${style}`
    if (typeof cell === 'number') return `${start}><v>${cell}</v></c>`
    return `${start} t="inlineStr"><is><t xml:space="preserve">${escaped(cell)}</t></is></c>`
  })
  return `<row r="${number}">${cells.join('')}</row>`
}

/** The name of a column: A for 0, Z for 25, AA for 26. */
function letters(at: number): string {
  const before = at < 26 ? '' : letters(Math.floor(at / 26) - 1)
  return before + String.fromCharCode(65 + (at % 26))
}

/** Characters that XML does not know would make the whole file unreadable. */
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\P{Cc}\t\n\r]|[\uFFFE\uFFFF]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
}

function taken(ready: Uint8Array[]): Uint8Array {
  const all = ready.splice(0)
  const bytes = new Uint8Array(all.reduce((sum, one) => sum + one.length, 0))
  let at = 0
  for (const one of all) {
    bytes.set(one, at)
    at += one.length
  }
  return bytes
}
