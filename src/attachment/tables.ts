/** Uploaded files: what is known of each. The content lies in R2 under `key`, written once. */
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const attachments = sqliteTable(
  'attachments',
  {
    id: text('id').primaryKey(),
    /** The enterprise whose matter the file belongs to, whoever uploaded it. */
    owner: text('owner').notNull(),
    /** As the uploader named it; shown and offered on download, never a key. */
    name: text('name').notNull(),
    /** Media type found in the content. */
    type: text('type').notNull(),
    /** Bytes. */
    size: integer('size').notNull(),
    /** Hex. */
    sha256: text('sha256').notNull(),
    key: text('key').notNull().unique(),
    by: text('by').notNull(),
    /** Epoch ms. */
    at: integer('at').notNull(),
  },
  (table) => [index('attachments_sha256').on(table.sha256)],
)
