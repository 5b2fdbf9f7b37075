/**
 * Random histories in workerd with faults at the bindings. A short form runs with all tests;
 * `npm run faults -- --sequences 300` runs it at length.
 */
import { env } from 'cloudflare:workers'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { DAY_MS, yearOf, yearStartsAt } from '../../src/kernel/clock.ts'
import { REGIONS } from '../../src/kernel/region.ts'
import { APRIL, HAISHU, YUNSHAN, yuan } from '../ledger/fixture.ts'
import { anyStep, later, tryOn } from '../ledger/steps.ts'
import { Story } from './story.ts'
import type { Ground } from './story.ts'
import { FAULTS } from './way.ts'
import type { Fault } from './way.ts'

const SEQUENCES = Number(env.FAULT_SEQUENCES)
const SEED = 20261124
const COMMANDS = 30
/** More steps than commands: some find nothing to act on. */
const STEPS = 200

const COUNTIES = REGIONS.filter(({ level, code }) => level === 3 && code !== HAISHU)
const FIVE_YEARS_MS = 5 * 365 * DAY_MS

const anyFault = fc.oneof(
  { weight: 3, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: fc.constantFrom(...FAULTS) },
)
const anyHistory = fc.record({
  budget: fc.constantFrom(null, yuan(100_000), yuan(15_000)),
  steps: fc.array(fc.record({ step: anyStep, fault: anyFault, again: fc.nat(4_000) }), {
    minLength: STEPS,
    maxLength: STEPS,
  }),
})

/** No two histories share a county in the same years. */
function groundOf(history: number, budget_fen: number | null): { ground: Ground; from: number } {
  const county = COUNTIES[history % COUNTIES.length]?.code ?? ''
  const from = APRIL + Math.floor(history / COUNTIES.length) * FIVE_YEARS_MS
  return { ground: { county, budget_fen }, from }
}

type History = typeof anyHistory extends fc.Arbitrary<infer One> ? One : never
type Seen = { commands: number; faults: Map<Fault, number> }

/** One history to its thirtieth command and to its healing. */
async function tell({ budget, steps }: History, index: number, seen: Seen): Promise<void> {
  const { ground, from } = groundOf(index, budget)
  const story = new Story(ground)
  const redemptions = new Map<string, number>()
  let [at, now, commands] = [from, from, 0]
  for (const { step, fault: drawn, again } of steps) {
    if (commands === COMMANDS) break
    // The clock may be set back, but not over a New Year: where nothing happened since, a ledger
    // has no way to know that it was there.
    at = Math.max(yearStartsAt(yearOf(now)), later(at, Math.min(step.days, 60)))
    now = Math.max(at, now)
    const { who } = step
    const own = 'enterprise' in who && who.enterprise === YUNSHAN ? story.agent : who
    const twin = tryOn(story.naive, redemptions, { ...step, who: own }, now)
    if (!twin) continue
    commands += 1
    const fault = story.fitting(twin, drawn)
    if (fault) seen.faults.set(fault, (seen.faults.get(fault) ?? 0) + 1)
    await story.live(twin, at, now, fault)
    if (again % 10 === 0) await story.repeat(again)
  }
  expect(commands).toBe(COMMANDS)
  seen.commands += commands
  await story.heal()
}

test(
  `${SEQUENCES} histories with faults: once each, the same again, and all agree`,
  async () => {
    const seen: Seen = { commands: 0, faults: new Map() }
    const histories = fc.sample(anyHistory, { numRuns: SEQUENCES, seed: SEED })
    for (const [index, history] of histories.entries())
      await tell(history, index, seen).catch((error: unknown) => {
        throw new Error(`history ${index} of seed ${SEED}`, { cause: error })
      })
    const faults = [...seen.faults.values()].reduce((sum, one) => sum + one, 0)
    const share = faults / seen.commands
    const counts = JSON.stringify(Object.fromEntries(seen.faults))
    console.log(`${SEQUENCES} histories, ${seen.commands} commands, ${faults} faults ${counts}`)
    expect(share).toBeGreaterThan(0.15)
    const kinds = [...seen.faults.keys()].toSorted()
    if (SEQUENCES >= 50) expect(kinds).toEqual([...FAULTS].toSorted())
  },
  20_000 + SEQUENCES * 4_000,
)
