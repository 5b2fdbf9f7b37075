/** Imports and their moves. The rows of a file are in the job's object until they are published. */
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { FileType, Kind, Move } from './rules.ts'

export const imports = sqliteTable(
  'imports',
  {
    /** Also the name of the job's object, and the key that makes sending a file twice harmless. */
    id: text().primaryKey(),
    kind: text().$type<Kind>().notNull(),
    /** Null for an import of a bureau. */
    carrier: text(),
    region: text().notNull(),
    file_name: text().notNull(),
    /** Bytes. */
    file_size: integer().notNull(),
    file_type: text().$type<FileType>().notNull(),
    sha256: text().notNull(),
    key: text().notNull(),
    /** Epoch ms. */
    at: integer().notNull(),
    by: text().notNull(),
    by_name: text().notNull(),
  },
  (table) => [
    index('imports_carrier').on(table.carrier, table.at),
    index('imports_region').on(table.region, table.at),
  ],
)

/** `number` counts the moves of one import: of two people who decide at once, one is refused. */
export const import_moves = sqliteTable(
  'import_moves',
  {
    import: text().notNull(),
    number: integer().notNull(),
    move: text().$type<Move>().notNull(),
    at: integer().notNull(),
    by: text().notNull(),
    by_name: text().notNull(),
    facts: text({ mode: 'json' }).$type<Readonly<Record<string, unknown>>>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.import, table.number] })],
)
