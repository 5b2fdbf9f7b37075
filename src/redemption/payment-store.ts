/** Rows of payments and their results. A payment is made once, a result once an attempt. */
import { and, asc, count, desc, eq, inArray, isNull, notExists, sql } from 'drizzle-orm'
import { inRegion } from '../platform/db.ts'
import type { Db, Statement } from '../platform/db.ts'
import { registration_reviews, registrations } from '../registration/tables.ts'
import type { BankAccount, Payment, PaymentState } from './payment-rules.ts'
import { paymentResults, payments } from './tables.ts'

export type NewPayment = typeof payments.$inferInsert

/** Makes a redemption wait for its payment; once, whoever says it again. */
export function insertPayment(db: Db, payment: NewPayment): Statement {
  return db.insert(payments).values(payment).onConflictDoNothing()
}

export type NewResult = typeof paymentResults.$inferInsert

/** One attempt's result. Another result of the same attempt makes the batch fail. */
export function insertResult(db: Db, result: NewResult): Statement {
  return db.insert(paymentResults).values(result)
}

const attempts = sql<number>`(select max(${paymentResults.attempt}) from ${paymentResults}
  where ${paymentResults.enterprise} = ${payments.enterprise}
  and ${paymentResults.redemption} = ${payments.redemption})`

/** Each payment with its latest result. */
function selectPayments(db: Db) {
  const latest = and(
    eq(paymentResults.enterprise, payments.enterprise),
    eq(paymentResults.redemption, payments.redemption),
    eq(paymentResults.attempt, attempts),
  )
  return db
    .select({ payment: payments, last: paymentResults })
    .from(payments)
    .leftJoin(paymentResults, latest)
    .$dynamic()
}

type PaymentRow = Awaited<ReturnType<typeof selectPayments>>[number]

function paymentFrom({ payment, last }: PaymentRow): Payment {
  return {
    ...payment,
    state: last?.result ?? 'waiting',
    attempts: last?.attempt ?? 0,
    settled_at: last?.at ?? null,
    settled_by_name: last?.by_name ?? null,
    reason: last?.reason ?? null,
  }
}

export async function findPayment(
  db: Db,
  key: { enterprise: string; redemption: string },
): Promise<Payment | undefined> {
  const row = await selectPayments(db)
    .where(and(eq(payments.enterprise, key.enterprise), eq(payments.redemption, key.redemption)))
    .get()
  return row && paymentFrom(row)
}

/** D1 binds at most 100 parameters in a statement. */
const KEYS_MAX = 90

/** The payments of these vouchers. */
export async function listPaymentsOf(db: Db, ids: readonly string[]): Promise<Payment[]> {
  const found: Payment[] = []
  for (let from = 0; from < ids.length; from += KEYS_MAX) {
    const some = ids.slice(from, from + KEYS_MAX)
    found.push(
      ...(await selectPayments(db).where(inArray(payments.voucher, some))).map(paymentFrom),
    )
  }
  return found
}

/** At most this many stand on one payment list. */
export const PAYMENTS_MAX = 500

/** Payments of what a bureau covers: those that wait or failed oldest first, paid ones newest. */
export async function listPayments(
  db: Db,
  region: string,
  state: PaymentState,
): Promise<Payment[]> {
  const { result } = paymentResults
  const rows = await selectPayments(db)
    .where(
      and(
        state === 'waiting' ? isNull(result) : eq(result, state),
        inRegion(payments.region, region),
      ),
    )
    .orderBy(state === 'paid' ? desc(paymentResults.at) : asc(payments.at))
    .limit(PAYMENTS_MAX)
  return rows.map(paymentFrom)
}

/** How many payments have not been made, in each region that a bureau covers. */
export async function countPayable(
  db: Db,
  region: string,
): Promise<{ region: string; total: number }[]> {
  return db
    .select({ region: payments.region, total: count() })
    .from(payments)
    .where(and(inRegion(payments.region, region), notExists(paid(db))))
    .groupBy(payments.region)
}

function paid(db: Db) {
  const { enterprise, redemption, result } = paymentResults
  const own = and(eq(enterprise, payments.enterprise), eq(redemption, payments.redemption))
  return db
    .select({ one: sql`1` })
    .from(paymentResults)
    .where(and(own, eq(result, 'paid')))
}

/** The accounts in force of these enterprises, as their approved registrations have them. */
export async function listAccounts(
  db: Db,
  enterprises: readonly string[],
): Promise<Map<string, BankAccount>> {
  const found = new Map<string, BankAccount>()
  const { enterprise, bank, bank_account, number, id } = registrations
  for (let from = 0; from < enterprises.length; from += KEYS_MAX) {
    const rows = await db
      .select({ enterprise, bank, bank_account })
      .from(registrations)
      .innerJoin(registration_reviews, eq(registration_reviews.version, id))
      .where(
        and(
          eq(registration_reviews.verdict, 'approved'),
          inArray(enterprise, enterprises.slice(from, from + KEYS_MAX)),
        ),
      )
      .orderBy(asc(number))
    // In the order of versions, so that the newest one stays.
    for (const row of rows) found.set(row.enterprise, row)
  }
  return found
}
