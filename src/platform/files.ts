/** Stored content in R2: written once under a key nobody chose, and given out in a sandbox. */
import type { Bindings } from './bindings.ts'

type Env = Pick<Bindings, 'FILES'>

/** What a download is called, what it is, and its SHA-256 in hex. */
export type Served = { key: string; name: string; type: string; size: number; sha256: string }

/**
 * What the reader's browser asked: `headers` carries Range and If-None-Match, `inline` wants to see
 * it in place of saving it, which only PDF and images may.
 */
export type Ask = { headers?: Headers; inline?: boolean }

const SHOWN_INLINE: readonly string[] = ['application/pdf', 'image/jpeg', 'image/png']

/** The hash of content of any size, in hex, without holding it twice. */
export async function digestOf(content: Blob): Promise<string> {
  const digest = new crypto.DigestStream('SHA-256')
  await content.stream().pipeTo(digest)
  return [...new Uint8Array(await digest.digest)]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
}

/**
 * Writes content under a fresh key. Throws where the key is taken or the content arrived damaged.
 */
export async function putOnce(
  env: Env,
  file: { key: string; content: Blob; type: string; sha256: string },
): Promise<void> {
  const stored = await env.FILES.put(file.key, file.content, {
    sha256: file.sha256,
    onlyIf: { etagDoesNotMatch: '*' },
    httpMetadata: { contentType: file.type },
  })
  if (!stored) throw new Error('a stored file is never overwritten')
}

/** The answer for one file: 200, 206, 304 or 416; undefined where the content is gone. */
export async function serveContent(
  env: Env,
  file: Served,
  ask: Ask = {},
): Promise<Response | undefined> {
  const headers = headersFor(file, ask.inline ?? false)
  if (knows(ask.headers, file.sha256)) return new Response(null, { status: 304, headers })
  const range = rangeOf(ask.headers?.get('Range'), file.size)
  if (range === 'unsatisfiable') {
    headers.set('Content-Range', `bytes */${file.size}`)
    return new Response(null, { status: 416, headers })
  }
  const object = await env.FILES.get(file.key, range ? { range } : {})
  if (!object) return undefined
  headers.set('Content-Length', String(range?.length ?? file.size))
  if (!range) return new Response(object.body, { headers })
  const end = range.offset + range.length - 1
  headers.set('Content-Range', `bytes ${range.offset}-${end}/${file.size}`)
  return new Response(object.body, { status: 206, headers })
}

function headersFor(file: Served, inline: boolean): Headers {
  const shown = inline && SHOWN_INLINE.includes(file.type)
  return new Headers({
    'Content-Type': file.type,
    'Content-Disposition': `${shown ? 'inline' : 'attachment'}; ${fileNames(file.name)}`,
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy': "sandbox; default-src 'none'",
    'Cache-Control': 'private, no-cache',
    'Accept-Ranges': 'bytes',
    ETag: `"${file.sha256}"`,
  })
}

/** RFC 6266: a plain name for old browsers, and the real one in UTF-8 (RFC 8187). */
export function fileNames(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]/g, '_').replace(/["\\%]/g, '_')
  const full = encodeURIComponent(name).replace(
    /['()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `filename="${plain}"; filename*=UTF-8''${full}`
}

function knows(headers: Headers | undefined, sha256: string): boolean {
  const tags = headers?.get('If-None-Match')?.split(',') ?? []
  return tags.some((tag) => tag.trim().replace(/^W\//, '') === `"${sha256}"` || tag.trim() === '*')
}

type Part = { offset: number; length: number }

/** One range of bytes; several, or anything unreadable, are answered with the whole (RFC 9110). */
function rangeOf(asked: string | null | undefined, size: number): Part | 'unsatisfiable' | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(asked ?? '')
  if (!match || (match[1] === '' && match[2] === '')) return null
  const from = match[1] === '' ? Math.max(0, size - Number(match[2])) : Number(match[1])
  const last = match[1] === '' || match[2] === '' ? size - 1 : Math.min(Number(match[2]), size - 1)
  if (from >= size) return 'unsatisfiable'
  return last < from ? null : { offset: from, length: last - from + 1 }
}
