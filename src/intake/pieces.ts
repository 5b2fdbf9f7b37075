/**
 * The text of a file as the job keeps it, in pieces of equal size, so that reading may go on in the
 * middle of it; and the texts that the cells of a workbook share.
 */
import type { Part } from './job.ts'

export const PIECE_BYTES = 128 * 1024

/** Takes text of any length and keeps it in pieces. */
export class PieceWriter {
  bytes = 0
  private readonly buffer = new Uint8Array(PIECE_BYTES)
  private filled = 0

  constructor(
    private readonly sql: SqlStorage,
    private readonly part: Part,
  ) {
    sql.exec('DELETE FROM pieces WHERE part = ?', part)
  }

  add(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.byteLength;) {
      const some = bytes.subarray(at, at + PIECE_BYTES - this.filled)
      this.buffer.set(some, this.filled)
      this.filled += some.byteLength
      at += some.byteLength
      if (this.filled === PIECE_BYTES) this.flush()
    }
  }

  /** Answers the length of the whole text. */
  end(): number {
    if (this.filled > 0) this.flush()
    return this.bytes
  }

  private flush(): void {
    const query = 'INSERT INTO pieces (part, number, content) VALUES (?, ?, ?)'
    const content = this.buffer.slice(0, this.filled).buffer
    this.sql.exec(query, this.part, this.bytes / PIECE_BYTES, content)
    this.bytes += this.filled
    this.filled = 0
  }
}

/** At most `bytes_max` of a part from `offset` on. */
export function blockOf(
  sql: SqlStorage,
  part: Part,
  offset: number,
  bytes_max: number,
): Uint8Array {
  const first = Math.floor(offset / PIECE_BYTES)
  const last = Math.floor((offset + bytes_max - 1) / PIECE_BYTES)
  const pieces = sql
    .exec<{ content: ArrayBuffer }>(
      'SELECT content FROM pieces WHERE part = ? AND number BETWEEN ? AND ? ORDER BY number',
      part,
      first,
      last,
    )
    .toArray()
  const whole = Buffer.concat(pieces.map(({ content }) => new Uint8Array(content)))
  const from = offset - first * PIECE_BYTES
  return whole.subarray(from, from + bytes_max)
}

export function dropPieces(sql: SqlStorage, part: Part): void {
  sql.exec('DELETE FROM pieces WHERE part = ?', part)
}

/** Texts of a workbook to a row of their table. */
export const TEXTS_A_BLOCK = 128

/** Keeps texts whose first is number `from`; they may end and begin in the middle of a block. */
export function addTexts(sql: SqlStorage, from: number, texts: readonly string[]): void {
  let at = 0
  while (at < texts.length) {
    const block = Math.floor((from + at) / TEXTS_A_BLOCK)
    const some = texts.slice(at, at + TEXTS_A_BLOCK - ((from + at) % TEXTS_A_BLOCK))
    const stands = findTexts(sql, block)
    const query = 'INSERT OR REPLACE INTO texts (block, texts) VALUES (?, ?)'
    sql.exec(query, block, JSON.stringify([...stands, ...some]))
    at += some.length
  }
}

/** Reads shared texts by their number; blocks that were read are kept for the next. */
export function textReader(sql: SqlStorage): (number: number) => string {
  const blocks = new Map<number, string[]>()
  return (number) => {
    const block = Math.floor(number / TEXTS_A_BLOCK)
    let texts = blocks.get(block)
    if (!texts) {
      texts = findTexts(sql, block)
      blocks.set(block, texts)
    }
    return texts[number % TEXTS_A_BLOCK] ?? ''
  }
}

function findTexts(sql: SqlStorage, block: number): string[] {
  const query = 'SELECT texts FROM texts WHERE block = ?'
  const [row] = sql.exec<{ texts: string }>(query, block).toArray()
  return row ? (JSON.parse(row.texts) as string[]) : []
}
