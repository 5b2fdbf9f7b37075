/** Readers while D1 or R2 does not answer: they go on with what they know, and harm nobody. */
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { app } from '../../src/app.tsx'
import { atlasVersion, buildAtlas, searchAtlas } from '../../src/atlas/client.ts'
import { Corpus } from './corpus.ts'
import {
  allOf,
  AT,
  buildBut,
  drawDocuments,
  freshIsolate,
  later,
  naiveOf,
  put,
  runClock,
} from './fixture.ts'
import type { Documents } from './fixture.ts'

const corpus = new Corpus(81)
const ALL = allOf('instrument')
let documents: Documents

beforeAll(async () => {
  documents = drawDocuments(corpus, 40)
  await put(documents)
  await buildAtlas(env)
})

runClock(() => buildAtlas(env))

/** Gives an instrument that is shown another price. */
async function price(fen: number): Promise<void> {
  const hidden = new Set(documents.organisations.filter((one) => one.hidden).map(subjectOf))
  const one = documents.items.find(
    (item) => item.kind === 'instrument' && !item.hidden && !hidden.has(item.organisation),
  )
  if (!one) throw new Error('there is none')
  one.price_fen = fen
  await put({ organisations: [], items: [one] }, AT + fen)
}

function subjectOf({ subject }: { subject: string }): string {
  return subject
}

function naive() {
  return naiveOf(documents).search(ALL)
}

async function expectNow(source: Parameters<typeof searchAtlas>[0]): Promise<string> {
  const { version, ...found } = await searchAtlas(source, ALL)
  expect(found).toEqual(naive())
  return version
}

describe('where D1 fails', () => {
  test.each([['at once'], ['by hanging']])('%s it is asked at times, not by all', async (how) => {
    const isolate = freshIsolate()
    await expectNow(isolate.env)
    const before = naive()
    await price(44_400 + how.length)
    await buildBut(/./)
    later()
    isolate.db.fails = (call) => how === 'at once' || (call.startsWith('batch') && 'hangs')
    const asked = () => isolate.db.calls.filter((call) => call.includes('atlas_parts')).length
    for (let turn = 1; turn <= 2; turn += 1) {
      for (let search = 0; search < 10; search += 1) {
        const { version: _version, ...found } = await searchAtlas(isolate.env, ALL)
        expect(found).toEqual(before)
      }
      expect(asked()).toBe(turn)
      later()
    }
    isolate.db.fails = () => false
    await expectNow(isolate.env)
  })

  test('and R2 too, what was known last is answered', async () => {
    const isolate = freshIsolate()
    const version = await expectNow(isolate.env)
    for (const store of [isolate.db, isolate.files]) store.fails = () => true
    vi.setSystemTime(Date.now() + 600_000)
    expect(await expectNow(isolate.env)).toBe(version)
    expect(await atlasVersion(isolate.env)).toBe(version)
    const empty = freshIsolate()
    for (const store of [empty.db, empty.files]) store.fails = () => true
    await expect(searchAtlas(empty.env, ALL)).rejects.toThrow('connection lost')
    await expect(atlasVersion(empty.env)).rejects.toThrow('connection lost')
  })
})

test('what changes while D1 answers has a version of its own', async () => {
  const isolate = freshIsolate()
  isolate.files.fails = () => true
  const before = await atlasVersion(isolate.env)
  const DB = new Proxy(isolate.env.DB, {
    get: (real, method) => {
      if (method !== 'batch') return Reflect.get(real, method) as unknown
      return async (list: D1PreparedStatement[]) => {
        await price(77_700)
        return env.DB.batch(list)
      }
    },
  })
  const { version } = await searchAtlas({ ...isolate.env, DB }, ALL)
  expect(version).not.toBe(before)
  expect(version).not.toBe(await atlasVersion(isolate.env))
})

test('suggestions that D1 gives while something changes have a tag of their own', async () => {
  const isolate = freshIsolate()
  isolate.files.fails = () => true
  const before = await atlasVersion(isolate.env)
  const prepare = (query: string) => {
    const statement = env.DB.prepare(query)
    if (!query.includes('atlas_instrument_words MATCH')) return statement
    const all = async (values: unknown[]) => {
      await price(88_800)
      return statement.bind(...values).all()
    }
    return { bind: (...values: unknown[]) => ({ all: () => all(values) }) }
  }
  const DB = { prepare } as unknown as D1Database
  const answer = await app.request('/api/map/suggest?word=gc', {}, { ...isolate.env, DB })
  expect(answer.status).toBe(200)
  const { version } = await answer.json<{ version: string }>()
  expect(answer.headers.get('ETag')).toBe(`"${version}"`)
  expect(version).not.toBe(before)
  expect(version).not.toBe(await atlasVersion(isolate.env))
})
