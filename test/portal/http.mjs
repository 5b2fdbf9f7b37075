/** Reading requests and writing answers of plain node:http. */

const BODY_BYTES_MAX = 16_384

/** The whole body as text; throws beyond 16 KB. @param {import('node:http').IncomingMessage} req */
export async function readBody(req) {
  const chunks = []
  let bytes = 0
  for await (const chunk of req) {
    bytes += chunk.length
    if (bytes > BODY_BYTES_MAX) throw new Error('body too large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** A posted form. @param {import('node:http').IncomingMessage} req */
export async function readForm(req) {
  const form = new URLSearchParams(await readBody(req))
  return (name) => (form.get(name) ?? '').trim()
}

const POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** @param {import('node:http').ServerResponse} res */
export function sendHtml(res, status, text) {
  res.writeHead(status, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': POLICY,
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  })
  res.end(text)
}

/** @param {import('node:http').ServerResponse} res */
export function sendJson(res, status, value) {
  res.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Cache-Control': 'no-store',
  })
  res.end(JSON.stringify(value))
}

/** After a form: go and look. @param {import('node:http').ServerResponse} res */
export function seeOther(res, path) {
  res.writeHead(303, { Location: path, 'Cache-Control': 'no-store' })
  res.end()
}
