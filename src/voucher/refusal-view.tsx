/** Refusals of a use as messages beside their fields. */
import { formatFen } from '../kernel/amount.ts'
import { categoryWord } from '../catalogue/client.ts'
import { isCategory } from '../catalogue/rules.ts'
import type { Facts } from '../kernel/outcome.ts'
import type { Ctx } from '../platform/bindings.ts'
import type { Errors } from '../platform/form.ts'
import { words } from '../platform/language.ts'
import { strings } from './refusal-strings.ts'
import { strings as terms } from './strings.ts'
import type { UseField, UseRefusal } from './use-rules.ts'

/** One message a field: the first refusal of each counts. */
export function errorsOf(c: Ctx, refusals: readonly UseRefusal[]): Errors {
  const errors: Record<string, string> = {}
  for (const refusal of refusals) errors[refusal.field] ??= messageOf(c, refusal)
  return errors
}

function messageOf(c: Ctx, { code, field, facts }: UseRefusal): string {
  return words(c, strings)[code]({ ...shown(c, facts), label: labelOf(c, field) })
}

function shown(c: Ctx, facts: Facts): Record<string, string> {
  const category = String(facts['category'] ?? '')
  return {
    ...Object.fromEntries(Object.entries(facts).map(([name, fact]) => [name, String(fact)])),
    largest: formatFen(Number(facts['largest_fen'] ?? 0)),
    limit: formatFen(Number(facts['limit_fen'] ?? 0)),
    category: isCategory(category) ? categoryWord(category, c.var.lang) : category,
  }
}

/** The visible label of a field; the form as a whole has none. */
function labelOf(c: Ctx, field: UseField): string {
  const w = words(c, terms)
  const { contract, invoice, result, other } = w.paperKinds
  const labels: Partial<Record<UseField, string>> = {
    ...w,
    amount: w.use_amount,
    paper_contract: contract,
    paper_invoice: invoice,
    paper_result: result,
    paper_other: other,
  }
  return labels[field] ?? ''
}
