/** Services and instruments as their carrier and the bureau keep them: withdrawn ones too. */
import { and, asc, count, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import { putItems } from '../atlas/client.ts'
import type { Db, Statement } from '../platform/db.ts'
import { instrumentDoc, serviceDoc } from './document.ts'
import type { Content } from './proposal-rules.ts'
import type { Instrument, Kind, Service, Words } from './rules.ts'
import {
  findInstrument,
  findService,
  insertInstruments,
  insertServices,
  unlessStale,
} from './store.ts'
import { instruments, proposals, services } from './tables.ts'

export type ItemOf<K extends Kind> = K extends 'service' ? Service : Instrument
/** A published item with its kind. */
export type Item = { [K in Kind]: { kind: K; row: ItemOf<K> } }[Kind]

const TABLES = { service: services, instrument: instruments } as const

export async function findItem(db: Db, kind: Kind, id: string): Promise<Item | undefined> {
  if (kind === 'service') {
    const row = await findService(db, id)
    return row && { kind, row }
  }
  const row = await findInstrument(db, id)
  return row && { kind, row }
}

export type ItemQuery = {
  carrier: string
  word: Words
  state: 'offered' | 'withdrawn' | null
  limit: number
  offset: number
}

/** A carrier's published items, by name, and how many there are. */
export async function listItems(
  db: Db,
  kind: Kind,
  query: ItemQuery,
): Promise<{ items: Item[]; count: number }> {
  const table = TABLES[kind]
  const where = and(
    eq(table.carrier, query.carrier),
    inState(kind, query.state),
    named(kind, query.word),
  )
  const [rows, counted] = await Promise.all([
    db
      .select()
      .from(table)
      .where(where)
      .orderBy(asc(table.name), asc(table.id))
      .limit(query.limit)
      .offset(query.offset),
    db.select({ n: count() }).from(table).where(where).get(),
  ])
  return { items: rows.map((row) => ({ kind, row }) as Item), count: counted?.n ?? 0 }
}

function inState(kind: Kind, state: ItemQuery['state']): SQL | undefined {
  const { withdrawn_at } = TABLES[kind]
  if (state === null) return undefined
  return state === 'offered' ? isNull(withdrawn_at) : isNotNull(withdrawn_at)
}

/** Items whose name, of an instrument with its model, holds all of these words. */
export function named(kind: Kind, word: Words): SQL | undefined {
  const text =
    kind === 'service'
      ? sql`lower(${services.name})`
      : sql`lower(${instruments.name} || ' ' || ${instruments.model})`
  return and(...word.map((one) => sql`instr(${text}, ${one}) > 0`))
}

/** True where nothing is published or proposed under an id yet. */
export async function insertable(db: Db, id: string): Promise<boolean> {
  const taken = await Promise.all([
    findService(db, id),
    findInstrument(db, id),
    db.select({ id: proposals.id }).from(proposals).where(eq(proposals.subject, id)).get(),
  ])
  return taken.every((one) => one === undefined)
}

/** D1 binds at most 100 parameters in a statement; these come from a page at a time. */
const KEYS_MAX = 90

/** Those of the ids under which something is published, withdrawn or not. */
export async function listPublished(db: Db, ids: readonly string[]): Promise<Set<string>> {
  const some = ids.slice(0, KEYS_MAX)
  const found = await Promise.all(
    [services, instruments].map((table) =>
      db.select({ id: table.id }).from(table).where(inArray(table.id, some)),
    ),
  )
  return new Set(found.flat().map(({ id }) => id))
}

/** An item with another content, changed at `at`. */
export function rowWith(item: Item, content: Content, at: number): Item {
  return { kind: item.kind, row: { ...item.row, ...content, updated_at: at } } as Item
}

/** An item that nothing is published of yet. */
export function newItem(
  kind: Kind,
  ids: { id: string; carrier: string },
  content: Content,
  at: number,
): Item {
  return { kind, row: { ...ids, ...content, updated_at: at, withdrawn_at: null } } as Item
}

/**
 * What publishes an item: its row, new where `seen` is null, else over the one that stood at
 * `seen`; and its document in the map's index.
 */
export function itemStatements(db: Db, item: Item, seen: number | null): Statement[] {
  const doc = item.kind === 'service' ? serviceDoc(item.row) : instrumentDoc(item.row)
  const row = seen === null ? insertItem(db, item) : updateItem(db, item, seen)
  return [row, ...putItems(db, [doc], item.row.updated_at)]
}

/** Conflicts where its id is taken. */
function insertItem(db: Db, { kind, row }: Item): Statement {
  return kind === 'service' ? insertServices(db, [row]) : insertInstruments(db, [row])
}

/**
 * Writes an item over the one that stood at `seen`, its updated_at; conflicts where somebody has
 * changed it since.
 */
function updateItem(db: Db, { kind, row }: Item, seen: number): Statement {
  const { id, carrier: _carrier, ...rest } = row
  const table = TABLES[kind]
  const at = Math.max(row.updated_at, seen + 1)
  return db
    .update(table)
    .set({ ...rest, updated_at: unlessStale(table.updated_at, seen, at) })
    .where(eq(table.id, id))
}
