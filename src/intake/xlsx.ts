/**
 * Rows of a workbook: which part is its first visible sheet, the texts its cells share, and the
 * cells themselves as a reader of the sheet sees them. Formulas give what they came to last.
 */
import { FaultError } from './fault.ts'
import { CELL_CHARACTERS_MAX } from './rules.ts'
import { listTags, scan } from './xml.ts'
import type { Place, Tag } from './xml.ts'

export const WORKBOOK = 'xl/workbook.xml'
export const RELATIONS = 'xl/_rels/workbook.xml.rels'

/** Cells further to the right are none of ours. */
const COLUMNS_MAX = 100

/** The parts of a workbook that are read; `texts` null where its cells share none. */
export type Parts = { sheet: string; texts: string | null }

/** Finds the first sheet that is not hidden. Throws a FaultError where there is none. */
export function findParts(workbook: Uint8Array, relations: Uint8Array): Parts {
  const targets = listTags(relations)
    .filter(({ name }) => name === 'Relationship')
    .map(({ attributes }) => attributes)
  const sheets = listTags(workbook).filter(({ name }) => name === 'sheet')
  const sheet = sheets.find(({ attributes }) => (attributes['state'] ?? 'visible') === 'visible')
  const id = Object.entries(sheet?.attributes ?? {}).find(([name]) => /(^|:)id$/.test(name))?.[1]
  const target = targets.find((one) => id !== undefined && one['Id'] === id)?.['Target']
  if (!target) throw new FaultError('no_sheet')
  const shared = targets.find((one) => one['Type']?.endsWith('/sharedStrings'))?.['Target']
  return { sheet: pathOf(target), texts: shared ? pathOf(shared) : null }
}

/** Targets are relative to the workbook, or begin at the root of the package. */
function pathOf(target: string): string {
  return target.startsWith('/') ? target.slice(1) : `xl/${target.replace(/^\.\//, '')}`
}

/** A cell is its text, or the number of a shared text. */
export type Cell = string | number
export type SheetRow = { line: number; cells: readonly Cell[] }

type CellTag = { place: number; type: string; text: string }

/** The whole rows of a block. `line` is that of the last row before it. */
export function readRows(
  block: Uint8Array,
  path: readonly string[],
  last_line: number,
): Place & { rows: SheetRow[] } {
  const rows: SheetRow[] = []
  let line = last_line
  let cells: Cell[] = []
  let cell: CellTag | undefined
  const words = new Words()
  const open = ({ name, attributes }: Tag) => {
    words.open(name)
    if (name === 'row') {
      line = Math.max(line + 1, Number(attributes['r'] ?? 0) || 0)
      cells = []
    } else if (name === 'c') {
      const place = placeOf(attributes['r']) ?? cells.length
      cell = { place, type: attributes['t'] ?? 'n', text: '' }
    }
  }
  const close = (name: string) => {
    words.close(name)
    if (name === 'c' && cell) {
      put(cells, cell.place, valueOf({ ...cell, text: words.take() }))
      cell = undefined
    } else if (name === 'row') rows.push({ line, cells })
  }
  const text = (part: string) => words.add(part)
  const place = scan(block, path, { container: 'sheetData', element: 'row', open, text, close })
  return { ...place, rows: rows.filter(({ cells: some }) => some.length > 0) }
}

/** The whole texts of a block of the shared ones, in their order. */
export function readTexts(block: Uint8Array, path: readonly string[]): Place & { texts: string[] } {
  const texts: string[] = []
  const words = new Words()
  const place = scan(block, path, {
    container: 'sst',
    element: 'si',
    open: ({ name }) => words.open(name),
    text: (part) => words.add(part),
    close: (name) => {
      words.close(name)
      if (name === 'si') texts.push(words.take())
    },
  })
  return { ...place, texts }
}

/** Text inside of v and t, without the reading aids rPh, cut at what a cell may hold. */
class Words {
  private said = ''
  private inside = false
  private aside = false

  open(name: string): void {
    if (name === 'rPh') this.aside = true
    if (name === 'v' || name === 't') this.inside = true
  }

  add(part: string): void {
    if (this.inside && !this.aside && this.said.length < CELL_CHARACTERS_MAX)
      this.said += part.slice(0, CELL_CHARACTERS_MAX)
  }

  close(name: string): void {
    if (name === 'rPh') this.aside = false
    if (name === 'v' || name === 't') this.inside = false
  }

  take(): string {
    const { said } = this
    this.said = ''
    return said.slice(0, CELL_CHARACTERS_MAX)
  }
}

function put(cells: Cell[], place: number, value: Cell): void {
  if (place >= COLUMNS_MAX) return
  while (cells.length < place) cells.push('')
  cells[place] = value
}

function valueOf({ type, text }: CellTag): Cell {
  if (type === 's') return text === '' ? '' : Number(text)
  if (type === 'b') return text === '1' ? 'TRUE' : 'FALSE'
  return type === 'n' ? plainNumber(text) : text
}

/** B7 → 1; undefined where the cell does not say where it stands. */
function placeOf(reference: string | undefined): number | undefined {
  const letters = /^[A-Z]{1,3}(?=\d)/.exec(reference ?? '')?.[0]
  if (!letters) return undefined
  return [...letters].reduce((sum, one) => sum * 26 + one.charCodeAt(0) - 64, 0) - 1
}

/** As a sheet shows it: fifteen digits, no exponent. */
export function plainNumber(text: string): string {
  const number = Number(text)
  if (text.trim() === '' || !Number.isFinite(number)) return text
  const rounded = String(Number(number.toPrecision(15)))
  return rounded.includes('e') ? number.toFixed(10).replace(/\.?0+$/, '') : rounded
}
