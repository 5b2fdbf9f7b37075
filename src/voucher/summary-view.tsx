/** What submitting would do in yuan, and the largest possible amount with its reason. */
import { formatFen, parseFen } from '../kernel/amount.ts'
import { regionName } from '../kernel/region.ts'
import type { Ctx } from '../platform/bindings.ts'
import { words } from '../platform/language.ts'
import { Consequence } from '../ui/notice.tsx'
import type { UseGround } from './ground.ts'
import { largestUse } from './contract-rules.ts'
import type { Largest } from './contract-rules.ts'
import type { Typed } from './use-rules.ts'
import { strings } from './use-strings.ts'

type SummaryProps = { c: Ctx; typed: Typed; ground: UseGround }

/** Fields that change the summary while somebody types. */
const INPUTS = ['key', 'carrier', 'contract_number', 'contract_amount', 'amount', 'booking']

/** Above 「提交申请」; with scripts it follows what is typed. */
export function UseSummary(props: SummaryProps) {
  return (
    <div
      aria-live="polite"
      id="use-summary"
      hx-get="/enterprise/use/summary"
      hx-trigger="input from:#use-form delay:400ms"
      hx-include={INPUTS.map((name) => `#use-form [name="${name}"]`).join(', ')}
      hx-target="#use-summary"
      hx-swap="innerHTML"
      hx-sync="this:replace"
    >
      <Outcome {...props} />
    </div>
  )
}

/** The fragment that replaces the summary and the hint beside the amount. */
export function SummaryFragment(props: SummaryProps) {
  return (
    <>
      <Outcome {...props} />
      <MostHint {...props} swap />
    </>
  )
}

function Outcome({ c, typed, ground }: SummaryProps) {
  const t = words(c, strings)
  const amount_fen = parseFen(typed['amount'] ?? '')
  const contract_fen = parseFen(typed['contract_amount'] ?? '')
  const left_fen = amount_fen === undefined ? undefined : ground.facts.available_fen - amount_fen
  const own_fen =
    amount_fen === undefined || contract_fen === undefined ? undefined : contract_fen - amount_fen
  const most = largestUse(contract_fen, ground.facts)
  const shown = (fen: number | undefined) => (fen === undefined ? t.summaryNone : formatFen(fen))
  return (
    <Consequence
      title={t.summary}
      rows={[
        { label: t.summaryAmount, value: shown(amount_fen), strong: true },
        { label: t.summaryOwn, value: shown(own_fen) },
        { label: t.summaryLeft, value: shown(left_fen) },
      ]}
    >
      {amount_fen === undefined ? <p class="hint">{t.summaryLead}</p> : null}
      {amount_fen !== undefined && amount_fen > most.fen ? (
        <p>
          <strong>{t.summaryTooMuch(formatFen(most.fen))}</strong>
        </p>
      ) : null}
    </Consequence>
  )
}

/** 最多 … : which limit binds, and who set it. */
export function MostHint({ c, typed, ground, swap }: SummaryProps & { swap?: boolean }) {
  const contract_fen = parseFen(typed['contract_amount'] ?? '')
  const most = largestUse(contract_fen, ground.facts)
  return (
    <span id="use-most" hx-swap-oob={swap ? 'true' : undefined}>
      {mostWords(c, most)}
      {contract_fen === undefined ? ratioWords(c, ground) : ''}
    </span>
  )
}

function mostWords(c: Ctx, { fen, bound, facts }: Largest): string {
  const t = words(c, strings).most
  const amount = formatFen(fen)
  const used_fen = Number(facts['used_fen'] ?? 0)
  const earlier = used_fen > 0 ? t.earlier(formatFen(used_fen)) : ''
  const set_by = facts['set_by'] ? t.setBy(regionName(String(facts['set_by']), c.var.lang)) : ''
  if (bound === 'available') return t.available(amount)
  if (bound === 'contract') {
    return t.contract(amount, formatFen(Number(facts['limit_fen']))) + set_by + earlier
  }
  const sum = formatFen(Number(facts['contract_fen']))
  return t.ratio(amount, Number(facts['percent']), sum) + set_by + earlier
}

/** Before a contract sum is known: the share that will bind too. */
function ratioWords(c: Ctx, ground: UseGround): string {
  const percent = ground.policy.ratio_percent.value
  return percent === null ? '' : words(c, strings).most.before(percent)
}
