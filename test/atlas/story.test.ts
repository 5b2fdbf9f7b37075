/**
 * A long run of changes, builds that fail or stop half way, and isolates that have seen more or
 * less of it: once a pointer's moment has passed, everybody finds what a scan finds.
 */
import { env } from 'cloudflare:workers'
import { afterAll, expect, test, vi } from 'vitest'
import { buildAtlas, searchAtlas } from '../../src/atlas/client.ts'
import { Corpus } from './corpus.ts'
import { AT, bind, drawDocuments, freshIsolate, naiveOf, put, ring, watch } from './fixture.ts'
import type { Documents } from './fixture.ts'

const ROUNDS = 20
const QUERIES = 12

afterAll(async () => {
  vi.useRealTimers()
  await bind({})
})

test.each([41, 42])(
  'story %i',
  async (seed) => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + seed * 86_400_000 })
    const corpus = new Corpus(seed)
    const documents = drawDocuments(corpus, 40)
    await env.DB.batch([
      env.DB.prepare('UPDATE atlas_items SET hidden = 1'),
      env.DB.prepare('UPDATE atlas_organisations SET hidden = 1'),
    ])
    await put(documents)
    await buildAtlas(env)
    const isolates = [freshIsolate(), freshIsolate()]
    for (let round = 1; round <= ROUNDS; round += 1) {
      await put(change(corpus, documents), AT + round)
      await bind({ FILES: troubled(corpus) })
      for (let rings = corpus.pick([1, 1, 2, 3]); rings > 0; rings -= 1) await ring()
      vi.setSystemTime(Date.now() + corpus.pick([3_000, 60_000, 1_000_000]))
      if (corpus.chance(0.3)) isolates[corpus.pick([0, 1])] = freshIsolate()
      const naive = naiveOf(documents)
      for (let turn = 0; turn < QUERIES; turn += 1) {
        const query = corpus.query()
        const { version: _version, ...found } = await searchAtlas(corpus.pick(isolates).env, query)
        expect({ round, query, ...found }).toEqual({ round, query, ...naive.search(query) })
      }
    }
  },
  120_000,
)

/** Changes some documents where they lie, and answers those. */
function change(corpus: Corpus, documents: Documents): Documents {
  const organisations = documents.organisations.filter(() => corpus.chance(0.05))
  for (const one of organisations) Object.assign(one, corpus.organisation(one.subject))
  const items = documents.items.filter(() => corpus.chance(0.03))
  for (const one of items) {
    const { kind, organisation, subject } = one
    Object.assign(one, corpus.item(organisation, subject), { kind })
  }
  const added = Array.from({ length: corpus.pick([0, 2, 5]) }, () =>
    corpus.item(corpus.pick(documents.organisations).subject),
  )
  documents.items.push(...added)
  return { organisations, items: [...items, ...added] }
}

/** R2 that takes all, some shards or none; the pointer of what was built always goes through. */
function troubled(corpus: Corpus): R2Bucket {
  const files = watch(env.FILES)
  const share = corpus.pick([0, 0.5, 1])
  files.fails = (call) =>
    call.startsWith('put') && !call.includes('pointer') && corpus.chance(share)
  return files.binding
}
