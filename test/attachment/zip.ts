/** A ZIP of stored entries, as small as it may be, with every field open to lies. */

export type Part = { name: string; content?: string; claimed?: number; encrypted?: boolean }

export function zipOf(
  parts: readonly Part[],
  more: { before?: string; between?: string; after?: string } = {},
): Blob {
  const chunks: Uint8Array[] = [textOf(more.before ?? '')]
  const directory: Uint8Array[] = []
  let offset = chunks[0]?.length ?? 0
  for (const part of parts) {
    const name = textOf(part.name)
    const content = textOf(part.content ?? '')
    const common = new DataView(new ArrayBuffer(26))
    common.setUint16(0, 20, true)
    common.setUint16(2, part.encrypted ? 1 : 0, true)
    common.setUint32(10, crc32(content), true)
    common.setUint32(14, content.length, true)
    common.setUint32(18, part.claimed ?? content.length, true)
    common.setUint16(22, name.length, true)
    const fields = new Uint8Array(common.buffer)
    chunks.push(numbers([0x04034b50, 4]), fields, name, content)
    directory.push(numbers([0x02014b50, 4], [20, 2]), fields, new Uint8Array(10))
    directory.push(numbers([offset, 4]), name)
    offset += 30 + name.length + content.length
  }
  const size = directory.reduce((sum, piece) => sum + piece.length, 0)
  const end = numbers(
    [0x06054b50, 4],
    [0, 4],
    [parts.length, 2],
    [parts.length, 2],
    [size, 4],
    [offset, 4],
    [0, 2],
  )
  return new Blob([
    ...chunks,
    ...directory,
    textOf(more.between ?? ''),
    end,
    textOf(more.after ?? ''),
  ])
}

const CONTENT_TYPES = 'http://schemas.openxmlformats.org/package/2006/content-types'
const MAIN = 'application/vnd.openxmlformats-officedocument'

function contentTypes(part: string, type: string): Part {
  const override = `<Override PartName="/${part}" ContentType="${MAIN}.${type}.main+xml"/>`
  return {
    name: '[Content_Types].xml',
    content: `<Types xmlns="${CONTENT_TYPES}">${override}</Types>`,
  }
}

export const DOCX: readonly Part[] = [
  contentTypes('word/document.xml', 'wordprocessingml.document'),
  { name: 'word/document.xml', content: '<w:document/>' },
]
export const XLSX: readonly Part[] = [
  contentTypes('xl/workbook.xml', 'spreadsheetml.sheet'),
  { name: 'xl/workbook.xml', content: '<workbook/>' },
]
export const OFD: readonly Part[] = [
  { name: 'OFD.xml', content: '<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016"/>' },
  { name: 'Doc_0/Document.xml', content: '<ofd:Document/>' },
]

function textOf(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

function numbers(...fields: readonly (readonly [value: number, bytes: 2 | 4])[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(fields.reduce((sum, [, bytes]) => sum + bytes, 0)))
  let at = 0
  for (const [value, bytes] of fields) {
    if (bytes === 2) view.setUint16(at, value, true)
    else view.setUint32(at, value, true)
    at += bytes
  }
  return new Uint8Array(view.buffer)
}

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  return (crc ^ 0xffffffff) >>> 0
}
