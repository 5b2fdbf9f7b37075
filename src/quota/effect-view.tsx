/** What claiming or handing back an amount changes, in yuan; with scripts it follows the typing. */
import type { Child } from 'hono/jsx'
import { formatFen } from '../kernel/amount.ts'
import type { Ctx } from '../platform/bindings.ts'
import { words } from '../platform/language.ts'
import { AmountField } from '../ui/form.tsx'
import { Consequence } from '../ui/notice.tsx'
import type { ConsequenceRow } from '../ui/notice.tsx'
import { largestClaim, readAmount } from './rules.ts'
import type { Quota } from './rules.ts'
import { strings } from './effect-strings.ts'

type EffectProps = { c: Ctx; quota: Quota; typed: string }

/** Beneath 「申领金额」. */
export function ClaimEffect({ c, quota, typed }: EffectProps) {
  const t = words(c, strings)
  const { available_fen, claimed_fen, remaining_fen, year } = quota
  const change = changeOf(c, typed)
  return (
    <Effect
      {...{ c, typed, title: t.claim, note: t.claim_note(year) }}
      largest_fen={largestClaim(quota)}
      rows={[
        { label: t.available, value: change(available_fen, 1), strong: true },
        { label: t.claimed, value: change(claimed_fen, 1) },
        {
          label: t.remaining,
          value: remaining_fen === null ? t.no_limit : change(remaining_fen, -1),
        },
      ]}
    />
  )
}

/** Beneath 「退回金额」. */
export function HandBackEffect({ c, quota, typed }: EffectProps) {
  const t = words(c, strings)
  const change = changeOf(c, typed)
  return (
    <Effect
      {...{ c, typed, title: t.hand_back, note: t.hand_back_note }}
      largest_fen={quota.available_fen}
      rows={[
        { label: t.available, value: change(quota.available_fen, -1), strong: true },
        { label: t.claimed, value: change(quota.claimed_fen, -1) },
      ]}
    />
  )
}

type BoxProps = {
  c: Ctx
  typed: string
  title: string
  note: string
  rows: readonly ConsequenceRow[]
  largest_fen: number | null
}

/** The rows, or only the most that is possible where the amount is more. */
function Effect({ c, typed, title, note, rows, largest_fen }: BoxProps) {
  const t = words(c, strings)
  const amount = readAmount(typed)
  const over = amount.ok && largest_fen !== null && amount.value > largest_fen
  const most = { label: t.most, value: formatFen(largest_fen ?? 0), strong: true }
  return (
    <Consequence title={title} rows={over ? [most] : rows}>
      <p>{over ? t.over : note}</p>
    </Consequence>
  )
}

/** From figure to figure for an amount that can be read, in words for any other. */
function changeOf(c: Ctx, typed: string): (fen: number, sign: 1 | -1) => string {
  const t = words(c, strings)
  const amount = readAmount(typed)
  return (fen, sign) => {
    if (amount.ok) return t.becomes(formatFen(fen), formatFen(fen + sign * amount.value))
    return sign === 1 ? t.plus(formatFen(fen)) : t.minus(formatFen(fen))
  }
}

type AmountProps = {
  /** The address that answers the effect of `?amount=`. */
  effect: string
  label: string
  hint: string
  value: string | undefined
  error: string | undefined
  children: Child
}

/** The amount with its effect beneath it. */
export function AmountWithEffect({ effect, children, ...field }: AmountProps) {
  return (
    <>
      <div
        hx-get={effect}
        hx-trigger="input delay:300ms"
        hx-include="#field-amount"
        hx-target="#effect"
        hx-swap="innerHTML"
        hx-sync="this:replace"
      >
        <AmountField name="amount" {...field} required />
      </div>
      <div id="effect" aria-live="polite">
        {children}
      </div>
    </>
  )
}
