/**
 * The steps of reading: each takes the job where it stands, does a bounded part, and keeps it in
 * one transaction with how far it came. A step that is done twice, or dies, changes nothing twice.
 */
import type { Bindings } from '../platform/bindings.ts'
import { dbOf } from '../platform/db.ts'
import { CELL_CHARACTERS_MAX, ROWS_MAX } from './rules.ts'
import { columnsOf } from './column-rules.ts'
import type { Cells } from './column-rules.ts'
import { judge } from './check.ts'
import { findDelimiter, readCsv } from './csv.ts'
import type { Line } from './csv.ts'
import { FaultError } from './fault.ts'
import { cellsOf, isPassedOver, readHeading } from './heading-rules.ts'
import type { Heading } from './heading-rules.ts'
import { standsAt, updateJob } from './job.ts'
import type { Job, Layout, Part, Subject } from './job.ts'
import { addTexts, blockOf, dropPieces, PieceWriter, textReader } from './pieces.ts'
import { claimKey, insertRow } from './rows.ts'
import {
  decodeText,
  ENCODINGS,
  expand,
  expandWhole,
  listEntries,
  markedEncoding,
} from './unpack.ts'
import type { Encoding } from './unpack.ts'
import { findParts, readRows, readTexts, RELATIONS, WORKBOOK } from './xlsx.ts'

/** Text that one step reads: some two thousand rows. */
export const BLOCK_BYTES = 256 * 1024
const SMALL_PART_BYTES_MAX = 1024 * 1024

export type Desk = { storage: DurableObjectStorage; sql: SqlStorage; env: Bindings }
export type Reading = Job & { subject: Subject }

/** The file becomes text. Begun anew, it writes over what it wrote before. */
export async function unpackStep(desk: Desk, job: Reading): Promise<void> {
  const { sql, env } = desk
  const { subject } = job
  const layout =
    subject.file_type === 'csv'
      ? await unpackCsv(sql, env, subject)
      : await unpackXlsx(sql, env, subject)
  keep(desk, job, () =>
    updateJob(sql, { phase: layout.parts?.texts ? 'texts' : 'rows', layout, offset: 0, path: [] }),
  )
}

async function unpackCsv(sql: SqlStorage, env: Bindings, file: Subject): Promise<Layout> {
  const marked = await markedEncoding(env, file)
  const tries: readonly Encoding[] = marked ? [marked] : ENCODINGS
  for (const encoding of tries) {
    const writer = new PieceWriter(sql, 'sheet')
    if (!(await decodeText(env, file, encoding, (bytes) => writer.add(bytes)))) continue
    const bytes = { sheet: writer.end() }
    const beginning = new TextDecoder().decode(blockOf(sql, 'sheet', 0, BLOCK_BYTES))
    return { encoding, bytes, delimiter: findDelimiter(beginning) }
  }
  throw new FaultError('unknown_encoding')
}

async function unpackXlsx(sql: SqlStorage, env: Bindings, file: Subject): Promise<Layout> {
  const entries = await listEntries(env, file)
  const entryOf = (name: string) => entries.find((entry) => entry.name === name)
  const [workbook, relations] = [entryOf(WORKBOOK), entryOf(RELATIONS)]
  if (!workbook || !relations) throw new FaultError('no_sheet')
  const parts = findParts(
    await expandWhole(env, file, workbook, SMALL_PART_BYTES_MAX),
    await expandWhole(env, file, relations, SMALL_PART_BYTES_MAX),
  )
  const bytes: Partial<Record<Part, number>> = {}
  for (const part of ['texts', 'sheet'] as const) {
    const entry = entryOf(parts[part] ?? '')
    if (!entry && part === 'sheet') throw new FaultError('no_sheet')
    const writer = new PieceWriter(sql, part)
    if (entry) await expand(env, file, entry, (some) => writer.add(some))
    bytes[part] = writer.end()
  }
  return { bytes, parts: bytes.texts ? parts : { ...parts, texts: null } }
}

/** Some of the texts that a workbook's cells share; `line` counts them. */
export function textsStep(desk: Desk, job: Reading): void {
  const { sql } = desk
  const { offset, path, line, layout } = job
  const block = blockOf(sql, 'texts', offset, BLOCK_BYTES)
  const { texts, bytes, ended, ...place } = readTexts(block, path)
  if (!ended) mustMove(bytes, block, offset, layout.bytes?.texts, line)
  keep(desk, job, () => {
    addTexts(sql, line, texts)
    if (!ended)
      return updateJob(sql, { offset: offset + bytes, path: place.path, line: line + texts.length })
    dropPieces(sql, 'texts')
    updateJob(sql, { phase: 'rows', offset: 0, path: [], line: 0 })
  })
}

