/**
 * Rows of a CSV, some at a time: a block of its text goes through the parser, and the next block
 * begins where the last whole row ended. The text is UTF-8 by then, whatever the file was.
 */
import { parse } from 'csv-parse/stream'
import type { Options } from 'csv-parse/stream'
import { FaultError } from './fault.ts'

export const DELIMITERS = [',', ';', '\t'] as const

/** A row by its number in the file, from 1, as spreadsheets count it. */
export type Line = { line: number; cells: readonly string[] }

/** `bytes` is where the last whole row ended. */
export type Block = { lines: Line[]; bytes: number }

export type CsvLayout = { delimiter: string }

/**
 * The rows in a block that begins a row. `last` says that the text ends with it; otherwise a row
 * that is not whole is left for the next block. Throws a FaultError where a quote is left open.
 */
export async function readCsv(
  block: Uint8Array,
  { delimiter }: CsvLayout,
  at: { line: number; last: boolean },
): Promise<Block> {
  const found: Block = { lines: [], bytes: 0 }
  const options: Options = {
    delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
    on_record: (record, info) => {
      const cells = record as unknown as readonly string[]
      found.lines.push({ line: at.line + found.lines.length + 1, cells })
      found.bytes = info.bytes
      // Nothing is handed on: the readable side would have to be drained.
      return null
    },
  }
  const parser = parse(options)
  const writer = parser.writable.getWriter()
  // Told on several promises; here the ones that are waited for count.
  writer.closed.catch(() => undefined)
  try {
    await writer.write(Buffer.from(block.buffer, block.byteOffset, block.byteLength))
    await writer.ready
    // workerd lets close() pass where the parser has failed at the end; `closed` tells.
    if (at.last) await writer.close().then(() => writer.closed)
  } catch {
    throw new FaultError('quote_left_open', { line: at.line + found.lines.length + 1 })
  }
  if (at.last) found.bytes = block.byteLength
  return found
}

/** The delimiter that the first line, outside of quotes, has most of; a comma where none. */
export function findDelimiter(text: string): string {
  const counts = new Map<string, number>()
  let quoted = false
  for (const character of text) {
    if (character === '"') quoted = !quoted
    else if (quoted) continue
    else if (character === '\n' || character === '\r') break
    else if (DELIMITERS.some((one) => one === character))
      counts.set(character, (counts.get(character) ?? 0) + 1)
  }
  const most = Math.max(0, ...counts.values())
  return DELIMITERS.find((one) => most > 0 && counts.get(one) === most) ?? ','
}
