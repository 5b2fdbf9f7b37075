/**
 * The index said plainly: every document is looked at, everything found is sorted. What the index
 * answers must equal this.
 */
import { covers } from '../../src/kernel/region.ts'
import { metresBetween, squareBetween } from '../../src/atlas/place-rules.ts'
import type { Answer, Hit, ItemDoc, Kind, Query } from '../../src/atlas/rules.ts'
import type { StockedOrganisation } from '../../src/atlas/shard-rules.ts'
import { compareTexts } from '../../src/atlas/text-rules.ts'
import { closenessOf, namedText, occursIn, textOf } from '../../src/atlas/word-rules.ts'
import type { Text } from '../../src/atlas/word-rules.ts'
import { itemTexts, offeredTexts, organisationTexts } from './match.ts'

type Documents = { organisations: readonly StockedOrganisation[]; items: readonly ItemDoc[] }
type Line = { hit: Hit; name: Text; organisation: StockedOrganisation; item: ItemDoc | null }

/** Everything that could be found, its texts made once. */
export class NaiveIndex {
  readonly #organisations: { doc: StockedOrganisation; texts: Text[]; name: Text }[]
  readonly #items: { doc: ItemDoc; texts: Text[]; offered: Text[]; name: Text }[]
  readonly #itemsOf: Map<string, { doc: ItemDoc; texts: Text[]; offered: Text[]; name: Text }[]>
  readonly #byId: Map<string, { doc: StockedOrganisation; name: Text }>

  constructor({ organisations, items }: Documents) {
    this.#organisations = organisations.map((doc) => ({
      doc,
      texts: organisationTexts(doc),
      name: namedText(doc.name),
    }))
    this.#byId = new Map(this.#organisations.map((one) => [one.doc.subject, one]))
    this.#items = items
      .filter(({ hidden }) => !hidden)
      .map((doc) => ({
        doc,
        texts: itemTexts(doc),
        offered: offeredTexts(doc),
        name: textOf(doc.name),
      }))
    this.#itemsOf = Map.groupBy(this.#items, ({ doc }) => doc.organisation)
  }

  search(query: Query): Omit<Answer, 'version'> {
    const found = this.#found(query).sort((one, other) => order(query, one, other))
    const hits = found.slice(query.offset, query.offset + query.limit).map(({ hit }) => hit)
    return { total: found.length, hits }
  }

  /** Matching subjects by organisation. */
  counts(query: Query): Map<string, number> {
    const counts = new Map<string, number>()
    for (const { organisation } of this.#found(query))
      counts.set(organisation.subject, (counts.get(organisation.subject) ?? 0) + 1)
    return counts
  }

  #found(query: Query): Line[] {
    return query.kind === 'organisation'
      ? this.#foundOrganisations(query)
      : this.#foundItems(query, query.kind)
  }

  #foundOrganisations(query: Query): Line[] {
    return this.#organisations.flatMap(({ doc, texts, name }) => {
      if (!stands(doc, query)) return []
      const { categories, words } = query
      if (categories && !doc.categories.some((one) => categories.includes(one))) return []
      const mine = this.#itemsOf.get(doc.subject) ?? []
      const all = [...texts, ...mine.flatMap(({ offered }) => offered)]
      if (!words.every((word) => all.some((text) => occursIn(word, text)))) return []
      const meeting = mine.filter(({ offered }) =>
        words.some((word) => offered.some((text) => occursIn(word, text))),
      )
      const namesOf = (kind: Kind) =>
        meeting.filter((item) => item.doc.kind === kind).map((item) => item.doc.name)
      const matched = [
        ...namesOf('service').sort(compareTexts),
        ...namesOf('instrument').sort(compareTexts),
      ]
      const hit = hitOf(doc, null, query, [...new Set(matched)].slice(0, 3))
      return [{ hit, name, organisation: doc, item: null }]
    })
  }

  #foundItems(query: Query, kind: Kind): Line[] {
    return this.#items.flatMap(({ doc, texts, name }) => {
      const organisation = this.#byId.get(doc.organisation)
      if (doc.kind !== kind || !organisation || !stands(organisation.doc, query)) return []
      if (query.categories && !query.categories.includes(doc.category)) return []
      const all = [...texts, organisation.name]
      if (!query.words.every((word) => all.some((text) => occursIn(word, text)))) return []
      const hit = hitOf(organisation.doc, doc, query, [])
      return [{ hit, name, organisation: organisation.doc, item: doc }]
    })
  }
}

function stands(organisation: StockedOrganisation, { region, box }: Query): boolean {
  if (organisation.hidden || (region !== null && !covers(region, organisation.county))) return false
  const { lng, lat } = organisation
  if (!box) return true
  return lng >= box.west && lng <= box.east && lat >= box.south && lat <= box.north
}

function hitOf(
  organisation: StockedOrganisation,
  item: ItemDoc | null,
  { near }: Query,
  matched: string[],
): Hit {
  const { lng, lat } = organisation
  return {
    kind: item?.kind ?? 'organisation',
    subject: item?.subject ?? organisation.subject,
    organisation: organisation.subject,
    organisation_name: organisation.name,
    name: item?.name ?? organisation.name,
    model: item?.model ?? '',
    maker: item?.maker ?? '',
    category: item?.category ?? '',
    price_fen: item?.price_fen ?? null,
    unit: item?.unit ?? '',
    county: organisation.county,
    address: organisation.address,
    phone: organisation.phone,
    lng,
    lat,
    rating_percent: organisation.rating_percent,
    rating_count: organisation.rating_count,
    distance_m: near ? Math.round(metresBetween(near, { lng, lat })) : null,
    services: organisation.services,
    instruments: organisation.instruments,
    matched,
  }
}

function order(query: Query, one: Line, other: Line): number {
  const [keys, against] = [keysOf(query, one), keysOf(query, other)]
  for (const [at, key] of keys.entries()) {
    const to = against[at] ?? 0
    if (key !== to) return key < to ? -1 : 1
  }
  return equals(one, other)
}

function keysOf({ sort, near, words }: Query, { organisation, item, name }: Line): number[] {
  const { lng, lat, rating_percent, rating_count } = organisation
  if (sort === 'distance' && near) return [squareBetween(near, lng, lat)]
  if (sort === 'price') return [item?.price_fen ?? Infinity]
  if (sort === 'evaluation') return [-rating_percent, -rating_count]
  return [closenessOf(name, words), -rating_percent]
}

function equals(one: Line, other: Line): number {
  const texts = ({ hit }: Line) => [
    hit.name,
    hit.model,
    hit.maker,
    hit.category,
    hit.unit,
    hit.subject,
  ]
  const against = texts(other)
  return texts(one).reduce((apart, text, at) => apart || compareTexts(text, against[at] ?? ''), 0)
}
