/** Evaluations, one row a voucher: a second one violates the key. */
import { and, asc, avg, count, desc, eq, gt, inArray, isNull, lte, ne, or, sql } from 'drizzle-orm'
import { atlas_organisations } from '../atlas/tables.ts'
import { vouchers } from '../ledger/tables.ts'
import type { Db, Statement } from '../platform/db.ts'
import { DEFAULT_AFTER_MS, EVALUATED_STATES } from './rules.ts'
import type { Evaluation } from './rules.ts'
import { evaluations } from './tables.ts'

export async function listOf(db: Db, enterprise: string): Promise<Evaluation[]> {
  return db.select().from(evaluations).where(eq(evaluations.enterprise, enterprise))
}

export async function findEvaluation(
  db: Db,
  enterprise: string,
  voucher: string,
): Promise<Evaluation | undefined> {
  return db
    .select()
    .from(evaluations)
    .where(and(eq(evaluations.enterprise, enterprise), eq(evaluations.voucher, voucher)))
    .get()
}

export function insertEvaluation(db: Db, row: Evaluation): Statement {
  return db.insert(evaluations).values({ ...row, tags: [...row.tags] })
}

/** What counts of a carrier: services that took place, whose vouchers were not ended since. */
const counted = (carrier: string) =>
  and(eq(evaluations.carrier, carrier), inArray(vouchers.state, [...EVALUATED_STATES]))

const sameVoucher = and(
  eq(vouchers.enterprise, evaluations.enterprise),
  eq(vouchers.id, evaluations.voucher),
)

export type Received = Evaluation & { number: string; form: string }

/** A page of what a carrier received, newest first. */
export async function listReceived(
  db: Db,
  carrier: string,
  { offset, limit }: { offset: number; limit: number },
): Promise<Received[]> {
  const rows = await db
    .select({ evaluation: evaluations, number: vouchers.number, form: vouchers.form })
    .from(evaluations)
    .innerJoin(vouchers, sameVoucher)
    .where(counted(carrier))
    .orderBy(desc(evaluations.at), desc(evaluations.voucher))
    .limit(limit)
    .offset(offset)
  return rows.map(({ evaluation, number, form }) => ({ ...evaluation, number, form }))
}

/** Average and number of what people gave, and how many the system gave. */
export async function countReceived(
  db: Db,
  carrier: string,
): Promise<{ average: number | null; given: number; defaults: number }> {
  const { stars, is_default } = evaluations
  const rows = await db
    .select({ is_default, average: avg(stars).mapWith(Number), n: count() })
    .from(evaluations)
    .innerJoin(vouchers, sameVoucher)
    .where(counted(carrier))
    .groupBy(is_default)
  const given = rows.find((row) => !row.is_default)
  const defaults = rows.find((row) => row.is_default)
  return { average: given?.average ?? null, given: given?.n ?? 0, defaults: defaults?.n ?? 0 }
}

/** Organisations that the map's index rates otherwise than by what they received, and how it is. */
export async function listMisrated(
  db: Db,
  limit: number,
): Promise<{ subject: string; rating_percent: number; rating_count: number }[]> {
  const { carrier, stars, is_default } = evaluations
  const received = db
    .select({
      carrier,
      percent: sql<number>`cast(round(avg(${stars}) * 100) as integer)`.as('mean_percent'),
      given: count().as('times_given'),
    })
    .from(evaluations)
    .innerJoin(vouchers, sameVoucher)
    .where(and(eq(is_default, false), inArray(vouchers.state, [...EVALUATED_STATES])))
    .groupBy(carrier)
    .as('received')
  const { subject, rating_percent, rating_count } = atlas_organisations
  const rating = {
    rating_percent: sql<number>`coalesce(${received.percent}, 0)`,
    rating_count: sql<number>`coalesce(${received.given}, 0)`,
  }
  return db
    .select({ subject, ...rating })
    .from(atlas_organisations)
    .leftJoin(received, eq(received.carrier, subject))
    .where(or(ne(rating_percent, rating.rating_percent), ne(rating_count, rating.rating_count)))
    .limit(limit)
}

/** From the mirror, by id: services confirmed thirty days before `now` that nobody evaluated. */
export async function listDue(
  db: Db,
  now: number,
  after: string,
  limit: number,
): Promise<Pick<Evaluation, 'enterprise' | 'voucher' | 'carrier' | 'service'>[]> {
  return db
    .select({
      enterprise: vouchers.enterprise,
      voucher: vouchers.id,
      carrier: vouchers.carrier,
      service: sql<string>`json_extract(${vouchers.form}, '$.service')`,
    })
    .from(vouchers)
    .leftJoin(evaluations, sameVoucher)
    .where(
      and(
        gt(vouchers.id, after),
        lte(vouchers.confirmed_at, now - DEFAULT_AFTER_MS),
        inArray(vouchers.state, [...EVALUATED_STATES]),
        isNull(evaluations.voucher),
      ),
    )
    .orderBy(asc(vouchers.id))
    .limit(limit)
}

/** The newest of a carrier's evaluations that have words, without who gave them. */
export async function listRemarked(db: Db, carrier: string, limit: number) {
  const { stars, comment, at } = evaluations
  return db
    .select({
      stars,
      comment,
      at,
      service: sql<string>`coalesce(json_extract(${vouchers.form}, '$.service_name'), '')`,
    })
    .from(evaluations)
    .innerJoin(vouchers, sameVoucher)
    .where(and(counted(carrier), eq(evaluations.is_default, false), ne(comment, '')))
    .orderBy(desc(at), desc(evaluations.voucher))
    .limit(limit)
}
