/** Crashes: before the commit nothing is left, after it everything is, and a retry heals both. */
import { evictDurableObject, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import { newId } from '../../src/kernel/id.ts'
import { compareMirror, nudge, readLedger, verifyLedger } from '../../src/ledger/client.ts'
import { confirmed, hubOver, mirrorOf, newDesk, stubOf } from './desk.ts'
import type { Desk } from './desk.ts'
import { NEXT_YEAR, TODAY, claim, issue, yuan } from './fixture.ts'

/** Rings like the platform does when an object dies: the caller gets an error. */
async function crash(work: () => Promise<unknown>): Promise<void> {
  await expect(work()).rejects.toThrow(/the object died/)
}

/** How many events the ledger proves, D1 agreeing; else what is wrong. */
async function soundness({ enterprise }: Desk): Promise<number | string[]> {
  const { seq, problems } = await verifyLedger(env, enterprise)
  await nudge(env, enterprise)
  const found = [...problems, ...(await compareMirror(env, enterprise))]
  return found.length > 0 ? found : seq
}

describe('a crash', () => {
  test('before the commit leaves nothing; the retry with the same key does it once', async () => {
    const desk = newDesk()
    await desk.must(claim(yuan(1_000)))
    const envelope = { key: newId(), actor: desk.lin, at: TODAY, command: claim(yuan(500)) }
    await crash(() =>
      runInDurableObject(desk.stub, (ledger, state) =>
        state.storage.transactionSync(() => {
          ledger.command(envelope)
          state.abort('the object died')
        }),
      ),
    )
    expect((await readLedger(env, desk.enterprise, TODAY)).claims).toHaveLength(1)
    const retried = await stubOf(desk.enterprise).command(envelope)
    expect(JSON.parse(retried)).toMatchObject({ ok: true, value: { seq: 2 } })
    expect(await soundness(newDesk(desk.enterprise))).toBe(2)
  })

  test('after the commit leaves it done; the retry gets the answer that was lost', async () => {
    const desk = newDesk()
    const envelope = { key: newId(), actor: desk.lin, at: TODAY, command: claim(yuan(500)) }
    let lost = ''
    await crash(() =>
      runInDurableObject(desk.stub, async (ledger, state) => {
        lost = ledger.command(envelope)
        await state.storage.sync()
        state.abort('the object died')
      }),
    )
    expect(await stubOf(desk.enterprise).command(envelope)).toBe(lost)
    expect(await soundness(newDesk(desk.enterprise))).toBe(1)
  })

  test('after the commit strands nothing: the alarm was set in the same turn', async () => {
    const desk = newDesk()
    await crash(() =>
      runInDurableObject(desk.stub, async (ledger, state) => {
        ledger.command({ key: newId(), actor: desk.lin, at: TODAY, command: claim(yuan(500)) })
        await state.storage.sync()
        state.abort('the object died')
      }),
    )
    // Nobody speaks to the object again: its own alarm must bring the event to D1.
    const query = 'SELECT count(*) AS rows FROM events WHERE enterprise = ?'
    const count = () => env.DB.prepare(query).bind(desk.enterprise).first('rows')
    await expect.poll(count, { timeout: 5_000 }).toBe(1)
  })

  test('cannot come between the commit and the alarm', async () => {
    const desk = newDesk()
    const alarm = await runInDurableObject(desk.stub, (ledger, state) => {
      ledger.command({ key: newId(), actor: desk.lin, at: TODAY, command: claim(yuan(500)) })
      // Asked in the same turn: nothing has been flushed yet.
      return state.storage.getAlarm()
    })
    expect(alarm).toEqual(expect.any(Number))
  })

  test('that lost the alarm is made good by whoever speaks to the object next', async () => {
    const desk = newDesk()
    await desk.must(claim(yuan(500)))
    await crash(() =>
      runInDurableObject(desk.stub, async (_ledger, state) => {
        await state.storage.setAlarm(NEXT_YEAR)
        await state.storage.sync()
        state.abort('the object died')
      }),
    )
    await readLedger(env, desk.enterprise, TODAY)
    const { pending, alarm } = await mirrorOf(newDesk(desk.enterprise))
    expect([pending, alarm]).toEqual([true, expect.any(Number)])
    expect(alarm).toBeLessThan(Date.now() + 1_000)
  })

  test('in the middle of mirroring sends the page again', async () => {
    const desk = newDesk()
    await confirmed(desk, yuan(1_000))
    await crash(() =>
      runInDurableObject(desk.stub, async (ledger, state) => {
        const DB = {
          prepare: env.DB.prepare.bind(env.DB),
          batch: async (statements: D1PreparedStatement[]) => {
            await env.DB.batch(statements)
            state.abort('the object died')
          },
        }
        Reflect.set(ledger, 'env', { ...env, DB, HUB: hubOver(DB) })
        await ledger.alarm()
      }),
    )
    expect(await soundness(newDesk(desk.enterprise))).toBe(3)
  })
})

test('an object that is evicted remembers everything', async () => {
  const desk = newDesk()
  const voucher = await confirmed(desk, yuan(1_000))
  await evictDurableObject(desk.stub)
  await desk.must({ kind: 'submit', voucher, redemption: newId() })
  expect(await soundness(desk)).toBe(4)
})

describe('what the code would never do, the tables do not let it', () => {
  test.each([
    [`UPDATE events SET at = 0`, 'events never change'],
    [`DELETE FROM events`, 'events are never deleted'],
    [`UPDATE legs SET amount_fen = 1`, 'legs never change'],
    [`DELETE FROM legs`, 'legs are never deleted'],
    [`UPDATE vouchers SET amount_fen = 1`, 'what a voucher says never changes'],
    [`UPDATE vouchers SET carrier = 'another'`, 'what a voucher says never changes'],
    [`DELETE FROM vouchers`, 'vouchers are never deleted'],
    [
      `INSERT INTO events SELECT seq + 2, at, kind, actor, voucher, payload, postings, prev, hash
      FROM events WHERE seq = 3`,
      'a gap in the events',
    ],
    [`UPDATE books SET available = -1`, 'CHECK constraint failed'],
    [`UPDATE books SET available = available + 1`, 'CHECK constraint failed'],
    [`UPDATE vouchers SET state = 'redeemed', ended_at = 1`, 'CHECK constraint failed'],
  ])('%s', async (query, refusal) => {
    const desk = newDesk()
    await confirmed(desk, yuan(1_000))
    const said = await runInDurableObject(desk.stub, (_ledger, { storage }) => {
      try {
        return storage.transactionSync(() => JSON.stringify(storage.sql.exec(query).toArray()))
      } catch (error) {
        return String(error)
      }
    })
    expect(said).toContain(refusal)
    expect(await soundness(desk)).toBe(3)
  })

  test('a voucher that has ended rests', async () => {
    const desk = newDesk()
    await desk.must(claim(yuan(1)))
    await desk.must(issue(yuan(1), { voucher: 'v' }))
    await desk.must({ kind: 'void', voucher: 'v' })
    await expect(
      desk.rows(`UPDATE vouchers SET state = 'unconfirmed', ended_at = NULL`),
    ).rejects.toThrow('a voucher that has ended never changes')
  })

  test('a balance that disagrees with its legs stops the next command', async () => {
    const desk = newDesk()
    await desk.must(claim(yuan(1_000)))
    await desk.rows('UPDATE books SET available = available + 1, claimed_fen = claimed_fen + 1')
    const said = await runInDurableObject(desk.stub, (ledger) => {
      try {
        const command = claim(yuan(1))
        return ledger.command({ key: 'k', actor: desk.lin, at: TODAY, command })
      } catch (error) {
        return String(error)
      }
    })
    expect(said).toContain('legs say')
    expect(await desk.rows('SELECT * FROM events')).toHaveLength(1)
    expect(await desk.rows(`SELECT * FROM answers WHERE key = 'k'`)).toEqual([])
  })
})
