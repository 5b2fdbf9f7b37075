/**
 * Uploads: type by content, size and count checked, stored once under a random key. Who may read or
 * write a file is the calling feature's business.
 */
import { randomBytes } from 'node:crypto'
import { newId } from '../kernel/id.ts'
import { accept, refuse } from '../kernel/outcome.ts'
import type { Outcome, Refusal } from '../kernel/outcome.ts'
import type { Language } from '../kernel/text.ts'
import type { Bindings } from '../platform/bindings.ts'
import { commit, dbOf } from '../platform/db.ts'
import type { Db } from '../platform/db.ts'
import { digestOf, putOnce, serveContent } from '../platform/files.ts'
import type { Ask } from '../platform/files.ts'
import { FILES_MAX, FILE_BYTES_MAX, MEDIA_TYPES, keptName } from './rules.ts'
import type { StoredFile, UploadRefusal } from './rules.ts'
import { findRow, insertFile, kindOf, listRows } from './store.ts'
import { strings } from './strings.ts'

export { FILES_MAX, FILE_ACCEPT, FILE_BYTES_MAX } from './rules.ts'
export type { StoredFile, UploadRefusal } from './rules.ts'

type Env = Pick<Bindings, 'DB' | 'FILES'>
type Uploader = { owner: string; by: string; at: number }

/** Checks and stores one file. A refusal's facts carry its `name`. */
export async function storeUpload(
  env: Env,
  upload: Uploader & { file: File },
): Promise<Outcome<StoredFile, UploadRefusal>> {
  const { file, owner, by, at } = upload
  const facts = { name: file.name }
  if (file.size === 0) return refuse('file_empty', facts)
  if (file.size > FILE_BYTES_MAX) return refuse('file_too_large', facts)
  const kind = await kindOf(file)
  const name = kind && keptName(file.name, kind)
  if (!kind || !name) return refuse('file_type_refused', facts)
  const type = MEDIA_TYPES[kind]
  const sha256 = await digestOf(file)
  const key = `att/${owner}/${randomBytes(16).toString('hex')}`
  await putOnce(env, { key, content: file, type, sha256 })
  const stored: StoredFile = { id: newId(), owner, name, type, size: file.size, sha256, at }
  await commit(dbOf(env), [insertFile(dbOf(env), { ...stored, key, by })])
  return accept(stored)
}

/** What became of several files of one form field. */
export type Uploads = {
  stored: StoredFile[]
  refused: Refusal<UploadRefusal | 'files_too_many'>[]
}

/**
 * Stores several files one after the other, so that few are in memory at a time. With those that
 * are there `already` they may not pass FILES_MAX: else none is stored.
 */
export async function storeUploads(
  env: Env,
  uploads: Uploader & { files: readonly File[]; already: number },
): Promise<Uploads> {
  const { files, already, ...uploader } = uploads
  const result: Uploads = { stored: [], refused: [] }
  if (files.length > 0 && files.length + already > FILES_MAX) {
    result.refused.push(refuse('files_too_many', { max: FILES_MAX }))
    return result
  }
  for (const file of files) {
    const outcome = await storeUpload(env, { ...uploader, file })
    if (outcome.ok) result.stored.push(outcome.value)
    else result.refused.push(outcome)
  }
  return result
}

/** What to tell the uploader of a refused file, in the reader's language. */
export function uploadMessage(
  language: Language,
  refusal: Refusal<UploadRefusal | 'files_too_many'>,
): string {
  return strings[language][refusal.code](
    String(refusal.facts['name'] ?? refusal.facts['max'] ?? ''),
  )
}

export async function findFile(db: Db, id: string): Promise<StoredFile | undefined> {
  const row = await findRow(db, id)
  return row && storedFrom(row)
}

/** The files among `ids` that exist, in no order. */
export async function listFiles(db: Db, ids: readonly string[]): Promise<StoredFile[]> {
  return (await listRows(db, ids)).map(storedFrom)
}

/**
 * Gives out a file in its sandbox: to save, or with `inline` to look at where it is a PDF or an
 * image. `headers` are the request's, for Range and If-None-Match.
 */
export async function serveFile(env: Env, file: StoredFile, ask: Ask = {}): Promise<Response> {
  const row = await findRow(dbOf(env), file.id)
  const answer = row && (await serveContent(env, row, ask))
  if (!answer) throw new Error(`content of attachment ${file.id} is missing`)
  return answer
}

function storedFrom(row: StoredFile): StoredFile {
  const { id, owner, name, type, size, sha256, at } = row
  return { id, owner, name, type, size, sha256, at }
}
