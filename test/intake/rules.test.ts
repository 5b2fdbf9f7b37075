/** Rows and headings as tables of cases; nothing here touches a store. */
import { describe, expect, test } from 'vitest'
import { toWgs84 } from '../../src/catalogue/client.ts'
import { columnsOf } from '../../src/intake/column-rules.ts'
import type { Cells } from '../../src/intake/column-rules.ts'
import { cellsOf, isPassedOver, readHeading } from '../../src/intake/heading-rules.ts'
import { findDelimiter } from '../../src/intake/csv.ts'
import { keyOf, readRow } from '../../src/intake/row-rules.ts'
import type { Owner, Reach } from '../../src/intake/row-rules.ts'
import type { Kind } from '../../src/intake/rules.ts'
import { plainNumber } from '../../src/intake/xlsx.ts'
import { findRegion } from '../../src/kernel/region.ts'
import { PEOPLE } from '../support/cast.ts'

const owner: Owner = { id: 'zhijian', county: '330106', categories: ['检验检测', '仪器共享'] }
const reach: Reach = {
  ownerOf: (uscc) =>
    uscc === undefined || uscc === PEOPLE.wu.uscc
      ? owner
      : uscc === '12330203470001032B'
        ? 'carrier_out_of_reach'
        : 'carrier_unknown',
  within: (county) => county.startsWith('3301'),
  toWgs84,
}

const service: Cells = { name: '振动试验', category: '检验检测', unit: '次' }
const instrument: Cells = { name: '气相色谱仪', model: 'GC-2010', maker: '岛津', unit: '小时' }
const carrier: Cells = {
  name: '杭州演示一所',
  uscc: '91330106MA2CAR0265',
  legal_representative: '孟一',
  county: '杭州市西湖区',
  address: '文三路 2 号',
  contact: '王一',
  phone: '0571-80000021',
  categories: '检验检测、仪器共享',
}

/** The content a row comes to, or its problems as `column code`. */
function read(kind: Kind, cells: Cells): unknown {
  const reading = readRow(kind, cells, reach)
  if (reading.ok) return reading.item.content
  return reading.problems.map(({ column, code }) => `${column} ${code}`)
}

describe('a service', () => {
  const taken: [string, Cells, object][] = [
    ['without a price is by agreement', {}, { price_fen: null, turnaround_days: null }],
    ['面议 is by agreement', { price: '面议' }, { price_fen: null }],
    ['with a price as sheets write it', { price: '￥1,200.50' }, { price_fen: 120_050 }],
    ['with full-width figures', { price: '８００' }, { price_fen: 80_000 }],
    ['with days in words', { turnaround: '7个工作日' }, { turnaround_days: 7 }],
    ['with marks', { qualifications: 'CMA、CNAS,CMA' }, { qualifications: ['CMA', 'CNAS'] }],
    ['with blanks around and within', { name: ' 振动  试验 ' }, { name: '振动 试验' }],
  ]
  test.each(taken)('%s is taken', (_name, more, expected) => {
    expect(read('service', { ...service, ...more })).toMatchObject(expected)
  })

  const refused: [string, Cells, string[]][] = [
    ['an unknown category', { category: '检测' }, ['category not_a_category']],
    ['a category it has not', { category: '研发设计' }, ['category category_not_recognised']],
    ['a price of nothing', { price: '0' }, ['price not_an_amount']],
    ['a third decimal', { price: '1.005' }, ['price not_an_amount']],
    ['words for a price', { price: '一百' }, ['price not_an_amount']],
    ['no days', { turnaround: '0' }, ['turnaround not_a_number']],
    ['half a day', { turnaround: '1.5' }, ['turnaround not_a_number']],
    ['a long name', { name: '振'.repeat(101) }, ['name too_long']],
    ['a long unit', { unit: '次'.repeat(11) }, ['unit too_long']],
    ['a long text', { summary: '文'.repeat(1001) }, ['summary too_long']],
    ['a failed formula', { name: '#REF!', price: '#N/A' }, ['name cell_error', 'price cell_error']],
    ['another’s carrier', { uscc: '12330203470001032B' }, ['uscc carrier_out_of_reach']],
    ['a carrier nobody knows', { uscc: PEOPLE.lin.uscc }, ['uscc carrier_unknown']],
    ['a wrong code', { uscc: '123300004700010161' }, ['uscc not_a_uscc']],
  ]
  test.each(refused)('with %s says so', (_name, more, problems) => {
    expect(read('service', { ...service, ...more })).toEqual(problems)
  })

  test('with nothing says everything that is missing at once', () => {
    const missing = ['name required', 'category required', 'unit required']
    expect(read('service', { summary: '说明' })).toEqual(missing)
  })
})

describe('an instrument', () => {
  const words: [string | undefined, string][] = [
    [undefined, 'available'],
    ['可预约', 'available'],
    ['正常', 'available'],
    ['维修中', 'maintenance'],
    ['暂不对外', 'reserved'],
    ['Available', 'available'],
  ]
  test.each(words)('that is %s counts as %s', (availability, expected) => {
    const cells = availability === undefined ? instrument : { ...instrument, availability }
    expect(read('instrument', cells)).toMatchObject({ availability: expected })
  })

  test('needs model and maker, and a state that is one', () => {
    const cells = { name: '气相色谱仪', unit: '小时', availability: '借出' }
    const problems = ['model required', 'maker required', 'availability not_an_availability']
    expect(read('instrument', cells)).toEqual(problems)
  })
})

