/**
 * The ledgers' mirror in D1, for lists, search and reports. Only the mirror writes it; nothing here
 * decides about money. `version` is the seq of the event that last changed the row. At the end what
 * the nightly reconcile keeps: its reports, what it found, and where each ledger was archived.
 */
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Drift } from './drift.ts'
import type { Payee, RedemptionState, VoucherState } from './rules.ts'

export const vouchers = sqliteTable(
  'vouchers',
  {
    id: text().notNull(),
    number: text().notNull(),
    enterprise: text().notNull(),
    region: text().notNull(),
    year: integer().notNull(),
    amount_fen: integer().notNull(),
    carrier: text().notNull(),
    payee: text().$type<Payee>().notNull(),
    state: text().$type<VoucherState>().notNull(),
    version: integer().notNull(),
    issued_at: integer().notNull(),
    confirmed_at: integer(),
    ended_at: integer(),
    reason: text(),
    redemption: text(),
    paid_fen: integer(),
    /** The use form as JSON text. */
    form: text().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.enterprise, t.id] }),
    index('vouchers_id').on(t.id),
    index('vouchers_number').on(t.number),
    index('vouchers_carrier').on(t.carrier, t.state, t.issued_at),
    index('vouchers_region').on(t.region, t.state, t.issued_at),
    index('vouchers_confirmed').on(t.confirmed_at),
  ],
)

export const claims = sqliteTable(
  'claims',
  {
    id: text().notNull(),
    enterprise: text().notNull(),
    region: text().notNull(),
    year: integer().notNull(),
    amount_fen: integer().notNull(),
    at: integer().notNull(),
    by: text().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.enterprise, t.id] }),
    index('claims_region').on(t.region, t.year, t.at),
  ],
)

export const redemptions = sqliteTable(
  'redemptions',
  {
    id: text().notNull(),
    enterprise: text().notNull(),
    voucher: text().notNull(),
    state: text().$type<RedemptionState>().notNull(),
    submitted_at: integer().notNull(),
    decided_at: integer(),
    paid_fen: integer(),
    reason: text(),
    by: text().notNull(),
    version: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.enterprise, t.id] }),
    index('redemptions_voucher').on(t.enterprise, t.voucher),
    index('redemptions_state').on(t.state, t.submitted_at),
  ],
)

export const books = sqliteTable(
  'books',
  {
    enterprise: text().notNull(),
    region: text().notNull(),
    year: integer().notNull(),
    available: integer().notNull(),
    unconfirmed: integer().notNull(),
    confirmed: integer().notNull(),
    in_review: integer().notNull(),
    paid: integer().notNull(),
    lapsed: integer().notNull(),
    claimed_fen: integer().notNull(),
    version: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.enterprise, t.region, t.year] }),
    index('books_region').on(t.region, t.year),
  ],
)

/** Actor, payload and postings are JSON text. */
export const events = sqliteTable(
  'events',
  {
    enterprise: text().notNull(),
    seq: integer().notNull(),
    at: integer().notNull(),
    kind: text().notNull(),
    actor: text().notNull(),
    voucher: text(),
    payload: text().notNull(),
    postings: text().notNull(),
    prev: text().notNull(),
    hash: text().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.enterprise, t.seq] }),
    index('events_voucher').on(t.enterprise, t.voucher),
    index('events_at').on(t.at),
  ],
)

/** How far the mirror of each enterprise has come: everything up to `seq` stands in D1. */
export const heads = sqliteTable('heads', {
  enterprise: text().primaryKey(),
  seq: integer().notNull(),
  hash: text().notNull(),
  at: integer().notNull(),
})

/** One night over all ledgers. `cursor` is the last enterprise seen; finished_at null before. */
export const ledgerReports = sqliteTable('ledger_reports', {
  /** The day in Asia/Shanghai on which the run began. */
  day: text().primaryKey(),
  started_at: integer().notNull(),
  finished_at: integer(),
  cursor: text().notNull(),
  enterprises: integer().notNull(),
  /** Ledgers that are not sound themselves: nothing repairs those. */
  unsound: integer().notNull(),
  /** Enterprises for which D1 held something else, how many of them agreed in the end. */
  drifted: integer().notNull(),
  repaired: integer().notNull(),
  /** Out of reach, or busy all the while: looked at again the next night. */
  unseen: integer().notNull(),
  archived: integer().notNull(),
  /** The hash over all heads, hex; null until the run is finished. */
  root: text(),
})

/** What was wrong with one enterprise in one night; no row where nothing was. */
export const ledgerFindings = sqliteTable(
  'ledger_findings',
  {
    day: text().notNull(),
    enterprise: text().notNull(),
    at: integer().notNull(),
    compared: integer({ mode: 'boolean' }).notNull(),
    repaired: integer({ mode: 'boolean' }).notNull(),
    problems: text({ mode: 'json' }).$type<string[]>().notNull(),
    drift: text({ mode: 'json' }).$type<Drift[]>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.day, t.enterprise] })],
)

/** The last archive of each ledger in R2. */
export const ledgerArchives = sqliteTable('ledger_archives', {
  enterprise: text().primaryKey(),
  day: text().notNull(),
  seq: integer().notNull(),
  hash: text().notNull(),
  key: text().notNull(),
  bytes: integer().notNull(),
})
