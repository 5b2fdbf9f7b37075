/**
 * Makes the payments that are missing: an approval commits in the ledger first, and a door may stop
 * before it has written the payment. Runs every night and before the payment list is shown.
 */
import { and, eq, isNull, sql } from 'drizzle-orm'
import type { AnyActor } from '../kernel/actor.ts'
import { events, redemptions, vouchers } from '../ledger/tables.ts'
import type { Bindings } from '../platform/bindings.ts'
import { commit, dbOf } from '../platform/db.ts'
import type { Db } from '../platform/db.ts'
import { paymentFor } from './client.ts'
import { insertPayment } from './payment-store.ts'
import { payments } from './tables.ts'

/** At most this many a run; the next run finds the rest. */
const BATCH_MAX = 200

/** Answers how many payments were missing. Running it twice, or late, makes each once. */
export async function makeMissingPayments(env: Pick<Bindings, 'DB'>): Promise<number> {
  const db = dbOf(env)
  const missing = await listMissing(db)
  const statements = missing.map(({ voucher, redemption, actor }) => {
    const { id, paid_fen, decided_at } = redemption
    if (paid_fen === null || decided_at === null) throw new Error(`${id} is approved without a sum`)
    const approved = { redemption: id, paid_fen, at: decided_at }
    return insertPayment(db, paymentFor(voucher, approved, JSON.parse(actor) as AnyActor))
  })
  await commit(db, statements)
  return statements.length
}

function listMissing(db: Db) {
  const { enterprise, voucher, id, state } = redemptions
  return db
    .select({ voucher: vouchers, redemption: redemptions, actor: events.actor })
    .from(redemptions)
    .innerJoin(vouchers, and(eq(vouchers.enterprise, enterprise), eq(vouchers.id, voucher)))
    .innerJoin(
      events,
      and(
        eq(events.enterprise, enterprise),
        eq(events.voucher, voucher),
        eq(events.kind, 'approve'),
        sql`${events.payload} ->> 'redemption' = ${id}`,
      ),
    )
    .leftJoin(payments, and(eq(payments.enterprise, enterprise), eq(payments.redemption, id)))
    .where(and(eq(state, 'approved'), isNull(payments.redemption)))
    .limit(BATCH_MAX)
}
