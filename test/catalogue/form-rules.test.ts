/** What the catalogue's forms take and refuse, each refusal by name and beside its field. */
import { describe, expect, test } from 'vitest'
import {
  isAtSeat,
  isInZhejiang,
  maskedAccount,
  readAccount,
  readAdmission,
  readContact,
} from '../../src/catalogue/carrier-rules.ts'
import { toWgs84 } from '../../src/catalogue/client.ts'
import { readInstrument, readService } from '../../src/catalogue/form-rules.ts'
import type { FaultCode, Reading } from '../../src/catalogue/form-rules.ts'
import { readPicture } from '../../src/catalogue/picture-rules.ts'
import { isOpening, openHours, openingOf } from '../../src/catalogue/rules.ts'

const ANY = { categories: [] } as const
const SERVICE = {
  name: '演示电磁兼容检测',
  category: '检验检测',
  price: '1,200.00',
  unit: '项',
  turnaround_days: '10',
  qualifications: 'CMA、CNAS、CMA',
  summary: '按 GB/T 17626 系列标准',
}
const INSTRUMENT = {
  name: '演示静电枪',
  model: 'ESD-30',
  maker: '演示仪器厂',
  place: '2 号楼 301',
  price: '',
  unit: '小时',
  availability: 'maintenance',
  qualifications: '',
  summary: '',
}

function faultsOf(reading: Reading<unknown>): Record<string, FaultCode> {
  if (reading.ok) return {}
  return Object.fromEntries(reading.faults.map(({ field, code }) => [field, code]))
}

test('a service is read with its price in fen and its qualifications once each', () => {
  expect(readService(SERVICE, ANY)).toEqual({
    ok: true,
    value: {
      name: '演示电磁兼容检测',
      category: '检验检测',
      price_fen: 120_000,
      unit: '项',
      turnaround_days: 10,
      qualifications: ['CMA', 'CNAS'],
      summary: '按 GB/T 17626 系列标准',
    },
  })
})

describe('a service is refused', () => {
  const cases: [string, Record<string, string>, Record<string, FaultCode>][] = [
    ['without a name', { name: '  ' }, { name: 'required' }],
    ['with a name that is no name any more', { name: '检'.repeat(101) }, { name: 'too_long' }],
    ['without a category', { category: '' }, { category: 'required' }],
    ['of a category nobody knows', { category: '其他' }, { category: 'not_a_category' }],
    ['with three decimals', { price: '1.234' }, { price: 'not_an_amount' }],
    ['for nothing', { price: '0' }, { price: 'not_an_amount' }],
    ['with more than a hundred million yuan', { price: '100000001' }, { price: 'not_an_amount' }],
    ['without a unit', { unit: '' }, { unit: 'required' }],
    ['within no days', { turnaround_days: '0' }, { turnaround_days: 'not_a_number' }],
    ['within half a day', { turnaround_days: '0.5' }, { turnaround_days: 'not_a_number' }],
    [
      'with eleven qualifications',
      { qualifications: Array.from({ length: 11 }, (_none, at) => `Q${at}`).join('、') },
      { qualifications: 'too_many' },
    ],
    ['with a long text', { summary: '长'.repeat(1001) }, { summary: 'too_long' }],
    ['for all reasons at once', { name: '', unit: '' }, { name: 'required', unit: 'required' }],
  ]
  test.each(cases)('%s', (_name, typed, faults) => {
    expect(faultsOf(readService({ ...SERVICE, ...typed }, ANY))).toEqual(faults)
  })

  test('in a category that the carrier is not recognised for', () => {
    const carrier = { categories: ['研发设计'] } as const
    expect(faultsOf(readService(SERVICE, carrier))).toEqual({ category: 'category_not_recognised' })
  })
})

test('面议 and nothing are no price, and full-width digits are digits', () => {
  for (const price of ['', '面议', ' '])
    expect(readService({ ...SERVICE, price }, ANY)).toMatchObject({ value: { price_fen: null } })
  const typed = { ...SERVICE, price: '１２００', turnaround_days: '５' }
  expect(readService(typed, ANY)).toMatchObject({
    value: { price_fen: 120_000, turnaround_days: 5 },
  })
})

test('an instrument is read, and refused without model, maker or a known availability', () => {
  expect(readInstrument(INSTRUMENT)).toMatchObject({
    ok: true,
    value: { model: 'ESD-30', price_fen: null, availability: 'maintenance' },
  })
  const bare = { ...INSTRUMENT, model: '', maker: '', availability: 'broken' }
  expect(faultsOf(readInstrument(bare))).toEqual({
    model: 'required',
    maker: 'required',
    availability: 'not_an_availability',
  })
})

const CARRIER = {
  name: '杭州演示新材料检测有限公司',
  uscc: '91330106MA2CAR0265',
  legal_representative: '温如衡',
  county: '330106',
  address: '演示路 8 号',
  lng: '',
  lat: '',
  datum: 'WGS-84',
  contact: '钱析',
  phone: '0571-80000012',
  intro: '',
  website: '',
  from: '09:00',
  to: '17:00',
}
const MANY = { categories: ['检验检测'], days: ['1', '2', '5'] }
const admit = (typed: object, many: object = {}) =>
  readAdmission({ ...CARRIER, ...typed }, { ...MANY, ...many }, toWgs84)

