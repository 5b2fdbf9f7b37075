/**
 * The doors in and out. Signing in is the portal's business: this starts it, takes the return and
 * makes the session. A return that does not belong to this browser's own sign-in makes none.
 */
import { Hono } from 'hono'
import { auditEntry } from '../audit/client.ts'
import type { Account } from '../kernel/actor.ts'
import { channelOf, dismiss } from '../live/client.ts'
import type { App, Ctx } from '../platform/bindings.ts'
import { commit, dbOf } from '../platform/db.ts'
import { allow, safeReturn } from '../platform/guard.ts'
import { beginSignIn, finishSignIn, signOutAddress } from '../platform/oidc.ts'
import type { Claims } from '../platform/oidc.ts'
import { page, seeOther } from '../platform/respond.tsx'
import {
  forgetPending,
  forgetSession,
  keepPending,
  sessionHashOf,
  startSession,
  takePending,
} from '../platform/session.ts'
import { sealed } from '../platform/token.ts'
import { SESSION_MS } from './rules.ts'
import {
  ID_TOKEN,
  accountIdOf,
  deleteSession,
  findSignOut,
  findStaff,
  insertSession,
  putAccount,
} from './store.ts'
import { FailurePage, UnlistedPage } from './views.tsx'
import type { Failure } from './views.tsx'

export const door = new Hono<App>()

const open = (action: string) => allow({ role: 'public', scope: 'any', action })

door.get('/login/legal', open('session.begin'), (c) => begin(c, 'legal'))
door.get('/login/staff', open('session.begin'), (c) => begin(c, 'staff'))

async function begin(c: Ctx, kind: Account['kind']): Promise<Response> {
  const back = safeReturn(c.req.query('return'))
  if (c.var.account?.kind === kind) return seeOther(c, back)
  const silent = c.req.query('silent') === '1'
  const begun = await beginSignIn(c.env, { kind, back, silent, at: c.var.now }, c.var.lang)
  if (!begun.ok) return silent ? seeOther(c, back) : failed(c, 'portal_unavailable', kind, back)
  keepPending(c, begun.value.pending)
  return c.redirect(begun.value.url.href, 303)
}

door.get('/login/callback', open('session.start'), async (c) => {
  const pending = takePending(c, c.req.query('state') ?? '')
  if (!pending) return c.var.account ? seeOther(c, '/') : failed(c, 'expired', 'legal', '/')
  const { kind, back, silent } = pending
  const answer = await finishSignIn(c.env, pending, new URL(c.req.url).search)
  if (!answer.ok) return silent ? seeOther(c, back) : failed(c, answer.code, kind, back)
  const account = accountFrom(c.env.OIDC_ISSUER, answer.value.claims)
  await start(c, account, answer.value.idToken)
  const listed = kind === 'legal' || (await findStaff(dbOf(c.env), account.id))?.active
  return seeOther(c, listed ? back : '/login/unlisted')
})

/** A new session with a new token; the one this browser came with ends in the same moment. */
async function start(c: Ctx, account: Account, idToken: string): Promise<void> {
  const { env } = c
  const { now } = c.var
  const db = dbOf(env)
  const former = sessionHashOf(c)
  const session = {
    hash: startSession(c),
    account: account.id,
    id_token: sealed(env.SESSION_KEY, ID_TOKEN, idToken),
    created_at: now,
    seen_at: now,
    expires_at: now + SESSION_MS[account.kind],
  }
  await commit(db, [
    ...(former ? [deleteSession(db, former)] : []),
    putAccount(db, env.SESSION_KEY, account, now),
    insertSession(db, session),
    audited(c, account, 'session.start'),
  ])
}

/** Staff whom no bureau lists are signed in and may do nothing yet. */
door.get(
  '/login/unlisted',
  allow({ role: 'member', scope: 'own', action: 'session.read' }),
  (c) => {
    const { account, actor } = c.var
    if (!account || account.kind === 'legal' || actor) return seeOther(c, '/')
    return page(c, <UnlistedPage c={c} account={account} />)
  },
)

/**
 * Ends the session here, then goes on to end the portal's. Browsers hold the policy's form-action
 * against every address a form leads to, so the policy names the portal's origin: that works with
 * and without JavaScript, with no page in between (platform/headers.ts).
 */
door.post('/logout', open('session.end'), async (c) => {
  const hash = sessionHashOf(c)
  forgetSession(c)
  forgetPending(c)
  const db = dbOf(c.env)
  const leaving = hash ? await findSignOut(db, c.env.SESSION_KEY, hash) : undefined
  if (!hash || !leaving) return seeOther(c, '/')
  const { account, idToken } = leaving
  await commit(db, [deleteSession(db, hash), audited(c, account, 'session.end')])
  // Pages that are still open would go on hearing hints; with another session they come back.
  if (c.var.actor) await dismiss(c.env, channelOf(c.var.actor), account.id)
  const portal = idToken && (await signOutAddress(c.env, account.kind, idToken))
  return c.redirect(portal ?? '/', 303)
})

function accountFrom(issuer: string, claims: Claims): Account {
  const { kind, name } = claims
  if (kind === 'staff') {
    const none = { uscc: null, unit: null, legalRepresentative: null, phone: null }
    return { id: claims.account, kind, name, ...none }
  }
  return {
    id: accountIdOf(issuer, claims.sub),
    kind,
    name,
    uscc: claims.uscc,
    unit: claims.unit,
    legalRepresentative: claims.legal_representative,
    phone: claims.agent_phone ?? null,
  }
}

function audited(c: Ctx, account: Account, action: string) {
  return auditEntry(dbOf(c.env), {
    at: c.var.now,
    actor: account,
    action,
    subject: `account:${account.id}`,
    ip: c.req.header('CF-Connecting-IP') ?? null,
    request_id: c.var.request_id,
  })
}

const STATUS = {
  expired: 400,
  cancelled: 200,
  not_signed_in: 401,
  wrong_kind: 403,
  refused_by_portal: 400,
  portal_unavailable: 503,
} as const

function failed(c: Ctx, why: Failure, kind: Account['kind'], back: string) {
  const again = `/login/${kind}?return=${encodeURIComponent(back)}`
  return Promise.resolve(page(c, <FailurePage c={c} why={why} again={again} />, STATUS[why]))
}
