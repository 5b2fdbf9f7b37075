/**
 * What of redemption lives in D1: what became of each press of 「提交所选」, and the payments with
 * their results. A state is a row; nothing here is ever updated.
 */
import { foreignKey, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Payee } from '../ledger/rules.ts'
import type { SubmissionRow } from './submission-rules.ts'
import type { PaymentResult } from './payment-rules.ts'

/** Row by row what was submitted and what was not; the id is the key of the form. */
export const redemptionSubmissions = sqliteTable(
  'redemption_submissions',
  {
    /** enterprise:<id>, carrier:<id> or bureau:<region>: who may read it. */
    party: text().notNull(),
    id: text().notNull(),
    by: text().notNull(),
    at: integer().notNull(),
    rows: text({ mode: 'json' }).$type<readonly SubmissionRow[]>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.party, table.id] })],
)

/**
 * 待拨付: one row for each approved redemption. Ids are unique within an enterprise only, since they
 * come from forms; names are those of the voucher.
 */
export const payments = sqliteTable(
  'payments',
  {
    enterprise: text().notNull(),
    redemption: text().notNull(),
    voucher: text().notNull(),
    number: text().notNull(),
    region: text().notNull(),
    year: integer().notNull(),
    payee: text().$type<Payee>().notNull(),
    payee_id: text().notNull(),
    payee_name: text().notNull(),
    paid_fen: integer().notNull(),
    reviewed_by: text().notNull(),
    reviewed_by_name: text().notNull(),
    at: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.enterprise, table.redemption] }),
    index('payments_region').on(table.region, table.at),
    index('payments_voucher').on(table.enterprise, table.voucher),
  ],
)

/** 已拨付 or 拨付失败, one row an attempt: two people cannot record the same one. */
export const paymentResults = sqliteTable(
  'payment_results',
  {
    enterprise: text().notNull(),
    redemption: text().notNull(),
    attempt: integer().notNull(),
    result: text().$type<PaymentResult>().notNull(),
    reason: text(),
    at: integer().notNull(),
    by: text().notNull(),
    by_name: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.enterprise, table.redemption, table.attempt] }),
    foreignKey({
      columns: [table.enterprise, table.redemption],
      foreignColumns: [payments.enterprise, payments.redemption],
    }),
  ],
)
