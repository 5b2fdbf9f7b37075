/**
 * 周予安 of 微光 uses a booking while the ledger refuses or does not answer: what came to nothing is
 * free at once, what may have come to something stays, and nobody's booking is taken from them.
 */
import { createExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { and, eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { auditEntries } from '../../src/audit/tables.ts'
import { app } from '../../src/app.tsx'
import { findBooking } from '../../src/booking/client.ts'
import { PENDING_MS } from '../../src/booking/rules.ts'
import { newId } from '../../src/kernel/id.ts'
import { nudge, post, readBook, readVoucher } from '../../src/ledger/client.ts'
import type { Envelope } from '../../src/ledger/client.ts'
import type { Command } from '../../src/ledger/rules.ts'
import { recentHints } from '../../src/live/client.ts'
import { dbOf } from '../../src/platform/db.ts'
import { findDraft } from '../../src/voucher/store.ts'
import { carrierIdOf } from '../demo/seed-catalogue.ts'
import { enterpriseIdOf } from '../demo/seed-enterprises.ts'
import { claim } from '../demo/seed-vouchers.ts'
import { ORIGIN } from '../support/routes.ts'
import { NOW, auditedOf, book, contractPdf, mainOf, placeOf, setUp, useFields } from './fixture.ts'
import { submitUse } from './fixture.ts'
import type { People } from './fixture.ts'

const WEIGUANG = enterpriseIdOf('weiguang')
const HAISHU = '330203'
const db = dbOf(env)

let people: People
beforeAll(async () => {
  people = await setUp()
  await claim(env, 'weiguang', 5_000_000, NOW - 1000)
})

type Way = (issue: () => Promise<string>) => Promise<string>

/** Sends the form while each `issue` goes to the ledger by this way. */
async function submitBy(way: Way, fields: Readonly<Record<string, string>>): Promise<Response> {
  const getByName = (name: string) =>
    new Proxy(env.LEDGER.getByName(name), {
      get:
        (_stub, method) =>
        (...words: unknown[]) => {
          const stub: object = env.LEDGER.getByName(name)
          const go = () => Reflect.get(stub, method)(...words) as Promise<string>
          const issues = (words[0] as Envelope | undefined)?.command?.kind === 'issue'
          return issues ? way(go) : go()
        },
    })
  const body = new FormData()
  for (const [name, value] of Object.entries(fields)) body.append(name, value)
  body.append('paper_contract', contractPdf())
  const whole = new Response(body)
  const type = whole.headers.get('Content-Type') ?? ''
  const bytes = await whole.arrayBuffer()
  const headers = {
    Cookie: people.zhou.cookie,
    'Sec-Fetch-Site': 'same-origin',
    'Content-Type': type,
    'Content-Length': String(bytes.byteLength),
  }
  const LEDGER = { getByName } as unknown as DurableObjectNamespace
  const init = { method: 'POST', headers, body: bytes }
  const bound = { ...env, LEDGER }
  return app.request(`${ORIGIN}/enterprise/use`, init, bound, createExecutionContext())
}

const away = () => Object.assign(new Error('busy'), { overloaded: true })

async function order(command: Command): Promise<void> {
  const actor = {
    role: 'enterprise',
    account: 'zhou',
    name: '周予安',
    enterprise: WEIGUANG,
  } as const
  const answer = await post(env, WEIGUANG, { key: newId(), actor, at: Date.now(), command })
  if (!answer.ok) throw new Error(answer.code)
}

/** Another agent uses all that is left; answers the voucher. */
async function spendAll(): Promise<string> {
  const { accounts } = await readBook(env, WEIGUANG, HAISHU, Date.now())
  const voucher = newId()
  const carrier = carrierIdOf('zhijian')
  const paid = { amount_fen: accounts.available, carrier, payee: 'enterprise', form: {} } as const
  await order({ kind: 'issue', voucher, number: voucher, region: HAISHU, ...paid })
  return voucher
}

const voidOf = (voucher: string) => order({ kind: 'void', voucher })

const standing = async (booking: string, at = Date.now()) => {
  const found = await findBooking(db, booking, at)
  return { state: found?.state, voucher: found?.voucher ?? null }
}

/** By whom the voucher of a form was made, as the audit has it. */
async function issuesOf({ key }: Readonly<Record<string, string>>): Promise<string[]> {
  const { name, action, subject } = auditEntries
  const own = and(eq(action, 'voucher.issue'), eq(subject, `voucher:${key ?? ''}`))
  return (await db.select({ name }).from(auditEntries).where(own)).map((row) => row.name)
}

const isThere = async (voucher: string) =>
  (await readVoucher(env, WEIGUANG, voucher, Date.now())) !== null

test('what the ledger refuses can be used again at once, and both sides hear of it', async () => {
  const booking = await book('weiguang')
  const fields = useFields({ booking, amount: '1000' })
  const since = Date.now()
  let spent = ''
  const answer = await submitBy(async (go) => {
    spent = await spendAll()
    return go()
  }, fields)
  expect(answer.status).toBe(422)
  expect(mainOf(await answer.text())).toContain('可用额度')
  expect(await isThere(fields['key'] ?? '')).toBe(false)
  expect(await standing(booking)).toEqual({ state: 'accepted', voucher: null })
  expect(await auditedOf(booking)).toEqual(['booking.use', 'booking.release'])
  for (const channel of [`enterprise:${WEIGUANG}`, `carrier:${carrierIdOf('kekao')}`]) {
    const hint = { topic: 'booking', enterprise: WEIGUANG, id: booking }
    expect(await recentHints(env, channel, since)).toContainEqual(hint)
  }
  await voidOf(spent)
  const other = useFields({ booking, amount: '1000' })
  expect((await submitUse(people.zhou, other)).status).toBe(303)
  expect(await standing(booking)).toEqual({ state: 'used', voucher: other['key'] })
})

test('what got no answer stays with its form, which goes on at once', async () => {
  const booking = await book('weiguang')
  const fields = useFields({ booking, amount: '1000' })
  expect((await submitBy(() => Promise.reject(away()), fields)).status).toBe(422)
  expect(await standing(booking)).toEqual({ state: 'used', voucher: fields['key'] })
  expect(await auditedOf(booking)).toEqual(['booking.use'])
  expect((await submitUse(people.zhou, useFields({ booking, amount: '1000' }))).status).toBe(422)
  expect((await submitUse(people.zhou, fields)).status).toBe(303)
  expect(await standing(booking)).toEqual({ state: 'used', voucher: fields['key'] })
})

test('what got no answer and came to nothing is free after a while', async () => {
  const booking = await book('weiguang')
  await submitBy(() => Promise.reject(away()), useFields({ booking, amount: '1000' }))
  const state = async (at: number) => (await standing(booking, at)).state
  expect(await state(Date.now())).toBe('used')
  expect(await state(Date.now() + PENDING_MS)).toBe('accepted')
})

test('what breaks on the way stays as well', async () => {
  const booking = await book('weiguang')
  const fields = useFields({ booking, amount: '1000' })
  const answer = await submitBy(() => Promise.reject(new Error('broken')), fields)
  expect(answer.status).toBeGreaterThanOrEqual(500)
  expect(await standing(booking)).toEqual({ state: 'used', voucher: fields['key'] })
})

test('a voucher whose answer was lost keeps its booking', async () => {
  const booking = await book('weiguang')
  const fields = useFields({ booking, amount: '1000' })
  const answer = await submitBy(async (go) => {
    await go()
    throw away()
  }, fields)
  expect(placeOf(answer)).toBe(`/enterprise/vouchers/${fields['key']}/made?again=1`)
  await nudge(env, WEIGUANG)
  expect(await standing(booking)).toEqual({ state: 'used', voucher: fields['key'] })
  expect(await issuesOf(fields)).toEqual(['周予安'])
})

test('nor is it lost to the audit where the door stopped right after it was made', async () => {
  const booking = await book('weiguang')
  const fields = useFields({ booking, amount: '1000' })
  const stopped = await submitBy(async (go) => {
    await go()
    throw new Error('broken')
  }, fields)
  expect(stopped.status).toBeGreaterThanOrEqual(500)
  const again = [await submitUse(people.zhou, fields), await submitUse(people.zhou, fields)]
  const made = `/enterprise/vouchers/${fields['key']}/made?again=1`
  expect(again.map(placeOf)).toEqual([made, made])
  expect(await issuesOf(fields)).toEqual(['周予安'])
  const draft = { enterprise: WEIGUANG, id: fields['key'] ?? '' }
  expect(await findDraft(db, draft)).toBeUndefined()
})

test('of a form sent twice the one that is too late takes nothing from the other', async () => {
  const booking = await book('weiguang')
  const fields = useFields({ booking, amount: '1000' })
  const late = await submitBy(async (go) => {
    expect((await submitUse(people.zhou, fields)).status).toBe(303)
    return go()
  }, fields)
  expect(placeOf(late)).toBe(`/enterprise/vouchers/${fields['key']}/made?again=1`)
  expect(await standing(booking)).toEqual({ state: 'used', voucher: fields['key'] })
})

test('nor does one that was refused while the other was still on its way', async () => {
  const booking = await book('weiguang')
  const fields = useFields({ booking, amount: '1000' })
  const gate = Promise.withResolvers<void>()
  const underWay = Promise.withResolvers<void>()
  let second: Promise<Response> | undefined
  const first = await submitBy(async (go) => {
    const spent = await spendAll()
    const refused = await go()
    await voidOf(spent)
    second = submitBy(async (issue) => {
      underWay.resolve()
      await gate.promise
      return issue()
    }, fields)
    await underWay.promise
    return refused
  }, fields)
  expect(first.status).toBe(422)
  gate.resolve()
  expect((await second)?.status).toBe(303)
  expect(await standing(booking)).toEqual({ state: 'used', voucher: fields['key'] })
})

test('a form sent twice at once makes one voucher with its booking', async () => {
  const booking = await book('weiguang')
  const fields = useFields({ booking, amount: '1000' })
  const answers = await Promise.all([1, 2].map(() => submitUse(people.zhou, fields)))
  expect(answers.map(({ status }) => status)).toEqual([303, 303])
  expect(await standing(booking)).toEqual({ state: 'used', voucher: fields['key'] })
})
