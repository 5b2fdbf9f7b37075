/**
 * Reads and writes of what is published. A carrier is active unless a suspension row stands, an
 * item is offered unless it is withdrawn.
 */
import { and, asc, eq, getTableColumns, isNull, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'
import { inRegion } from '../platform/db.ts'
import type { Db, Statement } from '../platform/db.ts'
import { DEFAULT_OPENING } from './rules.ts'
import type {
  Carrier,
  Category,
  Instrument,
  NewCarrier,
  NewInstrument,
  NewService,
  Service,
  Words,
} from './rules.ts'
import { carrier_suspensions, carriers, instruments, services } from './tables.ts'

export type CarrierQuery = {
  word?: Words
  /** A county, a city or the province. */
  region?: string
  category?: Category
  limit: number
}

export async function findCarrier(db: Db, id: string): Promise<Carrier | undefined> {
  const [row] = await selectCarriers(db, eq(carriers.id, id), 1)
  return row
}

export async function findCarrierByUscc(db: Db, uscc: string): Promise<Carrier | undefined> {
  const [row] = await selectCarriers(db, eq(carriers.uscc, uscc), 1)
  return row
}

/** Active carriers by name, service or instrument, sorted by name. */
export async function searchCarriers(db: Db, query: CarrierQuery): Promise<Carrier[]> {
  const where = and(
    isNull(carrier_suspensions.carrier),
    query.region === undefined ? undefined : inRegion(carriers.county, query.region),
    offers(query.category),
    ...(query.word ?? []).map(mentions),
  )
  return selectCarriers(db, where, query.limit)
}

async function selectCarriers(db: Db, where: SQL | undefined, limit: number): Promise<Carrier[]> {
  const rows = await db
    .select({ ...getTableColumns(carriers), suspended: carrier_suspensions.at })
    .from(carriers)
    .leftJoin(carrier_suspensions, eq(carrier_suspensions.carrier, carriers.id))
    .where(where)
    .orderBy(asc(carriers.name), asc(carriers.id))
    .limit(limit)
  return rows.map(({ suspended, ...row }) => ({
    ...row,
    state: suspended === null ? 'active' : 'suspended',
  }))
}

/** Carriers with at least one service of the category. */
export function offers(category: Category | undefined): SQL | undefined {
  if (!category) return undefined
  return sql`exists (select 1 from ${services}
    where ${services.carrier} = ${carriers.id} and ${services.category} = ${category}
      and ${services.withdrawn_at} is null)`
}

/** instr and not LIKE: no wildcards to escape, and no limit of sixteen Han characters. */
export function mentions(word: string): SQL {
  return sql`(instr(lower(${carriers.name}), ${word}) > 0
    or exists (select 1 from ${services}
      where ${services.carrier} = ${carriers.id} and ${services.withdrawn_at} is null
        and instr(lower(${services.name}), ${word}) > 0)
    or exists (select 1 from ${instruments}
      where ${instruments.carrier} = ${carriers.id} and ${instruments.withdrawn_at} is null
        and instr(lower(${instruments.name} || ' ' || ${instruments.model}), ${word}) > 0))`
}

/** A service, offered or withdrawn: what was made of it keeps its name. */
export async function findService(db: Db, id: string): Promise<Service | undefined> {
  const [row] = await db.select().from(services).where(eq(services.id, id)).limit(1)
  return row && toService(row)
}

/** An instrument, offered or withdrawn. */
export async function findInstrument(db: Db, id: string): Promise<Instrument | undefined> {
  const [row] = await db.select().from(instruments).where(eq(instruments.id, id)).limit(1)
  return row
}

/** Only the closed list is ever written, so what comes back is of it. */
export function toService(row: typeof services.$inferSelect): Service {
  return { ...row, category: row.category as Category }
}

/** Active carriers, for the public figures. */
export async function countCarriers(db: Db): Promise<number> {
  const [row] = await db
    .select({ n: sql<number>`count(*)` })
    .from(carriers)
    .leftJoin(carrier_suspensions, eq(carrier_suspensions.carrier, carriers.id))
    .where(isNull(carrier_suspensions.carrier))
  return row?.n ?? 0
}

/** Conflicts where the id or the credit code is taken. */
export function insertCarriers(db: Db, rows: readonly NewCarrier[]): Statement {
  return db.insert(carriers).select(listOf(carriers, rows.map(wholeCarrier)))
}

export function insertServices(db: Db, rows: readonly NewService[]): Statement {
  return db.insert(services).select(listOf(services, rows.map(wholeService)))
}

export function insertInstruments(db: Db, rows: readonly NewInstrument[]): Statement {
  return db.insert(instruments).select(listOf(instruments, rows.map(wholeInstrument)))
}

/** Writes rows whole, over those that have their ids. */
export function putServices(db: Db, rows: readonly NewService[]): Statement {
  const { id, ...rest } = getTableColumns(services)
  return db
    .insert(services)
    .select(listOf(services, rows.map(wholeService)))
    .onConflictDoUpdate({ target: id, set: excluded(rest) })
}

export function putInstruments(db: Db, rows: readonly NewInstrument[]): Statement {
  const { id, ...rest } = getTableColumns(instruments)
  return db
    .insert(instruments)
    .select(listOf(instruments, rows.map(wholeInstrument)))
    .onConflictDoUpdate({ target: id, set: excluded(rest) })
}

/** What somebody is about to publish; `model` is that of an instrument, '' of a service. */
export type Named = { id: string; carrier: string; name: string; model: string }

/**
 * Conflicts where one of these names is published under another id: first in a batch, so that of
 * two who publish a name at the same moment one is told. By hand a name may be given twice.
 */
export function refusePublished(
  db: Db,
  kind: 'service' | 'instrument',
  rows: readonly Named[],
): Statement {
  const table = kind === 'service' ? services : instruments
  const model =
    kind === 'service' ? sql`` : sql`and ${instruments.model} = wanted.value ->> 'model'`
  // The key refuses nulls; where nothing is selected, nothing is written.
  const nothing = Object.keys(getTableColumns(table)).map(() => sql`null`)
  return db.insert(table).select(sql`select ${sql.join(nothing, sql`, `)}
    from json_each(${JSON.stringify(rows)}) as wanted
    cross join ${table} on ${table.carrier} = wanted.value ->> 'carrier'
      and ${table.name} = wanted.value ->> 'name' ${model}
      and ${table.id} <> wanted.value ->> 'id'`)
}

export function wholeCarrier(row: NewCarrier): Omit<Carrier, 'state'> {
  const later = { categories: [], opening: DEFAULT_OPENING, website: null }
  return { ...later, updated_at: row.admitted_at, ...row }
}

const TOLD = { qualifications: [], summary: '', updated_at: 0, withdrawn_at: null }

export function wholeService(row: NewService): Service {
  return { ...TOLD, turnaround_days: null, ...row }
}

export function wholeInstrument(row: NewInstrument): Instrument {
  return { ...TOLD, place: '', availability: 'available', ...row }
}

/** Any number of rows as one JSON text: D1 binds at most 100 values. Lists stay JSON texts. */
function listOf(
  table: typeof carriers | typeof services | typeof instruments,
  rows: readonly object[],
): SQL {
  const values = Object.values(getTableColumns(table)).map(({ name }) => sql`value ->> ${name}`)
  const list = sql.join(values, sql`, `)
  // Without the `where`, the parser would take ON CONFLICT for a join.
  return sql`select ${list} from json_each(${JSON.stringify(rows)}) where true`
}

function excluded(columns: Readonly<Record<string, { name: string }>>): Record<string, SQL> {
  return Object.fromEntries(
    Object.entries(columns).map(([key, { name }]) => [key, sql`excluded.${sql.identifier(name)}`]),
  )
}

export type CarrierChange = Partial<Omit<Carrier, 'id' | 'state' | 'admitted_at' | 'updated_at'>>

/**
 * Writes what a carrier's row says anew, over what stood at `seen`, its updated_at; conflicts where
 * somebody has changed, suspended or resumed it since, and where the credit code is another's.
 */
export function updateCarrier(
  db: Db,
  { id, state }: Pick<Carrier, 'id' | 'state'>,
  change: CarrierChange,
  { seen, at }: { seen: number; at: number },
): Statement {
  const { updated_at } = carriers
  const suspended = sql`(select count(*) from ${carrier_suspensions} where carrier = ${id})`
  const same = sql`${updated_at} = ${seen} and ${suspended} = ${state === 'suspended' ? 1 : 0}`
  const next = sql`case when ${same} then ${Math.max(at, seen + 1)} else null end`
  return db
    .update(carriers)
    .set({ ...change, updated_at: next })
    .where(eq(carriers.id, id))
}

/** The new instant of a change; null, which the column refuses, where another one came before. */
export function unlessStale(column: SQLiteColumn, seen: number, at: number): SQL {
  return sql`case when ${column} = ${seen} then ${at} else null end`
}

/** Why and since when a carrier is suspended; undefined while it is active. */
export async function findSuspension(
  db: Db,
  carrier: string,
): Promise<typeof carrier_suspensions.$inferSelect | undefined> {
  const own = eq(carrier_suspensions.carrier, carrier)
  return db.select().from(carrier_suspensions).where(own).get()
}

/** Takes a carrier off the map and out of the choice; conflicts where it is suspended already. */
export function suspendCarrier(
  db: Db,
  row: { carrier: string; at: number; by: string; reason: string },
): Statement {
  return db.insert(carrier_suspensions).values(row)
}

export function resumeCarrier(db: Db, carrier: string): Statement {
  return db.delete(carrier_suspensions).where(eq(carrier_suspensions.carrier, carrier))
}
