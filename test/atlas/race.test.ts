/** What happens while a builder is at work: a change, another builder, a move within a city. */
import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { buildAtlas, searchAtlas } from '../../src/atlas/client.ts'
import type { Query } from '../../src/atlas/rules.ts'
import { readPointer, swapPointer } from '../../src/atlas/shelf.ts'
import { Corpus } from './corpus.ts'
import { AT, bind, builder, drawDocuments, freshIsolate, naiveOf, put, ring } from './fixture.ts'
import { watch } from './fixture.ts'
import type { Documents } from './fixture.ts'

const corpus = new Corpus(61)
let documents: Documents

beforeAll(async () => {
  documents = drawDocuments(corpus, 40)
  await put(documents)
  await buildAtlas(env)
})

afterEach(async () => {
  vi.useRealTimers()
  await bind({})
})

const ALL: Query = {
  kind: 'instrument',
  words: [],
  region: null,
  categories: null,
  box: null,
  near: null,
  sort: 'relevance',
  offset: 0,
  limit: 1_000,
}

async function expectFound(query: Query, source = freshIsolate().env): Promise<void> {
  const { version: _version, ...found } = await searchAtlas(source, query)
  expect(found).toEqual(naiveOf(documents).search(query))
}

function seen() {
  const one = documents.organisations.find(({ hidden }) => !hidden)
  if (!one) throw new Error('all are hidden')
  return one
}

async function add(count: number): Promise<void> {
  const { subject } = seen()
  const items = Array.from({ length: count }, () => ({ ...corpus.item(subject), hidden: false }))
  documents.items.push(...items)
  await put({ organisations: [], items }, AT + documents.items.length)
}

test('a change that comes after its page was read is built by the next turn', async () => {
  await add(1)
  let meanwhile = 1
  const prepare = (query: string) => {
    const statement = env.DB.prepare(query)
    if (!query.includes('FROM atlas_places p JOIN')) return statement
    const bound = (...values: unknown[]) => ({
      all: async () => {
        const page = await statement.bind(...values).all()
        if (meanwhile > 0) await add(meanwhile--)
        return page
      },
    })
    return { bind: bound }
  }
  await bind({ DB: { prepare, batch: env.DB.batch.bind(env.DB) } })
  await builder().step()
  expect(meanwhile).toBe(0)
  await bind({})
  await buildAtlas(env)
  await expectFound(ALL)
})

test('an organisation that moves while the city it leaves is built is in one of both', async () => {
  const [leaving] = documents.items.filter(
    ({ kind, hidden, organisation }) =>
      kind === 'instrument' && !hidden && cityOf(organisation) === '3301',
  )
  const mover = documents.organisations.find(({ subject }) => subject === leaving?.organisation)
  if (!leaving || !mover) throw new Error('nobody can move')
  leaving.price_fen = 12_345
  await put({ organisations: [], items: [leaving] }, AT + documents.items.length + 1)
  let reads = 0
  const prepare = (query: string) => {
    const statement = env.DB.prepare(query)
    if (!query.includes('FROM atlas_parts')) return statement
    // Where it stands, then how old the part will be: and then its rows.
    const all = async () => {
      const parts = await statement.all()
      if ((reads += 1) !== 2) return parts
      mover.county = '330203'
      await put({ organisations: [mover], items: [] }, AT + documents.items.length + 2)
      return parts
    }
    return { all }
  }
  await bind({ DB: { prepare, batch: env.DB.batch.bind(env.DB) } })
  await builder().step()
  expect(reads).toBeGreaterThan(1)
  await expectFound(ALL)
  await bind({})
  await buildAtlas(env)
  await expectFound(ALL)
})

function cityOf(subject: string): string | undefined {
  const one = documents.organisations.find((other) => other.subject === subject)
  return one?.hidden ? undefined : one?.county.slice(0, 4)
}

test('a builder that was overtaken swaps nothing, and goes on from what stands', async () => {
  await add(1)
  const files = watch(env.FILES)
  let overtaken = false
  const put = async (...words: Parameters<R2Bucket['put']>) => {
    const stored = await env.FILES.put(...words)
    const pinned = overtaken ? undefined : await readPointer(env)
    overtaken = true
    if (pinned) await swapPointer(env, { ...pinned.pointer, retired: [] }, pinned.etag)
    return stored
  }
  const slow = new Proxy(files.binding, {
    get: (real, method) => (method === 'put' ? put : Reflect.get(real, method)),
  })
  await bind({ FILES: slow })
  const step = runInDurableObject(builder(), (one) => one.step())
  await expect(step).rejects.toThrow('another builder has swapped the pointer')
  await bind({})
  await buildAtlas(env)
  await expectFound(ALL)
})

test('an organisation that moves into an empty county takes along what it offers', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() })
  const isolate = freshIsolate()
  await expectFound(ALL, isolate.env)
  const files = watch(env.FILES)
  files.fails = (call) => call.startsWith('put') && !call.includes('pointer')
  await bind({ FILES: files.binding })
  const mover = documents.organisations.find(
    ({ hidden, county, subject }) =>
      !hidden &&
      county === '330106' &&
      documents.items.some((item) => item.organisation === subject && !item.hidden),
  )
  if (!mover) throw new Error('nobody can move')
  mover.county = '330112'
  await put({ organisations: [mover], items: [] }, AT + 1)
  await ring()
  vi.setSystemTime(Date.now() + 3_000)
  expect((await searchAtlas(isolate.env, { ...ALL, region: '330112' })).total).toBeGreaterThan(0)
  await expectFound({ ...ALL, region: '330112' }, isolate.env)
})

test('who moves within a city while it is built keeps each of its offers once', async () => {
  const hosts = ['330102', '330106', '330111'].map((county) => ({
    ...corpus.organisation(),
    county,
    hidden: false,
  }))
  const [first, middle, last] = hosts
  if (!first || !middle || !last) throw new Error('there are too few')
  const instrument = (one: { subject: string }) => ({
    ...corpus.item(one.subject),
    kind: 'instrument' as const,
    hidden: false,
  })
  // More than a page between those that change places.
  const items = [first, last, ...Array.from({ length: 4_200 }, () => middle)].map(instrument)
  documents.organisations.push(...hosts)
  documents.items.push(...items)
  await put({ organisations: hosts, items })
  let pages = 0
  const prepare = (query: string) => {
    const statement = env.DB.prepare(query)
    if (!query.includes('FROM atlas_places p JOIN')) return statement
    const all = async (values: unknown[]) => {
      const page = await statement.bind(...values).all()
      if (values[0] !== 'instrument' || page.results.length < 4_000) return page
      if ((pages += 1) > 1) return page
      first.county = '330112'
      last.county = '330105'
      await put({ organisations: [first, last], items: [] }, AT + 1)
      return page
    }
    return { bind: (...values: unknown[]) => ({ all: () => all(values) }) }
  }
  await bind({ DB: { prepare, batch: env.DB.batch.bind(env.DB) } })
  await builder().step()
  expect(pages).toBe(1)
  for (const region of ['330112', '330105']) await expectFound({ ...ALL, region })
})
