/** The SMS gateway: takes messages with a bearer token and shows them to whoever asks. */
import { inboxPage } from './pages.mjs'
import { languageOf } from './words.mjs'
import { readBody, sendHtml, sendJson } from './http.mjs'

/** @typedef {{ phone: string, text: string, at: number }} Message at is epoch ms */

const KEPT = 500
const CHARACTERS_MAX = 500

/** @param {string} token what senders must present */
export function makeInbox(token) {
  /** @type {Message[]} newest first */
  const messages = []

  /** @param {string} phone @param {string} text */
  function deliver(phone, text) {
    messages.unshift({ phone, text, at: Date.now() })
    messages.length = Math.min(messages.length, KEPT)
  }

  /** POST /sms: 202, or 401 and 400 with the reason. */
  async function take(req, res) {
    if (req.headers.authorization !== `Bearer ${token}`) {
      return sendJson(res, 401, { error: 'unauthorized' })
    }
    const sent = parsed(await readBody(req))
    if (!/^1\d{10}$/.test(sent?.phone ?? '')) return sendJson(res, 400, { error: 'phone' })
    if (typeof sent.text !== 'string' || !sent.text || [...sent.text].length > CHARACTERS_MAX) {
      return sendJson(res, 400, { error: 'text' })
    }
    deliver(sent.phone, sent.text)
    return sendJson(res, 202, { accepted: true })
  }

  /** GET /sms: a page, or JSON for programs and for ?phone=. Newest first either way. */
  function show(req, res, url) {
    const phone = url.searchParams.get('phone')
    const wantsJson = (req.headers.accept ?? '').includes('application/json')
    const shown = phone === null ? messages : messages.filter((one) => one.phone === phone)
    if (phone !== null || wantsJson) return sendJson(res, 200, shown)
    return sendHtml(res, 200, inboxPage(languageOf(url.searchParams.get('lang') ?? ''), shown))
  }

  const answer = (req, res, url) => (req.method === 'POST' ? take(req, res) : show(req, res, url))
  return { deliver, answer }
}

function parsed(text) {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
