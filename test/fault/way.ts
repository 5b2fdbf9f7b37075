/** What stands between the product's callers and its objects, and goes wrong as told. */
import { evictDurableObject, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import type { EnterpriseLedger } from '../../src/ledger/object.ts'
import type { Envelope } from '../../src/ledger/client.ts'
import type { MirrorHub } from '../../src/ledger/hub.ts'
import type { Page } from '../../src/ledger/mirror.ts'

export const TROUBLES = ['lost', 'answer lost', 'overloaded', 'stalled', 'reset'] as const
export type Trouble = (typeof TROUBLES)[number] | 'none'

/** What may happen around one command. */
export const FAULTS = [
  ...TROUBLES,
  'crash inside',
  'crash after',
  'evicted',
  'D1 fails before',
  'D1 fails after',
  'alarm twice',
  'alarm lost',
  'hub lost',
  'hub answer lost',
  'budget lost',
  'budget answer lost',
  'crash after the lease',
] as const
export type Fault = (typeof FAULTS)[number]

/** Those that need a claim under a budget. */
export const OF_BUDGETS: ReadonlySet<Fault> = new Set([
  'budget lost',
  'budget answer lost',
  'crash after the lease',
])
const MARKS: Readonly<Record<string, object>> = {
  lost: { retryable: true },
  'answer lost': { retryable: true },
  overloaded: { overloaded: true },
  reset: { durableObjectReset: true },
}
const STALL_MS = 30

/** Does the work, or fails before or after it as the runtime would. */
async function through<T>(trouble: Trouble, work: () => Promise<T>): Promise<T> {
  if (trouble === 'none') return work()
  if (trouble === 'stalled') {
    await scheduler.wait(STALL_MS)
    return work()
  }
  if (trouble === 'answer lost' || trouble === 'reset') await work()
  throw Object.assign(new Error(`on the way: ${trouble}`), MARKS[trouble])
}

/**
 * The binding as `post` is given it. The first call meets the trouble; every answer that an object
 * gave is kept in `heard`, the lost ones too.
 */
export function troubledLedgers(trouble: Trouble, heard: string[]): DurableObjectNamespace {
  const ledgers = env.LEDGER as DurableObjectNamespace<EnterpriseLedger>
  let calls = 0
  const ask = (work: () => Promise<string>) =>
    through((calls += 1) === 1 ? trouble : 'none', async () => {
      const answer = await work()
      heard.push(answer)
      return answer
    })
  const getByName = (name: string) => ({
    command: (envelope: Envelope) => ask(() => ledgers.getByName(name).command(envelope)),
    claim: (envelope: Envelope) => ask(() => ledgers.getByName(name).claim(envelope)),
  })
  return { getByName } as unknown as DurableObjectNamespace
}

/** The hubs as a ledger is bound to them: the first call meets the trouble. */
export function troubledHubs(trouble: Trouble, over: object): DurableObjectNamespace {
  const hubs = over as DurableObjectNamespace<MirrorHub>
  let calls = 0
  const getByName = (name: string) => ({
    write: (page: Page) =>
      through((calls += 1) === 1 ? trouble : 'none', () => hubs.getByName(name).write(page)),
  })
  return { getByName } as unknown as DurableObjectNamespace
}

/** The budgets as a ledger is bound to them: the first call meets the trouble. */
export function troubledBudgets(
  trouble: Trouble | 'crash',
  crash: () => void,
): DurableObjectNamespace {
  let calls = 0
  const getByName = (name: string) =>
    new Proxy(env.BUDGET.getByName(name), {
      get:
        (_stub, method) =>
        async (...words: unknown[]) => {
          // A fresh stub each time, as one that has failed may stay broken.
          const stub: object = env.BUDGET.getByName(name)
          const work = () => Reflect.get(stub, method)(...words) as Promise<unknown>
          calls += 1
          if (calls > 1) return work()
          if (trouble !== 'crash') return through(trouble, work)
          await work()
          return crash()
        },
    })
  return { getByName } as unknown as DurableObjectNamespace
}

/** Only what runs can be evicted, and a crash may have ended it. */
export async function evict(stub: DurableObjectStub<EnterpriseLedger>): Promise<void> {
  await runInDurableObject(stub, () => undefined)
  await evictDurableObject(stub)
}

export function troubleOf(fault: Fault | null): Trouble {
  return TROUBLES.find((one) => one === fault) ?? 'none'
}
