/** Refusals as people read them: which limit, who set it, and the most that would pass. */
import { formatFen } from '../kernel/amount.ts'
import type { Refusal } from '../kernel/outcome.ts'
import { regionName } from '../kernel/region.ts'
import { LEDGER_REFUSALS } from '../ledger/rules.ts'
import type { LedgerRefusal } from '../ledger/rules.ts'
import { refusalText } from '../ledger/strings.ts'
import type { Ctx } from '../platform/bindings.ts'
import type { Errors } from '../platform/form.ts'
import { words } from '../platform/language.ts'
import { strings as claimStrings } from './claim-strings.ts'
import type { Refusals } from './rules.ts'
import { strings } from './strings.ts'

/** Field → message. `bureau` is the name of whoever set the limit that was broken. */
export function quotaMessages(c: Ctx, refusals: Refusals, bureau = ''): Errors {
  const message = (refusal: Refusal) => quotaMessage(c, refusal, bureau)
  return Object.fromEntries(
    Object.entries(refusals).map(([field, refusal]) => [field, message(refusal)]),
  )
}

function quotaMessage(c: Ctx, refusal: Refusal, bureau: string): string {
  const t = words(c, strings)
  const { region_missing, other_region, refused } = words(c, claimStrings)
  switch (refusal.code) {
    case 'amount_missing':
    case 'amount_unreadable':
    case 'amount_not_positive':
    case 'unavailable':
    case 'stale_year':
      return t[refusal.code]
    case 'year_closed':
      return t.stale_year
    case 'key_reused':
    case 'already_exists':
      return t.taken
    case 'region_missing':
      return region_missing
    case 'other_region':
      return other_region(regionName(String(refusal.facts['region']), c.var.lang))
    case 'exceeds_available':
      return t.exceeds_available(formatFen(Number(refusal.facts['available_fen'])))
    case 'exceeds_single_claim_max':
    case 'exceeds_claim_total_max':
    case 'exceeds_holding_max':
    case 'exceeds_budget':
      return overLimit(c, refusal.code, refusal, bureau)
    default:
      return isLedgerRefusal(refusal) ? refusalText(c.var.lang, refusal) : refused(refusal.code)
  }
}

function isLedgerRefusal(refusal: Refusal): refusal is Refusal<LedgerRefusal> {
  return LEDGER_REFUSALS.some((code) => code === refusal.code)
}

type Over =
  'exceeds_single_claim_max' | 'exceeds_claim_total_max' | 'exceeds_holding_max' | 'exceeds_budget'

function overLimit(c: Ctx, code: Over, { facts }: Refusal, bureau: string): string {
  const t = words(c, claimStrings)
  const largest_fen = Number(facts['largest_fen'])
  const said = t[code](formatFen(Number(facts['limit_fen'])), bureau)
  return largest_fen > 0 ? t.would_pass(said, formatFen(largest_fen)) : t.none_passes(said)
}
