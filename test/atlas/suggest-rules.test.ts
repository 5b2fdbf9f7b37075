/** What is offered while a visitor types. */
import { expect, test } from 'vitest'
import { openItems } from '../../src/atlas/item-rules.ts'
import { suggestShards } from '../../src/atlas/search-rules.ts'
import { buildOrganisationShard, openOrganisations } from '../../src/atlas/shard-rules.ts'
import { layShelf } from '../../src/atlas/shelf-rules.ts'
import { startItemShard } from '../../src/atlas/stock-rules.ts'
import { Corpus } from './corpus.ts'

const corpus = new Corpus(7)
const institute = { ...corpus.organisation(), name: '浙江演示光谱研究院', hidden: false }
const company = { ...corpus.organisation(), name: '杭州演示检测有限公司', hidden: false }
const suspended = { ...corpus.organisation(), name: '光谱停用公司', hidden: true }

const item = (owner: { subject: string }, name: string, model = '') => ({
  ...corpus.item(owner.subject),
  kind: 'instrument' as const,
  name,
  model,
  hidden: false,
})

function shelfOf() {
  const instruments = startItemShard()
  instruments.add([
    item(company, '光谱仪', 'OES-1'),
    item(institute, '光谱仪', 'OES-2'),
    item(institute, '荧光光谱仪', 'RF-6000'),
    item(institute, '气相色谱仪', 'GC-2010'),
    item(suspended, '光谱灯', 'L-1'),
  ])
  const organisations = buildOrganisationShard([institute, company, suspended])
  return layShelf({
    organisations: openOrganisations(organisations.buffer as ArrayBuffer),
    services: [],
    instruments: [openItems(instruments.finish().buffer as ArrayBuffer)],
  })
}

test.each([
  ['光谱', ['浙江演示光谱研究院', '光谱仪', '荧光光谱仪']],
  ['zhejiang', ['浙江演示光谱研究院']],
  ['hzys', ['杭州演示检测有限公司']],
  ['gc', ['气相色谱仪 GC-2010']],
  ['色谱 2010', ['气相色谱仪 GC-2010']],
  ['光谱灯', []],
  ['%', []],
  ['', []],
  ['🙂', []],
])('「%s」 suggests %j', (typed, texts) => {
  expect(suggestShards(shelfOf(), typed, 8).map(({ text }) => text)).toEqual(texts)
})

test('organisations are led to, names say how many there are, no more lines than asked', () => {
  const [first, second] = suggestShards(shelfOf(), '光谱', 2)
  expect(first).toMatchObject({ kind: 'organisation', organisation: institute.subject })
  expect(second).toEqual({ kind: 'instrument', text: '光谱仪', organisation: null, count: 2 })
  expect(suggestShards(shelfOf(), '光谱', 0)).toEqual([])
})
