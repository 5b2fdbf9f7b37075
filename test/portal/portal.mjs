/**
 * The stand-in for the government portal: single sign-on, SMS gateway and enterprise registry over
 * HTTP, with the accounts of the demonstration cast. The product knows none of this code.
 */
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { accountsOf } from './accounts.mjs'
import { sendHtml } from './http.mjs'
import { makeByLicence } from './by-licence.mjs'
import { byPassword } from './by-password.mjs'
import { makeBySms } from './by-sms.mjs'
import { Login } from './login.mjs'
import { frontPage, missingPage } from './pages.mjs'
import { makeProvider } from './provider.mjs'
import { makeRegistry } from './registry.mjs'
import { makeInbox } from './sms.mjs'
import { languageOf } from './words.mjs'

/**
 * Starts the portal. Port 0 takes any free one.
 * @param {{ port: number, host?: string, cast: any,
 *   clients: readonly import('./provider.mjs').PortalClient[],
 *   tokens: { sms: string, registry: string } }} options
 * @returns {Promise<{ url: string, close: () => Promise<void> }>}
 */
export async function startPortal({ port, host = '127.0.0.1', clients, cast, tokens }) {
  const server = createServer()
  await new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => resolve(undefined))
  })
  const issuer = `http://${host}:${server.address().port}`
  const accounts = accountsOf(cast)
  const provider = makeProvider(issuer, clients, accounts)
  const inbox = makeInbox(tokens.sms)
  const registry = makeRegistry(cast, accounts, tokens.registry)
  const answer = route({ provider, issuer, clients, inbox, accounts }, registry)
  server.on('request', (req, res) => {
    answer(req, res, new URL(req.url ?? '/', issuer)).catch((error) => {
      console.error(error)
      if (!res.headersSent) res.writeHead(500)
      res.end()
    })
  })
  const close = () =>
    new Promise((resolve) => {
      server.close(() => resolve(undefined))
      server.closeAllConnections()
    })
  return { url: issuer, close }
}

const ASSETS = new Map([
  ['/portal.css', 'text/css; charset=utf-8'],
  ['/portal.js', 'text/javascript; charset=utf-8'],
])

/** @param {import('./login.mjs').Portal} portal */
function route(portal, registry) {
  const oidc = portal.provider.callback()
  const sms = makeBySms()
  const licence = makeByLicence()
  const steps = new Map([
    ['', byPassword],
    ['sms', sms.enter],
    ['sms/code', sms.send],
    ['licence', licence.show],
    ['licence/continue', licence.proceed],
    ['licence/state', licence.state],
    ['cancel', (login) => login.cancel()],
  ])
  return async (req, res, url) => {
    const { pathname } = url
    const lang = languageOf(url.searchParams.get('lang') ?? undefined)
    if (pathname === '/') return sendHtml(res, 200, frontPage(lang, portal.accounts.values()))
    if (pathname === '/sms') return portal.inbox.answer(req, res, url)
    if (ASSETS.has(pathname)) return sendAsset(res, pathname)
    const entry = /^\/registry\/enterprises\/([^/]+)$/.exec(pathname)
    if (entry) return registry(req, res, entry[1])
    const phone = /^\/licence\/([\w-]{22})$/.exec(pathname)
    if (phone) return licence.phone(req, res, phone[1])
    const step = /^\/login\/[^/]+(?:\/(.*))?$/.exec(pathname)
    if (!step) return oidc(req, res)
    const answer = steps.get(step[1] ?? '')
    if (!answer) return sendHtml(res, 404, missingPage(lang))
    const login = await Login.open(portal, req, res)
    return login && answer(login, url)
  }
}

async function sendAsset(res, pathname) {
  const content = await readFile(new URL(`.${pathname}`, import.meta.url))
  res.writeHead(200, { 'Content-Type': ASSETS.get(pathname), 'Cache-Control': 'no-cache' })
  res.end(content)
}