describe('a carrier', () => {
  const counties = ['330106', '西湖区', '杭州市西湖区', '浙江省杭州市西湖区', '杭州市 / 西湖区']
  test.each(counties)('in %s is in 330106', (county) => {
    expect(read('carrier', { ...carrier, county })).toMatchObject({ county: '330106' })
  })

  test('without coordinates stands at the seat of its county', () => {
    const [lng, lat] = findRegion('330106')?.seat ?? []
    expect(read('carrier', carrier)).toMatchObject({ lng, lat })
  })

  const places: [string, string, number, number][] = [
    ['', '', 120.13, 30.27],
    ['CGCS2000', '', 120.13, 30.27],
    ['高德', 'GCJ-02', 120.1253, 30.2724],
    ['BD09', '', 120.1188, 30.2659],
  ]
  test.each(places)('at a place of %s is put into WGS-84', (datum, _as, lng, lat) => {
    const cells = { ...carrier, lng: '120.13', lat: '30.27', ...(datum === '' ? {} : { datum }) }
    const made = read('carrier', cells) as { lng: number; lat: number }
    expect([made.lng, made.lat]).toEqual([expect.closeTo(lng, 3), expect.closeTo(lat, 3)])
  })

  const refused: [string, Cells, string[]][] = [
    ['a county elsewhere', { county: '宁波市海曙区' }, ['county county_out_of_reach']],
    ['a county of another province', { county: '浦东新区' }, ['county not_a_county']],
    ['a city', { county: '杭州市' }, ['county not_a_county']],
    ['a code cut off by a sheet', { uscc: '1.23300004700010E+17' }, ['uscc not_a_uscc']],
    ['half a place', { lng: '120.1' }, ['lat not_a_point']],
    ['a place elsewhere', { lng: '121.5', lat: '29.8' }, ['lng outside_county']],
    ['a place abroad', { lng: '2.35', lat: '48.85' }, ['lng outside_zhejiang']],
    [
      'a system nobody knows',
      { lng: '120.13', lat: '30.27', datum: '北京54' },
      ['datum not_a_datum'],
    ],
    ['no telephone', { phone: '见网站' }, ['phone not_a_phone']],
    ['an unknown category', { categories: '检测' }, ['categories required']],
    ['a bad address', { website: 'www.example.org' }, ['website not_a_website']],
  ]
  test.each(refused)('with %s says so', (_name, more, problems) => {
    expect(read('carrier', { ...carrier, ...more })).toEqual(problems)
  })
})

test('width, case and blanks do not make two names different', () => {
  const keys = ['ＧＣ 2010', 'gc2010', 'GC 2010'].map((model) => {
    const reading = readRow('instrument', { ...instrument, model }, reach)
    return reading.ok ? keyOf(reading.item) : ''
  })
  expect(new Set(keys).size).toBe(1)
})

describe('a heading', () => {
  const columns = columnsOf('service', false)
  test('is known by any of its names', () => {
    const heading = readHeading(columns, [
      ' 服务项目*',
      'CATEGORY',
      '收费单位',
      '行号',
      '问题',
      '?',
    ])
    expect(heading).toMatchObject({
      ok: true,
      value: { places: { name: 0, category: 1, unit: 2 }, unknown: ['?'] },
    })
  })

  const refused: [string, string[], string][] = [
    ['that names nothing of ours', ['a', 'b'], 'no_header'],
    ['that lacks a column', ['服务名称', '服务类别'], 'columns_missing'],
    ['that names one twice', ['服务名称', '名称', '服务类别', '单位'], 'column_twice'],
  ]
  test.each(refused)('%s is refused', (_name, cells, code) => {
    expect(readHeading(columns, cells)).toMatchObject({ ok: false, code })
  })

  test('has no name that means two columns', () => {
    for (const kind of ['service', 'instrument', 'carrier'] as const)
      for (const column of columnsOf(kind, true)) {
        for (const name of [column.zh, column.en, ...column.also])
          expect(readHeading(columnsOf(kind, true), [name])).not.toMatchObject({
            code: 'no_header',
          })
        const both = readHeading(columnsOf(kind, true), [column.zh, column.en])
        expect(both).toMatchObject({ code: 'column_twice', facts: { zh: column.zh } })
      }
  })
})

test('a row of nothing, the example, and our own guard against formulas are seen through', () => {
  const heading = { places: { name: 0, phone: 1 } }
  expect(isPassedOver(cellsOf(heading, ['', ' '], 10))).toBe(true)
  expect(isPassedOver(cellsOf(heading, ['示例：振动', '1'], 10))).toBe(true)
  expect(isPassedOver(cellsOf(heading, ['Example: x', '1'], 10))).toBe(true)
  expect(cellsOf(heading, ['振动试验', "'+86571"], 10)).toEqual({
    name: '振动试验',
    phone: '+86571',
  })
})

test.each([
  ['a,b;c\n', ','],
  ['a;b;c,d\n', ';'],
  ['a\tb\n;;;', '\t'],
  ['"a;b;c",d\n', ','],
  ['a', ','],
])('%j is cut at %j', (text, delimiter) => expect(findDelimiter(text)).toBe(delimiter))

test.each([
  ['800', '800'],
  ['1200.50', '1200.5'],
  ['119.99999999999999', '120'],
  ['1E-2', '0.01'],
  ['1.5E+5', '150000'],
  ['x', 'x'],
])('the number %s of a sheet reads %s', (text, shown) => expect(plainNumber(text)).toBe(shown))
