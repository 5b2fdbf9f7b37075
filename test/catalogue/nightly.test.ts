/** What the map's index is told: with every change, and by night what it never heard. */
import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { rateOrganisation } from '../../src/atlas/client.ts'
import { atlas_items, atlas_organisations } from '../../src/atlas/tables.ts'
import {
  admitCarriers,
  findCarrier,
  insertServices,
  publishInstruments,
  publishServices,
  suspendCarrier,
} from '../../src/catalogue/client.ts'
import { indexFirst, indexMissing } from '../../src/catalogue/nightly.ts'
import { carriers, services } from '../../src/catalogue/tables.ts'
import { namedId } from '../../src/kernel/id.ts'
import { commit, commitOnce, dbOf } from '../../src/platform/db.ts'
import { carrierIdOf, seedCast, serviceIdOf } from '../demo/seed-catalogue.ts'

const db = dbOf(env)
const AT = Date.UTC(2026, 0, 1)
const RUIAN = carrierIdOf('ruian')

beforeAll(async () => {
  await commit(db, seedCast(db, AT))
  await indexMissing(env, AT)
})

function organisation(subject: string) {
  return db.select().from(atlas_organisations).where(eq(atlas_organisations.subject, subject)).get()
}

function item(subject: string) {
  return db.select().from(atlas_items).where(eq(atlas_items.subject, subject)).get()
}

test('everything is known with its category, and a second night finds nothing to do', async () => {
  expect(await db.$count(atlas_organisations)).toBe(4)
  expect(await db.$count(atlas_items)).toBe(28)
  expect((await organisation(RUIAN))?.categories.toSorted()).toEqual([
    '仪器共享',
    '技术咨询',
    '检验检测',
    '研发设计',
  ])
  expect(await indexMissing(env, AT + 1)).toBe(0)
})

test('a row that was written past the index is found by night, and a rating stays', async () => {
  const rating = { subject: RUIAN, rating_percent: 450, rating_count: 2 }
  await commit(db, [
    ...rateOrganisation(db, rating, AT + 2),
    suspendCarrier(db, { carrier: RUIAN, at: AT + 2, by: 'x', reason: 'x' }),
    db.update(services).set({ price_fen: 1 }).where(eq(services.carrier, RUIAN)),
    db.update(carriers).set({ address: '演示路 2 号' }).where(eq(carriers.id, RUIAN)),
  ])
  expect(await indexMissing(env, AT + 3)).toBe(6)
  expect(await organisation(RUIAN)).toMatchObject({
    hidden: true,
    address: '演示路 2 号',
    rating_percent: 450,
  })
  const id = serviceIdOf('ruian', '演示断路器设计')
  expect(await item(id)).toMatchObject({ price_fen: 1, hidden: false })
})

test('a thousand rows are published in one batch, and again with another price', async () => {
  const rows = Array.from({ length: 1001 }, (_none, at) => ({
    id: namedId(`service ${at}`),
    carrier: carrierIdOf('kekao'),
    name: `演示试验 ${at}`,
    category: '检验检测' as const,
    price_fen: 100 + at,
    unit: '项',
  }))
  await commit(db, publishServices(db, rows, AT))
  const [first] = rows
  if (!first) throw new Error('no rows')
  await commit(db, publishServices(db, [{ ...first, price_fen: 7, withdrawn_at: AT }], AT + 9))
  expect(await db.$count(services, eq(services.carrier, carrierIdOf('kekao')))).toBe(1006)
  expect(await item(first.id)).toMatchObject({ price_fen: 7, hidden: true })
  expect(await indexMissing(env, AT + 10)).toBe(0)
})

test('an instrument is published as shared, with its model and maker', async () => {
  const id = namedId('an instrument')
  const row = { id, carrier: RUIAN, name: '演示分析仪', model: 'A-1', maker: '演示仪器厂' }
  await commit(db, publishInstruments(db, [{ ...row, price_fen: null, unit: '小时' }], AT))
  expect(await item(id)).toMatchObject({ model: 'A-1', category: '仪器共享', price_fen: null })
})

test('a carrier is admitted once, with its document or not at all', async () => {
  const kekao = await findCarrier(db, carrierIdOf('kekao'))
  if (!kekao) throw new Error('not admitted')
  const { state: _state, ...row } = kekao
  const again = { ...row, id: namedId('again') }
  expect(await commitOnce(db, admitCarriers(db, [again], AT))).toBe(false)
  expect(await organisation(again.id)).toBeUndefined()
  const other = { ...again, uscc: '91330106MA2DEM017U', categories: ['检验检测'] as const }
  expect(await commitOnce(db, admitCarriers(db, [other], AT))).toBe(true)
  expect(await organisation(again.id)).toMatchObject({ name: kekao.name, hidden: false })
})

test('what is inserted as a bare row waits for the night', async () => {
  const id = namedId('a bare row')
  const row = { id, carrier: RUIAN, name: '演示老化', category: '检验检测' as const }
  await commit(db, [insertServices(db, [{ ...row, price_fen: null, unit: '项' }])])
  expect(await item(id)).toBeUndefined()
  expect(await indexMissing(env, AT)).toBe(1)
  expect(await item(id)).toMatchObject({ name: '演示老化' })
})

test('an instance from before the index is brought to it by day, once', async () => {
  expect(await indexFirst(env, AT)).toBe(0)
  await env.DB.batch(
    ['places', 'items', 'organisation_words', 'organisations'].map((name) =>
      env.DB.prepare(`DELETE FROM atlas_${name}`),
    ),
  )
  expect(await indexFirst(env, AT)).toBeGreaterThan(30)
  expect(await organisation(RUIAN)).toMatchObject({ subject: RUIAN })
  expect(await indexFirst(env, AT)).toBe(0)
})
