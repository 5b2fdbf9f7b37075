/** What claiming or handing back an amount changes, in yuan; with scripts it follows the typing. */
import type { Child } from 'hono/jsx'
import { formatFen } from '../kernel/amount.ts'
import type { Ctx } from '../platform/bindings.ts'
import { words } from '../platform/language.ts'
import { AmountField } from '../ui/form.tsx'
import { Consequence } from '../ui/notice.tsx'
import { largestClaim, readAmount } from './rules.ts'
import type { Quota } from './rules.ts'
import { strings } from './effect-strings.ts'

type EffectProps = { c: Ctx; quota: Quota; typed: string }

/** Beneath 「申领金额」. */
export function ClaimEffect({ c, quota, typed }: EffectProps) {
  const t = words(c, strings)
  const { available_fen, claimed_fen, remaining_fen, year } = quota
  const { change, over } = changeOf(c, typed, largestClaim(quota))
  return (
    <Consequence
      title={t.claim}
      rows={[
        { label: t.available, value: change(available_fen, 1), strong: true },
        { label: t.claimed, value: change(claimed_fen, 1) },
        {
          label: t.remaining,
          value: remaining_fen === null ? t.no_limit : change(remaining_fen, -1),
        },
      ]}
    >
      {over}
      <p>{t.claim_note(year)}</p>
    </Consequence>
  )
}

/** Beneath 「退回金额」. */
export function HandBackEffect({ c, quota, typed }: EffectProps) {
  const t = words(c, strings)
  const { change, over } = changeOf(c, typed, quota.available_fen)
  return (
    <Consequence
      title={t.hand_back}
      rows={[
        { label: t.available, value: change(quota.available_fen, -1), strong: true },
        { label: t.claimed, value: change(quota.claimed_fen, -1) },
      ]}
    >
      {over}
      <p>{t.hand_back_note}</p>
    </Consequence>
  )
}

type Change = { change: (fen: number, sign: 1 | -1) => string; over: Child }

/** From figure to figure for an amount that can pass, in words for any other. */
function changeOf(c: Ctx, typed: string, largest_fen: number | null): Change {
  const t = words(c, strings)
  const amount = readAmount(typed)
  const passes = amount.ok && (largest_fen === null || amount.value <= largest_fen)
  if (passes) {
    const change = (fen: number, sign: 1 | -1) =>
      t.becomes(formatFen(fen), formatFen(fen + sign * amount.value))
    return { change, over: null }
  }
  const change = (fen: number, sign: 1 | -1) =>
    sign === 1 ? t.plus(formatFen(fen)) : t.minus(formatFen(fen))
  const over =
    amount.ok && largest_fen !== null ? (
      <p>
        <strong>{t.over(formatFen(largest_fen))}</strong>
      </p>
    ) : null
  return { change, over }
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
