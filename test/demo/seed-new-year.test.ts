/** The demo seed on the first morning of a year, when this year has no past to put things into. */
import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import { readLedger, verifyAll } from '../../src/ledger/client.ts'
import { enterpriseIdOf } from './seed-enterprises.ts'
import { seedDemo } from './seed.ts'

const NEW_YEAR = Date.parse('2027-01-01T08:30:00+08:00')

test('on New Year’s morning 宁波演示微光电子 holds its 56,000.00 all the same', async () => {
  await seedDemo(env, NEW_YEAR)
  const { books } = await readLedger(env, enterpriseIdOf('weiguang'), NEW_YEAR)
  expect(books.map(({ year, accounts }) => [year, accounts.available, accounts.lapsed])).toEqual([
    [2027, 5_600_000, 0],
    [2026, 0, 1_500_000],
  ])
  expect((await verifyAll(env)).flatMap((proof) => proof.problems)).toEqual([])
})
