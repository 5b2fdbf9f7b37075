/**
 * What a carrier wants to publish or to change waits for the bureau; the published version stays
 * until then. Refuses a second decision and a refusal without a reason.
 */
import { accept, refuse } from '../kernel/outcome.ts'
import type { Outcome } from '../kernel/outcome.ts'
import type { Instrument, Kind, Service } from './rules.ts'

/** What a form says of a service or an instrument, without whose it is and when. */
export type ServiceContent = Pick<
  Service,
  'name' | 'category' | 'price_fen' | 'unit' | 'turnaround_days' | 'qualifications' | 'summary'
>
export type InstrumentContent = Pick<
  Instrument,
  | 'name'
  | 'model'
  | 'maker'
  | 'place'
  | 'price_fen'
  | 'unit'
  | 'availability'
  | 'qualifications'
  | 'summary'
>
export type Content = ServiceContent | InstrumentContent
export type ContentOf<K extends Kind> = K extends 'service' ? ServiceContent : InstrumentContent

export type ContentField = keyof ServiceContent | keyof InstrumentContent

/** Every field of a content in the order of the form. */
export const CONTENT_FIELDS: Readonly<Record<Kind, readonly ContentField[]>> = {
  service: [
    'name',
    'category',
    'price_fen',
    'unit',
    'turnaround_days',
    'qualifications',
    'summary',
  ],
  instrument: [
    'name',
    'model',
    'maker',
    'place',
    'price_fen',
    'unit',
    'availability',
    'qualifications',
    'summary',
  ],
}

/** What the bureau sees before the public does; all else changes at once. */
const REVIEWED: readonly ContentField[] = [
  'name',
  'category',
  'model',
  'maker',
  'qualifications',
  'summary',
]

/** The fields that differ between two contents of one kind. */
export function changesBetween(kind: Kind, before: Content, after: Content): ContentField[] {
  return CONTENT_FIELDS[kind].filter((field) => textOf(before, field) !== textOf(after, field))
}

/** True where a change is not public before the bureau has passed it. */
export function needsReview(kind: Kind, before: Content, after: Content): boolean {
  return changesBetween(kind, before, after).some((field) => REVIEWED.includes(field))
}

/** The published content with what changes at once; reviewed fields stay as they are. */
export function changedAtOnce<C extends Content>(kind: Kind, before: C, after: C): C {
  return mixed(kind, before, after, (field) => !REVIEWED.includes(field))
}

/**
 * The published content after a proposal has passed: its reviewed fields alone, so that a price
 * changed meanwhile is not undone.
 */
export function changedByReview<C extends Content>(kind: Kind, now: C, proposed: C): C {
  return mixed(kind, now, proposed, (field) => REVIEWED.includes(field))
}

function mixed<C extends Content>(
  kind: Kind,
  base: C,
  other: C,
  taken: (field: ContentField) => boolean,
): C {
  const fields = CONTENT_FIELDS[kind].map((field) => [
    field,
    fieldOf(taken(field) ? other : base, field),
  ])
  return Object.fromEntries(fields) as C
}

/**
 * What a carrier's form does: `publish` is public at once, `propose` waits for the bureau, `end`
 * says what becomes of the proposal that waits now. All null where nothing would change.
 */
export type Plan = {
  publish: Content | null
  propose: Content | null
  end: 'replaced' | 'withdrawn' | null
}

/** `now` is the published content, if any, and `waiting` what waits to replace it, if any. */
export function planEdit(
  kind: Kind,
  now: Content | undefined,
  waiting: Content | undefined,
  asked: Content,
): Plan {
  const end = waiting ? 'replaced' : null
  if (!now) {
    const same = waiting !== undefined && changesBetween(kind, waiting, asked).length === 0
    return same
      ? { publish: null, propose: null, end: null }
      : { publish: null, propose: asked, end }
  }
  const atOnce = changedAtOnce(kind, now, asked)
  const publish = changesBetween(kind, now, atOnce).length > 0 ? atOnce : null
  if (!needsReview(kind, now, asked))
    return { publish, propose: null, end: waiting ? 'withdrawn' : null }
  const same = waiting !== undefined && !needsReview(kind, waiting, asked)
  return same ? { publish, propose: null, end: null } : { publish, propose: asked, end }
}

/** A row's content, without whose it is and when it changed. */
export function contentOf<K extends Kind>(
  kind: K,
  row: K extends 'service' ? Service : Instrument,
): ContentOf<K> {
  return Object.fromEntries(
    CONTENT_FIELDS[kind].map((field) => [field, fieldOf(row, field)]),
  ) as ContentOf<K>
}

function fieldOf(content: object, field: ContentField): unknown {
  return (content as Readonly<Record<string, unknown>>)[field]
}

function textOf(content: Content, field: ContentField): string {
  return JSON.stringify(fieldOf(content, field) ?? null)
}

/** 审核通过 · 退回 · 已撤回 by the carrier · 已更新 by a newer proposal. */
export type Decision = 'approved' | 'returned' | 'withdrawn' | 'replaced'

/** `at`, `by` and `by_name` are the carrier's; `verdict` is null while it waits. */
export type Proposal<K extends Kind = Kind> = {
  id: string
  kind: K
  subject: string
  number: number
  carrier: string
  content: ContentOf<K>
  at: number
  by: string
  by_name: string
  verdict: { decision: Decision; reason: string | null; at: number; by_name: string } | null
}

/** How an item stands for its carrier: 已发布, 待审核, 退回, 已撤回 before it was public, 已下架. */
export type ItemState = 'published' | 'waiting' | 'returned' | 'taken_back' | 'withdrawn'

/** The state of an item from its published row, if any, and its latest proposal, if any. */
export function stateOf(
  row: { withdrawn_at: number | null } | undefined,
  latest: Pick<Proposal, 'verdict'> | undefined,
): ItemState {
  if (row) return row.withdrawn_at === null ? 'published' : 'withdrawn'
  const decision = latest?.verdict?.decision
  if (decision === undefined) return 'waiting'
  return decision === 'returned' ? 'returned' : 'taken_back'
}

/** What a form was rendered from: another text later means that somebody has changed it since. */
export function seenOf(
  row: { updated_at: number } | undefined,
  latest: Pick<Proposal, 'number' | 'verdict'> | undefined,
): string {
  return `${row?.updated_at ?? 0}.${latest?.number ?? 0}${latest?.verdict ? '.' : ''}`
}

export const REASON_MAX = 500

export type VerdictRefusal = 'already_decided' | 'reason_required' | 'reason_too_long'

/** The bureau's decision on a proposal; what is not passed needs a reason. */
export function decideProposal(
  proposal: Pick<Proposal, 'verdict'>,
  asked: { decision: 'approved' | 'returned'; reason: string },
): Outcome<{ reason: string | null }, VerdictRefusal> {
  if (proposal.verdict) return refuse('already_decided')
  const reason = asked.reason.trim()
  if ([...reason].length > REASON_MAX) return refuse('reason_too_long', { max: REASON_MAX })
  if (asked.decision === 'returned' && reason === '') return refuse('reason_required')
  return accept({ reason: reason === '' ? null : reason })
}
