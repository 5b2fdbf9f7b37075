/** A desk with more vouchers and bookings than either table holds alone, all ticked at once. */
import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import { findBooking, insertBooking } from '../../src/booking/client.ts'
import { newId } from '../../src/kernel/id.ts'
import { dayOf } from '../../src/kernel/clock.ts'
import { nudge, post, readLedger } from '../../src/ledger/client.ts'
import { commit, dbOf } from '../../src/platform/db.ts'
import { NOW, YUNSHAN, ZHIJIAN, mainOf, placeOf, press, read, setUp } from './fixture.ts'
import type { People } from './fixture.ts'

const db = dbOf(env)
const EACH = 35
const bookings: string[] = []
const vouchers: string[] = []

let people: People
beforeAll(async () => {
  people = await setUp()
  for (let count = 0; count < EACH; count += 1) {
    bookings.push(await waiting())
    vouchers.push(await unconfirmed())
  }
  await nudge(env, YUNSHAN)
})

async function waiting(): Promise<string> {
  const id = newId()
  const item = { service: null, instrument: null, day: dayOf(NOW) }
  const who = { enterprise: YUNSHAN, carrier: ZHIJIAN, contact: '林知远', phone: '13900000001' }
  await commit(db, [insertBooking(db, { id, ...who, ...item, need: '样机', at: NOW, by: 'lin' })])
  return id
}

async function unconfirmed(): Promise<string> {
  const voucher = newId()
  const actor = { role: 'enterprise', enterprise: YUNSHAN, account: 'lin', name: '林知远' } as const
  const form = { booking: null, confirm_by: null, papers: [], service_name: '整机测评' }
  const what = { region: '330106', amount_fen: 100, carrier: ZHIJIAN, payee: 'carrier' } as const
  const command = { kind: 'issue', voucher, number: voucher, form, ...what } as const
  const answer = await post(env, YUNSHAN, { key: newId(), actor, at: NOW, command })
  if (!answer.ok) throw new Error(answer.code)
  return voucher
}

const stands = async () => {
  const ledger = await readLedger(env, YUNSHAN, NOW)
  const booked = await Promise.all(bookings.map((id) => findBooking(db, id, NOW)))
  return {
    vouchers: Object.groupBy(ledger.vouchers, ({ state }) => state),
    bookings: Object.groupBy(booked, (one) => one?.state ?? 'gone'),
  }
}

test('all that the desk shows can be ticked, and is confirmed at one press', async () => {
  const rows = [
    ...bookings.map((id) => `booking:${id}`),
    ...vouchers.map((id) => `${YUNSHAN}/${id}`),
  ]
  const ticked = rows.map((row) => ['row', row] as const)
  const answer = await press(people.wu, '/carrier/desk/confirmations', [
    ['key', newId()],
    ...ticked,
  ])
  expect(answer.status).toBe(303)
  const now = await stands()
  expect(now.vouchers.confirmed).toHaveLength(EACH)
  expect(now.bookings.accepted).toHaveLength(EACH)
  const told = mainOf(await read(people.wu, placeOf(answer)))
  expect(told.split('已确认，创新券生效')).toHaveLength(EACH + 1)
})

test('too many are cut to those that have waited longest, and it says so', async () => {
  const [oldest, next] = [await unconfirmed(), await unconfirmed()]
  await nudge(env, YUNSHAN)
  const few = await read(people.wu, '/carrier/desk')
  expect(few).toContain(`id="row-${next}"`)
  expect(mainOf(few)).not.toContain('等待最久')
  for (let count = 0; count < 50; count += 1) await unconfirmed()
  await nudge(env, YUNSHAN)
  const many = await read(people.wu, '/carrier/desk')
  expect(many).toContain(`id="row-${oldest}"`)
  expect(mainOf(many)).toContain('列出等待最久的 50 张')
})
