/**
 * Leases whose enterprise or region has forgotten the other: settled once, by tombstones, whatever
 * dies on the way between the two.
 */
import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import type { RegionBudget } from '../../src/budget/object.ts'
import { compareBudget } from '../../src/ledger/client.ts'
import { YEAR, asked, budgetOf, later, newCounty, ring, sound, under } from './county.ts'
import { newDesk } from './desk.ts'
import { TODAY, yuan } from './fixture.ts'

describe('an orphan lease', () => {
  test('that its enterprise never heard of is freed, and a late grant refused', async () => {
    const county = newCounty()
    const desk = newDesk()
    const command = under(county, 5_000, 3_000)
    const { enterprise } = desk
    const lease = { lease: command.claim, enterprise, amount_fen: yuan(3_000) }
    await budgetOf(county).lease({ ...lease, budget_fen: yuan(5_000) })
    await later(county)
    expect(await budgetOf(county).state()).toMatchObject({ leased_fen: 0, spent_fen: 0 })
    expect(await desk.tell(command)).toMatchObject({ code: 'claim_abandoned' })
    expect(await desk.rows('SELECT lease FROM tombstones')).toEqual([{ lease: command.claim }])
    const insert = `INSERT INTO claims VALUES ('${command.claim}', '1', 2026, 1, 1, 'x', 1)`
    await expect(desk.rows(insert)).rejects.toThrow('the lease of this claim was freed')
  })

  test('of a claim that was granted is spent, though nobody told the region', async () => {
    const county = newCounty()
    const desk = newDesk()
    await desk.must(under(county, 5_000, 3_000))
    await desk.rows('UPDATE errands SET done_at = 1')
    await later(county)
    expect(await budgetOf(county).state()).toMatchObject({ leased_fen: 0, spent_fen: yuan(3_000) })
  })
})

describe('an enterprise that dies', () => {
  const crash = (work: () => Promise<unknown>) => expect(work()).rejects.toThrow(/the object died/)

  test.each(['before the region is asked', 'after the region has leased'])(
    '%s heals with a retry, or by itself where nobody retries',
    async (moment) => {
      for (const retried of [true, false]) {
        const county = newCounty()
        const desk = newDesk()
        const envelope = asked(desk, under(county, 5_000, 3_000))
        await crash(() =>
          runInDurableObject(desk.stub, async (ledger, state) => {
            const lease = async (...ask: Parameters<RegionBudget['lease']>) => {
              await state.storage.sync()
              if (moment.startsWith('after')) await budgetOf(county).lease(...ask)
              state.abort('the object died')
              await scheduler.wait(1_000)
            }
            Reflect.set(ledger, 'env', { ...env, BUDGET: { getByName: () => ({ lease }) } })
            await ledger.claim(envelope)
          }),
        )
        const again = newDesk(desk.enterprise)
        if (retried) {
          expect(JSON.parse(await again.stub.claim(envelope))).toMatchObject({ ok: true })
        } else {
          const state = () => again.rows('SELECT state FROM reservations')
          expect(await state()).toEqual([{ state: 'reserving' }])
          await later(county)
          await again.rows(`UPDATE reservations SET reserved_at = 0 WHERE state = 'reserving'`)
          await ring(again)
          expect(await state()).toEqual([{ state: 'abandoned' }])
        }
        await ring(again)
        const spent_fen = retried ? yuan(3_000) : 0
        expect(await budgetOf(county).state()).toMatchObject({ leased_fen: 0, spent_fen })
        expect(await sound(again, county)).toEqual([])
      }
    },
  )

  test('after the grant answers the same to the same key', async () => {
    const county = newCounty()
    const desk = newDesk()
    const envelope = asked(desk, under(county, 5_000, 3_000))
    let lost = ''
    await crash(() =>
      runInDurableObject(desk.stub, async (ledger, state) => {
        lost = await ledger.claim(envelope)
        await state.storage.sync()
        state.abort('the object died')
      }),
    )
    const again = newDesk(desk.enterprise)
    expect(await again.stub.claim(envelope)).toBe(lost)
    await ring(again)
    expect(await budgetOf(county).state()).toMatchObject({ spent_fen: yuan(3_000) })
    expect(await sound(again, county)).toEqual([])
  })
})

test('a lease that nobody claimed is found, whatever the rest says', async () => {
  const county = newCounty()
  const place = { region: county, year: YEAR }
  for (const desk of [newDesk(), newDesk()]) {
    await desk.must(under(county, 5_000, 1_000))
    await desk.must(under(county, 5_000, 500))
    await ring(desk)
  }
  expect(await compareBudget(env, place, TODAY)).toEqual([])
  const { enterprise } = newDesk()
  const ask = { lease: 'orphan', enterprise, amount_fen: yuan(1), budget_fen: yuan(5_000) }
  await budgetOf(county).lease(ask)
  await runInDurableObject(budgetOf(county), (_budget, { storage }) => {
    storage.sql.exec('UPDATE sums SET spent_fen = spent_fen + 1')
  })
  expect(await compareBudget(env, place, TODAY)).toEqual([
    `spent_fen is ${yuan(3_000) + 1}, its rows say ${yuan(3_000)}`,
    'lease orphan is leased, and nobody claims it',
  ])
})
