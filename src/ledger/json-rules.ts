/** One text for one value: JSON with sorted keys, which hashes and fingerprints are made of. */

/**
 * Answers JSON whose object keys are sorted; undefined members are left out. Throws for what JSON
 * cannot hold, such as NaN, dates, maps and big integers.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'string' || typeof value === 'boolean')
    return JSON.stringify(value)
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (isPlainObject(value)) {
    const members = Object.keys(value)
      .filter((key) => value[key] !== undefined)
      .sort()
      .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key])}`)
    return `{${members.join(',')}}`
  }
  throw new TypeError(`JSON cannot hold ${Object.prototype.toString.call(value)}`)
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return Object.prototype.toString.call(value) === '[object Object]'
}

/** The size of a text in UTF-8, which is what storage and limits count. */
export function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length
}
