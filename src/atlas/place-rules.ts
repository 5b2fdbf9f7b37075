/**
 * The organisations of a shelf by ordinal: those of the shard, then changed ones that replace some
 * of them; and how far places are from each other.
 */
import type { Box, Point } from './rules.ts'
import { buildOrganisationShard, openOrganisations } from './shard-rules.ts'
import type { OrganisationShard, StockedOrganisation } from './shard-rules.ts'
import { compareIds, compareTexts, countTexts, idAt, textAt } from './text-rules.ts'

/**
 * `rank` is the place by name then id, `byName` its inverse. `byRating` and `byRatings` are keys,
 * the smaller the better: by stars, and by stars then by how many gave them. `open` and `squares`
 * are of the search under way.
 */
export type Organisations = {
  count: number
  parts: readonly { shard: OrganisationShard; first: number }[]
  counties: readonly string[]
  scopes: readonly (readonly string[])[]
  byName: Uint16Array
  rank: Uint16Array
  byRating: Float64Array
  byRatings: Float64Array
  open: Uint8Array
  squares: Float64Array
  spans: readonly Span[]
} & Pick<OrganisationShard, 'lng' | 'lat' | 'county' | 'scope' | 'visible'>

/** How many ordinals there can be; the last is of no organisation. */
export const ORDINALS = 65_536
export const NOWHERE = ORDINALS - 1

const laidBefore = new WeakMap<OrganisationShard, Organisations>()

export function layOrganisations(
  base: OrganisationShard,
  fresh: readonly StockedOrganisation[],
): Organisations {
  let laid = laidBefore.get(base)
  if (!laid) laidBefore.set(base, (laid = layBase(base)))
  if (fresh.length === 0) return laid
  return layOver(laid, base, openOrganisations(buildOrganisationShard(fresh).buffer as ArrayBuffer))
}

function layBase(base: OrganisationShard): Organisations {
  const { count, byName, lng, lat, county, scope, visible } = base
  return {
    count,
    lng,
    lat,
    county,
    scope,
    visible,
    byName,
    ...ratingKeys(base),
    parts: [{ shard: base, first: 0 }],
    counties: list(base.counties),
    scopes: list(base.scopes).map(categoriesOf),
    rank: inverse(byName),
    open: new Uint8Array(ORDINALS),
    squares: new Float64Array(count),
    spans: spansOf(base),
  }
}

function ratingKeys({ rating, ratings }: OrganisationShard) {
  return {
    byRating: Float64Array.from(rating, (stars) => -stars),
    byRatings: Float64Array.from(
      rating,
      (stars, at) => -(stars * 2 ** 32 + (ratings[at] as number)),
    ),
  }
}

function layOver(laid: Organisations, base: OrganisationShard, over: OrganisationShard) {
  const parts = [...laid.parts, { shard: over, first: base.count }]
  const byName = mergeByName(base, over)
  const visible = joined(base.visible, over.visible)
  for (let at = 0, place = 0; at < base.count && place < over.count;) {
    const [one, other] = [base.byId[at] as number, over.byId[place] as number]
    const order = compareIds(base.ids, one, over.ids, other)
    if (order === 0) visible[one] = 0
    if (order <= 0) at++
    if (order >= 0) place++
  }
  const keys = ratingKeys(over)
  const [lng, lat] = [joined(base.lng, over.lng), joined(base.lat, over.lat)]
  const moved = (places: Uint16Array, by: number) => places.map((place) => place + by)
  return {
    count: base.count + over.count,
    open: new Uint8Array(ORDINALS),
    squares: new Float64Array(base.count + over.count),
    parts,
    byName,
    rank: inverse(byName),
    visible,
    counties: [...laid.counties, ...list(over.counties)],
    scopes: [...laid.scopes, ...list(over.scopes).map(categoriesOf)],
    lng,
    lat,
    county: joined(base.county, moved(over.county, laid.counties.length)),
    scope: joined(base.scope, moved(over.scope, laid.scopes.length)),
    spans: [...laid.spans, ...spansOf(over).map((span) => movedSpan(span, base.count))],
    byRating: joined(laid.byRating, keys.byRating),
    byRatings: joined(laid.byRatings, keys.byRatings),
  }
}

