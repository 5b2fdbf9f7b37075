/** D1 alone answers exactly what a scan of every document answers, whatever is asked. */
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import { putItems, putOrganisations } from '../../src/atlas/client.ts'
import { clusterShards } from '../../src/atlas/cluster-rules.ts'
import { orderOf } from '../../src/atlas/clause.ts'
import { countUp, lookUp } from '../../src/atlas/lookup.ts'
import { clusterUp, suggestUp } from '../../src/atlas/overview.ts'
import { RADIANS } from '../../src/atlas/place-rules.ts'
import type { ItemDoc } from '../../src/atlas/rules.ts'
import type { StockedOrganisation } from '../../src/atlas/shard-rules.ts'
import { commit, dbOf } from '../../src/platform/db.ts'
import { layShelf } from '../../src/atlas/shelf-rules.ts'
import type { Shelf } from '../../src/atlas/shelf-rules.ts'
import { suggestShards } from '../../src/atlas/suggest-rules.ts'
import { Corpus, shardsOf, stocked } from './corpus.ts'
import { NaiveIndex } from './naive.ts'

const QUERIES = 200
const AT = Date.UTC(2026, 5, 1)

let naive: NaiveIndex
let shelf: Shelf
const corpus = new Corpus(11)

beforeAll(async () => {
  const bare = Array.from({ length: 120 }, () => corpus.organisation())
  const items = bare.flatMap(({ subject }) =>
    Array.from({ length: corpus.pick([0, 3, 8, 20]) }, () => corpus.item(subject)),
  )
  naive = new NaiveIndex({ organisations: stocked(bare, items), items })
  shelf = layShelf(shardsOf({ organisations: stocked(bare, items), items }))
  await put(bare, items)
})

async function put(
  organisations: readonly StockedOrganisation[],
  items: readonly ItemDoc[],
): Promise<void> {
  const db = dbOf(env)
  const docs = organisations.map(
    ({ services: _services, instruments: _instruments, ...doc }) => doc,
  )
  await commit(db, [...putItems(db, items, AT), ...putOrganisations(db, docs, AT)])
}

describe('without an index', () => {
  test('two hundred searches equal the scan', async () => {
    for (let turn = 0; turn < QUERIES; turn++) {
      const query = corpus.query()
      expect({ query, ...(await lookUp(env.DB, query)) }).toEqual({
        query,
        ...naive.search(query),
      })
    }
  })

  test('counts and clusters add up to the scan', async () => {
    for (let turn = 0; turn < QUERIES; turn++) {
      const query = corpus.query()
      const counts = naive.counts(query)
      const total = [...counts.values()].reduce((sum, count) => sum + count, 0)
      expect([query, (await countUp(env.DB, query))[query.kind]]).toEqual([query, total])
      const zoom = corpus.pick([0, 7, 9, 12, 19])
      const found = await clusterUp(env.DB, query, zoom)
      expect(found).toEqual(clusterShards(shelf, query, zoom))
      expect(found.total).toBe(total)
      expect(found.clusters.reduce((sum, { items }) => sum + items, 0)).toBe(total)
      expect(found.clusters.reduce((sum, one) => sum + one.organisations, 0)).toBe(counts.size)
    }
  })
})

test('lines for what is typed are those of the shards', async () => {
  for (const typed of ['光谱', 'gc', '杭州', 'hz', '气相 gc', '研究院', 's', '🙂', ''])
    for (const limit of [1, 4, 8, 200])
      expect([typed, await suggestUp(env.DB, typed, limit)]).toEqual([
        typed,
        suggestShards(shelf, typed, limit),
      ])
})

test('a map of everything reads where each organisation stands, and nothing it says', async () => {
  let bytes = 0
  const read = <T>(answer: D1Result<T>) => {
    bytes += JSON.stringify(answer.results).length
    return answer
  }
  const watched = (statement: D1PreparedStatement): object => ({
    bind: (...values: unknown[]) => watched(statement.bind(...values)),
    all: async () => read(await statement.all()),
  })
  const d1 = { prepare: (query: string) => watched(env.DB.prepare(query)) } as D1Database
  const query = { ...corpus.query(), kind: 'organisation' as const, ...EVERYWHERE }
  const { total, clusters } = await clusterUp(d1, query, 0)
  expect(total).toBeGreaterThan(80)
  expect(clusters.filter(({ one }) => one !== null)).toEqual([])
  expect(bytes / total).toBeLessThan(60)
})

test('nearness is reckoned in the same steps as by the shards, to the last bit', () => {
  for (let lat = 27; lat < 32; lat += 0.013) {
    const near = { lng: 120, lat }
    const { values } = orderOf({ ...corpus.query(), near, sort: 'distance' })
    expect(values[1]).toBe(Math.cos(lat * RADIANS))
  }
})

const EVERYWHERE = { words: [], region: null, categories: null, box: null }
