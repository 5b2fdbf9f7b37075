/** Sums over the ledgers' mirror and the payments. They may trail the ledgers by a moment. */
import { and, eq, gte, lt, sql } from 'drizzle-orm'
import { countCarriers } from '../catalogue/client.ts'
import { yearOf, yearStartsAt } from '../kernel/clock.ts'
import { books } from '../ledger/tables.ts'
import type { Db } from '../platform/db.ts'
import { paymentResults, payments } from '../redemption/tables.ts'

/**
 * This year's figures, fen: claimed less handed back; used, which is what stands as vouchers or
 * was redeemed from this year's quota; paid, by the day the bureau paid. `carriers`: active ones.
 */
export type PublicFigures = {
  year: number
  claimed_fen: number
  used_fen: number
  paid_fen: number
  carriers: number
}

/** The public figures of the year of `at`, epoch ms (SPEC L1). */
export async function publicFigures(db: Db, at: number): Promise<PublicFigures> {
  const year = yearOf(at)
  const [[booked], [paid], carriers] = await Promise.all([
    db
      .select({
        claimed_fen: sum(books.claimed_fen),
        used_fen: sum(
          sql`${books.unconfirmed} + ${books.confirmed} + ${books.in_review} + ${books.paid}`,
        ),
      })
      .from(books)
      .where(eq(books.year, year)),
    db
      .select({ fen: sum(payments.paid_fen) })
      .from(paymentResults)
      .innerJoin(
        payments,
        and(
          eq(payments.enterprise, paymentResults.enterprise),
          eq(payments.redemption, paymentResults.redemption),
        ),
      )
      .where(
        and(
          eq(paymentResults.result, 'paid'),
          gte(paymentResults.at, yearStartsAt(year)),
          lt(paymentResults.at, yearStartsAt(year + 1)),
        ),
      ),
    countCarriers(db),
  ])
  return {
    year,
    claimed_fen: booked?.claimed_fen ?? 0,
    used_fen: booked?.used_fen ?? 0,
    paid_fen: paid?.fen ?? 0,
    carriers,
  }
}

/** The sum of a column of fen, 0 for no rows. */
function sum(column: Parameters<typeof sql>[1]) {
  return sql<number>`coalesce(sum(${column}), 0)`
}
