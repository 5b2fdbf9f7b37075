/** Many random histories, made by fast-check, which names the seed and the path of a failure. */
import * as fc from 'fast-check'
import { LEDGER_REFUSALS } from '../../src/ledger/rules.ts'
import { History, newTally } from './history.ts'
import type { Tally } from './history.ts'
import { anyStep } from './steps.ts'

/** Commands of a history; keys that are used again and broken envelopes come on top. */
const STEPS = { minLength: 30, maxLength: 72 }

/** Runs them or throws; `quick` tells the first failure without looking for the least one. */
export function runModel(
  sequences: number,
  seed: number,
  quick = false,
): Tally & { refusals: readonly string[] } {
  const tally = newTally()
  const histories = fc.property(fc.array(anyStep, STEPS), (steps) => {
    const history = new History(tally)
    for (const step of steps) history.step(step)
  })
  const report = fc.check(histories, { numRuns: sequences, seed, endOnFailure: quick })
  if (!report.failed) return { ...tally, refusals: LEDGER_REFUSALS }
  const why =
    report.errorInstance instanceof Error ? report.errorInstance.message : report.errorInstance
  throw new Error(`${String(why)}\n  seed ${seed}, path ${report.counterexamplePath}`)
}
