/** Calls whose answer is lost on the way: retried with the same key, or given up by name. */
import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import { newId } from '../../src/kernel/id.ts'
import { nudge, post, readBook, readLedger } from '../../src/ledger/client.ts'
import type { Bindings } from '../../src/platform/bindings.ts'
import { newDesk } from './desk.ts'
import { TODAY, XIHU, claim, lin, yuan } from './fixture.ts'

type Fault = { lost: 'request' | 'answer'; error: Error }

const reset = () => Object.assign(new Error('reset'), { durableObjectReset: true, remote: true })
const retryable = () => Object.assign(new Error('lost'), { retryable: true, remote: true })
const overloaded = () => Object.assign(new Error('full'), { overloaded: true, retryable: true })
const plain = () => new Error('Network connection lost.')
const locked = () => new Error('database is locked: SQLITE_BUSY')
const bug = () => new Error('available is -1')

/** The real namespace behind a way that loses things: one fault a call, then none. */
function behind(faults: Fault[]): { LEDGER: Bindings['LEDGER']; stubs: () => number } {
  let stubs = 0
  const getByName = (name: string) => {
    stubs += 1
    const fault = faults.shift()
    const stub = env.LEDGER.getByName(name)
    return new Proxy(stub, {
      get:
        (real, method) =>
        async (...values: unknown[]) => {
          if (fault?.lost === 'request') throw fault.error
          const answer: unknown = await Reflect.apply(Reflect.get(real, method), real, values)
          if (fault?.lost === 'answer') throw fault.error
          return answer
        },
    })
  }
  return { LEDGER: { getByName } as unknown as Bindings['LEDGER'], stubs: () => stubs }
}

async function claimBehind(faults: Fault[]) {
  const { enterprise } = newDesk()
  const way = behind(faults)
  const actor = { ...lin, enterprise }
  const command = claim(yuan(1_000))
  const answer = await post(way, enterprise, { key: newId(), actor, at: TODAY, command })
  const { claims } = await readLedger(env, enterprise, TODAY)
  return { answer, stubs: way.stubs(), claims: claims.length }
}

describe('a claim whose', () => {
  test.each([
    ['request is lost in a reset', [{ lost: 'request', error: reset() }]],
    ['answer is lost in a reset', [{ lost: 'answer', error: reset() }]],
    ['storage is locked by the old self of its ledger', [{ lost: 'request', error: locked() }]],
    [
      'answer is lost twice',
      [
        { lost: 'answer', error: retryable() },
        { lost: 'answer', error: plain() },
      ],
    ],
  ] as [string, Fault[]][])('%s is made once, over a fresh stub a try', async (_how, faults) => {
    const tries = faults.length + 1
    const { answer, stubs, claims } = await claimBehind(faults)
    expect(answer).toMatchObject({ ok: true, value: { seq: 1 } })
    expect([stubs, claims]).toEqual([tries, 1])
  })

  test('answer is lost three times is unavailable, and stands all the same', async () => {
    const faults: Fault[] = [1, 2, 3].map(() => ({ lost: 'answer', error: reset() }))
    const { answer, stubs, claims } = await claimBehind(faults)
    expect(answer).toEqual({ ok: false, code: 'unavailable', facts: {} })
    expect([stubs, claims]).toEqual([3, 1])
  })

  test('ledger is overloaded is not sent again', async () => {
    const { answer, stubs, claims } = await claimBehind([{ lost: 'request', error: overloaded() }])
    expect(answer).toMatchObject({ code: 'unavailable' })
    expect([stubs, claims]).toEqual([1, 0])
  })

  test('ledger contradicts itself is an error, not a refusal', async () => {
    await expect(claimBehind([{ lost: 'request', error: bug() }])).rejects.toThrow(
      'available is -1',
    )
  })
})

describe('a read', () => {
  test('survives a reset', async () => {
    const { LEDGER } = behind([{ lost: 'answer', error: reset() }])
    expect(await readBook({ LEDGER }, newId(), XIHU, TODAY)).toMatchObject({ claimed_fen: 0 })
  })

  test('that finds no ledger is a 503', async () => {
    const { LEDGER } = behind([1, 2, 3].map(() => ({ lost: 'request', error: reset() })))
    await expect(readLedger({ LEDGER }, newId(), TODAY)).rejects.toMatchObject({ status: 503 })
  })

  test('of the mirror’s progress answers false rather than fail', async () => {
    const { LEDGER } = behind([{ lost: 'request', error: overloaded() }])
    expect(await nudge({ LEDGER }, newId())).toBe(false)
  })
})
