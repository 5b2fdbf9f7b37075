/** However a voucher ends, its booking can be used again at once, and both sides hear of it. */
import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import { findBooking } from '../../src/booking/client.ts'
import { DAY_MS, yearOf, yearStartsAt } from '../../src/kernel/clock.ts'
import { newId } from '../../src/kernel/id.ts'
import { nudge } from '../../src/ledger/client.ts'
import type { Voucher } from '../../src/ledger/rules.ts'
import { recentHints } from '../../src/live/client.ts'
import { commit, dbOf } from '../../src/platform/db.ts'
import { insertPolicy } from '../../src/policy/client.ts'
import { expireOverdue } from '../../src/voucher/nightly.ts'
import { NOW, YUNSHAN, ZHIJIAN, auditedOf, book, makeVoucher, press, rowOf } from './fixture.ts'
import { findVoucher, setUp, submitUse, useFields } from './fixture.ts'
import type { People } from './fixture.ts'

const db = dbOf(env)

let people: People
beforeAll(async () => {
  people = await setUp()
  const who = (account: string) => ({ account, name: account })
  const from = yearStartsAt(yearOf(NOW)) + DAY_MS
  await commit(db, [
    insertPolicy(db, {
      id: newId(),
      region: '330106',
      year: yearOf(NOW),
      version: 2,
      params: { claim_total_fen: 20_000_000, confirm_days: 1 },
      effective_from: from,
      author: who('xihu-policy'),
      approver: who('xihu-policy2'),
      at: from,
    }),
  ])
})

const confirm = (voucher: Voucher) =>
  press(people.wu, '/carrier/desk/confirmations', [
    ['key', newId()],
    ['only', rowOf(voucher)],
  ])

const ENDINGS: Readonly<Record<string, (voucher: Voucher) => Promise<unknown>>> = {
  voided: ({ id }) =>
    press(people.lin, '/enterprise/vouchers/voids', [
      ['key', newId()],
      ['voucher', id],
    ]),
  refused: (voucher) =>
    press(people.wu, '/carrier/desk/refusals', [
      ['key', newId()],
      ['row', rowOf(voucher)],
      ['reason', '合同没有签'],
    ]),
  expired: async () => {
    await nudge(env, YUNSHAN)
    return expireOverdue(env, Date.now() + DAY_MS)
  },
  terminated: async (voucher) => {
    await confirm(voucher)
    return press(people.reviewer, `/bureau/vouchers/${rowOf(voucher)}/terminations`, [
      ['key', newId()],
      ['reason', '合同解除'],
    ])
  },
}

test.each(Object.entries(ENDINGS))('%s', async (state, end) => {
  const booking = await book('yunshan')
  const voucher = await makeVoucher(people.lin, { booking, amount: '1000' })
  expect(await findBooking(db, booking, Date.now())).toMatchObject({ voucher: voucher.id })
  const since = Date.now()
  await end(voucher)
  expect((await findVoucher(voucher.id))?.state).toBe(state)
  expect(await findBooking(db, booking, Date.now())).toMatchObject({
    state: 'accepted',
    voucher: null,
  })
  expect(await auditedOf(booking)).toEqual(['booking.use', 'booking.release'])
  for (const channel of [`enterprise:${YUNSHAN}`, `carrier:${ZHIJIAN}`]) {
    const hint = { topic: 'booking', enterprise: YUNSHAN, id: booking }
    expect(await recentHints(env, channel, since)).toContainEqual(hint)
  }
  const again = await submitUse(people.lin, useFields({ booking, amount: '1000' }))
  expect(again.status).toBe(303)
})

test('one that was confirmed keeps its booking', async () => {
  const booking = await book('yunshan')
  const voucher = await makeVoucher(people.lin, { booking, amount: '1000' })
  await confirm(voucher)
  expect(await findBooking(db, booking, Date.now())).toMatchObject({
    state: 'used',
    voucher: voucher.id,
  })
  expect(await auditedOf(booking)).toEqual(['booking.use'])
})
