/** Counties with a budget, the objects that keep it, and what stands between them and a ledger. */
import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { vi } from 'vitest'
import type { RegionBudget } from '../../src/budget/object.ts'
import { newId } from '../../src/kernel/id.ts'
import { REGIONS } from '../../src/kernel/region.ts'
import { compareMirror, nudge, verifyLedger } from '../../src/ledger/client.ts'
import type { Envelope } from '../../src/ledger/client.ts'
import type { CommandOf } from '../../src/ledger/rules.ts'
import { stubOf } from './desk.ts'
import type { Desk } from './desk.ts'
import { NO_CAPS, TODAY, claim, yuan } from './fixture.ts'

const COUNTIES = REGIONS.filter((region) => region.level === 3).map((region) => region.code)
export const YEAR = 2026

/** A county whose budget nobody has used. */
export function newCounty(): string {
  const county = COUNTIES.pop()
  if (!county) throw new Error('no county is left')
  return county
}

export function budgetOf(county: string): DurableObjectStub<RegionBudget> {
  const budgets = env.BUDGET as DurableObjectNamespace<RegionBudget>
  return budgets.getByName(`budget:${county}:${YEAR}`)
}

/** A claim in this county under a budget of so many yuan. */
export function under(county: string, budget: number, amount: number): CommandOf<'claim'> {
  const caps = { ...NO_CAPS, budget: { fen_max: yuan(budget), set_by: county } }
  return claim(yuan(amount), { claim: newId(), region: county, caps })
}

export const asked = (desk: Desk, command: CommandOf<'claim'>): Envelope => ({
  key: newId(),
  actor: desk.lin,
  at: TODAY,
  command,
})

export async function sound(desk: Desk, county: string): Promise<string[]> {
  await nudge(env, desk.enterprise)
  const { problems } = await verifyLedger(env, desk.enterprise)
  const budget = await budgetOf(county).prove()
  return [...problems, ...(await compareMirror(env, desk.enterprise)), ...budget.problems]
}

/** Rings the enterprise's alarm: what its region does not know yet is told. */
export async function ring(desk: Desk): Promise<void> {
  await runInDurableObject(stubOf(desk.enterprise), (ledger) => ledger.alarm())
}

/** Puts other methods between one enterprise and its region. */
export async function between(
  desk: Desk,
  change: (stub: DurableObjectStub<RegionBudget>) => object,
) {
  await runInDurableObject(desk.stub, (ledger) => {
    const BUDGET = {
      getByName: (name: string) => change(budgetOf(name.split(':')[1] ?? '')),
    }
    Reflect.set(ledger, 'env', { ...env, BUDGET })
  })
}

/** Makes the region or the enterprise as old as that: what waits becomes due. */
export async function later(county: string): Promise<void> {
  vi.setSystemTime(Date.now() + 400_000)
  await runDurableObjectAlarm(budgetOf(county))
  vi.useRealTimers()
}
