/** Many ledgers' pages in one batch of D1, and what a hub that fails, dies or is away costs. */
import { evictDurableObject, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, describe, expect, test } from 'vitest'
import { newId } from '../../src/kernel/id.ts'
import { compareMirror, nudge } from '../../src/ledger/client.ts'
import { hubOf } from '../../src/ledger/hub.ts'
import type { MirrorHub } from '../../src/ledger/hub.ts'
import type { Page } from '../../src/ledger/mirror.ts'
import { PAGE_EVENTS_MAX, nextPage } from '../../src/ledger/mirror.ts'
import { mirrorOf, newDesk } from './desk.ts'
import type { Desk } from './desk.ts'
import { claim, issue, wu, yuan } from './fixture.ts'

const HUB = 'mirror:0'

afterEach(() => withDb(env.DB))

/** The hub that all desks here send to, as a ledger reaches it. */
function hub(): DurableObjectStub<MirrorHub> {
  return (env.HUB as DurableObjectNamespace<MirrorHub>).getByName(HUB)
}

async function withDb(DB: object): Promise<void> {
  await runInDurableObject(hub(), (one) => void Reflect.set(one, 'env', { ...env, DB }))
}

/** Gives the hub a D1 that fails where it is told to; answers the statements of each batch. */
async function countBatches(fails = false): Promise<number[]> {
  const batches: number[] = []
  const batch: D1Database['batch'] = (statements) => {
    batches.push(statements.length)
    if (fails) return Promise.reject(new Error('D1_ERROR: Network connection lost'))
    return env.DB.batch(statements)
  }
  await withDb({ prepare: env.DB.prepare.bind(env.DB), batch })
  return batches
}

async function withHub(desk: Desk, write: (page: Page) => Promise<string | null>): Promise<void> {
  const HUB = { getByName: () => ({ write }) }
  await runInDurableObject(desk.stub, (ledger) => void Reflect.set(ledger, 'env', { ...env, HUB }))
}

/** Rings by hand, whatever is set. */
async function ring(desk: Desk): Promise<void> {
  await runInDurableObject(desk.stub, (ledger) => ledger.alarm())
}

/** A ledger whose alarm stands still, with a claim that is not in D1. */
async function newWaitingDesk(): Promise<Desk> {
  let enterprise = newId()
  while (hubOf(enterprise) !== HUB) enterprise = newId()
  const desk = newDesk(enterprise)
  await desk.must(claim(yuan(1_000)))
  await runInDurableObject(desk.stub, (_ledger, { storage }) => storage.deleteAlarm())
  return desk
}

function newWaitingDesks(count: number): Promise<Desk[]> {
  return Promise.all(Array.from({ length: count }, () => newWaitingDesk()))
}

async function pageOf(desk: Desk): Promise<Page> {
  const page = await runInDurableObject(desk.stub, (_ledger, { storage }) =>
    nextPage(storage.sql, desk.enterprise),
  )
  if (!page) throw new Error('nothing is due')
  return page
}

async function expectMirrored(desks: readonly Desk[]): Promise<void> {
  for (const desk of desks) {
    expect(await compareMirror(env, desk.enterprise)).toEqual([])
    expect(await mirrorOf(desk)).toMatchObject({ pending: false, failures: 0 })
  }
}

describe('pages that meet', () => {
  test('go in one batch, a statement a table, and D1 says what each ledger says', async () => {
    const desks = await newWaitingDesks(5)
    const [first] = desks
    await first?.must(issue(yuan(100)))
    const pages = await Promise.all(desks.map(pageOf))
    const batches = await countBatches()
    const said = await Promise.all(pages.map((page) => hub().write(page)))
    expect(said).toEqual(desks.map(() => null))
    // Events, books, claims, the one voucher, heads.
    expect(batches).toEqual([5])
    for (const desk of desks) expect(await compareMirror(env, desk.enterprise)).toEqual([])
    await Promise.all(desks.map(ring))
    await expectMirrored(desks)
  })

  test('while a batch is being written make the next one', async () => {
    const batches = await countBatches()
    const pages = await Promise.all((await newWaitingDesks(6)).map(pageOf))
    const said = pages.slice(0, 3).map((page) => hub().write(page))
    const later = said[0]?.then(() => Promise.all(pages.slice(3).map((one) => hub().write(one))))
    expect(await Promise.all(said)).toEqual([null, null, null])
    expect(await later).toEqual([null, null, null])
    expect(batches).toHaveLength(2)
  })

  test('of a hundred thousand characters each go two or three to a batch', async () => {
    const batches = await countBatches()
    const desks = await newWaitingDesks(5)
    for (const desk of desks)
      await desk.must(issue(yuan(1), { form: { text: 'a'.repeat(60_000) } }))
    await Promise.all(desks.map(ring))
    expect(batches.length).toBeGreaterThan(1)
    expect(batches.length).toBeLessThan(5)
    await expectMirrored(desks)
  })

  test('of the same ledger leave what is newer', async () => {
    const desk = await newWaitingDesk()
    const made = issue(yuan(1_000))
    await desk.must(made)
    const old = await pageOf(desk)
    await desk.must({ kind: 'confirm', voucher: made.voucher }, wu)
    const pages = [await pageOf(desk), old, old]
    expect(await Promise.all(pages.map((one) => hub().write(one)))).toEqual([null, null, null])
    expect(await compareMirror(env, desk.enterprise)).toEqual([])
  })
})

