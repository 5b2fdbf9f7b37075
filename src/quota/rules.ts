/**
 * How much quota an enterprise may still claim (SPEC Q3, Q4), and what is wrong with a claim before
 * the ledger, which decides it, is asked. null stands for 不限.
 */
import { isAmount, parseFen } from '../kernel/amount.ts'
import { DAY_MS, yearStartsAt } from '../kernel/clock.ts'
import { namedId } from '../kernel/id.ts'
import { accept, refuse } from '../kernel/outcome.ts'
import type { Outcome, Refusal } from '../kernel/outcome.ts'
import type { Cap } from '../ledger/rules.ts'

/**
 * All money in fen. `budget_left_fen` is what the county's budget still grants to anybody; null
 * where none is set, and where one is but cannot be read at the moment.
 */
export type Quota = {
  region: string
  year: number
  total: Cap
  single: Cap
  holding: Cap
  budget: Cap
  claimed_fen: number
  available_fen: number
  unconfirmed_fen: number
  budget_left_fen: number | null
  /** 还可申领额度; null where nothing limits it. */
  remaining_fen: number | null
}

/** What `remaining` needs to know. */
export type Standing = Pick<
  Quota,
  'total' | 'holding' | 'claimed_fen' | 'available_fen' | 'unconfirmed_fen' | 'budget_left_fen'
>

export type Limit = 'total' | 'holding' | 'budget'

/** 还可申领额度 = max(0, min(total − claimed, holding − available − unconfirmed, budget left)). */
export function remaining(standing: Standing): number | null {
  const rooms = roomsOf(standing)
  return rooms.length === 0 ? null : Math.max(0, Math.min(...rooms.map(([, room]) => room)))
}

/** Which limit holds `remaining` where it is: the one to name when nothing is left. */
export function tightest(standing: Standing): Limit | null {
  const left_fen = remaining(standing)
  const [limit] = roomsOf(standing).find(([, room]) => Math.max(0, room) === left_fen) ?? [null]
  return limit
}

/** The room under each limit that is set; below zero where more is held than was allowed since. */
function roomsOf(standing: Standing): [Limit, number][] {
  const { total, holding, claimed_fen, available_fen, unconfirmed_fen } = standing
  const rooms: [Limit, number | null][] = [
    ['total', total.fen_max === null ? null : total.fen_max - claimed_fen],
    [
      'holding',
      holding.fen_max === null ? null : holding.fen_max - available_fen - unconfirmed_fen,
    ],
    ['budget', standing.budget_left_fen],
  ]
  return rooms.filter((room): room is [Limit, number] => room[1] !== null)
}

/** The largest amount one claim would get now, null where nothing limits it. */
export function largestClaim(quota: Pick<Quota, 'remaining_fen' | 'single'>): number | null {
  const { remaining_fen, single } = quota
  if (remaining_fen === null || single.fen_max === null) return remaining_fen ?? single.fen_max
  return Math.min(remaining_fen, single.fen_max)
}

/** From this long before the end of the year on, pages say what will lapse (SPEC Q6). */
export const LAPSE_NOTICE_MS = 60 * DAY_MS

/** True in the last sixty days of the quota's year while something is available. */
export function lapsesSoon(quota: Pick<Quota, 'year' | 'available_fen'>, now: number): boolean {
  const left_ms = yearStartsAt(quota.year + 1) - now
  return quota.available_fen > 0 && left_ms > 0 && left_ms <= LAPSE_NOTICE_MS
}

type AmountRefusal = 'amount_missing' | 'amount_unreadable' | 'amount_not_positive'

/** An amount as typed: 12000 and 12,000.00, at most two decimals, above zero. */
export function readAmount(typed: string): Outcome<number, AmountRefusal> {
  if (typed.trim() === '') return refuse('amount_missing')
  const amount_fen = parseFen(typed)
  if (amount_fen === undefined) return refuse('amount_unreadable')
  return isAmount(amount_fen) ? accept(amount_fen) : refuse('amount_not_positive')
}

/** What is wrong, by field; `form` is for what belongs to no field. */
export type Refusals = Partial<Record<'region' | 'amount' | 'form', Refusal>>
export type Typed = Readonly<Record<string, string>>
export type Checked = { ok: true; amount_fen: number } | { ok: false; refusals: Refusals }

/**
 * Checks a claim as typed against the figures its form showed: the region must be the one that
 * registered the enterprise (SPEC Q2), the year still the same. What is left of the budget is for
 * the ledger to find: of a retry it may be this very claim that has used it up.
 */
export function checkClaim(quota: Quota, typed: Typed): Checked {
  const refusals: Refusals = {}
  const { region, year } = quota
  if (typed['year'] !== String(year)) refusals.form = refuse('stale_year', { year })
  if (!typed['region']) refusals.region = refuse('region_missing')
  else if (typed['region'] !== region) refusals.region = refuse('other_region', { region })
  const amount = readAmount(typed['amount'] ?? '')
  if (!amount.ok) refusals.amount = amount
  if (!amount.ok || Object.keys(refusals).length > 0) return { ok: false, refusals }
  return { ok: true, amount_fen: amount.value }
}

/** Where a refusal of the ledger is shown: beside the amount, unless the amount is not to blame. */
export function placed(refusal: Refusal): Refusals {
  return /^(exceeds_|amount_)/.test(refusal.code) ? { amount: refusal } : { form: refusal }
}

type Made = readonly { region: string; year: number }[]

/**
 * The id of the next claim, made with its form. It is named after how many were made before, given
 * up ones included, so that two agents with the same figures before them hold the same id, which
 * the ledger grants once (SPEC Q5).
 */
export function nextClaimId(enterprise: string, { region, year }: Quota, claims: Made): string {
  return namedId(['claim', enterprise, region, year, countIn(region, year, claims)].join(':'))
}

/** The same for a hand-back, which has no id of its own: also named after what is available. */
export function nextHandBackKey(enterprise: string, quota: Quota, hand_backs: Made): string {
  const { region, year, available_fen } = quota
  const before = countIn(region, year, hand_backs)
  return namedId(['hand_back', enterprise, region, year, before, available_fen].join(':'))
}

function countIn(region: string, year: number, made: Made): number {
  return made.filter((one) => one.region === region && one.year === year).length
}

/** Where nobody knows whether it was done, the form is shown with the same key again. */
export function keyAfter(refusal: Refusal | undefined, key: string, next: string): string {
  return refusal?.code === 'unavailable' ? key : next
}

/**
 * The readable reference of a claim or hand-back, SL-20261124-9F3A7C21B0E4: its day and the random
 * end of its id or hash, which no second one shares in practice.
 */
export function referenceOf(kind: 'claim' | 'hand_back', id: string, day: string): string {
  const tail = id.replaceAll('-', '').slice(-12).toUpperCase()
  return `${kind === 'claim' ? 'SL' : 'TH'}-${day.replaceAll('-', '')}-${tail}`
}
