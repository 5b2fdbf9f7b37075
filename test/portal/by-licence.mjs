/**
 * 电子营业执照扫码: the login page shows a QR code, a second page stands for the phone that agrees,
 * and the first goes on. The address in the code cannot be guessed and is answered once.
 */
import { randomBytes } from 'node:crypto'
import QRCode from 'qrcode'
import { readForm, seeOther, sendHtml, sendJson } from './http.mjs'
import { errorPage, phonePage } from './pages.mjs'
import { languageOf } from './words.mjs'

const VALID_MS = 300_000

/** @returns the steps of this way in, and the phone's page */
export function makeByLicence() {
  /** @type {Map<string, { uid: string, account: any, until: number, state: string, lang: any }>} */
  const licences = new Map()
  const newest = (uid) => [...licences].findLast(([, one]) => one.uid === uid) ?? []

  /** @param {import('./login.mjs').Login} login @param {URL} url */
  async function show(login, url) {
    if (login.req.method === 'POST') return ask(login)
    const [token, asked] = newest(login.uid)
    const account = url.searchParams.get('account') ?? undefined
    if (!token || account) return login.show({ way: 'licence', account })
    if (asked.state === 'approved') return finish(login, token, asked)
    if (asked.state === 'asked') return login.show(await scanView(login, token, asked))
    licences.delete(token)
    return login.show({ way: 'licence', error: 'declined', field: 'account' })
  }

  async function ask(login) {
    const name = (await readForm(login.req))('account')
    const account = login.find(name)
    const refused = account ? login.refusalOf(account) : 'account_unknown'
    const error = name ? refused : 'account_required'
    if (error) return login.show({ way: 'licence', account: name, error, field: 'account' })
    const asked = { uid: login.uid, account, state: 'asked', lang: login.lang }
    licences.set(randomBytes(16).toString('base64url'), { ...asked, until: Date.now() + VALID_MS })
    return seeOther(login.res, `${login.base}/licence`)
  }

  /** The button of the first page, for whom it does not go on by itself. */
  async function proceed(login) {
    const [token, asked] = newest(login.uid)
    if (asked?.state === 'approved') return finish(login, token, asked)
    if (asked?.state !== 'asked') return seeOther(login.res, `${login.base}/licence`)
    const view = await scanView(login, token, asked)
    return login.show({ ...view, error: 'not_approved', field: 'proceed' })
  }

  function finish(login, token, { account }) {
    licences.delete(token)
    return login.finish(account, 'licence')
  }

  const state = (login) => sendJson(login.res, 200, { state: newest(login.uid)[1]?.state ?? null })

  /** What the phone shows and answers. */
  async function phone(req, res, token) {
    const asked = licences.get(token)
    if (!asked || Date.now() > asked.until) {
      return sendHtml(res, 404, errorPage(languageOf(req.headers['accept-language']), ''))
    }
    if (req.method !== 'POST') {
      return sendHtml(res, 200, phonePage(asked.lang, asked.account, asked.state))
    }
    const agreed = (await readForm(req))('answer') === 'approved'
    if (asked.state === 'asked') asked.state = agreed ? 'approved' : 'declined'
    return sendHtml(res, 200, phonePage(asked.lang, asked.account, asked.state))
  }

  return { show, proceed, state, phone }
}

async function scanView(login, token, { account }) {
  const href = `${login.portal.issuer}/licence/${token}`
  const svg = await QRCode.toString(href, { type: 'svg', margin: 0 })
  return { way: 'licence', account: account.account, qr: { href, svg } }
}
