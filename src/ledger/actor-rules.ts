/**
 * Who may act. The doors have checked the session and the route; the ledger checks again with what
 * it knows itself: whose it is, which carrier and payee a voucher names, which region pays.
 */
import type { AnyActor } from '../kernel/actor.ts'
import { refuse } from '../kernel/outcome.ts'
import type { Refusal } from '../kernel/outcome.ts'
import { covers } from '../kernel/region.ts'
import type { LedgerRefusal, LedgerState, Voucher } from './rules.ts'

type Denial = Refusal<LedgerRefusal> | undefined

/** The party that a move of a voucher or a redemption belongs to. */
export type Party = 'enterprise' | 'carrier' | 'payee' | 'bureau' | 'clock'

/** Refuses everybody but an agent of the enterprise whose ledger this is. */
export function denyStranger(ledger: LedgerState, actor: AnyActor): Denial {
  if (actor.role === 'enterprise' && actor.enterprise === ledger.enterprise) return undefined
  return refuse('not_the_enterprise')
}

/** Refuses an actor who is not this party of this voucher. */
export function denyParty(
  party: Party,
  voucher: Voucher,
  actor: AnyActor,
  acting_for?: string,
): Denial {
  switch (party) {
    case 'enterprise':
      return isEnterprise(voucher, actor) ? undefined : refuse('not_the_enterprise')
    case 'carrier':
      return isCarrier(voucher, actor) ? undefined : refuse('not_the_carrier')
    case 'payee':
      return isPayee(voucher, actor) ? undefined : refuse('not_the_payee', { payee: voucher.payee })
    case 'bureau':
      return denyBureau(voucher.region, actor, acting_for)
    case 'clock':
      return actor.role === 'clock' ? undefined : refuse('not_the_clock')
  }
}

function isEnterprise(voucher: Voucher, actor: AnyActor): boolean {
  return actor.role === 'enterprise' && actor.enterprise === voucher.enterprise
}

function isCarrier(voucher: Voucher, actor: AnyActor): boolean {
  return actor.role === 'carrier' && actor.carrier === voucher.carrier
}

function isPayee(voucher: Voucher, actor: AnyActor): boolean {
  return voucher.payee === 'enterprise' ? isEnterprise(voucher, actor) : isCarrier(voucher, actor)
}

/** A bureau decides for its own region, or for a county below it that the door names. */
function denyBureau(region: string, actor: AnyActor, acting_for?: string): Denial {
  if (actor.role !== 'bureau') return refuse('not_the_bureau', { region })
  const stands_in = acting_for === region && covers(actor.region, region)
  if (actor.region !== region && !stands_in) return refuse('not_the_bureau', { region })
  return actor.staff.includes('review') ? undefined : refuse('not_a_reviewer')
}
