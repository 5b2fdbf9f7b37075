/**
 * Thirty days after confirmation the system records 好评 for a service that nobody evaluated (SPEC
 * E2). The row's key lets one through, so a run may fire twice, late or in pieces.
 */
import { rateOrganisation, touchAtlas } from '../atlas/client.ts'
import { auditEntry } from '../audit/client.ts'
import { CLOCK } from '../kernel/actor.ts'
import type { Bindings } from '../platform/bindings.ts'
import { commit, commitOnce, dbOf } from '../platform/db.ts'
import type { Db, Statement } from '../platform/db.ts'
import { defaultEvaluation } from './rules.ts'
import type { Evaluation } from './rules.ts'
import { insertEvaluation, listDue, listMisrated } from './store.ts'

const PAGE = 40
/** Of one run, below the bound on queries; what is left over, the next run takes first. */
const PAGES_MAX = 10
/** Ratings of one run, each a statement. */
const RATINGS_MAX = 400

/** Evaluates what is due at `now` (epoch ms) and answers how many it recorded. */
export async function evaluateByDefault(env: Bindings, now: number): Promise<number> {
  const db = dbOf(env)
  let recorded = 0
  let after = ''
  for (let page = 0; page < PAGES_MAX; page++) {
    const due = await listDue(db, now, after, PAGE)
    recorded += await record(
      db,
      due.map((service) => defaultEvaluation(service, now)),
    )
    const last = due.at(-1)
    if (!last || due.length < PAGE) break
    after = last.voucher
  }
  return recorded
}

/**
 * Tells the map's index of ratings that it missed: what was not told when it was given, and what
 * counts no longer since its voucher was ended. Answers how many.
 */
export async function rateMissed(env: Bindings, now: number): Promise<number> {
  const db = dbOf(env)
  const misrated = await listMisrated(db, RATINGS_MAX)
  await commit(
    db,
    misrated.flatMap((rating) => rateOrganisation(db, rating, now)),
  )
  if (misrated.length > 0) await touchAtlas(env)
  return misrated.length
}

/** All in one batch; where somebody evaluated one meanwhile, each by itself. */
async function record(db: Db, rows: readonly Evaluation[]): Promise<number> {
  if (rows.length === 0) return 0
  if (
    await commitOnce(
      db,
      rows.flatMap((row) => statementsOf(db, row)),
    )
  )
    return rows.length
  let recorded = 0
  for (const row of rows) if (await commitOnce(db, statementsOf(db, row))) recorded++
  return recorded
}

function statementsOf(db: Db, row: Evaluation): Statement[] {
  const { at, stars, is_default } = row
  const subject = `voucher:${row.voucher}`
  const entry = { at, actor: CLOCK, action: 'evaluation.default', subject }
  return [insertEvaluation(db, row), auditEntry(db, { ...entry, after: { stars, is_default } })]
}
