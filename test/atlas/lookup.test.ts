/** D1 alone answers exactly what a scan of every document answers, whatever is asked. */
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import { putItems, putOrganisations } from '../../src/atlas/client.ts'
import { countUp, lookUp } from '../../src/atlas/lookup.ts'
import { clusterUp } from '../../src/atlas/overview.ts'
import type { ItemDoc } from '../../src/atlas/rules.ts'
import type { StockedOrganisation } from '../../src/atlas/shard-rules.ts'
import { commit, dbOf } from '../../src/platform/db.ts'
import { Corpus, stocked } from './corpus.ts'
import { NaiveIndex } from './naive.ts'

const QUERIES = 200
const AT = Date.UTC(2026, 5, 1)

let naive: NaiveIndex
const corpus = new Corpus(11)

beforeAll(async () => {
  const bare = Array.from({ length: 120 }, () => corpus.organisation())
  const items = bare.flatMap(({ subject }) =>
    Array.from({ length: corpus.pick([0, 3, 8, 20]) }, () => corpus.item(subject)),
  )
  naive = new NaiveIndex({ organisations: stocked(bare, items), items })
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
      const found = await clusterUp(env.DB, query, corpus.pick([0, 7, 9, 12, 19]))
      expect(found.total).toBe(total)
      expect(found.clusters.reduce((sum, { items }) => sum + items, 0)).toBe(total)
      expect(found.clusters.reduce((sum, one) => sum + one.organisations, 0)).toBe(counts.size)
    }
  })
})
