/**
 * Texts and ids as columns. Texts lie in UTF-16 behind each other, so that a part is compared in
 * place; ids are sixteen bytes.
 */
import type { Column, Columns } from './column-rules.ts'

/** `known` keeps what was read once; names repeat from search to search. */
export type Texts = { starts: Uint32Array; units: Uint16Array; known: (string | undefined)[] }

export function packTexts(texts: readonly string[]): Column[] {
  const starts = new Uint32Array(texts.length + 1)
  for (const [at, text] of texts.entries()) starts[at + 1] = (starts[at] as number) + text.length
  const units = new Uint16Array(starts[texts.length] as number)
  let end = 0
  for (const text of texts)
    for (let at = 0; at < text.length; at++) units[end++] = text.charCodeAt(at)
  return [starts, units]
}

export function openTexts(columns: Columns): Texts {
  return { starts: columns.words(), units: columns.shorts(), known: [] }
}

export function countTexts(texts: Texts): number {
  return texts.starts.length - 1
}

/** The text at a place; kept for the next time where it is one that repeats. */
export function textAt(texts: Texts, at: number): string {
  return (texts.known[at] ??= readText(texts, at))
}

export function readText({ starts, units }: Texts, at: number): string {
  const part = units.subarray(starts[at], starts[at + 1])
  // A function takes only so many arguments at once.
  if (part.length < 4096) return String.fromCharCode(...part)
  return Array.from(part, (unit) => String.fromCharCode(unit)).join('')
}

/** True where `part` lies anywhere in the text at a place. */
export function holds({ starts, units }: Texts, at: number, part: string): boolean {
  const first = part.charCodeAt(0)
  const end = (starts[at + 1] as number) - part.length
  for (let start = starts[at] as number; start <= end; start++)
    if (units[start] === first && liesAt(units, start, part)) return true
  return false
}

export function startsWith({ starts, units }: Texts, at: number, part: string): boolean {
  const start = starts[at] as number
  return start + part.length <= (starts[at + 1] as number) && liesAt(units, start, part)
}

function liesAt(units: Uint16Array, start: number, part: string): boolean {
  for (let at = 0; at < part.length; at++)
    if (units[start + at] !== part.charCodeAt(at)) return false
  return true
}

/** By code points, as a database compares UTF-8; `<` puts what lies above U+FFFF elsewhere. */
export function compareTexts(one: string, other: string): number {
  const shorter = Math.min(one.length, other.length)
  for (let at = 0; at < shorter; at++) {
    const [left, right] = [one.charCodeAt(at), other.charCodeAt(at)]
    if (left !== right) return above(left) - above(right)
  }
  return one.length - other.length
}

/** Surrogates stand for what lies above all single units. */
function above(unit: number): number {
  return (unit & 0xf800) === 0xd800 ? unit + 0x10000 : unit
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))
const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** UUIDs as sixteen bytes each; anything else is an error of the caller. */
export function packIds(ids: readonly string[]): Uint8Array {
  const bytes = new Uint8Array(ids.length * 16)
  for (const [at, id] of ids.entries()) {
    if (!ID.test(id)) throw new TypeError(`a subject is a UUID in lower case, not ${id}`)
    const hex = id.replaceAll('-', '')
    for (let byte = 0; byte < 16; byte++)
      bytes[at * 16 + byte] = Number.parseInt(hex.slice(byte * 2, byte * 2 + 2), 16)
  }
  return bytes
}

export function idAt(bytes: Uint8Array, at: number): string {
  let text = ''
  for (let byte = 0; byte < 16; byte++) {
    if (byte === 4 || byte === 6 || byte === 8 || byte === 10) text += '-'
    text += HEX[bytes[at * 16 + byte] as number]
  }
  return text
}

export function compareIds(one: Uint8Array, at: number, other: Uint8Array, to: number): number {
  for (let byte = 0; byte < 16; byte++) {
    const apart = (one[at * 16 + byte] as number) - (other[to * 16 + byte] as number)
    if (apart !== 0) return apart
  }
  return 0
}
