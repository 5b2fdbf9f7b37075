/**
 * Terms of the full-text tables: what a document is filed under and what a word asks for there. The
 * terms find exactly what matches, but for Han words of more than two characters, whose pairs may
 * lie apart (see isLoose). Terms hold only a to z, digits and common Han, so that no tokenizer cuts
 * them; letters begin with a mark, so that nobody who types 「c330106」 finds a county.
 */
import { RADIANS } from './place-rules.ts'
import type { Box, ItemDoc, OrganisationDoc, Point } from './rules.ts'
import { chainsOf, foldText, hanRuns, isHan, isLatin, soundsOf, tokensOf } from './word-rules.ts'

/** Zooms whose tiles are terms, and how many tiles one question may name. */
const ZOOMS = [8, 9, 10, 11, 12, 13] as const
const TILES_MAX = 16

/** Before letters and digits, and before everything an item has from others. */
const LETTERS = 'w'
const GIVEN = 'g'

/** Of an item's own fields, and of its category, which it does not lend its organisation. */
export function itemTerms(item: Pick<ItemDoc, 'name' | 'model' | 'maker' | 'category'>): string[] {
  const { name, model, maker, category } = item
  return [...termsOf([name, model, maker]), ...given(termsOf([category])), categoryTerm(category)]
}

/** What an item has from its organisation: its name and where it stands. */
export function givenTerms(organisation: Pick<OrganisationDoc, 'name' | 'county'> & Point) {
  const { name, county } = organisation
  return [...given(nameTerms(name)), ...placeTerms(county, organisation)]
}

export function organisationTerms(
  organisation: Pick<OrganisationDoc, 'name' | 'intro' | 'categories' | 'county'> & Point,
): string[] {
  const { name, intro, categories, county } = organisation
  const texts = [...nameTerms(name), ...termsOf([intro, ...categories])]
  const place = placeTerms(county, organisation)
  return [...new Set([...texts, ...categories.map(categoryTerm), ...place])]
}

function nameTerms(name: string): string[] {
  const sounds = tokensOf(soundsOf(foldText(name))).map(lettersTerm)
  return [...new Set([...termsOf([name]), ...sounds])]
}

function given(terms: readonly string[]): string[] {
  return terms.map((term) => `${GIVEN}${term}`)
}

function lettersTerm(token: string): string {
  return `${LETTERS}${plain(token)}`
}

/** The category as a whole. */
export function categoryTerm(category: string): string {
  return `k${plain(category)}`
}

/** County, city and the tile of each zoom: c330106 d3301 q8x215y105 … */
function placeTerms(county: string, at: Point): string[] {
  const tiles = ZOOMS.map((zoom) => tileTerm(zoom, tileX(at.lng, zoom), tileY(at.lat, zoom)))
  return [`c${plain(county)}`, `d${plain(county.slice(0, 4))}`, ...tiles]
}

/** What asks for a region: nothing for the province. */
export function regionTerm(region: string): string | null {
  if (/^\d\d0000$/.test(region)) return null
  return /^\d{4}00$/.test(region) ? `d${region.slice(0, 4)}` : `c${plain(region)}`
}

/** The tiles of the deepest zoom that cover the box with few; [] where even the widest are many. */
export function tileTerms(box: Box): string[] {
  for (const zoom of ZOOMS.toReversed()) {
    const [west, east] = [tileX(box.west, zoom), tileX(box.east, zoom)]
    const [north, south] = [tileY(box.north, zoom), tileY(box.south, zoom)]
    const [columns, rows] = [east - west + 1, south - north + 1]
    if (!(columns >= 1 && rows >= 1 && columns * rows <= TILES_MAX)) continue
    return Array.from({ length: columns * rows }, (_, at) =>
      tileTerm(zoom, west + (at % columns), north + Math.floor(at / columns)),
    )
  }
  return []
}

/**
 * An FTS5 expression for a folded word in what an item or organisation is by itself; null for a
 * word that occurs nowhere.
 */
export function ownTerm(word: string): string | null {
  return matchTerm(word, '')
}

/** The same where an item's category and its organisation's name count too. */
export function itemTerm(word: string): string | null {
  const own = matchTerm(word, '')
  return own && `(${own} OR ${matchTerm(word, GIVEN)})`
}

/** True where the terms of a word say less than the word: it has to be looked for in the text. */
export function isLoose(word: string): boolean {
  return isHan(word) && [...word].length > 2
}

function matchTerm(word: string, mark: string): string | null {
  if (isLatin(word)) return `"${mark}${lettersTerm(word)}"*`
  if (!isHan(word)) return null
  const characters = [...word].map(plain)
  if (characters.length === 1) return `"${mark}${characters[0]}"*`
  const pairs = characters.slice(1).map((one, at) => `"${mark}${characters[at] ?? ''}${one}"`)
  return pairs.length === 1 ? pairs.join('') : `(${[...new Set(pairs)].join(' AND ')})`
}

/** Overlapping pairs of Han, the last character of each run, and tokens of letters and digits. */
function termsOf(fields: readonly string[]): string[] {
  const terms = fields.map(foldText).flatMap((folded) => {
    const pairs = hanRuns(folded).flatMap((run) => {
      const characters = [...run].map(plain)
      return characters.map((one, at) => one + (characters[at + 1] ?? ''))
    })
    return [...pairs, ...tokensOf(chainsOf(folded)).map(lettersTerm)]
  })
  return [...new Set(terms)]
}

/** Letters that a tokenizer may not know, spelled by their code points. */
function plain(text: string): string {
  return text.replace(
    /[^a-z0-9\u4e00-\u9fa5]/gu,
    (one) => `zz${(one.codePointAt(0) ?? 0).toString(16)}z`,
  )
}

function tileTerm(zoom: number, x: number, y: number): string {
  return `q${zoom}x${x}y${y}`
}

/** Web Mercator tile columns and rows, as Leaflet counts them. */
function tileX(lng: number, zoom: number): number {
  return Math.floor(((clamp(lng, 180) + 180) / 360) * 2 ** zoom)
}

function tileY(lat: number, zoom: number): number {
  const phi = clamp(lat, 85) * RADIANS
  return Math.floor(((1 - Math.log(Math.tan(phi) + 1 / Math.cos(phi)) / Math.PI) / 2) * 2 ** zoom)
}

function clamp(degrees: number, limit: number): number {
  return Math.max(-limit, Math.min(limit, degrees))
}
