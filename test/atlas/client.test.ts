/** Searches as the pages ask them: from shards, with what changed since, and from D1 without. */
import { env } from 'cloudflare:workers'
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import {
  atlasVersion,
  buildAtlas,
  clusterAtlas,
  countAtlas,
  hideOrganisation,
  rateOrganisation,
  searchAtlas,
  suggestAtlas,
} from '../../src/atlas/client.ts'
import type { Query } from '../../src/atlas/rules.ts'
import { readPointer, swapPointer } from '../../src/atlas/shelf.ts'
import { commit, dbOf } from '../../src/platform/db.ts'
import { Corpus } from './corpus.ts'
import { AT, bind, drawDocuments, freshIsolate, naiveOf, put, ring } from './fixture.ts'
import type { Documents } from './fixture.ts'

const QUERIES = 60
const corpus = new Corpus(21)
let documents: Documents

beforeAll(async () => {
  documents = drawDocuments(corpus, 80)
  await put(documents)
  expect(await buildAtlas(env)).toBe(13)
})

afterEach(async () => {
  vi.useRealTimers()
  await bind({})
})

/** Looks past the moment for which a pointer is believed. */
function later(): void {
  vi.setSystemTime(Date.now() + 3_000)
}

async function expectSame(source: Parameters<typeof searchAtlas>[0]): Promise<void> {
  const naive = naiveOf(documents)
  for (let turn = 0; turn < QUERIES; turn++) {
    const query = corpus.query()
    const { version: _version, ...found } = await searchAtlas(source, query)
    expect({ query, ...found }).toEqual({ query, ...naive.search(query) })
    const counts = naive.counts(query)
    const total = [...counts.values()].reduce((sum, count) => sum + count, 0)
    expect((await countAtlas(source, query))[query.kind]).toBe(total)
    const { total: clustered, clusters } = await clusterAtlas(source, query, 9)
    expect(clustered).toBe(total)
    expect(clusters.reduce((sum, { items }) => sum + items, 0)).toBe(total)
  }
}

const EVERYTHING: Query = {
  kind: 'instrument',
  words: [],
  region: null,
  categories: null,
  box: null,
  near: null,
  sort: 'relevance',
  offset: 0,
  limit: 20,
}

describe('from shards', () => {
  test('answers equal the scan, and D1 is not asked', async () => {
    const isolate = freshIsolate()
    await expectSame(isolate.env)
    expect(isolate.db.calls).toEqual([])
  })

  test('an unchanged move of the map calls neither D1 nor R2', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() })
    const isolate = freshIsolate()
    const move = { ...EVERYTHING, box: { west: 119, south: 28, east: 121, north: 30 } }
    await clusterAtlas(isolate.env, move, 9)
    await searchAtlas(isolate.env, move)
    isolate.files.calls.length = 0
    const moved = { ...move, box: { west: 119.5, south: 28, east: 120.5, north: 29 } }
    await clusterAtlas(isolate.env, moved, 10)
    await searchAtlas(isolate.env, moved)
    await atlasVersion(isolate.env)
    expect([...isolate.db.calls, ...isolate.files.calls]).toEqual([])
  })

  test('many who come at once to a new isolate read each shard once', async () => {
    const isolate = freshIsolate()
    const search = () => searchAtlas(isolate.env, { ...EVERYTHING, region: '330203' })
    const answers = await Promise.all(Array.from({ length: 20 }, search))
    expect(new Set(answers.map(({ total }) => total)).size).toBe(1)
    const shards = isolate.files.calls.filter((call) => !call.includes('pointer'))
    expect(shards).toHaveLength(2)
    expect(isolate.db.calls).toEqual([])
  })

  test('a view of one city opens no other city', async () => {
    const isolate = freshIsolate()
    await searchAtlas(isolate.env, { ...EVERYTHING, region: '330203' })
    const shards = isolate.files.calls.filter((call) => call.includes('instrument'))
    expect(shards).toHaveLength(1)
  })
})

describe('from D1', () => {
  test('answers are the same where R2 is out of reach, and the version too', async () => {
    const [isolate, cut] = [freshIsolate(), freshIsolate()]
    cut.files.fails = () => true
    await expectSame(cut.env)
    expect(await atlasVersion(cut.env)).toBe(await atlasVersion(isolate.env))
    for (const typed of ['光谱', 'gc', '杭州', 'hz', '气相 gc', '🙂', ''])
      expect(await suggestAtlas(cut.env, typed, 8)).toEqual(
        await suggestAtlas(isolate.env, typed, 8),
      )
  })

  test('answers come in a moment where R2 hangs', async () => {
    const isolate = freshIsolate()
    isolate.files.fails = () => 'hangs'
    const naive = naiveOf(documents)
    expect((await searchAtlas(isolate.env, EVERYTHING)).total).toBe(naive.search(EVERYTHING).total)
  })

  test('what an isolate holds is believed for a minute without R2, then D1 is asked', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() })
    const isolate = freshIsolate()
    await searchAtlas(isolate.env, EVERYTHING)
    isolate.files.fails = () => true
    for (const asked of [false, true]) {
      vi.setSystemTime(Date.now() + 40_000)
      await searchAtlas(isolate.env, EVERYTHING)
      expect(isolate.db.calls.length > 0).toBe(asked)
    }
  })

  test('a shard that is gone is made up for by D1', async () => {
    const isolate = freshIsolate()
    isolate.files.fails = (call) => call.startsWith('get') && call.includes('instrument')
    const naive = naiveOf(documents)
    expect((await searchAtlas(isolate.env, EVERYTHING)).total).toBe(naive.search(EVERYTHING).total)
  })
})

