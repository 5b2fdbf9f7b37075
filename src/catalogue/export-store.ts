/**
 * The rows of the catalogue's exports, portion by portion: each carrier is looked at once and each
 * item read once, however long the list, and no more than a portion is in memory.
 */
import { and, asc, count, eq, gt, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import type { Db } from '../platform/db.ts'
import { rowFrom, selectDesk, within } from './desk-store.ts'
import type { DeskQuery, DeskRow } from './desk-store.ts'
import type { Item } from './item-store.ts'
import type { Kind } from './rules.ts'
import { carrier_suspensions, carriers, instruments, services } from './tables.ts'

/** Rows of one read: a request has a thousand reads. */
const PORTION = 1000

/** Never found by the index of counties, which would read all of them again for each portion. */
const COUNTY = sql`+${carriers.county}`

/** All carriers of a query in the order of their ids, a portion at a time. */
export async function* readCarriers(db: Db, query: DeskQuery): AsyncGenerator<DeskRow[]> {
  for (let after = ''; ;) {
    const rows = await selectDesk(db)
      .where(and(within(query, COUNTY), gt(carriers.id, after)))
      .orderBy(asc(carriers.id))
      .limit(PORTION)
    if (rows.length > 0) yield rows.map(rowFrom)
    const last = rows.at(-1)
    if (!last || rows.length < PORTION) return
    after = last.id
  }
}

/** An item with whose it is. */
export type OwnedItem = { item: Item; uscc: string; carrier_name: string }

type Owner = { id: string; uscc: string; name: string; items: number }

/** All items of a query's carriers, or of one carrier: carrier by carrier, by name. */
export async function* readItems(
  db: Db,
  kind: Kind,
  whose: DeskQuery | { carrier: string },
): AsyncGenerator<OwnedItem[]> {
  const where = 'carrier' in whose ? eq(carriers.id, whose.carrier) : within(whose, COUNTY)
  for await (const owners of readOwners(db, kind, where)) {
    for (const few of groupsOf(owners)) {
      const [first] = few
      if (few.length === 1 && first) yield* readOwn(db, kind, first)
      else yield await readFew(db, kind, few)
    }
  }
}

/** Carriers with how many items of the kind each has, withdrawn ones too; none with no items. */
async function* readOwners(
  db: Db,
  kind: Kind,
  where: SQL | undefined,
): AsyncGenerator<readonly Owner[]> {
  const table = tableOf(kind)
  const { id, uscc, name } = carriers
  const items = sql<number>`(select ${count()} from ${table} where ${table.carrier} = ${id})`
  for (let after = ''; ;) {
    const rows = await db
      .select({ id, uscc, name, items })
      .from(carriers)
      .leftJoin(carrier_suspensions, eq(carrier_suspensions.carrier, id))
      .where(and(where, gt(id, after)))
      .orderBy(asc(id))
      .limit(PORTION)
    yield rows.filter((one) => one.items > 0)
    const last = rows.at(-1)
    if (!last || rows.length < PORTION) return
    after = last.id
  }
}

/** Carriers whose items fit into one read together; one that has more stands alone. */
function groupsOf(owners: readonly Owner[]): Owner[][] {
  const groups: Owner[][] = []
  let room = 0
  for (const owner of owners) {
    if (owner.items > room) {
      groups.push([])
      room = PORTION
    }
    groups.at(-1)?.push(owner)
    room -= owner.items
  }
  return groups
}

async function readFew(db: Db, kind: Kind, owners: readonly Owner[]): Promise<OwnedItem[]> {
  const table = tableOf(kind)
  const list = JSON.stringify(owners.map(({ id }) => id))
  const rows = await db
    .select()
    .from(table)
    .where(sql`${table.carrier} in (select value from json_each(${list}))`)
    .orderBy(asc(table.carrier), asc(table.name), asc(table.id))
  const by = new Map(owners.map((owner) => [owner.id, owner]))
  return rows.flatMap((row) => {
    const owner = by.get(row.carrier)
    return owner ? [owned(kind, row, owner)] : []
  })
}

/** From where it stopped on, by name: as the index by carrier and name has them. */
async function* readOwn(db: Db, kind: Kind, owner: Owner): AsyncGenerator<OwnedItem[]> {
  const table = tableOf(kind)
  for (let after = { name: '', id: '' }; ;) {
    const later = sql`(${table.name}, ${table.id}) > (${after.name}, ${after.id})`
    const rows = await db
      .select()
      .from(table)
      .where(and(eq(table.carrier, owner.id), later))
      .orderBy(asc(table.name), asc(table.id))
      .limit(PORTION)
    yield rows.map((row) => owned(kind, row, owner))
    const last = rows.at(-1)
    if (!last || rows.length < PORTION) return
    after = last
  }
}

function owned(kind: Kind, row: object, { uscc, name }: Owner): OwnedItem {
  return { item: { kind, row } as Item, uscc, carrier_name: name }
}

function tableOf(kind: Kind): typeof services | typeof instruments {
  return kind === 'service' ? services : instruments
}
