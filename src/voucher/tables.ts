/**
 * What of a voucher lives in D1: unfinished forms, papers, invoices in use, and QR codes. Voucher
 * ids come from forms, so every key holds the enterprise too.
 */
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { PaperKind } from './rules.ts'

/** An unfinished 创新券使用登记表. Its id becomes the voucher's id and is the key of the issue. */
export const useDrafts = sqliteTable(
  'use_drafts',
  {
    enterprise: text().notNull(),
    id: text().notNull(),
    account: text().notNull(),
    /** Field name → text, as typed. */
    fields: text({ mode: 'json' }).$type<Record<string, string>>().notNull(),
    updated_at: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.enterprise, table.id] }),
    index('use_drafts_by_time').on(table.enterprise, table.updated_at),
  ],
)

/** Files attached to a draft or, later, to the voucher of the same id. */
export const papers = sqliteTable(
  'papers',
  {
    enterprise: text().notNull(),
    voucher: text().notNull(),
    file: text().notNull(),
    kind: text().$type<PaperKind>().notNull(),
    name: text().notNull(),
    /** Bytes. */
    size: integer().notNull(),
    /** Hex; the same content is attached once to a voucher and kind. */
    sha256: text().notNull(),
    at: integer().notNull(),
    by: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.enterprise, table.voucher, table.file] }),
    uniqueIndex('papers_once').on(table.enterprise, table.voucher, table.kind, table.sha256),
    index('papers_by_content').on(table.sha256),
  ],
)

/** One living voucher per invoice in the whole province (U2). Code is '' where there is none. */
export const invoices = sqliteTable(
  'invoices',
  {
    code: text().notNull(),
    number: text().notNull(),
    enterprise: text().notNull(),
    voucher: text().notNull(),
    at: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.code, table.number] }),
    uniqueIndex('invoices_by_voucher').on(table.enterprise, table.voucher),
  ],
)

/** Which voucher a QR code opens; the code itself is kept only as its hash (V5). */
export const qrTokens = sqliteTable(
  'qr_tokens',
  {
    hash: text().primaryKey(),
    enterprise: text().notNull(),
    voucher: text().notNull(),
    at: integer().notNull(),
  },
  (table) => [index('qr_tokens_by_voucher').on(table.enterprise, table.voucher)],
)
