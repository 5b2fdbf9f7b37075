/** The state table of a booking: every move from every state, and a row for every refusal. */
import { describe, expect, test } from 'vitest'
import {
  BOOKING_STATES,
  MOVES,
  REASON_MAX,
  bookingNumber,
  bookingState,
  decideBooking,
} from '../../src/booking/rules.ts'
import type {
  BookingCommand,
  BookingMove,
  BookingState,
  Course,
  Standing,
} from '../../src/booking/rules.ts'
import { CLOCK } from '../../src/kernel/actor.ts'
import type { AnyActor } from '../../src/kernel/actor.ts'
import { newId } from '../../src/kernel/id.ts'

const zhou: AnyActor = { role: 'enterprise', account: 'zhou', name: '周予安', enterprise: 'e' }
const lin: AnyActor = { ...zhou, account: 'lin', name: '林知远', enterprise: 'other' }
const sun: AnyActor = { role: 'carrier', account: 'sun', name: '孙可', carrier: 'c' }
const wu: AnyActor = { ...sun, account: 'wu', name: '吴检', carrier: 'other' }
const feng: AnyActor = {
  role: 'bureau',
  account: 'haishu-review',
  name: '冯评',
  region: '330203',
  staff: ['review'],
}

const SLOT = { day: '2026-12-01', hours: [9, 10] }
/** What is proposed to a booking that is 待企业确认. */
const MOVED = { day: '2026-12-02', hours: [9, 10] }
const LATER = { day: '2026-12-03', hours: [13] }

function standing(state: BookingState, turn = 0): Standing {
  const proposal = state === 'proposed' ? MOVED : null
  return { enterprise: 'e', carrier: 'c', state, turn, proposal, ...SLOT }
}

const COMMANDS: Readonly<Record<BookingMove, [BookingCommand, AnyActor]>> = {
  accept: [{ kind: 'accept' }, sun],
  decline: [{ kind: 'decline', reason: '设备检修' }, sun],
  propose: [{ kind: 'propose', slot: LATER, note: '' }, sun],
  take: [{ kind: 'take', turn: 0 }, zhou],
  cancel: [{ kind: 'cancel', reason: '' }, zhou],
  use: [{ kind: 'use', voucher: 'v' }, zhou],
  release: [{ kind: 'release', voucher: 'v' }, CLOCK],
}

/** State by state, where each move leads; what is not named is refused. */
const TABLE: Readonly<Record<BookingState, Partial<Record<BookingMove, BookingState>>>> = {
  waiting: {
    accept: 'accepted',
    decline: 'declined',
    propose: 'proposed',
    cancel: 'cancelled',
  },
  proposed: { propose: 'proposed', take: 'accepted', cancel: 'cancelled' },
  accepted: { cancel: 'cancelled', use: 'used' },
  declined: {},
  cancelled: {},
  expired: {},
  used: { release: 'accepted' },
}

const EVERY = BOOKING_STATES.flatMap((state) =>
  (Object.keys(MOVES) as BookingMove[]).map((move) => [state, move] as const),
)

test.each(EVERY)('%s, %s', (state, move) => {
  const [command, actor] = COMMANDS[move]
  const decided = decideBooking(standing(state), command, actor)
  const to = TABLE[state][move]
  if (to) expect(decided).toEqual({ ok: true, value: to })
  else expect(decided).toMatchObject({ ok: false, code: 'not_in_state', facts: { state } })
})

describe('a move is refused', () => {
  const long = '长'.repeat(REASON_MAX + 1)
  const propose = (slot: typeof SLOT, note = ''): BookingCommand => ({
    kind: 'propose',
    slot,
    note,
  })
  const cases: [string, BookingState, BookingCommand, AnyActor, string][] = [
    ['of another carrier', 'waiting', { kind: 'accept' }, wu, 'not_the_carrier'],
    ['of another enterprise', 'proposed', { kind: 'take', turn: 0 }, lin, 'not_the_enterprise'],
    ['that is the other side’s', 'waiting', { kind: 'accept' }, zhou, 'not_your_move'],
    ['by the carrier on its proposal', 'proposed', { kind: 'take', turn: 0 }, sun, 'not_your_move'],
    ['by a bureau that accepts', 'waiting', { kind: 'accept' }, feng, 'not_your_move'],
    ['after the other was faster', 'cancelled', { kind: 'accept' }, sun, 'not_in_state'],
    ['on a proposal not seen', 'proposed', { kind: 'take', turn: 4 }, zhou, 'stale_proposal'],
    ['without a reason', 'waiting', { kind: 'decline', reason: ' ' }, sun, 'reason_missing'],
    [
      'by a carrier that just leaves',
      'accepted',
      { kind: 'cancel', reason: '' },
      sun,
      'reason_missing',
    ],
    [
      'by a bureau without a word',
      'accepted',
      { kind: 'cancel', reason: '' },
      feng,
      'reason_missing',
    ],
    ['with a speech', 'waiting', { kind: 'decline', reason: long }, sun, 'reason_too_long'],
    ['with a long farewell', 'waiting', { kind: 'cancel', reason: long }, zhou, 'reason_too_long'],
    ['with a long note', 'waiting', propose(LATER, long), sun, 'reason_too_long'],
    ['that proposes what was asked', 'waiting', propose(SLOT), sun, 'same_slot'],
    ['that proposes what is proposed', 'proposed', propose(MOVED), sun, 'same_slot'],
  ]
  test.each(cases)('%s', (_name, state, command, actor, code) => {
    expect(decideBooking(standing(state), command, actor)).toMatchObject({ ok: false, code })
  })

  test('by the first reason there is', () => {
    const command: BookingCommand = { kind: 'decline', reason: '' }
    expect(decideBooking(standing('used'), command, wu)).toMatchObject({ code: 'not_the_carrier' })
    expect(decideBooking(standing('used'), command, zhou)).toMatchObject({ code: 'not_your_move' })
    expect(decideBooking(standing('used'), command, sun)).toMatchObject({ code: 'not_in_state' })
  })
})

