/** The builder under failures: what is due is done in the end, and nobody sees a half. */
import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { buildAtlas, searchAtlas, touchAtlas } from '../../src/atlas/client.ts'
import { catchUpAtlas, checkAtlas } from '../../src/atlas/nightly.ts'
import { PARTS } from '../../src/atlas/part-rules.ts'
import { FOLDER, GRACE_MS, readPointer } from '../../src/atlas/shelf.ts'
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
  watch,
} from './fixture.ts'
import type { Documents } from './fixture.ts'

const corpus = new Corpus(31)
let documents: Documents

beforeAll(async () => {
  documents = drawDocuments(corpus, 30)
  await put(documents)
})

runClock()

const ALL = allOf('instrument', 'price')

const found = () => foundAnew(ALL)
const add = () => addInstruments(corpus, documents)

async function pointer() {
  const pinned = await readPointer(env)
  if (!pinned) throw new Error('there is no pointer')
  return pinned.pointer
}

async function keys(): Promise<string[]> {
  const { objects } = await env.FILES.list({ prefix: 'atlas/' })
  return objects.map(({ key }) => key)
}

/** R2 as the builder meets it. */
function files() {
  return watch(env.FILES)
}

describe('the first build', () => {
  test('that stops half way shows nothing until it is whole', async () => {
    const broken = files()
    let puts = 0
    broken.fails = (call) => call.startsWith('put') && !call.includes('pointer') && (puts += 1) > 4
    await bind({ FILES: broken.binding })
    await ring()
    expect((await pointer()).shelved).toHaveLength(4)
    expect(await found()).toEqual({ hits: naiveOf(documents).search(ALL), by: 'D1' })
    await bind({})
    expect(await buildAtlas(env)).toBe(PARTS.length - 4)
    expect(await found()).toEqual({ hits: naiveOf(documents).search(ALL), by: 'shards' })
  })

  test('builds nothing again where nothing changed', async () => {
    expect(await buildAtlas(env)).toBe(0)
  })
})

describe('a change', () => {
  test.each([
    ['R2 takes no shard', 'FILES', `put ${FOLDER}instrument`],
    ['the pointer cannot be read', 'FILES', 'get'],
    ['the pointer cannot be swapped', 'FILES', `put ${FOLDER}pointer`],
    ['D1 is away', 'DB', 'prepare'],
  ] as const)('is built in the end where %s', async (_what, name, call) => {
    await add()
    const broken = watch<object>(env[name])
    broken.fails = (made) => made.startsWith(call)
    await bind({ [name]: broken.binding })
    await ring()
    const alarm = await runInDurableObject(builder(), (_one, { storage }) => storage.getAlarm())
    expect(alarm).toBeGreaterThan(Date.now() - 1)
    expect(await naiveTotal()).toBeGreaterThan(0)
    await bind({})
    vi.setSystemTime(Date.now() + 120_000)
    await ring()
    expect(await found()).toEqual({ hits: naiveOf(documents).search(ALL), by: 'shards' })
  })

  test('survives a builder that dies between the shard and the pointer', async () => {
    await add()
    const death = runInDurableObject(builder(), async (one, state) => {
      const put = (...words: Parameters<R2Bucket['put']>) => {
        if (words[0].includes('pointer')) state.abort('died before the swap')
        return env.FILES.put(...words)
      }
      const dying = new Proxy(env.FILES, {
        get: (real, method) => (method === 'put' ? put : Reflect.get(real, method).bind(real)),
      })
      Reflect.set(one, 'env', { ...env, FILES: dying })
      await one.step()
    })
    await expect(death).rejects.toThrow('died before the swap')
    expect(await found()).toMatchObject({ by: 'shards' })
    await catchUpAtlas(env)
    await ring()
    expect(await found()).toEqual({ hits: naiveOf(documents).search(ALL), by: 'shards' })
  })

  test('is looked after in a moment, once for many', async () => {
    await add()
    await Promise.all(Array.from({ length: 20 }, () => touchAtlas(env)))
    const alarm = await runInDurableObject(builder(), (_one, { storage }) => storage.getAlarm())
    expect(alarm).toBeLessThanOrEqual(Date.now() + 1_000)
    await ring()
    expect(await found()).toEqual({ hits: naiveOf(documents).search(ALL), by: 'shards' })
  })

  test('is touched without harm where the builder is out of reach', async () => {
    const away = { getByName: () => ({ touch: () => Promise.reject(new Error('away')) }) }
    await touchAtlas({ ATLAS: away as unknown as DurableObjectNamespace })
  })
})

describe('what is not needed any more', () => {
  test('stays for whoever still reads it, and goes after the grace', async () => {
    await add()
    await buildAtlas(env)
    const { retired } = await pointer()
    expect(retired.length).toBeGreaterThan(0)
    const old = retired.map(({ key }) => key)
    expect(await keys()).toEqual(expect.arrayContaining(old))
    vi.setSystemTime(Date.now() + GRACE_MS + 1_000)
    await ring()
    const left = await keys()
    expect(left.filter((key) => old.includes(key))).toEqual([])
    expect((await pointer()).retired).toEqual([])
    expect(await found()).toMatchObject({ by: 'shards' })
  })

  test('is taken away at night where no pointer ever named it', async () => {
    await env.FILES.put(`${FOLDER}service-orphan`, 'left behind')
    vi.setSystemTime(Date.now() + 2 * 3_600_000)
    expect(await checkAtlas(env)).toBe(1)
    expect(await keys()).not.toContain(`${FOLDER}service-orphan`)
  })
})

async function naiveTotal(): Promise<number> {
  return (await searchAtlas(freshIsolate().env, ALL)).total
}
