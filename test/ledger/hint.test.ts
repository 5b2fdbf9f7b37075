/** Who hears of what: the three parties of a voucher, and nobody of another's. */
import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import { newId } from '../../src/kernel/id.ts'
import { cursorOf } from '../../src/live/client.ts'
import { newDesk, withDb } from './desk.ts'
import { XIHU, claim, issue, wang, wu, yuan } from './fixture.ts'

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

test('a voucher is heard of by its enterprise, its carrier and its bureau', async () => {
  const desk = newDesk()
  const carrier = { ...wu, carrier: newId() }
  const own = `enterprise:${desk.enterprise}`
  const theirs = `carrier:${carrier.carrier}`
  const bureau = `bureau:${XIHU}`
  const others = `carrier:${newId()}`
  for (const channel of [own, theirs, bureau, others]) await cursorOf(env, channel)
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
  const own = `enterprise:${desk.enterprise}`
  await cursorOf(env, own)
  await Promise.all(Array.from({ length: 50 }, () => desk.must(claim(1))))
  await expect.poll(() => countSaid(own)).toBeGreaterThan(1)
  expect(await countSaid(own)).toBeLessThan(25)
})

test('a refusal and a replay are heard by nobody', async () => {
  const desk = newDesk()
  const own = `enterprise:${desk.enterprise}`
  const command = claim(yuan(1_000))
  const key = newId()
  await cursorOf(env, own)
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
