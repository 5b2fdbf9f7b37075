/**
 * The government portal as an OpenID provider: authorization code with PKCE, bound to this browser
 * by state and nonce, with the ID token's signature, issuer, audience and times checked.
 */
import * as oidc from 'openid-client'
import * as z from 'zod'
import type { Account } from '../kernel/actor.ts'
import { accept, refuse } from '../kernel/outcome.ts'
import type { Outcome } from '../kernel/outcome.ts'
import type { Language } from '../kernel/text.ts'
import { isUscc } from '../kernel/uscc.ts'
import type { Bindings } from './bindings.ts'
import { logError } from './log.ts'

type Kind = Account['kind']

/**
 * A sign-in under way, kept in this browser alone. `back` is the page to come to, `silent` tells
 * the portal to show nothing, `tries` counts the silent ones made on its behalf; at is epoch ms.
 */
export type Pending = {
  kind: Kind
  state: string
  nonce: string
  verifier: string
  back: string
  silent: boolean
  tries: number
  at: number
}

const legal = z.object({
  kind: z.literal('legal'),
  sub: z.string().min(1),
  uscc: z.string().refine(isUscc),
  unit: z.string().min(1),
  legal_representative: z.string().min(1),
  name: z.string().min(1),
  agent_phone: z.string().nullish(),
})
const staff = z.object({
  kind: z.literal('staff'),
  sub: z.string().min(1),
  account: z.string().min(1),
  name: z.string().min(1),
})
const answered = z.discriminatedUnion('kind', [legal, staff])

/** What the portal says of who signed in. */
export type Claims = z.infer<typeof answered>

export type SignInRefusal =
  'cancelled' | 'not_signed_in' | 'wrong_kind' | 'refused_by_portal' | 'portal_unavailable'

const TIMEOUT_SECONDS = 5
const DISCOVERY_MS = 3_600_000
const FOUND = new Map<string, { config: oidc.Configuration; at: number }>()

/** The address that starts a sign-in at the portal, and what to remember until the return. */
export async function beginSignIn(
  env: Bindings,
  wish: Pick<Pending, 'kind' | 'back' | 'silent' | 'at'>,
  lang: Language,
): Promise<Outcome<{ url: URL; pending: Pending }, 'portal_unavailable'>> {
  const config = await findPortal(env, wish.kind, wish.silent)
  if (!config) return refuse('portal_unavailable')
  const pending: Pending = {
    ...wish,
    state: oidc.randomState(),
    nonce: oidc.randomNonce(),
    verifier: oidc.randomPKCECodeVerifier(),
    tries: 0,
  }
  const url = oidc.buildAuthorizationUrl(config, {
    redirect_uri: returnAddress(env),
    scope: 'openid profile',
    state: pending.state,
    nonce: pending.nonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(pending.verifier),
    code_challenge_method: 'S256',
    ui_locales: lang === 'zh' ? 'zh-CN' : 'en',
    ...(wish.silent ? { prompt: 'none' } : {}),
  })
  return accept({ url, pending })
}

/** Turns the return from the portal into who signed in; `search` is the query it came with. */
export async function finishSignIn(
  env: Bindings,
  pending: Pending,
  search: string,
): Promise<Outcome<{ claims: Claims; idToken: string }, SignInRefusal>> {
  const config = await findPortal(env, pending.kind)
  if (!config) return refuse('portal_unavailable')
  try {
    const tokens = await oidc.authorizationCodeGrant(config, new URL(returnAddress(env) + search), {
      expectedState: pending.state,
      expectedNonce: pending.nonce,
      pkceCodeVerifier: pending.verifier,
      idTokenExpected: true,
    })
    const said = { ...(await phoneFrom(config, tokens, pending.kind)), ...tokens.claims() }
    const claims = answered.safeParse(said)
    if (!claims.success) return refuse('refused_by_portal', { reason: 'claims' })
    if (claims.data.kind !== pending.kind) return refuse('wrong_kind')
    return accept({ claims: claims.data, idToken: tokens.id_token ?? '' })
  } catch (error) {
    return refusalFor(error)
  }
}

/** Where a sign-out goes on to end the portal's session as well; undefined without a portal. */
export async function signOutAddress(
  env: Bindings,
  kind: Kind,
  idToken: string,
): Promise<string | undefined> {
  const config = await findPortal(env, kind)
  if (!config?.serverMetadata().end_session_endpoint) return undefined
  return oidc.buildEndSessionUrl(config, {
    id_token_hint: idToken,
    post_logout_redirect_uri: `${env.ORIGIN}/`,
  }).href
}

/**
 * The agent's phone comes from the userinfo endpoint: the ID token travels in an address when
 * signing out, and no personal number stands in an address.
 */
async function phoneFrom(
  config: oidc.Configuration,
  tokens: Awaited<ReturnType<typeof oidc.authorizationCodeGrant>>,
  kind: Kind,
): Promise<Readonly<Record<string, unknown>>> {
  const subject = tokens.claims()?.sub
  if (kind === 'staff' || !subject) return {}
  return oidc.fetchUserInfo(config, tokens.access_token, subject)
}

/**
 * Discovery, kept for an hour; `fresh` asks again, so that nobody is sent silently to a portal that
 * is down. Only the result is shared: a promise belongs to one request.
 */
async function findPortal(
  env: Bindings,
  kind: Kind,
  fresh = false,
): Promise<oidc.Configuration | undefined> {
  const [client, secret] =
    kind === 'legal'
      ? [env.OIDC_LEGAL_CLIENT, env.OIDC_LEGAL_SECRET]
      : [env.OIDC_STAFF_CLIENT, env.OIDC_STAFF_SECRET]
  const id = `${env.OIDC_ISSUER} ${client}`
  const found = FOUND.get(id)
  if (!fresh && found && Date.now() - found.at < DISCOVERY_MS) return found.config
  const issuer = new URL(env.OIDC_ISSUER)
  try {
    const config = await oidc.discovery(issuer, client, undefined, oidc.ClientSecretBasic(secret), {
      timeout: TIMEOUT_SECONDS,
      execute: [
        oidc.enableNonRepudiationChecks,
        ...(isLoopback(issuer) ? [oidc.allowInsecureRequests] : []),
      ],
    })
    FOUND.set(id, { config, at: Date.now() })
    return config
  } catch (error) {
    logError('portal_discovery_failed', error)
    return fresh ? undefined : found?.config
  }
}

/** Plain http is spoken with a portal on this very machine only. */
function isLoopback(issuer: URL): boolean {
  return (
    issuer.protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(issuer.hostname)
  )
}

function returnAddress(env: Pick<Bindings, 'ORIGIN'>): string {
  return `${env.ORIGIN}/login/callback`
}

function refusalFor(error: unknown): ReturnType<typeof refuse<SignInRefusal>> {
  if (error instanceof oidc.AuthorizationResponseError) {
    if (error.error === 'access_denied') return refuse('cancelled')
    if (/^(login|interaction|consent)_required$/.test(error.error)) return refuse('not_signed_in')
    return refuse('refused_by_portal', { reason: error.error })
  }
  logError('sign_in_failed', error)
  return refuse(isUnreachable(error) ? 'portal_unavailable' : 'refused_by_portal')
}

/** No answer, none in time, or one that no provider in order gives. */
function isUnreachable(error: unknown): boolean {
  if (!(error instanceof oidc.ClientError)) return error instanceof TypeError
  const codes = [undefined, 'OAUTH_TIMEOUT', 'OAUTH_RESPONSE_IS_NOT_CONFORM']
  return codes.includes(error.code)
}
