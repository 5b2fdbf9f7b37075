/** Rows of D1 as documents: what a shard is built from and what fresh changes are. */
import type { ItemDoc } from './rules.ts'
import type { StockedOrganisation } from './shard-rules.ts'

/** Columns of an organisation o with what it offers. */
export const ORGANISATION_FIELDS = `o.id, o.subject, o.name, o.county, o.address, o.phone,
  o.lng, o.lat, o.intro, o.categories, o.rating_percent, o.rating_count, o.hidden,
  (SELECT count(*) FROM atlas_places WHERE organisation = o.id AND kind = 'service') AS services,
  (SELECT count(*) FROM atlas_places WHERE organisation = o.id AND kind = 'instrument')
    AS instruments`

/** Columns of an item i. */
export const ITEM_FIELDS = `i.kind, i.subject, i.organisation, i.name, i.model, i.maker, i.category,
  i.price_fen, i.unit, i.hidden`

export type OrganisationRow = Omit<StockedOrganisation, 'categories' | 'hidden'> & {
  id: number
  /** JSON text. */
  categories: string
  hidden: number
}

export type ItemRow = Omit<ItemDoc, 'hidden'> & { hidden: number }

export function organisationOf({ id: _id, ...row }: OrganisationRow): StockedOrganisation {
  const categories = JSON.parse(row.categories) as string[]
  return { ...row, categories, hidden: row.hidden !== 0 }
}

export function itemOf(row: ItemRow): ItemDoc {
  return { ...row, hidden: row.hidden !== 0 }
}
