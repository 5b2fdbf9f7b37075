/**
 * A booking of a carrier's service or instrument, and its state as told by the rows that stand
 * beside it. Says too whether a bureau lets a use be made without one (SPEC B3).
 */
import type { VoucherState } from '../ledger/rules.ts'

/** day is YYYY-MM-DD in Asia/Shanghai, at epoch ms. service and instrument may both be null. */
export type Booking = {
  id: string
  enterprise: string
  carrier: string
  service: string | null
  instrument: string | null
  day: string
  contact: string
  phone: string
  need: string
  at: number
  /** The account that asked. */
  by: string
}

/** 待确认 待企业确认 已确认 已拒绝 已取消 已过期 已使用, in this order. */
export type BookingState =
  'waiting' | 'proposed' | 'accepted' | 'declined' | 'cancelled' | 'expired' | 'used'

/** The carrier's verdict; a decline says why. */
export type Answer = { accepted: boolean; reason: string | null; at: number; by: string }

export type Cancellation = { reason: string | null; at: number; by: string }

/** What happened to a booking. `voucher` is the living voucher made from it. */
export type Course = {
  answer: Answer | null
  cancellation: Cancellation | null
  voucher: string | null
}

/**
 * The state of a booking on a day. A use outranks all; what nobody answered expires when its day
 * has passed, while an accepted one stays, because vouchers are often made after the service.
 */
export function bookingState(day: string, course: Course, today: string): BookingState {
  if (course.voucher) return 'used'
  if (course.cancellation) return 'cancelled'
  if (course.answer) return course.answer.accepted ? 'accepted' : 'declined'
  return day < today ? 'expired' : 'waiting'
}

/** SPEC B3: a use without a booking is open only where the bureau does not require booking. */
export function offlineUseAllowed(policy: { online_booking_required: boolean }): boolean {
  return !policy.online_booking_required
}

/** A voucher in one of these gives its booking back: the service can be used again. */
export const DEAD_VOUCHERS: readonly VoucherState[] = ['refused', 'voided', 'expired', 'terminated']

/** How long a booking is held for a voucher that is just being made, ms. */
export const PENDING_MS = 10 * 60_000
