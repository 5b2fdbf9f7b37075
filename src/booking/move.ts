/**
 * What is done to a booking after it was asked for, by whichever slice: every move is one batch of
 * its turn, its row, its hours and its audit row, so that of two moves at once one is refused. The
 * open pages of both sides are told of each.
 */
import { auditEntry } from '../audit/client.ts'
import type { AuditEntry } from '../audit/client.ts'
import { CLOCK } from '../kernel/actor.ts'
import type { AnyActor } from '../kernel/actor.ts'
import { accept, refuse } from '../kernel/outcome.ts'
import type { Outcome } from '../kernel/outcome.ts'
import { readVoucher } from '../ledger/client.ts'
import { announce } from '../live/client.ts'
import type { Bindings } from '../platform/bindings.ts'
import { commitOnce, dbOf } from '../platform/db.ts'
import type { Db, Statement } from '../platform/db.ts'
import { freeHeld, holdHours } from './hour-store.ts'
import { DEAD_VOUCHERS, decideBooking } from './rules.ts'
import type { BookingCommand, BookingRefusal } from './rules.ts'
import * as store from './store.ts'
import type { BookingRecord } from './store.ts'
import { deleteUse, expectUse, findUse, markUsed } from './use-store.ts'
import type { Use } from './use-store.ts'

type Env = Pick<Bindings, 'DB' | 'CHANNEL'>

/** The audit row of a move, from a request or from a nightly run. */
export type Audit = (
  action: string,
  subject: string,
  more: Pick<AuditEntry, 'region' | 'before' | 'after'>,
) => Statement

/** Who moves, when (epoch ms), and how that is audited. */
export type By = { actor: AnyActor; at: number; audit: Audit }

/** Moves that nobody made: time itself, at an instant in epoch ms. */
export function byClock(env: Pick<Bindings, 'DB'>, at: number): By {
  const audit: Audit = (action, subject, more) =>
    auditEntry(dbOf(env), { at, actor: CLOCK, action, subject, ...more })
  return { actor: CLOCK, at, audit }
}

type UseCommand = Extract<BookingCommand, { kind: 'use' | 'release' }>

export type Move = By & { booking: string; command: Exclude<BookingCommand, UseCommand> }

/** A booking and the voucher it is taken or given back for. */
export type Using = By & { booking: string; voucher: string }

/** `taken_at` gives back what was taken then, and not what was taken anew since. Epoch ms. */
export type Releasing = Using & { taken_at?: number }

/**
 * Makes a move and tells the open pages of both sides. `hours_taken` where another booking has what
 * a proposal wants. Throws for a booking that is not there: whose it is, the caller has checked.
 */
export async function moveBooking(
  env: Env,
  move: Move,
): Promise<Outcome<BookingRecord, BookingRefusal | 'hours_taken'>> {
  const db = dbOf(env)
  const before = await readBooking(db, move)
  const decided = decideBooking(before, move.command, move.actor)
  if (!decided.ok) return decided
  const done = await commitOnce(db, statementsOf(db, before, move))
  const after = await readBooking(db, move)
  if (done) {
    await announceBooking(env, after)
    return accept(after)
  }
  // Somebody was faster: what stands now decides. Where nobody was, the hours are another's.
  return after.turn === before.turn ? refuse('hours_taken') : moveBooking(env, move)
}

async function readBooking(db: Db, { booking, at }: Move): Promise<BookingRecord> {
  const found = await store.findBooking(db, booking, at)
  if (!found) throw new Error(`no booking ${booking}`)
  return found
}

/**
 * Takes a booking for a voucher that is about to be made; the same voucher may take it again.
 * Answers false where it is not accepted any more or another living voucher has it: the mirror may
 * trail, so the ledger of one that had it before is asked. `releaseBooking` where the issue is
 * refused. Throws 503 where that ledger is out of reach.
 */
