/**
 * Somebody's objects for every route that names one: those of 宁波演示微光电子, its carrier and its
 * bureau, out of the demonstration. A route without a row here fails the test of the guards.
 */
import { eq } from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'
import { imports } from '../../src/intake/tables.ts'
import { readService } from '../../src/catalogue/form-rules.ts'
import { pictures, proposals } from '../../src/catalogue/tables.ts'
import { bookings } from '../../src/booking/tables.ts'
import { newId } from '../../src/kernel/id.ts'
import { post } from '../../src/ledger/client.ts'
import { claims, redemptions, vouchers } from '../../src/ledger/tables.ts'
import type { Bindings } from '../../src/platform/bindings.ts'
import { dbOf } from '../../src/platform/db.ts'
import type { Db } from '../../src/platform/db.ts'
import type { Grant } from '../../src/platform/guard.ts'
import { redemptionSubmissions } from '../../src/redemption/tables.ts'
import { registrations } from '../../src/registration/tables.ts'
import type { UseForm } from '../../src/voucher/rules.ts'
import { papers, useDrafts } from '../../src/voucher/tables.ts'
import cast from '../demo/cast.json'
import { carrierIdOf, instrumentIdOf, serviceIdOf } from '../demo/seed-catalogue.ts'
import { enterpriseIdOf } from '../demo/seed-enterprises.ts'

type Side = 'owner' | 'stranger'
type Params = Readonly<Record<string, string>>
/** Null where a route names nobody else's: a number in the actor's own ledger, a kind of task. */
type Row = ({ params: Params } & Partial<Record<Side, string>>) | null

const PEOPLE = {
  owner: { enterprise: 'zhou', carrier: 'sun' },
  stranger: { enterprise: 'lin', carrier: 'wu' },
}
const BUREAUS = { owner: 'haishu', stranger: 'xihu' }

/** Who of this side plays the role of a route; the province's staff where the bureau has none. */
export function personOf(side: Side, { role, staff }: Grant): string | undefined {
  if (role === 'enterprise' || role === 'carrier') return PEOPLE[side][role]
  const bureau = cast.bureaus.find(({ key }) => key === BUREAUS[side])
  const province = cast.bureaus.find(({ key }) => key === 'province')
  const asked: readonly string[] = staff ?? ['review']
  const fits = ({ roles }: { roles: string[] }) => roles.some((one) => asked.includes(one))
  const people = [...(bureau?.staff ?? []), ...(province?.staff ?? [])]
  return people.find(fits)?.account
}

/** The owners' objects by the beginning of the route's path; the longest that fits counts. */
export async function foreignRows(env: Bindings): Promise<Readonly<Record<string, Row>>> {
  const db = dbOf(env)
  const enterprise = enterpriseIdOf('weiguang')
  const of = <T extends SQLiteColumn>(column: T) => eq(column, enterprise)
  const [version] = await db.select().from(registrations).where(of(registrations.enterprise))
  const [claim] = await db.select().from(claims).where(of(claims.enterprise))
  const [paid] = await db.select().from(redemptions).where(of(redemptions.enterprise))
  const [booking] = await db.select().from(bookings).where(of(bookings.enterprise))
  if (!version || !claim || !paid || !booking) throw new Error('the demonstration lacks objects')
  const waiting = await voucherOf(db, 'weiguang', 'unconfirmed')
  const redeemed = { ...(await voucherOf(db, 'weiguang', 'redeemed')), redemption: paid.id }
  const carriers = { params: await submitted(env, 'zhixin', 'cailiao'), owner: 'qian' }
  const imported = await importOf(db, 'kekao', '330203')
  return {
    '/enterprise/registration': { params: { id: version.id } },
    '/enterprise/quota/claims': { params: { id: claim.id } },
    '/enterprise/quota/hand-backs': null,
    '/enterprise/bookings': { params: { id: booking.id } },
    '/enterprise/use/drafts': { params: await draftOf(db, waiting) },
    '/enterprise/vouchers': { params: { ...waiting, id: waiting.voucher } },
    '/enterprise/redemptions': { params: redeemed },
    '/enterprise/redemptions/submissions': await submissionOf(db, `enterprise:${enterprise}`),
    '/enterprise/evaluations': { params: redeemed },
    '/carrier/services': { params: { id: serviceIdOf('kekao', '演示高低温试验') } },
    '/carrier/services/instruments': { params: { id: instrumentIdOf('kekao', '演示静电枪') } },
    '/carrier/services/pictures': await pictureOf(db, carrierIdOf('kekao')),
    '/carrier/bookings': { params: { id: booking.id } },
    '/carrier/desk': { params: waiting },
    '/carrier/vouchers': { params: waiting },
    '/carrier/redemptions': carriers,
    '/carrier/redemptions/submissions': await submissionOf(db, `carrier:${carrierIdOf('kekao')}`),
    '/carrier/evaluations': { params: redeemed },
    '/carrier/imports': { params: imported },
    '/bureau/carriers': { params: { id: carrierIdOf('kekao') } },
    '/bureau/carriers/proposals': await proposalOf(db, carrierIdOf('kekao')),
    '/bureau/imports': { params: imported },
    '/bureau/reconciliations': null,
    '/bureau/registrations': { params: { id: version.id } },
    '/bureau/todo': null,
    '/bureau/vouchers': { params: waiting },
    '/bureau/redemptions': { params: redeemed },
    '/bureau/redemptions/chosen': await submissionOf(db, 'bureau:330203'),
    '/bureau/payments': { params: redeemed },
  }
}

