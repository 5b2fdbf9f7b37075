/** The index answers exactly what a scan of every document answers, whatever is asked. */
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { clusterShards } from '../../src/atlas/cluster-rules.ts'
import { openItems } from '../../src/atlas/item-rules.ts'
import { KINDS, SORTS } from '../../src/atlas/rules.ts'
import type { ItemDoc, Query } from '../../src/atlas/rules.ts'
import { citiesOf, countShards, searchShards, suggestShards } from '../../src/atlas/search-rules.ts'
import { buildOrganisationShard, openOrganisations } from '../../src/atlas/shard-rules.ts'
import type { StockedOrganisation } from '../../src/atlas/shard-rules.ts'
import { layShelf } from '../../src/atlas/shelf-rules.ts'
import { wordsOf, WORDS_MAX } from '../../src/atlas/word-rules.ts'
import { Corpus, shardsOf, stocked } from './corpus.ts'
import { NaiveIndex } from './naive.ts'

const QUERIES = 300

type Documents = { organisations: StockedOrganisation[]; items: ItemDoc[] }

function drawDocuments(corpus: Corpus, count: number): Documents {
  const bare = Array.from({ length: count }, () => corpus.organisation())
  const items = bare.flatMap(({ subject }) =>
    Array.from({ length: corpus.pick([0, 3, 8, 20]) }, () => corpus.item(subject)),
  )
  return { organisations: stocked(bare, items), items }
}

test.each([
  [1, 120],
  [2, 120],
  [3, 600],
])('three hundred searches of corpus %i of %i organisations equal the scan', (seed, count) => {
  const corpus = new Corpus(seed)
  const documents = drawDocuments(corpus, count)
  const [shelf, naive] = [layShelf(shardsOf(documents)), new NaiveIndex(documents)]
  for (let turn = 0; turn < QUERIES; turn++) {
    const query = corpus.query()
    expect({ query, ...searchShards(shelf, query) }).toEqual({ query, ...naive.search(query) })
  }
})

test('where thousands are equal the first by name come first', () => {
  const corpus = new Corpus(11)
  const bare = Array.from({ length: 60 }, () => ({ ...corpus.organisation(), rating_percent: 0 }))
  const items = bare.flatMap(({ subject }) =>
    Array.from({ length: 250 }, () => corpus.item(subject)),
  )
  const documents = { organisations: stocked(bare, items), items }
  const [shelf, naive] = [layShelf(shardsOf(documents)), new NaiveIndex(documents)]
  for (const sort of SORTS) {
    const near = { lng: 120, lat: 29 }
    const open = { words: [], region: null, box: null, categories: null, offset: 0, limit: 30 }
    const query: Query = { kind: 'instrument', ...open, near, sort }
    expect({ query, ...searchShards(shelf, query) }).toEqual({ query, ...naive.search(query) })
  }
})

test('changes since the shards were built are found, and what they replace is not', () => {
  const corpus = new Corpus(4)
  const before = drawDocuments(corpus, 100)
  const shards = shardsOf(before)
  const { after, fresh } = change(corpus, before)
  const [shelf, naive] = [layShelf(shards, fresh), new NaiveIndex(after)]
  for (let turn = 0; turn < QUERIES; turn++) {
    const query = corpus.query()
    expect({ query, ...searchShards(shelf, query) }).toEqual({ query, ...naive.search(query) })
  }
})

/** Some are renamed, moved, hidden or shown, some are new, and their items likewise. */
function change(corpus: Corpus, before: Documents): { after: Documents; fresh: Documents } {
  const bare = before.organisations.map((one) =>
    corpus.chance(0.1) ? corpus.organisation(one.subject) : one,
  )
  bare.push(...Array.from({ length: 6 }, () => corpus.organisation()))
  const items = before.items.map((item) =>
    corpus.chance(0.1)
      ? { ...corpus.item(item.organisation, item.subject), kind: item.kind }
      : item,
  )
  for (let added = 0; added < 80; added++) items.push(corpus.item(corpus.pick(bare).subject))
  const after = { organisations: stocked(bare, items), items }
  const known = new Set(before.items)
  const changed = items.filter((item) => !known.has(item))
  const said = new Map(before.organisations.map((one) => [one.subject, JSON.stringify(one)]))
  const organisations = after.organisations.filter(
    (one) => said.get(one.subject) !== JSON.stringify(one),
  )
  return { after, fresh: { organisations, items: changed } }
}

