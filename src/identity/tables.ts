/**
 * Who may sign in and as whom. An enterprise is an id of its own: its credit code is bound to it by
 * a row, so that an old enterprise can later be bound to the legal person that signs in (L4).
 */
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { StaffRole } from '../kernel/actor.ts'

/**
 * What the portal said at the last sign-in. The id of a legal person's agent is made from issuer
 * and subject; the id of staff is their account at the portal, under which they are listed in
 * `staff`. `phone` is sealed (platform/token.ts).
 */
export const accounts = sqliteTable('accounts', {
  id: text().primaryKey(),
  kind: text({ enum: ['legal', 'staff'] }).notNull(),
  uscc: text(),
  unit: text(),
  legal_representative: text(),
  name: text().notNull(),
  phone: text(),
  created_at: integer().notNull(),
  signed_in_at: integer().notNull(),
})

/**
 * One row per signed-in browser, keyed by the hash of its cookie; deleted on sign-out. Times are
 * epoch ms. `id_token` is sealed and only tells the portal whom to sign out.
 */
export const sessions = sqliteTable(
  'sessions',
  {
    hash: text().primaryKey(),
    account: text().notNull(),
    id_token: text(),
    created_at: integer().notNull(),
    seen_at: integer().notNull(),
    expires_at: integer().notNull(),
  },
  (table) => [index('sessions_account').on(table.account)],
)

export const enterprises = sqliteTable('enterprises', {
  id: text().primaryKey(),
  created_at: integer().notNull(),
})

/** Which enterprise a legal person acts for: one per credit code. */
export const bindings = sqliteTable(
  'bindings',
  {
    uscc: text().primaryKey(),
    enterprise: text().notNull(),
  },
  (table) => [index('bindings_enterprise').on(table.enterprise)],
)

/** Bureau staff by their account at the portal; region is a GB/T 2260 code. */
export const staff = sqliteTable(
  'staff',
  {
    account: text().primaryKey(),
    name: text().notNull(),
    region: text().notNull(),
    roles: text({ mode: 'json' }).$type<readonly StaffRole[]>().notNull(),
    active: integer({ mode: 'boolean' }).notNull().default(true),
  },
  (table) => [index('staff_region').on(table.region)],
)
