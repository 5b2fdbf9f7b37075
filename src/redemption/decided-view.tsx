/** After a decision: what it was, where the money goes, and what happens next (SPEC D4, D6). */
import { formatFen } from '../kernel/amount.ts'
import type { Redemption, Voucher } from '../ledger/rules.ts'
import type { Ctx } from '../platform/bindings.ts'
import { words } from '../platform/language.ts'
import { Buttons, LinkButton } from '../ui/form.tsx'
import { SummaryList } from '../ui/list.tsx'
import { Panel } from '../ui/notice.tsx'
import { reviewPath } from './desk-view.tsx'
import { DESK } from './filter-view.tsx'
import { effectOf } from './rules.ts'
import { reviewStrings } from './review-strings.ts'

type DecidedProps = {
  c: Ctx
  voucher: Voucher
  redemption: Redemption
  /** The one that has waited longest beside this. */
  next: Voucher | undefined
}

export function DecidedPage({ c, voucher, redemption, next }: DecidedProps) {
  const t = words(c, reviewStrings)
  const { state, reason } = redemption
  if (state !== 'approved' && state !== 'returned' && state !== 'rejected') return null
  return (
    <>
      <Panel title={t.decidedTitle[state]} reference={voucher.number} />
      <SummaryList
        rows={[
          ...moneyRows(c, voucher, redemption),
          ...(reason ? [{ label: t.decidedReason, value: reason }] : []),
        ]}
      />
      <p>{t.decidedNext[state]}</p>
      <Buttons>
        {next ? <LinkButton href={reviewPath(next)}>{t.nextOne(next.number)}</LinkButton> : null}
        <LinkButton href={DESK} tone="secondary">
          {t.back}
        </LinkButton>
      </Buttons>
    </>
  )
}

function moneyRows(c: Ctx, voucher: Voucher, { state, paid_fen, decided_at }: Redemption) {
  const t = words(c, reviewStrings)
  if (state === 'returned') {
    const value = t.effectReturnTo(formatFen(voucher.amount_fen))
    return [{ label: t.columns.amount, value }]
  }
  const effect = effectOf(voucher, paid_fen ?? 0, decided_at ?? c.var.now)
  const amount = formatFen(effect.freed_fen)
  const rest = effect.lapses ? t.toLapse(amount, effect.year) : t.toQuota(amount, effect.year)
  return [
    { label: t.columns.amount, value: formatFen(voucher.amount_fen) },
    ...(state === 'approved' ? [{ label: t.decidedPaid, value: formatFen(effect.paid_fen) }] : []),
    { label: t.decidedRest, value: effect.freed_fen > 0 ? rest : t.effectNothing },
  ]
}
