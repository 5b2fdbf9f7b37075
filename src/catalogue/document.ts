/** Carriers, services and instruments as documents: what the map's index is told of them. */
import { eq } from 'drizzle-orm'
import type { ItemDoc, OrganisationDoc } from '../atlas/rules.ts'
import { atlas_organisations } from '../atlas/tables.ts'
import type { Db } from '../platform/db.ts'
import { SHARING } from './rules.ts'
import type { Carrier, Instrument, Service } from './rules.ts'
import { services } from './tables.ts'

/** A service as it is found; withdrawn ones stay known and hidden. */
export function serviceDoc(row: Service): ItemDoc {
  const { id, carrier, name, category, price_fen, unit, withdrawn_at } = row
  const doc = { subject: id, organisation: carrier, name, category, price_fen, unit }
  return { kind: 'service', ...doc, model: '', maker: '', hidden: withdrawn_at !== null }
}

export function instrumentDoc(row: Instrument): ItemDoc {
  const { id, carrier, name, model, maker, price_fen, unit, withdrawn_at } = row
  const doc = { subject: id, organisation: carrier, name, model, maker, price_fen, unit }
  return { kind: 'instrument', ...doc, category: SHARING, hidden: withdrawn_at !== null }
}

type Rating = Pick<OrganisationDoc, 'rating_percent' | 'rating_count'>
const UNRATED: Rating = { rating_percent: 0, rating_count: 0 }

/** A carrier as it is found; its categories are those it is recognised for. */
export function carrierDoc(
  carrier: Omit<Carrier, 'state'> & Partial<Pick<Carrier, 'state'>>,
  rating: Rating = UNRATED,
): OrganisationDoc {
  const { id, name, county, address, phone, lng, lat, intro, categories, state } = carrier
  const place = { county, address, phone, lng, lat }
  const hidden = state === 'suspended'
  return { subject: id, name, ...place, intro, categories, ...rating, hidden }
}

/**
 * The document of a carrier that may be in the index already: its rating stays, and where nobody
 * has said what it is recognised for, its services do.
 */
export async function carrierDocNow(db: Db, carrier: Carrier): Promise<OrganisationDoc> {
  const { rating_percent, rating_count, subject } = atlas_organisations
  const [rating, offered] = await Promise.all([
    db
      .select({ rating_percent, rating_count })
      .from(atlas_organisations)
      .where(eq(subject, carrier.id))
      .get(),
    carrier.categories.length > 0 ? carrier.categories : categoriesOf(db, carrier.id),
  ])
  return { ...carrierDoc(carrier, rating), categories: offered }
}

async function categoriesOf(db: Db, carrier: string): Promise<string[]> {
  const rows = await db
    .selectDistinct({ category: services.category })
    .from(services)
    .where(eq(services.carrier, carrier))
    .orderBy(services.category)
  return rows.map(({ category }) => category)
}
