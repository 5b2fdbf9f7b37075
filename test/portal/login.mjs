/** One sign-in under way at the portal: who may come in, what page stands, how it ends. */
import { sendHtml } from './http.mjs'
import { loginPage } from './login-page.mjs'
import { errorPage } from './pages.mjs'
import { languageOf } from './words.mjs'

/**
 * @typedef {object} Portal
 * @property {any} provider oidc-provider
 * @property {string} issuer
 * @property {ReturnType<typeof import('./sms.mjs').makeInbox>} inbox
 * @property {readonly import('./provider.mjs').PortalClient[]} clients
 * @property {Map<string, import('./accounts.mjs').PortalAccount>} accounts
 */

/** Seconds that an interaction lives on after its earlier session has ended. */
const KEPT_SECONDS = 300
const ANEW = { mergeWithLastSubmission: false }

export class Login {
  /** @param {Portal} portal @param {any} req @param {any} res @param {any} details */
  constructor(portal, req, res, details) {
    this.portal = portal
    this.req = req
    this.res = res
    this.details = details
    this.uid = details.uid
    this.base = `/login/${details.uid}`
    this.lang = languageOf(details.params.ui_locales)
    this.kind = portal.clients.find((one) => one.id === details.params.client_id)?.kind
  }

  /**
   * The login that this browser began; answers the page itself and undefined where there is none:
   * it is over, or another browser's.
   * @param {Portal} portal @param {any} req @param {any} res
   */
  static async open(portal, req, res) {
    try {
      return new Login(portal, req, res, await portal.provider.interactionDetails(req, res))
    } catch {
      const lang = languageOf(req.headers['accept-language'])
      sendHtml(res, 400, errorPage(lang, '', portal.clients[0]?.origin))
      return undefined
    }
  }

  /** Shows the login page; with an error it is the same page with what was typed. */
  show(more) {
    const { lang, base, kind, details, portal } = this
    const wrongKind = details.prompt.reasons.includes('wrong_kind')
    const other = wrongKind ? portal.accounts.get(details.session?.accountId) : undefined
    const view = { lang, base, kind, other, accounts: [...portal.accounts.values()], ...more }
    sendHtml(this.res, more.error ? 422 : 200, loginPage(view))
  }

  /** An account by what was typed: its name or its credit code. @param {string} typed */
  find(typed) {
    const { accounts } = this.portal
    const code = typed.toUpperCase()
    return accounts.get(typed) ?? [...accounts.values()].find((one) => one.uscc === code)
  }

  /** Why this account may not come in here; undefined where it may. */
  refusalOf(account) {
    if (account.kind === this.kind) return undefined
    return account.kind === 'staff' ? 'staff_here' : 'legal_here'
  }

  /** Signs in and leads back; an earlier sign-in of somebody else in this browser ends first. */
  async finish(account, how) {
    const { details, portal, req, res } = this
    const { session } = details
    if (session && session.accountId !== account.account) {
      await (await portal.provider.Session.findByUid(session.uid))?.destroy()
      details.session = undefined
      await details.save(KEPT_SECONDS)
    }
    const login = { accountId: account.account, remember: false, amr: [how] }
    await portal.provider.interactionFinished(req, res, { login }, ANEW)
  }

  /** Leads back without a sign-in. */
  async cancel() {
    const { portal, req, res } = this
    await portal.provider.interactionFinished(req, res, { error: 'access_denied' }, ANEW)
  }
}
