/** The way into D1: pages, pages twice or late, and a D1 that fails before or after it wrote. */
import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import { compareMirror, listEnterprisesInMirror, nudge } from '../../src/ledger/client.ts'
import { LATE_MS_MAX, backoffMs, nextPage, statementsFor } from '../../src/ledger/mirror.ts'
import type { Page } from '../../src/ledger/mirror.ts'
import { confirmed, mirrorOf, newDesk, withDb } from './desk.ts'
import type { Desk } from './desk.ts'
import { claim, issue, wu, yuan } from './fixture.ts'

const failing = () => Promise.reject(new Error('D1_ERROR: Network connection lost'))

async function countRows(table: string, { enterprise }: Desk): Promise<number | null> {
  const query = `SELECT count(*) AS rows FROM ${table} WHERE enterprise = ?`
  return env.DB.prepare(query).bind(enterprise).first<number>('rows')
}

/** The pages that are due, without sending them. */
async function takePage(desk: Desk): Promise<Page> {
  const page = await runInDurableObject(desk.stub, (_ledger, { storage }) =>
    nextPage(storage.sql, desk.enterprise),
  )
  if (!page) throw new Error('nothing is due')
  return page
}

describe('after a command', () => {
  test('an alarm is set, and when it has rung D1 says what the ledger says', async () => {
    const desk = newDesk()
    await confirmed(desk, yuan(1_000))
    expect(await mirrorOf(desk)).toMatchObject({ pending: true, alarm: expect.any(Number) })
    expect(await compareMirror(env, desk.enterprise)).not.toEqual([])
    expect(await runDurableObjectAlarm(desk.stub)).toBe(true)
    expect(await compareMirror(env, desk.enterprise)).toEqual([])
    expect(await mirrorOf(desk)).toMatchObject({ pending: false, sent_seq: 3 })
    const heads = await listEnterprisesInMirror(env)
    expect(heads.find(({ enterprise }) => enterprise === desk.enterprise)?.seq).toBe(3)
  })

  test('the alarm rings by itself, within a second', async () => {
    const desk = newDesk()
    await desk.must(claim(yuan(1_000)))
    await expect.poll(() => countRows('events', desk), { timeout: 2_000 }).toBe(1)
  })

  test('an alarm that rings twice changes nothing the second time', async () => {
    const desk = newDesk()
    await confirmed(desk, yuan(1_000))
    await nudge(env, desk.enterprise)
    await runInDurableObject(desk.stub, (ledger) => ledger.alarm())
    expect(await compareMirror(env, desk.enterprise)).toEqual([])
    expect(await countRows('events', desk)).toBe(3)
  })

  test('an alarm that rings for nothing is no error', async () => {
    const desk = newDesk()
    expect(await nudge(env, desk.enterprise)).toBe(true)
    expect(await mirrorOf(desk)).toMatchObject({ sent_seq: 0, failures: 0 })
  })

  test('a command that comes as the alarm is about to ring does not put it off', async () => {
    const desk = newDesk()
    await desk.must(claim(yuan(1_000)))
    await desk.rows(`UPDATE mirror SET due_at = ${Date.now() - 5}`)
    const { due_at } = await mirrorOf(desk)
    await desk.must(claim(yuan(1_000)))
    expect((await mirrorOf(desk)).due_at).toBe(due_at)
  })

  test('an alarm that has not rung for a minute is taken for lost and set anew', async () => {
    const desk = newDesk()
    await desk.must(claim(yuan(1_000)))
    await desk.rows(`UPDATE mirror SET due_at = ${Date.now() - LATE_MS_MAX}`)
    await desk.must(claim(yuan(1_000)))
    expect(Number((await mirrorOf(desk)).due_at)).toBeGreaterThan(Date.now() - 1_000)
  })

  test('a backlog of three hundred events goes in pages of two hundred', async () => {
    const desk = newDesk()
    const batches: number[] = []
    const batch: D1Database['batch'] = (statements) => {
      batches.push(statements.length)
      return env.DB.batch(statements)
    }
    await withDb(desk, { batch: failing })
    for (let round = 0; round < 300; round += 1) await desk.must(claim(1))
    await withDb(desk, { batch })
    expect(await nudge(env, desk.enterprise)).toBe(true)
    // Events, claims and the head; the book goes with the page that changed it last.
    expect(batches).toEqual([3, 4])
    expect(await compareMirror(env, desk.enterprise)).toEqual([])
  })

  test('large forms make small pages', async () => {
    const desk = newDesk()
    await withDb(desk, { batch: failing })
    await desk.must(claim(yuan(100)))
    const form = { text: '创'.repeat(20_000) }
    for (let round = 0; round < 6; round += 1) await desk.must(issue(yuan(1), { form }))
    const { to_seq } = await takePage(desk)
    expect(to_seq).toBeGreaterThan(1)
    expect(to_seq).toBeLessThan(7)
    await withDb(desk, { batch: env.DB.batch.bind(env.DB) })
    expect(await nudge(env, desk.enterprise)).toBe(true)
    expect(await compareMirror(env, desk.enterprise)).toEqual([])
  })
})

