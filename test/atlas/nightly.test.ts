/** The clock's look at the index: what is wrong is built anew, and all else stays in use. */
import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import { buildAtlas, searchAtlas } from '../../src/atlas/client.ts'
import { checkAtlas } from '../../src/atlas/nightly.ts'
import { PARTS } from '../../src/atlas/part-rules.ts'
import { readPointer, swapPointer } from '../../src/atlas/shelf.ts'
import type { Shelved } from '../../src/atlas/shelf.ts'
import { Corpus } from './corpus.ts'
import {
  addInstruments,
  allOf,
  bind,
  builder,
  drawDocuments,
  foundAnew,
  freshIsolate,
  naiveOf,
  put,
  ring,
  runClock,
} from './fixture.ts'
import type { Documents } from './fixture.ts'

const corpus = new Corpus(91)
const ALL = allOf('instrument', 'price')
let documents: Documents

beforeAll(async () => {
  documents = drawDocuments(corpus, 30)
  await put(documents)
  await buildAtlas(env)
})

runClock()

const found = () => foundAnew(ALL)
const add = () => addInstruments(corpus, documents)

async function pointer() {
  const pinned = await readPointer(env)
  if (!pinned) throw new Error('there is no pointer')
  return pinned.pointer
}

/** Puts a shard in the pointer. */
async function shelve(shard: Shelved): Promise<void> {
  const pinned = await readPointer(env)
  if (!pinned) throw new Error('there is no pointer')
  const others = pinned.pointer.shelved.filter(({ part }) => part !== shard.part)
  await swapPointer(env, { ...pinned.pointer, shelved: [...others, shard] }, pinned.etag)
}

describe('the look at night', () => {
  test('finds a shard that is gone, and builds it anew', async () => {
    const { shelved } = await pointer()
    await env.FILES.delete(shelved.map(({ key }) => key))
    expect(await checkAtlas(env)).toBe(PARTS.length)
    expect(await found()).toMatchObject({ by: 'D1' })
    await ring()
    expect(await found()).toEqual({ hits: naiveOf(documents).search(ALL), by: 'shards' })
  })

  test.each([
    ['is gone', (one: Shelved) => env.FILES.delete(one.key)],
    ['holds another number than D1', (one: Shelved) => shelve({ ...one, documents: 1_000_000 })],
  ])('leaves the others in use where one %s, until it is built', async (_what, spoil) => {
    const one = (await pointer()).shelved.find(({ part }) => part === 'service')
    if (!one) throw new Error('there are no services')
    await spoil(one)
    expect(await checkAtlas(env)).toBe(1)
    expect(await found()).toEqual({ hits: naiveOf(documents).search(ALL), by: 'shards' })
    await ring()
    const built = (await pointer()).shelved.find(({ part }) => part === 'service')
    expect(built).toMatchObject({ key: one.key, documents: one.documents })
    expect(built?.revision).toBeGreaterThan(one.revision)
    expect(await env.FILES.head(one.key)).not.toBeNull()
    expect(await found()).toEqual({ hits: naiveOf(documents).search(ALL), by: 'shards' })
  })

  test('takes no change that comes while it looks for a wrong shard', async () => {
    let changes = 1
    const changed = async <T>(answer: T): Promise<T> => {
      if (changes-- > 0) await add()
      return answer
    }
    const all = (statement: D1PreparedStatement) => ({
      all: async () => changed(await statement.all()),
    })
    const DB = {
      prepare: (query: string) => Object.assign(env.DB.prepare(query), all(env.DB.prepare(query))),
      batch: async (list: D1PreparedStatement[]) => changed(await env.DB.batch(list)),
    }
    await bind({ DB })
    const { gone } = await runInDurableObject(builder(), (one) => one.check(true))
    expect([gone, changes]).toEqual([0, 0])
    expect((await pointer()).shelved).toHaveLength(PARTS.length)
    await bind({})
    await buildAtlas(env)
  })

  test('sets places and words right that were lost', async () => {
    await env.DB.batch([
      env.DB.prepare('DELETE FROM atlas_instrument_words WHERE rowid % 2 = 0'),
      env.DB.prepare('DELETE FROM atlas_places WHERE id % 3 = 0'),
      env.DB.prepare('UPDATE atlas_places SET lng = 0 WHERE id % 5 = 0'),
    ])
    expect(await checkAtlas(env)).toBeGreaterThan(0)
    const isolate = freshIsolate()
    isolate.files.fails = () => true
    const { version: _version, ...hits } = await searchAtlas(isolate.env, ALL)
    expect(hits).toEqual(naiveOf(documents).search(ALL))
    expect(await checkAtlas(env)).toBe(0)
  })

  test('builds all anew where D1 was set back', async () => {
    const lost = documents.items.splice(0, 20).map(({ subject }) => subject)
    const gone = 'SELECT id FROM atlas_items WHERE subject IN (SELECT value FROM json_each(?))'
    await env.DB.batch([
      env.DB.prepare('UPDATE atlas_parts SET revision = revision - 500'),
      env.DB.prepare(`DELETE FROM atlas_places WHERE id IN (${gone})`).bind(JSON.stringify(lost)),
      env.DB.prepare(`DELETE FROM atlas_items WHERE id IN (${gone})`).bind(JSON.stringify(lost)),
    ])
    await ring()
    expect(await found()).toEqual({ hits: naiveOf(documents).search(ALL), by: 'shards' })
  })
})
