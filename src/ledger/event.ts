/**
 * Events and their chain: each hash covers the one before and everything of its event, the actor
 * included, so that a change, a gap or a swap anywhere shows from there on.
 */
import { hashOf } from '../platform/token.ts'
import { canonicalJson } from './json-rules.ts'
import type { LedgerEvent } from './rules.ts'

export type EventBody = Omit<LedgerEvent, 'hash' | 'prev'>

/** What the first event of an enterprise chains to: no ledger passes for another's. */
export function genesisOf(enterprise: string): string {
  return hashOf(`ledger of ${enterprise}`)
}

export function seal(prev: string, body: EventBody): LedgerEvent {
  return { ...body, prev, hash: hashOf(canonicalJson({ ...body, prev })) }
}

/** What is wrong with an event that stands after the one with `prev` as hash and `seq` - 1. */
export function findFlaw(event: LedgerEvent, seq: number, prev: string): string | undefined {
  const { hash, prev: claimed, ...body } = event
  if (event.seq !== seq) return `event ${seq} is missing, ${event.seq} stands in its place`
  if (claimed !== prev) return `event ${seq} does not follow the one before`
  if (seal(prev, body).hash !== hash) return `event ${seq} was changed`
  return undefined
}