describe('when D1 fails', () => {
  test('before it wrote, the alarm does not throw, backs off and catches up later', async () => {
    const desk = newDesk()
    await withDb(desk, { batch: failing })
    await desk.must(claim(yuan(1_000)))
    for (let ring = 1; ring <= 3; ring += 1) {
      await runInDurableObject(desk.stub, (ledger) => ledger.alarm())
      const { failures, alarm, due_at } = await mirrorOf(desk)
      expect(failures).toBe(ring)
      expect(alarm).toBe(due_at)
      expect(Number(alarm) - Date.now()).toBeGreaterThan(2 ** (ring - 1) * 400)
    }
    expect(await countRows('events', desk)).toBe(0)
    await withDb(desk, { batch: env.DB.batch.bind(env.DB) })
    expect(await runDurableObjectAlarm(desk.stub)).toBe(true)
    expect(await mirrorOf(desk)).toMatchObject({ failures: 0, pending: false })
    expect(await compareMirror(env, desk.enterprise)).toEqual([])
  })

  test('after it wrote, the same page is sent again and nothing doubles', async () => {
    const desk = newDesk()
    await withDb(desk, {
      batch: async (statements) => {
        await env.DB.batch(statements)
        throw new Error('D1_ERROR: the answer was lost')
      },
    })
    await confirmed(desk, yuan(1_000))
    await nudge(env, desk.enterprise)
    expect(await countRows('events', desk)).toBe(3)
    expect(await mirrorOf(desk)).toMatchObject({ pending: true, sent_seq: 0, failures: 1 })
    await withDb(desk, { batch: env.DB.batch.bind(env.DB) })
    expect(await nudge(env, desk.enterprise)).toBe(true)
    expect(await countRows('events', desk)).toBe(3)
    expect(await compareMirror(env, desk.enterprise)).toEqual([])
  })

  test('commands go on, and do not shorten the back-off', async () => {
    const desk = newDesk()
    await withDb(desk, { batch: failing })
    await desk.must(claim(yuan(1_000)))
    for (let ring = 0; ring < 6; ring += 1) await nudge(env, desk.enterprise)
    const before = await mirrorOf(desk)
    expect(Number(before.due_at) - Date.now()).toBeGreaterThan(10_000)
    await desk.must(issue(yuan(1_000)))
    expect((await mirrorOf(desk)).alarm).toBe(before.alarm)
  })

  test('an object that is evicted before its alarm rang sets it again', async () => {
    const desk = newDesk()
    await desk.must(claim(yuan(1_000)))
    await runInDurableObject(desk.stub, (_ledger, { storage }) => storage.deleteAlarm())
    await evictDurableObject(desk.stub)
    expect(await mirrorOf(desk)).toMatchObject({ pending: true, alarm: expect.any(Number) })
    await expect.poll(() => countRows('events', desk), { timeout: 2_000 }).toBe(1)
  })
})

test('a page that arrives after newer ones takes nothing back', async () => {
  const desk = newDesk()
  await withDb(desk, { batch: failing })
  await desk.must(claim(yuan(1_000)))
  const made = issue(yuan(1_000))
  await desk.must(made)
  const old = await takePage(desk)
  await desk.must({ kind: 'confirm', voucher: made.voucher }, wu)
  await withDb(desk, { batch: env.DB.batch.bind(env.DB) })
  await nudge(env, desk.enterprise)
  await env.DB.batch(statementsFor(env.DB, old))
  expect(await compareMirror(env, desk.enterprise)).toEqual([])
  const query = 'SELECT seq FROM heads WHERE enterprise = ?'
  expect(await env.DB.prepare(query).bind(desk.enterprise).first('seq')).toBe(3)
})

test('the back-off doubles from a second to a minute, shortened by up to a half', () => {
  const longest = [1, 2, 3, 9, 10, 11, 5_000].map((failures) => backoffMs(failures, 0))
  expect(longest).toEqual([1_000, 2_000, 4_000, 60_000, 60_000, 60_000, 60_000])
  expect(backoffMs(1, 1)).toBe(500)
})
