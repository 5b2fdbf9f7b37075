/** 审计日志: who did what, when, from where, before and after. Rows are inserted, never changed. */
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const auditEntries = sqliteTable(
  'audit_entries',
  {
    /** Gap-free in the order of commits; AUTOINCREMENT never hands a number out twice. */
    seq: integer('seq').primaryKey({ autoIncrement: true }),
    /** Epoch ms. */
    at: integer('at').notNull(),
    account: text('account').notNull(),
    name: text('name').notNull(),
    /** enterprise, carrier, bureau, clock, or member for a person without a role. */
    role: text('role').notNull(),
    /** The enterprise, carrier or region somebody acted for; null for members and the clock. */
    party: text('party'),
    action: text('action').notNull(),
    /** kind:id. */
    subject: text('subject').notNull(),
    region: text('region'),
    /** JSON. */
    before: text('before'),
    after: text('after'),
    ip: text('ip'),
    request_id: text('request_id'),
  },
  (table) => [
    index('audit_entries_subject').on(table.subject, table.seq),
    index('audit_entries_region').on(table.region, table.seq),
    index('audit_entries_account').on(table.account, table.seq),
  ],
)
