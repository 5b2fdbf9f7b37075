/**
 * Random histories of the pure core against a naive ledger that predicts every answer. The long
 * form is `npm run model -- --sequences 20000`.
 */
import { expect, test } from 'vitest'
import { LEDGER_REFUSALS } from '../../src/ledger/rules.ts'
import { runModel } from './model.ts'

const SEQUENCES = Number(process.env['MODEL_SEQUENCES'] ?? 2_000)
const SEED = 20261124

test(`in ${SEQUENCES} histories every answer and every balance agrees with the model`, () => {
  const { commands, done, refused } = runModel(SEQUENCES, SEED, true)
  expect(commands).toBeGreaterThan(SEQUENCES * 50)
  expect(Object.keys(refused).sort()).toEqual([...LEDGER_REFUSALS].sort())
  // Every command must have passed and every refusal come often, or the run has proved little.
  expect(Object.keys(done)).toHaveLength(15)
  expect(Math.min(...Object.values(done), ...Object.values(refused))).toBeGreaterThan(
    SEQUENCES / 200,
  )
})
