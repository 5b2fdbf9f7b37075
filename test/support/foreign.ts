/**
 * Somebody's objects for every route that names one: those of 宁波演示微光电子, its carrier and its
 * bureau, out of the demonstration. A route without a row here fails the test of the guards.
 */
import { eq } from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'
import { claims, redemptions, vouchers } from '../../src/ledger/tables.ts'
import type { Bindings } from '../../src/platform/bindings.ts'
import { dbOf } from '../../src/platform/db.ts'
import { registrations } from '../../src/registration/tables.ts'
import type { UseForm } from '../../src/voucher/rules.ts'
import { papers, useDrafts } from '../../src/voucher/tables.ts'

/** Who owns the objects, and who of the same role must not find them. */
export const OWNERS = { enterprise: 'zhou', carrier: 'sun', bureau: 'haishu-review' } as const
export const STRANGERS = { enterprise: 'lin', carrier: 'wu', bureau: 'xihu-review' } as const

type Params = Readonly<Record<string, string>>

/**
 * Parameters that name the owners' objects, by the beginning of the route's path; the longest that
 * fits counts. Null where a route can name nobody else's: a number within the actor's own ledger,
 * a kind of task.
 */
export async function foreignParams(
  env: Bindings,
  enterprise: string,
): Promise<Readonly<Record<string, Params | null>>> {
  const db = dbOf(env)
  const mine = <T extends SQLiteColumn>(column: T) => eq(column, enterprise)
  const [voucher] = await db.select().from(vouchers).where(mine(vouchers.enterprise))
  const [version] = await db.select().from(registrations).where(mine(registrations.enterprise))
  const [claim] = await db.select().from(claims).where(mine(claims.enterprise))
  const [paid] = await db.select().from(redemptions).where(mine(redemptions.enterprise))
  if (!voucher || !version || !claim || !paid) throw new Error('the demonstration lacks objects')
  const file = (JSON.parse(voucher.form) as UseForm).papers[0]?.file ?? ''
  const { id } = voucher
  const common = { enterprise, voucher: id, kind: 'contract', at: 0, by: 'zhou' } as const
  await db.batch([
    db.insert(useDrafts).values({ enterprise, id, account: 'zhou', fields: {}, updated_at: 0 }),
    db.insert(papers).values({ ...common, file, name: '合同.pdf', size: 1, sha256: '' }),
  ])
  const both = { enterprise, voucher: id, file }
  const redeemed = { ...both, voucher: paid.voucher, redemption: paid.id, id: paid.id }
  return {
    '/enterprise/registration': { id: version.id },
    '/bureau/registrations': { id: version.id },
    '/bureau/todo': null,
    '/enterprise/quota/claims': { id: claim.id },
    '/enterprise/quota/hand-backs': null,
    '/enterprise/use/drafts': { id, file },
    '/enterprise/vouchers': { id, file },
    '/enterprise/redemptions': { ...redeemed, id: paid.voucher },
    '/carrier/desk': both,
    '/carrier/vouchers': both,
    '/carrier/redemptions': { ...redeemed, id: paid.voucher },
    '/bureau/vouchers': both,
    '/bureau/redemptions': redeemed,
    '/bureau/payments': redeemed,
  }
}

/** The row for a path, undefined where none fits. */
export function rowFor<T>(rows: Readonly<Record<string, T>>, path: string): T | undefined {
  const [found] = Object.keys(rows)
    .filter((start) => path.startsWith(`${start}/`))
    .sort((one, other) => other.length - one.length)
  return found === undefined ? undefined : rows[found]
}