export async function takeBooking(
  env: Env & Pick<Bindings, 'LEDGER'>,
  using: Using,
): Promise<boolean> {
  const { booking, voucher, actor, at } = using
  const db = dbOf(env)
  const [before, use] = await Promise.all([
    store.findBooking(db, booking, at),
    findUse(db, booking),
  ])
  if (!before) return false
  const mark = markUsed(db, { booking, voucher, at })
  const asRead = use ? [expectUse(db, use)] : []
  if (before.voucher === voucher) {
    // Let go meanwhile by an earlier try of the same form: it is taken anew, with its turn.
    return (await commitOnce(db, [...asRead, mark])) || takeBooking(env, using)
  }
  const command = { kind: 'use', voucher } as const
  if (!decideBooking(before, command, actor).ok) return false
  if (use && (await isLivingVoucher(env, before.enterprise, use, at))) return false
  // Another move was faster: what stands now decides.
  if (!(await commitOnce(db, [...asRead, ...turnOf(db, before, command, using), mark]))) {
    return takeBooking(env, using)
  }
  await announceBooking(env, before)
  return (await findUse(db, booking))?.voucher === voucher
}

async function isLivingVoucher(
  env: Pick<Bindings, 'LEDGER'>,
  enterprise: string,
  { voucher }: Use,
  at: number,
): Promise<boolean> {
  const read = await readVoucher(env, enterprise, voucher, at)
  return read !== null && !DEAD_VOUCHERS.includes(read.voucher.state)
}

/**
 * Gives a booking back whose voucher is dead, or which a ledger refused to make (not where it gave
 * no answer); it can be used again at once. Nothing happens where that voucher does not have it.
 */
export async function releaseBooking(env: Env, using: Releasing): Promise<void> {
  const { booking, voucher, at, taken_at } = using
  const db = dbOf(env)
  const [before, use] = await Promise.all([
    store.findBooking(db, booking, at),
    findUse(db, booking),
  ])
  if (!before || use?.voucher !== voucher || use.at !== (taken_at ?? use.at)) return
  // What is known to be dead holds nothing: the booking may have been cancelled since.
  const moves = before.state === 'used' || before.state === 'accepted'
  const turn = moves ? turnOf(db, before, { kind: 'release', voucher }, using) : []
  const done = await commitOnce(db, [expectUse(db, use), ...turn, deleteUse(db, use)])
  if (!done) return releaseBooking(env, using)
  await announceBooking(env, before)
}

/** Tells the open pages of both sides that a booking changed; never throws. */
export async function announceBooking(
  env: Pick<Bindings, 'CHANNEL'>,
  { id, enterprise, carrier }: Pick<BookingRecord, 'id' | 'enterprise' | 'carrier'>,
): Promise<void> {
  const channels = [`enterprise:${enterprise}`, `carrier:${carrier}`]
  await announce(env, channels, { topic: 'booking', enterprise, id })
}

/** The batch of one move: it is refused whole where the turn or an hour is taken. */
export function statementsOf(db: Db, before: BookingRecord, move: Move): Statement[] {
  return [...turnOf(db, before, move.command, move), ...rowsOf(db, before, move)]
}

/** The next turn and its audit row. */
function turnOf(
  db: Db,
  before: BookingRecord,
  command: BookingCommand,
  { actor, at, audit }: By,
): Statement[] {
  const { kind } = command
  const { id: booking, carrier_county: region, state, day, hours } = before
  // Its own moves an enterprise knows of, and what ends a voucher has a message of its own.
  const told_at = actor.role === 'enterprise' || kind === 'release' ? at : null
  const turn = { turn: before.turn + 1, party: actor.role, by: actor.account }
  return [
    store.insertTurn(db, { booking, kind, at, told_at, ...turn }),
    audit(`booking.${kind}`, `booking:${booking}`, {
      region,
      before: { state, day, hours },
      after: command,
    }),
  ]
}

function rowsOf(db: Db, { id: booking, instrument, turn }: BookingRecord, move: Move): Statement[] {
  const { command, at } = move
  const row = { booking, at, by: move.actor.account }
  if (command.kind === 'accept' || command.kind === 'take') {
    return [store.insertAnswer(db, { ...row, accepted: true, reason: null })]
  }
  if (command.kind === 'decline') {
    const { reason } = command
    return [store.insertAnswer(db, { ...row, accepted: false, reason }), freeHeld(db, booking)]
  }
  if (command.kind === 'cancel') {
    const reason = command.reason.trim() || null
    return [store.insertCancellation(db, { ...row, reason }), freeHeld(db, booking)]
  }
  const { slot, note } = command
  return [
    store.putProposal(db, { ...row, ...slot, note, turn: turn + 1 }),
    freeHeld(db, booking),
    ...(instrument ? [holdHours(db, { instrument, booking, slot })] : []),
  ]
}
