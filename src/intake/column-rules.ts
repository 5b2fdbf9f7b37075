/**
 * The columns of an import, by what its rows are. A heading is known by its Chinese or English name
 * or another usual one, whatever its blanks, brackets and width; the order of columns is free.
 */
import { accept, refuse } from '../kernel/outcome.ts'
import type { Outcome } from '../kernel/outcome.ts'
import type { Kind } from './rules.ts'

/** A column's heading in both languages, since a file may come in either. */
export type Column = {
  key: ColumnKey
  zh: string
  en: string
  also: readonly string[]
  required: boolean
}

export type ColumnKey =
  | 'uscc'
  | 'name'
  | 'category'
  | 'model'
  | 'maker'
  | 'place'
  | 'price'
  | 'unit'
  | 'turnaround'
  | 'availability'
  | 'qualifications'
  | 'summary'
  | 'legal_representative'
  | 'county'
  | 'address'
  | 'lng'
  | 'lat'
  | 'datum'
  | 'contact'
  | 'phone'
  | 'categories'
  | 'website'

function column(key: ColumnKey, zh: string, en: string, ...also: readonly string[]): Column {
  return { key, zh, en, also, required: false }
}

function needed(key: ColumnKey, zh: string, en: string, ...also: readonly string[]): Column {
  return { key, zh, en, also, required: true }
}

const OWNER = needed(
  'uscc',
  '载体统一社会信用代码',
  'Carrier credit code',
  '统一社会信用代码',
  '信用代码',
  'uscc',
  'credit code',
)
const PRICE = column(
  'price',
  '参考价格（元）',
  'Guide price (yuan)',
  '参考价格',
  '价格',
  '收费标准',
  'price',
  'guide price',
)
const UNIT = needed('unit', '计价单位', 'Unit', '单位', '收费单位')
const QUALIFICATIONS = column(
  'qualifications',
  '资质',
  'Qualifications',
  '资质证书',
  '认证',
  'qualification',
)
const SUMMARY = column('summary', '简介', 'Summary', '说明', '服务内容', 'description')

const SERVICE: readonly Column[] = [
  needed('name', '服务名称', 'Service', '名称', '服务项目', '服务项目名称', 'name', 'service name'),
  needed('category', '服务类别', 'Category', '类别'),
  PRICE,
  UNIT,
  column(
    'turnaround',
    '服务周期（工作日）',
    'Turnaround (working days)',
    '服务周期',
    '周期',
    'turnaround',
    'turnaround days',
  ),
  QUALIFICATIONS,
  SUMMARY,
]

const INSTRUMENT: readonly Column[] = [
  needed('name', '仪器名称', 'Instrument', '名称', '设备名称', 'name', 'instrument name'),
  needed('model', '型号', 'Model', '规格型号'),
  needed('maker', '生产厂家', 'Maker', '厂家', '制造商', '生产厂商', 'manufacturer'),
  column('place', '安放地点', 'Place', '存放地点', '地点', 'location'),
  PRICE,
  UNIT,
  column('availability', '开放状态', 'Availability', '状态', 'status'),
  QUALIFICATIONS,
  SUMMARY,
]

const CARRIER: readonly Column[] = [
  needed('name', '载体名称', 'Organisation', '名称', '单位名称', '机构名称', 'name', 'carrier'),
  needed('uscc', '统一社会信用代码', 'Credit code', '信用代码', 'uscc'),
  needed('legal_representative', '法定代表人', 'Legal representative', '法人代表'),
  needed('county', '县（市、区）', 'County', '县区', '区县', '所在县区', '行政区划代码'),
  needed('address', '地址', 'Address', '详细地址', '单位地址'),
  column('lng', '经度', 'Longitude', 'lng', 'lon'),
  column('lat', '纬度', 'Latitude', 'lat'),
  column('datum', '坐标系', 'Coordinate system', 'datum', 'crs'),
  needed('contact', '联系人', 'Contact', '联系人姓名'),
  needed('phone', '联系电话', 'Phone', '电话', '手机'),
  column('categories', '认定类别', 'Recognised categories', '服务类别', '类别', 'categories'),
  column('website', '网址', 'Website', '网站', '官网'),
  column('summary', '简介', 'Introduction', '单位简介', 'intro', 'summary'),
]

/**
 * In the order of the template. `by_bureau` adds whose the rows are: a carrier imports its own.
 */
export function columnsOf(kind: Kind, by_bureau: boolean): readonly Column[] {
  if (kind === 'carrier') return CARRIER
  const columns = kind === 'service' ? SERVICE : INSTRUMENT
  return by_bureau ? [OWNER, ...columns] : columns
}

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

/** The cells of a row by column; what the file does not have is ''. */
export type Cells = Partial<Readonly<Record<ColumnKey, string>>>

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
