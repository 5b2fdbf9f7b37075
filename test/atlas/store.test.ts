/** Documents in D1: what a row says is all there is to say, and everything else follows from it. */
import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import {
  hideOrganisation,
  putItems,
  putOrganisations,
  rateOrganisation,
} from '../../src/atlas/client.ts'
import { lookUp } from '../../src/atlas/lookup.ts'
import type { ItemDoc, OrganisationDoc, Query } from '../../src/atlas/rules.ts'
import { readParts } from '../../src/atlas/store.ts'
import { newId } from '../../src/kernel/id.ts'
import { commit, dbOf } from '../../src/platform/db.ts'
import type { Statement } from '../../src/platform/db.ts'
import { AT } from './fixture.ts'

const db = dbOf(env)
const write = (statements: Statement[]) => commit(db, statements)

function organisation(more: Partial<OrganisationDoc> = {}): OrganisationDoc {
  return {
    subject: newId(),
    name: '杭州演示光谱研究院',
    county: '330106',
    address: '演示路1号',
    phone: '0571-80000000',
    lng: 120.1,
    lat: 30.2,
    intro: '',
    categories: ['检验检测'],
    rating_percent: 0,
    rating_count: 0,
    hidden: false,
    ...more,
  }
}

function instrument(owner: string, more: Partial<ItemDoc> = {}): ItemDoc {
  return {
    kind: 'instrument',
    subject: newId(),
    organisation: owner,
    name: '气相色谱仪',
    model: 'GC-2010',
    maker: '岛津',
    category: '仪器共享',
    price_fen: 10_000,
    unit: '小时',
    hidden: false,
    ...more,
  }
}

async function find(words: string[], more: Partial<Query> = {}) {
  const query: Query = {
    kind: 'instrument',
    words,
    region: null,
    categories: null,
    box: null,
    near: null,
    sort: 'relevance',
    offset: 0,
    limit: 20,
    ...more,
  }
  return lookUp(env.DB, query)
}

/** The parts that a write gave a new revision. */
async function changedBy(statements: Statement[]): Promise<string[]> {
  const before = await readParts(env.DB)
  await write(statements)
  const after = await readParts(env.DB)
  return [...after.of.keys()].filter((part) => after.of.get(part) !== before.of.get(part)).sort()
}

describe('a document', () => {
  test('that is put again as it was changes nothing', async () => {
    const owner = organisation()
    const item = instrument(owner.subject)
    const put = () => [...putOrganisations(db, [owner], AT), ...putItems(db, [item], AT)]
    expect(await changedBy(put())).toEqual(['instrument:3301', 'organisation'])
    expect(await changedBy(put())).toEqual([])
  })

  test('changes the part it stands in, and its organisation where figures change', async () => {
    const owner = organisation({ county: '330203' })
    const item = instrument(owner.subject)
    await write([...putOrganisations(db, [owner], AT), ...putItems(db, [item], AT)])
    const dearer = { ...item, price_fen: 20_000 }
    expect(await changedBy(putItems(db, [dearer], AT))).toEqual(['instrument:3302'])
    const hidden = { ...dearer, hidden: true }
    expect(await changedBy(putItems(db, [hidden], AT))).toEqual(['instrument:3302', 'organisation'])
    expect(await changedBy(rateOrganisation(db, { ...owner, rating_percent: 400 }, AT))).toEqual([
      'organisation',
    ])
    expect(await changedBy(hideOrganisation(db, owner.subject, true, AT))).toEqual(['organisation'])
    expect(await changedBy(hideOrganisation(db, owner.subject, true, AT))).toEqual([])
  })

  test('moves with its organisation to another city', async () => {
    const owner = organisation()
    await write([
      ...putOrganisations(db, [owner], AT),
      ...putItems(db, [instrument(owner.subject, { name: '迁移检测仪' })], AT),
    ])
    const moved = { ...owner, county: '330302', lng: 120.65, lat: 28.01 }
    expect(await changedBy(putOrganisations(db, [moved], AT))).toEqual([
      'instrument:3301',
      'instrument:3303',
      'organisation',
    ])
    expect((await find(['迁移'], { region: '330100' })).total).toBe(0)
    expect((await find(['迁移'], { region: '330302' })).hits[0]).toMatchObject({ lng: 120.65 })
  })

  test('is found by what it and its organisation are called now', async () => {
    const owner = organisation({ name: '宁波旧名实验室' })
    const item = instrument(owner.subject, { name: '旧型仪' })
    await write([...putOrganisations(db, [owner], AT), ...putItems(db, [item], AT)])
    await write([
      ...putItems(db, [{ ...item, name: '新型仪' }], AT),
      ...putOrganisations(db, [{ ...owner, name: '宁波新名实验室' }], AT),
    ])
    for (const word of ['旧型', '旧名', 'jiuming', 'nbjm'])
      expect([word, (await find([word])).total]).toEqual([word, 0])
    for (const word of ['新型', '新名', 'xinming', 'nbxm'])
      expect([word, (await find([word])).total]).toEqual([word, 1])
  })

  test('waits for an organisation that comes later', async () => {
    const owner = organisation()
    await write(putItems(db, [instrument(owner.subject, { name: '早到的仪器' })], AT))
    expect((await find(['早到'])).total).toBe(0)
    await write(putOrganisations(db, [owner], AT))
    expect((await find(['早到'])).total).toBe(1)
  })

  test('is not found by a long word whose pairs lie apart', async () => {
    const owner = organisation({ name: '紫外可见光研究所', intro: '光度计与分光检定' })
    const item = instrument(owner.subject, { name: '紫外可见分', model: '见分光', maker: '光度计' })
    await write([...putOrganisations(db, [owner], AT), ...putItems(db, [item], AT)])
    const apart = ['紫外可见分光', '可见光度计']
    for (const kind of ['organisation', 'instrument'] as const) {
      for (const word of apart)
        expect([word, (await find([word], { kind })).total]).toEqual([word, 0])
      expect((await find(['紫外可见分'], { kind })).total).toBe(1)
    }
    expect((await find(['紫外可见光研究所'])).total).toBe(1)
  })

  test('is not found where a code of the index is typed for a word', async () => {
    const owner = organisation()
    await write([
      ...putOrganisations(db, [owner], AT),
      ...putItems(db, [instrument(owner.subject)], AT),
    ])
    for (const word of ['c330106', 'd3301', 'q8', 'q13', 'wgc', 'gw'])
      expect([word, (await find([word])).total]).toEqual([word, 0])
  })
})

test('six thousand long documents go in one batch of few texts', async () => {
  const owner = organisation({ name: '批量导入研究所' })
  const items = Array.from({ length: 6_000 }, (_, at) =>
    instrument(owner.subject, { name: `批量导入的很长很长名字的检测仪器${at}` }),
  )
  const statements = [...putOrganisations(db, [owner], AT), ...putItems(db, items, AT)]
  expect(statements.length).toBeLessThan(12)
  await write(statements)
  expect((await find(['批量导入'])).total).toBe(6_000)
})

test('a word of a hundred characters, and any sign, is asked without harm', async () => {
  const long = '谱'.repeat(100)
  for (const word of [long, 'a'.repeat(100), '"', '%', "'", '🙂', '\u0000', '*', '谱"'])
    expect(await find([word])).toEqual({ total: 0, hits: [] })
})
