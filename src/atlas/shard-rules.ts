/**
 * Shards: the map's index as bytes that are opened without parsing. One holds the organisations,
 * others hold items of one kind (of a city, or all). Hidden items are left out; hidden
 * organisations stay known so that their items are not found.
 */
import { openColumns, packColumns } from './column-rules.ts'
import type { Columns } from './column-rules.ts'
import { openIndex } from './index-rules.ts'
import type { TextIndex } from './index-rules.ts'
import { packIndex } from './pack-rules.ts'
import type { Entry } from './pack-rules.ts'
import type { OrganisationDoc } from './rules.ts'
import { compareIds, compareTexts, openTexts, packIds, packTexts } from './text-rules.ts'
import type { Texts } from './text-rules.ts'
import { chainsOf, foldText, soundsOf } from './word-rules.ts'

/** Raised when the bytes change their meaning; opening another format throws. */
export const SHARD_FORMAT = 2

const ORGANISATIONS = 1

/** Ordinals of organisations are 16 bits wide. */
export const ORGANISATIONS_MAX = 65_000

/** An organisation with how many visible services and instruments it offers. */
export type StockedOrganisation = OrganisationDoc & { services: number; instruments: number }

/**
 * Organisations by ordinal, in the order of county and name. `byId` and `byName` are ordinals;
 * `county` and `scope` are places in `counties` and `scopes` (categories, one a line).
 */
export type OrganisationShard = {
  readonly type: 'organisations'
  count: number
  ids: Uint8Array
  byId: Uint16Array
  byName: Uint16Array
  lng: Float64Array
  lat: Float64Array
  county: Uint16Array
  scope: Uint16Array
  rating: Uint32Array
  ratings: Uint32Array
  services: Uint32Array
  instruments: Uint32Array
  visible: Uint8Array
  counties: Texts
  scopes: Texts
  names: Texts
  addresses: Texts
  phones: Texts
  nameIndex: TextIndex
  aboutIndex: TextIndex
}

export function buildOrganisationShard(docs: readonly StockedOrganisation[]): Uint8Array {
  if (docs.length > ORGANISATIONS_MAX) throw new RangeError(`${docs.length} organisations`)
  const sorted = [...docs].sort((one, other) => placeOrder(one, other) || nameOrder(one, other))
  const ids = packIds(sorted.map(({ subject }) => subject))
  const ordinals = sorted.map((_, at) => at)
  const counties = distinct(sorted.map(({ county }) => county))
  const scopes = distinct(sorted.map(scopeOf))
  const numbers = (part: (doc: StockedOrganisation) => number) => Uint32Array.from(sorted, part)
  return packColumns(ORGANISATIONS, SHARD_FORMAT, [
    ids,
    Uint16Array.from([...ordinals].sort((one, other) => compareIds(ids, one, ids, other))),
    Uint16Array.from([...ordinals].sort((one, other) => nameOrder(docAt(one), docAt(other)))),
    Float64Array.from(sorted, ({ lng }) => lng),
    Float64Array.from(sorted, ({ lat }) => lat),
    Uint16Array.from(sorted, ({ county }) => counties.indexOf(county)),
    Uint16Array.from(sorted, (doc) => scopes.indexOf(scopeOf(doc))),
    numbers(({ rating_percent }) => rating_percent),
    numbers(({ rating_count }) => rating_count),
    numbers(({ services }) => services),
    numbers(({ instruments }) => instruments),
    Uint8Array.from(sorted, ({ hidden }) => (hidden ? 0 : 1)),
    ...packTexts(counties),
    ...packTexts(scopes),
    ...packTexts(sorted.map(({ name }) => name)),
    ...packTexts(sorted.map(({ address }) => address)),
    ...packTexts(sorted.map(({ phone }) => phone)),
    ...packIndex(entriesOf(sorted, ({ name }) => nameEntry(name))),
    ...packIndex(entriesOf(sorted, (doc) => entryOf([doc.intro, ...doc.categories]))),
  ])

  function docAt(ordinal: number): StockedOrganisation {
    return sorted[ordinal] as StockedOrganisation
  }
}

/** Throws on bytes that are something else; then the shard is to be built anew. */
export function openOrganisations(buffer: ArrayBuffer): OrganisationShard {
  const columns = openColumns(buffer, ORGANISATIONS, SHARD_FORMAT)
  const ids = columns.bytes()
  return {
    type: 'organisations',
    count: ids.length / 16,
    ids,
    byId: columns.shorts(),
    byName: columns.shorts(),
    lng: columns.doubles(),
    lat: columns.doubles(),
    county: columns.shorts(),
    scope: columns.shorts(),
    ...openNumbers(columns),
    counties: openTexts(columns),
    scopes: openTexts(columns),
    names: openTexts(columns),
    addresses: openTexts(columns),
    phones: openTexts(columns),
    nameIndex: openIndex(columns),
    aboutIndex: openIndex(columns),
  }
}

function openNumbers(columns: Columns) {
  return {
    rating: columns.words(),
    ratings: columns.words(),
    services: columns.words(),
    instruments: columns.words(),
    visible: columns.bytes(),
  }
}

/** Equal places in every order: by name, then by id. */
export function nameOrder(
  one: { name: string; subject: string },
  other: { name: string; subject: string },
): number {
  return compareTexts(one.name, other.name) || compareTexts(one.subject, other.subject)
}

function placeOrder(one: OrganisationDoc, other: OrganisationDoc): number {
  return compareTexts(one.county, other.county)
}

function scopeOf({ categories }: OrganisationDoc): string {
  return categories.join('\n')
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort(compareTexts)
}

function* entriesOf(
  docs: readonly StockedOrganisation[],
  entry: (doc: StockedOrganisation) => Entry,
): Generator<Entry> {
  for (const doc of docs) yield entry(doc)
}

function nameEntry(name: string) {
  const folded = foldText(name)
  return { folded, chains: [...chainsOf(folded), ...soundsOf(folded)] }
}

/** Several fields as one text: a line's end joins nothing. */
export function entryOf(fields: readonly string[]) {
  const folded = fields.map(foldText).join('\n')
  return { folded, chains: chainsOf(folded) }
}
