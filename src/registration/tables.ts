/**
 * 实名注册: versions of the form, and what happened to each as rows of their own. A version without
 * a submission is the draft; a submission and a review are each written once (SPEC G2).
 */
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { Verdict } from './rules.ts'

/** The form as typed, '' where empty. Only a version without a submission is ever updated. */
export const registrations = sqliteTable(
  'registrations',
  {
    id: text('id').primaryKey(),
    enterprise: text('enterprise').notNull(),
    number: integer('number').notNull(),
    name: text('name').notNull(),
    uscc: text('uscc').notNull(),
    legal_representative: text('legal_representative').notNull(),
    agent: text('agent').notNull(),
    agent_phone: text('agent_phone').notNull(),
    city: text('city').notNull(),
    county: text('county').notNull(),
    address: text('address').notNull(),
    industry: text('industry').notNull(),
    established: text('established').notNull(),
    staff_count: text('staff_count').notNull(),
    email: text('email').notNull(),
    bank: text('bank').notNull(),
    bank_account: text('bank_account').notNull(),
    saved_at: integer('saved_at').notNull(),
    saved_by: text('saved_by').notNull(),
    saved_by_name: text('saved_by_name').notNull(),
  },
  (table) => [
    uniqueIndex('registrations_by_enterprise').on(table.enterprise, table.number),
    index('registrations_by_uscc').on(table.uscc),
    index('registrations_by_county').on(table.county),
  ],
)

/** 提交: to which bureau, when, by whom. */
export const registration_submissions = sqliteTable(
  'registration_submissions',
  {
    version: text('version')
      .primaryKey()
      .references(() => registrations.id),
    bureau: text('bureau').notNull(),
    at: integer('at').notNull(),
    by: text('by').notNull(),
    by_name: text('by_name').notNull(),
  },
  (table) => [index('registration_submissions_by_bureau').on(table.bureau, table.at)],
)

/**
 * The verdict on a version. `registered_uscc` stands on the first approval of an enterprise alone,
 * so that one credit code is never approved for two enterprises.
 */
export const registration_reviews = sqliteTable('registration_reviews', {
  version: text('version')
    .primaryKey()
    .references(() => registration_submissions.version),
  verdict: text('verdict').$type<Verdict>().notNull(),
  reason: text('reason'),
  registered_uscc: text('registered_uscc').unique(),
  bureau: text('bureau').notNull(),
  at: integer('at').notNull(),
  by: text('by').notNull(),
  by_name: text('by_name').notNull(),
})
