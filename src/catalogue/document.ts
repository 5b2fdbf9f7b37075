/** Carriers, services and instruments as documents: what the map's index is told of them. */
import { inArray } from 'drizzle-orm'
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
 * Documents of carriers that may be in the index already, in their order: their ratings stay, and
 * where nobody has said what one is recognised for, its services do. Two queries for all.
 */
export async function carrierDocsNow(db: Db, all: readonly Carrier[]): Promise<OrganisationDoc[]> {
  const { rating_percent, rating_count, subject } = atlas_organisations
  const ids = all.map(({ id }) => id)
  const [ratings, offered] = await Promise.all([
    db
      .select({ subject, rating_percent, rating_count })
      .from(atlas_organisations)
      .where(inArray(subject, ids)),
    db
      .selectDistinct({ carrier: services.carrier, category: services.category })
      .from(services)
      .where(inArray(services.carrier, ids))
      .orderBy(services.category),
  ])
  const rating = new Map(ratings.map(({ subject: id, ...one }) => [id, one]))
  return all.map((carrier) => {
    const own = offered.filter((one) => one.carrier === carrier.id).map(({ category }) => category)
    const categories = carrier.categories.length > 0 ? carrier.categories : own
    return { ...carrierDoc(carrier, rating.get(carrier.id)), categories }
  })
}
