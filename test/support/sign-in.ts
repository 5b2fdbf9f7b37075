/**
 * Signs the cast in by writing what a return from the portal writes, through identity's own store.
 * The way through the portal itself is tested in test/identity.
 */
import type { Account } from '../../src/kernel/actor.ts'
import {
  accountIdOf,
  enterpriseForUscc,
  findStaff,
  insertStaff,
} from '../../src/identity/client.ts'
import { SESSION_MS } from '../../src/identity/rules.ts'
import { insertSession, openEnterprise, putAccount } from '../../src/identity/store.ts'
import type { StaffRole } from '../../src/kernel/actor.ts'
import type { Bindings } from '../../src/platform/bindings.ts'
import { commit, dbOf } from '../../src/platform/db.ts'
import { SESSION_COOKIE, csrfOf } from '../../src/platform/session.ts'
import { hashOf, newToken } from '../../src/platform/token.ts'
import cast from '../demo/cast.json'

/** How tests call the agents; staff go by their account. */
const AGENTS: Readonly<Record<string, string>> = {
  lin: 'yunshan',
  zhou: 'weiguang',
  chen: 'zhixin',
  fang: 'qihang',
  wu: 'zhijian',
  qian: 'cailiao',
  sun: 'kekao',
  li: 'ruian',
}

/** An agent by name or by the key of their organisation, or staff by account: `xihu-review`. */
export type Who = string

/** `cookie` is a whole Cookie header. `enterprise` is '' for carriers and staff. */
export type SignedIn = {
  cookie: string
  csrf: string
  account: string
  uscc: string
  enterprise: string
}

/**
 * A session of somebody of the cast. Enterprises are opened, staff are listed at their bureau; a
 * carrier acts as one where the test has admitted it with its credit code.
 */
export async function signInAs(
  env: Bindings,
  who: Who,
  at: number = Date.now(),
): Promise<SignedIn> {
  const db = dbOf(env)
  const account = accountOf(env, who)
  const token = newToken()
  const hash = hashOf(token)
  const session = { hash, account: account.id, id_token: null, created_at: at, seen_at: at }
  await commit(db, [
    putAccount(db, env.SESSION_KEY, account, at),
    insertSession(db, { ...session, expires_at: at + SESSION_MS[account.kind] }),
  ])
  if (account.kind === 'staff') await listAtBureau(env, account.id)
  return {
    cookie: `${SESSION_COOKIE}=${token}`,
    csrf: csrfOf(env.SESSION_KEY, hash),
    account: account.id,
    uscc: account.uscc ?? '',
    enterprise: isEnterprise(who) ? await enterpriseOf(env, account.uscc ?? '', at) : '',
  }
}

/** The account of somebody of the cast as a sign-in through the portal would make it. */
export function accountOf(env: Pick<Bindings, 'OIDC_ISSUER'>, who: Who): Account {
  const legal = [...cast.enterprises, ...cast.carriers].find((one) => one.key === keyOf(who))
  const none = { uscc: null, unit: null, legalRepresentative: null, phone: null }
  if (!legal) return { ...none, id: who, kind: 'staff', name: staffOf(who).name }
  return {
    id: accountIdOf(env.OIDC_ISSUER, legal.account),
    kind: 'legal',
    uscc: legal.uscc,
    unit: legal.name,
    legalRepresentative: 'legalRepresentative' in legal ? legal.legalRepresentative : '孟代表',
    name: legal.agent,
    phone: legal.agentPhone,
  }
}

async function enterpriseOf(env: Bindings, uscc: string, at: number): Promise<string> {
  const db = dbOf(env)
  return (await enterpriseForUscc(db, uscc)) ?? (await openEnterprise(db, uscc, at))
}

async function listAtBureau(env: Bindings, account: string): Promise<void> {
  const db = dbOf(env)
  if (await findStaff(db, account)) return
  const { name, region, roles } = staffOf(account)
  await commit(db, [insertStaff(db, { account, name, region, roles })])
}

function staffOf(account: string): { name: string; region: string; roles: StaffRole[] } {
  for (const { region, staff } of cast.bureaus) {
    const one = staff.find((member) => member.account === account)
    if (one) return { name: one.name, region, roles: one.roles as StaffRole[] }
  }
  throw new Error(`nobody of the cast is called ${account}`)
}

function keyOf(who: Who): string {
  return AGENTS[who] ?? who
}

function isEnterprise(who: Who): boolean {
  return cast.enterprises.some((one) => one.key === keyOf(who))
}
