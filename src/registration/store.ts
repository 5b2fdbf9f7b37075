/** Registration versions in D1: reads answer the rules' types, writes are statements. */
import { and, asc, desc, eq, isNotNull, isNull, like, ne, notExists, or, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import { inRegion } from '../platform/db.ts'
import type { Db, Statement } from '../platform/db.ts'
import { formOf } from './rules.ts'
import type {
  NewReview,
  NewSubmission,
  NewVersion,
  Person,
  RegistrationForm,
  RegistrationVersion,
  Verdict,
  VersionState,
} from './rules.ts'
import { registration_reviews, registration_submissions, registrations } from './tables.ts'

function selectVersions(db: Db) {
  return db
    .select({ row: registrations, sent: registration_submissions, review: registration_reviews })
    .from(registrations)
    .leftJoin(registration_submissions, eq(registration_submissions.version, registrations.id))
    .leftJoin(registration_reviews, eq(registration_reviews.version, registrations.id))
    .$dynamic()
}

type Row = Awaited<ReturnType<typeof selectVersions>>[number]

function versionOf({ row, sent, review }: Row): RegistrationVersion {
  return {
    ...formOf(row),
    id: row.id,
    enterprise: row.enterprise,
    number: row.number,
    state: stateOf(sent !== null, review?.verdict),
    saved_at: row.saved_at,
    saved_by: { account: row.saved_by, name: row.saved_by_name },
    submitted_at: sent?.at ?? null,
    submitted_by: sent ? { account: sent.by, name: sent.by_name } : null,
    bureau: sent?.bureau ?? null,
    decided_at: review?.at ?? null,
    decided_by: review ? { account: review.by, name: review.by_name } : null,
    reason: review?.reason ?? null,
  }
}

function stateOf(sent: boolean, verdict: Verdict | undefined): VersionState {
  return verdict ?? (sent ? 'waiting' : 'draft')
}

/** All versions of an enterprise, newest first. */
export async function listVersions(db: Db, enterprise: string): Promise<RegistrationVersion[]> {
  const rows = await selectVersions(db)
    .where(eq(registrations.enterprise, enterprise))
    .orderBy(desc(registrations.number))
  return rows.map(versionOf)
}

export async function findVersion(db: Db, id: string): Promise<RegistrationVersion | undefined> {
  const row = await selectVersions(db).where(eq(registrations.id, id)).get()
  return row && versionOf(row)
}

/**
 * Another enterprise that is registered, or waits to be, under this credit code (SPEC G1); its
 * newest such version.
 */
export async function findOtherHolder(
  db: Db,
  uscc: string,
  enterprise: string,
): Promise<RegistrationVersion | undefined> {
  const row = await selectVersions(db)
    .where(
      and(
        eq(registrations.uscc, uscc),
        ne(registrations.enterprise, enterprise),
        or(
          eq(registration_reviews.verdict, 'approved'),
          and(isNotNull(registration_submissions.version), isNull(registration_reviews.version)),
        ),
      ),
    )
    .orderBy(desc(registrations.saved_at))
    .limit(1)
    .get()
  return row && versionOf(row)
}

/** The mean time from submission to verdict over a bureau's last twenty, ms; null without any. */
export async function averageReviewMs(db: Db, bureau: string): Promise<number | null> {
  const last = db
    .select({
      took: sql<number>`${registration_reviews.at} - ${registration_submissions.at}`.as('took'),
    })
    .from(registration_reviews)
    .innerJoin(
      registration_submissions,
      eq(registration_submissions.version, registration_reviews.version),
    )
    .where(eq(registration_reviews.bureau, bureau))
    .orderBy(desc(registration_reviews.at))
    .limit(20)
    .as('last')
  const row = await db
    .select({ mean: sql<number | null>`avg(${last.took})` })
    .from(last)
    .get()
  return row?.mean ?? null
}

/** What a bureau looks for: within its region, in one state or all, by name, code or reference. */
export type QueueQuery = {
  region: string
  state: VersionState | null
  word: string
  limit: number
  offset: number
}

/** Submitted versions: what waits oldest first, all else newest first; and how many there are. */
export async function listQueue(
  db: Db,
  query: QueueQuery,
): Promise<{ versions: RegistrationVersion[]; count: number }> {
  const where = and(
    isNotNull(registration_submissions.version),
    inState(query.state),
    inRegion(registrations.county, query.region),
    mentions(query.word),
  )
  const { at } = registration_submissions
  const [rows, counted] = await Promise.all([
    selectVersions(db)
      .where(where)
      .orderBy(query.state === 'waiting' ? asc(at) : desc(at))
      .limit(query.limit)
      .offset(query.offset),
    db
      .select({ count: sql<number>`count(*)` })
      .from(registrations)
      .leftJoin(registration_submissions, eq(registration_submissions.version, registrations.id))
      .leftJoin(registration_reviews, eq(registration_reviews.version, registrations.id))
      .where(where)
      .get(),
  ])
  return { versions: rows.map(versionOf), count: counted?.count ?? 0 }
}

function inState(state: VersionState | null): SQL | undefined {
  if (state === null) return undefined
  if (state === 'waiting') return isNull(registration_reviews.version)
  return sql`${registration_reviews.verdict} = ${state}`
}

/** instr and not LIKE: no wildcards to escape. A reference is looked up by its end. */
function mentions(word: string): SQL | undefined {
  if (word === '') return undefined
  const reference = /^ZC\d{8}-([0-9A-F]{6})$/i.exec(word)?.[1]
  if (reference) return like(registrations.id, `%${reference.toLowerCase()}`)
  return or(
    sql`instr(${registrations.name}, ${word}) > 0`,
    sql`instr(${registrations.uscc}, ${word.toUpperCase()}) > 0`,
    sql`instr(${registrations.agent}, ${word}) > 0`,
  )
}

/** How many versions wait for this bureau. */
export async function countWaitingFor(db: Db, bureau: string): Promise<number> {
  const { version, bureau: sent_to } = registration_submissions
  const reviewed = db
    .select({ one: sql`1` })
    .from(registration_reviews)
    .where(eq(registration_reviews.version, version))
  return db.$count(registration_submissions, and(eq(sent_to, bureau), notExists(reviewed)))
}

/** A new version. Conflicts where the enterprise has one of this number already. */
export function insertRegistrationVersion(db: Db, version: NewVersion): Statement {
  const { form, at, by, ...row } = version
  return db
    .insert(registrations)
    .values({ ...row, ...form, saved_at: at, saved_by: by.account, saved_by_name: by.name })
}

/** Overwrites a draft; a version that was submitted stays as it is. */
export function updateDraft(
  db: Db,
  draft: { id: string; form: RegistrationForm; at: number; by: Person },
): Statement {
  const submitted = db
    .select({ one: sql`1` })
    .from(registration_submissions)
    .where(eq(registration_submissions.version, draft.id))
  return db
    .update(registrations)
    .set({
      ...draft.form,
      saved_at: draft.at,
      saved_by: draft.by.account,
      saved_by_name: draft.by.name,
    })
    .where(and(eq(registrations.id, draft.id), notExists(submitted)))
}

/** The draft after a save: written over the open draft, else the next version under `id`. */
export function saveDraft(
  db: Db,
  latest: RegistrationVersion | null,
  draft: Omit<NewVersion, 'number'>,
): { id: string; statement: Statement } {
  if (latest?.state === 'draft') {
    return { id: latest.id, statement: updateDraft(db, { ...draft, id: latest.id }) }
  }
  const number = (latest?.number ?? 0) + 1
  return { id: draft.id, statement: insertRegistrationVersion(db, { ...draft, number }) }
}

/** Conflicts where the version was submitted before. */
export function insertSubmission(db: Db, submission: NewSubmission): Statement {
  const { by, ...row } = submission
  return db.insert(registration_submissions).values({ ...row, by: by.account, by_name: by.name })
}

/** Conflicts where a verdict stands, and where a second enterprise would get the credit code. */
export function insertReview(db: Db, review: NewReview): Statement {
  const { by, enterprise, uscc, ...row } = review
  return db.insert(registration_reviews).values({
    ...row,
    registered_uscc: row.verdict === 'approved' ? firstApproval(enterprise, uscc) : null,
    by: by.account,
    by_name: by.name,
  })
}

/** The credit code with the first approval of an enterprise, null with those of a 变更. */
function firstApproval(enterprise: string, uscc: string): SQL<string | null> {
  return sql`case when exists (
    select 1 from ${registration_reviews} join ${registrations}
      on ${registrations.id} = ${registration_reviews.version}
    where ${registrations.enterprise} = ${enterprise}
      and ${registration_reviews.verdict} = 'approved'
  ) then null else ${uscc} end`
}
