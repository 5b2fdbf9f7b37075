/**
 * How ledgers and pages speak to a region's budget. Each answers undefined where it is out of
 * reach, and may be sent again: every call counts once.
 */
import type { Outcome } from '../kernel/outcome.ts'
import type { Bindings } from '../platform/bindings.ts'
import { logError } from '../platform/log.ts'
import { reach, within } from '../platform/reach.ts'
import type {
  BudgetRefusal,
  Lease,
  LeaseAnswer,
  LeaseAsk,
  Return,
  ReturnAsk,
  Sums,
  Unleased,
} from './rules.ts'

type Env = Pick<Bindings, 'BUDGET'>

/** Longer than that nobody waits for a region: neither a person nor an alarm. */
const CALL_MS_MAX = 5_000

/** Whose budget: a county and a year. */
export type Place = { region: string; year: number }

/** The object's methods. */
type Stub = {
  lease(ask: LeaseAsk, unleased?: Unleased): Promise<LeaseAnswer>
  settle(lease: string): Promise<LeaseAnswer>
  release(ask: Omit<LeaseAsk, 'budget_fen'>): Promise<LeaseAnswer>
  giveBack(ask: ReturnAsk, unleased: Unleased): Promise<Outcome<Return, BudgetRefusal>>
  state(): Promise<Sums | null>
  prove(): Promise<{ sums: Sums; problems: string[] }>
  listLeases(after: Lease | null, limit: number): Promise<Lease[]>
}

/** Asks for a part of the budget under the claim's id. */
export async function lease(
  env: Env,
  place: Place,
  ask: LeaseAsk,
  unleased: Unleased,
): Promise<LeaseAnswer | undefined> {
  const answer = await call(env, place, (stub) => stub.lease(ask, unleased))
  return answer && !answer.ok && answer.code === 'unavailable' ? undefined : answer
}

/** Tells that the claim was granted. */
export function settle(env: Env, place: Place, id: string) {
  return call(env, place, (stub) => stub.settle(id))
}

/** Tells that the claim was abandoned. */
export function release(env: Env, place: Place, ask: Omit<LeaseAsk, 'budget_fen'>) {
  return call(env, place, (stub) => stub.release(ask))
}

/** Tells that quota was handed back; `id` names the hand-back. */
export function giveBack(env: Env, place: Place, ask: ReturnAsk, unleased: Unleased) {
  return call(env, place, (stub) => stub.giveBack(ask, unleased))
}

/** What stands against the budget. */
export async function readSums(env: Env, place: Place): Promise<Sums | undefined> {
  return (await call(env, place, (stub) => stub.state())) ?? undefined
}

/** The sums of a budget reckoned anew, with what is wrong with those that are kept. */
export function prove(env: Env, place: Place) {
  return call(env, place, (stub) => stub.prove())
}

/** At most `limit` leases after this one, an enterprise's together. */
export function listLeases(env: Env, place: Place, after: Lease | null, limit = 500) {
  return call(env, place, (stub) => stub.listLeases(after, limit))
}

async function call<T>(
  env: Env,
  { region, year }: Place,
  use: (stub: Stub) => Promise<T>,
): Promise<T | undefined> {
  try {
    const name = `budget:${region}:${year}`
    return await within(CALL_MS_MAX, reach<Stub, T>(env.BUDGET, name, use))
  } catch (error) {
    logError('budget_unavailable', error, { region, year })
    return undefined
  }
}
