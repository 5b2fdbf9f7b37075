/**
 * Whether a use may be made (SPEC U2). No bureau looks at it before the money is held, so every
 * rule is decided here, all at once, each refusal beside the field it is about.
 */
import { isAmount, parseFen } from '../kernel/amount.ts'
import { dayStartsAt } from '../kernel/clock.ts'
import type { Facts } from '../kernel/outcome.ts'
import type { Payee } from '../ledger/rules.ts'
import type { Policy } from '../policy/rules.ts'
import { contractDays, largestUse } from './contract-rules.ts'
import type { Bound } from './contract-rules.ts'
import { readInvoice } from './rules.ts'
import type { Paper } from './rules.ts'

/** The form as typed: field name → text, '' where empty. Days are YYYY-MM-DD, money is yuan. */
export type Typed = Readonly<Record<string, string>>

/** Fields of the form, in the order they stand on it; messages are listed in this order too. */
export const USE_FIELDS = [
  'form',
  'carrier',
  'service',
  'category',
  'contract_name',
  'contract_number',
  'contract_amount',
  'contract_day',
  'starts_day',
  'ends_day',
  'amount',
  'contact',
  'payee',
  'paper_contract',
  'paper_invoice',
  'paper_result',
  'paper_other',
  'invoice_code',
  'invoice_number',
  'commitment',
] as const
export type UseField = (typeof USE_FIELDS)[number]

/** What a draft keeps: all fields but the files, and what was chosen in the register. */
export const DRAFT_FIELDS = [
  'booking',
  ...USE_FIELDS.filter((name) => name !== 'form' && !name.startsWith('paper_')),
] as const

/** Longest text of one field, in characters. */
export const TEXT_MAX = 100

export type UseCode =
  | 'not_registered'
  | 'booking_required'
  | 'booking_taken'
  | 'carrier_missing'
  | 'carrier_not_active'
  | 'related_credit_code'
  | 'related_legal_representative'
  | 'service_missing'
  | 'service_not_allowed'
  | 'category_missing'
  | 'category_not_allowed'
  | 'text_missing'
  | 'text_too_long'
  | 'amount_missing'
  | 'amount_unreadable'
  | 'amount_not_positive'
  | 'day_missing'
  | 'day_unreadable'
  | 'contract_in_future'
  | 'contract_before_policy'
  | 'contract_after_policy'
  | 'ends_before_start'
  | 'exceeds_available'
  | 'exceeds_ratio'
  | 'exceeds_contract_max'
  | 'payee_missing'
  | 'payee_not_allowed'
  | 'paper_missing'
  | 'papers_too_many'
  | 'invoice_number_missing'
  | 'invoice_code_unreadable'
  | 'invoice_number_unreadable'
  | 'invoice_already_used'
  | 'commitment_missing'

export type UseRefusal = { field: UseField; code: UseCode; facts: Facts }

type Party = { uscc: string; legal_representative: string }

/** What the rules need beside the form. `same_contract_fen` is what `sameContract` adds up. */
export type UseFacts = {
  registered: Party | null
  available_fen: number
  policy: Policy
  carrier: (Party & { state: 'active' | 'suspended' }) | null
  /** A service of this carrier, or the instrument that was booked. */
  service: { category: string } | null
  booked: boolean
  same_contract_fen: number
  papers: readonly Pick<Paper, 'kind'>[]
  papers_max: number
  /** YYYY-MM-DD in Asia/Shanghai. */
  today: string
}

/** Everything that speaks against this use, in the order of the form; empty where nothing does. */
export function decideUse(typed: Typed, facts: UseFacts): UseRefusal[] {
  const refusals = [
    ...standing(facts),
    ...parties(facts),
    ...category(typed, facts.policy),
    ...text('contract_name', typed),
    ...text('contract_number', typed),
    ...money('contract_amount', typed),
    ...contractDay(typed, facts),
    ...days(typed),
    ...amount(typed, facts),
    ...text('contact', typed),
    ...payee(typed, facts.policy),
    ...paper(facts),
    ...invoice(typed),
  ]
  if (!typed['commitment']) refusals.push(no('commitment', 'commitment_missing'))
  return refusals
}

function no(field: UseField, code: UseCode, facts: Facts = {}): UseRefusal {
  return { field, code, facts }
}

function standing({ registered, policy, booked }: UseFacts): UseRefusal[] {
  if (!registered) return [no('form', 'not_registered')]
  if (policy.online_booking_required && !booked) return [no('form', 'booking_required')]
  return []
}

