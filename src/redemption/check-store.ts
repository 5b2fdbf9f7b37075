/**
 * Looks through the whole province for the same invoice and the same files, for the bureau's
 * checks.
 */
import { and, eq, inArray, not, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import { listFiles } from '../attachment/client.ts'
import { attachments } from '../attachment/tables.ts'
import { dayOf } from '../kernel/clock.ts'
import { readLedger } from '../ledger/client.ts'
import { vouchers } from '../ledger/tables.ts'
import type { Bindings } from '../platform/bindings.ts'
import { dbOf } from '../platform/db.ts'
import type { Db } from '../platform/db.ts'
import { useFormOf } from '../voucher/client.ts'
import { sameContract } from '../voucher/contract-rules.ts'
import { invoices, papers } from '../voucher/tables.ts'
import { checksOf } from './check-rules.ts'
import type { Check } from './check-rules.ts'
import type { Full } from './store.ts'

/** More than this many tell a reviewer nothing new. */
const SAME_MAX = 10

/** All checks of one redemption. */
export async function listChecks(
  env: Pick<Bindings, 'DB' | 'LEDGER'>,
  { item, papers: held, invoice }: Full,
  at: number,
): Promise<Check[]> {
  const db = dbOf(env)
  const { voucher, missing } = item
  const { enterprise, id, carrier } = voucher
  const form = useFormOf(voucher)
  const own = sql`(${vouchers.enterprise} = ${enterprise} and ${vouchers.id} = ${id})`
  const files = held.map((paper) => paper.file)
  const [sameInvoice, sameFiles, ledger] = await Promise.all([
    invoice ? listSameInvoice(db, own, invoice.number) : [],
    listSameFiles(db, own, files),
    readLedger(env, enterprise, at),
  ])
  const { contract_number } = form
  const contract = { carrier, contract_number, except: id }
  const same_contract_fen = sameContract(ledger.vouchers, contract)
  const found = { voucher, form, missing, invoice, sameInvoice, sameFiles, same_contract_fen }
  return checksOf({ ...found, today: dayOf(at) })
}

/** Numbers of other vouchers whose invoice has the same number, whatever its code. */
async function listSameInvoice(db: Db, own: SQL, number: string): Promise<string[]> {
  const rows = await db
    .select({ number: vouchers.number })
    .from(invoices)
    .innerJoin(
      vouchers,
      and(eq(vouchers.enterprise, invoices.enterprise), eq(vouchers.id, invoices.voucher)),
    )
    .where(and(eq(invoices.number, number), not(own)))
    .limit(SAME_MAX)
  return rows.map((row) => row.number)
}

/** Numbers of other vouchers that have a file with the same content as one of these. */
async function listSameFiles(db: Db, own: SQL, files: readonly string[]): Promise<string[]> {
  const same = await listFiles(db, files)
  if (same.length === 0) return []
  const rows = await db
    .selectDistinct({ number: vouchers.number })
    .from(attachments)
    .innerJoin(
      papers,
      and(eq(papers.enterprise, attachments.owner), eq(papers.file, attachments.id)),
    )
    .innerJoin(
      vouchers,
      and(eq(vouchers.enterprise, papers.enterprise), eq(vouchers.id, papers.voucher)),
    )
    .where(
      and(
        inArray(
          attachments.sha256,
          same.map((file) => file.sha256),
        ),
        not(own),
      ),
    )
    .limit(SAME_MAX)
  return rows.map((row) => row.number)
}
