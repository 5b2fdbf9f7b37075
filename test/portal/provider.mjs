/**
 * The OpenID provider: two confidential clients, authorization code with PKCE S256, no consent
 * screen, sign-out without a question. Legal persons and staff each have their own client.
 */
import { createECDH, createHash } from 'node:crypto'
import Provider, { interactionPolicy } from 'oidc-provider'
import { claimsOf } from './accounts.mjs'
import { errorPage, signedOutPage } from './pages.mjs'
import { languageOf } from './words.mjs'
import { Store } from './store.mjs'

const HOUR = 3600

/**
 * @typedef {object} PortalClient
 * @property {'legal' | 'staff'} kind who may sign in through it
 * @property {string} id
 * @property {string} secret
 * @property {string} origin of the product: returns go to /login/callback, sign-outs to /
 *
 * @param {string} issuer
 * @param {readonly PortalClient[]} clients
 * @param {Map<string, import('./accounts.mjs').PortalAccount>} accounts
 */
export function makeProvider(issuer, clients, accounts) {
  const secret = createHash('sha256')
    .update(clients.map((one) => one.secret).join())
    .digest()
  const kinds = new Map(clients.map((one) => [one.id, one.kind]))
  const entries = new Map()
  const provider = new Provider(issuer, {
    adapter: (model) => new Store(entries, model),
    clients: clients.map(clientFor),
    jwks: { keys: [signingKey(secret)] },
    cookies: { keys: [secret.toString('base64url')], names: NAMES },
    scopes: ['openid', 'profile'],
    claims: {
      openid: ['sub'],
      profile: ['kind', 'name', 'uscc', 'unit', 'legal_representative', 'agent_phone', 'account'],
    },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: { enabled: true, logoutSource, postLogoutSuccessSource },
    },
    interactions: { url: (_ctx, interaction) => `/login/${interaction.uid}`, policy: policy() },
    ttl: {
      AccessToken: HOUR,
      AuthorizationCode: 60,
      Grant: 24 * HOUR,
      IdToken: HOUR,
      Interaction: HOUR,
      Session: 24 * HOUR,
    },
    findAccount: (_ctx, sub) => {
      const account = accounts.get(sub)
      return account && { accountId: sub, claims: (use) => claimsOf(account, use) }
    },
    loadExistingGrant: grantAll,
    renderError,
  })
  provider.use(leaveWithoutSession)
  return provider

  /** Whoever is signed in as the other kind is asked to sign in again, and told why. */
  function policy() {
    const { Check, base } = interactionPolicy
    const prompts = base()
    const fits = (ctx) => {
      const { session, client } = ctx.oidc
      const account = accounts.get(session.accountId)
      return !account || account.kind === kinds.get(client.clientId)
    }
    prompts
      .get('login')
      .checks.add(
        new Check('wrong_kind', 'signed in as the other kind', 'login_required', (ctx) =>
          fits(ctx) ? Check.NO_NEED_TO_PROMPT : Check.REQUEST_PROMPT,
        ),
      )
    return prompts
  }
}

const NAMES = {
  interaction: 'portal_interaction',
  resume: 'portal_resume',
  session: 'portal_session',
}

/** @param {PortalClient} client */
function clientFor({ id, secret, origin, kind }) {
  return {
    client_id: id,
    client_secret: secret,
    client_name: kind === 'legal' ? '科技大脑 · 法人登录' : '科技大脑 · 工作人员登录',
    client_uri: origin,
    redirect_uris: [`${origin}/login/callback`],
    post_logout_redirect_uris: [`${origin}/`],
    grant_types: ['authorization_code'],
    response_types: ['code'],
    token_endpoint_auth_method: 'client_secret_basic',
    id_token_signed_response_alg: 'ES256',
  }
}

/** The same key after every start, so that tokens given before still sign their owner out. */
function signingKey(secret) {
  const pair = createECDH('prime256v1')
  pair.setPrivateKey(createHash('sha256').update('signing key').update(secret).digest())
  const point = pair.getPublicKey()
  return {
    kty: 'EC',
    crv: 'P-256',
    use: 'sig',
    alg: 'ES256',
    kid: createHash('sha256').update(point).digest('base64url').slice(0, 16),
    x: point.subarray(1, 33).toString('base64url'),
    y: point.subarray(33).toString('base64url'),
    d: pair.getPrivateKey().toString('base64url'),
  }
}

/** Both clients are the government's own: what they ask for is granted without a question. */
async function grantAll(ctx) {
  const { session, client, provider, account } = ctx.oidc
  if (!account) return undefined
  const known = session.grantIdFor(client.clientId)
  const found = known && (await provider.Grant.find(known))
  if (found) return found
  const grant = new provider.Grant({ clientId: client.clientId, accountId: account.accountId })
  grant.addOIDCScope('openid profile')
  await grant.save()
  return grant
}

/**
 * Ends the portal's session at once where the request proves by an ID token of the same account
 * that it comes from a client; a bare link from elsewhere is shown a button instead.
 */
async function logoutSource(ctx, form) {
  const { session, provider, entities } = ctx.oidc
  const back = session.state.postLogoutRedirectUri
  const proven = entities.IdTokenHint?.payload.sub === session.accountId
  if (!proven || !back) {
    ctx.body = signedOutPage(languageOf(ctx.oidc.params.ui_locales), form)
    return
  }
  await session.destroy()
  ctx.cookies.set(provider.cookieName('session'), null, { path: '/', httpOnly: true, signed: true })
  ctx.status = 303
  ctx.redirect(back)
}

/** Who has no session at the portal any more is sent back without a page in between. */
async function leaveWithoutSession(ctx, next) {
  await next()
  const { oidc } = ctx
  if (oidc?.route !== 'end_session' || ctx.status !== 200 || oidc.session?.accountId) return
  const back = oidc.session?.state?.postLogoutRedirectUri
  if (!back) return
  ctx.status = 303
  ctx.redirect(back)
}

async function postLogoutSuccessSource(ctx) {
  ctx.body = signedOutPage(languageOf(ctx.oidc.params.ui_locales))
}

async function renderError(ctx, out) {
  const client = ctx.oidc?.client
  ctx.type = 'html'
  ctx.body = errorPage(languageOf(ctx.oidc?.params?.ui_locales), out.error, client?.clientUri)
}