async function voucherOf(db: Db, key: string, state: (typeof vouchers.$inferSelect)['state']) {
  const enterprise = enterpriseIdOf(key)
  const rows = await db.select().from(vouchers).where(eq(vouchers.enterprise, enterprise))
  const found = rows.find((one) => one.state === state)
  if (!found) throw new Error(`the demonstration lacks a voucher that is ${state}`)
  const [paper] = (JSON.parse(found.form) as UseForm).papers
  return { enterprise, voucher: found.id, file: paper?.file ?? '' }
}

/** A voucher that its carrier redeems, in review. */
async function submitted(env: Bindings, key: string, carrierKey: string): Promise<Params> {
  const found = await voucherOf(dbOf(env), key, 'confirmed')
  const carrier = carrierIdOf(carrierKey)
  const receipt = await post(env, found.enterprise, {
    key: newId(),
    actor: { role: 'carrier', account: 'qian', name: '钱析', carrier },
    at: Date.now(),
    command: { kind: 'submit', voucher: found.voucher, redemption: newId() },
  })
  if (!receipt.ok) throw new Error(`the voucher was not submitted: ${receipt.code}`)
  return found
}

/** A draft with the paper of a voucher: drafts hand their papers on under the same id. */
async function draftOf(db: Db, { enterprise, voucher: id, file }: Record<string, string>) {
  const [common, by] = [{ enterprise: enterprise ?? '', at: 0 }, 'zhou']
  const paper = { voucher: id ?? '', file: file ?? '', kind: 'contract', name: '合同.pdf' } as const
  const draft = { id: id ?? '', account: by, fields: {}, updated_at: 0 }
  await db.batch([
    db.insert(useDrafts).values({ ...common, ...draft }),
    db.insert(papers).values({ ...common, ...paper, by, size: 1, sha256: '' }),
  ])
  return { id: id ?? '', file: file ?? '' }
}

/** A picture of the organisation itself; its file is never asked for. */
async function pictureOf(db: Db, carrier: string): Promise<Row> {
  const id = newId()
  const shown = { file: newId(), alt: '实验室', at: 0, by: 'sun' }
  await db
    .insert(pictures)
    .values({ id, kind: 'organisation', subject: carrier, carrier, ...shown })
  return { params: { id } }
}

/** A file that a carrier has sent and nobody has read yet. */
async function importOf(db: Db, carrierKey: string, region: string): Promise<Params> {
  const id = newId()
  const file = {
    file_name: '服务.csv',
    file_size: 0,
    file_type: 'csv',
    sha256: '',
    key: '',
  } as const
  const by = { carrier: carrierIdOf(carrierKey), region, at: 0, by: 'sun', by_name: '孙可' }
  await db.insert(imports).values({ id, kind: 'service', ...file, ...by })
  return { id }
}

/** What a carrier wants to publish. */
async function proposalOf(db: Db, carrier: string): Promise<Row> {
  const [id, subject] = [newId(), newId()]
  const content = readService(
    { name: '演示新服务', category: '检验检测', unit: '项' },
    {
      categories: [],
    },
  )
  if (!content.ok) throw new Error('the service is refused')
  const by = { at: 0, by: 'sun', by_name: '孙可' }
  const proposal = { id, kind: 'service', subject, number: 1, carrier } as const
  await db.insert(proposals).values({ ...proposal, content: content.value, ...by })
  return { params: { id } }
}

async function submissionOf(db: Db, party: string): Promise<Row> {
  const id = newId()
  await db.insert(redemptionSubmissions).values({ party, id, by: '周予安', at: 0, rows: [] })
  return { params: { id } }
}

/** The row for a path, undefined where none fits. */
export function rowFor<T>(rows: Readonly<Record<string, T>>, path: string): T | undefined {
  const [found] = Object.keys(rows)
    .filter((start) => path.startsWith(`${start}/`))
    .sort((one, other) => other.length - one.length)
  return found === undefined ? undefined : rows[found]
}
