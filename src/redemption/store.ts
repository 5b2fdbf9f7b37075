/**
 * What the lists show: rows of the ledgers' mirror, which may trail and never decides, with what
 * each voucher lacks and how its payment stands; and the record of what was submitted.
 */
import { and, asc, count, desc, eq, inArray, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import { findFile } from '../attachment/client.ts'
import type { StoredFile } from '../attachment/client.ts'
import { readVoucher } from '../ledger/client.ts'
import type { VoucherHistory } from '../ledger/client.ts'
import type { Redemption, RedemptionState, Voucher, VoucherState } from '../ledger/rules.ts'
import { redemptions, vouchers } from '../ledger/tables.ts'
import type { Bindings } from '../platform/bindings.ts'
import { dbOf, inRegion } from '../platform/db.ts'
import type { Db, Statement } from '../platform/db.ts'
import { policyOf } from '../policy/client.ts'
import type { Policy } from '../policy/rules.ts'
import { invoiceOf, invoicesOf, keyOf, papersOf, papersOfAll } from '../voucher/client.ts'
import type { Invoice, Paper } from '../voucher/rules.ts'
import { listPaymentsOf } from './payment-store.ts'
import { missingPapers } from './rules.ts'
import type { Item } from './rules.ts'
import type { Submission } from './submission-rules.ts'
import { redemptionSubmissions } from './tables.ts'

/** A voucher with the redemption it stands in or was last in. */
export type Pair = { voucher: Voucher; redemption: Redemption | null }
export type Listed<T> = { rows: T[]; total: number }

/** What each voucher lacks by its bureau's rule of its year, and how its payment stands. */
export async function itemsOf(
  env: Pick<Bindings, 'DB'>,
  pairs: readonly Pair[],
  at: number,
): Promise<Item[]> {
  const db = dbOf(env)
  const all = pairs.map((pair) => pair.voucher)
  const [papers, invoices, payments, policies] = await Promise.all([
    papersOfAll(db, all),
    invoicesOf(db, all),
    listPaymentsOf(
      db,
      all.map((voucher) => voucher.id),
    ),
    policiesOf(db, all, at),
  ])
  return pairs.map(({ voucher, redemption }) => {
    const held = { invoice: invoices.get(keyOf(voucher)), papers: papers.get(keyOf(voucher)) ?? [] }
    const policy = policies.get(policyKey(voucher))
    const payment = payments.find(
      (one) => one.enterprise === voucher.enterprise && one.redemption === redemption?.id,
    )
    const missing = policy ? missingPapers(policy, held) : []
    return { voucher, redemption, missing, payment: payment ?? null }
  })
}

function policyKey({ region, year }: Pick<Voucher, 'region' | 'year'>): string {
  return `${region}:${year}`
}

async function policiesOf(
  db: Db,
  all: readonly Voucher[],
  at: number,
): Promise<Map<string, Policy>> {
  const asked = new Map(all.map((voucher) => [policyKey(voucher), voucher]))
  const found = [...asked].map(
    async ([key, { region, year }]) => [key, await policyOf(db, region, year, at)] as const,
  )
  return new Map(await Promise.all(found))
}

/** An item with all that is on record for it. */
export type Full = { item: Item; papers: Paper[]; invoice: Invoice | undefined }

/** One voucher with its papers and invoice, for the pages that show them. */
export async function fullOf(env: Pick<Bindings, 'DB'>, pair: Pair, at: number): Promise<Full> {
  const db = dbOf(env)
  const [[item], papers, invoice] = await Promise.all([
    itemsOf(env, [pair], at),
    papersOf(db, pair.voucher),
    invoiceOf(db, pair.voucher),
  ])
  if (!item) throw new Error('one voucher makes one item')
  return { item, papers, invoice }
}

/** A file of this voucher; undefined for any other file, whatever its id. */
export async function findPaper(
  env: Pick<Bindings, 'DB'>,
  { item, papers }: Pick<Full, 'item' | 'papers'>,
  id: string,
): Promise<StoredFile | undefined> {
  if (!papers.some((paper) => paper.file === id)) return undefined
  const file = await findFile(dbOf(env), id)
  return file?.owner === item.voucher.enterprise ? file : undefined
}

export function pairOf({ voucher, redemptions }: VoucherHistory): Pair {
  return { voucher, redemption: redemptions.find((one) => one.id === voucher.redemption) ?? null }
}

/** Rows of the mirror as their ledgers have them this moment. */
export async function refreshed(
  env: Pick<Bindings, 'LEDGER'>,
  rows: readonly { enterprise: string; id: string }[],
  at: number,
): Promise<Pair[]> {
  const read = await Promise.all(rows.map((row) => readVoucher(env, row.enterprise, row.id, at)))
  return read.filter((one) => one !== null).map(pairOf)
}

/** What a payee's list shows. */
export const PAYEE_STATES: readonly VoucherState[] = [
  'confirmed',
  'in_review',
  'redeemed',
  'rejected',
]

/**
 * `page` counts from 1, `size` is rows a page; `word` is part of a number, a party or a contract.
 */
export type Filter<State> = {
  state?: State | undefined
  year?: number | undefined
  word?: string | undefined
  page: number
  size: number
}

/** Vouchers that this carrier redeems: those to submit first, then the newest. */
export async function listForCarrier(
  db: Db,
  carrier: string,
  filter: Filter<VoucherState>,
): Promise<Listed<Voucher>> {
  const where = and(
    isRedeemedBy('carrier', carrier),
    filter.state ? eq(vouchers.state, filter.state) : undefined,
    matches(filter),
  )
  const rows = await db
    .select()
    .from(vouchers)
    .where(where)
    .orderBy(
      sql`case ${vouchers.state} when 'confirmed' then 1 when 'in_review' then 2 else 3 end`,
      desc(vouchers.issued_at),
    )
    .limit(filter.size)
    .offset((filter.page - 1) * filter.size)
  return { rows, total: await db.$count(vouchers, where) }
}

/** How many vouchers of this carrier the enterprises redeem: why the list is empty. */
export async function countForEnterprises(db: Db, carrier: string): Promise<number> {
  return db.$count(vouchers, isRedeemedBy('enterprise', carrier))
}

function isRedeemedBy(payee: Voucher['payee'], carrier: string): SQL | undefined {
  const shown = inArray(vouchers.state, [...PAYEE_STATES])
  return and(eq(vouchers.carrier, carrier), eq(vouchers.payee, payee), shown)
}

/** Redemptions of the vouchers a bureau sees: those that wait oldest first, others newest first. */
export async function listForDesk(
  db: Db,
  region: string,
  filter: Filter<RedemptionState> & { state: RedemptionState },
): Promise<Listed<Pair>> {
  const where = and(
    eq(redemptions.state, filter.state),
    inRegion(vouchers.region, region),
    matches(filter),
  )
  const waits = filter.state === 'in_review'
  const rows = await db
    .select({ voucher: vouchers, redemption: redemptions })
    .from(redemptions)
    .innerJoin(vouchers, sameVoucher)
    .where(where)
    .orderBy(waits ? asc(redemptions.submitted_at) : desc(redemptions.decided_at))
    .limit(filter.size)
    .offset((filter.page - 1) * filter.size)
  const [sum] = await db
    .select({ total: count() })
    .from(redemptions)
    .innerJoin(vouchers, sameVoucher)
    .where(where)
  return { rows, total: sum?.total ?? 0 }
}

const sameVoucher = and(
  eq(vouchers.enterprise, redemptions.enterprise),
  eq(vouchers.id, redemptions.voucher),
)

/** How many wait in each region that a bureau covers. */
export async function countWaiting(
  db: Db,
  region: string,
): Promise<{ region: string; total: number }[]> {
  return db
    .select({ region: vouchers.region, total: count() })
    .from(redemptions)
    .innerJoin(vouchers, sameVoucher)
    .where(and(eq(redemptions.state, 'in_review'), inRegion(vouchers.region, region)))
    .groupBy(vouchers.region)
}

function matches({ year, word }: Pick<Filter<never>, 'year' | 'word'>): SQL | undefined {
  return and(year ? eq(vouchers.year, year) : undefined, word ? mentions(word) : undefined)
}

function mentions(word: string): SQL {
  const paths = ['enterprise_name', 'carrier_name', 'contract_number']
  const fields = paths.map((path) => sql`instr(${vouchers.form} ->> ${path}, ${word}) > 0`)
  const number = sql`instr(${vouchers.number}, ${word.toUpperCase()}) > 0`
  return sql`(${sql.join([number, ...fields], sql` or `)})`
}

export function insertSubmission(db: Db, submission: Submission): Statement {
  return db.insert(redemptionSubmissions).values(submission)
}

/** What one press did, for the party that pressed. */
export async function findSubmission(
  db: Db,
  party: string,
  id: string,
): Promise<Submission | undefined> {
  const { party: owner, id: key } = redemptionSubmissions
  return db
    .select()
    .from(redemptionSubmissions)
    .where(and(eq(owner, party), eq(key, id)))
    .get()
}
