/**
 * The life of an import (SPEC K4): a file is read, its rows are checked, somebody looks at what was
 * found and decides; a carrier's import goes on to the bureau. Each step is a move in a row of its
 * own. Refuses to import a file whole while a row of it is bad.
 */
import type { BureauActor, CarrierActor } from '../kernel/actor.ts'
import { follow } from '../kernel/moves.ts'
import type { Moves } from '../kernel/moves.ts'
import { accept, refuse } from '../kernel/outcome.ts'
import type { Facts, Outcome } from '../kernel/outcome.ts'

/** What the rows of a file are. */
export const KINDS = ['service', 'instrument', 'carrier'] as const
export type Kind = (typeof KINDS)[number]

export type FileType = 'csv' | 'xlsx'

/** 读取中 · 无法读取 · 待确认 · 待审核 · 已退回 · 导入中 · 已完成 · 已放弃. */
export const STATES = [
  'reading',
  'unreadable',
  'preview',
  'in_review',
  'returned',
  'applying',
  'done',
  'abandoned',
] as const
export type State = (typeof STATES)[number]

/** `read`, `fail` and `finish` are the job's own moves, all others are people's. */
export type Move = 'read' | 'fail' | 'import' | 'send' | 'approve' | 'return' | 'abandon' | 'finish'

export const MOVES: Moves<State, Move> = {
  read: { reading: 'preview' },
  fail: { reading: 'unreadable' },
  /** A bureau's import is published at once, a carrier's is sent to its bureau. */
  import: { preview: 'applying' },
  send: { preview: 'in_review' },
  approve: { in_review: 'applying' },
  return: { in_review: 'returned' },
  /** Until something is published, whoever began may give up. */
  abandon: { reading: 'abandoned', preview: 'abandoned', in_review: 'abandoned' },
  finish: { applying: 'done' },
}

/** The state after these moves, in their order; a move that does not fit is left out. */
export function stateAfter(moves: readonly Move[]): State {
  let state: State = 'reading'
  for (const move of moves) state = follow(MOVES, state, move) ?? state
  return state
}

/** 全部导入 takes a file without bad rows, 只导入正确的行 leaves the bad ones out. */
export const MODES = ['all', 'good'] as const
export type Mode = (typeof MODES)[number]

/** Data rows of a file: good ones, bad ones, and those that are published already, left out. */
export type Counts = { rows: number; good: number; bad: number; published: number }

/** What became of the good rows: `passed` were published by somebody else in the meantime. */
export type Made = { made: number; passed: number }

export type Step = {
  move: Move
  /** Epoch ms. */
  at: number
  by: string
  by_name: string
  facts: Readonly<Record<string, unknown>>
}

export type Import = {
  id: string
  kind: Kind
  /** The carrier whose own import it is; null for one of a bureau. */
  carrier: string | null
  /** GB/T 2260: the bureau's, or the county of the carrier. */
  region: string
  file_name: string
  file_size: number
  file_type: FileType
  /** Where the file lies in R2. */
  key: string
  /** Epoch ms. */
  at: number
  by: string
  by_name: string
  state: State
  steps: readonly Step[]
}

/** What the job found, once it has read the file. */
export function countsOf({ steps }: Pick<Import, 'steps'>): Counts | undefined {
  return factsOf<Counts>(steps, 'read')
}

/** What was published, once all is. */
export function madeOf({ steps }: Pick<Import, 'steps'>): Made | undefined {
  return factsOf<Made>(steps, 'finish')
}

/** Why the file could not be read. */
export function faultOf({ steps }: Pick<Import, 'steps'>): Fault | undefined {
  return factsOf<Fault>(steps, 'fail')
}

export function findStep(steps: readonly Step[], move: Move): Step | undefined {
  return steps.find((step) => step.move === move)
}

function factsOf<T>(steps: readonly Step[], move: Move): T | undefined {
  return findStep(steps, move)?.facts as T | undefined
}