describe('a carrier proposes anew', () => {
  const cases: [string, BookingState, typeof SLOT][] = [
    ['the day that was asked for', 'proposed', SLOT],
    ['the same hours of a third day', 'proposed', { ...MOVED, day: LATER.day }],
    ['other hours of the day proposed', 'proposed', { ...MOVED, hours: [9] }],
    ['other hours of the day asked for', 'waiting', { ...SLOT, hours: [9] }],
  ]
  test.each(cases)('%s', (_name, state, slot) => {
    const decided = decideBooking(standing(state), { kind: 'propose', slot, note: '' }, sun)
    expect(decided).toEqual({ ok: true, value: 'proposed' })
  })
})

test('whoever ends the voucher gives the booking back', () => {
  const command: BookingCommand = { kind: 'release', voucher: 'v' }
  for (const actor of [zhou, sun, feng, CLOCK]) {
    expect(decideBooking(standing('used'), command, actor)).toEqual({ ok: true, value: 'accepted' })
  }
})

test('a proposal is taken as it was seen', () => {
  const command: BookingCommand = { kind: 'take', turn: 3 }
  expect(decideBooking(standing('proposed', 3), command, zhou).ok).toBe(true)
})

test('the bureau cancels for a suspended carrier, and so does a later run', () => {
  const command: BookingCommand = { kind: 'cancel', reason: '服务机构已暂停' }
  for (const state of ['waiting', 'proposed', 'accepted'] as const) {
    expect(decideBooking(standing(state), command, feng).ok).toBe(true)
    expect(decideBooking(standing(state), command, CLOCK).ok).toBe(true)
  }
})

describe('the state of a booking', () => {
  const [yesterday, today, tomorrow] = ['2026-11-30', '2026-12-01', '2026-12-02']
  const answer = (accepted: boolean) => ({ accepted, reason: null, at: 0, by: 'sun' })
  const cancellation = { reason: null, at: 0, by: 'zhou' }
  const proposal = (day: string) => ({ day, hours: [] })
  const cases: [string, string, Partial<Course>, BookingState][] = [
    ['asked for today', today, {}, 'waiting'],
    ['asked and never answered', yesterday, {}, 'expired'],
    ['another date proposed', today, { proposal: proposal(tomorrow) }, 'proposed'],
    ['another date, the first is over', yesterday, { proposal: proposal(today) }, 'proposed'],
    ['both dates over', yesterday, { proposal: proposal(yesterday) }, 'expired'],
    ['an earlier date, now over', tomorrow, { proposal: proposal(yesterday) }, 'expired'],
    ['taken', today, { proposal: proposal(tomorrow), answer: answer(true) }, 'accepted'],
    ['accepted', today, { answer: answer(true) }, 'accepted'],
    ['accepted, its day over', yesterday, { answer: answer(true) }, 'accepted'],
    ['declined', today, { answer: answer(false) }, 'declined'],
    ['cancelled before an answer', today, { cancellation }, 'cancelled'],
    ['cancelled after', today, { answer: answer(true), cancellation }, 'cancelled'],
    ['used', yesterday, { answer: answer(true), voucher: 'v' }, 'used'],
  ]
  test.each(cases)('%s', (_name, day, course, state) => {
    const none: Course = { answer: null, proposal: null, cancellation: null, voucher: null }
    expect(bookingState(day, { ...none, ...course }, today)).toBe(state)
  })
})

test('a number is read from the id, and another id has another', () => {
  const [one, other] = [newId(), newId()]
  expect(bookingNumber(one)).toMatch(/^YY-[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}$/)
  expect(bookingNumber(one)).toBe(bookingNumber(one))
  expect(bookingNumber(one)).not.toBe(bookingNumber(other))
})