describe('when D1 refuses a batch', () => {
  test('a bad page does not hold the others, and its ledger alone hears of it', async () => {
    const desks = await newWaitingDesks(3)
    const bad = { sent_seq: 0, to_seq: 1, texts: { events: '[{"seq":1,]' } }
    const [said] = await Promise.all([hub().write(bad), ...desks.map(ring)])
    expect(said).toContain('malformed JSON')
    await expectMirrored(desks)
  })

  test('and three pages after it, it is D1 that is ill: the rest do not even try', async () => {
    const pages = await Promise.all((await newWaitingDesks(8)).map(pageOf))
    const batches = await countBatches(true)
    const said = await Promise.all(pages.map((page) => hub().write(page)))
    expect(said).toEqual(pages.map(() => 'D1_ERROR: Network connection lost'))
    expect(batches).toHaveLength(4)
  })

  test('a ledger backs off, and then sends its page itself', async () => {
    const desk = await newWaitingDesk()
    const batches = await countBatches(true)
    await ring(desk)
    const { failures, alarm, due_at } = await mirrorOf(desk)
    expect([failures, alarm]).toEqual([1, due_at])
    expect(batches).toHaveLength(1)
    await ring(desk)
    expect(batches).toHaveLength(1)
    await expectMirrored([desk])
  })

  test('after it wrote it, the pages go again and nothing doubles', async () => {
    const batch = async (statements: D1PreparedStatement[]) => {
      await env.DB.batch(statements)
      throw new Error('D1_ERROR: the answer was lost')
    }
    await withDb({ prepare: env.DB.prepare.bind(env.DB), batch })
    const desks = await newWaitingDesks(2)
    await Promise.all(desks.map(ring))
    for (const desk of desks) {
      expect(await mirrorOf(desk)).toMatchObject({ pending: true, failures: 1 })
      expect(await nudge(env, desk.enterprise)).toBe(true)
    }
    await expectMirrored(desks)
  })
})

describe('a hub', () => {
  test('takes the pages of alarms that ring by themselves', async () => {
    const desk = newDesk()
    await desk.must(claim(yuan(1_000)))
    await expect.poll(() => compareMirror(env, desk.enterprise), { timeout: 3_000 }).toEqual([])
  })

  test('that dies with pages in its hands loses nothing', async () => {
    const desks = await newWaitingDesks(6)
    const rings = desks.map(ring)
    const death = runInDurableObject(hub(), (_hub, state) => state.abort('the hub died'))
    await expect(death).rejects.toThrow('the hub died')
    await Promise.all(rings)
    await expectMirrored(desks)
  })

  test('that is evicted keeps nothing that anybody misses', async () => {
    const desks = await newWaitingDesks(3)
    await Promise.all(desks.map(ring))
    await evictDurableObject(hub())
    await Promise.all(desks.map((desk) => desk.must(claim(yuan(1)))))
    await Promise.all(desks.map(ring))
    await expectMirrored(desks)
  })

  test('that is out of reach is done without', async () => {
    const desk = await newWaitingDesk()
    await withHub(desk, () => Promise.reject(new Error('overloaded')))
    await ring(desk)
    await expectMirrored([desk])
  })

  test('is spared a full page, which makes a batch of its own', async () => {
    const desk = await newWaitingDesk()
    for (let round = 1; round < PAGE_EVENTS_MAX + 2; round += 1) await desk.must(claim(1))
    const sizes: number[] = []
    await withHub(desk, (page) => {
      sizes.push(page.to_seq - page.sent_seq)
      return hub().write(page)
    })
    await ring(desk)
    expect(sizes).toEqual([2])
    await expectMirrored([desk])
  })

  test('is not waited for by who asks to be current', async () => {
    const desk = await newWaitingDesk()
    let asked = 0
    await withHub(desk, () => Promise.resolve((asked += 1) > 0 ? 'never' : null))
    expect(await nudge(env, desk.enterprise)).toBe(true)
    expect(asked).toBe(0)
    await expectMirrored([desk])
  })
})
