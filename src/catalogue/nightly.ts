/**
 * Brings the map's index in line with the catalogue where the two differ: an instance from before
 * there was one, rows written past it. Reads only what differs, so an ordinary night reads nothing.
 */
import { and, asc, eq, getTableColumns, gt, or, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import { putItems, putOrganisations, touchAtlas } from '../atlas/client.ts'
import { atlas_items, atlas_organisations } from '../atlas/tables.ts'
import type { Bindings } from '../platform/bindings.ts'
import { commit, dbOf } from '../platform/db.ts'
import type { Db } from '../platform/db.ts'
import { carrierDocsNow, instrumentDoc, serviceDoc } from './document.ts'
import type { Carrier, Kind, Service } from './rules.ts'
import { SHARING } from './rules.ts'
import { carrier_suspensions, carriers, instruments, services } from './tables.ts'

/** Rows of one step, each read and written by itself. */
const STEP = 500
const CARRIERS_STEP = 50
/** Steps of one run and kind, below the bound on queries; what is left waits for the next. */
const STEPS_MAX = 80

/** Answers how many documents were put. */
export async function indexMissing(env: Bindings, now: number): Promise<number> {
  const db = dbOf(env)
  const put =
    (await inSteps((after) => putCarriers(db, after, now))) +
    (await inSteps((after) => putKind(db, 'service', after, now))) +
    (await inSteps((after) => putKind(db, 'instrument', after, now)))
  if (put > 0) await touchAtlas(env)
  return put
}

/** The same by day, but only where the index knows nobody yet: an instance from before it. */
export async function indexFirst(env: Bindings, now: number): Promise<number> {
  const known = await dbOf(env)
    .select({ id: atlas_organisations.id })
    .from(atlas_organisations)
    .limit(1)
  return known.length > 0 ? 0 : indexMissing(env, now)
}

/** The ids of what a step put, in their order; the next one starts behind the last. */
async function inSteps(step: (after: string) => Promise<string[]>): Promise<number> {
  let [count, after] = [0, '']
  for (let steps = 0; steps < STEPS_MAX; steps += 1) {
    const ids = await step(after)
    const last = ids.at(-1)
    if (last === undefined) break
    count += ids.length
    after = last
  }
  return count
}

async function putCarriers(db: Db, after: string, now: number): Promise<string[]> {
  const doc = atlas_organisations
  const suspended = sql`${carrier_suspensions.carrier} is not null`
  const rows = await db
    .select({ ...getTableColumns(carriers), suspended: carrier_suspensions.carrier })
    .from(carriers)
    .leftJoin(carrier_suspensions, eq(carrier_suspensions.carrier, carriers.id))
    .leftJoin(doc, eq(doc.subject, carriers.id))
    .where(
      and(
        gt(carriers.id, after),
        or(
          differ(doc.subject, carriers.id),
          differ(doc.name, carriers.name),
          differ(doc.county, carriers.county),
          differ(doc.address, carriers.address),
          differ(doc.phone, carriers.phone),
          differ(doc.lng, carriers.lng),
          differ(doc.lat, carriers.lat),
          differ(doc.intro, carriers.intro),
          differ(doc.hidden, suspended),
          and(sql`${carriers.categories} <> '[]'`, differ(doc.categories, carriers.categories)),
        ),
      ),
    )
    .orderBy(asc(carriers.id))
    .limit(CARRIERS_STEP)
  const found = rows.map(({ suspended, ...row }): Carrier => {
    return { ...row, state: suspended === null ? 'active' : 'suspended' }
  })
  if (found.length === 0) return []
  await commit(db, putOrganisations(db, await carrierDocsNow(db, found), now))
  return rows.map(({ id }) => id)
}

async function putKind(db: Db, kind: Kind, after: string, now: number): Promise<string[]> {
  const docs =
    kind === 'service' ? await strayServices(db, after) : await strayInstruments(db, after)
  await commit(db, putItems(db, docs, now))
  return docs.map(({ subject }) => subject)
}

async function strayServices(db: Db, after: string) {
  const rows = await db
    .select(getTableColumns(services))
    .from(services)
    .leftJoin(atlas_items, eq(atlas_items.subject, services.id))
    .where(
      and(
        gt(services.id, after),
        strays(services, differ(atlas_items.category, services.category)),
      ),
    )
    .orderBy(asc(services.id))
    .limit(STEP)
  return rows.map((row) => serviceDoc(row as Service))
}

async function strayInstruments(db: Db, after: string) {
  const own = or(
    differ(atlas_items.model, instruments.model),
    differ(atlas_items.maker, instruments.maker),
    differ(atlas_items.category, sql`${SHARING}`),
  )
  const rows = await db
    .select(getTableColumns(instruments))
    .from(instruments)
    .leftJoin(atlas_items, eq(atlas_items.subject, instruments.id))
    .where(and(gt(instruments.id, after), strays(instruments, own)))
    .orderBy(asc(instruments.id))
    .limit(STEP)
  return rows.map(instrumentDoc)
}

/** True where the index does not know a row, or knows it otherwise. */
function strays(
  table: typeof services | typeof instruments,
  own: SQL | undefined,
): SQL | undefined {
  return or(
    differ(atlas_items.subject, table.id),
    differ(atlas_items.organisation, table.carrier),
    differ(atlas_items.name, table.name),
    differ(atlas_items.price_fen, table.price_fen),
    differ(atlas_items.unit, table.unit),
    differ(atlas_items.hidden, sql`${table.withdrawn_at} is not null`),
    own,
  )
}

/** Null-safe: where the document is missing, everything differs. */
function differ(known: SQL | object, told: SQL | object): SQL {
  return sql`${known} is not (${told})`
}
