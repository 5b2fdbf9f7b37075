/** Proposals and their verdicts: one number a subject, one verdict a proposal. */
import { and, asc, count, desc, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import type { Db, Statement } from '../platform/db.ts'
import type { Decision, Proposal } from './proposal-rules.ts'
import type { Kind } from './rules.ts'
import { inRegion } from './store.ts'
import { carriers, instruments, proposal_verdicts, proposals, services } from './tables.ts'

function selectProposals(db: Db) {
  return db
    .select({ proposal: proposals, verdict: proposal_verdicts })
    .from(proposals)
    .leftJoin(proposal_verdicts, eq(proposal_verdicts.proposal, proposals.id))
    .$dynamic()
}

type Row = Awaited<ReturnType<typeof selectProposals>>[number]

function proposalFrom({ proposal, verdict }: Row): Proposal {
  return {
    ...proposal,
    verdict: verdict && {
      decision: verdict.decision,
      reason: verdict.reason,
      at: verdict.at,
      by_name: verdict.by_name,
    },
  }
}

export async function findProposal(db: Db, id: string): Promise<Proposal | undefined> {
  const row = await selectProposals(db).where(eq(proposals.id, id)).get()
  return row && proposalFrom(row)
}

/** All proposals of one service or instrument, newest first. */
export async function listProposalsOf(db: Db, subject: string): Promise<Proposal[]> {
  const rows = await selectProposals(db)
    .where(eq(proposals.subject, subject))
    .orderBy(desc(proposals.number))
  return rows.map(proposalFrom)
}

/**
 * The latest proposal of each subject of a carrier, where it waits or was returned; newest first.
 * `published` says whether the subject is public in an earlier version.
 */
export async function listOpenProposals(
  db: Db,
  carrier: string,
  kind: Kind,
): Promise<{ proposal: Proposal; published: boolean }[]> {
  const { subject, number } = proposals
  const latest = sql`${number} = (select max(other.number) from ${proposals} other
    where other.subject = ${subject})`
  const open = sql`coalesce(${proposal_verdicts.decision}, 'returned') = 'returned'`
  const table = kind === 'service' ? services : instruments
  const rows = await db
    .select({ proposal: proposals, verdict: proposal_verdicts, published: table.id })
    .from(proposals)
    .leftJoin(proposal_verdicts, eq(proposal_verdicts.proposal, proposals.id))
    .leftJoin(table, eq(table.id, subject))
    .where(and(eq(proposals.carrier, carrier), eq(proposals.kind, kind), latest, open))
    .orderBy(desc(proposals.at))
    .limit(OPEN_MAX)
  return rows.map((row) => ({ proposal: proposalFrom(row), published: row.published !== null }))
}

/** At most this many unpublished things of one carrier are listed. */
const OPEN_MAX = 500

/** D1 binds at most 100 parameters in a statement. */
const KEYS_MAX = 90

export async function listProposals(db: Db, ids: readonly string[]): Promise<Proposal[]> {
  const rows = await selectProposals(db).where(inArray(proposals.id, ids.slice(0, KEYS_MAX)))
  return rows.map(proposalFrom)
}

export type Waiting = { proposal: Proposal; carrier_name: string; county: string }

/** What waits within a region, oldest first, and how much there is; `carrier` narrows to one. */
export async function listWaiting(
  db: Db,
  query: { region: string; counties?: readonly string[]; limit: number; offset: number },
): Promise<{ waiting: Waiting[]; count: number }> {
  const where = and(isNull(proposal_verdicts.proposal), inRegion(query.region), among(query))
  const rows = await db
    .select({
      proposal: proposals,
      verdict: proposal_verdicts,
      carrier_name: carriers.name,
      county: carriers.county,
    })
    .from(proposals)
    .innerJoin(carriers, eq(carriers.id, proposals.carrier))
    .leftJoin(proposal_verdicts, eq(proposal_verdicts.proposal, proposals.id))
    .where(where)
    .orderBy(asc(proposals.at), asc(proposals.id))
    .limit(query.limit)
    .offset(query.offset)
  const counted = await db
    .select({ n: count() })
    .from(proposals)
    .innerJoin(carriers, eq(carriers.id, proposals.carrier))
    .leftJoin(proposal_verdicts, eq(proposal_verdicts.proposal, proposals.id))
    .where(where)
    .get()
  const waiting = rows.map((row) => ({
    proposal: proposalFrom(row),
    carrier_name: row.carrier_name,
    county: row.county,
  }))
  return { waiting, count: counted?.n ?? 0 }
}

function among({ counties }: { counties?: readonly string[] }): SQL | undefined {
  if (!counties) return undefined
  return sql`${carriers.county} in (select value from json_each(${JSON.stringify(counties)}))`
}

/** The counties within a region in which something waits. */
export async function listWaitingCounties(db: Db, region: string): Promise<string[]> {
  const rows = await db
    .selectDistinct({ county: carriers.county })
    .from(proposals)
    .innerJoin(carriers, eq(carriers.id, proposals.carrier))
    .leftJoin(proposal_verdicts, eq(proposal_verdicts.proposal, proposals.id))
    .where(and(isNull(proposal_verdicts.proposal), inRegion(region)))
  return rows.map(({ county }) => county)
}

/** Conflicts where another proposal of the subject has the number. */
export function insertProposal(db: Db, proposal: Omit<Proposal, 'verdict'>): Statement {
  return db.insert(proposals).values(proposal)
}

/** Conflicts where a verdict stands. Decisions beside the bureau's two are the carrier's own. */
export function insertVerdict(
  db: Db,
  verdict: {
    proposal: string
    decision: Decision
    reason: string | null
    at: number
    by: string
    by_name: string
  },
): Statement {
  return db.insert(proposal_verdicts).values(verdict)
}
