/**
 * 实名注册 (SPEC G1, G2): the form, the states of a version and of a registration, and who may do
 * what. Pure: refusals are named, messages live in strings.ts.
 */
import { dayOf } from '../kernel/clock.ts'
import { follow } from '../kernel/moves.ts'
import type { Moves } from '../kernel/moves.ts'
import { accept, refuse } from '../kernel/outcome.ts'
import type { Outcome } from '../kernel/outcome.ts'

/** Every field of the form in the order it is asked. */
export const FIELDS = [
  'name',
  'uscc',
  'legal_representative',
  'agent',
  'agent_phone',
  'city',
  'county',
  'address',
  'industry',
  'established',
  'staff_count',
  'email',
  'bank',
  'bank_account',
] as const
export type Field = (typeof FIELDS)[number]

export const REQUIRED = FIELDS.slice(0, 7) as readonly Field[]

/** Text as typed, '' where empty; city and county are GB/T 2260 codes. */
export type RegistrationForm = Readonly<Record<Field, string>>

/** The fields of the form alone. */
export function formOf(row: RegistrationForm): RegistrationForm {
  return Object.fromEntries(FIELDS.map((field) => [field, row[field]])) as RegistrationForm
}

/** 草稿 待审核 审核通过 退回修改 不通过 */
export type VersionState = 'draft' | 'waiting' | 'approved' | 'returned' | 'rejected'
export type Verdict = 'approved' | 'returned' | 'rejected'

/** The registration as a whole: 'none' before the first save, the last three by the bureau (G4). */
export type RegistrationState = 'none' | VersionState | 'suspended' | 'moved' | 'cancelled'

/** A person who did something: account id and the name to show. */
export type Person = { account: string; name: string }

/** One version with all that happened to it; instants are epoch ms. */
export type RegistrationVersion = RegistrationForm & {
  id: string
  enterprise: string
  /** 1, 2, 3 … within the enterprise. */
  number: number
  state: VersionState
  saved_at: number
  saved_by: Person
  submitted_at: number | null
  submitted_by: Person | null
  /** Region of the bureau it was sent to. */
  bureau: string | null
  decided_at: number | null
  decided_by: Person | null
  reason: string | null
}

/**
 * `state` is what counts: approved once a version was, whatever a later 变更 does; else the newest
 * version's. `latest` is the newest version, `approved` the newest approved one.
 */
export type Registration = {
  state: RegistrationState
  latest: RegistrationVersion | null
  approved: RegistrationVersion | null
}

/** Versions newest first → the registration as it counts. */
export function registrationFrom(versions: readonly RegistrationVersion[]): Registration {
  const latest = versions[0] ?? null
  const approved = versions.find((version) => version.state === 'approved') ?? null
  return { state: approved ? 'approved' : (latest?.state ?? 'none'), latest, approved }
}

/**
 * A registration with its history, newest first, the names of the bureaus by region, and how long
 * the bureau that has it took lately, ms, null where unknown.
 */
export type Shown = {
  registration: Registration
  versions: readonly RegistrationVersion[]
  names: ReadonlyMap<string, string>
  average_ms: number | null
}

/** The newest version that was submitted, '' for none: what an open form builds on. */
export function baseOf(versions: readonly RegistrationVersion[]): string {
  return versions.find((version) => version.state !== 'draft')?.id ?? ''
}

/** The form as saved: by whom and when, epoch ms. */
export type NewVersion = {
  id: string
  enterprise: string
  number: number
  form: RegistrationForm
  at: number
  by: Person
}

/** 提交 of a version to a bureau's region. */
export type NewSubmission = { version: string; bureau: string; at: number; by: Person }

/** The verdict of a bureau's region on a submitted version. */
export type NewReview = {
  version: string
  enterprise: string
  uscc: string
  verdict: Verdict
  reason: string | null
  bureau: string
  at: number
  by: Person
}

export type Move = 'save' | 'submit' | 'approve' | 'return' | 'reject'

/** Moves of the newest version; saving or submitting a decided one opens the next version. */
export const MOVES: Moves<'none' | VersionState, Move> = {
  save: {
    none: 'draft',
    draft: 'draft',
    returned: 'draft',
    rejected: 'draft',
    approved: 'draft',
  },
  submit: {
    none: 'waiting',
    draft: 'waiting',
    returned: 'waiting',
    rejected: 'waiting',
    approved: 'waiting',
  },
  approve: { waiting: 'approved' },
  return: { waiting: 'returned' },
  reject: { waiting: 'rejected' },
}

/** True where the enterprise may save and submit: always, except under review. */
export function isOpen(state: 'none' | VersionState): boolean {
  return follow(MOVES, state, 'save') !== undefined
}

/** Characters of a reason. */
export const REASON_MAX = 500

/** The verdict a button sends; undefined for anything else. */
export function readVerdict(typed: string | undefined): Verdict | undefined {
  return (['approved', 'returned', 'rejected'] as const).find((verdict) => verdict === typed)
}

export type ReviewRefusal =
  | 'not_submitted'
  | 'not_this_bureau'
  | 'already_decided'
  | 'reason_required'
  | 'uscc_held_by_another'

/**
 * Whether a bureau may decide on a version. `holder`: another enterprise is registered under the
 * same credit code, and two would each claim money for one legal person.
 */
export function decideReview(
  version: RegistrationVersion,
  asked: { verdict: Verdict; reason: string; region: string; holder: boolean },
): Outcome<Verdict, ReviewRefusal> {
  if (version.state === 'draft') return refuse('not_submitted')
  if (version.bureau !== asked.region) return refuse('not_this_bureau', { bureau: version.bureau })
  if (follow(MOVES, version.state, MOVE_OF[asked.verdict]) === undefined) {
    return refuse('already_decided', { state: version.state })
  }
  if (asked.verdict !== 'approved' && asked.reason === '') return refuse('reason_required')
  if (asked.verdict === 'approved' && asked.holder) return refuse('uscc_held_by_another')
  return accept(asked.verdict)
}

const MOVE_OF = { approved: 'approve', returned: 'return', rejected: 'reject' } as const

/** Fields that differ between two forms, in the order they are asked. */
export function changedFields(before: RegistrationForm, after: RegistrationForm): Field[] {
  return FIELDS.filter((field) => before[field] !== after[field])
}

/** What people read to each other: ZC20261124-8F3A2C, from the day of submission and the id. */
export function referenceOf(version: { id: string; submitted_at: number | null }): string {
  const day = version.submitted_at === null ? '' : dayOf(version.submitted_at).replaceAll('-', '')
  return `ZC${day}-${version.id.slice(-6).toUpperCase()}`
}