test('counts of every kind and the clusters of a map add up to the scan', () => {
  const corpus = new Corpus(5)
  const documents = drawDocuments(corpus, 150)
  const [shelf, naive] = [layShelf(shardsOf(documents)), new NaiveIndex(documents)]
  const nameOf = new Map(documents.organisations.map((one) => [one.subject, one.name]))
  for (let turn = 0; turn < QUERIES; turn++) {
    const query = corpus.query()
    const counts = naive.counts(query)
    const total = [...counts.values()].reduce((sum, count) => sum + count, 0)
    expect([query, countShards(shelf, query)[query.kind]]).toEqual([query, total])
    const found = clusterShards(shelf, query, corpus.pick([0, 7, 9, 12, 19, -1, NaN]))
    expect(found.total).toBe(total)
    expect(found.clusters.reduce((sum, { items }) => sum + items, 0)).toBe(total)
    expect(found.clusters.reduce((sum, one) => sum + one.organisations, 0)).toBe(counts.size)
    for (const { one, items, box, lng, lat } of found.clusters) {
      expect(lng >= box.west - 1e-9 && lng <= box.east + 1e-9).toBe(true)
      expect(lat >= box.south - 1e-9 && lat <= box.north + 1e-9).toBe(true)
      if (one) expect([nameOf.get(one.subject), counts.get(one.subject)]).toEqual([one.name, items])
    }
  }
})

test('any text at all is answered as the scan answers it', () => {
  const corpus = new Corpus(12)
  const documents = drawDocuments(corpus, 40)
  const [shelf, naive] = [layShelf(shardsOf(documents)), new NaiveIndex(documents)]
  const letters = fc.constantFrom(...'光谱仪氣相杭gcGC2０１-/.%\'"*_ 　,，🙂𠮷é\0\uD800ﬁ'.split(''))
  const texts = fc.oneof(fc.string({ unit: letters }), fc.string({ unit: 'binary' }))
  fc.assert(
    fc.property(texts, fc.array(texts), fc.constantFrom(...KINDS), (typed, raw, kind) => {
      for (const words of [wordsOf(typed), raw.slice(0, WORDS_MAX)]) {
        const query = { ...corpus.query(), kind, words }
        expect({ query, ...searchShards(shelf, query) }).toEqual({ query, ...naive.search(query) })
      }
      expect(suggestShards(shelf, typed, 8).length).toBeLessThanOrEqual(8)
    }),
    { seed: 12, numRuns: 300 },
  )
})

test('only the cities that a view touches need their shards', () => {
  const corpus = new Corpus(6)
  const documents = drawDocuments(corpus, 100)
  const { organisations } = shardsOf(documents)
  for (let turn = 0; turn < 50; turn++) {
    const query: Query = { ...corpus.query(), kind: 'organisation', words: [], categories: null }
    const found = new NaiveIndex({ ...documents, items: [] }).search({
      ...query,
      offset: 0,
      limit: 999,
    })
    const cities = [...new Set(found.hits.map(({ county }) => county.slice(0, 4)))].sort()
    expect(citiesOf(organisations, query)).toEqual(cities)
  }
})

test('bytes that are no shard, or another kind of shard, are refused', () => {
  const bytes = buildOrganisationShard([]).buffer as ArrayBuffer
  expect(openOrganisations(bytes).count).toBe(0)
  expect(() => openItems(bytes)).toThrow('no shard of type 2')
  expect(() => openOrganisations(new ArrayBuffer(3))).toThrow('no shard')
})
