/**
 * What is done to a booking after it was asked for, by whichever slice: every move is one batch of
 * its turn, its row, its hours and its audit row, so that of two moves at once one is refused.
 */
import { auditOf } from '../audit/client.ts'
import type { AuditEntry } from '../audit/client.ts'
import type { AnyActor } from '../kernel/actor.ts'
import { accept, refuse } from '../kernel/outcome.ts'
import type { Outcome } from '../kernel/outcome.ts'
import { announce } from '../live/client.ts'
import type { Bindings, Ctx } from '../platform/bindings.ts'
import { commit, commitOnce, dbOf } from '../platform/db.ts'
import type { Db, Statement } from '../platform/db.ts'
import { carrierOf } from '../platform/guard.ts'
import { logError } from '../platform/log.ts'
import { within } from '../platform/reach.ts'
import { freeHeld, holdHours } from './hour-store.ts'
import { tellOwed } from './message.ts'
import { decideBooking } from './rules.ts'
import type { BookingCommand, BookingRefusal } from './rules.ts'
import * as store from './store.ts'
import type { BookingRecord } from './store.ts'
import { deleteUse, findUse, markUsed } from './use-store.ts'
import type { Use } from './use-store.ts'

export { findBooking, insertAnswer, insertBooking, insertTurn } from './store.ts'
export type { BookingRecord } from './store.ts'
export { offlineUseAllowed } from './rules.ts'
export type { Use } from './use-store.ts'

/** The bookings of an enterprise that a voucher can be made from now, newest first. */
export async function acceptedBookings(
  db: Db,
  enterprise: string,
  at: number,
): Promise<BookingRecord[]> {
  const filter = { enterprise, states: ['accepted'] } as const
  return (await store.listFiltered(db, filter, at, { limit: 200 })).bookings
}

/** How many bookings wait for the enterprise: to take another date, and to use a voucher for. */
export async function countBookings(
  db: Db,
  enterprise: string,
  at: number,
): Promise<{ proposed: number; accepted: number }> {
  const counted = (state: 'proposed' | 'accepted') =>
    store.listFiltered(db, { enterprise, states: [state] }, at, { limit: 1 })
  const [proposed, accepted] = await Promise.all([counted('proposed'), counted('accepted')])
  return { proposed: proposed.count, accepted: accepted.count }
}

/**
 * Takes a booking for a voucher that is about to be made; the same voucher may take it again.
 * Answers false where it is not accepted any more or another living voucher has it.
 * `releaseBooking` where the issue is refused.
 */
export async function takeBooking(db: Db, use: Use & { by?: string }): Promise<boolean> {
  const { booking, voucher, at, by = '' } = use
  const found = await store.findBooking(db, booking, at)
  if (!found) return false
  const mark = markUsed(db, { booking, voucher, at })
  if (found.voucher === voucher) {
    await commit(db, [mark])
    return true
  }
  if (found.state !== 'accepted') return false
  const turn = { booking, turn: found.turn + 1, kind: 'use', party: 'enterprise', at, by } as const
  // Another move was faster: what stands now decides.
  if (!(await commitOnce(db, [store.insertTurn(db, { ...turn, told_at: at }), mark]))) {
    return takeBooking(db, use)
  }
  return (await findUse(db, booking))?.voucher === voucher
}

/** Gives a booking back that was taken for a voucher which was never made. */
export async function releaseBooking(db: Db, use: Omit<Use, 'at'>): Promise<void> {
  await commit(db, [deleteUse(db, use)])
}

type Env = Pick<Bindings, 'DB' | 'CHANNEL'>

/** The audit row of a move, from a request or from a nightly run. */
export type Audit = (
  action: string,
  subject: string,
  more: Pick<AuditEntry, 'region' | 'before' | 'after'>,
) => Statement

export type Move = {
  booking: string
  command: Exclude<BookingCommand, { kind: 'use' | 'expire' | 'release' }>
  actor: AnyActor
  /** Epoch ms. */
  at: number
  audit: Audit
}

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

/** Tells the open pages of both sides. */
export async function announceBooking(
  env: Env,
  { id, enterprise, carrier }: Pick<BookingRecord, 'id' | 'enterprise' | 'carrier'>,
): Promise<void> {
  const channels = [`enterprise:${enterprise}`, `carrier:${carrier}`]
  await announce(env, channels, { topic: 'booking', enterprise, id })
}

/** The batch of one move: it is refused whole where the turn or an hour is taken. */
export function statementsOf(db: Db, before: BookingRecord, move: Move): Statement[] {
  const { command, actor, at, audit } = move
  const { kind } = command
  const { id: booking, carrier_county: region } = before
  const turn = before.turn + 1
  const by = actor.account
  // Its own moves an enterprise knows of.
  const told_at = actor.role === 'enterprise' ? at : null
  const { day, hours } = before
  return [
    store.insertTurn(db, { booking, turn, kind, party: actor.role, at, by, told_at }),
    ...rowsOf(db, before, move),
    audit(`booking.${kind}`, `booking:${booking}`, {
      region,
      before: { state: before.state, day, hours },
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

/** The move of whoever sends this request, and the message it owes. */
export async function moveOf(c: Ctx, booking: string, command: Move['command']) {
  const moved = await moveQuietly(c, booking, command)
  if (moved.ok) await tellSoon(c, [booking])
  return moved
}

function moveQuietly(c: Ctx, booking: string, command: Move['command']) {
  const { actor } = c.var
  if (!actor) throw new Error('a move without an actor')
  return moveBooking(c.env, { booking, command, actor, ...auditBy(c) })
}

/** When a request came in, and its audit rows. */
export function auditBy(c: Ctx): Pick<Move, 'at' | 'audit'> {
  return { at: c.var.now, audit: (action, subject, more) => auditOf(c, action, subject, more) }
}

/** How long an answer waits for the gateway. */
const TELL_MS_MAX = 2_000

/**
 * Sends what is owed by SMS of these bookings; a slow gateway goes on after the answer, and what
 * fails is sent by a later run.
 */
export async function tellSoon(c: Ctx, bookings: readonly string[]): Promise<void> {
  const telling = tellOwed(c.env, c.var.now, { bookings }).catch((error: unknown) =>
    logError('booking_sms_failed', error),
  )
  c.executionCtx.waitUntil(telling)
  await within(TELL_MS_MAX, telling)
}

/** Bookings one press or one address of a desk may name. */
const ROWS_MAX = 50

/** Those of the ids that are of this carrier, in the order given. */
export async function ownBookings(c: Ctx, ids: readonly string[]): Promise<BookingRecord[]> {
  const found = await store.findBookings(dbOf(c.env), ids.slice(0, ROWS_MAX), c.var.now)
  const own = new Map(
    found.filter((one) => one.carrier === carrierOf(c).carrier).map((one) => [one.id, one]),
  )
  return ids.flatMap((id) => own.get(id) ?? [])
}

/** One move for each booking of a press; each stands or is refused by itself. */
export async function decideAll(
  c: Ctx,
  bookings: readonly BookingRecord[],
  command: Move['command'],
): Promise<void> {
  for (const { id } of bookings) await moveQuietly(c, id, command)
  await tellSoon(
    c,
    bookings.map(({ id }) => id),
  )
}

/** What waits for a carrier, newest first. */
export async function waitingBookings(c: Ctx): Promise<BookingRecord[]> {
  const filter = { carrier: carrierOf(c).carrier, states: ['waiting'] } as const
  const { bookings } = await store.listFiltered(dbOf(c.env), filter, c.var.now, { limit: ROWS_MAX })
  return bookings
}