describe('a carrier is admitted', () => {
  test('at the seat of its county where nobody knows better', () => {
    const reading = admit({})
    expect(reading).toMatchObject({
      ok: true,
      value: { county: '330106', categories: ['检验检测'], opening: { days: [1, 2, 5] } },
    })
    if (reading.ok) expect(isAtSeat(reading.value)).toBe(true)
  })

  test('where its coordinates say, turned into WGS-84', () => {
    const here = { lng: '120.13', lat: '30.26' }
    expect(admit(here)).toMatchObject({ value: { lng: 120.13, lat: 30.26 } })
    const shifted = admit({ ...here, datum: 'GCJ-02' })
    if (!shifted.ok) throw new Error('refused')
    expect(shifted.value.lng).toBeCloseTo(120.1253, 3)
    expect(shifted.value.lat).toBeCloseTo(30.2624, 3)
    expect(isAtSeat(shifted.value)).toBe(false)
  })

  const cases: [string, object, object, Record<string, FaultCode>][] = [
    ['not under a wrong code', { uscc: '91330106MA2CAR0264' }, {}, { uscc: 'not_a_uscc' }],
    ['not in a city', { county: '330100' }, {}, { county: 'not_a_county' }],
    ['not in Shanghai', { lng: '121.47', lat: '31.23' }, {}, { lng: 'outside_zhejiang' }],
    ['not in another county', { lng: '121.55', lat: '29.87' }, {}, { lng: 'outside_county' }],
    ['not with half a point', { lng: '120.13' }, {}, { lat: 'not_a_point' }],
    ['not with words for a point', { lng: '东经', lat: '30' }, {}, { lng: 'not_a_point' }],
    ['not without a category', {}, { categories: [] }, { categories: 'required' }],
    [
      'not for what nobody knows',
      {},
      { categories: ['检验检测', '炼金'] },
      { categories: 'not_a_category' },
    ],
    ['not without a telephone', { phone: '找我' }, {}, { phone: 'not_a_phone' }],
    [
      'not with a script for a site',
      { website: 'javascript:alert(1)' },
      {},
      { website: 'not_a_website' },
    ],
    ['not open on no day', {}, { days: [] }, { days: 'no_days' }],
    ['not open on an eighth day', {}, { days: ['8'] }, { to: 'not_hours' }],
    ['not closed before it opens', { from: '17:00', to: '09:00' }, {}, { to: 'not_hours' }],
    ['not open for half an hour', { from: '09:10', to: '09:50' }, {}, { to: 'not_hours' }],
  ]
  test.each(cases)('%s', (_name, typed, many, faults) => {
    expect(faultsOf(admit(typed, many))).toEqual(faults)
  })
})

test('a carrier keeps contact and opening hours itself', () => {
  const typed = {
    contact: '孙可',
    phone: '０５７４-80000013',
    intro: '',
    from: '8:30',
    to: '17:00',
  }
  expect(faultsOf(readContact(typed, { days: ['1'] }))).toEqual({ to: 'not_hours' })
  const reading = readContact({ ...typed, from: '08:30' }, { days: ['6', '1', '1'] })
  expect(reading).toMatchObject({
    value: { phone: '0574-80000013', website: null, opening: { days: [1, 6] } },
  })
})

test('whole hours between opening and closing can be booked, on open days alone', () => {
  const opening = { days: [1, 6], from: '08:30', to: '11:45' }
  expect(openHours(opening, '2026-11-23')).toEqual([9, 10])
  expect(openHours(opening, '2026-11-24')).toEqual([])
  expect(openHours(opening, '2026-11-28')).toEqual([9, 10])
  expect(openHours({ days: [7], from: '00:00', to: '23:59' }, '2026-11-29')).toHaveLength(23)
  expect(isOpening({ days: [], from: '09:00', to: '17:00' })).toBe(false)
  expect(openingOf({ opening: { days: [9], from: 'x', to: '' } })).toMatchObject({ from: '09:00' })
})

test('an account is digits, and shown by its last four', () => {
  const typed = { bank: '演示银行西湖支行', bank_account: '3300 0000-0000 0123' }
  expect(readAccount(typed)).toEqual({
    ok: true,
    value: { bank: '演示银行西湖支行', bank_account: '3300000000000123' },
  })
  expect(maskedAccount('3300000000000123')).toBe('•••• 0123')
  expect(faultsOf(readAccount({ bank: '', bank_account: '12ab' }))).toEqual({
    bank: 'required',
    bank_account: 'not_an_account',
  })
})

test('a picture is a JPG or PNG of at most 3 MB that says what it shows', () => {
  const png = { size: 1000, start: new Uint8Array([0x89, 0x50, 0x4e, 0x47]) }
  expect(readPicture({ alt: '暗室' }, png, 0)).toEqual({ ok: true, value: { alt: '暗室' } })
  expect(faultsOf(readPicture({ alt: '' }, undefined, 0))).toEqual({
    picture: 'required',
    alt: 'required',
  })
  const large = { ...png, size: 4_000_000 }
  expect(faultsOf(readPicture({ alt: 'a' }, large, 0))).toEqual({ picture: 'picture_too_large' })
  const pdf = { size: 10, start: new TextEncoder().encode('%PDF-1.7') }
  expect(faultsOf(readPicture({ alt: 'a' }, pdf, 0))).toEqual({ picture: 'not_a_picture' })
  expect(faultsOf(readPicture({ alt: 'a' }, png, 6))).toEqual({ picture: 'pictures_too_many' })
})

test('the province is the counties, and no more', () => {
  expect(isInZhejiang({ lng: 120.15, lat: 30.27 })).toBe(true)
  expect(isInZhejiang({ lng: 30.27, lat: 120.15 })).toBe(false)
  expect(isInZhejiang({ lng: 118.8, lat: 32.06 })).toBe(false)
})
