/** Proposals and their verdicts: one number a subject, one verdict a proposal. */
import { and, asc, count, desc, eq, isNull, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import { inRegion } from '../platform/db.ts'
import type { Db, Statement } from '../platform/db.ts'
import type { Decision, Proposal } from './proposal-rules.ts'
import type { Kind } from './rules.ts'
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

export type Waiting = { proposal: Proposal; carrier_name: string; county: string }

/** Within a region; of one carrier or of some of its counties, where they are given. */
type WaitingQuery = {
  region: string
  carrier?: string
  counties?: readonly string[]
  limit: number
  offset: number
}

/** What waits, oldest first. */
export async function listWaiting(db: Db, query: WaitingQuery): Promise<Waiting[]> {
  const own = query.carrier === undefined ? undefined : eq(proposals.carrier, query.carrier)
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
    .where(
      and(
        isNull(proposal_verdicts.proposal),
        inRegion(carriers.county, query.region),
        own,
        inCounties(query),
      ),
    )
    .orderBy(asc(proposals.at), asc(proposals.id))
    .limit(query.limit)
    .offset(query.offset)
  return rows.map(({ carrier_name, county, ...row }) => ({
    proposal: proposalFrom(row),
    carrier_name,
    county,
  }))
}

function inCounties({ counties }: WaitingQuery): SQL | undefined {
  if (!counties) return undefined
  return sql`${carriers.county} in (select value from json_each(${JSON.stringify(counties)}))`
}

/** How much waits within a region. */
export async function countWaiting(db: Db, region: string): Promise<number> {
  const counted = await countByCounty(db, region)
  return counted.reduce((sum, { total }) => sum + total, 0)
}

/** How much waits in each county of a region in which something waits. */
export async function countByCounty(
  db: Db,
  region: string,
): Promise<{ county: string; total: number }[]> {
  return db
    .select({ county: carriers.county, total: count() })
    .from(proposals)
    .innerJoin(carriers, eq(carriers.id, proposals.carrier))
    .leftJoin(proposal_verdicts, eq(proposal_verdicts.proposal, proposals.id))
    .where(and(isNull(proposal_verdicts.proposal), inRegion(carriers.county, region)))
    .groupBy(carriers.county)
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
