/**
 * Commands, and what an envelope must look like before anybody decides about it. What is unknown,
 * missing, left over or too large is refused by name and is not kept under its key.
 */
import type { AnyActor } from '../kernel/actor.ts'
import { refuse } from '../kernel/outcome.ts'
import type { Refusal } from '../kernel/outcome.ts'
import { bytesOf, canonicalJson } from './json-rules.ts'
import type { LedgerRefusal, Payee } from './rules.ts'

/** A limit that a bureau set; null is 不限. `set_by` is the region whose bureau set it. */
export type Cap = { fen_max: number | null; set_by: string | null }

/** A null budget, or none, asks no region: the claim is granted at once. */
export type Caps = { total: Cap; single: Cap; holding: Cap; budget?: Cap }

/**
 * A bureau decides for its own region. Where a county has no bureau, the door that looked this up
 * names the county as `acting_for`, and only a bureau above that county may do so.
 */
type ForBureau = { acting_for?: string }

export type Command =
  | {
      kind: 'claim'
      claim: string
      region: string
      amount_fen: number
      caps: Caps
    }
  | {
      kind: 'hand_back'
      region: string
      year: number
      amount_fen: number
      /** Where a budget is set, its region hears of what comes back. */
      caps?: { budget: Cap }
    }
  | {
      kind: 'issue'
      voucher: string
      number: string
      region: string
      amount_fen: number
      carrier: string
      payee: Payee
      form: unknown
    }
  | { kind: 'confirm'; voucher: string }
  | { kind: 'refuse'; voucher: string; reason: string }
  | { kind: 'void'; voucher: string }
  | { kind: 'expire'; voucher: string }
  | ({ kind: 'terminate'; voucher: string; reason: string } & ForBureau)
  | { kind: 'submit'; voucher: string; redemption: string }
  | { kind: 'withdraw'; redemption: string }
  | ({ kind: 'return'; redemption: string; reason: string } & ForBureau)
  | ({
      kind: 'approve'
      redemption: string
      paid_fen: number
      reason: string | null
    } & ForBureau)
  | ({ kind: 'reject'; redemption: string; reason: string } & ForBureau)
export type CommandOf<Kind extends Command['kind']> = Extract<Command, { kind: Kind }>

/**
 * One attempt of one person to change one ledger. `key` is made when the form is rendered; ids in
 * the command are made then too, or are the key itself, so that a retry sends the same command.
 * `at` is the request's instant, epoch ms.
 */
export type Envelope = { key: string; actor: AnyActor; at: number; command: Command }

export const COMMAND_BYTES_MAX = 64 * 1024
const WORD_LENGTH_MAX = 255
/** The last instant whose year has four digits, epoch ms. */
const AT_MAX = 253_402_214_399_999

type Check = (value: unknown) => boolean
type Fields<Kind extends Command['kind']> = {
  [Name in Exclude<keyof Extract<Command, { kind: Kind }>, 'kind'>]-?: Check
}

const word: Check = (value) =>
  typeof value === 'string' && value.length > 0 && value.length <= WORD_LENGTH_MAX
const prose: Check = (value) => typeof value === 'string'
const whole: Check = (value) => Number.isSafeInteger(value)
const json: Check = (value) => value !== undefined && holds(() => canonicalJson(value))
const orNothing =
  (check: Check, nothing: null | undefined): Check =>
  (value) =>
    value === nothing || check(value)
const cap: Check = (value) =>
  isRecord(value) &&
  orNothing((fen) => whole(fen) && Number(fen) >= 0, null)(value['fen_max']) &&
  orNothing(word, null)(value['set_by'])
const caps: Check = (value) =>
  isRecord(value) &&
  ['total', 'single', 'holding'].every((name) => cap(value[name])) &&
  orNothing(cap, undefined)(value['budget'])
const budgetCap: Check = (value) => isRecord(value) && cap(value['budget'])
const payee: Check = (value) => value === 'carrier' || value === 'enterprise'
const acting_for = orNothing(word, undefined)

