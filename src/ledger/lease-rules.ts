/** What a lease and the ledger it was leased to must say of each other. */
import type { Lease } from '../budget/rules.ts'
import type { Claim, Reservation } from './rules.ts'

type Held = { claims: readonly Claim[]; ungranted: readonly Reservation[] }

/**
 * What is wrong between a lease and its ledger; empty where nothing is. A lease is spent for a
 * claim that was granted with its amount, open while that claim is in progress or the region has
 * not heard yet, and freed only where no claim stands on it.
 */
export function disagreements(lease: Lease, { claims, ungranted }: Held): string[] {
  const { id, state, amount_fen } = lease
  const claim = claims.find((one) => one.id === id)
  const reserved = ungranted.find((one) => one.claim === id)
  const name = `lease ${id} is ${state}`
  if (state === 'released' || state === 'refused')
    return claim ? [`${name}, and its claim of ${claim.amount_fen} stands`] : []
  if (claim && claim.amount_fen !== amount_fen)
    return [`${name} with ${amount_fen}, its claim says ${claim.amount_fen}`]
  if (state === 'spent') return claim ? [] : [`${name}, and no claim stands on it`]
  return claim || reserved?.state === 'reserving' ? [] : [`${name}, and nobody claims it`]
}
