/** The terms of the full-text tables never lose what matches, and no tokenizer cuts them. */
import { expect, test } from 'vitest'
import {
  itemTerms,
  organisationTerms,
  ownTerm,
  regionTerm,
  tileTerms,
} from '../../src/atlas/term-rules.ts'
import { occursIn, wordsOf } from '../../src/atlas/word-rules.ts'
import { Corpus } from './corpus.ts'
import { offeredTexts, organisationTexts } from './match.ts'

/** As the tables would answer one word's expression. */
function asked(expression: string, terms: readonly string[]): boolean {
  return expression
    .replaceAll(/[()]/g, '')
    .split(' AND ')
    .every((part) => {
      const term = part.replaceAll(/["*]/g, '')
      return terms.some((one) => (part.endsWith('*') ? one.startsWith(term) : one === term))
    })
}

test('every word that occurs is found by its terms', () => {
  const corpus = new Corpus(8)
  for (let turn = 0; turn < 200; turn++) {
    const [organisation, item] = [corpus.organisation(), corpus.item(corpus.id())]
    for (const word of corpus.query().words) {
      const expression = ownTerm(word)
      if (organisationTexts(organisation).some((text) => occursIn(word, text)))
        expect(asked(expression ?? '', organisationTerms(organisation))).toBe(true)
      if (offeredTexts(item).some((text) => occursIn(word, text)))
        expect(asked(expression ?? '', itemTerms(item))).toBe(true)
    }
    for (const term of [...organisationTerms(organisation), ...itemTerms(item)])
      expect(term).toMatch(/^[a-z0-9\u4e00-\u9fa5]+$/)
  }
})

test.each([
  ['光谱', '"光谱"'],
  ['光', '"光"*'],
  ['气相色谱', '("气相" AND "相色" AND "色谱")'],
  ['gc', '"wgc"*'],
  ['é', '"wzze9z"*'],
  ['%', null],
])('the word %s asks for %s', (typed, expression) => {
  expect(wordsOf(typed).map(ownTerm)).toEqual([expression])
})

test('a view asks for few tiles, and every place inside it stands in one of them', () => {
  const corpus = new Corpus(9)
  for (let turn = 0; turn < 200; turn++) {
    const { box } = corpus.query()
    const organisation = corpus.organisation()
    if (!box) continue
    const tiles = tileTerms(box)
    expect(tiles.length).toBeLessThanOrEqual(16)
    const { lng, lat } = organisation
    const inside = lng >= box.west && lng <= box.east && lat >= box.south && lat <= box.north
    if (inside)
      expect(organisationTerms(organisation).some((one) => tiles.includes(one))).toBe(true)
  }
  expect(tileTerms({ west: -180, south: -85, east: 180, north: 85 })).toEqual([])
})

test('a region is its own term, a city one of four digits, the province none', () => {
  expect(['330106', '330100', '330000'].map(regionTerm)).toEqual(['c330106', 'd3301', null])
  const westLake = { ...new Corpus(10).organisation(), county: '330106' }
  expect(organisationTerms(westLake)).toEqual(expect.arrayContaining(['c330106', 'd3301']))
})
