/** Carriers with their services and instruments. Money and vouchers name them by id. */
import { index, integer, real, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const carriers = sqliteTable(
  'carriers',
  {
    id: text().primaryKey(),
    uscc: text().notNull().unique(),
    name: text().notNull(),
    county: text().notNull(),
    address: text().notNull(),
    lng: real().notNull(),
    lat: real().notNull(),
    contact: text().notNull(),
    phone: text().notNull(),
    legal_representative: text().notNull(),
    intro: text().notNull(),
    admitted_at: integer().notNull(),
  },
  (table) => [index('carriers_county').on(table.county)],
)

/** A row stands while its carrier is suspended. */
export const carrier_suspensions = sqliteTable('carrier_suspensions', {
  carrier: text().primaryKey(),
  at: integer().notNull(),
  by: text().notNull(),
  reason: text().notNull(),
})

export const services = sqliteTable(
  'services',
  {
    id: text().primaryKey(),
    carrier: text().notNull(),
    name: text().notNull(),
    category: text().notNull(),
    price_fen: integer(),
    unit: text().notNull(),
  },
  (table) => [index('services_carrier').on(table.carrier)],
)

export const instruments = sqliteTable(
  'instruments',
  {
    id: text().primaryKey(),
    carrier: text().notNull(),
    name: text().notNull(),
    model: text().notNull(),
    maker: text().notNull(),
    price_fen: integer(),
    unit: text().notNull(),
  },
  (table) => [index('instruments_carrier').on(table.carrier)],
)
