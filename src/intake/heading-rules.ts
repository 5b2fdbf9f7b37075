/**
 * The first line of a file and what it makes of the others. A heading is known by its Chinese or
 * English name or another usual one, whatever its blanks, brackets and width, in any order.
 */
import { accept, refuse } from '../kernel/outcome.ts'
import type { Outcome } from '../kernel/outcome.ts'
import type { Cells, Column, ColumnKey } from './column-rules.ts'

/** What our own lists of bad rows begin with; passed over when such a file comes back. */
export const LINE_HEADS = ['行号', 'Line'] as const
export const PROBLEM_HEADS = ['问题', 'Problems'] as const

/** Where each known column stands in the file, and which headings mean nothing here. */
export type Heading = {
  places: Partial<Readonly<Record<ColumnKey, number>>>
  unknown: readonly string[]
}

export type HeadingRefusal = 'no_header' | 'columns_missing' | 'column_twice'

const UNKNOWN_SHOWN = 20

/** Reads the first line. Refuses with the names, in both languages, of what is missing or twice. */
export function readHeading(
  columns: readonly Column[],
  cells: readonly string[],
): Outcome<Heading, HeadingRefusal> {
  const places: Partial<Record<ColumnKey, number>> = {}
  const unknown: string[] = []
  for (const [place, cell] of cells.entries()) {
    const found = findColumn(columns, cell)
    if (!found) {
      if (cell.trim() !== '' && !isOurs(cell)) unknown.push(cell.trim().slice(0, 50))
      continue
    }
    if (places[found.key] !== undefined) return refuse('column_twice', namesOf([found]))
    places[found.key] = place
  }
  if (Object.keys(places).length === 0) return refuse('no_header')
  const missing = columns.filter(({ key, required }) => required && places[key] === undefined)
  if (missing.length > 0) return refuse('columns_missing', namesOf(missing))
  return accept({ places, unknown: unknown.slice(0, UNKNOWN_SHOWN) })
}

function namesOf(columns: readonly Column[]) {
  return {
    zh: columns.map(({ zh }) => zh).join('、'),
    en: columns.map(({ en }) => en).join(', '),
  }
}

function findColumn(columns: readonly Column[], heading: string): Column | undefined {
  const plain = plainHeading(heading)
  if (plain === '') return undefined
  const called = (names: readonly string[]) => names.some((name) => plainHeading(name) === plain)
  return columns.find(({ zh, en }) => called([zh, en])) ?? columns.find(({ also }) => called(also))
}

function isOurs(heading: string): boolean {
  const plain = plainHeading(heading)
  return [...LINE_HEADS, ...PROBLEM_HEADS].some((name) => plainHeading(name) === plain)
}

/** Without blanks, brackets, stars for 必填 and differences of width and case. */
function plainHeading(heading: string): string {
  return heading
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s*:()[\]_、,\-\uFEFF]/g, '')
}

/** Picks the known cells of a row, cut at `characters_max`. */
export function cellsOf(
  { places }: Pick<Heading, 'places'>,
  row: readonly string[],
  characters_max: number,
): Cells {
  const cells: Partial<Record<ColumnKey, string>> = {}
  for (const [key, place] of Object.entries(places)) {
    const cell = unguarded(row[place]?.trim() ?? '')
    if (cell !== '') cells[key as ColumnKey] = cell.slice(0, characters_max)
  }
  return cells
}

/** Our own lists put ' before what a spreadsheet would take for a formula. */
function unguarded(cell: string): string {
  return cell.replace(/^'(?=[=+\-@])/, '')
}

/** The mark of the template's own example, which is passed over. */
export const EXAMPLE_MARKS = ['示例', 'Example'] as const

/** True for a row without anything in a known column, and for the template's example. */
export function isPassedOver(cells: Cells): boolean {
  const name = (cells.name ?? '').normalize('NFKC')
  const example = EXAMPLE_MARKS.some((mark) => name.startsWith(`${mark}:`))
  return example || Object.keys(cells).length === 0
}
