/**
 * A booking of a carrier's service or instrument (SPEC B2): its states, who may do what to it, and
 * each refusal by name. Says too whether a bureau lets a use be made without one (SPEC B3).
 */
import type { AnyActor } from '../kernel/actor.ts'
import { follow } from '../kernel/moves.ts'
import type { Moves } from '../kernel/moves.ts'
import { accept, refuse } from '../kernel/outcome.ts'
import type { Outcome } from '../kernel/outcome.ts'
import type { VoucherState } from '../ledger/rules.ts'

/** day is YYYY-MM-DD in Asia/Shanghai; hours are whole, 9 is 09:00 to 10:00, none for a service. */
export type Slot = { day: string; hours: readonly number[] }

/**
 * What was asked for, at epoch ms. service and instrument may both be null. `phone` is sealed, the
 * enterprise keeps the name it booked with.
 */
export type Booking = Slot & {
  id: string
  enterprise: string
  enterprise_name: string
  carrier: string
  service: string | null
  instrument: string | null
  contact: string
  phone: string
  need: string
  at: number
  /** The account that asked. */
  by: string
}

/** 待确认 待企业确认 已确认 已拒绝 已取消 已过期 已使用, in this order. */
export const BOOKING_STATES = [
  'waiting',
  'proposed',
  'accepted',
  'declined',
  'cancelled',
  'expired',
  'used',
] as const
export type BookingState = (typeof BOOKING_STATES)[number]

export type BookingMove = 'accept' | 'decline' | 'propose' | 'take' | 'cancel' | 'use' | 'release'

/**
 * What leads where; whatever is absent is refused as `not_in_state`. Nobody makes a booking expire:
 * `bookingState` reads that off the day.
 */
export const MOVES: Moves<BookingState, BookingMove> = {
  accept: { waiting: 'accepted' },
  decline: { waiting: 'declined' },
  propose: { waiting: 'proposed', proposed: 'proposed' },
  take: { proposed: 'accepted' },
  cancel: { waiting: 'cancelled', proposed: 'cancelled', accepted: 'cancelled' },
  use: { accepted: 'used' },
  release: { used: 'accepted' },
}

export type Party = AnyActor['role']

/**
 * Whose move it is. A bureau cancels what a carrier that it suspends had open; whoever ends the
 * voucher gives the booking back.
 */
const MOVERS: Readonly<Record<BookingMove, readonly Party[]>> = {
  accept: ['carrier'],
  decline: ['carrier'],
  propose: ['carrier'],
  take: ['enterprise'],
  cancel: ['enterprise', 'carrier', 'bureau', 'clock'],
  use: ['enterprise'],
  release: ['enterprise', 'carrier', 'bureau', 'clock'],
}

/** `turn` is the one the enterprise saw: it takes this proposal and no later one. */
export type BookingCommand =
  | { kind: 'accept' }
  | { kind: 'use' | 'release'; voucher: string }
  | { kind: 'decline'; reason: string }
  | { kind: 'cancel'; reason: string }
  | { kind: 'propose'; slot: Slot; note: string }
  | { kind: 'take'; turn: number }

/** In order of precedence. */
export type BookingRefusal =
  | 'not_the_carrier'
  | 'not_the_enterprise'
  | 'not_your_move'
  | 'not_in_state'
  | 'stale_proposal'
  | 'reason_missing'
  | 'reason_too_long'
  | 'same_slot'

/** Bookings that a desk shows, and that one press on it may name. */
export const DESK_MAX = 50

/** Longest reason or note anybody gives, in characters. */
export const REASON_MAX = 500

/** A booking as it stands, as far as a command must know. */
export type Standing = Slot &
  Pick<Booking, 'enterprise' | 'carrier'> & {
    state: BookingState
    /** How many moves were made so far; the next one is `turn` + 1. */
    turn: number
    /** The newest other day and hours the carrier proposed, taken or not. */
    proposal: Slot | null
  }