describe('a change', () => {
  test('is found before it is built, and its shards are built after', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() })
    const isolate = freshIsolate()
    const before = await searchAtlas(isolate.env, EVERYTHING)
    await bind({ FILES: failingShards() })
    await change()
    await ring()
    later()
    await expectSame(isolate.env)
    expect(isolate.db.calls.filter((call) => call.startsWith('batch'))).toHaveLength(1)
    expect((await searchAtlas(isolate.env, EVERYTHING)).version).not.toBe(before.version)
    await bind({})
    await buildAtlas(env)
    later()
    isolate.db.calls.length = 0
    await expectSame(isolate.env)
    expect(isolate.db.calls).toEqual([])
  })
})

describe('a great many changes', () => {
  test('trail until they are built, but what was hidden is gone at once', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() })
    const isolate = freshIsolate()
    const before = await searchAtlas(isolate.env, EVERYTHING)
    await bind({ FILES: failingShards() })
    const [owner, hidden] = documents.organisations.filter((one) => !one.hidden)
    if (!owner || !hidden) throw new Error('there are too few')
    const items = Array.from({ length: 2_500 }, () => corpus.item(owner.subject))
    documents.items.push(...items)
    hidden.hidden = true
    await commit(dbOf(env), hideOrganisation(dbOf(env), hidden.subject, true, AT + 2))
    await put({ organisations: [], items }, AT + 2)
    await ring()
    later()
    const found = await searchAtlas(isolate.env, { ...EVERYTHING, limit: 5_000 })
    expect(found.version).toMatch(/^\d+\.\d+\.\d+\.\w+$/)
    expect(found.total).toBeGreaterThan(before.total)
    expect(found.hits.filter(({ organisation }) => organisation === hidden.subject)).toEqual([])
    await bind({})
    await buildAtlas(env)
    later()
    await expectSame(isolate.env)
  })
})

test('shards beyond the bound of an isolate make room, and are read again', async () => {
  const isolate = freshIsolate()
  const pinned = await readPointer(env)
  if (!pinned) throw new Error('there is no pointer')
  const heavy = pinned.pointer.shelved.map((one) => ({ ...one, bytes: 25 * 2 ** 20 }))
  await swapPointer(env, { ...pinned.pointer, shelved: heavy }, pinned.etag)
  const naive = naiveOf(documents)
  for (const region of ['330200', '330100', '330300', '330200']) {
    const query = { ...EVERYTHING, region }
    expect((await searchAtlas(isolate.env, query)).total).toBe(naive.search(query).total)
  }
  const read = isolate.files.calls.filter((call) => call.includes('instrument-3302'))
  expect(read).toHaveLength(2)
  await expectSame(isolate.env)
})

/** R2 that takes a pointer and no shard. */
function failingShards(): R2Bucket {
  const { files } = freshIsolate()
  files.fails = (call) => call.startsWith('put') && !call.includes('pointer')
  return files.binding
}

/** Some organisations rated, hidden, moved to other cities and renamed, some items changed. */
async function change(): Promise<void> {
  const db = dbOf(env)
  const [rated, hidden] = documents.organisations
  if (!rated || !hidden) throw new Error('there are none')
  Object.assign(rated, { rating_percent: 490, rating_count: 7 })
  hidden.hidden = !hidden.hidden
  await commit(db, [
    ...rateOrganisation(db, rated, AT + 1),
    ...hideOrganisation(db, hidden.subject, hidden.hidden, AT + 1),
  ])
  const moved = documents.organisations.slice(2, 12)
  for (const one of moved) Object.assign(one, corpus.organisation(one.subject))
  const items = documents.items.filter(() => corpus.chance(0.1))
  for (const one of items) {
    const { kind, organisation, subject } = one
    Object.assign(one, corpus.item(organisation, subject), { kind })
  }
  const added = moved.map(({ subject }) => corpus.item(subject))
  documents.items.push(...added)
  await put({ organisations: moved, items: [...items, ...added] }, AT + 1)
}
