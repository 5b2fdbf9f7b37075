/**
 * What a carrier offers as others see it, a portion at a time: a carrier may have thousands of
 * instruments, and no page has to hold them all.
 */
import { and, asc, count, eq, isNull, sql } from 'drizzle-orm'
import type { Db } from '../platform/db.ts'
import { named } from './item-store.ts'
import { CATEGORIES, SHARING } from './rules.ts'
import type { Category, Instrument, Service, Words } from './rules.ts'
import { toService } from './store.ts'
import { instruments, services } from './tables.ts'

/** Which of a carrier's offers: those that hold all words, from `offset` on, at most `limit`. */
export type Portion = { word?: Words; limit: number; offset?: number }

/** A portion, and how many there are in all. */
export type Offers<T> = { rows: readonly T[]; count: number }

/** Services that are offered, in the order of the scheme's categories, then by name. */
export async function listServices(
  db: Db,
  carrier: string,
  { word = [], limit, offset = 0 }: Portion,
): Promise<Offers<Service>> {
  const { category, name, id } = services
  const where = and(
    eq(services.carrier, carrier),
    isNull(services.withdrawn_at),
    named('service', word),
  )
  const place = sql`instr(${CATEGORIES.join(',')}, ${category})`
  const [rows, counted] = await Promise.all([
    db
      .select()
      .from(services)
      .where(where)
      .orderBy(place, asc(name), asc(id))
      .limit(limit)
      .offset(offset),
    db.select({ n: count() }).from(services).where(where).get(),
  ])
  return { rows: rows.map(toService), count: counted?.n ?? 0 }
}

/** Instruments that are offered, by name. */
export async function listInstruments(
  db: Db,
  carrier: string,
  { word = [], limit, offset = 0 }: Portion,
): Promise<Offers<Instrument>> {
  const { name, id } = instruments
  const where = and(
    eq(instruments.carrier, carrier),
    isNull(instruments.withdrawn_at),
    named('instrument', word),
  )
  const [rows, counted] = await Promise.all([
    db
      .select()
      .from(instruments)
      .where(where)
      .orderBy(asc(name), asc(id))
      .limit(limit)
      .offset(offset),
    db.select({ n: count() }).from(instruments).where(where).get(),
  ])
  return { rows, count: counted?.n ?? 0 }
}

/** The scheme's categories of all that a carrier offers, each once, in their order. */
export async function listOfferedCategories(db: Db, carrier: string): Promise<Category[]> {
  const [found, shared] = await Promise.all([
    db
      .selectDistinct({ category: services.category })
      .from(services)
      .where(and(eq(services.carrier, carrier), isNull(services.withdrawn_at))),
    db
      .select({ id: instruments.id })
      .from(instruments)
      .where(and(eq(instruments.carrier, carrier), isNull(instruments.withdrawn_at)))
      .limit(1),
  ])
  const offered = new Set(found.map(({ category }) => category))
  if (shared.length > 0) offered.add(SHARING)
  return CATEGORIES.filter((category) => offered.has(category))
}
