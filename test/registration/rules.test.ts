/** 实名注册: every state × move, and one row for every refusal. */
import { describe, expect, test } from 'vitest'
import { follow } from '../../src/kernel/moves.ts'
import {
  MOVES,
  changedFields,
  decideReview,
  isOpen,
  referenceOf,
} from '../../src/registration/rules.ts'
import type { Move, RegistrationVersion, VersionState } from '../../src/registration/rules.ts'

const FORM = {
  name: '杭州演示启航机器人有限公司',
  uscc: '91330106MA2DEM041C',
  legal_representative: '许启明',
  agent: '方若水',
  agent_phone: '13900000004',
  city: '330100',
  county: '330106',
  address: '',
  industry: '',
  established: '',
  staff_count: '',
  email: '',
  bank: '',
  bank_account: '',
}

function qihang(state: VersionState): RegistrationVersion {
  const sent = state !== 'draft'
  return {
    ...FORM,
    id: '01938000-0000-7000-8000-0000008f3a2c',
    enterprise: 'qihang',
    number: 1,
    state,
    saved_at: 0,
    saved_by: { account: 'qihang', name: '方若水' },
    submitted_at: sent ? Date.UTC(2026, 10, 24, 1) : null,
    submitted_by: null,
    bureau: sent ? '330106' : null,
    decided_at: null,
    decided_by: null,
    reason: null,
  }
}

type State = 'none' | VersionState
const TABLE: readonly (readonly [State, Move, State | 'refused'])[] = [
  ['none', 'save', 'draft'],
  ['none', 'submit', 'waiting'],
  ['none', 'approve', 'refused'],
  ['none', 'return', 'refused'],
  ['none', 'reject', 'refused'],
  ['draft', 'save', 'draft'],
  ['draft', 'submit', 'waiting'],
  ['draft', 'approve', 'refused'],
  ['draft', 'return', 'refused'],
  ['draft', 'reject', 'refused'],
  ['waiting', 'save', 'refused'],
  ['waiting', 'submit', 'refused'],
  ['waiting', 'approve', 'approved'],
  ['waiting', 'return', 'returned'],
  ['waiting', 'reject', 'rejected'],
  ['returned', 'save', 'draft'],
  ['returned', 'submit', 'waiting'],
  ['returned', 'approve', 'refused'],
  ['returned', 'return', 'refused'],
  ['returned', 'reject', 'refused'],
  ['rejected', 'save', 'draft'],
  ['rejected', 'submit', 'waiting'],
  ['rejected', 'approve', 'refused'],
  ['rejected', 'return', 'refused'],
  ['rejected', 'reject', 'refused'],
  ['approved', 'save', 'draft'],
  ['approved', 'submit', 'waiting'],
  ['approved', 'approve', 'refused'],
  ['approved', 'return', 'refused'],
  ['approved', 'reject', 'refused'],
]

describe('the newest version', () => {
  test.each(TABLE)('%s, %s: %s', (from, move, to) => {
    expect(follow(MOVES, from, move) ?? 'refused').toBe(to)
  })

  test('is locked under review and open in every other state', () => {
    const open = (['none', 'draft', 'waiting', 'approved', 'returned', 'rejected'] as const).filter(
      isOpen,
    )
    expect(open).toEqual(['none', 'draft', 'approved', 'returned', 'rejected'])
  })
})

const XIHU = { verdict: 'approved', reason: '', region: '330106', holder: false } as const

describe('王评 of Xihu decides on the registration of 启航', () => {
  test.each([
    ['approves without a reason', { ...XIHU }, 'approved'],
    ['returns with a reason', { ...XIHU, verdict: 'returned', reason: '手机号不对' }, 'returned'],
    ['rejects with a reason', { ...XIHU, verdict: 'rejected', reason: '不是企业' }, 'rejected'],
    [
      'returns though another enterprise holds the code',
      { ...XIHU, verdict: 'returned', reason: '代码重复', holder: true },
      'returned',
    ],
  ] as const)('%s', (_, asked, verdict) => {
    expect(decideReview(qihang('waiting'), asked)).toEqual({ ok: true, value: verdict })
  })

  test.each([
    ['a draft was never sent', 'draft', XIHU, 'not_submitted'],
    [
      'it was sent to Xihu, not to Haishu',
      'waiting',
      { ...XIHU, region: '330203' },
      'not_this_bureau',
    ],
    [
      'the city reads it and does not decide',
      'waiting',
      { ...XIHU, region: '330100' },
      'not_this_bureau',
    ],
    ['it is approved already', 'approved', XIHU, 'already_decided'],
    ['it is returned already', 'returned', XIHU, 'already_decided'],
    ['it is rejected already', 'rejected', XIHU, 'already_decided'],
    ['a return needs a reason', 'waiting', { ...XIHU, verdict: 'returned' }, 'reason_required'],
    ['a rejection needs a reason', 'waiting', { ...XIHU, verdict: 'rejected' }, 'reason_required'],
    ['another holds the code', 'waiting', { ...XIHU, holder: true }, 'uscc_held_by_another'],
  ] as const)('refused: %s', (_, state, asked, code) => {
    expect(decideReview(qihang(state), asked)).toMatchObject({ ok: false, code })
  })
})

test('what changed is named in the order of the form', () => {
  const moved = { ...FORM, county: '330108', legal_representative: '许新' }
  expect(changedFields(FORM, moved)).toEqual(['legal_representative', 'county'])
})

test('the reference is made of the day in Shanghai and the id', () => {
  expect(referenceOf(qihang('waiting'))).toBe('ZC20261124-8F3A2C')
})
