/**
 * Carriers with their services and instruments. Money and vouchers name them by id. What stands in
 * `services` and `instruments` is published; what waits for its review is a proposal.
 */
import { index, integer, real, sqliteTable, text, unique } from 'drizzle-orm/sqlite-core'
import type { Content, Decision } from './proposal-rules.ts'
import { DEFAULT_OPENING } from './rules.ts'
import type { Availability, Category, Kind, Opening } from './rules.ts'

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
    /** What it is recognised for; empty where nobody has said so yet. */
    categories: text({ mode: 'json' }).$type<readonly Category[]>().notNull().default([]),
    opening: text({ mode: 'json' }).$type<Opening>().notNull().default(DEFAULT_OPENING),
    website: text(),
    /** Epoch ms of the last change; what a form was rendered with, to tell a stale one. */
    updated_at: integer().notNull().default(0),
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
    /** Working days; null where it depends. */
    turnaround_days: integer(),
    /** CMA, CNAS …, as the certificates name themselves. */
    qualifications: text({ mode: 'json' }).$type<readonly string[]>().notNull().default([]),
    summary: text().notNull().default(''),
    updated_at: integer().notNull().default(0),
    /** 下架; null while it is offered. */
    withdrawn_at: integer(),
  },
  (table) => [index('services_carrier').on(table.carrier, table.name)],
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
    place: text().notNull().default(''),
    availability: text().$type<Availability>().notNull().default('available'),
    qualifications: text({ mode: 'json' }).$type<readonly string[]>().notNull().default([]),
    summary: text().notNull().default(''),
    updated_at: integer().notNull().default(0),
    withdrawn_at: integer(),
  },
  (table) => [index('instruments_carrier').on(table.carrier, table.name)],
)

/**
 * What a carrier wants to publish or to change. `number` counts those of one subject, so that two
 * people who change it at once do not both succeed.
 */
export const proposals = sqliteTable(
  'proposals',
  {
    id: text().primaryKey(),
    kind: text().$type<Kind>().notNull(),
    /** The id of the service or instrument, which is new where no row has it. */
    subject: text().notNull(),
    number: integer().notNull(),
    carrier: text().notNull(),
    content: text({ mode: 'json' }).$type<Content>().notNull(),
    /** Epoch ms. */
    at: integer().notNull(),
    by: text().notNull(),
    by_name: text().notNull(),
  },
  (table) => [
    unique('proposals_subject').on(table.subject, table.number),
    index('proposals_carrier').on(table.carrier),
  ],
)

/** How a proposal ended; without a row it waits. */
export const proposal_verdicts = sqliteTable('proposal_verdicts', {
  proposal: text().primaryKey(),
  decision: text().$type<Decision>().notNull(),
  reason: text(),
  at: integer().notNull(),
  by: text().notNull(),
  by_name: text().notNull(),
})

/** Pictures of an organisation, a service or an instrument; the content is an attachment. */
export const pictures = sqliteTable(
  'pictures',
  {
    id: text().primaryKey(),
    kind: text().$type<Kind | 'organisation'>().notNull(),
    subject: text().notNull(),
    carrier: text().notNull(),
    /** The attachment's id. */
    file: text().notNull(),
    /** What is to be seen, for those who do not see it. */
    alt: text().notNull(),
    at: integer().notNull(),
    by: text().notNull(),
  },
  (table) => [index('pictures_subject').on(table.subject, table.at)],
)

/** Where a carrier that redeems wants its money. */
export const carrier_accounts = sqliteTable('carrier_accounts', {
  carrier: text().primaryKey(),
  bank: text().notNull(),
  /** Sealed under the purpose `carrier-account`. */
  account: text().notNull(),
  updated_at: integer().notNull(),
  by: text().notNull(),
})
