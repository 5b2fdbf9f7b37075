/** What markers are called by those who do not see them, wherever they stand. */
import { expect, test } from 'vitest'
import { strings } from '../../src/map/map-strings.ts'
import { markerWords } from '../../src/map/sentence-rules.ts'

const MANY = { one: null, organisations: 3, items: 12 }
const ONE = { one: { subject: 'a', name: '演示研究院' }, organisations: 1, items: 5 }

test.each([
  ['zh', 'organisation', MANY, '杭州西湖区', '杭州西湖区附近 3 家服务机构'],
  ['zh', 'service', MANY, '杭州西湖区', '杭州西湖区附近 3 家服务机构，12 个服务项目'],
  ['zh', 'instrument', MANY, '', '3 家服务机构，12 台仪器设备'],
  ['zh', 'instrument', ONE, '', '演示研究院，5 台仪器设备'],
  ['en', 'organisation', MANY, 'Xihu', '3 organisations near Xihu'],
  ['en', 'service', MANY, 'Xihu', '3 organisations near Xihu, 12 services'],
  ['en', 'organisation', MANY, '', '3 organisations'],
  ['en', 'instrument', MANY, '', '3 organisations, 12 instruments'],
  ['en', 'service', ONE, 'Xihu', '演示研究院, services: 5'],
] as const)('%s %s', (lang, kind, cluster, place, said) => {
  expect(markerWords(strings[lang].labels, kind, cluster, place)).toBe(said)
})
