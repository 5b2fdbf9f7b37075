/** The account a carrier is paid into, sealed: read only to pay and, masked, to show. */
import { eq, inArray } from 'drizzle-orm'
import type { Db, Statement } from '../platform/db.ts'
import { opened, sealed } from '../platform/token.ts'
import type { Account } from './carrier-rules.ts'
import { unlessStale } from './store.ts'
import { carrier_accounts } from './tables.ts'

const PURPOSE = 'carrier-account'

export type SealedAccount = typeof carrier_accounts.$inferSelect

/** D1 binds at most 100 parameters in a statement. */
const KEYS_MAX = 90

export async function listSealedAccounts(
  db: Db,
  carriers: readonly string[],
): Promise<SealedAccount[]> {
  const found: SealedAccount[] = []
  for (let from = 0; from < carriers.length; from += KEYS_MAX) {
    const some = inArray(carrier_accounts.carrier, carriers.slice(from, from + KEYS_MAX))
    found.push(...(await db.select().from(carrier_accounts).where(some)))
  }
  return found
}

export async function findSealedAccount(
  db: Db,
  carrier: string,
): Promise<SealedAccount | undefined> {
  const own = eq(carrier_accounts.carrier, carrier)
  return db.select().from(carrier_accounts).where(own).get()
}

/** Undefined where it was sealed under another key. */
export function openAccount(key: string, row: SealedAccount): Account | undefined {
  const bank_account = opened(key, PURPOSE, row.account)
  return bank_account === undefined ? undefined : { bank: row.bank, bank_account }
}

/**
 * Names the account, over the one that stood at `seen` (its updated_at, 0 for none). Conflicts
 * where somebody has named another one since.
 */
export function putAccount(
  db: Db,
  key: string,
  row: { carrier: string; account: Account; at: number; by: string; seen: number },
): Statement {
  const { carrier, account, at, by, seen } = row
  const account_sealed = sealed(key, PURPOSE, account.bank_account)
  const updated_at = Math.max(at, seen + 1)
  const values = { bank: account.bank, account: account_sealed, updated_at, by }
  if (seen === 0) return db.insert(carrier_accounts).values({ carrier, ...values })
  return db
    .update(carrier_accounts)
    .set({ ...values, updated_at: unlessStale(carrier_accounts.updated_at, seen, updated_at) })
    .where(eq(carrier_accounts.carrier, carrier))
}
