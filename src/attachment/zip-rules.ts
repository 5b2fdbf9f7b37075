/**
 * Reads the central directory of a ZIP, which docx, xlsx and ofd are, and judges it without ever
 * expanding anything. Refuses what a reader could be deceived by: macros, programs, archives
 * within, encryption, repeated names, content before or behind the archive, too many or too large
 * entries.
 */

export type Directory = { offset: number; size: number; entries: number }
/** `size` expanded, `packed` as it lies there; `offset` is that of the entry's own head. */
export type ZipEntry = {
  name: string
  size: number
  packed: number
  /** 0 stored, 8 deflated. */
  method: number
  offset: number
  encrypted: boolean
}

export const ENTRIES_MAX = 1000
export const EXPANDED_BYTES_MAX = 200 * 1024 * 1024
/** An end record with the longest comment it may have. */
export const TAIL_BYTES = 22 + 0xffff
const DIRECTORY_BYTES_MAX = 1024 * 1024

const END_MARK = 0x06054b50
const ENTRY_MARK = 0x02014b50

/**
 * Where the directory lies, from the last `TAIL_BYTES` of a file of `file_size` bytes. Undefined
 * unless it ends exactly at the end record and the record exactly at the end of the file.
 */
export function findDirectory(tail: Uint8Array, file_size: number): Directory | undefined {
  const view = viewOf(tail)
  for (let at = tail.length - 22; at >= 0; at -= 1) {
    if (view.getUint32(at, true) !== END_MARK) continue
    if (at + 22 + view.getUint16(at + 20, true) !== tail.length) continue
    const entries = view.getUint16(at + 10, true)
    const size = view.getUint32(at + 12, true)
    const offset = view.getUint32(at + 16, true)
    const whole = view.getUint32(at + 4, true) === 0 && entries === view.getUint16(at + 8, true)
    const ends = offset + size === file_size - tail.length + at
    const fits = entries > 0 && entries <= ENTRIES_MAX && size <= DIRECTORY_BYTES_MAX
    return whole && ends && fits ? { offset, size, entries } : undefined
  }
  return undefined
}

/** The entries of a directory; undefined where it is not what the end record says. */
export function readDirectory(bytes: Uint8Array, entries: number): ZipEntry[] | undefined {
  const view = viewOf(bytes)
  const found: ZipEntry[] = []
  let at = 0
  while (at + 46 <= bytes.length && view.getUint32(at, true) === ENTRY_MARK) {
    const nameEnd = at + 46 + view.getUint16(at + 28, true)
    if (nameEnd > bytes.length) return undefined
    found.push({
      name: new TextDecoder().decode(bytes.subarray(at + 46, nameEnd)),
      size: view.getUint32(at + 24, true),
      packed: view.getUint32(at + 20, true),
      method: view.getUint16(at + 10, true),
      offset: view.getUint32(at + 42, true),
      encrypted: (view.getUint16(at + 8, true) & 1) === 1,
    })
    at = nameEnd + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return at === bytes.length && found.length === entries ? found : undefined
}

const ACTIVE = /(?:^|\/)(?:vbaproject|vbadata)|(?:^|\/)(?:macrosheets|activex)\//i
const HARMFUL =
  /\.(?:zip|rar|7z|jar|gz|docm|xlsm|xlam|dotm|exe|dll|scr|com|bat|cmd|ps1|vbs|js|hta|lnk|html?)$/i

/** docx, xlsx or ofd by the entries; undefined for any other archive and for a harmful one. */
export function judgeEntries(entries: readonly ZipEntry[]): 'docx' | 'xlsx' | 'ofd' | undefined {
  const names = new Set(entries.map((entry) => entry.name))
  const expanded = entries.reduce((sum, entry) => sum + entry.size, 0)
  if (names.size !== entries.length || expanded > EXPANDED_BYTES_MAX) return undefined
  if (entries.some((entry) => entry.encrypted || isHarmful(entry.name))) return undefined
  if (names.has('OFD.xml')) return 'ofd'
  if (!names.has('[Content_Types].xml')) return undefined
  if (names.has('word/document.xml')) return 'docx'
  return names.has('xl/workbook.xml') ? 'xlsx' : undefined
}

function isHarmful(name: string): boolean {
  const climbs = name.startsWith('/') || name.includes('\\') || name.split('/').includes('..')
  return climbs || ACTIVE.test(name) || HARMFUL.test(name)
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
