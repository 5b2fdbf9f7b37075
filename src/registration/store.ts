/** Registration versions in D1: reads answer the rules' types, writes are statements. */
import { and, desc, eq, isNull, ne, notExists, sql } from 'drizzle-orm'
import type { Db, Statement } from '../platform/db.ts'
import { FIELDS } from './rules.ts'
import type {
  Person,
  Registration,
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

/** The fields of the form alone. */
export function formOf(row: RegistrationForm): RegistrationForm {
  return Object.fromEntries(FIELDS.map((field) => [field, row[field]])) as RegistrationForm
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

/** Versions newest first → the registration as it counts. */
export function registrationFrom(versions: readonly RegistrationVersion[]): Registration {
  const latest = versions[0] ?? null
  const approved = versions.find((version) => version.state === 'approved') ?? null
  return { state: approved ? 'approved' : (latest?.state ?? 'none'), latest, approved }
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
        sql`(${registration_reviews.verdict} = 'approved' or (${registration_submissions.version} is not null and ${registration_reviews.version} is null))`,
      ),
    )
    .orderBy(desc(registrations.saved_at))
    .limit(1)
    .get()
  return row && versionOf(row)
}

/** How many versions wait for this bureau. */
export async function countWaitingFor(db: Db, bureau: string): Promise<number> {
  const row = await db
    .select({ count: sql<number>`count(*)` })
    .from(registration_submissions)
    .leftJoin(
      registration_reviews,
      eq(registration_reviews.version, registration_submissions.version),
    )
    .where(and(eq(registration_submissions.bureau, bureau), isNull(registration_reviews.version)))
    .get()
  return row?.count ?? 0
}

/** The form as saved: by whom and when, epoch ms. */
export type NewVersion = {
  id: string
  enterprise: string
  number: number
  form: RegistrationForm
  at: number
  by: Person
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

/** 提交 of a version to a bureau's region. Conflicts where it was submitted before. */
export type NewSubmission = { version: string; bureau: string; at: number; by: Person }

export function insertSubmission(db: Db, submission: NewSubmission): Statement {
  const { by, ...row } = submission
  return db.insert(registration_submissions).values({ ...row, by: by.account, by_name: by.name })
}

/**
 * The verdict on a submitted version. Conflicts where one stands. `registered_uscc`: the credit code
 * with the first approval of an enterprise, null otherwise; conflicts where another holds it.
 */
export type NewReview = {
  version: string
  verdict: Verdict
  reason: string | null
  registered_uscc: string | null
  bureau: string
  at: number
  by: Person
}

export function insertReview(db: Db, review: NewReview): Statement {
  const { by, ...row } = review
  return db.insert(registration_reviews).values({ ...row, by: by.account, by_name: by.name })
}
