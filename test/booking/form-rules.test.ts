/** The form of a booking and the hours of an instrument, each refusal by name. */
import { describe, expect, test } from 'vitest'
import { WAITING_MAX, decideForm, needsOf, readPhone } from '../../src/booking/form-rules.ts'
import type { FormCode, Subject } from '../../src/booking/form-rules.ts'
import {
  chooseHours,
  dayAfter,
  freeHours,
  hourKey,
  hoursText,
  readHour,
  slotText,
  weekOf,
} from '../../src/booking/hour-rules.ts'
import { dayStartsAt } from '../../src/kernel/clock.ts'

const TODAY = '2026-11-24'
const TYPED = { day: '2026-12-01', contact: '周予安', phone: '13900000002', need: '样机两台' }
const SERVICE: Subject = { carrier: { state: 'active' }, service: 'offered', instrument: null }
const INSTRUMENT: Subject = { ...SERVICE, service: null, instrument: 'available' }
const OPEN = [9, 10, 11]
const FACTS = {
  subject: SERVICE,
  calendar: { today: TODAY, open: OPEN, free: OPEN },
  waiting: 0,
}

test('a form that says all asks for its day, and for an instrument for every free hour', () => {
  expect(decideForm(TYPED, [], FACTS)).toEqual({
    refusals: [],
    slot: { day: '2026-12-01', hours: [] },
  })
  const facts = { ...FACTS, subject: INSTRUMENT, calendar: { ...FACTS.calendar, free: [9, 11] } }
  expect(decideForm(TYPED, [], facts).slot.hours).toEqual([9, 11])
  expect(decideForm(TYPED, ['2026-12-01T11'], facts).slot.hours).toEqual([11])
  const only = { ...SERVICE, service: null }
  expect(decideForm(TYPED, [], { ...FACTS, subject: only }).refusals).toEqual([])
})

test('a service on a day of rest is the carrier’s to answer', () => {
  const calendar = { ...FACTS.calendar, open: [], free: [] }
  expect(decideForm(TYPED, [], { ...FACTS, calendar }).refusals).toEqual([])
})

describe('a form is refused', () => {
  const closed = { ...FACTS.calendar, open: [], free: [] }
  const full = { ...FACTS.calendar, free: [] }
  const of = (subject: Partial<Subject>) => ({ subject: { ...SERVICE, ...subject } })
  type Case = [string, string, FormCode, object, object?, string[]?]
  const cases: Case[] = [
    [
      'carrier suspended',
      'form',
      'carrier_not_active',
      {},
      of({ carrier: { state: 'suspended' } }),
    ],
    ['item withdrawn', 'item', 'item_not_offered', {}, of({ service: 'gone' })],
    ['in repair', 'item', 'instrument_not_available', {}, of({ instrument: 'unavailable' })],
    ['too many wait', 'form', 'too_many_waiting', {}, { waiting: WAITING_MAX }],
    ['no day', 'day', 'day_missing', { day: '' }],
    ['no such day', 'day', 'day_unreadable', { day: '2026-02-30' }],
    ['yesterday', 'day', 'day_past', { day: '2026-11-23' }],
    ['in more than a year', 'day', 'day_too_far', { day: '2027-11-25' }],
    ['on a day of rest', 'day', 'day_closed', {}, { subject: INSTRUMENT, calendar: closed }],
    ['a full day', 'day', 'day_full', {}, { subject: INSTRUMENT, calendar: full }],
    [
      'hours of another day',
      'hour',
      'hours_of_another_day',
      {},
      { subject: INSTRUMENT },
      ['2026-12-02T09'],
    ],
    ['an hour that is held', 'hour', 'hours_taken', {}, { subject: INSTRUMENT }, ['2026-12-01T15']],
    ['nobody to ask for', 'contact', 'text_missing', { contact: '  ' }],
    ['a name too long', 'contact', 'text_too_long', { contact: '名'.repeat(51) }],
    ['no telephone', 'phone', 'text_missing', { phone: '' }],
    ['no number', 'phone', 'phone_unreadable', { phone: '下午打给我' }],
    ['no need', 'need', 'text_missing', { need: '' }],
    ['a need too long', 'need', 'text_too_long', { need: '长'.repeat(501) }],
  ]
  test.each(cases)('%s', (_name, field, code, typed, facts = {}, ticked = []) => {
    const { refusals } = decideForm({ ...TYPED, ...typed }, ticked, { ...FACTS, ...facts })
    expect(refusals.map((one) => [one.field, one.code])).toEqual([[field, code]])
  })

  test('for all that is wrong at once', () => {
    const { refusals } = decideForm({}, [], FACTS)
    expect(refusals.map((one) => one.field)).toEqual(['day', 'contact', 'phone', 'need'])
  })

  test('a year ahead is the last day there is', () => {
    expect(decideForm({ ...TYPED, day: '2027-11-24' }, [], FACTS).refusals).toEqual([])
    expect(decideForm({ ...TYPED, day: TODAY }, [], FACTS).refusals).toEqual([])
  })
})

test('what is missing before a booking is named, all of it', () => {
  expect(needsOf({ registered: true, available_fen: 1 })).toEqual([])
  expect(needsOf({ registered: true, available_fen: 0 })).toEqual(['quota'])
  expect(needsOf({ registered: false, available_fen: 5 })).toEqual(['registration'])
  expect(needsOf({ registered: false, available_fen: 0 })).toEqual(['registration', 'quota'])
})

test('telephones are taken as people write them', () => {
  expect(readPhone('+86 139 0000 0002')).toBe('139 0000 0002')
  expect(readPhone('０５７４-８０００００１３转8')).toBe('0574-80000013转8')
  for (const wrong of ['', '12345', 'abc1390000', '1'.repeat(19), "1' or 1=1"]) {
    expect(readPhone(wrong)).toBeUndefined()
  }
})

describe('hours', () => {
  const day = '2026-12-01'
  test('are free where open, held by nobody and not begun', () => {
    const held = new Set([hourKey(day, 10)])
    const at = (hour: number) => (dayStartsAt(day) ?? 0) + hour * 3_600_000
    expect(freeHours({ day, open: OPEN, held, now: at(-5) })).toEqual([9, 11])
    expect(freeHours({ day, open: OPEN, held, now: at(9) })).toEqual([11])
    expect(freeHours({ day, open: OPEN, held, now: at(12) })).toEqual([])
  })

  test('that are ticked twice or out of order count once, in order', () => {
    const ticked = [hourKey(day, 11), hourKey(day, 9), hourKey(day, 11)]
    expect(chooseHours(ticked, day, OPEN)).toEqual({ ok: true, value: [9, 11] })
  })

  test('are read back only as they are written', () => {
    expect(readHour('2026-12-01T09')).toEqual({ day, hour: 9 })
    for (const wrong of ['', '2026-12-01', '2026-12-01T24', '2026-13-01T09', '2026-12-01T9']) {
      expect(readHour(wrong)).toBeUndefined()
    }
  })

  test('in a row are told as one span', () => {
    expect(hoursText([11, 9, 10, 14])).toBe('09:00–12:00, 14:00–15:00')
    expect(slotText({ day, hours: [] })).toBe(day)
    expect(slotText({ day, hours: [9] })).toBe('2026-12-01 09:00–10:00')
  })

  test('and days follow each other over months and years', () => {
    expect(dayAfter('2026-12-31', 1)).toBe('2027-01-01')
    expect(dayAfter('2027-01-01', -1)).toBe('2026-12-31')
    expect(weekOf('2026-11-24')).toBe('2026-11-23')
    expect(weekOf('2026-11-29')).toBe('2026-11-23')
  })
})
