/**
 * Readers while shards of several ages stand beside each other: what they answer is one moment,
 * never one before it, and equal versions are equal answers.
 */
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import { atlasVersion, buildAtlas, searchAtlas } from '../../src/atlas/client.ts'
import type { ItemDoc } from '../../src/atlas/rules.ts'
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
  ring,
  runClock,
} from './fixture.ts'
import type { Documents } from './fixture.ts'

const corpus = new Corpus(71)
let documents: Documents
let at = AT

beforeAll(async () => {
  documents = drawDocuments(corpus, 60)
  await put(documents)
  await buildAtlas(env)
})

runClock(() => buildAtlas(env))

const ALL = allOf('instrument')

function ownersIn(city: string) {
  return documents.organisations.filter(
    ({ hidden, county, subject }) =>
      !hidden && county.startsWith(city) && shownOf(subject).length > 0,
  )
}

function shownOf(owner: string): ItemDoc[] {
  return documents.items.filter(
    ({ organisation, kind, hidden }) => organisation === owner && kind === 'instrument' && !hidden,
  )
}

function someIn(city: string): [ItemDoc, ItemDoc] {
  const [one, other] = ownersIn(city).flatMap(({ subject }) => shownOf(subject))
  if (!one || !other) throw new Error('there are too few')
  return [one, other]
}

async function price(fen: number, ...items: ItemDoc[]): Promise<void> {
  for (const one of items) one.price_fen = fen
  await put({ organisations: [], items }, (at += 1))
}

function naive() {
  return naiveOf(documents).search(ALL)
}

type Source = Parameters<typeof searchAtlas>[0]

async function expectNow(source: Source): Promise<string> {
  const { version, ...found } = await searchAtlas(source, ALL)
  expect(found).toEqual(naive())
  return version
}

/** Another moment for each city, so that no shard may be built with another's. */
async function changeTwice(isolate: ReturnType<typeof freshIsolate>): Promise<string> {
  const [one, other] = someIn('3301')
  const [far] = someIn('3302')
  await expectNow(isolate.env)
  await price(11_100, one, far)
  await buildBut(/./)
  later()
  const version = await expectNow(isolate.env)
  await price(22_200, one, other, far)
  await buildBut(/instrument-3302/)
  later()
  return version
}

describe('where some shards are newer than the changes that are known', () => {
  test('the moment before is answered as a whole until D1 tells of the rest', async () => {
    const isolate = freshIsolate()
    const version = await changeTwice(isolate)
    isolate.db.fails = () => true
    const before = await searchAtlas(isolate.env, ALL)
    expect(before.version).toBe(version)
    const prices = before.hits.filter(({ price_fen }) => price_fen === 22_200)
    expect(prices).toEqual([])
    isolate.db.fails = () => false
    later()
    expect(await expectNow(isolate.env)).not.toBe(version)
  })

  test('an organisation that moved does not vanish', async () => {
    const isolate = freshIsolate()
    await expectNow(isolate.env)
    const [mover] = ownersIn('3301')
    const [far] = someIn('3302')
    if (!mover) throw new Error('nobody can move')
    await price(33_300, far)
    await buildBut(/./)
    later()
    await expectNow(isolate.env)
    const before = naive()
    mover.county = '330203'
    await put({ organisations: [mover], items: [] }, (at += 1))
    await buildBut(/instrument-3302/)
    later()
    isolate.db.fails = () => true
    const { version: _version, ...found } = await searchAtlas(isolate.env, ALL)
    expect(found).toEqual(before)
  })

  test('a new isolate asks D1, also while another request waits for the changes', async () => {
    await changeTwice(freshIsolate())
    const isolate = freshIsolate()
    let hangs = true
    isolate.db.fails = (call) => {
      if (!hangs || !call.startsWith('batch')) return false
      hangs = false
      return 'hangs'
    }
    await Promise.all([expectNow(isolate.env), expectNow(isolate.env)])
  })

  test('a new isolate without D1 answers by the shards, under a name of their own', async () => {
    const whole = freshIsolate()
    await changeTwice(whole)
    const now = await expectNow(whole.env)
    const isolate = freshIsolate()
    isolate.db.fails = () => true
    const { total, version } = await searchAtlas(isolate.env, ALL)
    expect(total).toBe(naive().total)
    expect(version).not.toBe(now)
    expect(await atlasVersion(isolate.env)).toBe(version)
  })
})

describe('a great many changes', () => {
  test('have another version with each shard that is built', async () => {
    const isolate = freshIsolate()
    await expectNow(isolate.env)
    const owners = [ownersIn('3301')[0], ownersIn('3302')[0]]
    const items = owners.flatMap((owner) =>
      Array.from({ length: 1_500 }, () => ({
        ...corpus.item(owner?.subject ?? ''),
        kind: 'instrument' as const,
        hidden: false,
      })),
    )
    documents.items.push(...items)
    await put({ organisations: [], items }, (at += 1))
    await buildBut(/./)
    later()
    const before = await searchAtlas(isolate.env, ALL)
    expect(before.total).toBeLessThan(naive().total)
    await buildBut(/instrument-3302|organisation/)
    later()
    const after = await searchAtlas(isolate.env, ALL)
    expect(after.hits).not.toEqual(before.hits)
    expect(after.version).not.toBe(before.version)
    // The newest changes are all of what the other city lacks.
    expect(after.total).toBe(naive().total)
  })
})

test('changes from before D1 was set back are not laid over what was built after', async () => {
  const isolate = freshIsolate()
  const [one] = someIn('3301')
  await price(55_500, one)
  await buildBut(/./)
  later()
  await expectNow(isolate.env)
  await env.DB.batch([
    env.DB.prepare('UPDATE atlas_items SET price_fen = 66600 WHERE subject = ?').bind(one.subject),
    env.DB.prepare('UPDATE atlas_parts SET revision = revision - 500'),
  ])
  one.price_fen = 66_600
  await ring()
  await buildAtlas(env)
  later()
  await expectNow(isolate.env)
})
