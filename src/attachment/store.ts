/** What kind of file an upload really is, and the rows of those that were stored. */
import { fileTypeFromBlob } from 'file-type'
import { eq, inArray } from 'drizzle-orm'
import type { Db, Statement } from '../platform/db.ts'
import type { FileKind } from './rules.ts'
import { attachments } from './tables.ts'
import { TAIL_BYTES, findDirectory, judgeEntries, readDirectory } from './zip-rules.ts'

const ZIPPED: readonly string[] = ['zip', 'docx', 'xlsx']

/** The kind by content; undefined for everything that is not taken. */
export async function kindOf(content: Blob): Promise<FileKind | undefined> {
  const found = (await fileTypeFromBlob(content))?.ext
  if (found === 'pdf' || found === 'jpg' || found === 'png') return found
  if (!found || !ZIPPED.includes(found)) return undefined
  const kind = await zipKindOf(content)
  // The library read the content types, the directory names the parts: both must agree.
  return kind === found || (kind === 'ofd' && found === 'zip') ? kind : undefined
}

async function zipKindOf(content: Blob): Promise<'docx' | 'xlsx' | 'ofd' | undefined> {
  const tail = await bytesOf(content, Math.max(0, content.size - TAIL_BYTES), content.size)
  const directory = findDirectory(tail, content.size)
  if (!directory) return undefined
  const { offset, size } = directory
  const entries = readDirectory(await bytesOf(content, offset, offset + size), directory.entries)
  return entries && judgeEntries(entries)
}

async function bytesOf(content: Blob, from: number, to: number): Promise<Uint8Array> {
  return new Uint8Array(await content.slice(from, to).arrayBuffer())
}

type Row = typeof attachments.$inferSelect

export function insertFile(db: Db, row: Row): Statement {
  return db.insert(attachments).values(row)
}

export async function findRow(db: Db, id: string): Promise<Row | undefined> {
  return db.select().from(attachments).where(eq(attachments.id, id)).get()
}

/** D1 binds at most 100 parameters in a statement. */
const KEYS_MAX = 90

export async function listRows(db: Db, ids: readonly string[]): Promise<Row[]> {
  const found: Row[] = []
  for (let from = 0; from < ids.length; from += KEYS_MAX) {
    const some = ids.slice(from, from + KEYS_MAX)
    found.push(...(await db.select().from(attachments).where(inArray(attachments.id, some))))
  }
  return found
}
