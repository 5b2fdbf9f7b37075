/** An index of made-up documents in D1, its builder, and bindings that count and fail as told. */
import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, vi } from 'vitest'
import { putItems, putOrganisations, searchAtlas } from '../../src/atlas/client.ts'
import type { AtlasBuilder } from '../../src/atlas/object.ts'
import type { ItemDoc, Kind, Query, Sort } from '../../src/atlas/rules.ts'
import type { StockedOrganisation } from '../../src/atlas/shard-rules.ts'
import { commit, dbOf } from '../../src/platform/db.ts'
import { stocked } from './corpus.ts'
import type { Corpus } from './corpus.ts'
import { NaiveIndex } from './naive.ts'

export const AT = Date.UTC(2026, 5, 1)

export type Documents = { organisations: StockedOrganisation[]; items: ItemDoc[] }

export function drawDocuments(corpus: Corpus, count: number): Documents {
  const organisations = Array.from({ length: count }, () => corpus.organisation())
  const items = organisations.flatMap(({ subject }) =>
    Array.from({ length: corpus.pick([0, 3, 8, 20]) }, () => corpus.item(subject)),
  )
  return { organisations, items }
}

export function naiveOf({ organisations, items }: Documents): NaiveIndex {
  return new NaiveIndex({ organisations: stocked(organisations, items), items })
}

/** Items first: the order must not matter. */
export async function put({ organisations, items }: Documents, at = AT): Promise<void> {
  const db = dbOf(env)
  const docs = organisations.map(({ services: _s, instruments: _i, ...doc }) => doc)
  await commit(db, [...putItems(db, items, at), ...putOrganisations(db, docs, at)])
}

export function builder(): DurableObjectStub<AtlasBuilder> {
  return (env.ATLAS as DurableObjectNamespace<AtlasBuilder>).getByName('atlas')
}

/** Rings the builder's alarm now. */
export async function ring(): Promise<void> {
  await runInDurableObject(builder(), async (one) => {
    Reflect.set(one, 'pause_ms', 0)
    await one.alarm()
  })
}

/** Gives the builder other bindings than its own. R2 takes any number of writes a second here. */
export async function bind(more: object): Promise<void> {
  await runInDurableObject(builder(), (one) => {
    Reflect.set(one, 'pause_ms', 0)
    Reflect.set(one, 'env', { ...env, ...more })
  })
}

/** Builds what is due at once, but the parts whose shards are named so: R2 does not take these. */
export async function buildBut(parts: RegExp): Promise<void> {
  const files = watch(env.FILES)
  files.fails = (call) => call.startsWith('put') && !call.includes('pointer') && parts.test(call)
  await bind({ FILES: files.binding })
  await runInDurableObject(builder(), (one) => one.step().catch(() => undefined))
  await bind({})
}

/** Everything of a kind. */
export function allOf(kind: Kind, sort: Sort = 'relevance'): Query {
  const everywhere = { region: null, categories: null, box: null, near: null }
  return { kind, words: [], ...everywhere, sort, offset: 0, limit: 5_000 }
}

/** A binding as a request meets it: counted, and failing or hanging while `fails` says so. */
export type Watched<T> = {
  binding: T
  calls: string[]
  fails: (call: string) => boolean | 'hangs'
}

export function watch<T extends object>(real: T): Watched<T> {
  const watched: Watched<T> = { binding: real, calls: [], fails: () => false }
  watched.binding = new Proxy(real, {
    get(_target, method: string) {
      const member: unknown = Reflect.get(real, method)
      if (typeof member !== 'function') return member
      return (...words: unknown[]) => {
        const call = `${method} ${String(words[0])}`
        watched.calls.push(call)
        const trouble = watched.fails(call)
        if (trouble === 'hangs') return new Promise(() => undefined)
        if (trouble) return refuse(method)
        return Reflect.apply(member, real, words) as unknown
      }
    },
  })
  return watched
}

function refuse(method: string): unknown {
  const error = new Error('Network connection lost')
  if (method === 'prepare') throw error
  return Promise.reject(error)
}

/** What a request is bound to in an isolate that has read nothing yet. */
export function freshIsolate() {
  const [db, files] = [watch(env.DB), watch(env.FILES)]
  return { db, files, env: { ...env, DB: db.binding, FILES: files.binding } }
}

/**
 * Each test at a time of its own that never goes back, so that nothing rests or backs off from one
 * into the next; after each the builder has its own bindings again, and `then` is done.
 */
export function runClock(then?: () => Promise<unknown>): void {
  let clock = Date.now()
  beforeEach(() => {
    clock += 600_000
    vi.useFakeTimers({ toFake: ['Date'], now: clock })
  })
  afterEach(async () => {
    await bind({})
    await then?.()
    clock = Date.now()
    vi.useRealTimers()
  })
}

/** Looks past the moment for which a pointer is believed. */
export function later(): void {
  vi.setSystemTime(Date.now() + 3_000)
}

/** What an isolate that has read nothing finds, and whether D1 had to be asked for it. */
export async function foundAnew(
  query: Query,
): Promise<{ hits: unknown; by: 'shards' | 'changes' | 'D1' }> {
  const isolate = freshIsolate()
  const { version: _version, ...hits } = await searchAtlas(isolate.env, query)
  const calls = isolate.db.calls.length
  return { hits, by: calls === 0 ? 'shards' : calls === 4 ? 'changes' : 'D1' }
}

/** Adds instruments to an organisation that is seen. */
export async function addInstruments(corpus: Corpus, documents: Documents): Promise<void> {
  const [seen] = documents.organisations.filter(({ hidden }) => !hidden)
  if (!seen) throw new Error('all are hidden')
  const items = Array.from({ length: 3 }, () => corpus.item(seen.subject))
  documents.items.push(...items)
  await put({ organisations: [], items })
}
