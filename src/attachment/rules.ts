/**
 * Which files are taken: their kinds, sizes and names. The content decides, never the name alone.
 */

export type FileKind = 'pdf' | 'jpg' | 'png' | 'docx' | 'xlsx' | 'ofd'

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

/** Files of one voucher, all kinds together. */
export const FILES_MAX = 10
export const FILE_BYTES_MAX = 20 * 1024 * 1024
/** For the `accept` of a file field. */
export const FILE_ACCEPT = '.pdf,.jpg,.jpeg,.png,.ofd,.docx,.xlsx'

export const MEDIA_TYPES: Readonly<Record<FileKind, string>> = {
  pdf: 'application/pdf',
  jpg: 'image/jpeg',
  png: 'image/png',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ofd: 'application/ofd',
}

const EXTENSIONS: Readonly<Record<FileKind, readonly string[]>> = {
  pdf: ['pdf'],
  jpg: ['jpg', 'jpeg'],
  png: ['png'],
  docx: ['docx'],
  xlsx: ['xlsx'],
  ofd: ['ofd'],
}

const NAME_MAX = 120

/**
 * The name a file is kept under: without folders, control characters and marks that turn the
 * writing direction, and with the extension its content has. Undefined where the name claims to be
 * another kind of file.
 */
export function keptName(given: string, kind: FileKind): string | undefined {
  const plain = given
    .normalize('NFC')
    .replace(/^.*[\\/]/s, '')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
    .trim()
  const dot = plain.lastIndexOf('.')
  const base = dot > 0 ? plain.slice(0, dot) : plain.replace(/^\.+/, '')
  const extension = dot > 0 ? plain.slice(dot + 1).toLowerCase() : (EXTENSIONS[kind][0] ?? kind)
  if (!EXTENSIONS[kind].includes(extension)) return undefined
  return `${[...base].slice(0, NAME_MAX).join('') || 'file'}.${extension}`
}
