/**
 * The register of invoices (U2) against the ledgers themselves: one living voucher an invoice in
 * the whole province, free again in five ways and in no other, and nothing stuck after a crash.
 */
import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import type { AnyActor } from '../../src/kernel/actor.ts'
import { newId } from '../../src/kernel/id.ts'
import { dbOf } from '../../src/platform/db.ts'
import type { Command } from '../../src/ledger/rules.ts'
import { claimInvoice, invoiceOf } from '../../src/voucher/client.ts'
import { findInvoiceHolder } from '../../src/voucher/invoice-store.ts'
import { newDesk } from '../ledger/desk.ts'
import type { Desk } from '../ledger/desk.ts'
import { TODAY, claim, clock, issue, wang, wu, yuan } from '../ledger/fixture.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

let numbers = 0
/** A fully digital invoice that nobody used before. */
function freshInvoice() {
  numbers += 1
  return { code: '', number: String(27_332_000_000_000_000_000n + BigInt(numbers)) }
}

type Invoice = ReturnType<typeof freshInvoice>

/** What 「提交申请」 does: the invoice is held first, then the voucher is made. */
async function use(desk: Desk, invoice: Invoice, voucher = newId(), at = TODAY): Promise<boolean> {
  const held = await hold(desk, invoice, voucher, at)
  if (!held) return false
  await desk.must(claim(yuan(100)), desk.lin, at)
  await desk.must(issue(yuan(100), { voucher }), desk.lin, at)
  return true
}

async function hold(desk: Desk, invoice: Invoice, voucher = newId(), at = TODAY) {
  const { enterprise } = desk
  return (await claimInvoice(env, { ...invoice, enterprise, voucher, at })).ok
}

/** Somebody else's try with the same invoice, much later. */
async function isFree(invoice: Invoice): Promise<boolean> {
  return hold(newDesk(), invoice, newId(), TODAY + 24 * HOUR_MS)
}

describe('twenty enterprises at once with the same invoice', () => {
  test('make one voucher', async () => {
    for (let round = 0; round < 5; round += 1) {
      const invoice = freshInvoice()
      const tries = Array.from({ length: 20 }, () => ({ desk: newDesk(), voucher: newId() }))
      const made = await Promise.all(tries.map(({ desk, voucher }) => use(desk, invoice, voucher)))
      expect(made.filter(Boolean)).toHaveLength(1)
      const won = tries[made.indexOf(true)]
      const holder = await findInvoiceHolder(dbOf(env), invoice)
      expect(holder).toMatchObject({ enterprise: won?.desk.enterprise, voucher: won?.voucher })
    }
  })

  test('make one more when the voucher that had it has ended', async () => {
    const invoice = freshInvoice()
    const [first, voucher] = [newDesk(), newId()]
    await use(first, invoice, voucher)
    await first.must({ kind: 'void', voucher })
    const tries = Array.from({ length: 20 }, () => use(newDesk(), invoice))
    expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(1)
  })

  test('make one more when the use that held it never came', async () => {
    const invoice = freshInvoice()
    await hold(newDesk(), invoice)
    const later = TODAY + HOUR_MS
    const tries = Array.from({ length: 20 }, () => use(newDesk(), invoice, newId(), later))
    expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(1)
  })
})

type Way = readonly (readonly [Command['kind'], AnyActor | 'own'])[]

/** The steps of a voucher's life, each with who takes it; `own` is the enterprise, its payee. */
const CONFIRMED: Way = [['confirm', wu]]
const SUBMITTED: Way = [...CONFIRMED, ['submit', 'own']]
const FREEING: readonly [how: string, way: Way][] = [
  ['the carrier refused it', [['refuse', wu]]],
  ['the enterprise voided it', [['void', 'own']]],
  ['its deadline passed', [['expire', clock]]],
  ['the bureau terminated it', [...CONFIRMED, ['terminate', wang]]],
  ['the bureau decided 不予兑付', [...SUBMITTED, ['reject', wang]]],
]
const KEEPING: readonly [how: string, way: Way][] = [
  ['it was made', []],
  ['the carrier confirmed it', CONFIRMED],
  ['it was submitted', SUBMITTED],
  ['it was returned for papers', [...SUBMITTED, ['return', wang]]],
  ['it was withdrawn', [...SUBMITTED, ['withdraw', 'own']]],
  ['it was submitted once more', [...SUBMITTED, ['return', wang], ['submit', 'own']]],
  ['it was redeemed', [...SUBMITTED, ['approve', wang]]],
]

/** Leads a fresh voucher with this invoice along the way, on which it must never be free. */
async function lead(invoice: Invoice, way: Way): Promise<void> {
  const [desk, voucher] = [newDesk(), newId()]
  let redemption = ''
  await use(desk, invoice, voucher)
  for (const [kind, who] of way) {
    expect(await isFree(invoice)).toBe(false)
    if (kind === 'submit') redemption = newId()
    const more = { voucher, redemption, reason: '与合同不符', paid_fen: yuan(80) }
    const command = commandFrom(kind, more)
    await desk.must(command, who === 'own' ? desk.lin : who)
  }
}