function parties({ registered, carrier, service, policy }: UseFacts): UseRefusal[] {
  if (!carrier) return [no('carrier', 'carrier_missing')]
  if (carrier.state !== 'active') return [no('carrier', 'carrier_not_active')]
  if (registered?.uscc === carrier.uscc) return [no('carrier', 'related_credit_code')]
  if (registered && samePerson(registered, carrier)) {
    return [no('carrier', 'related_legal_representative')]
  }
  if (!service) return [no('service', 'service_missing')]
  if (policy.categories.includes(service.category)) return []
  return [no('service', 'service_not_allowed', { category: service.category })]
}

function samePerson(one: Party, other: Party): boolean {
  const plain = (party: Party) => party.legal_representative.normalize('NFKC').replace(/\s/g, '')
  return plain(one) !== '' && plain(one) === plain(other)
}

function category(typed: Typed, policy: Policy): UseRefusal[] {
  const chosen = typed['category'] ?? ''
  if (chosen === '') return [no('category', 'category_missing')]
  return policy.categories.includes(chosen) ? [] : [no('category', 'category_not_allowed')]
}

function text(field: UseField, typed: Typed): UseRefusal[] {
  const value = (typed[field] ?? '').trim()
  if (value === '') return [no(field, 'text_missing')]
  return [...value].length > TEXT_MAX ? [no(field, 'text_too_long', { max: TEXT_MAX })] : []
}

function money(field: UseField, typed: Typed): UseRefusal[] {
  const value = (typed[field] ?? '').trim()
  if (value === '') return [no(field, 'amount_missing')]
  const fen = parseFen(value)
  if (fen === undefined) return [no(field, 'amount_unreadable')]
  return isAmount(fen) ? [] : [no(field, 'amount_not_positive')]
}

function day(field: UseField, typed: Typed): UseRefusal[] {
  const value = typed[field] ?? ''
  if (value === '') return [no(field, 'day_missing')]
  return dayStartsAt(value) === undefined ? [no(field, 'day_unreadable')] : []
}

function contractDay(typed: Typed, { policy, today }: UseFacts): UseRefusal[] {
  const wrong = day('contract_day', typed)
  if (wrong.length > 0) return wrong
  const signed = typed['contract_day'] ?? ''
  const { from, until } = contractDays(policy)
  if (signed > today) return [no('contract_day', 'contract_in_future')]
  if (signed < from) return [no('contract_day', 'contract_before_policy', { from })]
  return signed > until ? [no('contract_day', 'contract_after_policy', { until })] : []
}

function days(typed: Typed): UseRefusal[] {
  const wrong = [...day('starts_day', typed), ...day('ends_day', typed)]
  if (wrong.length > 0) return wrong
  const { starts_day = '', ends_day = '' } = typed
  return starts_day > ends_day ? [no('ends_day', 'ends_before_start')] : []
}

const BOUND_CODES = {
  available: 'exceeds_available',
  ratio: 'exceeds_ratio',
  contract: 'exceeds_contract_max',
} as const satisfies Record<Bound, UseCode>

function amount(typed: Typed, facts: UseFacts): UseRefusal[] {
  const wrong = money('amount', typed)
  if (wrong.length > 0) return wrong
  const most = largestUse(parseFen(typed['contract_amount'] ?? ''), facts)
  if ((parseFen(typed['amount'] ?? '') ?? 0) <= most.fen) return []
  return [no('amount', BOUND_CODES[most.bound], { largest_fen: most.fen, ...most.facts })]
}

function payee(typed: Typed, policy: Policy): UseRefusal[] {
  const chosen = payeeOf(typed, policy)
  if (!chosen) return [no('payee', 'payee_missing')]
  return policy.payees.includes(chosen) ? [] : [no('payee', 'payee_not_allowed')]
}

/** The payee chosen, or the only kind that the bureau issues. */
export function payeeOf(typed: Typed, policy: Pick<Policy, 'payees'>): Payee | undefined {
  const chosen = typed['payee']
  if (chosen === 'carrier' || chosen === 'enterprise') return chosen
  return policy.payees.length === 1 ? policy.payees[0] : undefined
}

function paper({ policy, papers, papers_max }: UseFacts): UseRefusal[] {
  const attached = new Set(papers.map((one) => one.kind))
  const missing = policy.papers_at_use.filter((kind) => !attached.has(kind))
  const refusals = missing.map((kind) => no(`paper_${kind}`, 'paper_missing', { kind }))
  if (papers.length > papers_max) {
    refusals.push(no('paper_contract', 'papers_too_many', { max: papers_max }))
  }
  return refusals
}

function invoice(typed: Typed): UseRefusal[] {
  const read = readInvoice(typed['invoice_code'] ?? '', typed['invoice_number'] ?? '')
  if (read.ok) return []
  if (read.code === 'invoice_code_unreadable') return [no('invoice_code', read.code)]
  return [no('invoice_number', read.code)]
}
