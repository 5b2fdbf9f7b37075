/**
 * A stored file as plain UTF-8 text, in pieces: a CSV out of its encoding, a part of a workbook out
 * of its compression. It passes through in slices; what it comes to is bounded before it is made.
 */
import { Inflate } from 'fflate'
import { EXPANDED_BYTES_MAX, TAIL_BYTES } from '../attachment/zip-rules.ts'
import { findDirectory, readDirectory } from '../attachment/zip-rules.ts'
import type { ZipEntry } from '../attachment/zip-rules.ts'
import type { Bindings } from '../platform/bindings.ts'
import { FaultError } from './fault.ts'

type Env = Pick<Bindings, 'FILES'>
type Stored = { key: string; file_size: number }

/** Takes a stretch of text; what it holds is only valid until it returns. */
export type Sink = (bytes: Uint8Array) => void

/** Deflate makes at most a thousandfold of a slice: 16 MB of 16 KB. */
const SLICE_BYTES = 16 * 1024
/** No sheet compresses that well; below the floor it does not matter. */
const RATIO_MAX = 250
const RATIO_FLOOR_BYTES = 4 * 1024 * 1024
const STORED = 0
const DEFLATED = 8

/** Encodings in the order they are tried; text that is not UTF-8 throughout is GB18030 or none. */
export const ENCODINGS = ['utf-8', 'gb18030'] as const
export type Encoding = (typeof ENCODINGS)[number] | 'utf-16le' | 'utf-16be'

/** By the mark at its beginning; undefined where it has none. */
export async function markedEncoding(env: Env, file: Stored): Promise<Encoding | undefined> {
  const [first, second] = await bytesOf(env, file, 0, 2)
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  return first === 0xfe && second === 0xff ? 'utf-16be' : undefined
}

/** False where the file is not of this encoding; the sink has then heard nonsense. */
export async function decodeText(
  env: Env,
  file: Stored,
  encoding: Encoding,
  sink: Sink,
): Promise<boolean> {
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: false })
  const encoder = new TextEncoder()
  const pass = (text: string) => {
    if (text.includes('\0')) throw new FaultError('not_a_table')
    sink(encoder.encode(text))
  }
  const decode = (bytes?: Uint8Array): string | undefined => {
    try {
      return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode()
    } catch {
      return undefined
    }
  }
  for await (const bytes of streamOf(env, file, 0, file.file_size)) {
    const text = decode(bytes)
    if (text === undefined) return false
    pass(text)
  }
  const rest = decode()
  if (rest !== undefined) pass(rest)
  return rest !== undefined
}

/** The directory of a workbook. */
export async function listEntries(env: Env, file: Stored): Promise<ZipEntry[]> {
  const { file_size: size } = file
  const tail = await bytesOf(env, file, Math.max(0, size - TAIL_BYTES), size)
  const directory = findDirectory(tail, size)
  if (!directory) throw new FaultError('broken_archive')
  const { offset, size: length, entries } = directory
  const found = readDirectory(await bytesOf(env, file, offset, offset + length), entries)
  if (!found) throw new FaultError('broken_archive')
  return found
}

const LOCAL_BYTES = 30

/** Expands one entry; a lie about its size, or one too large, ends it with a FaultError. */
export async function expand(env: Env, file: Stored, entry: ZipEntry, sink: Sink): Promise<void> {
  const { size, packed, method, offset } = entry
  const bomb = size > RATIO_FLOOR_BYTES && size > packed * RATIO_MAX
  if (bomb || size > EXPANDED_BYTES_MAX) throw new FaultError('archive_too_large')
  const head = await bytesOf(env, file, offset, offset + LOCAL_BYTES)
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
  if (head.byteLength < LOCAL_BYTES) throw new FaultError('broken_archive')
  const start = offset + LOCAL_BYTES + view.getUint16(26, true) + view.getUint16(28, true)
  let made = 0
  const take: Sink = (bytes) => {
    made += bytes.byteLength
    if (made > size) throw new FaultError('broken_archive')
    sink(bytes)
  }
  if (method !== DEFLATED && method !== STORED) throw new FaultError('broken_archive')
  const push = method === DEFLATED ? inflater(take) : take
  for await (const bytes of streamOf(env, file, start, start + packed)) {
    for (let at = 0; at < bytes.byteLength; at += SLICE_BYTES)
      push(bytes.subarray(at, at + SLICE_BYTES), false)
  }
  push(new Uint8Array(), true)
  if (made !== size) throw new FaultError('broken_archive')
}

function inflater(take: Sink): (bytes: Uint8Array, last: boolean) => void {
  const inflate = new Inflate((bytes) => take(bytes))
  return (bytes, last) => {
    try {
      inflate.push(bytes, last)
    } catch (error) {
      throw error instanceof FaultError ? error : new FaultError('broken_archive')
    }
  }
}

/** A small entry as a whole. */
export async function expandWhole(
  env: Env,
  file: Stored,
  entry: ZipEntry,
  bytes_max: number,
): Promise<Uint8Array> {
  if (entry.size > bytes_max) throw new FaultError('archive_too_large')
  const chunks: Uint8Array[] = []
  await expand(env, file, entry, (bytes) => void chunks.push(bytes.slice()))
  return new Uint8Array(Buffer.concat(chunks))
}

async function bytesOf(env: Env, file: Stored, from: number, to: number): Promise<Uint8Array> {
  const length = Math.min(to, file.file_size) - from
  if (length <= 0) return new Uint8Array()
  const object = await env.FILES.get(file.key, { range: { offset: from, length } })
  if (!object) throw new FaultError('file_gone')
  return new Uint8Array(await object.arrayBuffer())
}

async function* streamOf(
  env: Env,
  file: Stored,
  from: number,
  to: number,
): AsyncGenerator<Uint8Array> {
  const length = Math.min(to, file.file_size) - from
  if (length <= 0) return
  const object = await env.FILES.get(file.key, { range: { offset: from, length } })
  if (!object) throw new FaultError('file_gone')
  for await (const bytes of object.body) yield bytes as Uint8Array
}