/** The state a command leads to, or why it does not. */
export function decideBooking(
  booking: Standing,
  command: BookingCommand,
  actor: AnyActor,
): Outcome<BookingState, BookingRefusal> {
  if (actor.role === 'carrier' && actor.carrier !== booking.carrier) {
    return refuse('not_the_carrier')
  }
  if (actor.role === 'enterprise' && actor.enterprise !== booking.enterprise) {
    return refuse('not_the_enterprise')
  }
  if (!MOVERS[command.kind].includes(actor.role)) return refuse('not_your_move')
  const state = follow(MOVES, booking.state, command.kind)
  if (!state) return refuse('not_in_state', { state: booking.state })
  if (command.kind === 'take' && command.turn !== booking.turn) return refuse('stale_proposal')
  const wrong = wordsWrong(command, actor)
  if (wrong) return wrong
  if (command.kind === 'propose' && isSame(command.slot, slotNow(booking))) {
    return refuse('same_slot')
  }
  return accept(state)
}

/** Day and hours as they stand: those proposed while the enterprise has not answered. */
export function slotNow(booking: Slot & Pick<Standing, 'state' | 'proposal'>): Slot {
  return (booking.state === 'proposed' && booking.proposal) || booking
}

/** An enterprise may leave without a word; whoever turns it away says why. */
function wordsWrong(command: BookingCommand, { role }: AnyActor) {
  if ('note' in command) return tooLong(command.note)
  if (!('reason' in command)) return undefined
  const needed = command.kind === 'decline' || role !== 'enterprise'
  return needed && command.reason.trim() === '' ? refuse('reason_missing') : tooLong(command.reason)
}

function tooLong(text: string) {
  return [...text].length > REASON_MAX ? refuse('reason_too_long', { max: REASON_MAX }) : undefined
}

function isSame(one: Slot, other: Slot): boolean {
  return one.day === other.day && one.hours.join() === other.hours.join()
}

/** The carrier's verdict, or the enterprise's on a proposal; a decline says why. */
export type Answer = { accepted: boolean; reason: string | null; at: number; by: string }

export type Cancellation = { reason: string | null; at: number; by: string }

/** Another date by the carrier; the newest stands. `turn` is the one it was made in. */
export type Proposal = Slot & { note: string; at: number; by: string; turn: number }

/** What happened to a booking. `voucher` is the living voucher made from it. */
export type Course = {
  answer: Answer | null
  proposal: Slot | null
  cancellation: Cancellation | null
  voucher: string | null
}

/**
 * The state of a booking on a day. A use outranks all; what nobody answered expires when its day,
 * or the day proposed instead, has passed, while an accepted one stays, because vouchers are often
 * made after the service.
 */
export function bookingState(day: string, course: Course, today: string): BookingState {
  const { answer, proposal, cancellation, voucher } = course
  if (voucher) return 'used'
  if (cancellation) return 'cancelled'
  if (answer) return answer.accepted ? 'accepted' : 'declined'
  if ((proposal?.day ?? day) < today) return 'expired'
  return proposal ? 'proposed' : 'waiting'
}

/** One move as it is told to both sides; `party` made it. */
export type Turn = { turn: number; kind: BookingMove; party: Party; at: number }

/** SPEC B3: a use without a booking is open only where the bureau does not require booking. */
export function offlineUseAllowed(policy: { online_booking_required: boolean }): boolean {
  return !policy.online_booking_required
}

/**
 * A voucher in one of these no longer stands for its booking, nor for its contract and invoice: a
 * new one may be made of them.
 */
export const DEAD_VOUCHERS: readonly VoucherState[] = [
  'refused',
  'voided',
  'expired',
  'terminated',
  'rejected',
]

/** How long a booking is held for a voucher that is just being made, ms. */
export const PENDING_MS = 10 * 60_000

/** No look-alikes: neither 0 and O nor 1, I and L. Thirty-one. */
const LETTERS = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'

/** What people read to each other, YY-7KQM-2XRB, drawn from the booking's id (a UUID). */
export function bookingNumber(id: string): string {
  let rest = BigInt(`0x${id.replaceAll('-', '').slice(-12)}`)
  let drawn = ''
  for (let place = 0; place < 8; place++) {
    drawn += LETTERS.charAt(Number(rest % 31n))
    rest /= 31n
  }
  return `YY-${drawn.slice(0, 4)}-${drawn.slice(4)}`
}
