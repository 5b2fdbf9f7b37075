/** The form of 实名注册: how it is read and one row for every problem of a field. */
import { describe, expect, test } from 'vitest'
import { checkDraft, checkSubmission, readRegistration } from '../../src/registration/form-rules.ts'
import type { Problem } from '../../src/registration/form-rules.ts'
import { FIELDS, REQUIRED } from '../../src/registration/rules.ts'
import type { Field } from '../../src/registration/rules.ts'

const QIHANG = readRegistration({
  name: '杭州演示启航机器人有限公司',
  uscc: '91330106MA2DEM041C',
  legal_representative: '许启明',
  agent: '方若水',
  agent_phone: '13900000004',
  city: '330100',
  county: '330106',
})
const OWN = { own_uscc: QIHANG.uscc, held: false, approved: null, today: '2026-11-24' }

describe('what was typed is read', () => {
  test.each([
    ['agent_phone', '139 0000 0004', '13900000004'],
    ['agent_phone', '+86-139-0000-0004', '13900000004'],
    ['agent_phone', '１３９０００００００４', '13900000004'],
    ['uscc', ' 91330106ma2dem041c ', '91330106MA2DEM041C'],
    ['bank_account', '3301 0401 6000-1234567', '3301040160001234567'],
    ['name', ' 杭州演示  启航 ', '杭州演示 启航'],
  ] as const)('%s %j as %s', (field, typed, read) => {
    expect(readRegistration({ [field]: typed })[field]).toBe(read)
  })

  test('and what was not sent is empty', () => {
    expect(FIELDS.every((field) => readRegistration({})[field] === '')).toBe(true)
  })
})

describe('a submission', () => {
  test('passes with the seven required fields alone', () => {
    expect(checkSubmission(QIHANG, OWN)).toEqual({})
  })

  test.each(REQUIRED)('lacks %s', (field) => {
    expect(checkSubmission({ ...QIHANG, [field]: '' }, OWN)[field]).toBe('required')
  })

  test.each([
    ['name', '启航', 'too_short'],
    ['name', '启'.repeat(101), 'too_long'],
    ['uscc', '91330106MA2DEM0410', 'not_a_uscc'],
    ['uscc', '91330106MA2DEM017U', 'not_own_uscc'],
    ['legal_representative', '许', 'too_short'],
    ['agent', '方', 'too_short'],
    ['agent', '方'.repeat(51), 'too_long'],
    ['agent_phone', '1390000000', 'not_a_mobile'],
    ['agent_phone', '139000000045', 'not_a_mobile'],
    ['agent_phone', '12900000004', 'not_a_mobile'],
    ['agent_phone', '057187050000', 'not_a_mobile'],
    ['city', '330106', 'not_a_city'],
    ['county', '330100', 'not_a_county'],
    ['county', '110101', 'not_a_county'],
    ['address', '路'.repeat(201), 'too_long'],
    ['established', '2019-02-30', 'not_a_day'],
    ['established', '2026-11-25', 'day_to_come'],
    ['staff_count', '35.5', 'not_a_count'],
    ['email', 'fang@qihang', 'not_an_email'],
    ['bank_account', '3301A', 'not_a_bank_account'],
  ] as const)('%s %s: %s', (field, typed, problem) => {
    const problems = checkSubmission({ ...QIHANG, [field]: typed }, OWN)
    expect(problems[field]).toBe(problem)
  })

  test('says beside the county that Haishu is not part of Hangzhou', () => {
    const problems = checkSubmission({ ...QIHANG, county: '330203' }, OWN)
    expect(problems).toEqual({ county: 'county_outside_city' })
  })

  test.each([
    ['the code is registered for another', { held: true }, {}, 'uscc', 'uscc_held_by_another'],
    ['the portal gave no code', { own_uscc: null }, {}, 'uscc', 'not_own_uscc'],
    [
      'a change alters the name',
      { approved: QIHANG },
      { name: '启航新名' },
      'name',
      'name_in_force',
    ],
    [
      'a change moves away',
      { approved: QIHANG },
      { county: '330108' },
      'county',
      'county_in_force',
    ],
  ] as const satisfies readonly (readonly [string, object, object, Field, Problem])[])(
    'refused: %s',
    (_, against, typed, field, problem) => {
      expect(checkSubmission({ ...QIHANG, ...typed }, { ...OWN, ...against })).toEqual({
        [field]: problem,
      })
    },
  )
})

describe('a draft', () => {
  test('may be empty or wrong', () => {
    expect(checkDraft(readRegistration({ uscc: '123', agent_phone: '1' }))).toEqual({})
  })

  test('may not hold more than its fields', () => {
    expect(checkDraft({ ...QIHANG, address: '路'.repeat(201) })).toEqual({ address: 'too_long' })
  })
})
