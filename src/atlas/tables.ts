/**
 * What the index knows, as its truth in D1. Triggers beside these tables keep what follows from a
 * row in the same transaction: its place, its words (one full-text table a kind, contentless), the
 * revision, and which part of the index changed. Ids are the rowids of places and words.
 */
import { index, integer, real, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Kind } from './rules.ts'

export const atlas_organisations = sqliteTable(
  'atlas_organisations',
  {
    id: integer().primaryKey(),
    subject: text().notNull().unique(),
    name: text().notNull(),
    county: text().notNull(),
    address: text().notNull(),
    phone: text().notNull(),
    lng: real().notNull(),
    lat: real().notNull(),
    intro: text().notNull(),
    categories: text({ mode: 'json' }).$type<readonly string[]>().notNull(),
    rating_percent: integer().notNull(),
    rating_count: integer().notNull(),
    hidden: integer({ mode: 'boolean' }).notNull(),
    /** What it is found by (see term-rules): the name, all fields, and the terms of its words. */
    named: text().notNull(),
    sounds: text().notNull(),
    folded: text().notNull(),
    words: text().notNull(),
    given: text().notNull(),
    /** Grows with every change of anything, in the order of the commits. */
    revision: integer().notNull().default(0),
    updated_at: integer().notNull(),
  },
  (table) => [
    index('atlas_organisations_county').on(table.county),
    index('atlas_organisations_revision').on(table.revision),
  ],
)

export const atlas_items = sqliteTable(
  'atlas_items',
  {
    id: integer().primaryKey(),
    kind: text().$type<Exclude<Kind, 'organisation'>>().notNull(),
    subject: text().notNull().unique(),
    /** The subject of its organisation. */
    organisation: text().notNull(),
    name: text().notNull(),
    model: text().notNull(),
    maker: text().notNull(),
    category: text().notNull(),
    price_fen: integer(),
    unit: text().notNull(),
    hidden: integer({ mode: 'boolean' }).notNull(),
    named: text().notNull(),
    sounds: text().notNull(),
    folded: text().notNull(),
    kindred: text().notNull(),
    words: text().notNull(),
    revision: integer().notNull().default(0),
    updated_at: integer().notNull(),
  },
  (table) => [
    index('atlas_items_organisation').on(table.organisation),
    index('atlas_items_revision').on(table.revision),
  ],
)

/**
 * Where the items stand that are not hidden themselves: narrow, because a search looks at many of
 * these and at few items.
 */
export const atlas_places = sqliteTable(
  'atlas_places',
  {
    /** The item's. */
    id: integer().primaryKey(),
    kind: text().notNull(),
    /** The organisation's id. */
    organisation: integer().notNull(),
    county: text().notNull(),
    lng: real().notNull(),
    lat: real().notNull(),
    price_fen: integer(),
  },
  (table) => [
    index('atlas_places_county').on(table.kind, table.county),
    index('atlas_places_organisation').on(table.organisation, table.kind),
  ],
)

/** The last revision that changed a part: organisation, service, or instrument: and a city. */
export const atlas_parts = sqliteTable('atlas_parts', {
  part: text().primaryKey(),
  revision: integer().notNull(),
})
