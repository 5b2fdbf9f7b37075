/**
 * A ledger comes to be by being asked. None is asked of an enterprise that there is not, whatever a
 * hint, an address or a form names.
 */
import { listDurableObjectIds } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import { newId } from '../../src/kernel/id.ts'
import { nudge, readLedger } from '../../src/ledger/client.ts'
import { announce } from '../../src/live/client.ts'
import type { Hint } from '../../src/live/client.ts'
import { catchUp } from '../../src/redemption/client.ts'
import { ZHIJIAN, makeVoucher, press, read, setUp, statusOf } from '../voucher/fixture.ts'
import type { People } from '../voucher/fixture.ts'

let people: People
beforeAll(async () => {
  people = await setUp()
})

const ledgers = async () => (await listDurableObjectIds(env.LEDGER)).map(String).sort()

const ON_CHANNELS = [`carrier:${ZHIJIAN}`, 'bureau:330106']

test.each<Hint>([
  { topic: 'catalogue', enterprise: '', id: newId() },
  { topic: 'registration', enterprise: newId(), id: newId() },
  { topic: 'booking', enterprise: newId(), id: newId() },
])('a list that catches up wakes no ledger for a hint of $topic', async (hint) => {
  const before = await ledgers()
  for (const channel of ON_CHANNELS) {
    await announce(env, [channel], hint)
    await catchUp(env, channel, Date.now())
  }
  expect(await statusOf(people.wu, '/carrier/redemptions')).toBe(200)
  expect(await statusOf(people.reviewer, '/bureau/redemptions')).toBe(200)
  expect(await statusOf(people.finance, '/bureau/payments')).toBe(200)
  expect(await ledgers()).toEqual(before)
})

test('a voucher of nobody is not found and wakes no ledger', async () => {
  const before = await ledgers()
  const pair = `${newId()}/${newId()}`
  const { wu, reviewer } = people
  for (const [who, path, status] of [
    [wu, `/carrier/desk/rows/${pair}`, 204],
    [wu, `/carrier/vouchers/${pair}`, 404],
    [wu, `/carrier/redemptions/rows/${pair}`, 204],
    [wu, `/carrier/redemptions/${pair}/papers`, 404],
    [reviewer, `/bureau/vouchers/${pair}`, 404],
    [reviewer, `/bureau/redemptions/${pair}`, 404],
    [reviewer, `/bureau/redemptions/chosen?voucher=${pair}`, 404],
    [wu, `/carrier/desk/refusals?row=${pair}`, 404],
  ] as const) {
    expect([path, await statusOf(who, path)]).toEqual([path, status])
  }
  for (const [who, path, name] of [
    [wu, '/carrier/desk/confirmations', 'only'],
    [wu, '/carrier/redemptions', 'voucher'],
    [reviewer, '/bureau/redemptions/chosen', 'voucher'],
  ] as const) {
    const fields = [['key', newId()] as const, [name, pair] as const]
    expect([path, (await press(who, path, fields)).status]).toEqual([path, 404])
  }
  expect(await ledgers()).toEqual(before)
})

test('a ledger without an enterprise cannot even be asked for', async () => {
  const before = await ledgers()
  await expect(readLedger(env, '', Date.now())).rejects.toThrow('enterprise')
  await expect(nudge(env, '')).rejects.toThrow('enterprise')
  expect(await ledgers()).toEqual(before)
})

test('one that spoke is still caught up with', async () => {
  const voucher = await makeVoucher(people.lin, { amount: '1000' })
  for (const channel of ON_CHANNELS) await catchUp(env, channel, Date.now())
  expect(await read(people.reviewer, `/bureau/vouchers?word=${voucher.number}`)).toContain(
    `aria-label="${voucher.number}`,
  )
})
