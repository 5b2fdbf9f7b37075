/**
 * What is asked of the innovation map's index and what it answers (SPEC B1): organisations,
 * services and instruments by word, place and category.
 * Coordinates are WGS-84 degrees, money is fen.
 */

/** 服务机构 · 服务项目 · 仪器设备. */
export const KINDS = ['organisation', 'service', 'instrument'] as const
export type Kind = (typeof KINDS)[number]

export const SORTS = ['relevance', 'distance', 'price', 'evaluation'] as const
export type Sort = (typeof SORTS)[number]

export type Point = { lng: number; lat: number }

/** A view of the map; west < east and south < north, edges included. */
export type Box = { west: number; south: number; east: number; north: number }

/** An organisation as it is indexed. `categories` are the scheme's, of its published services. */
export type OrganisationDoc = {
  /** The carrier's id, a UUID. */
  subject: string
  name: string
  county: string
  address: string
  phone: string
  lng: number
  lat: number
  intro: string
  categories: readonly string[]
  /** Average stars of real evaluations times 100 (0 without any), and how many there are. */
  rating_percent: number
  rating_count: number
  /** A hidden one (suspended) is not found, and neither is what it offers. */
  hidden: boolean
}

/** A service or instrument as it is indexed; it stands where its organisation stands. */
export type ItemDoc = {
  kind: 'service' | 'instrument'
  /** The service's or instrument's id, a UUID. */
  subject: string
  /** The carrier's id. */
  organisation: string
  name: string
  /** Of an instrument; '' for a service. */
  model: string
  maker: string
  category: string
  /** Per unit; null where it is agreed case by case 面议. */
  price_fen: number | null
  unit: string
  /** Withdrawn items stay known, so that a shard that still has them can be told. */
  hidden: boolean
}

/**
 * A search. `words` are folded (see word-rules) and must all occur; every other part narrows.
 * `region` is a county or city code; `categories` the only ones that count, null for all.
 */
export type Query = {
  kind: Kind
  words: readonly string[]
  region: string | null
  categories: readonly string[] | null
  box: Box | null
  /** Where distances are measured from; needed by the sort by distance. */
  near: Point | null
  sort: Sort
  offset: number
  limit: number
}

/** One found line. distance_m is null where the query has no `near`. */
export type Hit = {
  kind: Kind
  subject: string
  organisation: string
  organisation_name: string
  name: string
  model: string
  maker: string
  category: string
  price_fen: number | null
  unit: string
  county: string
  address: string
  phone: string
  lng: number
  lat: number
  rating_percent: number
  rating_count: number
  distance_m: number | null
  /** Of an organisation: what it offers in all. */
  services: number
  instruments: number
  /** Of an organisation: up to three names of what the words found with it. */
  matched: readonly string[]
}

/** `version` names the state of the index the answer is from: equal versions, equal answers. */
export type Answer = { total: number; hits: readonly Hit[]; version: string }

/** Organisations near each other at a zoom. `one` is set where the cell holds a single one. */
export type Cluster = Point & {
  organisations: number
  /** Matching items in the cell: services or instruments, or organisations for that kind. */
  items: number
  box: Box
  one: { subject: string; name: string } | null
}
export type Clusters = { clusters: readonly Cluster[]; total: number; version: string }

/** A type-ahead line. `organisation` is set where it names one, to lead there at once. */
export type Suggestion = { kind: Kind; text: string; organisation: string | null; count: number }
export type Suggestions = { suggestions: readonly Suggestion[]; version: string }
