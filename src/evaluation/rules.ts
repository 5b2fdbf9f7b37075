/**
 * 服务评价 (SPEC E1, E2): a service is evaluated once, by its enterprise or, thirty days after the
 * carrier confirmed it, by the system. What was terminated or not paid is not evaluated.
 */
import type { Voucher, VoucherState } from '../ledger/rules.ts'
import { DAY_MS } from '../kernel/clock.ts'

/** 1 to 5 stars; `is_default` marks the 好评 that nobody gave. `at` is epoch ms. */
export type Evaluation = {
  enterprise: string
  voucher: string
  carrier: string
  service: string
  stars: number
  tags: readonly string[]
  comment: string
  is_default: boolean
  by: string
  at: number
}

/** 待评价 已评价 系统默认. */
export type EvaluationState = 'waiting' | 'given' | 'default'

export const STARS = [1, 2, 3, 4, 5] as const
export const DEFAULT_STARS = 5
/** The system evaluates this long after confirmation. */
export const DEFAULT_AFTER_MS = 30 * DAY_MS
/** Longest 评价内容, in characters. */
export const COMMENT_MAX = 500

export const TAGS = ['professional', 'on_time', 'fair_price', 'clear_report', 'helpful'] as const
export type Tag = (typeof TAGS)[number]

/** States of a voucher whose service took place or is taking place. */
export const EVALUATED_STATES: readonly VoucherState[] = ['confirmed', 'in_review', 'redeemed']

/** True for a voucher whose service may be evaluated. */
export function isService(voucher: Pick<Voucher, 'state'>): boolean {
  return EVALUATED_STATES.includes(voucher.state)
}

export function evaluationState(given: Evaluation | undefined): EvaluationState {
  if (!given) return 'waiting'
  return given.is_default ? 'default' : 'given'
}

/** When the system evaluates a service that nobody has, epoch ms. */
export function defaultDue(voucher: Pick<Voucher, 'confirmed_at'>): number | null {
  return voucher.confirmed_at === null ? null : voucher.confirmed_at + DEFAULT_AFTER_MS
}

/** 1 to 5 as typed, or undefined. */
export function readStars(typed: string): number | undefined {
  return STARS.find((stars) => String(stars) === typed)
}

export function readTags(typed: readonly string[]): Tag[] {
  return TAGS.filter((tag) => typed.includes(tag))
}

/** The 好评 of the system for a service that nobody evaluated in time. */
export function defaultEvaluation(
  service: Pick<Evaluation, 'enterprise' | 'voucher' | 'carrier' | 'service'>,
  at: number,
): Evaluation {
  const stars = DEFAULT_STARS
  return { ...service, stars, tags: [], comment: '', is_default: true, by: 'clock', at }
}
