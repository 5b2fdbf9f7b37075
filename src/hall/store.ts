/** Reads what waits at a bureau, oldest first: its own decisions, never those of a bureau below. */
import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import { countWaitingProposals, listWaitingProposals } from '../catalogue/client.ts'
import { listWaiting } from '../intake/client.ts'
import type { Voucher } from '../ledger/rules.ts'
import { redemptions, vouchers } from '../ledger/tables.ts'
import type { Bindings } from '../platform/bindings.ts'
import { dbOf, inRegion } from '../platform/db.ts'
import type { Db } from '../platform/db.ts'
import { decidedAt } from '../policy/client.ts'
import { catchUp, paymentsWaiting, redemptionsWaiting } from '../redemption/client.ts'
import { paymentResults, payments } from '../redemption/tables.ts'
import { countWaitingRegistrations } from '../registration/client.ts'
import {
  registration_reviews,
  registration_submissions,
  registrations,
} from '../registration/tables.ts'
import { useFormOf } from '../voucher/client.ts'
import { SHOWN_MAX } from './todo-rules.ts'
import type { Queue, Task, Waiting } from './todo-rules.ts'

/**
 * One task of a bureau: how many wait, and the longest waiting ones. Ledgers that spoke of it just
 * now are mirrored first, so that a page that heard of a change finds it.
 */
export async function readQueue(
  env: Pick<Bindings, 'DB' | 'LEDGER' | 'CHANNEL'>,
  bureau: string,
  task: Task,
  at: number,
): Promise<Queue> {
  const db = dbOf(env)
  if (task === 'redemptions' || task === 'payments') await catchUp(env, `bureau:${bureau}`, at)
  const read = {
    registrations: readRegistrations,
    redemptions: readRedemptions,
    payments: readDue,
    catalogue: readProposals,
    imports: readImports,
  }
  const [count, oldest] = await read[task](db, bureau)
  return { task, count, oldest }
}

type Read = Promise<[count: number, oldest: Waiting[]]>

async function readRegistrations(db: Db, bureau: string): Read {
  const { version, at } = registration_submissions
  const rows = await db
    .select({ id: version, at, name: registrations.name, agent: registrations.agent })
    .from(registration_submissions)
    .innerJoin(registrations, eq(registrations.id, version))
    .leftJoin(registration_reviews, eq(registration_reviews.version, version))
    .where(and(eq(registration_submissions.bureau, bureau), isNull(registration_reviews.version)))
    .orderBy(asc(at))
    .limit(SHOWN_MAX)
  const oldest = rows.map(({ id, name, agent, at }) => ({
    id,
    name,
    party: agent,
    amount_fen: null,
    at,
    href: `/bureau/registrations/${id}`,
  }))
  return [await countWaitingRegistrations(db, bureau), oldest]
}

const sameVoucher = and(
  eq(vouchers.enterprise, redemptions.enterprise),
  eq(vouchers.id, redemptions.voucher),
)

async function readRedemptions(db: Db, bureau: string): Read {
  const waits = eq(redemptions.state, 'in_review')
  const found = await db
    .selectDistinct({ region: vouchers.region })
    .from(redemptions)
    .innerJoin(vouchers, sameVoucher)
    .where(and(waits, inRegion(vouchers.region, bureau)))
  const own = await decidedAt(db, bureau, regionsOf(found))
  const rows = await db
    .select({ voucher: vouchers, redemption: redemptions })
    .from(redemptions)
    .innerJoin(vouchers, sameVoucher)
    .where(and(waits, inArray(vouchers.region, [...own])))
    .orderBy(asc(redemptions.submitted_at))
    .limit(SHOWN_MAX)
  const oldest = rows.map(({ voucher, redemption }) => ({
    id: redemption.id,
    name: voucher.number,
    party: payeeOf(voucher),
    amount_fen: voucher.amount_fen,
    at: redemption.submitted_at,
    href: `/bureau/redemptions/${voucher.enterprise}/${voucher.id}`,
  }))
  return [await redemptionsWaiting(db, bureau), oldest]
}

async function readDue(db: Db, bureau: string): Read {
  const paid = and(
    eq(paymentResults.enterprise, payments.enterprise),
    eq(paymentResults.redemption, payments.redemption),
    eq(paymentResults.result, 'paid'),
  )
  const due = (region: SQL | undefined) => and(isNull(paymentResults.result), region)
  const found = await db
    .selectDistinct({ region: payments.region })
    .from(payments)
    .leftJoin(paymentResults, paid)
    .where(due(inRegion(payments.region, bureau)))
  const own = await decidedAt(db, bureau, regionsOf(found))
  const rows = await db
    .select({ payment: payments })
    .from(payments)
    .leftJoin(paymentResults, paid)
    .where(due(inArray(payments.region, [...own])))
    .orderBy(asc(payments.at))
    .limit(SHOWN_MAX)
  const oldest = rows.map(({ payment }) => ({
    id: payment.redemption,
    name: payment.number,
    party: payment.payee_name,
    amount_fen: payment.paid_fen,
    at: payment.at,
    href: '/bureau/payments',
  }))
  return [await paymentsWaiting(db, bureau), oldest]
}

async function readProposals(db: Db, bureau: string): Read {
  const waiting = await listWaitingProposals(db, bureau, SHOWN_MAX)
  const oldest = waiting.map(({ proposal, carrier_name }) => ({
    id: proposal.id,
    name: proposal.content.name,
    party: carrier_name,
    amount_fen: null,
    at: proposal.at,
    href: `/bureau/carriers/proposals/${proposal.id}`,
  }))
  return [await countWaitingProposals(db, bureau), oldest]
}

async function readImports(db: Db, bureau: string): Read {
  const found = await listWaiting(db, bureau)
  const own = await decidedAt(db, bureau, regionsOf(found))
  const waiting = found.filter(({ region }) => own.has(region))
  const oldest = waiting.slice(0, SHOWN_MAX).map(({ id, file_name, by_name, at, steps }) => ({
    id,
    name: file_name,
    party: by_name,
    amount_fen: null,
    at: steps.at(-1)?.at ?? at,
    href: `/bureau/imports/${id}`,
  }))
  return [waiting.length, oldest]
}

/** The name of who is paid, as the voucher was made with it. */
function payeeOf(voucher: Pick<Voucher, 'payee' | 'form'>): string {
  const form = useFormOf(voucher)
  return voucher.payee === 'carrier' ? form.carrier_name : form.enterprise_name
}

function regionsOf(found: readonly { region: string }[]): string[] {
  return found.map(({ region }) => region)
}
