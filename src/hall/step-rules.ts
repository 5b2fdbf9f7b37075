/**
 * The function diagram 功能导航 (SPEC N1): the state of each of the four steps, why one is not
 * possible yet, and the one next action. Pure.
 */
import type { VoucherState } from '../ledger/rules.ts'
import type { RegistrationState } from '../registration/rules.ts'
import { largestClaim } from '../quota/rules.ts'
import type { Quota } from '../quota/rules.ts'

export type StepName = 'registration' | 'claim' | 'use' | 'redeem'

/** What the steps are made of; `quota` is null unless the registration counts now. */
export type Standing = {
  registration: RegistrationState
  quota: Quota | null
  /** Vouchers by state, those that the enterprise itself redeems apart. */
  vouchers: Readonly<Partial<Record<VoucherState, number>>>
  own: Readonly<Partial<Record<VoucherState, number>>>
}

/** open: can be done now. done: nothing left to do. waits: somebody else acts. locked: not yet. */
export type StepState = 'open' | 'done' | 'waits' | 'locked'

/** In order of precedence where several hold. */
export type Reason =
  | 'not_registered'
  | 'registration_waits'
  | 'registration_ended'
  | 'nothing_left_to_claim'
  | 'nothing_available'
  | 'no_voucher'
  | 'awaits_carrier'
  | 'carrier_redeems'

export type Step = {
  name: StepName
  state: StepState
  reason: Reason | null
  /** What the note counts: vouchers. */
  count: number
  next: boolean
}

type Bare = Omit<Step, 'name' | 'next'>

/** The four steps in order; at most one is the next action. */
export function stepsOf(standing: Standing): Step[] {
  const bare: Record<StepName, Bare> = {
    registration: registrationStep(standing),
    claim: claimStep(standing),
    use: useStep(standing),
    redeem: redeemStep(standing),
  }
  const next = nextOf(bare)
  return (['registration', 'claim', 'use', 'redeem'] as const).map((name) => ({
    name,
    ...bare[name],
    next: name === next,
  }))
}

/** Registering comes first, then money that is due, then quota in hand, then more quota. */
function nextOf(steps: Record<StepName, Bare>): StepName | undefined {
  const order: readonly StepName[] = ['registration', 'redeem', 'use', 'claim']
  return order.find((name) => steps[name].state === 'open')
}

function registrationStep({ registration }: Standing): Bare {
  if (registration === 'approved') return step('done')
  if (registration === 'waiting') return step('waits')
  return isEnded(registration) ? step('locked', 'registration_ended') : step('open')
}

function claimStep({ registration, quota }: Standing): Bare {
  if (!quota) return step('locked', whyNotRegistered(registration))
  if (largestClaim(quota) === 0) return step('done', 'nothing_left_to_claim')
  return step('open')
}

function useStep({ registration, quota, vouchers }: Standing): Bare {
  const waiting = vouchers.unconfirmed ?? 0
  if (!quota) return step('locked', whyNotRegistered(registration))
  if (quota.available_fen > 0) return step('open', null, waiting)
  return waiting > 0
    ? step('waits', 'awaits_carrier', waiting)
    : step('locked', 'nothing_available')
}

function redeemStep({ vouchers, own }: Standing): Bare {
  const ready = own.confirmed ?? 0
  if (ready > 0) return step('open', null, ready)
  const reviewed = own.in_review ?? 0
  if (reviewed > 0) return step('waits', null, reviewed)
  const unconfirmed = own.unconfirmed ?? 0
  if (unconfirmed > 0) return step('locked', 'awaits_carrier', unconfirmed)
  const redeemed = own.redeemed ?? 0
  if (redeemed > 0) return step('done', null, redeemed)
  const others = vouchers.confirmed ?? 0
  return others > 0 ? step('locked', 'carrier_redeems', others) : step('locked', 'no_voucher')
}

function step(state: StepState, reason: Reason | null = null, count = 0): Bare {
  return { state, reason, count }
}

function whyNotRegistered(registration: RegistrationState): Reason {
  if (registration === 'waiting') return 'registration_waits'
  return isEnded(registration) ? 'registration_ended' : 'not_registered'
}

function isEnded(registration: RegistrationState): boolean {
  return ['suspended', 'moved', 'cancelled'].includes(registration)
}

/** How many vouchers there are in each state. */
export function countStates(
  vouchers: readonly { state: VoucherState }[],
): Partial<Record<VoucherState, number>> {
  const counts: Partial<Record<VoucherState, number>> = {}
  for (const { state } of vouchers) counts[state] = (counts[state] ?? 0) + 1
  return counts
}
