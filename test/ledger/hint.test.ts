/** Who hears of what: the three parties of a voucher, and nobody of another's. */
import { evictDurableObject, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { expect, test, vi } from 'vitest'
import { newId } from '../../src/kernel/id.ts'
import { readLedger } from '../../src/ledger/client.ts'
import { cursorOf } from '../../src/live/client.ts'
import { newDesk, withDb } from './desk.ts'
import type { Desk } from './desk.ts'
import { TODAY, XIHU, claim, issue, wang, wu, yuan } from './fixture.ts'

/** What a channel has said since somebody listened, as topic:id. */
async function heard(channel: string): Promise<string[]> {
  return runInDurableObject(env.CHANNEL.getByName(channel), (_channel, { storage }) =>
    storage.sql
      .exec<{ topic: string; id: string }>(
        `SELECT DISTINCT topic, id FROM hints WHERE topic <> '' ORDER BY topic, id`,
      )
      .toArray()
      .map(({ topic, id }) => `${topic}:${id}`),
  )
}

/** Opens a page of the enterprise: it takes its cursor and is rendered from the ledger. */
async function openPage(desk: Desk): Promise<string> {
  const own = `enterprise:${desk.enterprise}`
  await cursorOf(env, own)
  await readLedger(env, desk.enterprise, TODAY)
  return own
}

test('a voucher is heard of by its enterprise, its carrier and its bureau', async () => {
  const desk = newDesk()
  const carrier = { ...wu, carrier: newId() }
  const own = await openPage(desk)
  const theirs = `carrier:${carrier.carrier}`
  const bureau = `bureau:${XIHU}`
  const others = `carrier:${newId()}`
  for (const channel of [theirs, bureau, others]) await cursorOf(env, channel)
  const made = issue(yuan(1_000), { carrier: carrier.carrier })
  const { voucher } = made

  await desk.must(claim(yuan(1_000)))
  await desk.must(made)
  await expect.poll(() => heard(theirs)).toEqual([`voucher:${voucher}`])

  await desk.must({ kind: 'confirm', voucher }, carrier)
  await desk.must({ kind: 'submit', voucher, redemption: 'r' })
  await desk.must({ kind: 'reject', redemption: 'r', reason: '材料不实' }, wang)
  const all = [`redemption:${voucher}`, `voucher:${voucher}`]
  await expect.poll(() => heard(theirs)).toEqual(all)
  await expect.poll(() => heard(bureau)).toEqual(expect.arrayContaining(all))
  await expect.poll(() => heard(own)).toEqual([`book:${XIHU}:2026`, ...all])
  expect(await heard(others)).toEqual([])
})

/** How often a channel has spoken since somebody listened. */
async function countSaid(channel: string): Promise<number> {
  return runInDurableObject(env.CHANNEL.getByName(channel), (_channel, { storage }) =>
    Number(storage.sql.exec(`SELECT count(*) AS n FROM hints WHERE topic <> ''`).one()['n']),
  )
}

test('of a burst the first and the last are heard, not every one between', async () => {
  const desk = newDesk()
  const own = await openPage(desk)
  await Promise.all(Array.from({ length: 50 }, () => desk.must(claim(1))))
  await expect.poll(() => countSaid(own)).toBeGreaterThan(1)
  expect(await countSaid(own)).toBeLessThan(25)
})

test('a refusal and a replay are heard by nobody', async () => {
  const desk = newDesk()
  const own = await openPage(desk)
  const command = claim(yuan(1_000))
  const key = newId()
  await desk.tell(command, desk.lin, undefined, key)
  await expect.poll(() => countSaid(own)).toBe(1)
  await desk.tell(command, desk.lin, undefined, key)
  await desk.tell(issue(yuan(2_000)))
  await desk.must(claim(1))
  // The next that is heard is the second claim: the two between said nothing.
  await expect.poll(() => countSaid(own)).toBe(2)
})

test('a channel that is out of reach fails no command', async () => {
  const desk = newDesk()
  const getByName = () => {
    throw new Error('no channel')
  }
  await withDb(desk, {}, { getByName })
  expect(await desk.tell(claim(yuan(1_000)))).toMatchObject({ ok: true })
})

test('an enterprise whose ledger nobody has read is told nothing, its carrier is', async () => {
  const desk = newDesk()
  const carrier = newId()
  const said: string[] = []
  const getByName = (channel: string) => ({ announce: () => void said.push(channel) })
  await withDb(desk, {}, { getByName })
  await desk.must(claim(yuan(1_000)))
  expect(said).toEqual([])
  await desk.must(issue(yuan(1_000), { carrier }))
  await expect.poll(() => said).toContain(`carrier:${carrier}`)
  expect(said).not.toContain(`enterprise:${desk.enterprise}`)
})

test('who has read a ledger hears of it after it slept, and still after two months', async () => {
  const desk = newDesk()
  const own = await openPage(desk)
  await evictDurableObject(desk.stub)
  vi.setSystemTime(Date.now() + 59 * 86_400_000)
  await desk.must(claim(yuan(1)))
  vi.useRealTimers()
  await expect.poll(() => heard(own)).not.toEqual([])
})
