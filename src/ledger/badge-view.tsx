/** A voucher's state as a word and a colour, the same on every page. */
import type { Ctx } from '../platform/bindings.ts'
import { words } from '../platform/language.ts'
import { Badge } from '../ui/badge.tsx'
import type { Tone } from '../ui/badge.tsx'
import type { VoucherState } from './rules.ts'
import { stateWords } from './strings.ts'

const TONES: Readonly<Record<VoucherState, Tone>> = {
  unconfirmed: 'waiting',
  confirmed: 'info',
  refused: 'bad',
  voided: 'neutral',
  expired: 'neutral',
  terminated: 'bad',
  in_review: 'waiting',
  redeemed: 'good',
  rejected: 'bad',
}

export function VoucherBadge({ c, state }: { c: Ctx; state: VoucherState }) {
  return <Badge word={words(c, stateWords)[state]} tone={TONES[state]} />
}
