/** What other slices may ask of an enterprise's quota. */
import type { Language } from '../kernel/text.ts'
import { formatFen } from '../kernel/amount.ts'
import { strings } from './strings.ts'
import { lapsesSoon, tightest } from './rules.ts'
import type { Quota } from './rules.ts'

export { quotaOf } from './store.ts'
export { largestClaim } from './rules.ts'
export type { Quota } from './rules.ts'

/**
 * The four figures of SPEC Q4 in order, ready for `<Figure>`: 可申领额度上限, 已申领额度,
 * 还可申领额度 and 可用额度. The note of the third names the limit that keeps it below the total,
 * and the single cap, a line each.
 */
export function quotaFigures(
  quota: Quota,
  lang: Language,
): { label: string; value: string; note: string | null }[] {
  const t = strings[lang]
  const single_fen = quota.single.fen_max
  const single = single_fen === null ? t.single_free : t.single_cap(formatFen(single_fen))
  const capped = (fen: number | null) => (fen === null ? t.no_limit : formatFen(fen))
  return [
    { label: t.total, value: capped(quota.total.fen_max), note: null },
    { label: t.claimed, value: formatFen(quota.claimed_fen), note: null },
    {
      label: t.remaining,
      value: capped(quota.remaining_fen),
      note: [limitNote(quota, lang), single].filter(Boolean).join('\n'),
    },
    { label: t.available, value: formatFen(quota.available_fen), note: null },
  ]
}

/** What will lapse at the end of the year, in words; null while there is nothing to say (Q6). */
export function lapseNotice(
  quota: Quota,
  lang: Language,
  now: number,
): { title: string; text: string } | null {
  const t = strings[lang]
  if (!lapsesSoon(quota, now)) return null
  return { title: t.lapse_title, text: t.lapse(formatFen(quota.available_fen), quota.year) }
}

/** What keeps 还可申领额度 below total less claimed, which the figures beside it would not explain. */
function limitNote(quota: Quota, lang: Language): string {
  const t = strings[lang]
  const unread = quota.budget.fen_max !== null && quota.budget_left_fen === null
  if (unread) return t.budget_unread
  const limit = tightest(quota)
  if (limit === 'holding') return t.holding_cap(formatFen(quota.holding.fen_max ?? 0))
  return limit === 'budget' ? t.budget_left : ''
}
