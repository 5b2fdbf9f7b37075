/** The state in a list's filter is the state of the rules, for every course a booking can take. */
import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import { BOOKING_STATES, PENDING_MS } from '../../src/booking/rules.ts'
import { countByState, countFiltered, listFiltered } from '../../src/booking/list-store.ts'
import {
  insertAnswer,
  insertBooking,
  insertCancellation,
  putProposal,
} from '../../src/booking/store.ts'
import { markUsed } from '../../src/booking/use-store.ts'
import { DAY_MS, dayOf } from '../../src/kernel/clock.ts'
import { newId } from '../../src/kernel/id.ts'
import type { VoucherState } from '../../src/ledger/rules.ts'
import { vouchers } from '../../src/ledger/tables.ts'
import { commit, dbOf } from '../../src/platform/db.ts'

const db = dbOf(env)
const NOW = Date.now()
const enterprise = newId()
const days = [-1, 0, 1].map((after) => dayOf(NOW + after * DAY_MS))

const VOUCHER_STATES: readonly VoucherState[] = ['unconfirmed', 'redeemed', 'refused', 'expired']

/** Every combination of day, proposal, answer, cancellation and use. */
async function makeAll(): Promise<number> {
  let count = 0
  const by = { at: NOW, by: 'sun', reason: null }
  for (const day of days)
    for (const proposed of [null, ...days])
      for (const accepted of [null, true, false])
        for (const cancelled of [false, true])
          for (const used of [null, 'fresh', 'stale', ...VOUCHER_STATES]) {
            const [booking, voucher] = [newId(), newId()]
            const at = used === 'stale' ? NOW - PENDING_MS : NOW
            const proposal = { booking, hours: [], note: '', turn: 1, at: NOW, by: 'sun' }
            const state = VOUCHER_STATES.find((one) => one === used)
            await commit(db, [
              insertBooking(db, { id: booking, day, ...rest }),
              ...(proposed ? [putProposal(db, { ...proposal, day: proposed })] : []),
              ...(accepted === null ? [] : [insertAnswer(db, { booking, accepted, ...by })]),
              ...(cancelled ? [insertCancellation(db, { booking, ...by })] : []),
              ...(used ? [markUsed(db, { booking, voucher, at })] : []),
              ...(state ? [db.insert(vouchers).values({ ...mirrored, id: voucher, state })] : []),
            ])
            count += 1
          }
  return count
}

const rest = {
  enterprise,
  carrier: newId(),
  service: null,
  instrument: null,
  contact: '周予安',
  phone: '',
  need: '',
  at: NOW,
  by: 'zhou',
}
const mirrored = {
  number: '',
  enterprise,
  region: '330106',
  year: 2026,
  amount_fen: 100,
  carrier: '',
  payee: 'carrier' as const,
  version: 1,
  issued_at: NOW,
  form: '{}',
}

test('a filter by state finds what the rules say is in it', async () => {
  const count = await makeAll()
  const all = await listFiltered(db, { enterprise }, NOW, { limit: 5000 })
  expect(all).toHaveLength(count)
  expect(await countFiltered(db, { enterprise }, NOW)).toBe(count)
  const counts = await countByState(db, { enterprise }, NOW)
  let found = 0
  for (const state of BOOKING_STATES) {
    const filter = { enterprise, states: [state] }
    const bookings = await listFiltered(db, filter, NOW, { limit: 5000 })
    const n = await countFiltered(db, filter, NOW)
    const wanted = all.filter((one) => one.state === state).map(({ id }) => id)
    expect(bookings.map(({ id }) => id).toSorted()).toEqual(wanted.toSorted())
    expect(n).toBe(wanted.length)
    expect(counts[state]).toBe(wanted.length)
    found += n
  }
  expect(found).toBe(count)
})
