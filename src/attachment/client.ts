/**
 * Uploads: type by content, size and count checked, stored once under a random key. Who may read or
 * write a file is the calling feature's business.
 */
import { eq, inArray } from 'drizzle-orm'
import type { Outcome } from '../kernel/outcome.ts'
import type { Bindings } from '../platform/bindings.ts'
import { dbOf } from '../platform/db.ts'
import type { Db } from '../platform/db.ts'
import { attachments } from './tables.ts'

/** `size` in bytes, `sha256` in hex, `at` in epoch ms, `owner` an enterprise id. */
export type StoredFile = {
  id: string
  owner: string
  name: string
  type: string
  size: number
  sha256: string
  at: number
}
export type UploadRefusal = 'file_empty' | 'file_too_large' | 'file_type_refused'
export type Upload = { owner: string; file: File; by: string; at: number }

/** Files of one voucher, all kinds together. */
export const FILES_MAX = 10
export const FILE_BYTES_MAX = 20 * 1024 * 1024
/** For the `accept` of a file field; the content decides. */
export const FILE_ACCEPT = '.pdf,.jpg,.jpeg,.png,.ofd,.docx,.xlsx'

/** Checks and stores one file. Facts of a refusal: `name`, and `bytes_max` where it is too large. */
export async function storeUpload(
  env: Pick<Bindings, 'DB' | 'FILES'>,
  upload: Upload,
): Promise<Outcome<StoredFile, UploadRefusal>> {
  void [env, upload]
  throw new Error('not yet')
}

export async function findFile(db: Db, id: string): Promise<StoredFile | undefined> {
  return (await db.select().from(attachments).where(eq(attachments.id, id)))[0]
}

/** The files among `ids` that exist, in no order. */
export async function listFiles(db: Db, ids: readonly string[]): Promise<StoredFile[]> {
  if (ids.length === 0) return []
  return db
    .select()
    .from(attachments)
    .where(inArray(attachments.id, [...ids]))
}
