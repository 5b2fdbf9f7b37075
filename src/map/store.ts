/**
 * The public search over the catalogue's tables: active carriers, their services and instruments.
 * Every word must occur, in the name or in what is offered.
 */
import { and, asc, eq, isNull, or, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import { inRegion, mentions, offers } from '../catalogue/client.ts'
import type { Category } from '../catalogue/rules.ts'
import { carrier_suspensions, carriers, instruments, services } from '../catalogue/tables.ts'
import type { Db } from '../platform/db.ts'
import { PAGE_SIZE } from './rules.ts'
import type { Kind, Search } from './rules.ts'

/** One line of the result: an organisation, or a service or instrument of one. */
export type Hit = {
  organisation: string
  name: string
  organisation_name: string
  county: string
  phone: string
  /** Of a service. */
  category: Category | null
  price: { price_fen: number | null; unit: string } | null
  /** Of an organisation: what it offers. */
  services: number
  instruments: number
  /** Of an organisation: some of what the words found with it; null where its name says it all. */
  matched: string | null
}

export async function search(db: Db, asked: Search): Promise<Hit[]> {
  const offset = (asked.page - 1) * PAGE_SIZE
  switch (asked.kind) {
    case 'organisation':
      return listOrganisations(db, asked, offset)
    case 'service':
      return listServiceHits(db, asked, offset)
    case 'instrument':
      return listInstrumentHits(db, asked, offset)
  }
}

/** How many of each kind the same words, region and category find. */
export async function countHits(db: Db, asked: Search): Promise<Record<Kind, number>> {
  const count = { n: sql<number>`count(*)` }
  const [[organisation], [service], [instrument]] = await db.batch([
    db
      .select(count)
      .from(carriers)
      .leftJoin(carrier_suspensions, eq(carrier_suspensions.carrier, carriers.id))
      .where(organisationsOf(asked)),
    db
      .select(count)
      .from(services)
      .innerJoin(carriers, eq(carriers.id, services.carrier))
      .leftJoin(carrier_suspensions, eq(carrier_suspensions.carrier, carriers.id))
      .where(servicesOf(asked)),
    db
      .select(count)
      .from(instruments)
      .innerJoin(carriers, eq(carriers.id, instruments.carrier))
      .leftJoin(carrier_suspensions, eq(carrier_suspensions.carrier, carriers.id))
      .where(instrumentsOf(asked)),
  ])
  return {
    organisation: organisation?.n ?? 0,
    service: service?.n ?? 0,
    instrument: instrument?.n ?? 0,
  }
}

const ORGANISATION = {
  organisation: carriers.id,
  organisation_name: carriers.name,
  county: carriers.county,
  phone: carriers.phone,
}

async function listOrganisations(db: Db, asked: Search, offset: number): Promise<Hit[]> {
  const rows = await db
    .select({
      ...ORGANISATION,
      services: sql<number>`(select count(*) from ${services}
        where ${services.carrier} = ${carriers.id})`,
      instruments: sql<number>`(select count(*) from ${instruments}
        where ${instruments.carrier} = ${carriers.id})`,
      matched: matchedBy(asked),
    })
    .from(carriers)
    .leftJoin(carrier_suspensions, eq(carrier_suspensions.carrier, carriers.id))
    .where(organisationsOf(asked))
    .orderBy(...namedFirst(carriers.name, asked), asc(carriers.name), asc(carriers.id))
    .limit(PAGE_SIZE)
    .offset(offset)
  return rows.map((row) => ({ ...row, name: row.organisation_name, category: null, price: null }))
}

async function listServiceHits(db: Db, asked: Search, offset: number): Promise<Hit[]> {
  const rows = await db
    .select({
      ...ORGANISATION,
      name: services.name,
      category: sql<Category>`${services.category}`,
      price_fen: services.price_fen,
      unit: services.unit,
    })
    .from(services)
    .innerJoin(carriers, eq(carriers.id, services.carrier))
    .leftJoin(carrier_suspensions, eq(carrier_suspensions.carrier, carriers.id))
    .where(servicesOf(asked))
    .orderBy(...namedFirst(services.name, asked), asc(services.name), asc(services.id))
    .limit(PAGE_SIZE)
    .offset(offset)
  return rows.map(({ price_fen, unit, ...row }) => ({
    ...row,
    price: { price_fen, unit },
    services: 0,
    instruments: 0,
    matched: null,
  }))
}

async function listInstrumentHits(db: Db, asked: Search, offset: number): Promise<Hit[]> {
  const rows = await db
    .select({
      ...ORGANISATION,
      name: sql<string>`trim(${instruments.name} || ' ' || ${instruments.model})`,
      price_fen: instruments.price_fen,
      unit: instruments.unit,
    })
    .from(instruments)
    .innerJoin(carriers, eq(carriers.id, instruments.carrier))
    .leftJoin(carrier_suspensions, eq(carrier_suspensions.carrier, carriers.id))
    .where(instrumentsOf(asked))
    .orderBy(...namedFirst(instruments.name, asked), asc(instruments.name), asc(instruments.id))
    .limit(PAGE_SIZE)
    .offset(offset)
  return rows.map(({ price_fen, unit, ...row }) => ({
    ...row,
    category: null,
    price: { price_fen, unit },
    services: 0,
    instruments: 0,
    matched: null,
  }))
}

/** Up to three services and instruments whose name holds one of the words. */
function matchedBy({ words }: Search): SQL<string | null> {
  if (words.length === 0) return sql<string | null>`null`
  const some = (named: Named) => or(...words.map((word) => holds(named, word)))
  return sql<string | null>`(select group_concat(name, '、') from (
    select ${services.name} as name from ${services}
      where ${services.carrier} = ${carriers.id} and ${some(services.name)}
    union all select ${instruments.name} from ${instruments}
      where ${instruments.carrier} = ${carriers.id} and ${some(instruments.name)}
    limit 3))`
}

function organisationsOf({ words, region, category }: Search): SQL | undefined {
  return and(
    isNull(carrier_suspensions.carrier),
    inRegion(region ?? undefined),
    offers(category ?? undefined),
    ...words.map(mentions),
  )
}

function servicesOf({ words, region, category }: Search): SQL | undefined {
  return and(
    isNull(carrier_suspensions.carrier),
    inRegion(region ?? undefined),
    category ? eq(services.category, category) : undefined,
    ...words.map((word) => or(holds(services.name, word), holds(carriers.name, word))),
  )
}

function instrumentsOf({ words, region, category }: Search): SQL | undefined {
  const named = sql`${instruments.name} || ' ' || ${instruments.model}`
  return and(
    isNull(carrier_suspensions.carrier),
    inRegion(region ?? undefined),
    offers(category ?? undefined),
    ...words.map((word) => or(holds(named, word), holds(carriers.name, word))),
  )
}

type Named = SQL | typeof carriers.name | typeof services.name | typeof instruments.name

/** instr takes any word as it is: nothing to escape, no limit of length. */
function holds(named: Named, word: string): SQL {
  return sql`instr(lower(${named}), ${word}) > 0`
}

/** What carries all the words in its own name comes first. */
function namedFirst(named: Named, { words }: Search): SQL[] {
  const [first, ...rest] = words.map((word) => holds(named, word))
  if (!first) return []
  return [sql`${and(first, ...rest)} desc`]
}
