/**
 * Lists as files, CSV and XLSX alike of any length: each row is sent as it is read, so that a long
 * list needs no more memory than a short one. Cells that a spreadsheet would take for a formula are
 * made harmless.
 */
import { stringify } from 'csv-stringify/browser/esm/sync'
import type { Ctx } from './bindings.ts'
import { fileNames } from './files.ts'
import { workbook } from './workbook.ts'

export const FORMATS = ['csv', 'xlsx'] as const
export type Format = (typeof FORMATS)[number]

export type Cell = string | number | null
export type Row = readonly Cell[]

/** `name` is the file's, without its ending; `rows` come in portions, read when they are needed. */
export type Sheet = {
  name: string
  columns: readonly string[]
  rows: AsyncIterable<readonly Row[]> | Iterable<readonly Row[]>
}

/** Turns portions of rows into portions of a file. */
export type Writer = {
  /** Of the first line. */
  begin(columns: readonly string[]): Uint8Array
  write(rows: readonly Row[]): Uint8Array
  end(): Uint8Array
}

/** csv or xlsx as an address says it, csv for anything else. */
export function formatOf(text: string | undefined): Format {
  return FORMATS.find((format) => format === text) ?? 'csv'
}

const TYPES: Readonly<Record<Format, string>> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

/** The file as an answer to save. An XLSX ends at the last row that a spreadsheet can hold. */
export function answerSheet(c: Ctx, sheet: Sheet, format: Format): Response {
  const writer = format === 'csv' ? csv() : workbook()
  return c.body(streamOf(sheet, writer), 200, {
    'Content-Type': TYPES[format],
    'Content-Disposition': `attachment; ${fileNames(`${sheet.name}.${format}`)}`,
    'Cache-Control': 'no-store',
  })
}

/** A portion is read when the last one has been taken, so that nothing piles up. */
function streamOf({ columns, rows }: Sheet, writer: Writer): ReadableStream<Uint8Array> {
  const portions = each(rows)
  let begun = false
  return new ReadableStream({
    async pull(controller) {
      let bytes = begun ? new Uint8Array() : writer.begin(columns)
      begun = true
      // A portion may be compressed into nothing yet; the reader waits for bytes.
      while (bytes.length === 0) {
        const next = await portions.next()
        if (next.done) {
          controller.enqueue(writer.end())
          controller.close()
          return
        }
        bytes = writer.write(next.value)
      }
      controller.enqueue(bytes)
    },
    async cancel() {
      await portions.return(undefined)
    },
  })
}

async function* each(rows: Sheet['rows']): AsyncGenerator<readonly Row[], undefined> {
  yield* rows
}

function csv(): Writer {
  const encoder = new TextEncoder()
  const text = (rows: readonly Row[], bom = false) =>
    encoder.encode(stringify(rows as Cell[][], { bom, escape_formulas: true }))
  return {
    begin: (columns) => text([columns], true),
    write: (rows) => (rows.length === 0 ? new Uint8Array() : text(rows)),
    end: () => new Uint8Array(),
  }
}