const SHAPES: { readonly [Kind in Command['kind']]: Fields<Kind> } = {
  claim: { claim: word, region: word, amount_fen: whole, caps },
  hand_back: {
    region: word,
    year: whole,
    amount_fen: whole,
    caps: orNothing(budgetCap, undefined),
  },
  issue: {
    voucher: word,
    number: word,
    region: word,
    amount_fen: whole,
    carrier: word,
    payee,
    form: json,
  },
  confirm: { voucher: word },
  refuse: { voucher: word, reason: prose },
  void: { voucher: word },
  expire: { voucher: word },
  terminate: { voucher: word, reason: prose, acting_for },
  submit: { voucher: word, redemption: word },
  withdraw: { redemption: word },
  return: { redemption: word, reason: prose, acting_for },
  approve: {
    redemption: word,
    paid_fen: whole,
    reason: orNothing(prose, null),
    acting_for,
  },
  reject: { redemption: word, reason: prose, acting_for },
}

const ACTORS: Readonly<Record<AnyActor['role'], Readonly<Record<string, Check>>>> = {
  enterprise: { account: word, name: prose, enterprise: word },
  carrier: { account: word, name: prose, carrier: word },
  bureau: { account: word, name: prose, region: word, staff: (value) => Array.isArray(value) },
  clock: { account: (value) => value === 'clock', name: prose },
}

/** Refuses an envelope that no ledger can read: `field` names the first thing that is wrong. */
export function denyEnvelope(envelope: Envelope): Refusal<LedgerRefusal> | undefined {
  const { key, at, actor } = envelope
  const command: unknown = envelope.command
  if (!isRecord(command)) return refuse('unknown_command', { kind: null })
  if (!isKind(command['kind'])) return refuse('unknown_command', { kind: String(command['kind']) })
  const field = wrongField(command, SHAPES[command['kind']])
  if (field) return refuse('malformed', { field })
  if (!word(key)) return refuse('malformed', { field: 'key' })
  if (!whole(at) || at < 0 || at > AT_MAX) return refuse('malformed', { field: 'at' })
  if (!isActor(actor)) return refuse('malformed', { field: 'actor' })
  const bytes = bytesOf(canonicalJson(command)) + bytesOf(canonicalJson(actor))
  if (bytes > COMMAND_BYTES_MAX)
    return refuse('too_large', { bytes, limit_bytes: COMMAND_BYTES_MAX })
  return undefined
}

function wrongField(
  command: Readonly<Record<string, unknown>>,
  shape: Readonly<Record<string, Check>>,
): string | undefined {
  const missing = Object.entries(shape).find(([name, check]) => !check(command[name]))
  if (missing) return missing[0]
  return Object.keys(command).find((name) => name !== 'kind' && !Object.hasOwn(shape, name))
}

function isKind(kind: unknown): kind is Command['kind'] {
  return typeof kind === 'string' && Object.hasOwn(SHAPES, kind)
}

function isActor(actor: unknown): actor is AnyActor {
  if (!isRecord(actor)) return false
  const role = String(actor['role'])
  if (!Object.hasOwn(ACTORS, role) || !holds(() => canonicalJson(actor))) return false
  return Object.entries(ACTORS[role as AnyActor['role']]).every(([name, check]) =>
    check(actor[name]),
  )
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function holds(attempt: () => unknown): boolean {
  try {
    attempt()
    return true
  } catch {
    return false
  }
}

/**
 * What somebody asked for, as one text: the organisation and account that acts, and the command
 * less what the service adds by itself, the caps of that moment and the number it gives a voucher.
 */
export function askedOf(actor: AnyActor, command: Command): string {
  const { caps: _caps, number: _number, ...asked } = command as Record<string, unknown>
  return canonicalJson({ who: [actor.role, actor.account, standingOf(actor)], asked })
}

function standingOf(actor: AnyActor): string {
  if (actor.role === 'enterprise') return actor.enterprise
  if (actor.role === 'carrier') return actor.carrier
  return actor.role === 'bureau' ? actor.region : ''
}
