/**
 * A bureau's decision on what a carrier proposed: the verdict, what it publishes, the index and the
 * audit row in one batch, or nothing.
 */
import { auditOf } from '../audit/client.ts'
import { accept, refuse } from '../kernel/outcome.ts'
import type { Outcome } from '../kernel/outcome.ts'
import { announce } from '../live/client.ts'
import type { Ctx } from '../platform/bindings.ts'
import { commitOnce, dbOf } from '../platform/db.ts'
import type { Statement } from '../platform/db.ts'
import { bureauOf } from '../platform/guard.ts'
import { bureausFor } from '../policy/client.ts'
import { findItem, itemStatements, newItem, rowWith } from './item-store.ts'
import { changedByReview, contentOf, decideProposal } from './proposal-rules.ts'
import type { Content, Proposal, VerdictRefusal } from './proposal-rules.ts'
import { findProposal, insertVerdict } from './proposal-store.ts'
import type { Carrier } from './rules.ts'

export type Asked = { decision: 'approved' | 'returned'; reason: string }
export type DecideRefusal = VerdictRefusal | 'id_taken'

/** The carrier may change a price while somebody decides: then the batch is made anew. */
const TRIES_MAX = 3

/** Decides once; whoever comes second is told `already_decided`. */
export async function decide(
  c: Ctx,
  proposal: Proposal,
  carrier: Carrier,
  asked: Asked,
): Promise<Outcome<null, DecideRefusal>> {
  const db = dbOf(c.env)
  const decided = decideProposal(proposal, asked)
  if (!decided.ok) return decided
  for (let tries = 1; tries <= TRIES_MAX; tries += 1) {
    const published = asked.decision === 'approved' ? await publish(c, proposal) : []
    const made = await commitOnce(db, [
      ...verdictOf(c, proposal, carrier, { ...asked, reason: decided.value.reason }),
      ...published,
    ])
    if (made) return accept(null)
    const now = await findProposal(db, proposal.id)
    if (now?.verdict) return refuse('already_decided')
  }
  return refuse('id_taken')
}

/** The proposed content as a new row, or its reviewed fields over what is published now. */
async function publish(c: Ctx, proposal: Proposal): Promise<Statement[]> {
  const db = dbOf(c.env)
  const { kind, subject, carrier, content } = proposal
  const item = await findItem(db, kind, subject)
  if (!item)
    return itemStatements(db, newItem(kind, { id: subject, carrier }, content, c.var.now), null)
  const now: Content = contentOf(kind, item.row)
  const next = rowWith(item, changedByReview(kind, now, content), c.var.now)
  return itemStatements(db, next, item.row.updated_at)
}

function verdictOf(
  c: Ctx,
  proposal: Proposal,
  carrier: Carrier,
  { decision, reason }: { decision: Asked['decision']; reason: string | null },
): Statement[] {
  const db = dbOf(c.env)
  const { account, name } = bureauOf(c)
  const by = { at: c.var.now, by: account, by_name: name }
  return [
    insertVerdict(db, { proposal: proposal.id, decision, reason, ...by }),
    auditOf(c, `catalogue.${decision}`, `${proposal.kind}:${proposal.subject}`, {
      region: carrier.county,
      before: { proposal: proposal.id, state: 'waiting' },
      after: { state: decision, reason, content: proposal.content },
    }),
  ]
}

/** Open pages of the carriers hear of it, and those of the bureaus that it waited at. */
export async function tellCarriers(
  c: Ctx,
  carriers: readonly Carrier[],
  [first]: readonly { proposal: Proposal }[],
): Promise<void> {
  const counties = carriers.map(({ county }) => county)
  const bureaus = [...(await bureausFor(dbOf(c.env), counties)).values()]
  const channels = [
    ...new Set(carriers.map(({ id }) => `carrier:${id}`)),
    ...new Set(bureaus.map(({ region }) => `bureau:${region}`)),
  ]
  const id = first?.proposal.subject ?? ''
  await announce(c.env, channels, {
    topic: 'catalogue',
    enterprise: '',
    id,
  })
}
