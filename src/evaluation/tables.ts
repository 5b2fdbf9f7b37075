/** 服务评价: one row per voucher, given by the enterprise or recorded after thirty days. */
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const evaluations = sqliteTable(
  'evaluations',
  {
    enterprise: text().notNull(),
    voucher: text().notNull(),
    carrier: text().notNull(),
    service: text().notNull(),
    /** 1 to 5. */
    stars: integer().notNull(),
    tags: text({ mode: 'json' }).$type<string[]>().notNull(),
    comment: text().notNull(),
    /** True for the 好评 recorded by 系统默认, which public averages leave out (E2). */
    is_default: integer({ mode: 'boolean' }).notNull(),
    by: text().notNull(),
    at: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.enterprise, table.voucher] }),
    index('evaluations_by_carrier').on(table.carrier, table.at),
  ],
)
