/**
 * Policy of a region and year (SPEC K2, Q3): each parameter is 继承 (absent), 不限 ('unlimited') or a
 * value, resolved county → city → province. Pure; the time and the rows are arguments.
 */
import { chainOf } from '../kernel/region.ts'
import type { Cap, Payee } from '../ledger/rules.ts'

export type Bureau = { region: string; name: string }

/** The four service categories of the scheme, stored in Chinese. */
export const CATEGORIES = ['检验检测', '研发设计', '技术咨询', '仪器共享'] as const

export type PaperKind = 'contract' | 'invoice' | 'result' | 'other'
export type RedemptionPaper = PaperKind | 'invoice_number'

/** A parameter that limits: the value, or 不限. Absent from PolicyParams means 继承. */
export type Limit<T> = T | 'unlimited'

/** What one bureau sets for one year; whole fen, whole percent, days YYYY-MM-DD. */
export type PolicyParams = {
  claim_total_fen?: Limit<number>
  claim_single_fen?: Limit<number>
  holding_fen?: Limit<number>
  budget_fen?: Limit<number>
  contract_fen?: Limit<number>
  ratio_percent?: Limit<number>
  confirm_days?: Limit<number>
  contract_from?: Limit<string>
  contract_until?: Limit<string>
  categories?: Limit<readonly string[]>
  payees?: readonly Payee[]
  online_booking_required?: boolean
  papers_at_use?: readonly PaperKind[]
  papers_at_redemption?: readonly RedemptionPaper[]
  commitment?: string
}

export type Parameter = keyof PolicyParams

/** Every parameter in the order the bureau reads them. */
export const PARAMETERS: readonly Parameter[] = [
  'claim_total_fen',
  'claim_single_fen',
  'holding_fen',
  'budget_fen',
  'ratio_percent',
  'contract_fen',
  'categories',
  'payees',
  'online_booking_required',
  'papers_at_use',
  'papers_at_redemption',
  'confirm_days',
  'contract_from',
  'contract_until',
  'commitment',
]

/** One policy row as resolved: whose it is and what it sets. */
export type PolicyRow = { region: string; bureau: string; version: number; params: PolicyParams }

/** Who set a parameter; null where nobody did. */
export type Origin = { region: string; bureau: string; version: number }

/** A limiting value with the region that set it; `value` null does not limit. */
export type Setting<T> = { value: T | null; set_by: string | null }

/**
 * The policy in force. `Cap.fen_max` and `Setting.value` are null where nothing limits; `set_by` is
 * a region code. `origins` says for every parameter which bureau decided it.
 */
export type Policy = {
  region: string
  year: number
  claim_total: Cap
  claim_single: Cap
  holding: Cap
  budget: Cap
  /** Largest voucher per contract, fen. */
  contract: Cap
  /** Largest share of the contract sum, percent. */
  ratio_percent: Setting<number>
  /** First and last day on which a contract may be signed. */
  contract_from: Setting<string>
  contract_until: Setting<string>
  payees: readonly Payee[]
  online_booking_required: boolean
  papers_at_use: readonly PaperKind[]
  papers_at_redemption: readonly RedemptionPaper[]
  /** Days the carrier has to confirm; null sets no deadline. */
  confirm_days: number | null
  categories: readonly string[]
  /** `version` is a hash of the text: the same words are the same version. '' where none is set. */
  commitment: { text: string; version: string }
  origins: Readonly<Record<Parameter, Origin | null>>
}

export type ClaimCaps = { total: Cap; single: Cap; holding: Cap }

/** The three caps a claim command carries (SPEC Q3). */
export function claimCaps(policy: Policy): ClaimCaps {
  return { total: policy.claim_total, single: policy.claim_single, holding: policy.holding }
}

/**
 * Resolves the rows that are in force (at most one per region) for a region: the nearest row of the
 * chain county → city → province that sets a parameter decides it, 不限 included.
 */
export function resolvePolicy(
  region: string,
  year: number,
  rows: readonly PolicyRow[],
  commitmentVersion: (text: string) => string,
): Policy {
  const chain = chainOf(region).flatMap(({ code }) => rows.filter((row) => row.region === code))
  const row = <P extends Parameter>(name: P) =>
    chain.find(({ params }) => params[name] !== undefined)
  const value = <P extends Parameter>(name: P) => row(name)?.params[name]
  const cap = (name: FenParameter): Cap => {
    const found = limited(value(name), row(name))
    return { fen_max: found.value, set_by: found.set_by }
  }
  const text = value('commitment') ?? ''
  return {
    region,
    year,
    claim_total: cap('claim_total_fen'),
    claim_single: cap('claim_single_fen'),
    holding: cap('holding_fen'),
    budget: cap('budget_fen'),
    contract: cap('contract_fen'),
    ratio_percent: limited(value('ratio_percent'), row('ratio_percent')),
    contract_from: limited(value('contract_from'), row('contract_from')),
    contract_until: limited(value('contract_until'), row('contract_until')),
    payees: value('payees') ?? ['carrier', 'enterprise'],
    online_booking_required: value('online_booking_required') ?? false,
    papers_at_use: value('papers_at_use') ?? [],
    papers_at_redemption: value('papers_at_redemption') ?? [],
    confirm_days: limited(value('confirm_days'), undefined).value,
    categories: limited(value('categories'), undefined).value ?? CATEGORIES,
    commitment: { text, version: text ? commitmentVersion(text) : '' },
    origins: originsOf(chain),
  }
}

type FenParameter =
  'claim_total_fen' | 'claim_single_fen' | 'holding_fen' | 'budget_fen' | 'contract_fen'

function limited<T>(value: Limit<T> | undefined, row: PolicyRow | undefined): Setting<T> {
  if (value === undefined) return { value: null, set_by: null }
  return { value: value === 'unlimited' ? null : value, set_by: row?.region ?? null }
}

function originsOf(chain: readonly PolicyRow[]): Record<Parameter, Origin | null> {
  const origin = (name: Parameter): Origin | null => {
    const row = chain.find(({ params }) => params[name] !== undefined)
    return row ? { region: row.region, bureau: row.bureau, version: row.version } : null
  }
  return Object.fromEntries(PARAMETERS.map((name) => [name, origin(name)])) as Record<
    Parameter,
    Origin | null
  >
}

/** The bureau that answers for a county: its own, else its city's, else the province's. */
export function bureauOfChain(county: string, bureaus: readonly Bureau[]): Bureau | undefined {
  return chainOf(county)
    .flatMap(({ code }) => bureaus.filter((bureau) => bureau.region === code))
    .at(0)
}