function joined<T extends Uint8Array | Uint16Array | Float64Array>(one: T, other: T): T {
  const both = new (one.constructor as new (length: number) => T)(one.length + other.length)
  both.set(one)
  both.set(other, one.length)
  return both
}

/** Both are sorted; a changed one goes before the first that is not below it. */
function mergeByName(base: OrganisationShard, over: OrganisationShard): Uint16Array {
  const order = new Uint16Array(base.count + over.count)
  let place = 0
  let at = 0
  for (const ordinal of over.byName) {
    const end = placeAmong(base, textAt(over.names, ordinal), idAt(over.ids, ordinal))
    while (at < end) order[place++] = base.byName[at++] as number
    order[place++] = base.count + ordinal
  }
  while (at < base.count) order[place++] = base.byName[at++] as number
  return order
}

function placeAmong(base: OrganisationShard, name: string, id: string): number {
  let [low, high] = [0, base.count]
  while (low < high) {
    const middle = (low + high) >>> 1
    const one = base.byName[middle] as number
    const order =
      compareTexts(textAt(base.names, one), name) || compareTexts(idAt(base.ids, one), id)
    if (order < 0) low = middle + 1
    else high = middle
  }
  return low
}

function list(texts: OrganisationShard['counties']): string[] {
  return Array.from({ length: countTexts(texts) }, (_, at) => textAt(texts, at))
}

function categoriesOf(scope: string): string[] {
  return scope === '' ? [] : scope.split('\n')
}

function inverse(order: Uint16Array): Uint16Array {
  const places = new Uint16Array(order.length)
  for (let place = 0; place < order.length; place++) places[order[place] as number] = place
  return places
}

/** Where in which shard an organisation stands. */
export function partOf({ parts }: Organisations, ordinal: number) {
  const part = parts.findLast(({ first }) => first <= ordinal)
  if (!part) throw new RangeError(`no organisation ${ordinal}`)
  return { shard: part.shard, at: ordinal - part.first }
}

/** Where the organisations of a county stand: by ordinal, and on the map. */
export type Span = { from: number; to: number; edges: Box }

/** They are in the order of counties, those laid over after those below. */
function spansOf({ counties, county, lng, lat }: OrganisationShard): Span[] {
  const spans = Array.from({ length: countTexts(counties) }, (): Span => {
    const edges = { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity }
    return { from: 0, to: 0, edges }
  })
  for (let at = 0; at < county.length; at++) {
    const span = spans[county[at] as number] as Span
    if (span.to === 0) span.from = at
    span.to = at + 1
    const { edges } = span
    edges.west = Math.min(edges.west, lng[at] as number)
    edges.east = Math.max(edges.east, lng[at] as number)
    edges.south = Math.min(edges.south, lat[at] as number)
    edges.north = Math.max(edges.north, lat[at] as number)
  }
  return spans
}

function movedSpan({ from, to, edges }: Span, by: number): Span {
  return { from: from + by, to: to + by, edges }
}

const EARTH_METRES = 6_371_008.8
export const RADIANS = Math.PI / 180

/** Great-circle distance in metres. */
export function metresBetween(one: Point, other: Point): number {
  const [dLat, dLng] = [(other.lat - one.lat) * RADIANS, (other.lng - one.lng) * RADIANS]
  const across = Math.cos(one.lat * RADIANS) * Math.cos(other.lat * RADIANS)
  const a = Math.sin(dLat / 2) ** 2 + across * Math.sin(dLng / 2) ** 2
  return 2 * EARTH_METRES * Math.asin(Math.min(1, Math.sqrt(a)))
}

/** What nearness is ordered by: the square of degrees on a plane through `near`. */
export function squareBetween(near: Point, lng: number, lat: number): number {
  const dx = (lng - near.lng) * Math.cos(near.lat * RADIANS)
  const dy = lat - near.lat
  return dx * dx + dy * dy
}
