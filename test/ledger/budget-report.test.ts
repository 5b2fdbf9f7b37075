/** Whatever a budget and its ledgers do not say alike stands in 「对账报告」 for the auditors. */
import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { DAY_MS, dayOf } from '../../src/kernel/clock.ts'
import { regionName } from '../../src/kernel/region.ts'
import { compareBudget, recordBudget } from '../../src/ledger/client.ts'
import { reconcileLedgers } from '../../src/ledger/reconcile.ts'
import { send } from '../support/routes.ts'
import { signInAs } from '../support/sign-in.ts'
import { YEAR, budgetOf, newCounty, ring, under } from './county.ts'
import { newDesk } from './desk.ts'
import { TODAY } from './fixture.ts'

const REPORTS = '/bureau/reconciliations'
let nights = 0

/** A night of its own, and how its report reads. */
function newNight(): { at: number; read: (query?: string) => Promise<string> } {
  const at = TODAY + DAY_MS * (nights += 1)
  const read = async (query = '') => {
    const { cookie } = await signInAs(env, 'province-audit')
    const answer = await send('GET', `${REPORTS}/${dayOf(at)}${query}`, { cookie })
    expect(answer.status).toBe(200)
    return textOf(await answer.text())
  }
  return { at, read }
}

function textOf(html: string): string {
  const plain = html
    .replace(/<[^>]*>/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
  return plain
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&')
}

test('every finding is read as it was found, whatever it says and however often', async () => {
  const finding = fc.string({
    unit: fc.constantFrom('a', '1', '<', '&', '"', "'", '元'),
    minLength: 1,
  })
  const findings = fc.array(finding, { minLength: 1, maxLength: 6 })
  await fc.assert(
    fc.asyncProperty(findings, fc.integer({ min: 1, max: 3 }), async (problems, times) => {
      const { at, read } = newNight()
      const county = newCounty()
      for (let time = 0; time < times; time += 1)
        await recordBudget(env, { region: county, year: YEAR }, problems, at)
      const text = await read()
      expect(text).toContain(`${regionName(county)} ${YEAR} 年预算`)
      expect(text).toContain('预算与账本不一致，需人工核查')
      for (const problem of problems) expect(text).toContain(problem)
      const query = 'SELECT unsound FROM ledger_reports WHERE day = ?'
      expect(await env.DB.prepare(query).bind(dayOf(at)).first('unsound')).toBe(1)
    }),
    { numRuns: 20 },
  )
})

test.each([
  ['spends what no claim has', 'UPDATE sums SET spent_fen = spent_fen + 1'],
  ['has forgotten a lease', 'UPDATE leases SET amount_fen = amount_fen - 1'],
])('a budget that %s is in the report of that night, in both languages', async (_what, change) => {
  const { at, read } = newNight()
  const county = newCounty()
  const desk = newDesk()
  await desk.must(under(county, 5_000, 3_000))
  await ring(desk)
  const place = { region: county, year: YEAR }
  expect(await compareBudget(env, place, at)).toEqual([])
  await runInDurableObject(budgetOf(county), (_budget, { storage }) => {
    for (const { name } of storage.sql
      .exec<{ name: string }>(`SELECT name FROM sqlite_schema WHERE type = 'trigger'`)
      .toArray())
      storage.sql.exec(`DROP TRIGGER ${name}`)
    storage.sql.exec(change)
  })
  const problems = await compareBudget(env, place, at)
  expect(problems).not.toEqual([])
  await reconcileLedgers(env, at, () => Promise.resolve([]))
  await recordBudget(env, place, problems, at)
  const zh = await read()
  expect(zh).toContain('有待处理')
  for (const problem of problems) expect(zh).toContain(problem)
  expect(await read('?lang=en')).toContain(`Budget of ${regionName(county, 'en')} for ${YEAR}`)
})
