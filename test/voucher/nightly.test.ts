/** A voucher that its carrier did not confirm in time lapses, however often the run fires (U3). */
import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import { DAY_MS, yearOf, yearStartsAt } from '../../src/kernel/clock.ts'
import { namedId, newId } from '../../src/kernel/id.ts'
import { nudge, readLedger, readVoucher } from '../../src/ledger/client.ts'
import { commit, dbOf } from '../../src/platform/db.ts'
import { insertPolicy } from '../../src/policy/client.ts'
import { runTasks, NIGHTLY } from '../../src/schedule.ts'
import { useFormOf } from '../../src/voucher/client.ts'
import { expireOverdue } from '../../src/voucher/nightly.ts'
import { NOW, YUNSHAN, makeVoucher, press, rowOf, setUp } from './fixture.ts'
import type { People } from './fixture.ts'

let people: People
beforeAll(async () => {
  people = await setUp()
  const db = dbOf(env)
  const who = (account: string) => ({ account, name: account })
  await commit(db, [
    insertPolicy(db, {
      id: namedId('test:policy:xihu:2'),
      region: '330106',
      year: yearOf(NOW),
      version: 2,
      params: { claim_total_fen: 20_000_000, confirm_days: 15 },
      effective_from: yearStartsAt(yearOf(NOW)) + DAY_MS,
      author: who('xihu-policy'),
      approver: who('xihu-policy2'),
      at: yearStartsAt(yearOf(NOW)) + DAY_MS,
    }),
  ])
})

const stateOf = async (id: string, at: number) =>
  (await readVoucher(env, YUNSHAN, id, at))?.voucher.state

async function heldIn(account: 'available' | 'lapsed', year: number, at: number) {
  const { books } = await readLedger(env, YUNSHAN, at)
  return books.find((book) => book.year === year)?.accounts[account] ?? 0
}

test('it stands until the deadline, ends at it, and once', async () => {
  const voucher = await makeVoucher(people.lin)
  const due = useFormOf(voucher).confirm_by ?? 0
  expect(due).toBe(voucher.issued_at + 15 * DAY_MS)
  await nudge(env, YUNSHAN)
  expect(await expireOverdue(env, due - 1)).toBe(0)
  expect(await stateOf(voucher.id, due - 1)).toBe('unconfirmed')
  const home = yearOf(due) === voucher.year ? 'available' : 'lapsed'
  const before_fen = await heldIn(home, voucher.year, due)
  expect(await expireOverdue(env, due)).toBe(1)
  expect(await stateOf(voucher.id, due)).toBe('expired')
  expect(await heldIn(home, voucher.year, due)).toBe(before_fen + voucher.amount_fen)
  await expireOverdue(env, due)
  await nudge(env, YUNSHAN)
  expect(await expireOverdue(env, due + DAY_MS)).toBe(0)
  expect(await stateOf(voucher.id, due)).toBe('expired')
})

test('one that was confirmed in time stays, even while the mirror trails', async () => {
  const voucher = await makeVoucher(people.lin)
  await nudge(env, YUNSHAN)
  await press(people.wu, '/carrier/desk/confirmations', [
    ['key', newId()],
    ['only', rowOf(voucher)],
  ])
  const due = useFormOf(voucher).confirm_by ?? 0
  await expireOverdue(env, due)
  expect(await stateOf(voucher.id, due)).toBe('confirmed')
})

test('the scheduled run does it', async () => {
  const voucher = await makeVoucher(people.lin)
  await nudge(env, YUNSHAN)
  const due = useFormOf(voucher).confirm_by ?? 0
  await runTasks(env, NIGHTLY, due)
  expect(await stateOf(voucher.id, due)).toBe('expired')
})
