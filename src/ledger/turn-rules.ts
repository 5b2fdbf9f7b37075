/**
 * When a ledger wakes for the turn of the year. What is left of a year lapses at New Year in
 * Asia/Shanghai whoever looks first; waking only makes it happen where nobody looks (SPEC Q6).
 */
import { yearStartsAt } from '../kernel/clock.ts'

/** New Year's alarms of all ledgers are spread over this long, so that they do not ring at once. */
export const SPREAD_MS = 3_600_000
/** A year found open long after its end waits this long: its ledger may be in use. */
export const GRACE_MS = 600_000

/** When to close `year` (epoch ms), always after `now`; `random` lies from 0 up to 1. */
export function turnAt(year: number, now: number, random: number): number {
  const at = yearStartsAt(year + 1) + Math.floor(random * SPREAD_MS)
  return at > now ? at : now + GRACE_MS
}
