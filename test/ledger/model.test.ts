/**
 * Random histories against a naive ledger: after every command all balances of all books agree, sum
 * to what was claimed, and a refusal has changed nothing.
 */
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkBook } from '../../src/ledger/book.ts'
import { APRIL, HAISHU, MemoryLedger, XIHU } from './fixture.ts'
import { anyStep, later, newNaive, tryOn } from './steps.ts'

const SEQUENCES = 5_000
const BOOKS = [XIHU, HAISHU].flatMap((region) =>
  [2026, 2027, 2028].map((year) => ({ region, year })),
)

test(`in ${SEQUENCES} histories of up to 60 steps every balance agrees with the model`, () => {
  const seen = new Map<string, number>()
  let commands = 0
  fc.assert(
    fc.property(fc.array(anyStep, { minLength: 20, maxLength: 60 }), (steps) => {
      const ledger = new MemoryLedger()
      const naive = newNaive()
      const redemptions = new Map<string, number>()
      let at = APRIL
      for (const step of steps) {
        at = later(at, step.days)
        const now = Math.max(at, ledger.at)
        const twin = tryOn(naive, redemptions, step, now)
        if (!twin) continue
        commands += 1
        const decided = ledger.run(twin.command, twin.actor, at)
        const outcome = `${twin.command.kind} ${decided.ok}`
        seen.set(outcome, (seen.get(outcome) ?? 0) + 1)
        if (decided.ok !== twin.did)
          throw new Error(`${JSON.stringify(twin)} ${JSON.stringify(decided)}`)
        for (const { region, year } of BOOKS) {
          const book = checkBook(ledger.bookOf(region, year))
          const wanted = naive.balances(region, year, now)
          if (JSON.stringify(book.accounts) !== JSON.stringify(wanted))
            expect(book.accounts).toEqual(wanted)
          if (book.claimed_fen !== naive.claimed(region, year)) throw new Error('claimed')
        }
      }
    }),
    { numRuns: SEQUENCES, seed: 20261124 },
  )
  expect(commands).toBeGreaterThan(100_000)
  // Every command must have passed and been refused often, or the run has proved little.
  expect(seen.size).toBe(26)
  expect(Math.min(...seen.values())).toBeGreaterThan(100)
})
