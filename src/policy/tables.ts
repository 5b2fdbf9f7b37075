/** Bureaus that are set up, and their policies: a row per region, year and version, for good. */
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { PolicyParams } from './rules.ts'

/** A science bureau 科技部门 that works with this service; `region` is its GB/T 2260 code. */
export const bureaus = sqliteTable('bureaus', {
  region: text('region').primaryKey(),
  name: text('name').notNull(),
})

/** `params` holds what this bureau sets; a parameter that is absent is inherited from above. */
export const policies = sqliteTable(
  'policies',
  {
    id: text('id').primaryKey(),
    region: text('region').notNull(),
    year: integer('year').notNull(),
    version: integer('version').notNull(),
    params: text('params', { mode: 'json' }).$type<PolicyParams>().notNull(),
    commitment_version: text('commitment_version'),
    effective_from: integer('effective_from').notNull(),
    author: text('author').notNull(),
    author_name: text('author_name').notNull(),
    approver: text('approver').notNull(),
    approver_name: text('approver_name').notNull(),
    at: integer('at').notNull(),
  },
  (table) => [
    uniqueIndex('policies_by_region_year_version').on(table.region, table.year, table.version),
    index('policies_by_commitment').on(table.commitment_version),
  ],
)
