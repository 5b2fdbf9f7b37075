/**
 * The bytes of a shard: a head that says where each column lies, then the columns, little-endian
 * and aligned, so that opening makes views and reads nothing.
 */

export type Column = Uint8Array | Uint16Array | Uint32Array | Float64Array

const MAGIC = 0x4c544131
const HEAD_BYTES = 16
const ENTRY_BYTES = 12
/** Numbers that a growing column has room for at first: changes are few. */
const ROOM_MIN = 64

/** `type` and `format` are checked when the bytes are opened. */
export function packColumns(type: number, format: number, columns: readonly Column[]): Uint8Array {
  const head = HEAD_BYTES + columns.length * ENTRY_BYTES
  let end = aligned(head)
  const starts = columns.map((column) => {
    const start = end
    end = aligned(start + column.byteLength)
    return start
  })
  const bytes = new Uint8Array(end)
  const view = new DataView(bytes.buffer)
  for (const [at, word] of [MAGIC, type, format, columns.length].entries())
    view.setUint32(at * 4, word, true)
  for (const [at, column] of columns.entries()) {
    const start = starts[at] ?? 0
    const entry = [column.BYTES_PER_ELEMENT, start, column.length]
    for (const [part, word] of entry.entries())
      view.setUint32(HEAD_BYTES + at * ENTRY_BYTES + part * 4, word, true)
    bytes.set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength), start)
  }
  return bytes
}

/** Numbers in two bytes where they fit, in four where not. */
export type Numbers = Uint16Array | Uint32Array

export function packNumbers(numbers: Uint32Array | readonly number[]): Column {
  const narrow = numbers.every((number) => number <= 0xffff)
  if (narrow) return Uint16Array.from(numbers)
  return numbers instanceof Uint32Array ? numbers : Uint32Array.from(numbers)
}

/** A column whose numbers come one by one, and which never lie in memory as anything else. */
export class Growing<T extends Column> {
  readonly #make: new (length: number) => T
  #numbers: T
  #length = 0

  constructor(make: new (length: number) => T) {
    this.#make = make
    this.#numbers = new make(ROOM_MIN)
  }

  get length(): number {
    return this.#length
  }

  add(one: number): void {
    if (this.#length === this.#numbers.length) {
      const wider = new this.#make(Math.ceil(this.#length * 1.5))
      wider.set(this.#numbers)
      this.#numbers = wider
    }
    this.#numbers[this.#length++] = one
  }

  /** What has come so far, as a view. */
  column(): T {
    return this.#numbers.subarray(0, this.#length) as T
  }
}

/** Columns come out in the order they went in, each as the width it had. */
export type Columns = {
  bytes(): Uint8Array
  shorts(): Uint16Array
  words(): Uint32Array
  /** What packNumbers made. */
  numbers(): Numbers
  doubles(): Float64Array
}

export function openColumns(buffer: ArrayBuffer, type: number, format: number): Columns {
  const view = new DataView(buffer)
  const head = [0, 4, 8].map((at) =>
    buffer.byteLength < HEAD_BYTES ? 0 : view.getUint32(at, true),
  )
  if (head[0] !== MAGIC || head[1] !== type || head[2] !== format)
    throw new Error(`these bytes are no shard of type ${type}, format ${format}`)
  let entry = HEAD_BYTES
  const next = (width: number): [buffer: ArrayBuffer, start: number, length: number] => {
    if (view.getUint32(entry, true) !== width) throw new Error('a column has another width')
    const place = [view.getUint32(entry + 4, true), view.getUint32(entry + 8, true)] as const
    entry += ENTRY_BYTES
    return [buffer, ...place]
  }
  return {
    bytes: () => new Uint8Array(...next(1)),
    shorts: () => new Uint16Array(...next(2)),
    words: () => new Uint32Array(...next(4)),
    numbers: () =>
      view.getUint32(entry, true) === 2 ? new Uint16Array(...next(2)) : new Uint32Array(...next(4)),
    doubles: () => new Float64Array(...next(8)),
  }
}

function aligned(at: number): number {
  return (at + 7) & ~7
}
