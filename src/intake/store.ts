/** Imports in D1: reads answer the rules' types with the state they are in. */
import {
  and,
  asc,
  desc,
  eq,
  getTableColumns,
  inArray,
  isNotNull,
  isNull,
  or,
  sql,
} from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import { carriers } from '../catalogue/tables.ts'
import { inRegion } from '../platform/db.ts'
import type { Db, Statement } from '../platform/db.ts'
import { stateAfter } from './rules.ts'
import type { Import, Kind, Step } from './rules.ts'
import { import_moves, imports } from './tables.ts'

/** Where an import belongs now: a carrier that has moved takes its imports along. */
const REGION = sql<string>`coalesce(
  (select ${carriers.county} from ${carriers} where ${carriers.id} = ${imports.carrier}),
  ${imports.region})`
const COLUMNS = { ...getTableColumns(imports), region: REGION.as('region_now') }

/** The import and its first audit row stand in one batch; conflicts where the file came twice. */
export function insertImport(db: Db, row: typeof imports.$inferInsert): Statement {
  return db.insert(imports).values(row)
}

/** The next move of an import as it was read; conflicts where somebody was faster. */
export function insertMove(db: Db, one: Pick<Import, 'id' | 'steps'>, step: Step): Statement {
  const number = one.steps.length + 1
  return db.insert(import_moves).values({ import: one.id, number, ...step })
}

export async function findImport(db: Db, id: string): Promise<Import | undefined> {
  const row = await db.select(COLUMNS).from(imports).where(eq(imports.id, id)).get()
  return row && (await withSteps(db, [row]))[0]
}

/** Whose imports: a carrier's own, or what a bureau began and what carriers below it did. */
export type Whose = { carrier: string } | { region: string }

const PAGE_SIZE = 20

/** Newest first, a page of them, and how many pages there are. */
export async function listImports(
  db: Db,
  whose: Whose,
  page: number,
): Promise<{ imports: Import[]; pages: number }> {
  const where = 'carrier' in whose ? eq(imports.carrier, whose.carrier) : ofRegion(whose.region)
  const [rows, counted] = await Promise.all([
    db
      .select(COLUMNS)
      .from(imports)
      .where(where)
      .orderBy(desc(imports.at), desc(imports.id))
      .limit(PAGE_SIZE)
      .offset((page - 1) * PAGE_SIZE),
    db
      .select({ n: sql<number>`count(*)` })
      .from(imports)
      .where(where)
      .get(),
  ])
  const pages = Math.max(1, Math.ceil((counted?.n ?? 0) / PAGE_SIZE))
  return { imports: await withSteps(db, rows), pages }
}

function ofRegion(region: string): SQL | undefined {
  const own = and(isNull(imports.carrier), eq(imports.region, region))
  return or(own, and(isNotNull(imports.carrier), inRegion(REGION, region)))
}

type Row = typeof imports.$inferSelect

async function withSteps(db: Db, rows: readonly Row[]): Promise<Import[]> {
  if (rows.length === 0) return []
  const ids = rows.map(({ id }) => id)
  const moves = await db
    .select()
    .from(import_moves)
    .where(inArray(import_moves.import, ids))
    .orderBy(asc(import_moves.import), asc(import_moves.number))
  return rows.map(({ sha256: _sha256, ...row }) => {
    const own = moves.filter((move) => move.import === row.id)
    const steps = own.map(({ move, at, by, by_name, facts }) => ({ move, at, by, by_name, facts }))
    return { ...row, steps, state: stateAfter(steps.map(({ move }) => move)) }
  })
}

const WAITING_MAX = 50

/** Imports of carriers of a region that wait for review, oldest first. */
export async function listWaiting(db: Db, region: string): Promise<Import[]> {
  const rows = await db
    .select(COLUMNS)
    .from(imports)
    .where(and(isNotNull(imports.carrier), inRegion(REGION, region), sql`${lastMove()} = 'send'`))
    .orderBy(asc(imports.at))
    .limit(WAITING_MAX)
  return withSteps(db, rows)
}

function lastMove(): SQL {
  return sql`(select ${import_moves.move} from ${import_moves}
    where ${import_moves.import} = ${imports.id}
    order by ${import_moves.number} desc limit 1)`
}

/** Imports whose job should have something to do: their last move leaves them so. */
export async function listMoving(db: Db, before: number, limit: number): Promise<string[]> {
  const rows = await db
    .select({ id: imports.id })
    .from(imports)
    .where(
      and(
        sql`${imports.at} < ${before}`,
        sql`coalesce(${lastMove()}, 'none') in ('none', 'import', 'approve')`,
      ),
    )
    .orderBy(asc(imports.at))
    .limit(limit)
  return rows.map(({ id }) => id)
}

/** What is published under these names already, as `carrier name model` or a credit code. */
export async function listPublished(
  db: Db,
  kind: Kind,
  wanted: readonly { carrier: string; name: string; model: string }[],
): Promise<Set<string>> {
  const list = JSON.stringify(wanted)
  const found = await db.all<{ carrier: string; name: string; model: string }>(
    kind === 'carrier' ? carriersCalled(list) : offersCalled(kind, list),
  )
  return new Set(found.map(publishedKey))
}

/** The name under which `listPublished` answers; a carrier's is its credit code. */
export function publishedKey(row: { carrier: string; name: string; model: string }): string {
  return JSON.stringify([row.carrier, row.name, row.model])
}

function carriersCalled(list: string): SQL {
  return sql`select uscc as carrier, '' as name, '' as model from carriers
    where uscc in (select value ->> 'carrier' from json_each(${list}))`
}

/**
 * What was taken down counts too: its carrier puts it back by a press, not a second one beside it.
 * The list leads: for each of its rows one step into the index by carrier and name.
 */
function offersCalled(kind: 'service' | 'instrument', list: string): SQL {
  if (kind === 'service')
    return sql`select t.carrier, t.name, '' as model from json_each(${list}) as wanted
      cross join services as t on t.carrier = wanted.value ->> 'carrier'
        and t.name = wanted.value ->> 'name'`
  return sql`select t.carrier, t.name, t.model from json_each(${list}) as wanted
    cross join instruments as t on t.carrier = wanted.value ->> 'carrier'
      and t.name = wanted.value ->> 'name' and t.model = wanted.value ->> 'model'`
}

/** Those of these ids that stand already, published by an earlier try of the same import. */
export async function listStanding(
  db: Db,
  kind: Kind,
  ids: readonly string[],
): Promise<Set<string>> {
  const table = sql.identifier(`${kind}s`)
  const rows = await db.all<{ id: string }>(
    sql`select id from ${table} where id in (select value from json_each(${JSON.stringify(ids)}))`,
  )
  return new Set(rows.map(({ id }) => id))
}

export type OwnerRow = { id: string; uscc: string; county: string; categories: string }

/** Carriers by their credit codes or ids. */
export async function listOwners(
  db: Db,
  by: 'uscc' | 'id',
  values: readonly string[],
): Promise<OwnerRow[]> {
  const column = sql.identifier(by)
  return db.all<OwnerRow>(
    sql`select id, uscc, county, categories from carriers
      where ${column} in (select value from json_each(${JSON.stringify(values)}))`,
  )
}

/** What these carriers are called, by id. */
export async function listNames(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await db.all<{ id: string; name: string }>(
    sql`select id, name from carriers
      where id in (select value from json_each(${JSON.stringify(ids)}))`,
  )
  return new Map(rows.map(({ id, name }) => [id, name]))
}
