/**
 * 云杉 of 西湖区 with 200,000.00 to use at 浙江演示智能制造检测研究院: the bureaus, carriers and the
 * enterprise of the cast, and the form as a browser sends it.
 */
import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { auditEntries } from '../../src/audit/tables.ts'
import { insertAnswer, insertBooking } from '../../src/booking/client.ts'
import { newId } from '../../src/kernel/id.ts'
import { DAY_MS, dayOf } from '../../src/kernel/clock.ts'
import { readLedger } from '../../src/ledger/client.ts'
import type { Voucher } from '../../src/ledger/rules.ts'
import { commit, dbOf } from '../../src/platform/db.ts'
import { pdfOf } from '../demo/pdf.ts'
import { seedBureaus } from '../demo/seed-bureaus.ts'
import { carrierIdOf, seedCast, serviceIdOf } from '../demo/seed-catalogue.ts'
import { enterpriseIdOf, register } from '../demo/seed-enterprises.ts'
import { claim } from '../demo/seed-vouchers.ts'
import { send } from '../support/routes.ts'
import { signInAs } from '../support/sign-in.ts'
import type { SignedIn } from '../support/sign-in.ts'

export const NOW = Date.now()
export const YUNSHAN = enterpriseIdOf('yunshan')
export const ZHIJIAN = carrierIdOf('zhijian')

export type People = Record<'lin' | 'zhou' | 'wu' | 'qian' | 'reviewer' | 'finance', SignedIn>

/** Seeds once a file and signs in who acts in it. */
export async function setUp(): Promise<People> {
  const db = dbOf(env)
  await commit(db, [...seedBureaus(db, NOW), ...seedCast(db, NOW - 400 * DAY_MS)])
  for (const [key, reviewer] of [
    ['yunshan', 'xihu-review'],
    ['weiguang', 'haishu-review'],
  ] as const) {
    const at = NOW - 60 * DAY_MS
    await register(env, { key, reviewer, at, approved_at: at + DAY_MS, bound: true })
  }
  await claim(env, 'yunshan', 20_000_000, NOW - 1000)
  return {
    lin: await signInAs(env, 'lin', NOW),
    zhou: await signInAs(env, 'zhou', NOW),
    wu: await signInAs(env, 'wu', NOW),
    qian: await signInAs(env, 'qian', NOW),
    reviewer: await signInAs(env, 'xihu-review', NOW),
    finance: await signInAs(env, 'xihu-finance', NOW),
  }
}

/** A booking of 智检 or 可靠 that the carrier has accepted, or has not answered yet. */
export async function book(
  who: 'yunshan' | 'weiguang',
  booked: { accepted?: boolean; enterprise?: string; service?: string | null } = {},
): Promise<string> {
  const db = dbOf(env)
  const id = newId()
  const [carrier, service] =
    who === 'yunshan' ? ['zhijian', '演示机器人整机测评'] : ['kekao', '演示高低温试验']
  const row = {
    id,
    enterprise: booked.enterprise ?? enterpriseIdOf(who),
    carrier: carrierIdOf(carrier),
    service: booked.service === undefined ? serviceIdOf(carrier, service) : booked.service,
    instrument: null,
    day: dayOf(NOW),
    contact: '周予安',
    phone: '13900000002',
    need: '样品两件',
    at: NOW,
    by: 'zhou',
  }
  const answer = { booking: id, accepted: true, reason: null, at: NOW, by: 'sun' }
  const { accepted = true } = booked
  await commit(db, [insertBooking(db, row), ...(accepted ? [insertAnswer(db, answer)] : [])])
  return id
}

/** What was audited of a booking, in order. */
export async function auditedOf(booking: string): Promise<string[]> {
  const { action, subject } = auditEntries
  const rows = await dbOf(env)
    .select({ action })
    .from(auditEntries)
    .where(eq(subject, `booking:${booking}`))
  return rows.map((row) => row.action)
}

let contracts = 0

/** A use that every rule lets through: 12,000.00 of a contract of 30,000.00. */
export function useFields(typed: Readonly<Record<string, string>> = {}): Record<string, string> {
  contracts += 1
  const today = dayOf(NOW)
  return {
    key: newId(),
    carrier: ZHIJIAN,
    service: serviceIdOf('zhijian', '演示机器人整机测评'),
    category: '检验检测',
    contract_name: '整机测评合同',
    contract_number: `ZC-${contracts}`,
    contract_amount: '30,000.00',
    contract_day: today,
    starts_day: today,
    ends_day: dayOf(NOW + 30 * DAY_MS),
    amount: '12000',
    contact: '林知远',
    payee: 'enterprise',
    commitment: '1',
    ...typed,
  }
}

export function contractPdf(title = 'Service contract', name = '服务合同.pdf'): File {
  return new File([pdfOf(title, ['Yunshan / Zhijian'])], name, { type: 'application/pdf' })
}

type Papers = Readonly<Record<string, File>>

/** Sends the form with its files and follows nothing. */
export function submitUse(
  who: SignedIn,
  fields: Readonly<Record<string, string>>,
  papers: Papers = { paper_contract: contractPdf() },
  path = '/enterprise/use',
): Promise<Response> {
  const body = new FormData()
  for (const [name, value] of Object.entries(fields)) body.append(name, value)
  for (const [name, file] of Object.entries(papers)) body.append(name, file)
  return send('POST', path, { cookie: who.cookie, body })
}

/** Makes a voucher through the form and answers it as the ledger has it. */
export async function makeVoucher(
  who: SignedIn,
  typed: Readonly<Record<string, string>> = {},
): Promise<Voucher> {
  const fields = useFields(typed)
  const answer = await submitUse(who, fields)
  if (answer.status !== 303) throw new Error(`${answer.status} ${mainOf(await answer.text())}`)
  const made = await findVoucher(fields['key'] ?? '')
  if (!made) throw new Error('no voucher was made')
  return made
}

export async function findVoucher(id: string): Promise<Voucher | undefined> {
  const { vouchers } = await readLedger(env, YUNSHAN, Date.now())
  return vouchers.find((one) => one.id === id)
}

export function rowOf(voucher: Voucher): string {
  return `${voucher.enterprise}/${voucher.id}`
}

export async function press(
  who: SignedIn,
  path: string,
  fields: readonly (readonly [string, string])[],
): Promise<Response> {
  const body = new URLSearchParams(fields.map(([name, value]) => [name, value]))
  return send('POST', path, { cookie: who.cookie, body })
}

export async function read(who: SignedIn | undefined, path: string): Promise<string> {
  const answer = await send('GET', path, who ? { cookie: who.cookie } : {})
  return answer.text()
}

export async function statusOf(who: SignedIn | undefined, path: string): Promise<number> {
  return (await send('GET', path, who ? { cookie: who.cookie } : {})).status
}

export function placeOf(answer: Response): string {
  return answer.headers.get('Location') ?? ''
}

/** What a page says in its main part, without marks. */
export function mainOf(html: string): string {
  const main = /<main[^>]*>([\s\S]*)<\/main>/.exec(html)?.[1] ?? html
  return main.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')
}
