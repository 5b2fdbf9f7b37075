/**
 * From the cells of a row to what would be published, by the rules of the catalogue's own forms.
 * What a file writes in words, a form sends as a code: those are turned here, and nothing else.
 */
import { readAdmission } from '../catalogue/carrier-rules.ts'
import type { Admission, Datum, ToWgs84 } from '../catalogue/carrier-rules.ts'
import { readInstrument, readService } from '../catalogue/form-rules.ts'
import type { Fault, FaultCode, Reading } from '../catalogue/form-rules.ts'
import type { InstrumentContent, ServiceContent } from '../catalogue/proposal-rules.ts'
import type { Availability, Carrier } from '../catalogue/rules.ts'
import type { Facts } from '../kernel/outcome.ts'
import { CITIES, REGIONS } from '../kernel/region.ts'
import { isUscc, normalUscc } from '../kernel/uscc.ts'
import type { Cells, ColumnKey } from './column-rules.ts'
import type { Kind } from './rules.ts'

export type ProblemCode =
  | FaultCode
  | 'not_a_datum'
  | 'cell_error'
  | 'carrier_unknown'
  | 'carrier_out_of_reach'
  | 'same_as_line'
  | 'already_published'

/** What is wrong with a row; `column` null where it is the row as a whole. */
export type Problem = { column: ColumnKey | null; code: ProblemCode; facts: Facts }

/** Whose rows of services and instruments are: what the checks need to know of a carrier. */
export type Owner = Pick<Carrier, 'id' | 'county' | 'categories'>

export type Item =
  | { kind: 'service'; content: ServiceContent; owner: Owner }
  | { kind: 'instrument'; content: InstrumentContent; owner: Owner }
  | { kind: 'carrier'; content: Admission }

export type RowReading = { ok: true; item: Item } | { ok: false; problems: readonly Problem[] }

/**
 * Who a row may speak of. `ownerOf` answers for a credit code, as a word where it may not be;
 * `within` tells whether a bureau may admit a carrier of a county.
 */
export type Reach = {
  ownerOf: (uscc: string | undefined) => Owner | 'carrier_unknown' | 'carrier_out_of_reach'
  within: (county: string) => boolean
  toWgs84: ToWgs84
}

/** Whether a row can be published, or everything that is wrong with it. */
export function readRow(kind: Kind, cells: Cells, reach: Reach): RowReading {
  const broken = Object.entries(cells).filter(([, cell]) => CELL_ERROR.test(cell))
  if (broken.length > 0)
    return bad(broken.map(([column]) => problem(column as ColumnKey, 'cell_error')))
  return kind === 'carrier' ? readCarrier(cells, reach) : readOffer(kind, cells, reach)
}

/** What a formula that failed shows. */
const CELL_ERROR = /^#(?:N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NULL!|NUM!|SPILL!|CALC!)$/

/** Stands in for an owner that is not known, so that the rest of the row is checked too. */
const NOBODY: Owner = { id: '', county: '', categories: [] }

function readOffer(kind: 'service' | 'instrument', cells: Cells, reach: Reach): RowReading {
  const owner = reach.ownerOf(cells.uscc && normalUscc(cells.uscc))
  const known = typeof owner === 'string' ? NOBODY : owner
  const typed = { ...cells, turnaround_days: daysOf(cells.turnaround) }
  const availability = availabilityOf(cells.availability)
  const reading: Reading<ServiceContent | InstrumentContent> =
    kind === 'service' ? readService(typed, known) : readInstrument({ ...typed, availability })
  const problems = reading.ok ? [] : reading.faults.map(problemOf)
  if (typeof owner === 'string') problems.unshift(ownerProblem(cells, owner))
  if (!reading.ok || problems.length > 0) return bad(problems)
  return { ok: true, item: { kind, content: reading.value, owner: known } as Item }
}

function ownerProblem(cells: Cells, code: 'carrier_unknown' | 'carrier_out_of_reach'): Problem {
  if (!cells.uscc) return problem('uscc', 'required')
  return problem('uscc', isUscc(normalUscc(cells.uscc)) ? code : 'not_a_uscc')
}

