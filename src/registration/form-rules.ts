/**
 * The fields of 实名注册: how what was typed is read, and what is wrong with it (SPEC G1). A draft may
 * be incomplete, so only lengths bind it; a submission must pass everything.
 */
import type { Account } from '../kernel/actor.ts'
import { dayStartsAt } from '../kernel/clock.ts'
import { findRegion } from '../kernel/region.ts'
import { isUscc, normalUscc } from '../kernel/uscc.ts'
import { FIELDS, REQUIRED, formOf } from './rules.ts'
import type { Field, Registration, RegistrationForm } from './rules.ts'

export type Problem =
  | 'required'
  | 'too_short'
  | 'too_long'
  | 'not_a_uscc'
  | 'not_own_uscc'
  | 'uscc_held_by_another'
  | 'not_a_mobile'
  | 'not_a_city'
  | 'not_a_county'
  | 'county_outside_city'
  | 'name_in_force'
  | 'county_in_force'
  | 'not_a_day'
  | 'day_to_come'
  | 'not_a_count'
  | 'not_an_email'
  | 'not_a_bank_account'

/** At most one problem a field. */
export type Problems = Partial<Readonly<Record<Field, Problem>>>

/** Characters a field may hold. */
export const LENGTH_MAX: Readonly<Record<Field, number>> = {
  name: 100,
  uscc: 18,
  legal_representative: 50,
  agent: 50,
  agent_phone: 11,
  city: 6,
  county: 6,
  address: 200,
  industry: 50,
  established: 10,
  staff_count: 7,
  email: 100,
  bank: 100,
  bank_account: 32,
}

const NO_SPACES: readonly Field[] = ['agent_phone', 'staff_count', 'email', 'bank_account']

/**
 * What was typed, as it is kept and compared: trimmed, full-width figures made plain, spaces and
 * dashes taken out of numbers. Fields that were not sent are ''.
 */
export function readRegistration(typed: Readonly<Record<string, string>>): RegistrationForm {
  const read = (field: Field): string => {
    const text = (typed[field] ?? '').trim()
    if (field === 'uscc') return normalUscc(text)
    if (!NO_SPACES.includes(field)) return text.replace(/\s+/g, ' ')
    const plain = text.normalize('NFKC').replace(/\s/g, '')
    if (field === 'agent_phone') return plain.replaceAll('-', '').replace(/^(\+|00)86/, '')
    return field === 'bank_account' ? plain.replaceAll('-', '') : plain
  }
  return Object.fromEntries(FIELDS.map((field) => [field, read(field)])) as RegistrationForm
}

/** What an open form starts from: the newest version, else what the portal knows (SPEC G1). */
export function formToFill({ latest }: Registration, account: Account): RegistrationForm {
  if (latest) return formOf(latest)
  return readRegistration({
    name: account.unit ?? '',
    uscc: account.uscc ?? '',
    legal_representative: account.legalRepresentative ?? '',
    agent: account.name,
    agent_phone: account.phone ?? '',
  })
}

/** What stops a draft from being kept: only what is longer than its field. */
export function checkDraft(form: RegistrationForm): Problems {
  return collect(FIELDS, (field) => (form[field].length > LENGTH_MAX[field] ? 'too_long' : null))
}

/**
 * What a submission is held against: the signed-in legal person's credit code (null where the
 * portal gave none), whether another enterprise is registered under the typed one, the version in
 * force, and today's day.
 */
export type Against = {
  own_uscc: string | null
  held: boolean
  approved: RegistrationForm | null
  today: string
}

/** What stops a submission, field by field. */
export function checkSubmission(form: RegistrationForm, against: Against): Problems {
  return collect(FIELDS, (field) => {
    const text = form[field]
    if (text === '') return REQUIRED.includes(field) ? 'required' : null
    if (text.length > LENGTH_MAX[field] && field !== 'uscc' && field !== 'agent_phone') {
      return 'too_long'
    }
    return CHECKS[field]?.(text, form, against) ?? null
  })
}

type Check = (text: string, form: RegistrationForm, against: Against) => Problem | null

const atLeastTwo: Check = (text) => (text.length < 2 ? 'too_short' : null)

const CHECKS: Partial<Record<Field, Check>> = {
  name: (text, _, { approved }) => {
    if (text.length < 4) return 'too_short'
    return approved && approved.name !== text ? 'name_in_force' : null
  },
  uscc: (text, _, { own_uscc, held }) => {
    if (!isUscc(text)) return 'not_a_uscc'
    if (text !== own_uscc) return 'not_own_uscc'
    return held ? 'uscc_held_by_another' : null
  },
  legal_representative: atLeastTwo,
  agent: atLeastTwo,
  agent_phone: (text) => (/^1[3-9]\d{9}$/.test(text) ? null : 'not_a_mobile'),
  city: (text) => (findRegion(text)?.level === 2 ? null : 'not_a_city'),
  county: (text, { city }, { approved }) => {
    const county = findRegion(text)
    if (county?.level !== 3) return 'not_a_county'
    if (findRegion(city)?.level === 2 && county.parent !== city) return 'county_outside_city'
    return approved && approved.county !== text ? 'county_in_force' : null
  },
  established: (text, _, { today }) => {
    if (dayStartsAt(text) === undefined) return 'not_a_day'
    return text > today ? 'day_to_come' : null
  },
  staff_count: (text) => (/^\d{1,7}$/.test(text) ? null : 'not_a_count'),
  email: (text) => (/^[^@\s]+@[^@\s.]+(\.[^@\s.]+)+$/.test(text) ? null : 'not_an_email'),
  bank_account: (text) => (/^\d{8,32}$/.test(text) ? null : 'not_a_bank_account'),
}

function collect(fields: readonly Field[], check: (field: Field) => Problem | null): Problems {
  const found = fields.flatMap((field) => {
    const problem = check(field)
    return problem ? [[field, problem] as const] : []
  })
  return Object.fromEntries(found)
}

/** What the government registry says, as far as the form asks it. */
export type RegistryFacts = {
  uscc: string
  name: string
  legal_representative: string
  address: string
  /** GB/T 2260 code. */
  county: string
  /** YYYY-MM-DD. */
  established: string
  industry: string
  employees?: number | null | undefined
}

/** The registry's values of the fields it knows; what it leaves empty is left out. */
export function registryForm(facts: RegistryFacts): Partial<RegistrationForm> {
  const county = findRegion(facts.county)
  const place = county?.level === 3 ? { city: county.parent ?? '', county: county.code } : {}
  const known = {
    name: facts.name,
    uscc: facts.uscc,
    legal_representative: facts.legal_representative,
    ...place,
    address: facts.address,
    industry: facts.industry,
    established: facts.established,
    staff_count:
      facts.employees === null || facts.employees === undefined ? '' : String(facts.employees),
  }
  return Object.fromEntries(
    Object.entries(readRegistration(known)).filter(([, text]) => text !== ''),
  )
}

export type Difference = { field: Field; now: string; registry: string }

/** Where form and registry differ. What is in force (`locked`) is left alone. */
export function differences(
  form: RegistrationForm,
  registry: Partial<RegistrationForm>,
  locked: readonly Field[] = [],
): Difference[] {
  return FIELDS.flatMap((field) => {
    const theirs = registry[field]
    if (theirs === undefined || theirs === form[field] || locked.includes(field)) return []
    return [{ field, now: form[field], registry: theirs }]
  })
}
