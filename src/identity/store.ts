/** Reads and writes of identity. Writes are statements; a sign-in commits all its rows at once. */
import { and, asc, eq, gt, lt, or } from 'drizzle-orm'
import type { SQL, SQLWrapper } from 'drizzle-orm'
import { v5 } from 'uuid'
import type { Account } from '../kernel/actor.ts'
import { newId } from '../kernel/id.ts'
import type { Bindings } from '../platform/bindings.ts'
import { commitOnce, dbOf } from '../platform/db.ts'
import type { Db, Statement } from '../platform/db.ts'
import { opened, sealed } from '../platform/token.ts'
import { SESSION_IDLE_MS } from './rules.ts'
import type { Staff, Standing } from './rules.ts'
import { accounts, bindings, enterprises, sessions, staff } from './tables.ts'

/**
 * The id of the active carrier with this credit code as a subquery, null where there is none: the
 * catalogue's answer, given to identity from outside because identity may not look there itself.
 */
export type CarrierOf = (uscc: SQLWrapper) => SQL<string | null>

/** A session as the store keeps it; times are epoch ms, `id_token` is sealed. */
export type Session = typeof sessions.$inferSelect

const PHONE = 'account-phone'
/** What the stored ID token is sealed for. */
export const ID_TOKEN = 'session-id-token'

/** The id of a legal person's agent: the same for the same subject of the same portal, always. */
export function accountIdOf(issuer: string, subject: string): string {
  return v5(`${issuer}#${subject}`, v5.URL)
}

/** Everything one request needs to know of its session, in one query. */
export async function findSession(
  db: Db,
  key: string,
  hash: string,
  carrierOf: CarrierOf,
): Promise<{ session: Session; account: Account; standing: Standing } | undefined> {
  const [row] = await db
    .select({
      session: sessions,
      account: accounts,
      enterprise: bindings.enterprise,
      staff,
      carrier: carrierOf(accounts.uscc),
    })
    .from(sessions)
    .innerJoin(accounts, eq(accounts.id, sessions.account))
    .leftJoin(bindings, eq(bindings.uscc, accounts.uscc))
    .leftJoin(staff, and(eq(staff.account, accounts.id), eq(accounts.kind, 'staff')))
    .where(eq(sessions.hash, hash))
  if (!row) return undefined
  const { session, enterprise, carrier } = row
  return {
    session,
    account: accountFrom(row.account, key),
    standing: { enterprise, carrier, staff: row.staff },
  }
}

/** An account by its id, with the agent's phone, which is stored sealed under SESSION_KEY. */
export async function findAccount(
  env: Pick<Bindings, 'DB' | 'SESSION_KEY'>,
  id: string,
): Promise<Account | undefined> {
  const [row] = await dbOf(env).select().from(accounts).where(eq(accounts.id, id))
  return row && accountFrom(row, env.SESSION_KEY)
}

function accountFrom(row: typeof accounts.$inferSelect, key: string): Account {
  const { id, kind, uscc, unit, name } = row
  const phone = row.phone === null ? null : (opened(key, PHONE, row.phone) ?? null)
  return { id, kind, uscc, unit, legalRepresentative: row.legal_representative, name, phone }
}

/** Keeps what the portal said at this sign-in; the first one makes the account. */
export function putAccount(db: Db, key: string, account: Account, at: number): Statement {
  const said = {
    kind: account.kind,
    uscc: account.uscc,
    unit: account.unit,
    legal_representative: account.legalRepresentative,
    name: account.name,
    phone: account.phone === null ? null : sealed(key, PHONE, account.phone),
    signed_in_at: at,
  }
  return db
    .insert(accounts)
    .values({ id: account.id, created_at: at, ...said })
    .onConflictDoUpdate({ target: accounts.id, set: said })
}

export function insertSession(db: Db, session: Session): Statement {
  return db.insert(sessions).values(session)
}

/** Writes down that a session was used. */
export function touchSession(db: Db, hash: string, at: number): Statement {
  return db.update(sessions).set({ seen_at: at }).where(eq(sessions.hash, hash))
}

export function deleteSession(db: Db, hash: string): Statement {
  return db.delete(sessions).where(eq(sessions.hash, hash))
}

/** Who leaves with this session, ended or not, and the token that tells the portal so. */
export async function findSignOut(
  db: Db,
  key: string,
  hash: string,
): Promise<{ account: Account; idToken: string | undefined } | undefined> {
  const [row] = await db
    .select({ account: accounts, token: sessions.id_token })
    .from(sessions)
    .innerJoin(accounts, eq(accounts.id, sessions.account))
    .where(eq(sessions.hash, hash))
  if (!row) return undefined
  const idToken = row.token === null ? undefined : opened(key, ID_TOKEN, row.token)
  return { account: accountFrom(row.account, key), idToken }
}

/** Removes sessions that ended by themselves and answers how many there were. */
export async function deleteEndedSessions(db: Db, at: number): Promise<number> {
  const ended = or(lt(sessions.expires_at, at), lt(sessions.seen_at, at - SESSION_IDLE_MS))
  const gone = await db.delete(sessions).where(ended).returning({ hash: sessions.hash })
  return gone.length
}

/** The enterprise that a credit code is bound to; undefined before the first sign-in. */
export async function enterpriseForUscc(db: Db, uscc: string): Promise<string | undefined> {
  const [row] = await db.select().from(bindings).where(eq(bindings.uscc, uscc))
  return row?.enterprise
}

/** The credit code bound to an enterprise; undefined for an old one that nobody has bound yet. */
export async function findUsccOf(db: Db, enterprise: string): Promise<string | undefined> {
  const [row] = await db.select().from(bindings).where(eq(bindings.enterprise, enterprise))
  return row?.uscc
}

/**
 * Opens an enterprise for a legal person that has none. Of two agents who come at the same moment
 * one writes: the binding's key refuses the other, and both get the one enterprise.
 */
export async function openEnterprise(db: Db, uscc: string, at: number): Promise<string> {
  const id = newId()
  const first = await commitOnce(db, [
    insertEnterprise(db, { id, created_at: at }),
    insertBinding(db, { uscc, enterprise: id }),
  ])
  if (first) return id
  const enterprise = await enterpriseForUscc(db, uscc)
  if (!enterprise) throw new Error('an enterprise could be neither opened nor found')
  return enterprise
}

/** The ids of at most `limit` enterprises after `after`, in their order. */
export async function listEnterprises(db: Db, after: string, limit: number): Promise<string[]> {
  const { id } = enterprises
  const rows = await db
    .select({ id })
    .from(enterprises)
    .where(gt(id, after))
    .orderBy(id)
    .limit(limit)
  return rows.map((row) => row.id)
}

/** `created_at` is epoch ms. */
export function insertEnterprise(db: Db, row: { id: string; created_at: number }): Statement {
  return db.insert(enterprises).values(row)
}

export function insertBinding(db: Db, row: { uscc: string; enterprise: string }): Statement {
  return db.insert(bindings).values(row)
}

/** Lists somebody at a bureau by the account name the portal knows; active unless told. */
export function insertStaff(db: Db, row: Omit<Staff, 'active'> & { active?: boolean }): Statement {
  return db.insert(staff).values(row)
}

export async function findStaff(db: Db, account: string): Promise<Staff | undefined> {
  const [row] = await db.select().from(staff).where(eq(staff.account, account))
  return row
}

/** The staff of one bureau, those no longer active included, in the order of their accounts. */
export async function listStaff(db: Db, region: string): Promise<Staff[]> {
  return db.select().from(staff).where(eq(staff.region, region)).orderBy(asc(staff.account))
}
