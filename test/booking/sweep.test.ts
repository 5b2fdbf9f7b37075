/**
 * The nightly run meets those who use a booking at that very moment: what was taken anew is not
 * swept away, a mirror that trails lends no booking twice, and one ledger that is away keeps
 * nobody else waiting.
 */
import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { releaseBooking, takeBooking } from '../../src/booking/client.ts'
import { releaseEnded } from '../../src/booking/nightly.ts'
import { PENDING_MS } from '../../src/booking/rules.ts'
import { listTurns } from '../../src/booking/store.ts'
import { findUse } from '../../src/booking/use-store.ts'
import { newId } from '../../src/kernel/id.ts'
import { nudge, post } from '../../src/ledger/client.ts'
import type { Command } from '../../src/ledger/rules.ts'
import { vouchers } from '../../src/ledger/tables.ts'
import { dbOf } from '../../src/platform/db.ts'
import { ZHIJIAN, book, press, setUp, usingOf } from './fixture.ts'
import type { People } from './fixture.ts'

const db = dbOf(env)
let people: People
beforeAll(async () => {
  people = await setUp()
})

async function accepted(who = people.lin): Promise<string> {
  const { id } = await book(who)
  await press(people.wu, `/carrier/bookings/${id}/acceptance`)
  return id
}

const kindsOf = async (id: string) => (await listTurns(db, id)).map(({ kind }) => kind)

/** Ledgers whose every answer comes after something else was done, or that do not answer. */
function ledgersAfter(what: (name: string) => Promise<unknown>): typeof env {
  const getByName = (name: string) =>
    new Proxy(env.LEDGER.getByName(name), {
      get:
        (_stub, method) =>
        async (...words: unknown[]) => {
          const stub: object = env.LEDGER.getByName(name)
          const answer: unknown = await Reflect.get(stub, method)(...words)
          await what(name)
          return answer
        },
    })
  return { ...env, LEDGER: { getByName } as unknown as DurableObjectNamespace }
}

test('a form sent again while the run looks keeps what it takes anew', async () => {
  const id = await accepted()
  const voucher = newId()
  await takeBooking(env, usingOf(people.lin, id, voucher, Date.now()))
  const later = Date.now() + 2 * PENDING_MS
  const again = usingOf(people.lin, id, voucher, later)
  await releaseEnded(
    ledgersAfter(() => takeBooking(env, again)),
    later,
  )
  expect(await findUse(db, id)).toEqual({ booking: id, voucher, at: later })
  expect((await kindsOf(id)).at(-1)).toBe('use')
})

test('and so does one that takes it while the first try lets it go', async () => {
  const id = await accepted()
  const voucher = newId()
  const first = usingOf(people.lin, id, voucher, Date.now())
  await takeBooking(env, first)
  let released = false
  const DB = new Proxy(env.DB, {
    get: (real, name) =>
      name === 'prepare'
        ? real.prepare.bind(real)
        : async (statements: D1PreparedStatement[]) => {
            if (!released) {
              released = true
              await releaseBooking(env, first)
            }
            return real.batch(statements)
          },
  })
  const second = usingOf(people.lin, id, voucher, first.at + 1)
  expect(await takeBooking({ ...env, DB }, second)).toBe(true)
  expect(await kindsOf(id)).toEqual(['accept', 'use', 'release', 'use'])
  expect((await findUse(db, id))?.at).toBe(second.at)
})

async function order(command: Command): Promise<void> {
  const { enterprise, account } = people.lin
  const actor = { role: 'enterprise', enterprise, account, name: '林知远' } as const
  const answer = await post(env, enterprise, { key: newId(), actor, at: Date.now(), command })
  if (!answer.ok) throw new Error(answer.code)
  await nudge(env, enterprise)
  await db.delete(vouchers).where(eq(vouchers.id, 'voucher' in command ? command.voucher : ''))
}

test('a voucher that only its ledger knows keeps its booking until it ends there', async () => {
  const id = await accepted()
  const voucher = newId()
  await takeBooking(env, usingOf(people.lin, id, voucher, Date.now()))
  const paid = { amount_fen: 100_000, carrier: ZHIJIAN, payee: 'carrier', form: {} } as const
  await order({ kind: 'issue', voucher, number: voucher, region: '330106', ...paid })
  const later = Date.now() + 2 * PENDING_MS
  const other = usingOf(people.lin, id, newId(), later)
  expect(await takeBooking(env, other)).toBe(false)
  expect((await findUse(db, id))?.voucher).toBe(voucher)
  await order({ kind: 'void', voucher })
  expect(await takeBooking(env, other)).toBe(true)
})

test('a ledger that is away keeps its own bookings, and nobody else’s', async () => {
  const [away, there] = [await accepted(people.lin), await accepted(people.zhou)]
  await takeBooking(env, usingOf(people.lin, away, newId(), Date.now() - 1))
  await takeBooking(env, usingOf(people.zhou, there, newId(), Date.now()))
  const ledgers = ledgersAfter((name) =>
    name.includes(people.lin.enterprise ?? '?')
      ? Promise.reject(new Error('broken'))
      : Promise.resolve(),
  )
  await releaseEnded(ledgers, Date.now() + PENDING_MS).catch(() => 0)
  expect(await findUse(db, away)).toBeDefined()
  expect(await findUse(db, there)).toBeUndefined()
})
