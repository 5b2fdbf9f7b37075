/** What a typed text asks for, and in which documents it occurs. */
import { expect, test } from 'vitest'
import type { ItemDoc, OrganisationDoc } from '../../src/atlas/rules.ts'
import {
  closenessOf,
  foldText,
  namedText,
  textOf,
  TYPED_CHARACTERS_MAX,
  wordsOf,
} from '../../src/atlas/word-rules.ts'
import { itemMatches, organisationMatches } from './match.ts'

test.each([
  ['', []],
  ['  \t\n　', []],
  ['光', ['光']],
  ['光谱', ['光谱']],
  ['光谱 检测', ['光谱', '检测']],
  ['光谱，检测、光谱', ['光谱', '检测']],
  ['氣相色譜儀', ['气相色谱仪']],
  ['ＧＣ－２０１０', ['gc', '2010']],
  ['GC-2010', ['gc', '2010']],
  ['gc2010', ['gc2010']],
  ['X射线', ['x', '射线']],
  ['PCR仪 Agilent', ['pcr', '仪', 'agilent']],
  ['"光谱"', ['光谱']],
  ["'; DROP TABLE items; --", ['drop', 'table', 'items']],
  ['光谱 OR *', ['光谱', 'or']],
  ['%', ['%']],
  ['%光_谱%', ['光', '谱']],
  ['🙂', ['🙂']],
  ['光谱🙂', ['光谱']],
  ['a b c d e f g h', ['a', 'b', 'c', 'd', 'e', 'f']],
  ['𠮷田', ['𠮷田']],
  ['ｶﾒﾗ', ['カメラ']],
  ['①', ['1']],
])('「%s」 asks for %j', (typed, words) => {
  expect(wordsOf(typed)).toEqual(words)
})

test('a very long text is cut, and folded texts fold to themselves', () => {
  expect(wordsOf('光'.repeat(5000))).toEqual(['光'.repeat(TYPED_CHARACTERS_MAX)])
  expect(wordsOf('\uD800')).toEqual(['\uFFFD'])
  for (const text of ['氣相色譜儀 ＧＣ', 'İ', 'ﬁ', '臺灣'])
    expect(foldText(foldText(text))).toBe(foldText(text))
})

const chromatograph: ItemDoc = {
  kind: 'instrument',
  subject: '01890000-0000-7000-8000-000000000001',
  organisation: '01890000-0000-7000-8000-000000000000',
  name: '气相色谱质谱联用仪',
  model: 'GCMS-QP2020 NX',
  maker: 'Shimadzu 岛津',
  category: '仪器共享',
  price_fen: 48_000,
  unit: '小时',
  hidden: false,
}
const laboratory: OrganisationDoc = {
  subject: '01890000-0000-7000-8000-000000000000',
  name: '乐清演示SGS低压电器检验检测中心',
  county: '330382',
  address: '演示路1号',
  phone: '0577-80000000',
  lng: 120.98,
  lat: 28.11,
  intro: '省级中心，具備CNAS資質',
  categories: ['检验检测', '仪器共享'],
  rating_percent: 0,
  rating_count: 0,
  hidden: false,
}

test.each([
  // By the item's own fields.
  ['谱', true],
  ['色谱质谱', true],
  ['色譜質譜', true],
  ['色谱联用', false],
  ['色谱 联用', true],
  ['gcms', true],
  ['GCMS-QP2020', true],
  ['gcmsqp2020', true],
  ['qp2020', true],
  ['2020', false],
  ['nx', true],
  ['ms', false],
  ['岛津', true],
  ['shim', true],
  ['madzu', false],
  ['仪器共享', true],
  // By its organisation's name, but not by what else is said of that.
  ['低压电器', true],
  ['低压电器 色谱', true],
  ['yueqing', true],
  ['leqing', false],
  ['diyadianqi', true],
  ['yqyssgsdydqjyjczx', true],
  ['yqys', true],
  ['dydq', false],
  ['sgs', true],
  ['cnas', false],
  ['%', false],
  ['🙂', false],
  ['"色谱"', true],
  ['色谱 不存在', false],
])('「%s」 finds the chromatograph in Yueqing: %s', (typed, found) => {
  expect(itemMatches(chromatograph, laboratory, wordsOf(typed))).toBe(found)
})

test.each([
  ['乐清', true],
  ['yueqing', true],
  ['sgs', true],
  ['sgsdiya', true],
  ['cnas', true],
  ['具备', true],
  ['资质', true],
  ['检验检测', true],
  ['质谱', true],
  ['质谱 cnas', true],
  ['gcms 乐清 岛津', true],
  ['小时', false],
  ['演示路', false],
  ['仪器共享', true],
])('「%s」 finds the laboratory in Yueqing: %s', (typed, found) => {
  expect(organisationMatches(laboratory, [chromatograph], wordsOf(typed))).toBe(found)
})

test('what a hidden item says is not found with its organisation', () => {
  const withdrawn = { ...chromatograph, hidden: true }
  expect(organisationMatches(laboratory, [withdrawn], wordsOf('质谱'))).toBe(false)
})

test.each([
  ['光谱仪', 0],
  ['光谱', 1],
  ['光谱仪 共享', 0],
  ['谱', 2],
  ['谱 仪', 2],
  ['谱 共享', 3],
  ['', 3],
])('光谱仪 answers 「%s」 in class %i', (typed, closeness) => {
  expect(closenessOf(textOf('光谱仪'), wordsOf(typed))).toBe(closeness)
})

test('a name heard right answers better than a name that is not meant', () => {
  expect(closenessOf(namedText('浙江演示研究院'), wordsOf('yanshi'))).toBe(2)
  expect(closenessOf(namedText('浙江演示研究院'), wordsOf('ceshi'))).toBe(3)
})