function readCarrier(cells: Cells, { within, toWgs84 }: Reach): RowReading {
  const county = countyOf(cells.county ?? '')
  const datum = datumOf(cells.datum ?? '')
  const typed = { ...cells, county, datum, intro: cells.summary, from: '09:00', to: '17:00' }
  const days = ['1', '2', '3', '4', '5']
  const many = { categories: marksOf(cells.categories), days }
  const reading = readAdmission(typed, many, toWgs84)
  const problems = reading.ok ? [] : reading.faults.map(problemOf)
  if (cells.datum && !datum) problems.push(problem('datum', 'not_a_datum'))
  const known = problems.every(({ column }) => column !== 'county')
  if (county !== '' && known && !within(county))
    problems.push(problem('county', 'county_out_of_reach'))
  if (!reading.ok || problems.length > 0) return bad(problems)
  return { ok: true, item: { kind: 'carrier', content: reading.value } }
}

function bad(problems: readonly Problem[]): RowReading {
  return { ok: false, problems }
}

function problem(column: ColumnKey | null, code: ProblemCode, facts: Facts = {}): Problem {
  return { column, code, facts }
}

/** Fields of the forms whose columns are called otherwise here. */
const COLUMNS: Readonly<Record<string, ColumnKey>> = {
  turnaround_days: 'turnaround',
  intro: 'summary',
}

function problemOf({ field, code, facts }: Fault): Problem {
  return problem(COLUMNS[field] ?? (field as ColumnKey), code, facts)
}

/** What makes two rows of one file the same: blanks, width and case aside. */
export function keyOf(item: Item): string {
  if (item.kind === 'carrier') return item.content.uscc
  const { content, owner } = item
  const model = item.kind === 'instrument' ? item.content.model : ''
  return `${owner.id} ${folded(content.name)} ${folded(model)}`
}

function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s/g, '')
}

/** 7个工作日 and 7 days are 7. */
function daysOf(cell: string | undefined): string | undefined {
  return cell?.normalize('NFKC').replace(/(?:个?工作日|个?天|日|working days?|days?)$/i, '')
}

function marksOf(cell: string | undefined): string[] {
  const marks = (cell ?? '').split(/[\n,，、;；/]+/).map((one) => one.trim())
  return [...new Set(marks.filter((one) => one !== ''))]
}

const AVAILABILITY_WORDS: Readonly<Record<Availability, readonly string[]>> = {
  available: ['可预约', '开放', '正常', '可用', 'bookable', 'available'],
  maintenance: ['维护中', '维护', '维修', '维修中', '检修', 'maintenance'],
  reserved: ['暂不对外', '不对外', '不开放', '内部使用', 'not offered', 'reserved'],
}

/** A word the rules refuse stays as it is. */
function availabilityOf(cell: string | undefined): string | undefined {
  const word = cell?.normalize('NFKC').toLowerCase()
  const found = Object.entries(AVAILABILITY_WORDS).find(([, words]) => words.includes(word ?? ''))
  return found?.[0] ?? cell
}

const DATUM_WORDS: Readonly<Record<Datum, readonly string[]>> = {
  'WGS-84': ['wgs84', 'gps', '天地图', 'cgcs2000', 'epsg4326', '国家2000'],
  'GCJ-02': ['gcj02', '高德', '高德地图', '腾讯', '腾讯地图', '火星坐标', '火星坐标系'],
  'BD-09': ['bd09', 'bd09ll', '百度', '百度地图'],
}

/** '' for a word that names no system; no word at all is WGS-84. */
function datumOf(cell: string): Datum | '' {
  if (cell === '') return 'WGS-84'
  const word = cell
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_:-]/g, '')
  const found = Object.entries(DATUM_WORDS).find(([, words]) => words.includes(word))
  return (found?.[0] as Datum | undefined) ?? ''
}

/** Codes of counties by every way they are written; null where one is written alike in two. */
const COUNTIES = new Map<string, string | null>()
for (const county of REGIONS.filter(({ level }) => level === 3)) {
  const city = CITIES.find(({ code }) => code === county.parent)
  const names = [county.name, `${city?.name}${county.name}`, `浙江省${city?.name}${county.name}`]
  for (const name of names) COUNTIES.set(name, COUNTIES.has(name) ? null : county.code)
}

/** A code or a name as a code; what is neither stays as it is, for the rules to refuse. */
function countyOf(cell: string): string {
  const text = cell.normalize('NFKC').replace(/[\s/>-]/g, '')
  return COUNTIES.get(text) ?? text
}