/** Only the members that this kind has: a command with others is malformed. */
function commandFrom(kind: Command['kind'], more: Readonly<Record<string, unknown>>): Command {
  const names: Partial<Record<Command['kind'], readonly string[]>> = {
    refuse: ['voucher', 'reason'],
    terminate: ['voucher', 'reason'],
    submit: ['voucher', 'redemption'],
    withdraw: ['redemption'],
    return: ['redemption', 'reason'],
    reject: ['redemption', 'reason'],
    approve: ['redemption', 'paid_fen', 'reason'],
  }
  const own = (names[kind] ?? ['voucher']).map((name) => [name, more[name]])
  return { kind, ...Object.fromEntries(own) } as Command
}

describe('an invoice', () => {
  test.each(FREEING)('is free once %s, and not before', async (_how, way) => {
    const invoice = freshInvoice()
    await lead(invoice, way)
    expect(await isFree(invoice)).toBe(true)
  })

  test.each(KEEPING)('is not free when %s', async (_how, way) => {
    const invoice = freshInvoice()
    await lead(invoice, way)
    expect(await isFree(invoice)).toBe(false)
  })

  test('goes from one dead voucher to the next, and belongs to one at a time', async () => {
    const invoice = freshInvoice()
    for (let round = 0; round < 4; round += 1) {
      const [desk, voucher] = [newDesk(), newId()]
      expect(await use(desk, invoice, voucher)).toBe(true)
      expect(await isFree(invoice)).toBe(false)
      await desk.must({ kind: 'refuse', voucher, reason: '不是我单位的服务' }, wu)
    }
  })
})

describe('a crash between holding the invoice and making the voucher', () => {
  test('leaves it with that form, which goes on at once', async () => {
    const [desk, invoice, voucher] = [newDesk(), freshInvoice(), newId()]
    await hold(desk, invoice, voucher)
    expect(await hold(newDesk(), invoice, newId(), TODAY + MINUTE_MS)).toBe(false)
    expect(await use(desk, invoice, voucher, TODAY + 2 * MINUTE_MS)).toBe(true)
    expect(await isFree(invoice)).toBe(false)
  })

  test('leaves nothing stuck: another use has it after a while', async () => {
    const invoice = freshInvoice()
    await hold(newDesk(), invoice)
    expect(await hold(newDesk(), invoice, newId(), TODAY + 9 * MINUTE_MS)).toBe(false)
    expect(await hold(newDesk(), invoice, newId(), TODAY + 11 * MINUTE_MS)).toBe(true)
  })

  test('a form sent again begins that while anew', async () => {
    const [desk, invoice, voucher] = [newDesk(), freshInvoice(), newId()]
    await hold(desk, invoice, voucher)
    await hold(desk, invoice, voucher, TODAY + 9 * MINUTE_MS)
    expect(await hold(newDesk(), invoice, newId(), TODAY + 11 * MINUTE_MS)).toBe(false)
    expect(await hold(desk, invoice, voucher, TODAY + 8 * MINUTE_MS)).toBe(true)
  })

  test('a holder who comes back in the moment of the take-over keeps it or is told', async () => {
    for (let round = 0; round < 20; round += 1) {
      const [desk, invoice, voucher] = [newDesk(), freshInvoice(), newId()]
      await hold(desk, invoice, voucher)
      const [other, next, at] = [newDesk(), newId(), TODAY + HOUR_MS]
      const [back, taken] = await Promise.all([
        use(desk, invoice, voucher, at),
        use(other, invoice, next, at),
      ])
      expect([back, taken].filter(Boolean)).toHaveLength(1)
      const subject = back
        ? { enterprise: desk.enterprise, id: voucher }
        : { enterprise: other.enterprise, id: next }
      expect(await invoiceOf(dbOf(env), subject)).toEqual(invoice)
    }
  })

  test('a voucher that comes after its invoice was taken over stands without one', async () => {
    const [desk, invoice, voucher] = [newDesk(), freshInvoice(), newId()]
    await hold(desk, invoice, voucher)
    expect(await use(newDesk(), invoice, newId(), TODAY + HOUR_MS)).toBe(true)
    await desk.must(claim(yuan(100)))
    await desk.must(issue(yuan(100), { voucher }))
    const subject = { enterprise: desk.enterprise, id: voucher }
    expect(await invoiceOf(dbOf(env), subject)).toBeUndefined()
    expect(await hold(desk, invoice, voucher)).toBe(false)
  })
})

describe('a ledger out of reach', () => {
  test('is never taken for a voucher that has ended', async () => {
    const [desk, invoice, voucher] = [newDesk(), freshInvoice(), newId()]
    await use(desk, invoice, voucher)
    const LEDGER = {
      getByName: () => {
        throw Object.assign(new Error('overloaded'), { overloaded: true })
      },
    } as unknown as DurableObjectNamespace
    const other = { ...invoice, enterprise: newId(), voucher: newId(), at: TODAY + HOUR_MS }
    await expect(claimInvoice({ ...env, LEDGER }, other)).rejects.toMatchObject({ status: 503 })
    expect(await isFree(invoice)).toBe(false)
  })
})