/** Some rows: read, checked, and kept with what was found. */
export async function rowsStep(desk: Desk, job: Reading): Promise<void> {
  const { sql, env } = desk
  const { subject } = job
  const part = subject.file_type === 'csv' ? await csvPart(sql, job) : sheetPart(sql, job)
  const { heading, lines } = headed(job, part.lines)
  const rows = heading ? rowsOf(heading, lines) : []
  if (job.rows + rows.length > ROWS_MAX) throw new FaultError('too_many_rows', { max: ROWS_MAX })
  const judged = await judge(dbOf(env), subject, rows)
  keep(desk, job, () => {
    const counts = { good: job.good, bad: job.bad, published: job.published }
    for (const { key, ...row } of judged) {
      const first = key === null ? undefined : claimKey(sql, key, row.line)
      const twin = first !== undefined && first !== row.line
      const same = { column: null, code: 'same_as_line', facts: { line: first ?? 0 } } as const
      const kept = twin ? { ...row, verdict: 'bad' as const, problems: [same] } : row
      insertRow(sql, kept)
      counts[kept.verdict] += 1
    }
    const rows_read = job.rows + rows.length
    const layout = { ...job.layout, ...(heading ? { heading } : {}) }
    updateJob(sql, { ...counts, ...part.place, rows: rows_read, layout })
    if (!part.ended) return
    if (rows_read === 0) throw new FaultError(heading ? 'no_rows' : 'no_header')
    dropPieces(sql, 'sheet')
    sql.exec('DELETE FROM texts')
    sql.exec('DELETE FROM keys')
    updateJob(sql, { phase: 'report' })
  })
}

type LinesPart = {
  lines: Line[]
  place: { offset: number; path: readonly string[]; line: number }
  ended: boolean
}

async function csvPart(sql: SqlStorage, job: Reading): Promise<LinesPart> {
  const { offset, line, layout } = job
  const block = blockOf(sql, 'sheet', offset, BLOCK_BYTES)
  const last = offset + block.byteLength >= (layout.bytes?.sheet ?? 0)
  const delimiter = layout.delimiter ?? ','
  const { lines, bytes } = await readCsv(block, { delimiter }, { line, last })
  if (!last) mustMove(bytes, block, offset, layout.bytes?.sheet, line)
  const place = { offset: offset + bytes, path: [], line: line + lines.length }
  return { lines, place, ended: last }
}

function sheetPart(sql: SqlStorage, job: Reading): LinesPart {
  const { offset, line, layout } = job
  const block = blockOf(sql, 'sheet', offset, BLOCK_BYTES)
  const { rows, bytes, path, ended } = readRows(block, job.path, line)
  if (!ended) mustMove(bytes, block, offset, layout.bytes?.sheet, line)
  const textOf = textReader(sql)
  const lines = rows.map((row) => ({
    line: row.line,
    cells: row.cells.map((cell) => (typeof cell === 'number' ? textOf(cell) : cell)),
  }))
  const last_line = rows.at(-1)?.line ?? line
  return { lines, place: { offset: offset + bytes, path, line: last_line }, ended }
}

/** A text that ends early, or a row longer than a block, would be read for ever. */
function mustMove(bytes: number, block: Uint8Array, offset: number, whole = 0, line = 0): void {
  if (bytes > 0) return
  if (offset + block.byteLength >= whole) throw new FaultError('broken_sheet', { detail: '…' })
  throw new FaultError('row_too_long', { line: line + 1 })
}

/** The first line with anything in it is the heading; what stands behind it are rows. */
function headed(job: Reading, lines: readonly Line[]): { heading?: Heading; lines: Line[] } {
  if (job.layout.heading) return { heading: job.layout.heading, lines: [...lines] }
  const at = lines.findIndex(({ cells }) => cells.some(isSaid))
  const first = lines[at]
  if (!first) return { lines: [] }
  const { kind, carrier } = job.subject
  const heading = readHeading(columnsOf(kind, carrier === null), first.cells)
  if (!heading.ok) throw new FaultError(heading.code, heading.facts)
  return { heading: heading.value, lines: lines.slice(at + 1) }
}

/** Some programs say the delimiter in a line before the heading. */
function isSaid(cell: string): boolean {
  return cell.trim() !== '' && !/^sep=$/i.test(cell.trim())
}

function rowsOf(heading: Heading, lines: readonly Line[]): { line: number; cells: Cells }[] {
  return lines
    .map(({ line, cells }) => ({ line, cells: cellsOf(heading, cells, CELL_CHARACTERS_MAX) }))
    .filter(({ cells }) => !isPassedOver(cells))
}

/** Writes what a step came to, unless the job has moved on meanwhile: then it is worth nothing. */
function keep({ storage, sql }: Desk, job: Job, write: () => void): void {
  storage.transactionSync(() => {
    if (standsAt(sql, job)) write()
  })
}