/** Why a file cannot be read as a whole; rows that are wrong are told one by one instead. */
export const FAULTS = [
  'not_a_table',
  'old_workbook',
  'unknown_encoding',
  'broken_archive',
  'archive_too_large',
  'no_sheet',
  'broken_sheet',
  'quote_left_open',
  'row_too_long',
  'no_header',
  'columns_missing',
  'column_twice',
  'no_rows',
  'too_many_rows',
  'file_gone',
] as const
export type Fault = { code: (typeof FAULTS)[number]; facts: Facts }

export type UploadRefusal =
  'file_missing' | 'file_empty' | 'file_too_large' | 'old_workbook' | 'broken_archive'

export const FILE_BYTES_MAX = 20 * 1024 * 1024
export const ROWS_MAX = 200_000
/** Characters of a cell that are read; a longer one is told by the field's own limit. */
export const CELL_CHARACTERS_MAX = 2_000
export const REASON_MAX = 500

export type DecisionRefusal = 'not_in_state' | 'has_bad_rows' | 'nothing_to_import'

/** What somebody may decide after the preview: 全部导入 or 只导入正确的行. */
export function decideImport(
  one: Pick<Import, 'state' | 'steps' | 'carrier'>,
  mode: Mode,
): Outcome<Move, DecisionRefusal> {
  const counts = countsOf(one)
  if (one.state !== 'preview' || !counts) return refuse('not_in_state', { state: one.state })
  if (mode === 'all' && counts.bad > 0) return refuse('has_bad_rows', { bad: counts.bad })
  if (counts.good === 0) return refuse('nothing_to_import')
  return accept(one.carrier === null ? 'import' : 'send')
}

export type ReviewRefusal = 'not_in_state' | 'reason_required' | 'reason_too_long'

/** The bureau's decision on a carrier's import; one that goes back needs a reason. */
export function decideReview(
  { state }: Pick<Import, 'state'>,
  asked: { verdict: 'approve' | 'return'; reason: string },
): Outcome<{ reason: string | null }, ReviewRefusal> {
  const reason = asked.reason.trim()
  if (state !== 'in_review') return refuse('not_in_state', { state })
  if ([...reason].length > REASON_MAX) return refuse('reason_too_long', { max: REASON_MAX })
  if (asked.verdict === 'return' && reason === '') return refuse('reason_required')
  return accept({ reason: reason === '' ? null : reason })
}

/** 放弃导入, until something is published. */
export function decideAbandon({ state }: Pick<Import, 'state'>): Outcome<Move, 'not_in_state'> {
  return follow(MOVES, state, 'abandon') ? accept('abandon') : refuse('not_in_state', { state })
}

/** Why a carrier's import went back; '' where it did not. */
export function reasonOf({ steps }: Pick<Import, 'steps'>): string {
  return factsOf<{ reason: string | null }>(steps, 'return')?.reason ?? ''
}

/** Who looks: whoever began it and may decide, whoever reviews, or somebody who only reads. */
export type Viewer = { decide: boolean; review: boolean }

/**
 * wait: the job is at work; decide, review: this viewer's turn; others: somebody else's turn;
 * again: a corrected file can be sent; look: what came of it can be seen; nothing: it is over.
 */
export type Next = 'wait' | 'decide' | 'review' | 'others' | 'again' | 'look' | 'nothing'

/** What comes next in a state, for whoever looks; each state leads somewhere for who began it. */
export function nextOf({ state }: Pick<Import, 'state'>, { decide, review }: Viewer): Next {
  if (isMoving(state)) return 'wait'
  if (state === 'done') return 'look'
  if (state === 'preview') return decide ? 'decide' : 'others'
  if (state === 'in_review') return review ? 'review' : 'others'
  return decide ? 'again' : 'nothing'
}

/** True for those whose own import it is: the carrier, or the bureau that began it. */
export function isOwn(
  one: Pick<Import, 'carrier' | 'region'>,
  actor: CarrierActor | BureauActor,
): boolean {
  if (actor.role === 'carrier') return one.carrier === actor.carrier
  return one.carrier === null && one.region === actor.region
}

/** True while the job has something to do, and the page goes on asking how far it is. */
export function isMoving(state: State): boolean {
  return state === 'reading' || state === 'applying'
}
